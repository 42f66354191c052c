"""The population of workplaces: a StatBank file taken in, and asked about."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pejl.contract.shared import load_shared
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.sources.models import Population, PopulationCell
from pejl_hub.sources.statbank import read_erhv6

TABLE = "ERHV6"
LICENCE = "CC BY 4.0"


@dataclass(frozen=True)
class Workplaces:
    """The newest population: where it is from, and workplaces by place, industry and size.

    A key is ``(municipality, industry group, low, high)``; a cell that is not published is absent.
    """

    source: Population
    cells: Mapping[tuple[str, str, int, int | None], int]
    unpublished: int

    def by_municipality(self) -> dict[str, int]:
        """Workplaces by municipality code."""
        return self._by(0)

    def by_industry(self, within: frozenset[str]) -> dict[str, int]:
        """Workplaces by industry group, in the municipalities."""
        return self._by(1, within)

    def by_size(self, within: frozenset[str]) -> dict[tuple[int, int | None], int]:
        """Workplaces by size, employees from and to, in the municipalities."""
        found: dict[tuple[int, int | None], int] = {}
        for (place, _industry, low, high), count in self.cells.items():
            if place in within:
                found[low, high] = found.get((low, high), 0) + count
        return dict(sorted(found.items()))

    def _by(self, part: int, within: frozenset[str] | None = None) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, count in self.cells.items():
            if within is None or key[0] in within:
                name = str(key[part])
                found[name] = found.get(name, 0) + count
        return found


def import_population(
    *, path: Path, by: User | None, name: str = "", made_up: bool = False
) -> Population:
    """Take in the newest year of an ERHV6 file; an earlier file of the same year gives way.

    Raises
    ------
    pejl_hub.sources.statbank.NotErhv6
        When the file is something else.
    """
    shared = load_shared(Path(settings.CONTRACTS).parent / "shared")
    names = {code: place.name for code, place in shared.municipalities.items()}
    read = read_erhv6(path, names)
    with transaction.atomic():
        Population.objects.filter(table=TABLE, year=read.year).delete()
        made = Population.objects.create(
            table=TABLE,
            year=read.year,
            file_name=name or path.name,
            file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            licence=LICENCE,
            made_up=made_up,
            who=name_of(by),
        )
        PopulationCell.objects.bulk_create(
            (
                PopulationCell(
                    population=made,
                    municipality=cell.municipality,
                    industry=cell.industry,
                    low=cell.low,
                    high=cell.high,
                    workplaces=cell.workplaces,
                )
                for cell in read.cells
            ),
            batch_size=2000,
        )
        details = {"year": read.year, "sha256": made.file_sha256, "cells": len(read.cells)}
        record(by=by, action="import_population", obj=made, details=details)
    return made


def newest_population() -> Workplaces | None:
    """The population of the newest year; None before any has been imported."""
    source = Population.objects.order_by("-year", "-id").first()
    if source is None:
        return None
    rows = source.cells.values_list("municipality", "industry", "low", "high", "workplaces")
    cells, unpublished = {}, 0
    for place, industry, low, high, workplaces in rows.iterator():
        if workplaces is None:
            unpublished += 1
        else:
            cells[place, industry, low, high] = workplaces
    return Workplaces(source, cells, unpublished)
