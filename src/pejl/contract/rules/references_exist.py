"""What an entry refers to exists."""

from collections.abc import Iterator

from pejl.base.phrases import Phrase, phrase
from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Contract, Goal, Interpretation

# Where the name stands, the name, what it names, and the names that exist.
Reference = tuple[Where, str, str, set[str]]


def _missing(kind: str, name: str) -> Phrase:
    said = {
        "clause": phrase("there is no clause {name}", name=name),
        "group": phrase("there is no group {name}", name=name),
        "goal": phrase("there is no goal {name}", name=name),
        "reading": phrase("there is no reading {name}", name=name),
        "territory for the hub": phrase("there is no territory for the hub {name}", name=name),
        "municipality": phrase("there is no municipality {name}", name=name),
    }
    return said[kind]


def check(draft: Draft) -> Iterator[Problem]:
    """Each reference to a clause, goal, group, reading, hub or municipality that is not there."""
    for where, name, kind, known in _references(draft, draft.contract):
        if name not in known:
            yield Problem(where, _missing(kind, name))


def _references(draft: Draft, contract: Contract) -> Iterator[Reference]:
    clauses = set(contract.clauses)
    for goal in contract.goals.values():
        yield from _of_goal(draft, contract, goal)
    for question in contract.interpretations:
        yield from _of_question(draft, contract, question)
    for duty in contract.duties:
        yield draft.entry("duties", duty.id, "clause"), duty.clause, "clause", clauses
    for key in contract.orphans:
        yield ("orphans", key), key, "clause", clauses
    for day, limit in contract.disclosure.items():
        if limit.clause:
            yield ("disclosure", day.isoformat(), "clause"), limit.clause, "clause", clauses
    yield from _of_territory(contract)


def _of_goal(draft: Draft, contract: Contract, goal: Goal) -> Iterator[Reference]:
    clauses, goals = set(contract.clauses), set(contract.goals)
    yield draft.entry("goals", goal.id, "clause"), goal.clause, "clause", clauses
    yield draft.entry("goals", goal.id, "group"), goal.group, "group", set(contract.groups)
    if goal.method_clause:
        where = draft.entry("goals", goal.id, "method_clause")
        yield where, goal.method_clause, "clause", clauses
    for day, value in goal.target.values.items() if goal.target else ():
        where = draft.entry("goals", goal.id, "target", "values", day.isoformat(), "clause")
        yield where, value.clause, "clause", clauses
    for other in goal.measure.get("goals", ()):
        yield draft.entry("goals", goal.id, "measure", "goals"), other, "goal", goals - {goal.id}


def _of_question(draft: Draft, contract: Contract, question: Interpretation) -> Iterator[Reference]:
    where = draft.entry("interpretations", question.id)
    yield (*where, "clause"), str(question.clause), "clause", set(contract.clauses)
    yield (*where, "chosen"), question.chosen, "reading", set(question.readings)
    if question.goal:
        yield (*where, "goal"), question.goal, "goal", set(contract.goals)
    for reading in question.alternatives:
        yield (*where, "alternatives", reading), reading, "reading", set(question.readings)


def _of_territory(contract: Contract) -> Iterator[Reference]:
    hubs = {contract.hub} if contract.territory.codes else set()
    yield ("contract", "hub"), contract.hub, "territory for the hub", hubs
    for code in sorted({code for codes in contract.territory.codes.values() for code in codes}):
        yield ("contract", "hub"), code, "municipality", set(contract.municipalities)


RULE = Rule(
    "references_exist",
    "Every clause, goal, group, reading, territory and municipality that is named exists.",
    phrase("Correct the name, or add what it names."),
    check,
)
