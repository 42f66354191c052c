"""What a rule is given, and what it says of a contract file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pejl.base.errors import PejlError, UserError
from pejl.base.phrases import Phrase, phrase
from pejl.contract.document import Document, Where
from pejl.contract.goal import Contract


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken: what is wrong there and what to do about it."""

    rule: str
    level: str  # error | warning
    line: int
    message: str
    remedy: str


def needs(refusal: UserError) -> Phrase:
    """A refusal as what is wrong in the file; its remedy is the finding's own."""
    return phrase("{given} needs {needed}", given=refusal.given, needed=refusal.needed)


@dataclass(frozen=True)
class Problem:
    """What a rule found, and at which entry; ``line`` overrides the entry's own line."""

    where: Where
    message: str
    remedy: str | None = None  # None = the rule's own
    line: int | None = None


@dataclass(frozen=True)
class Draft:
    """The file under check. The shape rules see the document only; the others all of it."""

    document: Document
    built: Contract | None = None
    amended: Contract | None = None  # after every amendment that applies
    texts: Mapping[str, bytes | None] = field(default_factory=dict)  # source files by name

    @property
    def contract(self) -> Contract:
        """The contract with every amendment; PejlError when a shape rule asks for it."""
        if self.amended is None:
            raise PejlError("A shape rule reads the document, not the contract.")
        return self.amended

    @property
    def adopted(self) -> Contract:
        """The contract as adopted; PejlError when a shape rule asks for it."""
        if self.built is None:
            raise PejlError("A shape rule reads the document, not the contract.")
        return self.built

    def entry(self, part: str, key: str, *rest: str) -> Where:
        """Where the entry with this id stands in a list of the file, such as ``goals``."""
        listed: Any = self.document.data[part]
        ids = [entry["id"] for entry in listed]
        return (part, ids.index(key), *rest) if key in ids else (part,)


@dataclass(frozen=True)
class Rule:
    """One rule: what it says, what to do when it is broken, and the function that checks it."""

    id: str
    says: str
    remedy: str
    check: Callable[[Draft], Iterable[Problem]]
    level: str = "error"
