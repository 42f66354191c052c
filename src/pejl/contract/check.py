"""Check a contract file against every rule, and say all that is wrong at once."""

from collections.abc import Sequence
from pathlib import Path

from pejl.base.errors import UserError
from pejl.contract.amendments import apply, decided
from pejl.contract.document import Document, Where, read_document
from pejl.contract.finding import Draft, Finding, Problem, Rule
from pejl.contract.goal import Contract
from pejl.contract.load import contract_of
from pejl.contract.rules import MEANING, SHAPE, schema_kept, yaml_readable

__all__ = ["Finding", "check", "check_document", "placed"]
Said = tuple[Rule, Problem]


def check(path: Path) -> list[Finding]:
    """Every place where a rule is broken, in the order of the file; empty when all are kept.

    UserError when the file, or one that it names, cannot be read.
    """
    return check_document(read_document(path))


def check_document(document: Document) -> list[Finding]:
    """The same of a document that may not be saved yet; its path says where its sources lie."""
    return [finding for finding, _ in placed(document)]


def placed(document: Document) -> list[tuple[Finding, Where]]:
    """Each finding and the entry that it is about, in the order of the file."""
    said = _shape(Draft(document))
    if not said:
        draft = _draft(document, contract_of(document))
        said = [(rule, problem) for rule in MEANING for problem in rule.check(draft)]
    found = [(_finding(document, rule, problem), problem.where) for rule, problem in said]
    return sorted(found, key=lambda pair: pair[0].line)


def _shape(draft: Draft) -> list[Said]:
    """What the shape rules say; the schema is silent where a plainer rule has spoken."""
    if any(oddity.kind == "syntax" for oddity in draft.document.oddities):
        return [(yaml_readable.RULE, problem) for problem in yaml_readable.check(draft)]
    said = [(rule, problem) for rule in SHAPE for problem in rule.check(draft)]
    plainer = [problem for rule, problem in said if rule is not schema_kept.RULE]
    return [
        (rule, problem)
        for rule, problem in said
        if rule is not schema_kept.RULE or not _told(draft.document, problem, plainer)
    ]


def _told(document: Document, fault: Problem, plainer: Sequence[Problem]) -> bool:
    """Whether a plainer rule speaks of the same entry, the one around it, or the same line."""
    return any(
        other.line == document.line(fault.where) if other.line else _near(fault.where, other.where)
        for other in plainer
    )


def _near(one: Where, other: Where) -> bool:
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) <= 1 and long[: len(short)] == short


def _draft(document: Document, built: Contract) -> Draft:
    names = {built.source_file, *(patch.document for patch in built.amendments)}
    texts = {name: _bytes(document.path.parent / name) for name in names}
    return Draft(document, built, _amended(built), texts)


def _amended(contract: Contract) -> Contract:
    """The contract after each amendment that applies; amendments_apply says which do not."""
    for patch in sorted(contract.amendments, key=decided):
        try:
            contract = apply(contract, patch)
        except UserError:
            continue
    return contract


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _finding(document: Document, rule: Rule, problem: Problem) -> Finding:
    line = problem.line or document.line(problem.where)
    remedy = problem.remedy or rule.remedy
    return Finding(rule.id, rule.level, line, problem.message, remedy)
