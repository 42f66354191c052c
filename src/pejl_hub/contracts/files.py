"""The contracts' files on disk: adopted texts, the texts that they quote, and documents.

``PEJL_DATA/contracts/<hub>/`` holds every adopted version's YAML under its hash, and beside it the
texts that it names, as the folder of contracts does; ``../shared`` leads to that folder's shared
tables. ``PEJL_DATA/contracts/documents/`` holds each document under its SHA-256.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from pejl_hub.contracts.models import ContractDocument


def sha256_of(content: bytes) -> str:
    """The content's SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def folder() -> Path:
    """Where the hub's own contracts lie; made when it is not there, with the shared tables."""
    found = Path(settings.DATA) / "contracts" / Path(settings.CONTRACTS).name
    found.mkdir(parents=True, exist_ok=True)
    _link_shared(found.parent / "shared")
    return found


def keep_document(content: bytes) -> str:
    """Keep the content once; its SHA-256."""
    sha256 = sha256_of(content)
    path = document_path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, content)
    return sha256


def document(sha256: str) -> bytes | None:
    """The document's content; None when it is gone or no longer what was kept."""
    path = document_path(sha256)
    content = path.read_bytes() if path.is_file() else None
    return content if content is not None and sha256_of(content) == sha256 else None


def place(contract_id: str, sha256: str, content: bytes, names: set[str]) -> Path:
    """The version's file in its folder, with the texts of these names beside it."""
    path = path_of(contract_id, sha256)
    bring_texts(names)
    if not path.exists():
        _write(path, content)
    return path


def path_of(contract_id: str, sha256: str) -> Path:
    """Where the version's file lies once it is placed."""
    return folder() / f"{contract_id}-{sha256[:16]}.yaml"


@contextmanager
def laid_out(content: bytes, names: set[str]) -> Iterator[Path]:
    """A path at which the content can be read with all that it names, for as long as it lasts."""
    bring_texts(names)
    with tempfile.NamedTemporaryFile(
        dir=folder(), prefix=".draft-", suffix=".yaml", delete=False
    ) as file:
        file.write(content)
    try:
        yield Path(file.name)
    finally:
        Path(file.name).unlink()


def bring_texts(names: set[str]) -> None:
    """Put the texts that a contract names where its file looks for them."""
    known = ContractDocument.objects.filter(path__in=names).values_list("path", "sha256")
    for name, sha256 in known:
        content, path = document(sha256), folder() / name
        if content is not None and not (path.is_file() and path.read_bytes() == content):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)


def document_path(sha256: str) -> Path:
    """Where the document lies."""
    return Path(settings.DATA) / "contracts" / "documents" / sha256


def _link_shared(link: Path) -> None:
    """The shared tables are the folder's own, so that a correction there holds here as well."""
    shared = Path(settings.CONTRACTS).parent / "shared"
    if link.is_symlink() and link.readlink() != shared:
        link.unlink()
    if not link.is_symlink():
        shutil.rmtree(link, ignore_errors=True)
        link.symlink_to(shared, target_is_directory=True)


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, whoever reads meanwhile."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
