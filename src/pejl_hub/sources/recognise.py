"""Which kind of file a sheet is: by its name, else by its headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.sources.kinds import FileKind
from pejl_hub.sources.mapping import FileMapping, SourceMapping, fold
from pejl_hub.sources.reading.sheet import Sheet


@dataclass(frozen=True)
class Recognised:
    """The sheets in the order of import, and the names of those that nobody knows."""

    sheets: Sequence[tuple[FileKind, Sheet]]
    strangers: Sequence[str]


def recognise(
    sheets: Sequence[Sheet], mapping: SourceMapping, kinds: Sequence[FileKind]
) -> Recognised:
    """Sort the sheets by kind; UserError when none is known."""
    found = [(_kind_of(sheet, mapping), sheet) for sheet in sheets]
    ordered = [(kind, sheet) for kind in kinds for of, sheet in found if of == kind.id]
    if not ordered:
        names = [name for file in mapping.files.values() for name in file.names]
        raise UserError(
            given=phrase("the files {names}", names=[sheet.file_name for sheet in sheets]),
            needed=phrase("at least one of {names}", names=names),
            remedy=phrase("Check that this is the export of the source you chose."),
        )
    return Recognised(ordered, [sheet.file_name for kind, sheet in found if kind is None])


def _kind_of(sheet: Sheet, mapping: SourceMapping) -> str | None:
    name = fold(sheet.name)
    for file in mapping.files.values():
        if name in file.names:
            return file.kind
    return _by_headings(sheet.headings, mapping.files)


def _by_headings(headings: Sequence[str], files: Mapping[str, FileMapping]) -> str | None:
    """The kind whose headings are all there; of several, the one that has the most."""
    present = {fold(heading) for heading in headings}
    fitting = [file for file in files.values() if file.all_headings <= present]
    best = sorted(fitting, key=lambda file: -len(file.all_headings))[:2]
    if not best or (len(best) == 2 and len(best[0].all_headings) == len(best[1].all_headings)):
        return None
    return best[0].kind
