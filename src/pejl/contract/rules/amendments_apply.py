"""An amendment fits the contract as it holds before it."""

from collections.abc import Iterator

from pejl.base.errors import UserError
from pejl.contract.amendments import apply
from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Each amendment that does not apply; those after it are checked without it."""
    contract = draft.adopted
    for patch in sorted(contract.amendments, key=lambda each: each.effective_from):
        try:
            contract = apply(contract, patch)
        except UserError as refusal:
            message = f"{refusal.given} needs {refusal.needed}"
            yield Problem(draft.entry("amendments", patch.id, "changes"), message)


RULE = Rule(
    "amendments_apply",
    "Every change of an amendment names a path that exists and the value that held before.",
    "Correct path or from; the date is the amendment's effective_from.",
    check,
)
