"""Why a row is refused: the heading, what was given, and what was needed, as phrases.

On a page they are said in its language. In the files of refused rows they are Danish, in the
column ``Fejl``: these go back to the source's own users, in the language of their system.
"""

from dataclasses import dataclass

from pejl.base.phrases import Phrase, phrase
from pejl_hub.core.text import hide_cpr

COLUMN = "Fejl"
LONGEST = 60
ROW = phrase("The row")


@dataclass(frozen=True)
class Reason:
    """One fault: the heading it stands under, the cell, and what should have stood there."""

    heading: str
    given: str
    needed: str

    def sentence(self) -> Phrase:
        """The fault as a sentence; a CPR number is hidden in it.

        Examples
        --------
        >>> Reason("Dato", "31-02-2024", phrase("a date that exists")).sentence()
        'Dato: “31-02-2024” was given; needed is a date that exists.'
        >>> Reason("Dato", "", phrase("a date that exists")).sentence()
        'Dato: nothing was given; needed is a date that exists.'
        """
        parts = {"heading": self.heading, "needed": self.needed}
        if not self.given:
            return phrase("{heading}: nothing was given; needed is {needed}.", **parts)
        shown = self.given if isinstance(self.given, Phrase) else _short(hide_cpr(self.given))
        return phrase("{heading}: “{given}” was given; needed is {needed}.", given=shown, **parts)


def _short(given: str) -> str:
    return given if len(given) <= LONGEST else given[: LONGEST - 3] + "..."


def heading_of(stored: str) -> str:
    """A heading as an import remembers it; that of the row as a whole as a phrase.

    It was stored in Danish before it was a phrase.
    """
    return ROW if stored in (ROW, "Rækken") else stored


class Refused(Exception):
    """A cell cannot be read; says what was needed."""

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed


NO_CPR = phrase("a text without a CPR number, for CPR numbers are never stored")
SAME_ID = phrase(
    "a new number, for another row with the same number and other content stands higher up"
)
CELLS = phrase("as many cells as there are headings")


def cells(given: int) -> Phrase:
    """How many cells a row has."""
    return phrase("{given} cells", given=given)


def at_most(length: int) -> Phrase:
    """The text is too long."""
    return phrase("at most {length} characters", length=length)


def a_date(form: str) -> Phrase:
    """Not a date. In the form that is shown, the letter for the year is the language's own.

    Examples
    --------
    >>> a_date("dd-mm-yyyy")
    'a date that exists, written dd-mm-yyyy'
    """
    shown = phrase(form.replace("yyyy", "{year}"), year=phrase("yyyy"))
    return phrase("a date that exists, written {form}", form=shown)


def one_of_words(words: list[str]) -> Phrase:
    """Not a word that the mapping knows."""
    return phrase("one of the words {words}", words=words)


def known(what: str) -> Phrase:
    """Points to something that is neither in the file nor in Pejl."""
    return phrase("the number of {what} that is in the export or in Pejl", what=what)


FILLED = phrase("something")
A_WHOLE_NUMBER = phrase("a whole number of at least 0")
NPS = phrase("a whole number from 0 to 10")
AN_AMOUNT = phrase("an amount of at least 0 with at most two decimals, written as 12.500,00")
A_CVR = phrase("a CVR number of eight digits whose check digit fits")
A_P_NUMBER = phrase("a P-number of ten digits")
AN_INDUSTRY = phrase("an industry code of at most six digits")
A_MUNICIPALITY = phrase(
    "a municipality's name or code, or nothing when the municipality is unknown"
)
AN_ANSWER_DATE = phrase("the date of the answer, when there is an answer")
NOT_THERE_YET = phrase("a day or month that is not recorded already in another way")
