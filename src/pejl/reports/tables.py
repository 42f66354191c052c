"""The tables that several documents share."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from pejl.indicators.kinds.share import SAMPLES
from pejl.indicators.result import Figure, Interval, Suppressed
from pejl.movements.result import Movement, Part
from pejl.reports import figures
from pejl.reports.document import Cell, Column, State, Table
from pejl.reports.making import Making
from pejl.reports.words import Words
from pejl.standing.result import GoalStanding


def columns(words: Words, first: str, *rest: str, wide: Sequence[str] = ()) -> list[Column]:
    """The head: the first column in words, the rest in numbers unless they are wide."""
    heads = [Column(words.say(f"column.{first}"), wide=True)]
    return heads + [
        Column(words.say(f"column.{key}"), numeric=key not in wide, wide=key in wide)
        for key in rest
    ]


def goals(making: Making, items: Sequence[GoalStanding], id_: str, title: str) -> Table:
    """Figure, target, pace and light of each goal."""
    words = making.words
    rows = [
        [
            figures.text(making.label(item)),
            figures.of_goal(item, words),
            figures.target(item, words),
            figures.expected_now(item, words),
            figures.light(item, words),
        ]
        for item in items
    ]
    heads = columns(words, "goal", "value", "target", "now")
    return Table(id_, title, [*heads, Column(words.say("column.light"))], rows)


def ahead(making: Making) -> Table | None:
    """The forecast of each goal that has one; None where no goal has."""
    words = making.words
    rows = [_ahead(making, item) for item in making.goals if item.forecast is not None]
    if not rows:
        return None
    return Table(
        "prognose",
        words.say("table.ahead"),
        columns(words, "goal", "mid", "low80", "high80", "target", "chance"),
        rows,
        note=words.say("table.ahead.note"),
    )


def _ahead(making: Making, item: GoalStanding) -> list[Cell]:
    words, unit, found = making.words, item.goal.unit, item.forecast
    low, high = figures.ends(
        None if found is None else Interval(found.low, found.high), unit, words
    )
    mid = None if found is None else found.mid
    return [
        figures.text(making.label(item)),
        figures.amount(mid, unit, words, State.ESTIMATED),
        low,
        high,
        figures.target(item, words),
        figures.chance(None if found is None else found.probability, words),
    ]


def scores(making: Making) -> Table | None:
    """The goals that rest on answers or on others' measurement: n and interval beside each."""
    words = making.words
    rows = [_score(making, item) for item in making.goals if _rests_on_answers(item)]
    if not rows:
        return None
    return Table(
        "usikkerhed",
        words.say("table.scores"),
        columns(words, "goal", "value", "n", "low95", "high95", "target"),
        rows,
        note=words.say("table.scores.note"),
    )


def _rests_on_answers(item: GoalStanding) -> bool:
    measure = item.goal.measure
    return measure["kind"] in ("nps", "reported") or measure.get("of") in SAMPLES


def _score(making: Making, item: GoalStanding) -> list[Cell]:
    words, found = making.words, item.measured.figure
    low, high = figures.ends(found.interval, item.goal.unit, words)
    hidden = isinstance(found, Suppressed)
    n = Figure() if found.n is None else Figure(Fraction(found.n))
    return [
        figures.text(making.label(item)),
        figures.of_goal(item, words),
        figures.of_goal(item, words) if hidden else figures.figure(n, "participant", words),
        low,
        high,
        figures.target(item, words),
    ]


def moved(making: Making) -> Table | None:
    """What each figure was and is, and why; None where nothing has been reported before."""
    before, words = making.material.before, making.words
    if before is None:
        return None
    day = before.evaluation.as_of
    told = not making.material.masked and bool(making.material.movements)
    rows = [row for item in making.goals if (row := _moved(making, item, told))]
    heads = columns(words, "goal", "then", "today", "change", *(["why"] * told), wide=("why",))
    note = "" if rows else words.say("table.moved.none", day=words.day(day))
    return Table("bevaegelser", words.say("table.moved", day=words.day(day)), heads, rows, note)


def _moved(making: Making, item: GoalStanding, told: bool) -> list[Cell] | None:
    """A row of a figure that moved; a change between hidden figures is not shown."""
    words, unit = making.words, item.goal.unit
    then, now = _then(making, item.goal.id), item.measured.figure
    if then is None or (then.value == now.value and type(then) is type(now)):
        return None
    change = figures.EMPTY
    if then.value is not None and now.value is not None:
        change = figures.change(now.value, then.value, unit, words)
    movement = making.material.movements.get(item.goal.id)
    return [
        figures.text(making.label(item)),
        figures.figure(then, unit, words),
        figures.of_goal(item, words),
        change,
        *([figures.text(_why(movement, words))] if told else []),
    ]


def has_moved(making: Making) -> tuple[date, int] | None:
    """The day of the last report, and how many goals have moved since."""
    before, table = making.material.before, moved(making)
    if before is None or table is None:
        return None
    return before.evaluation.as_of, len(table.rows)


def _then(making: Making, goal: str) -> Figure | None:
    before = making.material.before
    found = None if before is None else before.goals.get(goal)
    return None if found is None else found.measured.figure


def _why(movement: Movement | None, words: Words) -> str:
    if movement is None:
        return ""
    return "; ".join(filter(None, (_cause(part, words) for part in movement.causes)))


def _cause(part: Part, words: Words) -> str:
    """One cause with what it moved: of a share, both of its parts."""
    cause = words.say(f"cause.{part.cause}")
    if "denominator" in part.moved:
        above, below = (
            _signed(part.moved.get(name, Fraction(0)), words)
            for name in ("numerator", "denominator")
        )
        return words.say("moved.share", n=above, of=below, cause=cause)
    if "n" in part.moved:
        return words.say("moved.answers", n=_signed(part.moved["n"], words), cause=cause)
    first = next(iter(part.moved.values()), None)
    return "" if first is None else words.say("moved.value", n=_signed(first, words), cause=cause)


def _signed(moved: Fraction, words: Words) -> str:
    return f"{'+' if moved > 0 else ''}{words.number(moved)}"


def questions(making: Making) -> Table | None:
    """The open questions of the contract's text, and what each reading would count."""
    words, rows = making.words, list(_readings(making))
    if not rows:
        return None
    heads = [
        Column(words.say("column.goal"), wide=True),
        Column(words.say("column.question"), wide=True),
        Column(words.say("column.value"), numeric=True),
    ]
    note = words.say("table.questions.note")
    return Table("laesninger", words.say("table.questions"), heads, rows, note)


def _readings(making: Making) -> Iterable[list[Cell]]:
    words, standing = making.words, making.standing.goals
    for asked in making.contract.interpretations:
        item = standing.get(asked.goal or "")
        if asked.state != "open" or item is None:
            continue
        others = item.measured.alternatives.get(asked.id, {})
        if not others:
            continue
        read = {asked.chosen: item.measured.figure, **others}
        for reading, found in read.items():
            unit = str(asked.alternatives.get(reading, {}).get("unit", item.goal.unit))
            label = words.of(asked.readings[reading])
            yield [
                figures.text(making.label(item)),
                figures.text(label),
                figures.figure(found, unit, words),
            ]
