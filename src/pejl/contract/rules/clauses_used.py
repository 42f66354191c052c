"""Every clause is measured, reported, questioned, or declared an orphan."""

from collections.abc import Iterator, Mapping
from typing import Any

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Contract


def check(draft: Draft) -> Iterator[Problem]:
    """Each clause that nothing uses, and each orphan that something uses."""
    used = _uses(draft.contract)
    for key in draft.contract.clauses:
        if key not in used and key not in draft.contract.orphans:
            yield Problem(("clauses", key), phrase("nothing uses the clause {key}", key=key))
    for key in draft.contract.orphans:
        if key in used:
            yield Problem(
                ("orphans", key),
                phrase("{key} is declared an orphan, but {used} uses it", key=key, used=used[key]),
            )


def _uses(contract: Contract) -> dict[str, str]:
    """Clause id -> one of those that use it."""
    found: dict[str, str] = {}
    for question in contract.interpretations:
        found[str(question.clause)] = phrase("the interpretation {id}", id=question.id)
    for patch in contract.amendments:
        for change in patch.changes:
            found.update(
                dict.fromkeys(_named(change["to"]), phrase("the amendment {id}", id=patch.id))
            )
    for limit in contract.disclosure.values():
        found[str(limit.clause)] = phrase("the disclosure minimum")
    for duty in contract.duties:
        found[duty.clause] = phrase("the duty {id}", id=duty.id)
    for goal in contract.goals.values():
        values = goal.target.values.values() if goal.target else ()
        for key in (goal.clause, goal.method_clause, *(value.clause for value in values)):
            found[str(key)] = phrase("the goal {id}", id=goal.id)
    return found


def _named(data: Any) -> Iterator[str]:
    """Each clause that an amendment's new entry names."""
    if isinstance(data, Mapping):
        yield from (data[key] for key in ("clause", "method_clause") if key in data)
        for inner in data.values():
            yield from _named(inner)


RULE = Rule(
    "clauses_used",
    "Every clause is used by a goal, a duty or an interpretation, or declared an orphan with "
    "the reason.",
    phrase("Name the clause where it belongs, or give the reason under orphans."),
    check,
)
