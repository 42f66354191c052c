"""The whole contract as lines on one page, ready to be drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from pejl.contract.goal import Contract, Interpretation
from pejl.standing.result import GoalStanding, Light, Standing
from pejl_hub.status import present


@dataclass(frozen=True)
class Reading:
    """One reading of an open question, with its figure where the records can give one."""

    id: str
    label: str
    shown: present.Shown | None
    chosen: bool


@dataclass(frozen=True)
class Question:
    """An open question of the text and its readings, the chosen one first."""

    id: str
    question: str
    readings: tuple[Reading, ...]
    open: bool
    clause: str | None

    @property
    def both_read(self) -> bool:
        """Whether more than one reading has a figure to set beside the other."""
        return sum(bool(reading.shown and reading.shown.measured) for reading in self.readings) > 1


@dataclass(frozen=True)
class Line:
    """One goal on the overview."""

    id: str
    label: str
    clause: str
    light: Light
    light_word: str
    shown: present.Shown
    target: str
    expected: str
    bar: present.Bar | None
    questions: tuple[Question, ...]
    pending: bool


@dataclass(frozen=True)
class Group:
    """A chapter of the contract and its goals."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Tally:
    """How many goals have a light."""

    light: Light
    word: str
    goals: int


def groups(contract: Contract, standing: Standing) -> list[Group]:
    """The chapters in the contract's order."""
    lines = [(item.goal.group, line(contract, standing, item)) for item in _shown(standing)]
    return [
        Group(present.text(contract.groups[key]), tuple(found for _, found in members))
        for key, members in groupby(lines, key=lambda pair: pair[0])
    ]


def tally(standing: Standing) -> list[Tally]:
    """How many goals have each light, in the order of the lights."""
    lights = [item.light for item in _shown(standing)]
    return [
        Tally(light, present.light_word(light), lights.count(light))
        for light in Light
        if light in lights
    ]


def _shown(standing: Standing) -> Iterator[GoalStanding]:
    return (item for item in standing.goals.values() if item.status != "withdrawn")


def line(contract: Contract, standing: Standing, item: GoalStanding) -> Line:
    """One goal in words. For one municipality there is no target: the contract sets none."""
    local = standing.evaluation.municipality is not None
    goal = item.goal
    return Line(
        id=goal.id,
        label=present.text(goal.label),
        clause=goal.clause,
        light=item.light,
        light_word=present.light_word(item.light),
        shown=_figure(item, local),
        target="" if local else present.target_words(item),
        expected="" if local else present.expected_words(item),
        bar=None if local else present.bar(item),
        questions=questions(contract, item),
        pending=item.light is Light.PENDING,
    )


def _figure(item: GoalStanding, local: bool) -> present.Shown:
    """The figure; for one municipality some goals have none, which is not the same as missing."""
    if local and "municipality" not in item.goal.breakdowns:
        return present.Shown(measured=False, value=_("Not counted by municipality"), unit="")
    return present.shown(item.measured.figure, item.goal.unit, present.aim(item))


def questions(contract: Contract, item: GoalStanding) -> tuple[Question, ...]:
    """The goal's questions of interpretation, each reading with its figure."""
    return tuple(
        Question(
            id=found.id,
            question=present.text(found.question),
            readings=_readings(found, item),
            open=found.state == "open",
            clause=found.clause,
        )
        for found in contract.interpretations
        if found.goal == item.goal.id
    )


def _readings(found: Interpretation, item: GoalStanding) -> tuple[Reading, ...]:
    figures = {
        **item.measured.alternatives.get(found.id, {}),
        found.chosen: item.measured.figure,
    }
    unit = item.goal.unit
    return tuple(
        Reading(
            id=reading,
            label=present.text(found.readings[reading]),
            shown=present.reading(figures.get(reading), unit, found.alternatives.get(reading)),
            chosen=reading == found.chosen,
        )
        for reading in sorted(found.readings, key=lambda reading: reading != found.chosen)
    )
