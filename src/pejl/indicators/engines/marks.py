"""Which selections a record is in, as bits of one number: cheap to store and to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import ibis
from ibis import ir

from pejl.indicators.engines.columns import any_of
from pejl.indicators.expression import Countable, Distinct, Selection

# Bits to a column: a signed 64-bit number on every backend, with room to spare.
WIDTH = 60


@dataclass(frozen=True)
class Old:
    """The mark of a record whose key had a record of the question before the period."""

    question: Distinct


Name = Selection | Old


@dataclass(frozen=True)
class Marks:
    """The names that have a bit, in order: bit 0 of ``m0``, bit 1 of ``m0``, …, bit 0 of ``m1``."""

    names: Sequence[Name]

    @property
    def columns(self) -> list[str]:
        """The columns that hold the bits."""
        return [f"m{column}" for column in range(-(-len(self.names) // WIDTH))]

    def written(self, flags: Mapping[Name, ir.BooleanValue]) -> dict[str, ir.IntegerValue]:
        """The columns of a record with these flags; names without a flag are not set."""
        bits: dict[str, list[ir.IntegerValue]] = {column: [] for column in self.columns}
        for name, flag in flags.items():
            column, bit = self._bit(name)
            set_bit = ibis.cases((flag, ibis.literal(bit, "int64")), else_=_none())
            bits[column].append(set_bit)
        # Each bit is set once, so that adding them up is the same as combining them.
        return {column: reduce(add, parts) if parts else _none() for column, parts in bits.items()}

    def any(self, table: ir.Table, names: Iterable[Name]) -> ir.BooleanValue:
        """Whether at least one of the names is set."""
        masks: dict[str, int] = {}
        for name in names:
            column, bit = self._bit(name)
            masks[column] = masks.get(column, 0) | bit
        return any_of((table[column] & mask) != 0 for column, mask in masks.items())

    def about(self, table: ir.Table, question: Distinct) -> ir.BooleanValue:
        """Whether the question is about a record."""
        within = self.any(table, question.of)
        return within & ~self.any(table, [Old(question)]) if question.new else within

    def _bit(self, name: Name) -> tuple[str, int]:
        column, bit = divmod(self.names.index(name), WIDTH)
        return f"m{column}", 1 << bit


def marks_for(questions: Iterable[Countable]) -> Marks:
    """A bit for each selection of the questions, and one for each that asks for new keys."""
    names: dict[Name, None] = {}
    for question in questions:
        names |= dict.fromkeys(question.of)
        if isinstance(question, Distinct) and question.new:
            names[Old(question)] = None
    return Marks(list(names))


def _none() -> ir.IntegerValue:
    return ibis.literal(0, "int64")
