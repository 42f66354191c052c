"""The one family of errors a user meets: a plain sentence, never a traceback."""

from dataclasses import dataclass


@dataclass
class EffectError(Exception):
    """The input was refused: says what was given, what was needed and what to do.

    Examples
    --------
    >>> str(EffectError(given="2 firms", needed="3 or more", remedy="Pool two years."))
    'Given: 2 firms. Needed: 3 or more. Pool two years.'
    """

    given: str
    needed: str
    remedy: str

    def __str__(self) -> str:
        return f"Given: {self.given}. Needed: {self.needed}. {self.remedy}"
