"""The resources of the package: their columns, and the rows that fill them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from pejl.contract.goal import Contract
from pejl.standing.stand import target_on

HIDDEN, MISSING = "··", ""


@dataclass(frozen=True)
class Line:
    """One published figure. ``value`` is a decimal as text, HIDDEN or MISSING, as ``state`` says.

    ``place`` is a municipality's code, ``all``, ``outside`` or ``unknown``; ``axis`` is what the
    figure is broken down by, ``all`` when by nothing. Per cent stand as 47.2.
    """

    place: str
    place_name: str
    goal: str
    axis: str
    cell: str
    value: str
    unit: str
    numerator: str
    denominator: str
    state: str  # shown | hidden | missing


def figures(lines: Iterable[Line]) -> list[Sequence[str]]:
    """The rows of figures.csv, in the order of the edition."""
    return [astuple(line) for line in lines]


def goals(contract: Contract, held: Contract) -> list[Sequence[str]]:
    """The rows of goals.csv: what each goal is, as it held on the edition's day."""
    found: list[Sequence[str]] = []
    for goal in held.goals.values():
        clause = contract.clauses.get(goal.clause) or held.clauses[goal.clause]
        found.append(
            (
                *(goal.id, goal.label["da"], goal.label.get("en", ""), goal.clause, clause.quote),
                *(goal.definition.get("da", ""), goal.unit, goal.measured_by),
            )
        )
    return found


def targets(held: Contract, day: Any) -> dict[str, tuple[str, str, str]]:
    """For each goal with a number: the comparison, the number, and agreed or expected."""
    found = {}
    for goal in held.goals.values():
        target = target_on(goal, day)
        if target is None:
            continue
        number = target.value if target.value is not None else target.expected
        if number is not None:
            scale = 100 if goal.unit == "percent" else 1
            how = "agreed" if target.value is not None else "expected"
            found[goal.id] = (target.op, f"{number * scale:f}", how)
    return found


def _text(name: str, title: str, **more: Any) -> Mapping[str, Any]:
    return {"name": name, "type": "string", "title": title, **more}


ABOUT: Mapping[str, str] = {
    "place": "Kommunekode; all = hele huset, outside = uden for husets kommuner, unknown = ukendt",
    "place_name": "Kommunens navn",
    "goal": "Målets id; se goals.csv",
    "axis": "Hvad tallet er fordelt på; all = ikke fordelt",
    "cell": "Fordelingens celle: måned, segment, størrelse",
    "value": "Tallet i målets enhed; andele i procent. ·· = skjult, tom = ikke opgjort",
    "unit": "Enhed",
    "numerator": "Tæller, hvor tallet er en andel",
    "denominator": "Nævner, hvor tallet er en andel",
    "state": "shown = vist, hidden = skjult af hensyn til små tal, missing = ikke opgjort",
}
TYPES = {"value": "number", "numerator": "integer", "denominator": "integer"}
CONSTRAINTS: Mapping[str, Mapping[str, Any]] = {
    "state": {"enum": ["shown", "hidden", "missing"], "required": True},
    **{key: {"required": True} for key in ("place", "goal", "axis")},
}
FIGURE_FIELDS: Sequence[Mapping[str, Any]] = [
    {
        "name": one.name,
        "type": TYPES.get(one.name, "string"),
        "description": ABOUT[one.name],
        "constraints": CONSTRAINTS.get(one.name, {}),
    }
    for one in fields(Line)
]
GOAL_FIELDS: Sequence[Mapping[str, Any]] = [
    _text("id", "Målets id", constraints={"required": True, "unique": True}),
    _text("label_da", "Navn"),
    _text("label_en", "Navn på engelsk"),
    _text("clause", "Klausul i kontrakten"),
    _text("quote", "Klausulens ordlyd"),
    _text("definition", "Hvordan det tælles"),
    _text("unit", "Enhed"),
    _text("measured_by", "Hvem der måler: hub, authority eller external"),
    _text("op", "Sammenligning med måltallet"),
    {"name": "target", "type": "number", "title": "Måltal; andele i procent"},
    _text("target_is", "agreed = aftalt, expected = afventer rammeaftalen"),
]
