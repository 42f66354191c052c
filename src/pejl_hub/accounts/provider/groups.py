"""Which role a group of the identity provider gives: a TOML file of the hub's own.

    [[group]]
    name = "Pejl-Controllere"
    role = "controller"

    [[group]]
    name = "Pejl-Kommune-{municipality}"     # the code of a municipality stands in the name
    role = "municipality_reader"

The first line that fits one of somebody's groups decides, so that the order of the file is the
order of the roles. A municipality reader's municipality comes from the name, from ``municipality``
on the line, or from the claim that ``PEJL_OIDC_MUNICIPALITY_CLAIM`` names. It must be one of the
hub's: a code of another place gives no role.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role
from pejl_hub.core.places import municipalities

PLACE = "{municipality}"
CODE = re.compile(r"[0-9]{3}")
KNOWN = {"name", "role", "municipality"}


@dataclass(frozen=True)
class Place:
    """What somebody is here for; a municipality for its readers alone."""

    role: Role
    municipality: str
    group: str


@dataclass(frozen=True)
class Line:
    """One line of the file."""

    name: str
    role: Role
    municipality: str = ""

    def place(self, groups: Iterable[str], claimed: str) -> Place | None:
        """What the line gives somebody with these groups; None when it does not fit."""
        found = (self._in(group, claimed) for group in groups)
        return next((one for one in found if one is not None), None)

    def _in(self, group: str, claimed: str) -> Place | None:
        before, mark, after = self.name.partition(PLACE)
        fits = re.fullmatch(f"{re.escape(before)}([0-9]{{3}}){re.escape(after)}", group)
        if not (fits if mark else group == self.name):
            return None
        if self.role != Role.MUNICIPALITY_READER:
            return Place(self.role, "", group)
        code = fits[1] if mark and fits else self.municipality or claimed
        return Place(self.role, code, group) if _of_the_hub(code) else None


def read_groups(path: Path) -> tuple[Line, ...]:
    """The lines of the file.

    Raises
    ------
    UserError
        When it cannot be read, holds no line, or a line says what nobody understands.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused(path, str(error)) from error
    lines = tuple(_line(path, one) for one in told.get("group", ()))
    if not lines or set(told) != {"group"}:
        raise _refused(path, "no line [[group]], or something else than such lines")
    return lines


def place_of(lines: Sequence[Line], groups: Sequence[str], claimed: str = "") -> Place | None:
    """What the first line that fits gives; None when none does."""
    found = (line.place(groups, claimed) for line in lines)
    return next((one for one in found if one is not None), None)


def _of_the_hub(code: str) -> bool:
    """Asked at each sign-in and not of the file, which a new territory must not make useless."""
    return code in municipalities(timezone.localdate())


def _line(path: Path, told: Any) -> Line:
    said = {key: str(value) for key, value in told.items()} if isinstance(told, dict) else {}
    if set(said) - KNOWN or not said.get("name") or said.get("role") not in Role.values:
        raise _refused(path, f"the line {told}")
    line = Line(said["name"], Role(said["role"]), said.get("municipality", ""))
    reader = line.role == Role.MUNICIPALITY_READER
    placed = PLACE in line.name or bool(line.municipality)
    if (placed and not reader) or (line.municipality and not CODE.fullmatch(line.municipality)):
        raise _refused(path, f"the line {told}")
    return line


def _refused(path: Path, given: str) -> UserError:
    return UserError(
        given=f"{path}: {given}",
        needed=f"lines [[group]] with name and role, one of {', '.join(Role.values)}; "
        "municipality, three digits, for a municipality_reader",
        remedy="Correct the file that PEJL_OIDC_GROUPS names. See docs/how-to/oidc.md.",
    )
