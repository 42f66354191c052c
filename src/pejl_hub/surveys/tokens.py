"""Links that cannot be guessed, and hashes of what must not be kept in the open.

A link carries 192 random bits and only their hash is stored, so whoever reads the database
cannot answer for anybody. The hash needs no salt: what is random need not be made so.
"""

import hashlib
import secrets
from dataclasses import dataclass

TOKEN_BYTES = 24  # 192 bits; OWASP asks for at least 128 in anything that stands for a person


@dataclass(frozen=True)
class Token:
    """A new link's secret, to be sent once, and its hash, to be kept."""

    secret: str
    hash: str


def new_token() -> Token:
    """A link that nobody has had before."""
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    return Token(secret, hash_of(secret))


def hash_of(secret: str) -> str:
    """The stored form of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person_key(email: str) -> str:
    """Who an address is, whatever its letters' case, without saying it."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()
