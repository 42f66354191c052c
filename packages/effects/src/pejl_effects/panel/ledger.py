"""A ledger of what each declared rule did: nothing is dropped without being counted."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Count:
    """One rule's doing: its name, what was decided, and how many units it touched."""

    rule: str
    decision: str
    units: int
    what: str


@dataclass
class Ledger:
    """Counts in the order the rules were applied."""

    counts: list[Count] = field(default_factory=list)

    def add(self, rule: str, decision: str, units: int, what: str = "firms") -> None:
        """Write one line; zero is written too, so that its absence cannot be misread."""
        self.counts.append(Count(rule, decision, units, what))

    def of(self, rule: str) -> int:
        """Units touched by a rule so far."""
        return sum(c.units for c in self.counts if c.rule == rule)
