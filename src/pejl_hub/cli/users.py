"""``pejl user``: who may sign in to a real hub."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pejl.cli import app
from pejl_hub.cli.ready import ready

if TYPE_CHECKING:
    from pejl_hub.accounts.models import User

user = typer.Typer(help="Who may sign in.", no_args_is_help=True)
app.add_typer(user, name="user")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The user name.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@user.command("add")
def add(
    name: Name,
    role: Annotated[str, typer.Option("--role", help="What the user is here for.")],
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help="For a municipality reader.")
    ] = "",
    *,
    password_stdin: FromStdin = False,
) -> None:
    """Make a user, who signs in with the password that is asked for."""
    ready()
    from django.db import transaction

    from pejl_hub.accounts.people import add_user

    password = _password(stdin=password_stdin)
    with transaction.atomic():
        made = add_user(name=name, role=role, password=password, municipality=municipality)
        _log(made, "add_user", role=role, municipality=municipality)
    typer.echo(f"{name} may sign in as {role}.")


@user.command("password")
def password(name: Name, *, password_stdin: FromStdin = False) -> None:
    """Give a user another password; whoever is signed in with the old one is signed out."""
    ready()
    from django.db import transaction

    from pejl_hub.accounts.people import change_password

    new = _password(stdin=password_stdin)
    with transaction.atomic():
        _log(change_password(name=name, password=new), "change_password")
    typer.echo(f"{name} has a new password.")


@user.command("close")
def close(name: Name) -> None:
    """Let a user sign in no more; what they did keeps their name."""
    ready()
    from django.db import transaction

    from pejl_hub.accounts.people import close_user

    with transaction.atomic():
        _log(close_user(name=name), "close_user")
    typer.echo(f"{name} may no longer sign in.")


@user.command("role")
def change_role(
    name: Name,
    role: Annotated[str, typer.Option("--role", help="What the user is here for.")],
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="CODE", help="For a municipality reader.")
    ] = "",
) -> None:
    """Give a user another role, as when nobody is left who can manage users."""
    ready()
    from pejl_hub.accounts.people import named
    from pejl_hub.accounts.users.actions import place

    place(user=named(name), role=role, municipality=municipality, by=None)
    typer.echo(f"{name} has the role {role}.")


@user.command("close-demo")
def close_demo() -> None:
    """Let no user of the demo sign in, when a demo becomes a hub."""
    ready()
    from django.db import transaction

    from pejl_hub.accounts.models import User
    from pejl_hub.accounts.people import close_user

    with transaction.atomic():
        open_ones = User.objects.filter(is_demo=True, is_active=True).order_by("username")
        for one in open_ones:
            _log(close_user(name=one.username), "close_user")
            typer.echo(f"{one.username} may no longer sign in.")


@user.command("reset-code")
def reset_code(name: Name) -> None:
    """Take away a user's code, when telephone and recovery codes are lost; sign-ins end."""
    ready()
    from pejl_hub.accounts.people import reset_code as act

    typer.echo(f"{name} signs in without a code." if act(name=name) else f"{name} had no code.")


@user.command("reseal")
def reseal() -> None:
    """Seal everybody's codes with the signing key of today, so that a former one can go."""
    ready()
    from pejl_hub.accounts.resealing import seal_anew

    seals = seal_anew()
    typer.echo(f"{seals.former} sealed anew, {seals.now} already sealed with the key of today.")
    for name in seals.lost:
        typer.echo(f"{name}: no key opens the code. Run `pejl user reset-code {name}`.")


@user.command("sign-out")
def sign_out(name: Name) -> None:
    """Sign a user out everywhere."""
    ready()
    from pejl_hub.accounts.people import sign_out as act

    act(name=name)
    typer.echo(f"{name} is signed out everywhere.")


@user.command("list")
def list_users() -> None:
    """Each user with role, municipality and whether the user may sign in."""
    ready()
    from pejl_hub.accounts.models import User

    for one in User.objects.order_by("username"):
        state = "" if one.is_active else "closed"
        typer.echo("\t".join((one.username, one.role, one.municipality, state)).rstrip())


def _password(*, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _log(obj: "User", action: str, **details: str) -> None:
    from pejl_hub.audit.actions import record

    record(by=None, action=action, obj=obj, details=details)
