"""Panels drawn as small tables: a line for each firm, a column for each year."""

from pathlib import Path

DESIGN = """\
schema = "pejl-effects/design/1"
title = "Drawn"

[data]
panel = "panel.csv"
guided = "guided.csv"
vintage = "drawn"
frequency = "year"
{data}

[[outcomes]]
name = "turnover"
column = "turnover"
growth = "{growth}"
target = 0.10

[windows]
before = 1
after_from = 2
after_to = 2
history = {history}

[controls]
{controls}

[rules]
{rules}

[estimation]
also = []
draws = 199
"""


def write(
    folder: Path,
    table: str,
    guided: str,
    growth: str = "percent",
    history: int = 0,
    controls: str = "",
    rules: str = "",
    data: str = "",
) -> Path:
    """Write the drawing as files; returns the design. ``-`` in the table is a missing row.

    First line: the word firm, extra columns, then years. Values under years are turnover.
    """
    lines = [line.split() for line in table.strip().splitlines()]
    head, rows = lines[0], lines[1:]
    extra = [name for name in head[1:] if not name.isdigit()]
    years = [name for name in head[1:] if name.isdigit()]
    out = [",".join(["firm", "period", "turnover", *extra])]
    for row in rows:
        kept = row[1 : 1 + len(extra)]
        for year, value in zip(years, row[1 + len(extra) :], strict=True):
            if value != "-":
                out.append(",".join([row[0], year, value, *kept]))
    (folder / "panel.csv").write_text("\n".join(out) + "\n", encoding="utf-8")
    listed = [line.split() for line in guided.strip().splitlines()]
    rows_out = ["firm,started,ended", *(",".join(line) for line in listed)]
    (folder / "guided.csv").write_text("\n".join(rows_out) + "\n", encoding="utf-8")
    design = folder / "design.toml"
    text = DESIGN.format(growth=growth, history=history, controls=controls, rules=rules, data=data)
    design.write_text(text, encoding="utf-8")
    return design
