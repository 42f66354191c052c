"""An open question shows at least two readings, and each that can be computed is."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Interpretation


def check(draft: Draft) -> Iterator[Problem]:
    """Each question with fewer than two readings, or whose alternatives are not the others."""
    for question in draft.contract.interpretations:
        where = draft.entry("interpretations", question.id)
        for field, message in _faults(draft, question):
            yield Problem((*where, field), message)


def _faults(draft: Draft, question: Interpretation) -> Iterator[tuple[str, str]]:
    if len(question.readings) < 2:
        yield "readings", phrase("{id} has fewer than two readings", id=question.id)
    others = set(question.readings) - {question.chosen}
    for reading in sorted(others - set(question.alternatives)):
        yield (
            "alternatives",
            phrase("the reading {reading} of {id} has no entry", reading=reading, id=question.id),
        )
    if question.chosen in question.alternatives:
        yield (
            "alternatives",
            phrase("the chosen reading {reading} is also an alternative", reading=question.chosen),
        )
    measured = [reading for reading, measure in question.alternatives.items() if measure]
    if measured and question.goal is None:
        yield (
            "alternatives",
            phrase("the reading {reading} has a measure, but no goal", reading=measured[0]),
        )
    goal = draft.contract.goals.get(question.goal or "")
    for reading in measured:
        alternative = {k: v for k, v in question.alternatives[reading].items() if k != "unit"}
        if goal and alternative == {k: v for k, v in goal.measure.items() if k != "adds_up_over"}:
            yield (
                "alternatives",
                phrase("the reading {reading} is measured as the chosen one is", reading=reading),
            )


RULE = Rule(
    "interpretations_read",
    "An interpretation has at least two readings; each but the chosen one stands under "
    "alternatives with a measure of its own, or {} when the records cannot compute it.",
    phrase("Add the reading that is missing, or remove the question."),
    check,
)
