"""Produces reports as files: one document or one for each municipality, in one or more processes.

Processes are spawned, never forked: typst has run in them (``writers.pdf``).
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pejl.base.errors import UserError
from pejl.disclosure.publish import Masks
from pejl.reports.bundle import bundle
from pejl.reports.documents import kind_of
from pejl.reports.gathering import Counting
from pejl.reports.material import Material
from pejl.reports.theme import Theme
from pejl.reports.writers import WRITERS
from pejl.standing.result import Standing

PACKAGE = "package"
FEW = 4  # fewer municipalities are done before another process has started


@dataclass(frozen=True)
class Order:
    """What is asked for. ``material`` holds no municipalities: each is counted when it is made.

    ``contract_file`` is the contract's YAML, for the package.
    """

    kind: str
    material: Material
    counting: Counting
    view: Masks | None
    theme: Theme
    formats: Sequence[str]
    contract_file: Path

    @property
    def name(self) -> str:
        """What the files are called, without place and ending."""
        evaluation = self.material.standing.evaluation
        return f"{evaluation.contract_id}-{self.kind}-{evaluation.as_of.isoformat()}"


@dataclass(frozen=True)
class Made:
    """A document's files by name. ``place`` is its municipality, None for the whole hub."""

    place: str | None
    files: dict[str, bytes]


def produce(order: Order, places: Sequence[str], *, workers: int = 1) -> Iterator[Made]:
    """Each document when it is made.

    ``places`` are the municipalities: each gets a document of its own when the kind is placed, and
    is a part of the one document otherwise.

    Raises
    ------
    UserError
        For a kind or a format that there is none of.
    """
    refuse_unknown(order.kind, order.formats)
    if len(places) < FEW or workers < 2:
        yield from _alone(order, places)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_begin, initargs=(order,)
    ) as pool:
        if kind_of(order.kind).placed:
            yield from pool.map(_make_here, places)
        else:
            yield _whole(order, dict(zip(places, pool.map(_count_here, places), strict=True)))


def refuse_unknown(kind: str, formats: Sequence[str]) -> None:
    """UserError for a kind or a format that there is none of."""
    kind_of(kind)
    for name in formats:
        if name not in WRITERS:
            raise UserError(
                given=f"the format {name}",
                needed=f"one of {', '.join(WRITERS)}",
                remedy="Choose one of these.",
            )


def _alone(order: Order, places: Sequence[str]) -> Iterator[Made]:
    if kind_of(order.kind).placed:
        yield from (_make(order, place) for place in places)
    else:
        yield _whole(order, {place: _count(order, place) for place in places})


def _count(order: Order, place: str) -> Standing:
    return order.counting.standing(place, order.view)


def _make(order: Order, place: str) -> Made:
    material = replace(order.material, places={place: _count(order, place)})
    document = kind_of(order.kind).build(material, place=place)
    written = {one: WRITERS[one](document, order.theme) for one in order.formats}
    return Made(place, {f"{order.name}-{place}.{one}": data for one, data in written.items()})


def _whole(order: Order, places: dict[str, Standing]) -> Made:
    document = kind_of(order.kind).build(replace(order.material, places=places))
    files = {f"{order.name}.{one}": WRITERS[one](document, order.theme) for one in order.formats}
    if order.kind == PACKAGE:
        overview = files.get(f"{order.name}.pdf") or WRITERS["pdf"](document, order.theme)
        files[f"{order.name}.zip"] = bundle(
            order.material.contract, order.contract_file, order.material.standing, overview
        )
    return Made(None, files)


_order: list[Order] = []  # what the spawned process works on


def _begin(order: Order) -> None:
    _order[:] = [order]


def _make_here(place: str) -> Made:
    return _make(_order[0], place)


def _count_here(place: str) -> Standing:
    return _count(_order[0], place)
