"""Who may do what, and how far: one table of role, action and scope. Everything asks here.

``TABLE`` says which actions a role has; ``NARROWER`` where one of them does not reach the whole
hub; ``scope_of`` reads both. Which action an address asks for stands in ``config/rights.py``.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet

from pejl_hub.accounts.models import Role, User

AnyModel = TypeVar("AnyModel", bound=Model)


class Scope(StrEnum):
    """How far an action reaches."""

    HUB = "hub"  # every municipality and every record, as they stand now
    PUBLISHED = "published"  # every municipality, but only what has been published
    OWN_MUNICIPALITY = "own_municipality"  # what has been published on one's own municipality
    OTHERS = "others"  # what another has made or asked for: nobody is their own second person
    OWN = "own"  # what one has made, holds or is responsible for oneself


class Action(StrEnum):
    """What a role may be allowed to do."""

    SEE_STATUS = "see_status"
    SEE_ALL_MUNICIPALITIES = "see_all_municipalities"
    SEE_SMALL_COUNTS = "see_small_counts"  # every figure; others see what has been published
    SEE_RECORDS = "see_records"
    SEE_NAMES = "see_names"  # names of pre-starters and advisers among the rows of a figure
    IMPORT = "import"
    SEE_ENROLMENT = "see_enrolment"  # whom the evaluation asked, and leaving somebody out
    READ_COMMENTS = "read_comments"  # the free texts, and single answers to the evaluation
    USE_DESK = "use_desk"  # the desk, search, companies, people and the lists of records
    RECORD_GUIDANCE = "record_guidance"  # guidance, persons, contacts, referrals
    RECORD_EVENTS = "record_events"
    RECORD_PROGRAMMES = "record_programmes"  # programmes, rounds, courses and grants
    RECORD_OUTREACH = "record_outreach"
    RECORD_PUBLICITY = "record_publicity"
    SEE_EFFORTS = "see_efforts"  # the special efforts: progress, milestones and notes
    RECORD_EFFORTS = "record_efforts"
    DECIDE_READINGS = "decide_readings"  # record who decided how the contract is read
    SEE_BODIES = "see_bodies"  # seats, terms and appointments; contacts need the desk as well
    EDIT_BODIES = "edit_bodies"
    MERGE = "merge"  # two records of one company, a person and the company they founded
    EDIT_LISTS = "edit_lists"  # the code lists that the forms choose from
    REPORT_FIGURES = "report_figures"  # figures that others measured
    WRITE_COMMENTS = "write_comments"  # comments on goals for the reports
    APPROVE_COMMENTS = "approve_comments"  # approve what another has written, and freeze it
    SEE_QUALITY = "see_quality"  # checks of the data, closes and corrections
    CLOSE = "close"  # close a month, or ask for it to be opened again
    REOPEN = "reopen"  # let a closed month be opened, as the second person
    MAKE_REPORTS = "make_reports"  # ask for reports, release them and make them again
    APPROVE_REPORTS = "approve_reports"  # as the second person; and recall them
    SEE_AUDIT = "see_audit"
    SEE_PRIVACY = "see_privacy"  # the record of processing, retention, and what was erased when
    KEEP_PRIVACY = "keep_privacy"  # retention, a person's own copy, erasing and refusing to
    SEE_PLANS = "see_plans"  # the yearly wheel and the target adviser
    KEEP_PLANS = "keep_plans"  # owners, days, state and evidence in the yearly wheel
    TELL_PLANS = "tell_plans"  # what has become of an occasion
    EDIT_CONTRACT = "edit_contract"  # drafts of the contract, and submitting them
    ADOPT_CONTRACT = "adopt_contract"  # record what KKR decided, and close a contract
    SEND_CONTRACT = "send_contract"  # sent to KL and the authority, in force, reported
    KEEP_SIGN_IN = "keep_sign_in"  # the own password, second step and sign-ins
    MANAGE_USERS = "manage_users"  # make and close users, their roles, passwords and sign-ins
    HOLD_KEYS = "hold_keys"  # keys for other programs, which give no more than the role does


_OWN = frozenset({Action.SEE_STATUS, Action.KEEP_SIGN_IN})
_READ = _OWN | {Action.SEE_ALL_MUNICIPALITIES}

# Everybody in the house who sees the plans may tell of their own occasions, and hold keys.
_INSIDE = frozenset(
    {Action.SEE_SMALL_COUNTS, Action.HOLD_KEYS, Action.SEE_PLANS, Action.TELL_PLANS}
)

_QUALITY = _INSIDE | frozenset(
    {
        Action.SEE_RECORDS,
        Action.SEE_NAMES,
        Action.SEE_ENROLMENT,
        Action.READ_COMMENTS,
        Action.USE_DESK,
        Action.SEE_QUALITY,
    }
)

_RECORD = frozenset(
    {
        Action.RECORD_GUIDANCE,
        Action.RECORD_EVENTS,
        Action.RECORD_PROGRAMMES,
        Action.RECORD_OUTREACH,
        Action.RECORD_PUBLICITY,
    }
)

_EFFORTS = frozenset({Action.SEE_EFFORTS, Action.RECORD_EFFORTS})

_DESK = (
    _READ
    | _INSIDE
    | {
        Action.USE_DESK,
        Action.SEE_RECORDS,
        Action.SEE_EFFORTS,
        Action.SEE_BODIES,
    }
)

_CONTROL = frozenset(
    {
        Action.IMPORT,
        Action.MERGE,
        Action.REPORT_FIGURES,
        Action.CLOSE,
        Action.REOPEN,
        Action.MAKE_REPORTS,
        Action.APPROVE_REPORTS,
    }
)

_CONTRACT = frozenset({Action.EDIT_CONTRACT, Action.ADOPT_CONTRACT})
_COMMENT = frozenset({Action.WRITE_COMMENTS, Action.APPROVE_COMMENTS})

TABLE: dict[Role, frozenset[Action]] = {
    Role.ADMINISTRATOR: frozenset(Action),
    Role.CONTROLLER: _READ
    | {Action.DECIDE_READINGS, Action.SEE_BODIES, Action.EDIT_BODIES}
    | _QUALITY
    | _RECORD
    | _CONTROL
    | _EFFORTS
    | _CONTRACT
    | _COMMENT
    | {Action.SEE_AUDIT, Action.KEEP_PLANS, Action.SEE_PRIVACY, Action.KEEP_PRIVACY},
    Role.DIRECTOR: _READ
    | {Action.DECIDE_READINGS, Action.SEE_BODIES, Action.EDIT_BODIES}
    | _QUALITY
    | _EFFORTS
    | _COMMENT
    | _CONTRACT
    | {
        Action.SEND_CONTRACT,
        Action.REOPEN,
        Action.APPROVE_REPORTS,
        Action.SEE_AUDIT,
        Action.SEE_PRIVACY,
        Action.KEEP_PLANS,
    },
    Role.TEAM_LEAD: _READ
    | {Action.SEE_BODIES}
    | _QUALITY
    | _EFFORTS
    | {Action.RECORD_GUIDANCE, Action.RECORD_EVENTS, Action.RECORD_OUTREACH, Action.MERGE}
    | {Action.WRITE_COMMENTS},
    Role.ADVISER: _DESK
    | {
        Action.SEE_ENROLMENT,
        Action.RECORD_GUIDANCE,
        Action.RECORD_EVENTS,
        Action.RECORD_OUTREACH,
    },
    Role.PROGRAMME_MANAGER: _DESK
    | {Action.RECORD_PROGRAMMES, Action.RECORD_EVENTS, Action.RECORD_EFFORTS}
    | {Action.WRITE_COMMENTS},
    Role.COMMUNICATIONS: _DESK
    | {Action.RECORD_PUBLICITY, Action.RECORD_EVENTS, Action.WRITE_COMMENTS},
    Role.BOARD: _READ | {Action.SEE_EFFORTS, Action.EDIT_CONTRACT, Action.SEE_BODIES},
    Role.KKR_READER: _READ | {Action.SEE_BODIES},
    Role.MUNICIPALITY_READER: _OWN,
    Role.AUTHORITY_READER: _READ,
    Role.AUDITOR: _READ
    | _INSIDE
    | {Action.SEE_RECORDS, Action.SEE_QUALITY, Action.SEE_AUDIT}
    | {Action.SEE_EFFORTS, Action.SEE_BODIES, Action.SEE_PRIVACY},
}

# Where an action does not reach the whole hub. A role that lacks the action has no scope at all.
NARROWER: Mapping[Action, Mapping[Role, Scope]] = {
    Action.SEE_STATUS: {
        Role.BOARD: Scope.PUBLISHED,
        Role.KKR_READER: Scope.PUBLISHED,
        Role.AUTHORITY_READER: Scope.PUBLISHED,
        Role.MUNICIPALITY_READER: Scope.OWN_MUNICIPALITY,
    },
    Action.APPROVE_COMMENTS: dict.fromkeys(Role, Scope.OTHERS),
    Action.REOPEN: dict.fromkeys(Role, Scope.OTHERS),
    Action.APPROVE_REPORTS: dict.fromkeys(Role, Scope.OTHERS),
    Action.TELL_PLANS: {role: Scope.OWN for role in Role if Action.KEEP_PLANS not in TABLE[role]},
    Action.HOLD_KEYS: dict.fromkeys(Role, Scope.OWN),
    Action.KEEP_SIGN_IN: dict.fromkeys(Role, Scope.OWN),
}


# What shows or changes what is told of persons: whoever may any of it signs in in two steps.
PERSONAL = frozenset(
    {
        Action.SEE_RECORDS,
        Action.SEE_NAMES,
        Action.SEE_ENROLMENT,
        Action.READ_COMMENTS,
        Action.USE_DESK,
        Action.IMPORT,
        Action.SEE_AUDIT,
        Action.SEE_PRIVACY,
        Action.MANAGE_USERS,
    }
)


def sees_persons(user: User) -> bool:
    """Whether the user's role may see or change what is told of persons."""
    return any(may(user, action) for action in PERSONAL)


