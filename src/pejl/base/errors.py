"""Two families of errors: one for the user (a plain sentence, exit 1), one for us."""

from dataclasses import dataclass

from pejl.base.phrases import Phrase, phrase


class PejlError(Exception):
    """Something is wrong in Pejl itself or in its installation."""


@dataclass
class UserError(PejlError):
    """The user's input was refused: says what was given, what was needed, what to do next.

    Each may be a phrase (``pejl.base.phrases``), and can then be said in another language.

    Examples
    --------
    >>> str(UserError(given="the date 31-02-2024", needed="a date that exists",
    ...               remedy="Correct the date and try again."))
    'Given: the date 31-02-2024. Needed: a date that exists. Correct the date and try again.'
    """

    given: str
    needed: str
    remedy: str

    def __str__(self) -> str:
        return str.__str__(self.sentence())

    def sentence(self) -> Phrase:
        """The whole refusal as one phrase."""
        return phrase(
            "Given: {given}. Needed: {needed}. {remedy}",
            given=self.given,
            needed=self.needed,
            remedy=self.remedy,
        )
