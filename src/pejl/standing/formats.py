"""A standing as JSON, CSV and a table: the same figures, written three ways."""

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from pejl.indicators.result import Figure, Suppressed
from pejl.standing.numbers import figure_number, number, shown
from pejl.standing.result import GoalStanding, Light, Standing
from pejl.standing.words import HEADINGS, LIGHTS

STYLES: Mapping[Light, str] = {
    Light.REACHED: "bold green",
    Light.ON_TRACK: "green",
    Light.AT_RISK: "yellow",
    Light.OFF_TRACK: "red",
    Light.NOT_REACHED: "bold red",
    Light.PENDING: "italic dim",
    Light.NOT_MEASURED: "dim",
    Light.NO_TARGET: "dim",
}

# A withheld figure in a file and on a page: neither 0 nor empty nor the dash of a missing one.
SUPPRESSED, SUPPRESSED_SIGN = "suppressed", "•"


def to_json(standing: Standing) -> dict[str, Any]:
    """The standing as docs/reference/status.schema.json has it; a missing figure is None."""
    evaluation = standing.evaluation
    document: dict[str, Any] = {
        "contract": {"id": evaluation.contract_id, "sha256": evaluation.contract_sha256},
        "as_of": evaluation.as_of.isoformat(),
        "snapshot": {"id": evaluation.snapshot.id, "sha256": evaluation.snapshot.sha256},
    }
    if evaluation.municipality is not None:
        document["municipality"] = evaluation.municipality
    goals = [_goal(goal, evaluation.municipality) for goal in standing.goals.values()]
    return document | {"goals": goals}


def to_csv(standing: Standing) -> str:
    """A line per goal with the numbers of the JSON, nested ones as ``interval_low`` and so on."""
    flat = [_flat(goal) for goal in to_json(standing)["goals"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(flat[0]) if flat else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return text.getvalue()


def to_table(standing: Standing, language: str = "da") -> Table:
    """The standing for a terminal, rounded for reading; expected targets stand in brackets."""
    heads = HEADINGS[language]
    title = f"{standing.evaluation.contract_id} · {standing.evaluation.as_of.isoformat()}"
    table = Table(title=title, title_justify="left")
    table.add_column(heads["goal"])
    for name in ("value", "target", "expected_by_now"):
        table.add_column(heads[name], justify="right", no_wrap=True)
    table.add_column(heads["light"], no_wrap=True)
    for goal in standing.goals.values():
        table.add_row(*_cells(goal, language))
    return table


def _goal(goal: GoalStanding, municipality: str | None) -> dict[str, Any]:
    return {
        "id": goal.goal.id,
        "clause": goal.goal.clause,
        "status": goal.status,
        "measured_by": goal.goal.measured_by,
        "unit": goal.goal.unit,
        **_figure(goal.measured.figure),
        "target": _target(goal),
        "expected_by_now": number(goal.expected_by_now),
        "forecast": None if goal.forecast is None else asdict(goal.forecast),
        "light": goal.light.value,
        "by_municipality": _by_municipality(goal, municipality),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    interval = figure.interval
    parts = {
        "value": figure_number(figure),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "n": figure.n,
        "standard_error": figure.standard_error,
        "interval": {"low": interval.low, "high": interval.high} if interval else None,
    }
    # A mean over months says how many there were, and how many of them met the target.
    months = {k: figure.detail[k] for k in ("months", "months_met") if k in figure.detail}
    return parts | months | ({"suppressed": True} if isinstance(figure, Suppressed) else {})


def _target(goal: GoalStanding) -> dict[str, Any] | None:
    target = goal.target
    if target is None:
        return None
    return {
        "op": target.op,
        "value": number(target.value),
        "expected": number(target.expected),
    }


def _by_municipality(goal: GoalStanding, only: str | None) -> dict[str, Any] | None:
    breakdown = goal.measured.breakdowns.get("municipality")
    if breakdown is None:
        return None
    # The others of one municipality's standing were left out of the count: they are not zero.
    cells = {code: cell for code, cell in breakdown.cells.items() if only in (None, code)}
    return {code: _cell(cell) for code, cell in cells.items()}


def _cell(figure: Figure) -> Any:
    """A count as a number; a share with the counts that it is made of."""
    if isinstance(figure, Suppressed):
        return {"suppressed": True}
    if figure.denominator is None:
        return figure_number(figure)
    return {
        "value": figure_number(figure),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
    }


def _flat(goal: Mapping[str, Any]) -> dict[str, Any]:
    """One level: the parts of interval and target; what a line cannot hold is left out."""
    flat = {name: goal[name] for name in ("id", "clause", "status", "measured_by", "unit")}
    flat |= {name: goal[name] for name in ("value", "numerator", "denominator", "n")}
    if goal.get("suppressed"):
        flat["value"] = SUPPRESSED  # an empty cell would read as missing
    flat["standard_error"] = goal["standard_error"]
    for name, parts in (("interval", ("low", "high")), ("target", ("op", "value", "expected"))):
        flat |= {f"{name}_{part}": (goal[name] or {}).get(part) for part in parts}
    return flat | {"expected_by_now": goal["expected_by_now"], "light": goal["light"]}


def _cells(goal: GoalStanding, language: str) -> list[str | Text]:
    unit, label = goal.goal.unit, goal.goal.label.get(language, goal.goal.id)
    return [
        # Texts, for labels and pending targets may hold the brackets that rich reads as markup.
        Text(label, "italic dim" if goal.light is Light.PENDING else ""),
        _value(goal.measured.figure, unit, language),
        Text(_aim(goal, language)),
        shown(goal.expected_by_now, unit, language),
        Text(LIGHTS[language][goal.light], STYLES[goal.light]),
    ]


def _value(figure: Figure, unit: str, language: str) -> str:
    if isinstance(figure, Suppressed):
        return SUPPRESSED_SIGN
    return shown(figure.value, unit, language)


def _aim(goal: GoalStanding, language: str) -> str:
    """The target; in brackets, as the contract's text has it, while it is only expected."""
    target, unit = goal.target, goal.goal.unit
    if target is None:
        return shown(None, unit, language)
    if target.value is None:
        return f"[{shown(target.expected, unit, language)}]"
    return shown(target.value, unit, language)
