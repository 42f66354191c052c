"""What holds in the period is said for the period."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Goal


def check(draft: Draft) -> Iterator[Problem]:
    """Each date after the period, and each thing that does not hold on its first day."""
    period = draft.adopted.period
    if period.start > period.end:
        yield Problem(("contract", "period"), phrase("the period ends before it begins"))
    if not draft.adopted.territory.on(period.start):
        yield Problem(
            ("contract", "hub"), phrase("the hub has no territory on {start}", start=period.start)
        )
    for goal in draft.adopted.goals.values():
        yield from _goal(draft, goal)
    yield from _disclosure(draft)
    for patch in draft.adopted.amendments:
        if patch.effective_from > period.end:
            where = draft.entry("amendments", patch.id, "effective_from")
            yield Problem(
                where,
                phrase("{day} is after the period", day=patch.effective_from),
            )


def _disclosure(draft: Draft) -> Iterator[Problem]:
    period, dates = draft.adopted.period, draft.adopted.disclosure
    if dates and min(dates) > period.start:
        yield Problem(
            ("disclosure",),
            phrase("there is no minimum on the first day, {start}", start=period.start),
        )
    for day in dates:
        if day > period.end:
            yield Problem(
                ("disclosure", day.isoformat()), phrase("{day} is after the period", day=day)
            )


def _goal(draft: Draft, goal: Goal) -> Iterator[Problem]:
    period = draft.adopted.period
    where = draft.entry("goals", goal.id, "status")
    if min(goal.status) > period.start:
        yield Problem(
            where,
            phrase("{id} has no status on the first day, {start}", id=goal.id, start=period.start),
        )
    for day in goal.status:
        if day > period.end:
            yield Problem((*where, day.isoformat()), phrase("{day} is after the period", day=day))
    for day in goal.target.values if goal.target else ():
        if day > period.end:
            where = draft.entry("goals", goal.id, "target", "values", day.isoformat())
            yield Problem(where, phrase("{day} is after the period", day=day))


RULE = Rule(
    "dates_fit",
    "No date is after the period, and every goal has a status on the period's first day.",
    phrase("Correct the date; what holds after the period belongs to the next contract."),
    check,
)
