"""Retention as a table: what is kept for how long after what, and what happens then.

The number of months is where a hub begins; the page lets it set its own (``RetentionRule``).
What is counted is never deleted: a row of a person stays as a row of nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Act(StrEnum):
    """What happens when the time is over."""

    ANONYMISE = "anonymise"
    DELETE = "delete"


ACTS: Mapping[str, Promise] = {
    Act.ANONYMISE: _("is anonymised"),
    Act.DELETE: _("is deleted"),
}


@dataclass(frozen=True)
class Category:
    """One line of the table: ``months`` after ``since``, ``act``."""

    key: str
    title: Promise
    months: int
    since: Promise
    act: Act


CATEGORIES: tuple[Category, ...] = (
    Category("people", _("Pre-starters"), 60, _("their last service"), Act.ANONYMISE),
    Category(
        "contacts",
        _("Contacts in companies"),
        60,
        _("the company's last service"),
        Act.ANONYMISE,
    ),
    Category("signups", _("Sign-ups to events"), 12, _("the event"), Act.ANONYMISE),
    Category(
        "survey_comments",
        _("Free text in the user evaluation"),
        24,
        _("the answer"),
        Act.ANONYMISE,
    ),
    Category(
        "invitations", _("Invitations to the evaluation"), 24, _("the link's end"), Act.ANONYMISE
    ),
    Category(
        "referral_letters",
        _("Letters to advisers"),
        36,
        _("the letter was asked for"),
        Act.ANONYMISE,
    ),
    Category("consents", _("Consents to be referred"), 60, _("the consent"), Act.ANONYMISE),
    Category(
        "providers", _("Contacts at advisers"), 24, _("the adviser was last used"), Act.ANONYMISE
    ),
    Category("approaches", _("Notes of approaches"), 36, _("the approach"), Act.ANONYMISE),
    Category(
        "municipal_contacts",
        _("Contacts in municipalities"),
        24,
        _("their last day"),
        Act.ANONYMISE,
    ),
    Category("seats", _("Members of bodies"), 120, _("the end of their term"), Act.ANONYMISE),
    Category("deliveries", _("Who was sent reports"), 60, _("the e-mail"), Act.ANONYMISE),
    Category(
        "users", _("Users who may sign in no more"), 60, _("their last sign-in"), Act.ANONYMISE
    ),
    Category("audit", _("Old and new values in the audit trail"), 60, _("the act"), Act.ANONYMISE),
    Category(
        "import_changes",
        _("What undoing needs to know"),
        24,
        _("the import, merge or edit"),
        Act.DELETE,
    ),
    Category(
        "import_files",
        _("Files that were read in, and refused rows"),
        12,
        _("the import"),
        Act.DELETE,
    ),
    Category("report_files", _("Files of reports"), 120, _("the release"), Act.DELETE),
    Category("papers", _("Papers of special efforts"), 120, _("they were added"), Act.DELETE),
    Category("sign_in_log", _("Log of signing in"), 12, _("the attempt"), Act.DELETE),
    Category("sessions", _("Sessions that have ended"), 1, _("their end"), Act.DELETE),
    Category("tasks", _("Jobs that were done"), 6, _("the job"), Act.DELETE),
    Category(
        "answered", _("Answers kept for programs that ask twice"), 3, _("the answer"), Act.DELETE
    ),
)
BY_KEY: Mapping[str, Category] = {one.key: one for one in CATEGORIES}
