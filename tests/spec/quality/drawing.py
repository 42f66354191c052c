"""Drawn records, each with what a check is expected to say of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pejl_hub.quality.asked import Asked
from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.finding import Finder
from tests.spec.figures import drawn
from tests.spec.quality import plain

ASKED = Asked(
    period=drawn.YEAR,
    day=date(2024, 6, 30),
    today=date(2024, 7, 15),
    territory=frozenset({"101", "147"}),
    late_days=14,
    links={"P7": "C10150817"},
)


def expected_and_said(folder: Path, check: str, register: str, drawing: str, **other):
    """By record: what the drawing's column ``says``, what the check says, what the plain one says.

    The last column of the drawing is taken off before the records are written.
    """
    lines = [line.rsplit("|", 1) for line in drawing.strip().splitlines()]
    text = "\n".join(line[0] for line in lines)
    expected = {n: line[1].strip() for n, line in enumerate(lines[1:], start=1)}
    snapshot = drawn.snapshot(folder, **{register: text})
    asked = replace(ASKED, **other)
    slow = plain.said(check, {register: drawn.read(register, text)}, register, asked)
    return expected, fast(Finder(snapshot, asked), check, register), slow


def fast(finder, check, register):
    """What the check says of each record that it looked at."""
    rows = finder._marked(CHECKS[check], register)
    found = finder._read(rows.select("id", "checked", "wrong")).to_pylist()
    return {
        one["id"]: plain.UNTOLD
        if not one["checked"]
        else plain.WRONG
        if one["wrong"]
        else plain.FINE
        for one in found
    }
