"""What a close keeps beside its snapshot: the contract with all that it names, and the figures.

A contract file may be edited and a shared table corrected; what was signed must still be there,
byte for byte. So each close has a folder with copies, laid out as the originals are, and every
file's SHA-256 stands in a list whose own SHA-256 is on the close.
"""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.snapshot.hashing import file_sha256
from pejl.snapshot.store import Snapshot
from pejl.standing.formats import to_json
from pejl.standing.stand import stand

FIGURES, LIST = "status.json", "files.json"


@dataclass(frozen=True)
class Archived:
    """A folder that holds what was signed; ``sha256`` is that of its list of files."""

    path: Path
    sha256: str

    @property
    def figures(self) -> bytes:
        """The status as it was signed."""
        return (self.path / FIGURES).read_bytes()

    def contract(self) -> Contract:
        """The contract as it was signed."""
        files = (self.path / "contracts").glob("*/*.yaml")
        (file,) = (file for file in files if file.parent.name != "shared")
        return load(file)


def root() -> Path:
    """Where the closes' folders lie."""
    return Path(settings.DATA) / "closes"


def figures_of(contract: Contract, snapshot: Snapshot, day: date) -> bytes:
    """The status on the day as a program reads it: the same bytes whenever it is computed."""
    document = to_json(stand(contract, snapshot, day))
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def keep(file: Path, snapshot: Snapshot, day: date) -> Archived:
    """Copy the contract file and what it names, count, and put all of it in place at once."""
    root().mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root()))
    try:
        _copy_contract(file, draft / "contracts")
        (draft / FIGURES).write_bytes(figures_of(Archived(draft, "").contract(), snapshot, day))
        sha256 = _write_list(draft)
        return _put_in_place(draft, sha256)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def find(sha256: str) -> Archived:
    """The folder of a close, whole or not: ``faults`` tells."""
    return Archived(root() / sha256[:16], sha256)


def faults(kept: Archived) -> list[str]:
    """The files that are missing or no longer what was signed; none when intact."""
    place = kept.path / LIST
    if not place.is_file() or file_sha256(place) != kept.sha256:
        return [LIST]
    listed = json.loads(place.read_text(encoding="utf-8"))
    return [n for n, sha256 in listed.items() if not _is_intact(kept.path / n, sha256)]


def _copy_contract(file: Path, to: Path) -> None:
    """The contract's own file and source, and the shared tables, where its words look for them."""
    contract, place = load(file), to / file.parent.name
    source = Path(contract.source_file)
    (place / source).parent.mkdir(parents=True)
    shutil.copyfile(file, place / file.name)
    shutil.copyfile(file.parent / source, place / source)
    shutil.copytree(file.parent.parent / "shared", to / "shared")


def _write_list(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listed = {str(path.relative_to(folder)): file_sha256(path) for path in files}
    (folder / LIST).write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n")
    return file_sha256(folder / LIST)


def _put_in_place(draft: Path, sha256: str) -> Archived:
    """The same contract and figures again are kept once."""
    kept = find(sha256)
    if not kept.path.exists():
        os.replace(draft, kept.path)
        kept.path.chmod(0o755)
    return kept


def _is_intact(path: Path, sha256: str) -> bool:
    return path.is_file() and file_sha256(path) == sha256
