"""Writes of this app: the people of a real hub, each with one role."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.administrators import require_another
from pejl_hub.accounts.models import Role, User
from pejl_hub.audit.actions import record
from pejl_hub.core.places import municipalities


@transaction.atomic
def add_user(*, name: str, role: str, password: str, municipality: str = "") -> User:
    """Make a user who may sign in.

    Raises
    ------
    UserError
        When the role is unknown, the name is taken or not a user name, the password is too weak,
        or a municipality is missing where the role needs one, or given where it has none.
    """
    require_place(role, municipality)
    user = User(username=name, role=role, municipality=municipality)
    _require_valid(user, exclude=("password",))
    _set_password(user, password)
    try:
        user.save()
    except IntegrityError as error:
        raise _taken(name) from error
    return user


@transaction.atomic
def change_password(*, name: str, password: str) -> User:
    """Give the user another password, which ends their sessions.

    Raises
    ------
    UserError
        When there is no such user, or the password is too weak.
    """
    user = named(name)
    _set_password(user, password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def close_user(*, name: str) -> User:
    """Let the user sign in no more; what they did keeps their name.

    Raises
    ------
    UserError
        When there is no such user, or nobody would be left to manage the users.
    """
    user = named(name)
    require_another(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def set_own_password(*, request: HttpRequest, password: str) -> None:
    """Give the one who is signed in another password; their other sign-ins end.

    Raises
    ------
    UserError
        When the password is too weak.
    """
    user = request.user
    _set_password(user, password)
    user.save(update_fields=["password"])
    record(by=user, action="password_changed", obj=user)
    sessions.end_all(user=user, by=user, keep=request)


@transaction.atomic
def reset_code(*, name: str, by: User | None = None) -> bool:
    """Take away the user's second step and end their sign-ins; whether there was one.

    Raises
    ------
    UserError
        When there is no such user.
    """
    user = named(name)
    gone = second.turn_off(user=user, by=by)
    sessions.end_all(user=user, by=by)
    return gone


@transaction.atomic
def sign_out(*, name: str, by: User | None = None) -> None:
    """Sign the user out everywhere.

    Raises
    ------
    UserError
        When there is no such user.
    """
    sessions.end_all(user=named(name), by=by)


def require_place(role: str, municipality: str) -> None:
    """Refuse a role that is none, and a municipality that does not go with it.

    Raises
    ------
    UserError
        When the role is unknown, or the municipality is not one of the hub's, is missing where the
        role needs one, or is given where it has none.
    """
    if (_role(role) == Role.MUNICIPALITY_READER) == bool(municipality):
        _require_of_the_hub(municipality)
        return
    given = f"the municipality {municipality}" if municipality else "no municipality"
    raise UserError(
        given=f"the role {role} with {given}",
        needed=f"a municipality code for {Role.MUNICIPALITY_READER}, and for no other role",
        remedy="Add the municipality, or leave it out.",
    )


def _require_of_the_hub(municipality: str) -> None:
    if not municipality or municipality in municipalities(timezone.localdate()):
        return
    raise UserError(
        given=f"the municipality {municipality}",
        needed="the code of a municipality of the hub",
        remedy="See the territory in contracts/shared/territories.yaml.",
    )


def named(name: str) -> User:
    """The user of that name.

    Raises
    ------
    UserError
        When there is none.
    """
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise UserError(
            given=f"the user {name}",
            needed="a user that there is",
            remedy="See them with `pejl user list`.",
        ) from error


def _role(role: str) -> Role:
    if role not in Role.values:
        raise UserError(
            given=f"the role {role}",
            needed=f"one of {', '.join(Role.values)}",
            remedy="Choose one.",
        )
    return Role(role)


def _require_valid(user: User, exclude: Sequence[str]) -> None:
    if User.objects.filter(username=user.username).exists():
        raise _taken(user.username)
    try:
        user.clean_fields(exclude=exclude)
    except ValidationError as error:
        raise UserError(
            given=f"the user {user.username} ({_said(error)})",
            needed="a user name of letters, digits and @ . + - _",
            remedy="Choose another name.",
        ) from error


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UserError(
            given=f"a password that is too weak ({_said(error)})",
            needed="at least 12 characters that are not a common password",
            remedy="Choose a longer one.",
        ) from error
    user.set_password(password)


def _taken(name: str) -> UserError:
    return UserError(
        given=f"the user name {name}, which is taken",
        needed="a name that nobody has",
        remedy="Choose another name, or give that user a new password.",
    )


def _said(error: ValidationError) -> str:
    return " ".join(error.messages)
