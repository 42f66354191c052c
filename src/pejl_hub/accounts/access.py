"""Who may do what: one table of role and action. Every page and action asks here."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied

from pejl_hub.accounts.models import Role, User


class Action(StrEnum):
    """What a role may be allowed to do."""

    SEE_STATUS = "see_status"
    SEE_ALL_MUNICIPALITIES = "see_all_municipalities"
    SEE_RECORDS = "see_records"
    SEE_NAMES = "see_names"  # names of persons: pre-starters and advisers
    IMPORT = "import"
    SEE_ENROLMENT = "see_enrolment"  # whom the evaluation asked, and leaving somebody out
    READ_COMMENTS = "read_comments"  # the free texts, and single answers to the evaluation


_READ = frozenset({Action.SEE_STATUS, Action.SEE_ALL_MUNICIPALITIES})

_QUALITY = frozenset(
    {Action.SEE_RECORDS, Action.SEE_NAMES, Action.SEE_ENROLMENT, Action.READ_COMMENTS}
)

TABLE: dict[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: _READ | _QUALITY | {Action.IMPORT},
    Role.CONTROLLER: _READ | _QUALITY | {Action.IMPORT},
    Role.DIRECTOR: _READ | _QUALITY,
    Role.ADVISER: _READ | {Action.SEE_RECORDS, Action.SEE_ENROLMENT},
    Role.BOARD: _READ,
    Role.MUNICIPALITY_READER: frozenset({Action.SEE_STATUS, Action.SEE_RECORDS}),
}


def may(user: User, action: Action) -> bool:
    """Whether the user's role has the action; nobody signed out may do anything."""
    return user.is_authenticated and action in TABLE[Role(user.role)]


def require(user: User, action: Action) -> None:
    """PermissionDenied unless the user may do it."""
    if not may(user, action):
        raise PermissionDenied(action)


def municipality_for(user: User, wanted: str | None) -> str | None:
    """The municipality to show: the wanted one, or always their own for a municipality reader.

    Raises
    ------
    PermissionDenied
        When a municipality reader asks for another municipality than their own.
    """
    if may(user, Action.SEE_ALL_MUNICIPALITIES):
        return wanted or None
    if wanted and wanted != user.municipality:
        raise PermissionDenied(Action.SEE_ALL_MUNICIPALITIES)
    return user.municipality
