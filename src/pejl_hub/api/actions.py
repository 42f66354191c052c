"""Making, revoking and reading keys."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.api.models import Key, Scope
from pejl_hub.audit.actions import record
from pejl_hub.core.text import refuse_cpr

PREFIX = "pejl_"  # so that a key that has leaked is known for what it is
LONGEST = 366  # days
# A key in daily use writes its time once a minute, not at every request.
USED_ANEW_AFTER = timedelta(minutes=1)


@transaction.atomic
def make_key(*, user: User, name: str, scopes: Iterable[str], days: int) -> tuple[Key, str]:
    """A new key and its secret, which is shown now and never again.

    Raises
    ------
    UserError
        When it has no name or scope, or would hold for less than one or more than 366 days.
    django.core.exceptions.ValidationError
        When the name looks like a CPR number.
    """
    chosen = [scope.value for scope in Scope if scope.value in set(scopes)]
    if not name.strip() or not chosen or not 1 <= days <= LONGEST:
        raise UserError(
            given=_("a key without a name or a purpose, or for too long"),
            needed=_("a name, at least one purpose, and 1 to %(days)s days") % {"days": LONGEST},
            remedy=_("Fill in what is missing."),
        )
    refuse_cpr(name)
    secret = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=days)
    key = Key.objects.create(
        user=user, name=name.strip(), sha256=_hash(secret), scopes=chosen, expires_at=expires
    )
    details = {"name": key.name, "scopes": chosen, "expires_at": expires.isoformat()}
    record(by=user, action="api_key.made", obj=key, details=details)
    return key, secret


@transaction.atomic
def revoke_key(*, key: Key, by: User) -> None:
    """Let the key open nothing from now on. Revoking it again changes nothing."""
    if Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(by=by, action="api_key.revoked", obj=key, details={"name": key.name})


def find_key(secret: str) -> Key | None:
    """The key that the secret opens with, if it holds and its user may still sign in."""
    key = Key.objects.select_related("user").filter(sha256=_hash(secret)).first()
    if key is None or not key.holds or not key.user.is_active:
        return None
    now = timezone.now()
    if key.used_at is None or now - key.used_at > USED_ANEW_AFTER:
        Key.objects.filter(pk=key.pk).update(used_at=now)
    return key


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
