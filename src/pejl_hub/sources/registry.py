"""The sources that can be read: one line each. A mapping's ``reader`` names one of them."""

from collections.abc import Mapping
from types import MappingProxyType

from pejl.base.errors import UserError
from pejl_hub.sources import escrm, linkedin, meta, plainviews
from pejl_hub.sources.kinds import FileKind
from pejl_hub.sources.mapping import SourceMapping

SOURCES: Mapping[str, tuple[FileKind, ...]] = MappingProxyType(
    {
        "escrm": escrm.FILES,
        "linkedin": linkedin.FILES,
        "meta": meta.FILES,
        "plainviews": plainviews.FILES,
    }
)


def kinds_of(mapping: SourceMapping) -> tuple[FileKind, ...]:
    """The kinds of file of a mapping's source, in the order in which they are imported.

    Raises
    ------
    UserError
        When the mapping names a reader, a file or a field that there is not.
    """
    if mapping.reader not in SOURCES:
        raise _wrong(mapping, f"the reader {mapping.reader}", ", ".join(SOURCES))
    kinds = SOURCES[mapping.reader]
    if extra := set(mapping.files) - {kind.id for kind in kinds}:
        raise _wrong(mapping, f"the file {min(extra)}", ", ".join(kind.id for kind in kinds))
    for kind in kinds:
        _require_fields(mapping, kind)
    return kinds


def _require_fields(mapping: SourceMapping, kind: FileKind) -> None:
    if kind.id not in mapping.files:
        return
    ours = {column.name for column in kind.columns} | set(kind.sought)
    if extra := set(mapping.files[kind.id].columns) - ours:
        raise _wrong(mapping, f"the field {min(extra)} of {kind.id}", ", ".join(sorted(ours)))


def _wrong(mapping: SourceMapping, given: str, needed: str) -> UserError:
    return UserError(
        given=f"{given} in the mapping {mapping.name}",
        needed=f"one of {needed}",
        remedy="Correct the mapping.",
    )
