"""The demo's export as files, the same bytes every time."""

import csv
from collections.abc import Mapping
from pathlib import Path

from pejl_hub.demo import shape
from pejl_hub.demo.clients import make_clients
from pejl_hub.demo.dice import Dice
from pejl_hub.demo.flaws import add_flaws
from pejl_hub.demo.frame import Frame
from pejl_hub.demo.publicity import make_publicity
from pejl_hub.demo.rows import FILES, Export, Row
from pejl_hub.demo.services import (
    make_approaches,
    make_events,
    make_guidances,
    make_participations,
)


def make_export(
    municipality_names: Mapping[str, str], seed: int = shape.SEED, frame: Frame | None = None
) -> Export:
    """Every row of the demo's years, about 40,000; ``municipality_names`` by three-digit code."""
    dice, export = Dice(seed), Export(frame or Frame())
    clients = make_clients(dice, export, municipality_names)
    make_guidances(dice, export, clients)
    make_events(dice, export, clients)
    make_participations(dice, export, clients)
    make_approaches(dice, export, clients)
    make_publicity(dice, export)
    add_flaws(dice, export)
    return export


def write_export(export: Export, folder: Path) -> Path:
    """Write the files as such systems do: Windows-1252, semicolons, CRLF; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in FILES.items():
        _write(folder / f"{name}.csv", columns, export.files[name])
    return folder


def _write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
