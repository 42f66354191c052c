"""Who may do what: one table of role and action. Every page and action asks here."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied

from pejl_hub.accounts.models import Role, User


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
    EDIT_CONTRACT = "edit_contract"  # drafts of the contract, and submitting them
    ADOPT_CONTRACT = "adopt_contract"  # record what KKR decided, and close a contract
    SEND_CONTRACT = "send_contract"  # sent to KL and the authority, in force, reported
    KEEP_SIGN_IN = "keep_sign_in"  # the own password, second step and sign-ins
    MANAGE_USERS = "manage_users"  # make and close users, their roles, passwords and sign-ins


_OWN = frozenset({Action.SEE_STATUS, Action.KEEP_SIGN_IN})
_READ = _OWN | {Action.SEE_ALL_MUNICIPALITIES}

_QUALITY = frozenset(
    {
        Action.SEE_SMALL_COUNTS,
        Action.SEE_RECORDS,
        Action.SEE_NAMES,
        Action.SEE_ENROLMENT,
        Action.READ_COMMENTS,
        Action.USE_DESK,
        Action.SEE_QUALITY,
        Action.SEE_PLANS,
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

_DESK = _READ | {
    Action.USE_DESK,
    Action.SEE_RECORDS,
    Action.SEE_SMALL_COUNTS,
    Action.SEE_EFFORTS,
    Action.SEE_BODIES,
    Action.SEE_PLANS,
}

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
    | {Action.SEE_SMALL_COUNTS, Action.SEE_RECORDS, Action.SEE_QUALITY, Action.SEE_AUDIT}
    | {Action.SEE_EFFORTS, Action.SEE_PLANS, Action.SEE_BODIES, Action.SEE_PRIVACY},
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
        Action.MANAGE_USERS,
    }
)


def sees_persons(user: User) -> bool:
    """Whether the user's role may see or change what is told of persons."""
    return any(may(user, action) for action in PERSONAL)


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
