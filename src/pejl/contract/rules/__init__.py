"""The rules that a contract file must keep: one file each, all named in the table below."""

from pejl.contract.finding import Rule
from pejl.contract.rules import (
    amendments_apply,
    brackets_pending,
    breakdowns_known,
    clauses_used,
    dates_fit,
    ids_unique,
    interpretations_read,
    labels_in_both,
    measures_known,
    no_anchors,
    no_duplicate_keys,
    numbers_complete,
    numbers_in_quotes,
    only_counts_add_up,
    pending_expected,
    quotes_apart,
    quotes_in_source,
    references_exist,
    schema_kept,
    source_covered,
    source_unchanged,
    sums_add_up,
    texts_quoted,
    yaml_readable,
)

# How the file is written. The rest is read only when these are kept.
SHAPE: tuple[Rule, ...] = (
    yaml_readable.RULE,
    no_anchors.RULE,
    no_duplicate_keys.RULE,
    texts_quoted.RULE,
    labels_in_both.RULE,
    numbers_complete.RULE,
    schema_kept.RULE,
)

# What the file says.
MEANING: tuple[Rule, ...] = (
    ids_unique.RULE,
    references_exist.RULE,
    source_unchanged.RULE,
    quotes_in_source.RULE,
    quotes_apart.RULE,
    source_covered.RULE,
    clauses_used.RULE,
    numbers_in_quotes.RULE,
    sums_add_up.RULE,
    pending_expected.RULE,
    brackets_pending.RULE,
    measures_known.RULE,
    breakdowns_known.RULE,
    only_counts_add_up.RULE,
    dates_fit.RULE,
    interpretations_read.RULE,
    amendments_apply.RULE,
)

RULES: tuple[Rule, ...] = SHAPE + MEANING
