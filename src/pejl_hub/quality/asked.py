"""What the checks are asked about: which days, which territory, and what today is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pejl.base.periods import Period


@dataclass(frozen=True)
class Asked:
    """The contract's period up to ``day``; a check that looks ahead looks to the period's end.

    ``late_days`` is how long a record may wait to be written down. ``links`` are persons who may
    be a company, both as the snapshot names clients: ``{"P7": "C10150817"}``.
    """

    period: Period
    day: date
    today: date
    territory: frozenset[str]
    late_days: int
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """All of it, as a key of what is kept."""
        links = tuple(sorted(self.links.items()))
        return self.period, self.day, self.today, self.territory, self.late_days, links
