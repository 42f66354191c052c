"""What an administrator does to a user, each with its entry of the audit log."""

from django.db import transaction

from pejl_hub.accounts import sessions
from pejl_hub.accounts.administrators import require_another
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.people import add_user, require_place
from pejl_hub.audit.actions import record


@transaction.atomic
def make(*, name: str, role: str, municipality: str, password: str, by: User) -> User:
    """Make a user; the refusals are those of ``add_user``."""
    made = add_user(name=name, role=role, municipality=municipality, password=password)
    details = {"role": role, "municipality": municipality}
    record(by=by, action="made", obj=made, details=details)
    return made


@transaction.atomic
def place(*, user: User, role: str, municipality: str, by: User | None) -> None:
    """Give the user another role or municipality.

    Raises
    ------
    pejl.base.errors.UserError
        When the house would be left without an administrator, the role is unknown, or the
        municipality is not one of the hub's, is missing, or is given where the role has none.
    """
    require_place(role, municipality)
    before = (user.role, user.municipality)
    if role != Role.ADMINISTRATOR:
        require_another(user)
    user.role, user.municipality = role, municipality
    user.save(update_fields=["role", "municipality"])
    pairs = zip(("role", "municipality"), before, (role, municipality), strict=True)
    changed = {name: [was, now] for name, was, now in pairs if was != now}
    if changed:
        record(by=by, action="changed", obj=user, details={"changed": changed})


@transaction.atomic
def let_in(*, user: User, open_: bool, by: User) -> None:
    """Close the user and end the user's sign-ins, or open the user again.

    Raises
    ------
    LastAdministrator
        When the house would be left without an administrator.
    """
    if not open_:
        require_another(user)
    user.is_active, user.lost_groups = open_, False
    user.save(update_fields=["is_active", "lost_groups"])
    record(by=by, action="reopened" if open_ else "closed", obj=user)
    if not open_:
        sessions.end_all(user=user, by=by)
