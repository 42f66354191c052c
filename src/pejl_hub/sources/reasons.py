"""Why a row is refused, as a Danish sentence: what was given, and what was needed.

These sentences go back to the source's own users in the column ``Fejl``, in the language of their
system, whatever language somebody reads Pejl in; so they are not translated.
"""

from dataclasses import dataclass

from pejl_hub.core.text import hide_cpr

COLUMN = "Fejl"
LONGEST = 60


@dataclass(frozen=True)
class Reason:
    """One fault: the heading it stands under, the cell, and what should have stood there."""

    heading: str
    given: str
    needed: str

    def sentence(self) -> str:
        """The fault as a sentence; a CPR number is hidden in it.

        Examples
        --------
        >>> Reason("Dato", "31-02-2024", "en dato, der findes").sentence()
        'Dato: der står »31-02-2024«; der skal stå en dato, der findes.'
        >>> Reason("Dato", "", "en dato, der findes").sentence()
        'Dato: der står ingenting; der skal stå en dato, der findes.'
        """
        given = hide_cpr(self.given)
        shown = given if len(given) <= LONGEST else given[: LONGEST - 3] + "..."
        stands = f"»{shown}«" if shown else "ingenting"
        return f"{self.heading}: der står {stands}; der skal stå {self.needed}."


class Refused(Exception):
    """A cell cannot be read; says what was needed."""

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed


NO_CPR = "en tekst uden CPR-nummer, for CPR-numre gemmes aldrig"
SAME_ID = "et nyt nummer, for en anden række med samme nummer og andet indhold står højere oppe"
CELLS = "lige så mange celler, som der er overskrifter"


def at_most(length: int) -> str:
    """The text is too long."""
    return f"højst {length} tegn"


def a_date(form: str) -> str:
    """Not a date."""
    return f"en dato, der findes, skrevet {form.replace('y', 'å')}"


def one_of_words(words: list[str]) -> str:
    """Not a word that the mapping knows."""
    return "ét af ordene " + ", ".join(words)


def known(what: str) -> str:
    """Points to something that is neither in the file nor in Pejl."""
    return f"nummeret på {what}, som findes i eksporten eller i Pejl"


FILLED = "noget"
A_WHOLE_NUMBER = "et helt antal på mindst 0"
NPS = "et helt tal fra 0 til 10"
AN_AMOUNT = "et beløb på mindst 0 med højst to decimaler, skrevet som 12.500,00"
A_CVR = "et CVR-nummer på otte cifre, hvor kontrolcifret passer"
A_P_NUMBER = "et P-nummer på ti cifre"
AN_INDUSTRY = "en branchekode på højst seks cifre"
A_MUNICIPALITY = "en kommunes navn eller kode, eller ingenting, når kommunen er ukendt"
AN_ANSWER_DATE = "datoen for svaret, når der er svaret"
NOT_THERE_YET = "en dag eller måned, som ikke allerede er registreret på anden vis"
