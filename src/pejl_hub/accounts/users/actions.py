"""What an administrator does to a user, each with its entry of the audit log."""

from django.db import transaction

from pejl.base.errors import UserError
from pejl_hub.accounts import sessions
from pejl_hub.accounts.access import shut_out
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.people import add_user
from pejl_hub.audit.actions import record


@transaction.atomic
def make(*, name: str, role: str, municipality: str, password: str, by: User) -> User:
    """Make a user; the refusals are those of ``add_user``."""
    made = add_user(name=name, role=role, municipality=municipality, password=password)
    details = {"role": role, "municipality": municipality}
    record(by=by, action="made", obj=made, details=details)
    return made


@transaction.atomic
def place(*, user: User, role: str, municipality: str, by: User) -> None:
    """Give the user another role or municipality.

    Raises
    ------
    UserError
        When the house would be left without an administrator.
    """
    before = (user.role, user.municipality)
    if role != Role.ADMINISTRATOR:
        _keep_one(user)
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
    UserError
        When the house would be left without an administrator.
    """
    if not open_:
        _keep_one(user)
    user.is_active, user.lost_groups = open_, False
    user.save(update_fields=["is_active", "lost_groups"])
    record(by=by, action="reopened" if open_ else "closed", obj=user)
    if not open_:
        sessions.end_all(user=user, by=by)


def _keep_one(user: User) -> None:
    """Every administrator is held, so that two who close each other at once do not both succeed."""
    held = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    let_in_now = [one.pk for one in held.order_by("pk") if not shut_out(one)]
    if let_in_now == [user.pk]:
        raise UserError(
            given=f"{user.username}, the only administrator",
            needed="somebody who can manage users",
            remedy="Make another administrator first.",
        )
