"""The register's bands of employees: ``ANTAL_5_9``."""

import re
from dataclasses import dataclass

_BAND = re.compile(r"^ANTAL_(?P<low>[0-9]+)_(?P<high>[0-9]*)$")
NO_UPPER_BOUND = 999_999  # the last band is ANTAL_1000_999999 or ANTAL_1000_


@dataclass(frozen=True)
class Band:
    """Employees from ``low`` to ``high``, both included; ``high`` None = no upper bound."""

    low: int
    high: int | None

    @property
    def exactly(self) -> int | None:
        """The number itself where the band holds one number alone; a bound is not a fact."""
        return self.low if self.low == self.high else None


def band(code: str | None) -> Band | None:
    """What a band's code says; None for none, and for a code of another kind.

    Examples
    --------
    >>> band("ANTAL_5_9"), band("ANTAL_1000_999999") == band("ANTAL_1000_")
    (Band(low=5, high=9), True)
    >>> band("ANTAL_1_1").exactly, band("ANTAL_5_9").exactly
    (1, None)
    """
    found = _BAND.match(code or "")
    if found is None:
        return None
    high = int(found["high"]) if found["high"] else NO_UPPER_BOUND
    return Band(int(found["low"]), None if high >= NO_UPPER_BOUND else high)
