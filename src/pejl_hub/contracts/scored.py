"""Which contract files are scored: the one place that all who count ask.

Of each contract, the newest adopted version; a contract that was never taken up here, or whose
newest adopted version was taken from the folder of contracts, is read from that folder. A draft is
never scored.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pejl.contract.goal import Contract
from pejl.contract.identity import contract_id
from pejl.contract.load import find_among, load
from pejl_hub.contracts import files
from pejl_hub.contracts.models import ContractVersion, State
from pejl_hub.contracts.names import names_in

Next = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Adopted:
    """The newest adopted version of a contract: how it is found, without its text."""

    pk: int
    contract_id: str
    sha256: str
    file_name: str | None


_LOOKED_UP: ContextVar[list[list[Adopted]] | None] = ContextVar("looked up", default=None)


def scored_files() -> tuple[Path, ...]:
    """The files of the contracts that are scored, in the order of their names."""
    shipped = sorted(Path(settings.CONTRACTS).glob("*.yaml"))
    adopted = {one.contract_id: one for one in adopted_versions()}
    if not adopted:
        return tuple(shipped)
    left = [path for path in shipped if contract_id(path) not in adopted]
    return tuple(sorted([*left, *map(file_of, adopted.values())], key=lambda path: path.name))


def scored_file(day: date) -> Path:
    """The contract whose period holds the day; UserError when none does."""
    return find_among(scored_files(), day)


def adopted_versions() -> list[Adopted]:
    """The newest adopted version of each contract; looked up once in a request."""
    known = _LOOKED_UP.get()
    if known is None:
        return _adopted_versions()
    if not known:
        known.append(_adopted_versions())
    return known[0]


def forget() -> None:
    """Look again in this request: a version has just been adopted."""
    if (known := _LOOKED_UP.get()) is not None:
        known.clear()


def once_a_request(get_response: Next) -> Next:
    """Pages ask many times which contract is scored; the database is asked once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _LOOKED_UP.set([])
        try:
            return get_response(request)
        finally:
            _LOOKED_UP.reset(token)

    return middleware


def _adopted_versions() -> list[Adopted]:
    rows = ContractVersion.objects.filter(state=State.ADOPTED).order_by("contract_id", "number")
    found = rows.values_list("pk", "contract_id", "sha256", "file_name")
    return list({row[1]: Adopted(*row) for row in found}.values())


def file_of(version: Adopted | ContractVersion) -> Path:
    """The version's file: the one it was taken from, else its own, put in place when missing."""
    if version.file_name and (path := Path(settings.CONTRACTS) / version.file_name).is_file():
        return path
    return own_file(version)


def own_file(version: Adopted | ContractVersion) -> Path:
    """The version's file as it was adopted, whatever became of the one it was taken from."""
    path = files.path_of(version.contract_id, version.sha256)
    if path.exists():
        return path
    content = ContractVersion.objects.get(pk=version.pk).yaml
    return files.place(version.contract_id, version.sha256, content, names_in(content))


def loaded(path: Path) -> Contract:
    """The file's contract; read again when the file changes."""
    found = path.stat()
    return _loaded(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16)
def _loaded(path: Path, _changed: int, _size: int) -> Contract:
    return load(path)


def file_with(sha256: str) -> Path | None:
    """The file of exactly these bytes, scored today or before; None when it is not known."""
    version = ContractVersion.objects.filter(sha256=sha256, state=State.ADOPTED).first()
    if version is not None:
        return own_file(version)
    shipped = sorted(Path(settings.CONTRACTS).glob("*.yaml"))
    return next((path for path in shipped if files.sha256_of(path.read_bytes()) == sha256), None)
