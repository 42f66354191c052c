"""The second step: a code from an app on one's telephone, or a recovery code kept on paper."""

from datetime import timedelta

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.access import sees_persons
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record

WRONG_CODES = 10
WAIT = timedelta(minutes=15)
DIGITS = 6
USED = "pejl_used"  # the number of the period whose code was used last


class TooManyCodes(UserError):
    """Somebody who knows the password guesses codes, from whatever address."""


def has_code(user: User) -> bool:
    """Whether the user signs in in two steps."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def needs_code(user: User) -> bool:
    """Whether the user must: those who see what is told of persons, where the hub asks it."""
    return settings.PEJL_REQUIRE_TOTP and not user.is_demo and sees_persons(user)


def new_secret() -> str:
    """A secret for an app, to be confirmed by a code before it counts."""
    return str(generate_totp_secret())


def app_address(user: User, secret: str) -> str:
    """What the app reads: the secret with the user's name, as ``otpauth://``."""
    return str(get_adapter().build_totp_url(user, secret))


@transaction.atomic
def turn_on(*, user: User, secret: str, code: str) -> bool:
    """Let the user sign in in two steps from now on, if the code fits the secret."""
    period = _period_of(secret, code)
    if period is None:
        return False
    Authenticator.objects.filter(user=user).delete()
    kept = TOTP.activate(user, secret).instance
    kept.data[USED] = period
    kept.save(update_fields=["data"])
    RecoveryCodes.activate(user)
    record(by=user, action="second_step_on", obj=user)
    return True


@transaction.atomic
def turn_off(*, user: User, by: User | None) -> bool:
    """Take the second step away, by its owner or by an administrator; whether there was one."""
    gone, _kinds = Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(wrong_codes=0, wrong_code_at=None)
    if gone:
        record(by=by, action="second_step_off", obj=user)
    return bool(gone)


def recovery_codes(user: User) -> list[str]:
    """The recovery codes that are left."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(kept).get_unused_codes()) if kept else []


@transaction.atomic
def renew_recovery_codes(*, user: User) -> None:
    """Ten new ones; the old ones open nothing any more."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    record(by=user, action="recovery_codes_renewed", obj=user)


def check(*, user: User, code: str) -> bool:
    """Whether the code is right; a right one is used up.

    Raises
    ------
    TooManyCodes
        After ten wrong codes in a quarter of an hour, whatever addresses they came from.
    """
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        wrong = _wrong_lately(row)
        if wrong >= WRONG_CODES:
            raise _too_many()
        right = _is_right(row, "".join(code.split()))
        row.wrong_codes = 0 if right else wrong + 1
        row.wrong_code_at = row.wrong_code_at if right else timezone.now()
        row.save(update_fields=["wrong_codes", "wrong_code_at"])
    return right


def _wrong_lately(row: User) -> int:
    lately = row.wrong_code_at is not None and timezone.now() - row.wrong_code_at < WAIT
    return row.wrong_codes if lately else 0


def _is_right(user: User, code: str) -> bool:
    kind = Authenticator.Type.TOTP if len(code) == DIGITS else Authenticator.Type.RECOVERY_CODES
    kept = Authenticator.objects.select_for_update().filter(user=user, type=kind).first()
    if kept is None:
        return False
    try:
        if len(code) == DIGITS:
            return _of_app(kept, code)
        right = RecoveryCodes(kept).validate_code(code)
    except InvalidToken:  # sealed with a signing key that is gone: only an administrator helps
        return False
    if right:
        record(by=user, action="recovery_code_used", obj=user)
    return bool(right)


def _of_app(kept: Authenticator, code: str) -> bool:
    """A code is good once: allauth remembers used ones in the process, the hub in the database."""
    period = _period_of(decrypt(kept.data["secret"]), code)
    if period is None or period <= kept.data.get(USED, 0):
        return False
    kept.data[USED] = period
    kept.last_used_at = timezone.now()
    kept.save(update_fields=["data", "last_used_at"])
    return True


def _period_of(secret: str, code: str) -> int | None:
    for period in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, period))
        if compare_user_code(actual="".join(code.split()), expected=expected):
            return int(period)
    return None


def _too_many() -> TooManyCodes:
    return TooManyCodes(
        given=f"{WRONG_CODES} wrong codes",
        needed="the code of the app, or a recovery code",
        remedy="Wait a quarter of an hour, or ask your administrator.",
    )
