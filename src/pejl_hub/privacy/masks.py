"""Masks for a copy of the database: made-up values that are the same for the same value.

``Masks`` holds a random key for one run. Nothing of it is written down, so that nobody can say
afterwards whom a mask stands for, or whether two copies tell of the same person.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from pejl_hub.audit.actions import COMMAND
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.searchindex import fold
from pejl_hub.demo.names import FAMILY, GIVEN, PLACES, TRADES

MASKED = "(maskeret tekst)"
DOMAIN = "example.org"  # RFC 2606: nobody has an address there
PHONE = "00 00 00 00"
NUMBERS = 1_000_000


class Masks:
    """The masks of one run."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._numbers: dict[tuple[str, str], int] = {}
        self._taken: set[tuple[str, int]] = set()
        self._real: frozenset[str] = frozenset()
        self._hashed: dict[str, str] = {}
        self._spellings: dict[int, list[str]] = {}

    def of(self, kind: str, value: Any, length: int | None = None) -> Any:
        """The mask of a value that is neither None nor empty; ``length`` is the room for a text.

        Raises
        ------
        KeyError
            For a kind without a mask.
        """
        name, _, word = kind.partition(" ")
        if name == "label":
            made: Any = f"{word} {self._number(word, str(value))}"
        else:
            made = MASKS[name](self, str(value))
        return made[:length] if isinstance(made, str) and length else made

    def learn(self, addresses: Iterable[str], companies: Iterable[str]) -> None:
        """Say which addresses there are, for the hashes of them, and which CVR numbers are taken.

        A demo has numbers that begin with 9 itself, and a column of them holds each once.
        """
        self._real = frozenset(companies)
        for one in addresses:
            self._hashed[_hash(one)] = _hash(self.email(one))

    def name(self, text: str) -> str:
        """A person's name and a number that keeps it from being anybody's."""
        number = self._number("name", fold(text))
        return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]} {number}"

    def given(self, text: str) -> str:
        """A first name of a user."""
        return GIVEN[self._number("given", fold(text)) % len(GIVEN)]

    def family(self, text: str) -> str:
        """A last name of a user, with a number."""
        number = self._number("family", fold(text))
        return f"{FAMILY[number % len(FAMILY)]} {number}"

    def firm(self, text: str) -> str:
        """A company's name."""
        number = self._number("firm", fold(text))
        return f"{PLACES[number % len(PLACES)]} {TRADES[number % len(TRADES)]} {number}"

    def email(self, text: str) -> str:
        """An address that nobody has, spelt in as many ways as the real one was."""
        number = self._number("email", text.strip().lower())
        spelling = self._spellings.setdefault(number, [])
        if text not in spelling:
            spelling.append(text)
        return f"{_spelt('post', spelling.index(text))}{number}@{DOMAIN}"

    def actor(self, text: str) -> str:
        """A user name, or a colleague's name in a source; the command line stays what it is."""
        return text if text == COMMAND else f"medarbejder-{self._number('actor', text)}"

    def email_hash(self, text: str) -> str:
        """The hash of the address's mask; of an address that is not on record, any hash."""
        return self._hashed.get(text) or self._digest("emailhash", text).hex()

    def token(self, text: str) -> str:
        """Letters and digits that open nothing: nobody knows what they would be the hash of."""
        digest = self._digest("token", text) + self._digest("more", text)
        return base64.b32encode(digest).decode().rstrip("=")[:64]

    def cvr(self, text: str) -> str:
        """A number that checks, of those beginning with 9, which are given to no company."""
        made = None
        while made is None or made in self._real:  # one beginning in eleven has no last digit
            made = _checked(self._number("cvr", text))
            text = f"{text}+"
        return made

    def p_number(self, text: str) -> str:
        """Ten digits that are no date of birth."""
        return f"99{self._number('pnumber', text):08}"

    def message_id(self, text: str) -> str:
        """An e-mail's own number."""
        return f"<{self._digest('message', text).hex()}@{DOMAIN}>"

    def ident(self, text: str) -> str:
        """A number in another system."""
        return f"M-{self._digest('ident', text).hex()[:20]}"

    def _number(self, space: str, text: str) -> int:
        """A number for the text, which no other text of the same space has."""
        if (space, text) not in self._numbers:
            number = int.from_bytes(self._digest(space, text)[:8], "big") % NUMBERS
            while (space, number) in self._taken:
                number = (number + 1) % NUMBERS
            self._taken.add((space, number))
            self._numbers[space, text] = number
        return self._numbers[space, text]

    def _digest(self, space: str, text: str) -> bytes:
        return hmac.digest(self._key, f"{space}\0{text}".encode(), "sha256")


def _hash(address: str) -> str:
    """As surveys know an address."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


def _spelt(word: str, nth: int) -> str:
    """The word with other letters large for every number: two spellings are two texts still."""
    return "".join(c.upper() if nth >> place & 1 else c for place, c in enumerate(word))


def _checked(number: int) -> str | None:
    """The CVR number with these six digits after a nine, if a last digit makes it check."""
    begun = f"9{number:06}"
    return next((begun + last for last in "0123456789" if is_cvr(begun + last)), None)


# A kind of the register, or of masking.yaml, and its mask. None stands for: nothing is left.
MASKS: dict[str, Callable[[Masks, str], str | None]] = {
    "name": Masks.name,
    "given": Masks.given,
    "family": Masks.family,
    "firm": Masks.firm,
    "email": Masks.email,
    "phone": lambda _, text: PHONE,
    "text": lambda _, text: MASKED,
    "actor": Masks.actor,
    "login": Masks.actor,
    "secret": lambda _, text: f"!{secrets.token_urlsafe(30)}",
    "ident": Masks.ident,
    "origin": Masks.ident,
    "emailhash": Masks.email_hash,
    "hash": Masks.token,
    "token": Masks.token,
    "ip": lambda _, text: "0.0.0.0",  # noqa: S104 - nobody's address
    "cvr": Masks.cvr,
    "pnumber": Masks.p_number,
    "link": lambda masks, text: f"https://{DOMAIN}/{masks.ident(text)}",
    "messageid": Masks.message_id,
    "nothing": lambda _, text: None,
}
# Whole values of JSON: emptied, or the rows that a merge moved (see masking.py).
WHOLE = frozenset(["json", "images"])
