"""An id names one thing."""

from collections import Counter
from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule

PARTS = ("goals", "interpretations", "duties", "amendments")


def check(draft: Draft) -> Iterator[Problem]:
    """Each id that an earlier entry of the same list has."""
    for part in PARTS:
        seen: Counter[str] = Counter()
        for position, entry in enumerate(draft.document.data[part]):
            seen[entry["id"]] += 1
            if seen[entry["id"]] > 1:
                message = phrase("the id {id} is already used in {part}", id=entry["id"], part=part)
                yield Problem((part, position, "id"), message)


RULE = Rule(
    "ids_unique",
    "No two goals, interpretations, duties or amendments have the same id.",
    phrase("Give one of them another id."),
    check,
)
