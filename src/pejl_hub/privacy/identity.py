"""What a person is known by: names, addresses, numbers – and finding them in any text."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import MergeRecord
from pejl_hub.core.erased import ERASED, NOWHERE
from pejl_hub.privacy.subjects import Subject, images, name_of, told

# As people write one: pairs with something between, or eight digits after a word that says so.
# Eight bare digits are as likely a CVR number.
_TELEPHONE = re.compile(
    r"(?<![\w-])(?:\+45[ .]?)?(?:\d\d[ .]){3}\d\d(?![\w-])|\+45[ .]?\d{8}(?!\w)"
    r"|(?<=tlf )\d{8}(?!\w)|(?<=tlf\. )\d{8}(?!\w)|(?<=telefon )\d{8}(?!\w)|(?<=mobil )\d{8}(?!\w)",
    re.IGNORECASE,
)
SHORTEST_NUMBER = 6  # of a telephone number that is looked for inside texts


@dataclass(frozen=True)
class Identity:
    """What says who the person is. ``inside`` is looked for within texts, ``whole`` as a text.

    A name of one word is no name to look for inside a text: it is many people's.
    """

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    logins: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @property
    def inside(self) -> list[str]:
        """Full names, addresses and telephone numbers, the longest first."""
        names = [name for name in self.names if " " in name]
        phones = [phone for phone in self.phones if len(phone) >= SHORTEST_NUMBER]
        return sorted([*names, *self.emails, *phones], key=len, reverse=True)

    @property
    def whole(self) -> frozenset[str]:
        """Texts that are the person and nothing else."""
        return self.names | self.emails | self.phones | self.logins | self.numbers

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        words = "|".join(map(re.escape, self.inside))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(text.casefold() for text in self.whole)

    def is_in(self, text: str) -> bool:
        """Whether the text is the person, or names them."""
        return text.strip().casefold() in self._folded or bool(
            self._pattern and self._pattern.search(text)
        )

    def without(self, text: str, instead: str = ERASED) -> str:
        """The text with the person taken out."""
        if text.strip().casefold() in self._folded:
            return instead
        left = self._pattern.sub(instead, text) if self._pattern else text
        # A telephone number beside the name is theirs, though it stands in no field of its own.
        return text if left == text else _TELEPHONE.sub(instead, left)

    def as_hashes(self) -> list[str]:
        """The hashes under which surveys know the person's addresses."""
        return [hashlib.sha256(e.strip().lower().encode()).hexdigest() for e in self.emails]

    def spelled(self) -> list[str]:
        """What to ask the database for: each word as it is and as JSON may have it."""
        words = {form for one in self.whole for form in (one, one.lower(), one.upper())}
        return sorted({spelt for word in words for spelt in (word, json.dumps(word)[1:-1])})


@dataclass
class _Known:
    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    logins: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def add(self, where: set[str], text: str) -> None:
        text = text.strip()
        if text and text != ERASED and not text.endswith(NOWHERE):
            where.add(text)


def identity_of(subjects: Iterable[Subject]) -> Identity:
    """What these rows say of who the person is, now and in what the audit log and merges keep."""
    known = _Known()
    for subject in subjects:
        row = subject.row()
        if row is not None:
            _learn(known, subject, row)
        for image in _earlier(subject):
            _learn_image(known, subject, image)
        if isinstance(row, MergeRecord):
            for image in images(row):
                _learn_image(known, Subject("person", row.gone_id), image)
    return Identity(**{name: frozenset(texts) for name, texts in vars(known).items()})


def _learn(known: _Known, subject: Subject, row: Any) -> None:
    known.add(known.names, name_of(subject.of, row))
    for use, where in _uses(known):
        known.add(where, told(subject.of, row, use))


def _learn_image(known: _Known, subject: Subject, image: Mapping[str, Any]) -> None:
    kind = subject.of
    known.add(known.names, " ".join(str(image.get(part) or "") for part in kind.name))
    for use, where in _uses(known):
        if column := getattr(kind, use):
            known.add(where, str(image.get(column) or ""))


def _uses(known: _Known) -> list[tuple[str, set[str]]]:
    return [
        *(("email", known.emails), ("phone", known.phones)),
        *(("login", known.logins), ("number", known.numbers)),
    ]


def _earlier(subject: Subject) -> Iterator[dict[str, Any]]:
    """The values of the person's own row before each change that the audit log tells of."""
    entries = AuditEntry.objects.filter(
        object_type=subject.of.label, object_id=str(subject.pk)
    ).values_list("details", flat=True)
    for details in entries:
        changed = details.get("changed")
        pairs = changed.items() if isinstance(changed, dict) else ()
        for place in (0, 1):
            yield {
                name: pair[place]
                for name, pair in pairs
                if isinstance(pair, list) and len(pair) == 2 and pair[place] is not None
            }
