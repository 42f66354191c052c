"""Movements as a file: every record that moved a figure, none left out."""

import csv
import io
from collections.abc import Iterator, Sequence

from pejl.movements import Cause, Movement, Step
from pejl_hub.core.guarding import safe
from pejl_hub.status.records import PERSONAL

HEADINGS = ("goal", "cause", "table", "id", "date", "client", "part", "moved", "changed")


def moved_as_csv(found: Sequence[Movement]) -> bytes:
    """A line for each record and part that it moved, as Danish Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for movement in found:
        for part in movement.causes:
            for step in part.steps:
                writer.writerows(_lines(movement.goal, part.cause, step))
    return out.getvalue().encode("utf-8-sig")


def _lines(goal: str, cause: Cause, step: Step) -> Iterator[list[object]]:
    day = step.day.isoformat() if step.day else ""
    for name, amount in step.moved.items():
        told = [goal, cause.value, step.table, step.id, day, step.client or "", name]
        yield [safe(cell) for cell in (*told, _amount(amount), _changed(step))]


def _amount(amount: object) -> object:
    """A whole number as one; a fraction as it is, for it was reported so."""
    return int(amount) if amount == int(amount) else str(float(amount)).replace(".", ",")  # type: ignore[call-overload, arg-type]


def _changed(step: Step) -> str:
    named = {n: was for n, was in step.before.items() if n not in PERSONAL}
    return "; ".join(f"{name}: {was} -> {step.after[name]}" for name, was in named.items())
