"""What the hub says of its identity provider, in the environment."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from pejl.base.errors import UserError
from pejl_hub.accounts.provider.groups import Line, read_groups

LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Config:
    """The provider, how Pejl is known to it, and what its groups give."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    group_claim: str
    municipality_claim: str
    scopes: Sequence[str]
    lines: Sequence[Line]


def is_used() -> bool:
    """Whether the hub has named an identity provider."""
    return bool(settings.PEJL_OIDC["issuer"])


def is_private(address: str) -> bool:
    """Whether nobody on the way can read along: HTTPS, or this machine."""
    at = urlsplit(address)
    return at.scheme == "https" or (at.scheme == "http" and at.hostname in LOCAL)


def config() -> Config:
    """What is said, whole.

    Raises
    ------
    UserError
        When something is missing, the provider is not reached by HTTPS, or the file of groups
        cannot be used.
    """
    said = settings.PEJL_OIDC
    missing = [name for name in ("issuer", "client_id", "groups") if not said[name]]
    if missing or not is_private(said["issuer"]):
        raise UserError(
            given=f"the identity provider {said['issuer'] or '(none)'}, without "
            f"{', '.join(missing) or 'HTTPS'}",
            needed="PEJL_OIDC_ISSUER (https), PEJL_OIDC_CLIENT_ID and PEJL_OIDC_GROUPS",
            remedy="Set them all, or none. See docs/how-to/oidc.md.",
        )
    own = ("client_id", "client_secret", "name", "group_claim", "municipality_claim")
    return Config(
        issuer=said["issuer"],
        scopes=said["scopes"].split(),
        lines=read_groups(Path(said["groups"])),
        **{name: said[name] for name in own},
    )
