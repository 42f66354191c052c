"""Snapshots name clients and advisers as they were on the day: whoever is erased is taken out.

Each file says as much as before but for the name, so every figure is what it was. The hash that
was signed stays, and the audit log says of each altered file what it was and what it is.
"""

from collections.abc import Iterable, Iterator, Mapping

from pejl.snapshot.hashing import file_sha256
from pejl.snapshot.redaction import Taking, redact_file
from pejl.snapshot.store import every
from pejl_hub.companies.models import Company
from pejl_hub.core.erased import ERASED
from pejl_hub.privacy.files.journal import Journal
from pejl_hub.privacy.identity import Identity
from pejl_hub.privacy.subjects import Subject
from pejl_hub.snapshots.actions import folder
from pejl_hub.snapshots.vouching import Place, places_of

STAFF = "adviser"


def taking_of(subjects: Iterable[Subject], known: Identity, *, staff: bool, mark: str) -> Taking:
    """What is taken out when these persons are erased; ``mark`` stands for who did something."""

    def without(column: str, text: str) -> str:
        if column == STAFF:
            return known.without(text, mark) if staff else text
        return known.without(text)

    return Taking(without=without, clients=frozenset(_clients(subjects)), word=ERASED)


def _clients(subjects: Iterable[Subject]) -> Iterator[str]:
    for one in subjects:
        row = one.row()
        if one.kind == "person":
            yield f"P{one.pk}"
        elif isinstance(row, Company):
            yield f"C{row.cvr}"


def redact(journal: Journal, taking: Taking) -> dict[str, str]:
    """Write every file that names the person anew, beside; gives SHA-256 after by before.

    A file that is not what its manifest says is left: it is somebody's to look into first.
    """
    altered: dict[str, str] = {}
    for sha256, places in _by_content().items():
        intact = [one for one in places if one.is_intact]
        draft = journal.draft()
        if not intact or not redact_file(intact[0].path, draft, taking):
            continue
        altered[sha256] = file_sha256(draft)
        for one in intact:
            journal.put[str(one.path)] = str(draft)
            journal.redacted.setdefault(str(one.snapshot), {})[one.file] = altered[sha256]
    return altered


def _by_content() -> Mapping[str, list[Place]]:
    """The same file stands in many snapshots: it is read once."""
    found: dict[str, list[Place]] = {}
    for snapshot in every(folder()):
        for place in places_of(snapshot):
            found.setdefault(place.now, []).append(place)
    return found
