"""What the hubs' contracts share: municipalities, territories, segments and size bands."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.document import decode, read_bytes, read_document
from pejl.contract.goal import Municipality, SizeBand, Territory, Text
from pejl.contract.refusal import refuse_first
from pejl.contract.schema import SHARED, faults


@dataclass(frozen=True)
class Shared:
    """The shared facts, for all hubs."""

    municipalities: Mapping[str, Municipality]
    territories: Mapping[str, Territory]
    segments: Mapping[str, Text]
    size_bands: Sequence[SizeBand]


def load_shared(folder: Path) -> Shared:
    """Read the folder; UserError when a file is missing or not as its schema says."""
    territories = _read(folder / "territories.yaml", "territories")
    segments = _read(folder / "segments.yaml", "segments")
    bands = _read(folder / "size_bands.yaml", "size_bands")
    return Shared(
        municipalities=_municipalities(folder / "municipalities.csv"),
        territories={hub: _territory(codes) for hub, codes in territories.items()},
        segments={str(entry["id"]): dict(entry["label"]) for entry in segments},
        size_bands=tuple(_band(entry) for entry in bands),
    )


def _read(path: Path, part: str) -> Any:
    document = read_document(path)
    refuse_first(document, faults(document.data, SHARED))
    if part not in document.data:
        raise UserError(
            given=phrase("the file {path} without {part}", path=path, part=part),
            needed=phrase("the entry {part}", part=part),
            remedy=phrase("Add it, or name another folder under contract.shared."),
        )
    return document.data[part]


def _territory(codes: Mapping[str, Sequence[str]]) -> Territory:
    return Territory({date.fromisoformat(day): tuple(listed) for day, listed in codes.items()})


def _band(entry: Mapping[str, Any]) -> SizeBand:
    return SizeBand(entry["id"], entry["low"], entry.get("high"), dict(entry["label"]))


def _municipalities(path: Path) -> dict[str, Municipality]:
    rows = csv.DictReader(io.StringIO(decode(read_bytes(path), path)))
    try:
        return {
            row["kommunekode"]: Municipality(row["kommunekode"], row["navn"], row["kommunegruppe"])
            for row in rows
        }
    except KeyError as error:
        raise UserError(
            given=phrase(
                "the file {path} without the column {column}", path=path, column=error.args[0]
            ),
            needed=phrase("the columns kommunekode, navn and kommunegruppe"),
            remedy=phrase("Add the column."),
        ) from error