def may(user: User, action: Action) -> bool:
    """Whether the user's role has the action; nobody signed out may do anything."""
    return user.is_authenticated and not shut_out(user) and action in TABLE[Role(user.role)]


def shut_out(user: User) -> bool:
    """Whether it is a user of the demo in a hub that is none: their password is no secret."""
    return user.is_demo and not settings.PEJL_DEMO


def require(user: User, action: Action) -> None:
    """PermissionDenied unless the user may do it."""
    if not may(user, action):
        raise PermissionDenied(action)


def scope_of(user: User, action: Action) -> Scope | None:
    """How far the action reaches for the user; None when the user may not do it at all."""
    if not may(user, action):
        return None
    return NARROWER.get(action, {}).get(Role(user.role), Scope.HUB)


def reaches(user: User, action: Action, maker: User | None) -> bool:
    """Whether the user may do it to something of the maker's; None is nobody's."""
    scope = scope_of(user, action)
    if scope is None:
        return False
    own = maker is not None and maker.pk == user.pk
    return {Scope.OWN: own, Scope.OTHERS: not own}.get(scope, True)


def require_reach(user: User, action: Action, maker: User | None) -> None:
    """PermissionDenied unless the user may do it to something of the maker's."""
    if not reaches(user, action, maker):
        raise PermissionDenied(action)


