"""Texts stand in quotation marks, so that YAML never takes one for something else."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.schema import CONTRACT, faults


def check(draft: Draft) -> Iterator[Problem]:
    """Each text that the schema marks and that stands without quotation marks."""
    for fault in faults(draft.document.data, CONTRACT):
        if fault.keyword == "x-quoted":
            yield Problem(fault.where, fault.message)


RULE = Rule(
    "texts_quoted",
    "Every text stands in quotation marks; ids, dates, numbers and true/false do not.",
    phrase('Put the text in double quotation marks: "…".'),
    check,
)
