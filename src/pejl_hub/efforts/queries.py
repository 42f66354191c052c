"""The efforts as a report reads them: on a day, and only what was so by then."""

from collections.abc import Sequence
from datetime import date

from pejl.contract.goal import Contract, Goal
from pejl.reports import material
from pejl_hub.evidence.models import Effort, Milestone, MilestoneState, ProgressNote

NOT_TOLD = "not_told"


def narrative_goals(contract: Contract) -> list[Goal]:
    """The goals that are told rather than counted, in the contract's order."""
    return [goal for goal in contract.goals.values() if goal.measure["kind"] == "narrative"]


def efforts_for(contract: Contract, as_of: date) -> Sequence[material.Effort]:
    """One effort for each told goal of the contract that has one, in the contract's order.

    ``state`` is that of the latest note of the contract's period up to the day, ``not_told``
    before the first. Milestones are those counted in the goal's figure, by day: due in the
    period and not dropped; done only when they were so by the day.
    """
    found = Effort.objects.prefetch_related("milestones", "notes", "partners")
    told = {effort.goal: effort for effort in found}
    goals = [goal for goal in narrative_goals(contract) if goal.id in told]
    return [_effort(told[goal.id], contract, as_of) for goal in goals]


def _effort(effort: Effort, contract: Contract, day: date) -> material.Effort:
    notes = notes_of(effort, contract, day)
    return material.Effort(
        goal=effort.goal,
        title=effort.title,
        state=notes[-1].state if notes else NOT_TOLD,
        partners=[partner.organisation for partner in effort.partners.all()],
        milestones=[
            (one.title, one.due_on, one.done_on if is_done(one, day) else None)
            for one in milestones_of(effort, contract)
        ],
        notes=[material.EffortNote(n.noted_on, n.state, n.text, n.because or "") for n in notes],
    )


def milestones_of(effort: Effort, contract: Contract) -> list[Milestone]:
    """The effort's milestones that the goal's figure counts, the first due first."""
    kept = (
        one
        for one in effort.milestones.all()
        if one.due_on in contract.period and one.state != MilestoneState.DROPPED
    )
    return sorted(kept, key=lambda one: (one.due_on, one.pk))


def notes_of(effort: Effort, contract: Contract, day: date) -> list[ProgressNote]:
    """The effort's notes of the contract's period up to the day, the oldest first."""
    first = contract.period.start
    kept = (note for note in effort.notes.all() if first <= note.noted_on <= day)
    return sorted(kept, key=lambda note: (note.noted_on, note.pk))


def is_done(milestone: Milestone, day: date) -> bool:
    """Whether it was done by the day."""
    return milestone.done_on is not None and milestone.done_on <= day
