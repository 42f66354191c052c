"""What companies said of the advisers they were referred to, and how many said it.

Nothing is counted here: the counts are those of ``pejl.indicators.evaluate`` over a snapshot of
the records as they are now. An adviser with few answers is withheld, as every group of answers.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from pejl.base.periods import Period
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.indicators import evaluate
from pejl.indicators.expression import Condition, Selection, Tally
from pejl.indicators.kinds.share import share_of
from pejl.indicators.kinds.uncertainty import wilson_interval
from pejl.indicators.result import Interval
from pejl.indicators.small import too_few
from pejl.snapshot.store import Snapshot
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot
from pejl_hub.surveys.asking import contract_for, smallest_group_on

TABLE, DAY = "referral_answer", "answered_on"
USED = (Condition("used", "=", True),)


@dataclass(frozen=True)
class Use:
    """How many of those who answered used the advice, in the contract year up to a day.

    ``withheld`` when there are answers, and too few to show; ``least`` is from how many they are.
    """

    period: Period
    used: int
    answered: int
    share: Fraction | None
    interval: Interval | None
    withheld: bool
    least: int


@dataclass(frozen=True)
class _Count:
    used: int
    answered: int


def use_of(provider: int) -> Use:
    """What was said of one adviser, today or on the last day of the newest contract begun."""
    contract = contract_for(timezone.localdate())
    day = max(contract.period.start, min(timezone.localdate(), contract.period.end))
    path = contract_file(day)
    found = _counts(path, path.stat().st_mtime_ns, ensure_snapshot(day), day)
    return _use(found, str(provider), contract.period.until(day), smallest_group_on(day))


@lru_cache(maxsize=16)
def _counts(path: Path, stamp: int, snapshot: Snapshot, day: date) -> dict[str, _Count]:
    """The counts of each adviser: a pure function of contract, snapshot and day, so it is kept."""
    contract = _contract(path, stamp)
    names = evaluate.words(snapshot, TABLE, "provider")
    asked = {name: _asked(name) for name in names}
    questions = {one: frozenset[str]() for pair in asked.values() for one in pair}
    found = evaluate.counts(contract, snapshot, day, questions) if questions else {}
    return {
        name: _Count(found[used].total, found[answered].total)
        for name, (used, answered) in asked.items()
    }


@lru_cache(maxsize=4)
def _contract(path: Path, stamp: int) -> Contract:
    return load(path)


def _asked(provider: str) -> tuple[Tally, Tally]:
    said = Selection(TABLE, DAY, (Condition("provider", "=", provider),))
    return Tally((said.having(USED),)), Tally((said,))


def _use(found: dict[str, _Count], provider: str, period: Period, least: int) -> Use:
    count = found.get(provider, _Count(0, 0))
    hidden = provider in too_few({name: one.answered for name, one in found.items()}, least)
    if hidden or not count.answered:
        return Use(period, 0, 0, None, None, hidden, least)
    return Use(
        period=period,
        used=count.used,
        answered=count.answered,
        share=share_of(count.used, count.answered).value,
        interval=wilson_interval(count.used, count.answered),
        withheld=False,
        least=least,
    )
