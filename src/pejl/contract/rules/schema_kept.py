"""Every entry and every scalar is as the published JSON Schema says."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.schema import CONTRACT, faults


def check(draft: Draft) -> Iterator[Problem]:
    """Each fault but the missing quotation marks, which have a rule of their own."""
    for fault in faults(draft.document.data, CONTRACT):
        if fault.keyword != "x-quoted":
            yield Problem(fault.where, fault.message)


RULE = Rule(
    "schema_kept",
    "Every entry and every scalar is as the schema resultatkontrakt-1 types it.",
    phrase("Write the entry as docs/reference/contract-file.md shows it."),
    check,
)
