"""A mapping: which file, column and word of a source means what to us. Data, not code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML, YAMLError

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.sources.reading.sheet import Form

OURS = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class FileMapping:
    """One file of a source: its names, our field → the source's headings, and its code words."""

    kind: str
    names: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, str]]

    @cached_property
    def all_headings(self) -> frozenset[str]:
        """Every heading that the mapping knows, folded."""
        return frozenset(fold(name) for names in self.columns.values() for name in names)

    def heading(self, field: str, headings: list[str]) -> str | None:
        """The heading that holds a field, or None when the file has none of them."""
        present = {fold(heading): heading for heading in headings}
        for name in self.columns.get(field, ()):
            if fold(name) in present:
                return present[fold(name)]
        return None


@dataclass(frozen=True)
class SourceMapping:
    """A whole mapping file."""

    name: str
    reader: str
    label: Mapping[str, str]
    form: Form
    clients: Mapping[str, str]
    nomenclature: str
    files: Mapping[str, FileMapping]


def fold(text: str) -> str:
    """A heading or name as it is compared: without case and outer space."""
    return text.strip().casefold()


def folders() -> Iterator[Path]:
    """Where mappings are looked for: the hub's own folder first, then what Pejl brings."""
    yield Path(settings.DATA) / "mappings"
    yield OURS


def names() -> list[str]:
    """The names that ``--source`` may have."""
    return sorted({file.stem for folder in folders() for file in folder.glob("*.yaml")})


def load_mapping(name: str) -> SourceMapping:
    """The mapping of that name.

    Raises
    ------
    UserError
        When there is none, or its file lacks something.
    """
    for folder in folders():
        if (path := folder / f"{name}.yaml").is_file() and name in names():
            return _read(path)
    raise UserError(
        given=phrase("the source {name}", name=name),
        needed=phrase("one of {names}", names=list(names())),
        remedy=phrase("Choose one of these, or add a mapping file."),
    )


def _read(path: Path) -> SourceMapping:
    try:
        data = YAML(typ="safe", pure=True).load(path)
        return _build(path.stem, data)
    except (YAMLError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            given=phrase(
                "the mapping {name}, which cannot be used ({error})",
                name=path.name,
                error=_short(error),
            ),
            needed=phrase("the entries reader, label, formats, clients, nomenclature and files"),
            remedy=phrase("Compare it with the mapping escrm.yaml that Pejl brings."),
        ) from error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _build(name: str, data: Mapping[str, Any]) -> SourceMapping:
    formats = data["formats"]
    form = Form(
        date=formats["date"],
        month=formats["month"],
        decimal=formats["decimal"],
        thousands=formats["thousands"],
        yes=tuple(formats["yes"]),
        no=tuple(formats["no"]),
    )
    return SourceMapping(
        name=name,
        reader=data["reader"],
        label=data["label"],
        form=form,
        clients=data["clients"],
        nomenclature=data["nomenclature"],
        files={kind: _file(kind, entry) for kind, entry in data["files"].items()},
    )


def _file(kind: str, entry: Mapping[str, Any]) -> FileMapping:
    return FileMapping(
        kind=kind,
        names=tuple(fold(name) for name in entry.get("names", [kind])),
        columns={field: _several(names) for field, names in entry["columns"].items()},
        codes={
            field: {str(word): code for word, code in words.items()}
            for field, words in entry.get("codes", {}).items()
        },
    )


def _several(names: str | list[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
