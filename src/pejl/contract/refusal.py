"""A file that cannot be read as a contract is refused with its first fault and the line."""

from collections.abc import Sequence

from pejl.base.errors import UserError
from pejl.contract.document import Document, Oddity
from pejl.contract.schema import Fault

ODDITIES = {
    "syntax": ("the file is not YAML: {}", "Correct the line: look at indentation and quotes."),
    "anchor": ("the anchor {} stands here", "Write the values out where they are used."),
    "alias": ("the alias {} stands here", "Write the values out where they are used."),
    "tag": ("the tag {} stands here", "Remove the tag; the schema says what type a value has."),
    "duplicate_key": ("the key {} stands here a second time", "Keep one of the two."),
}


def say(oddity: Oddity) -> str:
    """What the oddity is, in plain words."""
    return ODDITIES[oddity.kind][0].format(oddity.text)


def remedy(oddity: Oddity) -> str:
    """What to do about the oddity."""
    return ODDITIES[oddity.kind][1]


def refuse_first(document: Document, found: Sequence[Fault]) -> None:
    """UserError for the first oddity or fault in the document, if there is one."""
    for oddity in document.oddities:
        raise _refusal(document, oddity.line, say(oddity), remedy(oddity))
    for fault in sorted(found, key=lambda fault: document.line(fault.where)):
        line = document.line(fault.where)
        raise _refusal(document, line, fault.message, "Correct the line and check the file again.")


def _refusal(document: Document, line: int, message: str, what_to_do: str) -> UserError:
    return UserError(
        given=f"{document.path.name}, line {line}: {message}",
        needed="a file as the reference docs/reference/contract-file.md says",
        remedy=what_to_do,
    )
