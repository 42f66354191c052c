"""Links and codes of the events: which of them open what, and how they are made.

The link that cancels a sign-up is worked out from the signing key and a random number, so it can
be written into every letter, and whoever reads the database cannot use it: only its hash is there.
The code on the confirmation is short, for it may be typed; it opens nothing without signing in.
"""

import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

TOKEN_BYTES = 24  # 192 bits
CODE_LENGTH = 8
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another


def new_token() -> str:
    """A public link that nobody has had before."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """A code that can be read out: eight letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def new_nonce() -> str:
    """What makes a cancel link its own."""
    return secrets.token_hex(16)


def cancel_secret(nonce: str, kept: str = "") -> str:
    """The secret of the cancel link: 256 bits, the same each time it is asked for.

    ``kept`` is its hash, where there is one: a sign-up from before a new signing key has a link of
    the former key.
    """
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = [_cancel_secret(nonce, key) for key in keys]
    return next((one for one in made if hash_of(one) == kept), made[0])


def _cancel_secret(nonce: str, key: str) -> str:
    return salted_hmac("pejl_hub.events.cancel", nonce, secret=key, algorithm="sha256").hexdigest()


def hash_of(secret: str) -> str:
    """The stored form of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tidy_code(typed: str) -> str:
    """A code as people type it: spaces, hyphens and small letters do not matter.

    Examples
    --------
    >>> tidy_code("abcd-2345 ")
    'ABCD2345'
    """
    return "".join(character for character in typed.upper() if character.isalnum())
