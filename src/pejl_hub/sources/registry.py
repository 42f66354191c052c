"""The sources that can be read: one line each. A mapping's ``reader`` names one of them."""

from collections.abc import Mapping
from types import MappingProxyType

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
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
        raise _wrong(mapping, phrase("the reader {name}", name=mapping.reader), list(SOURCES))
    kinds = SOURCES[mapping.reader]
    if extra := set(mapping.files) - {kind.id for kind in kinds}:
        raise _wrong(
            mapping,
            phrase("the file {name}", name=min(extra)),
            [kind.id for kind in kinds],
        )
    for kind in kinds:
        _require_fields(mapping, kind)
    return kinds


def _require_fields(mapping: SourceMapping, kind: FileKind) -> None:
    if kind.id not in mapping.files:
        return
    ours = {column.name for column in kind.columns} | set(kind.sought)
    if extra := set(mapping.files[kind.id].columns) - ours:
        raise _wrong(
            mapping,
            phrase("the field {name} of {file}", name=min(extra), file=kind.id),
            sorted(ours),
        )


def _wrong(mapping: SourceMapping, given: str, needed: list[str]) -> UserError:
    return UserError(
        given=phrase("{given} in the mapping {name}", given=given, name=mapping.name),
        needed=phrase("one of {names}", names=needed),
        remedy=phrase("Correct the mapping."),
    )
