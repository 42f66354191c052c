"""The contract page: the source's text, and what Pejl makes of each clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from pejl.contract.goal import Contract, Duty, Interpretation
from pejl.contract.source_text import Segment
from pejl.standing.result import Light, Standing
from pejl_hub.status import present

BULLET = "•"
CADENCE: dict[str, Promise] = {
    "monthly": gettext_lazy("every month"),
    "yearly": gettext_lazy("every year"),
    "running": gettext_lazy("as it goes"),
    "on_request": gettext_lazy("on request"),
    "on_event": gettext_lazy("when the results come"),
    "once": gettext_lazy("once"),
}
AUDIENCE: dict[str, Promise] = {
    "management": gettext_lazy("management"),
    "board": gettext_lazy("the board"),
    "kkr": gettext_lazy("KKR"),
    "kl": gettext_lazy("KL"),
    "authority": gettext_lazy("the Danish Business Authority"),
    "municipality": gettext_lazy("the municipalities"),
}


@dataclass(frozen=True)
class GoalRow:
    """A goal beside the text, with its figure."""

    id: str
    clause: str
    label: str
    light: Light
    light_word: str
    shown: present.Shown


@dataclass(frozen=True)
class Block:
    """A piece of the source text: a heading, loose text, or a clause with what answers it."""

    kind: str  # heading | text | clause
    text: str
    clause: str = ""
    goals: tuple[GoalRow, ...] = ()
    method_of: tuple[GoalRow, ...] = ()


@dataclass(frozen=True)
class DutyRow:
    """A duty in words: what, how often, to whom."""

    label: str
    clause: str
    cadence: str
    audience: str


@dataclass(frozen=True)
class QuestionRow:
    """An open question and the readings it has."""

    id: str
    question: str
    goal: str | None
    clause: str | None
    readings: tuple[str, ...]


def blocks(contract: Contract, pieces: Iterable[Segment], rows: Sequence[GoalRow]) -> list[Block]:
    """The source text block by block, every word in its order; only white space is tidied.

    A bullet stands at the end of the text before its clause; it is moved into the clause.
    """
    headings = {_tidy(clause.heading) for clause in contract.clauses.values()}
    found: list[Block] = []
    bullet = ""
    for piece in pieces:
        if piece.clause_id is not None:
            found.append(_clause(contract, piece, rows, bullet))
            bullet = ""
            continue
        lines = [_tidy(line) for line in piece.text.split("\n") if line.strip()]
        bullet = lines.pop() if lines and lines[-1] == BULLET else ""
        found += [Block("heading" if line in headings else "text", line) for line in lines]
    return found


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _clause(contract: Contract, piece: Segment, rows: Sequence[GoalRow], bullet: str) -> Block:
    key = piece.clause_id or ""
    by_method = {goal.id for goal in contract.goals.values() if goal.method_clause == key}
    return Block(
        kind="clause",
        text=f"{bullet} {_tidy(piece.text)}".strip(),
        clause=key,
        goals=tuple(row for row in rows if row.clause == key),
        method_of=tuple(row for row in rows if row.id in by_method),
    )


def goals(standing: Standing) -> list[GoalRow]:
    """Every goal with its figure, in the contract's order."""
    return [
        GoalRow(
            id=item.goal.id,
            clause=item.goal.clause,
            label=present.text(item.goal.label),
            light=item.light,
            light_word=present.light_word(item.light),
            shown=present.shown(item.measured.figure, item.goal.unit),
        )
        for item in standing.goals.values()
        if item.status != "withdrawn"
    ]


def open_questions(contract: Contract) -> list[QuestionRow]:
    """The questions that nobody has decided."""
    return [_question(found) for found in contract.interpretations if found.state == "open"]


def _question(found: Interpretation) -> QuestionRow:
    chosen_first = sorted(found.readings, key=lambda reading: reading != found.chosen)
    return QuestionRow(
        id=found.id,
        question=present.text(found.question),
        goal=found.goal,
        clause=found.clause,
        readings=tuple(present.text(found.readings[reading]) for reading in chosen_first),
    )


def duties(contract: Contract) -> list[DutyRow]:
    """What must be reported, how often and to whom."""
    return [_duty(found) for found in contract.duties]


def _duty(found: Duty) -> DutyRow:
    return DutyRow(
        label=present.text(found.label),
        clause=found.clause,
        cadence=str(CADENCE.get(found.cadence, found.cadence)),
        audience=", ".join(str(AUDIENCE.get(who, who)) for who in found.audience),
    )


def orphans(contract: Contract) -> list[tuple[str, str]]:
    """Clauses that nothing measures, and why."""
    return list(contract.orphans.items())
