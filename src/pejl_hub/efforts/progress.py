"""How far each effort has come on a day: for the list, the effort's page and the board's view."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.contract.goal import Contract, Goal, at
from pejl_hub.efforts.models import Postponement
from pejl_hub.efforts.queries import (
    NOT_TOLD,
    is_done,
    milestones_of,
    narrative_goals,
    notes_of,
)
from pejl_hub.evidence.models import Effort, Milestone, MilestoneState, NoteState, ProgressNote

WORDS: dict[str, str | Promise] = {**dict(NoteState.choices), NOT_TOLD: _("No account yet")}
# The shape and colour of the goals' lights: what the owner judges looks as what is measured.
MARKS = {
    "on_track": "on_track",
    "at_risk": "at_risk",
    "off_track": "off_track",
    "stopped": "not_reached",
    "reached": "reached",
    NOT_TOLD: "not_measured",
}


@dataclass(frozen=True)
class Step:
    """A milestone on the day."""

    milestone: Milestone
    done_on: date | None
    overdue: bool
    moved: Sequence[Postponement]

    @property
    def state(self) -> str:
        """``planned``, ``running``, ``done`` or ``dropped``, as it was on the day."""
        if self.done_on or self.milestone.state != MilestoneState.DONE:
            return self.milestone.state
        return MilestoneState.RUNNING

    @property
    def word(self) -> str | Promise:
        """The same in words."""
        return MilestoneState(self.state).label

    @property
    def last_reason(self) -> str:
        """Why it was moved the last time."""
        return self.moved[-1].because if self.moved else ""

    @property
    def first_due(self) -> date:
        """When it was first promised."""
        return self.moved[0].moved_from if self.moved else self.milestone.due_on


@dataclass(frozen=True)
class Progress:
    """An effort on the day; ``effort`` is None before anybody has begun to tell about the goal."""

    goal: Goal | None  # None: a goal of no contract that holds the day
    pending: bool
    effort: Effort | None
    steps: Sequence[Step] = ()
    notes: Sequence[ProgressNote] = ()

    @property
    def state(self) -> str:
        """How it goes by the latest note: a ``NoteState``, or ``not_told``."""
        return self.notes[-1].state if self.notes else NOT_TOLD

    @property
    def word(self) -> str | Promise:
        """The same in words."""
        return WORDS[self.state]

    @property
    def mark(self) -> str:
        """Its shape and colour."""
        return MARKS[self.state]

    @property
    def note(self) -> ProgressNote | None:
        """The latest account."""
        return self.notes[-1] if self.notes else None

    @property
    def partners(self) -> str:
        """Its partners, in one sentence's order."""
        found = self.effort.partners.all() if self.effort else ()  # type: ignore[attr-defined]
        return listed([partner.organisation for partner in found])

    @property
    def done(self) -> int:
        """Milestones done by the day."""
        return sum(step.done_on is not None for step in self.steps)

    @property
    def overdue(self) -> list[Step]:
        """Those whose day has passed, the first due first."""
        return [step for step in self.steps if step.overdue]

    @property
    def next(self) -> Step | None:
        """The next that is still ahead."""
        ahead = (step for step in self.steps if not step.done_on and not step.overdue)
        return next(ahead, None)


def listed(names: Sequence[str]) -> str:
    """Names as they are said: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    first, last = ", ".join(names[:-1]), names[-1]
    return str(_("%(first)s and %(last)s")) % {"first": first, "last": last}


def progress_on(contract: Contract, day: date) -> list[Progress]:
    """Each told goal of the contract in its order, whether anybody has told about it or not."""
    told = {effort.goal: effort for effort in _efforts()}
    return [_progress(goal, told.get(goal.id), contract, day) for goal in narrative_goals(contract)]


def progress_of(effort: Effort, contract: Contract, day: date) -> Progress:
    """One effort; dropped milestones and those of other years are not among its steps."""
    return _progress(contract.goals.get(effort.goal), effort, contract, day)


def efforts_elsewhere(contract: Contract) -> list[Effort]:
    """The efforts whose goal the contract does not have."""
    return [effort for effort in Effort.objects.all() if effort.goal not in contract.goals]


def aside(effort: Effort, contract: Contract, day: date) -> list[Step]:
    """The milestones that the goal's figure leaves out: dropped, or due in another year."""
    counted = {one.pk for one in milestones_of(effort, contract)}
    left = sorted(effort.milestones.all(), key=lambda one: (one.due_on, one.pk))
    return _steps([one for one in left if one.pk not in counted], day)


def load_effort(number: int) -> Effort | None:
    """An effort with all that its page shows, or None."""
    return _efforts().filter(pk=number).first()


def _efforts():  # type: ignore[no-untyped-def]
    moved = Prefetch("milestones", Milestone.objects.prefetch_related("postponements"))
    return Effort.objects.prefetch_related(moved, "notes", "partners").order_by("pk")


def _progress(goal: Goal | None, effort: Effort | None, contract: Contract, day: date) -> Progress:
    pending = goal is not None and at(goal.status, day) == "pending"
    if effort is None:
        return Progress(goal, pending, None)
    steps = _steps(milestones_of(effort, contract), day)
    return Progress(goal, pending, effort, steps, notes_of(effort, contract, day))


def _steps(milestones: Iterable[Milestone], day: date) -> list[Step]:
    return [
        Step(
            milestone=one,
            done_on=one.done_on if is_done(one, day) else None,
            overdue=one.due_on < day and not is_done(one, day) and one.state != "dropped",
            moved=list(one.postponements.all()),  # type: ignore[attr-defined]
        )
        for one in milestones
    ]
