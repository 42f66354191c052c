"""The register: each question of the contract, what every reading gives, and what was decided.

Nothing is counted here. The figures are those of the standing; what the light would be by another
reading is the same standing of the contract with that reading as the goal's own measure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.base import wording
from pejl.base.units import UNITS
from pejl.contract.goal import Contract, Goal, Interpretation
from pejl.indicators.result import Figure
from pejl.standing.result import GoalStanding, Standing
from pejl.standing.stand import stand
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.interpretations.models import Decision
from pejl_hub.status import present
from pejl_hub.status.forms import Asked
from pejl_hub.status.kept import Kept
from pejl_hub.status.queries import snapshot_on
from pejl_hub.surveys.asking import smallest_group_on

LIGHTS = Kept(64)


@dataclass(frozen=True)
class Reading:
    """One reading: its figure, how it differs from the contract's own, and its light."""

    id: str
    label: str
    own: bool  # the reading by which the contract's goal is measured
    shown: present.Shown | None  # None: the records cannot give a figure
    difference: str = ""
    light: str = ""
    light_word: str = ""


@dataclass(frozen=True)
class Row:
    """A question with its readings, the contract's own first."""

    question: Interpretation
    text: str
    goal: Goal | None
    target: str
    readings: tuple[Reading, ...]
    decisions: tuple[Decision, ...]  # of the day, the latest first, withdrawn ones among them

    @property
    def decision(self) -> Decision | None:
        """The one that holds."""
        return next((one for one in self.decisions if one.withdrawn_at is None), None)

    @property
    def decided(self) -> str:
        """The reading that was decided: by the contract itself, or by a decision kept here."""
        if self.question.state == "decided":
            return self.question.chosen
        return self.decision.reading if self.decision else ""

    @property
    def decided_label(self) -> str:
        """The same in words."""
        return next((one.label for one in self.readings if one.id == self.decided), self.decided)

    @property
    def state(self) -> str | Promise:
        """Whether somebody has decided."""
        return _("Settled") if self.decided else _("Not decided")

    @property
    def matters(self) -> bool:
        """Whether the light depends on the reading."""
        return len({one.light for one in self.readings if one.light}) > 1


def register(ask: Asked, standing: Standing, *, inside: bool) -> list[Row]:
    """Every question of the contract; those that nobody has decided first.

    ``inside`` readers see what the light would be by each reading: others see editions, which
    hold the figures alone.
    """
    contract = ask.contract
    found = Decision.objects.filter(contract=contract.id, decided_on__lte=ask.day)
    made: dict[str, list[Decision]] = {}
    for decision in found.select_related("recorder"):
        made.setdefault(decision.question, []).append(decision)
    rows = [
        _row(ask, standing, question, made.get(question.id, []), inside)
        for question in contract.interpretations
    ]
    return sorted(rows, key=lambda row: bool(row.decided))


def _row(
    ask: Asked,
    standing: Standing,
    question: Interpretation,
    decisions: list[Decision],
    inside: bool,
) -> Row:
    item = standing.goals.get(question.goal or "")
    return Row(
        question=question,
        text=present.text(question.question),
        goal=item.goal if item else None,
        target=present.target_words(item) if item else "",
        readings=tuple(_readings(ask, question, item, inside)),
        decisions=tuple(decisions),
    )


def _readings(
    ask: Asked, question: Interpretation, item: GoalStanding | None, inside: bool
) -> Iterator[Reading]:
    for key in sorted(question.readings, key=lambda one: one != question.chosen):
        own, measure = key == question.chosen, question.alternatives.get(key) or {}
        label = present.text(question.readings[key])
        if item is None:
            yield Reading(key, label, own, None)
            continue
        figure = _figure(item, question, key)
        unit = str(measure.get("unit", item.goal.unit))
        light = _light(ask, item, question, key, measure) if inside and figure else None
        yield Reading(
            id=key,
            label=label,
            own=own,
            shown=present.shown(figure, unit) if figure else None,
            difference="" if own else _difference(item, figure, unit),
            light=light.light if light else "",
            light_word=present.light_word(light.light) if light else "",
        )


def _figure(item: GoalStanding, question: Interpretation, reading: str) -> Figure | None:
    if reading == question.chosen:
        return item.measured.figure
    return item.measured.alternatives.get(question.id, {}).get(reading)


def _difference(item: GoalStanding, figure: Figure | None, unit: str) -> str:
    """How much more or less than by the contract's own reading; nothing in another unit."""
    own = item.measured.figure.value
    if figure is None or figure.value is None or own is None or unit != item.goal.unit:
        return ""
    apart = Fraction(figure.value) - Fraction(own)
    sign = "+" if apart > 0 else "−" if apart < 0 else "±"
    if unit == "percent":
        points = wording.number(abs(apart) * 100, UNITS[unit].decimals, language())
        return str(_("%(size)s percentage points")) % {"size": f"{sign}{points}"}
    return f"{sign}{present.amount(abs(apart), unit)}"


def _light(
    ask: Asked,
    item: GoalStanding,
    question: Interpretation,
    reading: str,
    measure: Mapping[str, Any],
) -> GoalStanding | None:
    """How the goal would stand if the reading were its measure."""
    if reading == question.chosen:
        return item
    if not measure or ask.municipality:
        return None
    snapshot = snapshot_on(ask.day, ask.known)
    key = (
        ask.contract.sha256,
        ask.contract.applied,
        snapshot.sha256,
        ask.day,
        question.id,
        reading,
    )
    return LIGHTS.get(
        key,
        lambda: stand(
            _read_as(ask.contract, item.goal, measure),
            snapshot,
            ask.day,
            least_answers=smallest_group_on(ask.day),
        ).goals[item.goal.id],
    )


def _read_as(contract: Contract, goal: Goal, measure: Mapping[str, Any]) -> Contract:
    """The contract with one goal alone, measured by another reading."""
    plain = {name: value for name, value in measure.items() if name != "unit"}
    other = replace(goal, measure=plain, unit=str(measure.get("unit", goal.unit)))
    return replace(contract, goals={goal.id: other}, interpretations=(), amendments=())


def orphans(contract: Contract) -> list[tuple[str, str, str]]:
    """Clauses that nothing measures: number, quote, and why."""
    return [
        (key, contract.clauses[key].quote, why)
        for key, why in contract.orphans.items()
        if key in contract.clauses
    ]


HEADINGS = (
    *("kontrakt", "spoergsmaal", "tekst", "maal", "dato", "laesning", "laesning_tekst"),
    *("kontraktens_egen", "tal", "afgjort", "afgjort_den", "afgjort_af", "grund", "dokument"),
)


def as_table(ask: Asked, rows: list[Row]) -> Iterator[list[str | date | None]]:
    """A line for each reading of each question, under ``HEADINGS``."""
    for row in rows:
        for one in row.readings:
            kept = row.decision if row.decision and row.decision.reading == one.id else None
            yield [
                *(ask.contract.id, row.question.id, row.text, row.question.goal, ask.day),
                *(one.id, one.label, "ja" if one.own else "nej"),
                one.shown.value if one.shown else None,
                "ja" if row.decided == one.id else "nej",
                *(
                    (kept.decided_on, kept.decided_by, kept.because, kept.document)
                    if kept
                    else (None,) * 4
                ),
            ]
