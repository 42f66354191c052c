"""``pejl report``: a report of any kind, as files in any format."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.bar import bar
from pejl_hub.cli.options import AsOf
from pejl_hub.cli.ready import ready

if TYPE_CHECKING:
    from pejl.contract.goal import Contract
    from pejl.disclosure.publish import Masks
    from pejl.reports.gathering import Counting
    from pejl.reports.material import Material
    from pejl.reports.production import Order

    Gathered = tuple[Counting, Masks | None, Material]


@app.command()
def report(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="monthly, status, municipality, annual, kkr, board or package.",
        ),
    ],
    as_of: AsOf,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="A folder for the files.")],
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality", metavar="CODE", help="Three digits; may be given more than once."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every municipality of the hub's territory.")
    ] = False,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="pdf (unless said otherwise), html, xlsx, docx or pptx; more than once for more.",
        ),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="da or en")] = "da",
) -> None:
    """Make a report. Those that leave the house hide small counts, as the published figures do."""
    from pejl.reports.production import refuse_unknown

    formats = list(dict.fromkeys(form or ["pdf"]))
    refuse_unknown(kind, formats)
    _refuse_language(language)
    ready()
    asked = Asked(kind, as_of.date(), tuple(municipality or ()), every, formats, language)
    for path in _write(asked, _folder(out)):
        typer.echo(path)


@dataclass(frozen=True)
class Asked:
    """What the command was asked for."""

    kind: str
    day: date
    municipalities: tuple[str, ...]
    every: bool
    formats: list[str]
    language: str


def _refuse_language(language: str) -> None:
    if language not in ("da", "en"):
        raise UserError(given=f"the language {language}", needed="da or en", remedy="Correct it.")


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            given=f"{out}", needed="a folder that can be made", remedy="Choose another --out."
        ) from error
    return out


def _write(asked: Asked, out: Path) -> Iterator[Path]:
    """Each file when it is written, with a bar for whoever watches."""
    from pejl.reports.production import produce

    with bar("Report") as say:
        say("counting", 0.0)
        contract = _contract(asked.day)
        places = _places(asked, contract)
        order = _order(asked, contract)
        workers = min(2, os.cpu_count() or 1)
        for done, made in enumerate(produce(order, places, workers=workers), start=1):
            for name, data in made.files.items():
                (out / name).write_bytes(data)
                yield out / name
            say(made.place or asked.kind, done / max(1, len(places)))


def _contract(day: date) -> "Contract":
    from pejl.contract.load import load
    from pejl_hub.snapshots.actions import contract_file

    return load(contract_file(day))


def _places(asked: Asked, contract: "Contract") -> list[str]:
    """The municipalities to report on; UserError where the kind and what was asked do not fit."""
    from pejl.reports.documents import kind_of

    kind = kind_of(asked.kind)
    territory = sorted(contract.territory.on(asked.day))
    if kind.needs_places and not kind.placed:
        return _known(asked.municipalities, territory) or territory
    if kind.placed and asked.every:
        return territory
    if kind.placed and not asked.municipalities:
        raise UserError(
            given="a municipality report of no municipality",
            needed="--municipality CODE or --all",
            remedy="Say which municipality.",
        )
    if not kind.placed and (asked.municipalities or asked.every):
        raise UserError(
            given=f"municipalities for the report {asked.kind}",
            needed="a report that is made for each municipality",
            remedy="Ask for `pejl report municipality`, or leave --municipality and --all out.",
        )
    return _known(asked.municipalities, territory)


def _known(codes: tuple[str, ...], territory: list[str]) -> list[str]:
    for code in codes:
        if code not in territory:
            raise UserError(
                given=f"the municipality {code}",
                needed=f"one of {', '.join(territory)}",
                remedy="Choose one of these.",
            )
    return list(codes)


def _order(asked: Asked, contract: "Contract") -> "Order":
    """What is to be produced: counted from the records as they are, or from an edition."""
    from django.conf import settings

    from pejl.reports.documents import kind_of
    from pejl.reports.production import Order
    from pejl.reports.theme import load_theme
    from pejl_hub.snapshots.actions import contract_file

    file = contract_file(asked.day)
    gather = _published if kind_of(asked.kind).outside else _known_inside
    counting, view, material = gather(contract, asked)
    theme = load_theme(Path(settings.CONTRACTS))
    return Order(asked.kind, material, counting, view, theme, asked.formats, file)


def _known_inside(contract: "Contract", asked: Asked) -> "Gathered":
    """Every figure as the house knows it, beside the last day of the month before."""
    from pejl.reports.gathering import Counting, inside
    from pejl_hub.efforts.queries import efforts_for
    from pejl_hub.narrative.queries import comments_for
    from pejl_hub.snapshots.actions import ensure_snapshot
    from pejl_hub.surveys.asking import smallest_group_on

    day = asked.day
    counting = Counting(contract, ensure_snapshot(day), day, smallest_group_on(day))
    first = date(day.year, day.month, 1)
    before = date.fromordinal(first.toordinal() - 1)
    earlier = (
        Counting(contract, counting.snapshot, before, counting.least_answers)
        if before in contract.period
        else None
    )
    material = inside(
        counting,
        before=earlier,
        comments=comments_for(contract, day),
        efforts=efforts_for(contract, day),
        language=asked.language,
    )
    return counting, None, material


def _published(contract: "Contract", asked: Asked) -> "Gathered":
    """What the edition of the day shows; without one, what may be shown of this day alone."""
    from pejl.disclosure.publish import masks
    from pejl.reports.gathering import Counting, outside, own_masks
    from pejl_hub.efforts.queries import efforts_for
    from pejl_hub.narrative.queries import comments_for
    from pejl_hub.publishing.queries import (
        earlier_editions,
        edition_of,
        published_standing,
        snapshot_of,
    )
    from pejl_hub.snapshots.actions import ensure_snapshot
    from pejl_hub.surveys.asking import smallest_group_on

    day, least = asked.day, smallest_group_on(asked.day)
    edition = edition_of(contract, day)
    if edition is None:
        counting = Counting(contract, ensure_snapshot(day), day, least)
        view, before, name = own_masks(counting), None, ""
    else:
        counting = Counting(contract, snapshot_of(edition), day, least)
        view = masks(contract, day, edition.minimum, edition.hidden_cells)
        last = next((one for one in earlier_editions(edition) if one.as_of < day), None)
        before = last and published_standing(last, contract, None, least)
        name = str(edition.pk)
    material = outside(
        counting,
        view,
        before=before,
        comments=comments_for(contract, day),
        efforts=efforts_for(contract, day),
        edition=name,
        language=asked.language,
    )
    return counting, view, material
