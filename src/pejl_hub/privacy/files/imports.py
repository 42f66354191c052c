"""Files that were read in, their refused rows, and what was uploaded and not yet taken in."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from pejl_hub.privacy.files import plain, reading
from pejl_hub.privacy.files.journal import Journal
from pejl_hub.privacy.identity import Identity

FOLDERS = ("imports", "uploads")
PROGRESS = "progress.json"


def files() -> Iterator[Path]:
    """Every such file."""
    for name in FOLDERS:
        for path in sorted((Path(settings.DATA) / name).rglob("*")):
            if path.is_file() and path.name != PROGRESS:
                yield path


def clear(journal: Journal, known: Identity) -> int:
    """Take the person's rows out of text files, and delete others that name them; how many files.

    Nothing that was signed rests on them: what an import wrote is in the database, and what
    undoing it needs as well.
    """
    return sum(_clear(journal, path, known) for path in files())


def _clear(journal: Journal, path: Path, known: Identity) -> bool:
    if known.is_in(path.name):
        journal.drop.append(str(path))
        return True
    content = path.read_bytes()
    if path.suffix.lower() not in plain.ENDINGS:
        found = any(known.is_in(text) for text in reading.texts(content))
        if found:
            journal.drop.append(str(path))
        return found
    left = plain.without(content, known)
    if left != content:
        draft = journal.draft()
        draft.write_bytes(left)
        draft.chmod(0o600)
        journal.put[str(path)] = str(draft)
    return left != content
