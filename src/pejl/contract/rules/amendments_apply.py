"""An amendment fits the contract as it holds before it, on every day and by all that was known."""

from collections.abc import Iterator

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.amendments import apply, in_force
from pejl.contract.finding import Draft, Problem, Rule, needs
from pejl.contract.goal import Amendment, Contract


def check(draft: Draft) -> Iterator[Problem]:
    """Each amendment that does not apply; those decided after it are checked without it."""
    adopted = draft.adopted
    refused: dict[str, str] = {}
    for known in sorted({patch.decided_on for patch in adopted.amendments}):
        for day in sorted({patch.effective_from for patch in adopted.amendments}):
            for patch, message in _misfits(adopted, in_force(adopted.amendments, day, known)):
                refused.setdefault(patch.id, message)
    for id_, message in refused.items():
        yield Problem(draft.entry("amendments", id_, "changes"), message)


def _misfits(contract: Contract, patches: list[Amendment]) -> Iterator[tuple[Amendment, str]]:
    for patch in patches:
        try:
            contract = apply(contract, patch)
        except UserError as refusal:
            yield patch, needs(refusal)


RULE = Rule(
    "amendments_apply",
    "Every change of an amendment names a path that exists and the value that held before.",
    phrase("Correct path or from; the date is the amendment's effective_from."),
    check,
)
