"""The secrets of the second step are sealed in the database with a key made of the signing key.

So a copy of the database alone, or a backup, lets nobody make codes.
"""

import base64
import hashlib
import hmac

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealedSecrets(DefaultMFAAdapter):
    """What allauth keeps, sealed; it opens what an earlier signing key has sealed as well."""

    def encrypt(self, text: str) -> str:
        """Seal it with the signing key of today."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it.

        Raises
        ------
        cryptography.fernet.InvalidToken
            When it was sealed with a signing key that is no longer known.
        """
        return _keys().decrypt(encrypted_text.encode()).decode()


def is_former(sealed: str) -> bool:
    """Whether it is sealed with a signing key of before today's.

    Raises
    ------
    cryptography.fernet.InvalidToken
        When no key that is known opens it.
    """
    try:
        Fernet(_key(settings.SECRET_KEY)).decrypt(sealed.encode())
    except InvalidToken:
        _keys().decrypt(sealed.encode())
        return True
    return False


def renewed(sealed: str) -> str:
    """The same secret, sealed with the signing key of today."""
    return _keys().rotate(sealed.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(one)) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(signing_key: str) -> bytes:
    made = hmac.new(signing_key.encode(), b"pejl second step", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made)
