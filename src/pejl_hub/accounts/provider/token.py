"""The provider's word for who somebody is, and every reason not to take it.

As OpenID Connect Core 1.0, § 3.1.3.7, asks: signature, issuer, audience, times and nonce. The
signature is looked at although the token comes straight from the provider, so that nothing rests on
the line alone.
"""

from collections.abc import Mapping, Sequence
from hmac import compare_digest
from typing import Any

import jwt

# Signatures of a key pair: never a shared secret, and never none at all.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY_SECONDS = 60
REQUIRED = ["iss", "aud", "exp", "iat", "sub"]


class NotBelieved(Exception):
    """The token does not say what it must, or another than the provider says it."""


def believed(
    token: str,
    *,
    keys: Sequence[Mapping[str, Any]],
    issuer: str,
    client_id: str,
    nonce: str,
) -> dict[str, Any]:
    """The claims of an ID token.

    Parameters
    ----------
    keys
        The provider's keys, as JSON Web Keys.
    nonce
        What was sent when the sign-in began, so that no token of another sign-in fits.

    Raises
    ------
    NotBelieved
        When anything is wrong with it.
    """
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(keys, header),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, ValueError, KeyError) as error:
        raise NotBelieved(str(error)) from error
    _require_party(claims, client_id)
    if not compare_digest(str(claims.get("nonce", "")), nonce) or not nonce:
        raise NotBelieved("the nonce is another")
    return claims


def _key(keys: Sequence[Mapping[str, Any]], header: Mapping[str, Any]) -> Any:
    kid = header.get("kid")
    # A provider with one key need not name it.
    fit = [one for one in keys if one.get("use", "sig") == "sig"]
    fit = fit if kid is None else [one for one in fit if one.get("kid") == kid]
    if len(fit) != 1:
        raise NotBelieved(f"no key {kid}")
    return jwt.PyJWK(dict(fit[0]), algorithm=None if "alg" in fit[0] else header.get("alg")).key


def _require_party(claims: Mapping[str, Any], client_id: str) -> None:
    """A token for several must say that it was made for us."""
    party = claims.get("azp")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several and party is None) or (party is not None and party != client_id):
        raise NotBelieved("the token was made for another")
