"""The account of a figure: every row of its registers, behind it or left out, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pejl.contract.goal import Contract
from pejl.indicators.account import Asked
from pejl.indicators.result import IN_FIGURE, Account, Placed, Why
from pejl_hub.status import present, reasons

EVERY = "alle"  # the address's word for all that is left out


@dataclass(frozen=True)
class Also:
    """Another goal that counts some of the rows left out."""

    goal: str
    label: str
    records: int


@dataclass(frozen=True)
class Line:
    """Rows with one reason; ``key`` is the address's word for those left out."""

    reason: str
    records: int
    key: str
    also: tuple[Also, ...] = ()


@dataclass(frozen=True)
class Table:
    """The account as a table: rows behind the figure, rows left out, and all of them."""

    registers: str
    behind: tuple[Line, ...]
    rows_behind: int
    left_out: tuple[Line, ...]
    rows_left_out: int
    candidates: int


def table(contract: Contract, asked: Asked, account: Account) -> Table:
    """The account in words, what is counted first and the largest of the others after it."""
    tables = dict.fromkeys(one.table for one in asked.behind.of)
    inside = [group for group in account.placed if group.why.code in IN_FIGURE]
    return Table(
        registers=reasons.listed([reasons.register(name) for name in tables], _("and")),
        behind=_lines(contract, asked, inside),
        rows_behind=account.behind,
        left_out=_lines(contract, asked, account.left_out),
        rows_left_out=account.candidates - account.behind,
        candidates=account.candidates,
    )


def chosen(account: Account, key: str) -> Why | None:
    """The reason that an address names, if rows of the account have it."""
    return next((group.why for group in account.left_out if group.why.key == key), None)


def _lines(contract: Contract, asked: Asked, groups: Iterable[Placed]) -> tuple[Line, ...]:
    """A line for each reason, whatever the register."""
    records: Counter[Why] = Counter()
    also: dict[Why, Counter[str]] = {}
    for group in groups:
        records[group.why] += group.records
        also.setdefault(group.why, Counter()).update(group.elsewhere)
    ordered = sorted(records, key=lambda why: (why.code != "counted", -records[why]))
    return tuple(
        Line(
            reason=reasons.reason(contract, asked, why),
            records=records[why],
            key=why.key,
            also=tuple(
                Also(goal, present.text(contract.goals[goal].label), n)
                for goal, n in also[why].items()
            ),
        )
        for why in ordered
    )