def own(rows: QuerySet[AnyModel], user: User, field: str = "user") -> QuerySet[AnyModel]:
    """The rows that are the user's own; to everybody else they are as if they were not there."""
    mine: dict[str, Any] = {field: user}
    return rows.filter(**mine) if user.is_authenticated else rows.none()


def sees_published_only(user: User) -> bool:
    """Whether the user reads from outside the house, and is shown editions instead of today."""
    return scope_of(user, Action.SEE_STATUS) is not Scope.HUB


def within_municipality(
    rows: QuerySet[AnyModel], user: User, field: str = "municipality"
) -> QuerySet[AnyModel]:
    """The rows on municipalities that the user may read; rows on no place belong to the whole."""
    scope = scope_of(user, Action.SEE_STATUS)
    if scope is None:
        return rows.none()
    if scope is not Scope.OWN_MUNICIPALITY:
        return rows
    mine: dict[str, Any] = {field: user.municipality}
    return rows.filter(**mine)


def municipality_for(user: User, wanted: str | None) -> str | None:
    """The municipality to show: the wanted one, or always their own for a municipality reader.

    Raises
    ------
    PermissionDenied
        When a municipality reader asks for another municipality than their own.
    """
    if scope_of(user, Action.SEE_STATUS) is not Scope.OWN_MUNICIPALITY:
        return wanted or None
    if wanted and wanted != user.municipality:
        raise PermissionDenied(Action.SEE_ALL_MUNICIPALITIES)
    return user.municipality
