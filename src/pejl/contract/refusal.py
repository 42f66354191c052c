"""A file that cannot be read as a contract is refused with its first fault and the line."""

from collections.abc import Sequence

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.document import Document, Oddity
from pejl.contract.schema import Fault

ODDITIES = {
    "syntax": phrase("Correct the line: look at indentation and quotes."),
    "anchor": phrase("Write the values out where they are used."),
    "alias": phrase("Write the values out where they are used."),
    "tag": phrase("Remove the tag; the schema says what type a value has."),
    "duplicate_key": phrase("Keep one of the two."),
}


def say(oddity: Oddity) -> str:
    """What the oddity is, in plain words."""
    return oddity.said()


def remedy(oddity: Oddity) -> str:
    """What to do about the oddity."""
    return ODDITIES[oddity.kind]


def refuse_first(document: Document, found: Sequence[Fault]) -> None:
    """UserError for the first oddity or fault in the document, if there is one."""
    for oddity in document.oddities:
        raise _refusal(document, oddity.line, say(oddity), remedy(oddity))
    for fault in sorted(found, key=lambda fault: document.line(fault.where)):
        line = document.line(fault.where)
        raise _refusal(
            document, line, fault.message, phrase("Correct the line and check the file again.")
        )


def _refusal(document: Document, line: int, message: str, what_to_do: str) -> UserError:
    return UserError(
        given=phrase(
            "{name}, line {line}: {message}", name=document.path.name, line=line, message=message
        ),
        needed=phrase("a file as the reference docs/reference/contract-file.md says"),
        remedy=what_to_do,
    )
