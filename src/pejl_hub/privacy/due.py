"""What is due to go in each category, as queries: the rows whose time was over before a day.

A row that has gone is due no more, so that a run that was cut off goes on where it stopped.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from pejl_hub.accounts.models import User
from pejl_hub.audit.forgetting import RETAINED, forget, note_retained
from pejl_hub.audit.models import AuditEntry
from pejl_hub.bodies.models import MunicipalContact, Seat
from pejl_hub.companies.models import Contact, MergeRecord, Person
from pejl_hub.core.erased import ERASED, NOWHERE
from pejl_hub.core.models import BulkEdit
from pejl_hub.efforts.models import Attachment
from pejl_hub.efforts.papers import place
from pejl_hub.events.models import Attendance, Signup
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.privacy.erasing import anonymise, blank_rows
from pejl_hub.privacy.register import Table, register
from pejl_hub.privacy.subjects import Subject
from pejl_hub.programmes.models import Participation
from pejl_hub.referrals.models import Consent, Letter, Provider
from pejl_hub.reporting.files import path_of
from pejl_hub.reporting.models import Delivery, ReportFile
from pejl_hub.sources.models import ImportChange, ImportRun
from pejl_hub.surveys.models import Comment, Invitation

Due = Callable[[date], QuerySet[Any]]
Do = Callable[[list[Any]], None]


@dataclass(frozen=True)
class Job:
    """A part of a category: the rows that are due, and what is done with some of them."""

    due: Due
    do: Do
    kind: str = ""  # of person, whose data may be held back


def _holds(label: str, *names: str) -> Q:
    """Whether any of the row's own fields still says something."""
    found = Q(pk__in=[])
    for one in register().tables[label].fields("own"):
        if (names and one.name not in names) or one.kind in (
            "login",
            "secret",
            "emailhash",
            "json",
        ):
            continue
        gone = Q(**{f"{one.name}__startswith": ERASED}) | Q(**{f"{one.name}__endswith": NOWHERE})
        nothing = Q(**{f"{one.name}__isnull": True}) | Q(**{one.name: ""})
        found |= ~(gone | nothing)
    return found


def _persons(kind: str, due: Due) -> tuple[Job, ...]:
    return (Job(due, lambda pks: anonymise([Subject(kind, pk) for pk in pks]), kind),)


def _rows(label: str, due: Due) -> tuple[Job, ...]:
    def do(pks: list[Any]) -> None:
        blank_rows({label: set(pks)})

    return (Job(lambda day: due(day).filter(_holds(label)), do),)


def _delete(*dues: Due) -> tuple[Job, ...]:
    def job(due: Due) -> Job:
        return Job(due, lambda pks: _delete_rows(due, pks))

    return tuple(map(job, dues))


def _delete_rows(due: Due, pks: list[Any]) -> None:
    due(date.max).model._base_manager.filter(pk__in=pks).delete()


_SERVICES = (
    (Guidance, "held_on"),
    (Attendance, "event__held_on"),
    (Participation, "stated_on"),
)


def _served(column: str, outer: str, **when: date) -> Q:
    """Whether the client has a service; ``since`` a day, or ever."""
    found = Q(pk__in=[])
    for model, day in _SERVICES:
        since = {f"{day}__gte": when["since"]} if when else {}
        found |= Q(Exists(model.objects.filter(**{column: OuterRef(outer)}, **since)))
    return found


def _people(day: date) -> QuerySet[Person]:
    known = Q(created_on__lt=day) | _served("person", "pk")
    return Person.objects.filter(known, _holds("companies.person")).exclude(
        _served("person", "pk", since=day)
    )


def _contacts(day: date) -> QuerySet[Contact]:
    return Contact.objects.filter(
        _served("company", "company"), _holds("companies.contact")
    ).exclude(_served("company", "company", since=day))


def _users(day: date) -> QuerySet[User]:
    last = Q(last_login__date__lt=day) | Q(last_login__isnull=True, date_joined__date__lt=day)
    return User.objects.filter(last, is_active=False).exclude(username__startswith="slettet-")


def _forget_values(pks: list[Any]) -> None:
    tables = register().tables
    for entry in AuditEntry.objects.filter(pk__in=pks).select_related("link"):
        table = tables.get(entry.object_type)
        forget([entry], lambda path, text, t=table: path[1:2] == ("changed",) and _of(t, path[2]))
        note_retained(entry)


def _of(table: Table | None, column: str) -> bool:
    """Whether a column is personal; of a table that is no more, every one may have been."""
    return table is None or column in table.personal


def _told(day: date) -> QuerySet[AuditEntry]:
    """Entries with values of personal columns, not yet gone through."""
    names = {name for table in register().tables.values() for name in table.personal}
    entries = AuditEntry.objects.filter(at__date__lt=day)
    told = entries.filter(details__changed__has_any_keys=sorted(names))
    return told.filter(Q(salts__isnull=True) | ~Q(salts__has_key=RETAINED))


def _anonymise_invitations(pks: list[Any]) -> None:
    blank_rows({"surveys.invitation": set(pks)})
    Invitation.objects.filter(pk__in=pks).update(contact=None, person=None)


def _delete_files(pks: list[Any]) -> None:
    for run in ImportRun.objects.filter(pk__in=pks):
        for name in (run.path, run.remainder):
            _remove(name)
    ImportRun.objects.filter(pk__in=pks).update(path="", remainder=None)


def _remove(name: str | None) -> None:
    """A file or folder of the hub's own; what lies elsewhere is somebody else's to delete."""
    path = Path(name or "").resolve()
    if not name or not path.is_relative_to(Path(settings.DATA).resolve() / "imports"):
        return
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _delete_reports(pks: list[Any]) -> None:
    """The files; that there was a report, and what it was counted from, stays."""
    gone = ReportFile.objects.filter(pk__in=pks).select_related("report")
    _unlink([path_of(one) for one in gone])
    gone.delete()


def _delete_papers(pks: list[Any]) -> None:
    gone = Attachment.objects.filter(pk__in=pks)
    shas = set(gone.values_list("sha256", flat=True))
    gone.delete()
    shared = set(Attachment.objects.filter(sha256__in=shas).values_list("sha256", flat=True))
    _unlink([place(sha256) for sha256 in shas - shared])


def _unlink(paths: list[Path]) -> None:
    """Once the rows are gone for good."""
    for path in paths:
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def _released(day: date) -> QuerySet[ReportFile]:
    """Files of reports released before the day, and of those that never were and are as old."""
    out = Q(report__released_at__date__lt=day)
    never = Q(report__released_at=None, report__asked_at__date__lt=day)
    return ReportFile.objects.filter(out | never)


def _no_changes(model: Any) -> Do:
    return lambda pks: model.objects.filter(pk__in=pks).update(changes=[]) and None


def _answered() -> Any:
    """By name: the programming interface is a room beside this one."""
    return apps.get_model("api", "Answered")


JOBS: Mapping[str, tuple[Job, ...]] = {
    "people": _persons("person", _people),
    "contacts": _persons("contact", _contacts),
    "signups": _persons(
        "signup", lambda day: Signup.objects.filter(_holds("events.signup"), event__held_on__lt=day)
    ),
    "survey_comments": _rows(
        "surveys.comment", lambda day: Comment.objects.filter(answer__answered_on__lt=day)
    ),
    "invitations": (
        Job(
            lambda day: Invitation.objects.filter(
                Q(contact__isnull=False) | Q(person__isnull=False), expires_on__lt=day
            ),
            _anonymise_invitations,
        ),
    ),
    "referral_letters": _rows(
        "referrals.letter", lambda day: Letter.objects.filter(asked_at__date__lt=day)
    ),
    "consents": _rows("referrals.consent", lambda day: Consent.objects.filter(given_on__lt=day)),
    "providers": _persons(
        "provider",
        lambda day: Provider.objects.filter(_holds("referrals.provider"), active_to__lt=day),
    ),
    "approaches": _rows(
        "outreach.approach", lambda day: Approach.objects.filter(contacted_on__lt=day)
    ),
    "municipal_contacts": _persons(
        "municipal",
        lambda day: MunicipalContact.objects.filter(
            _holds("bodies.municipalcontact"), until__lt=day
        ),
    ),
    "seats": _persons(
        "seat", lambda day: Seat.objects.filter(_holds("bodies.seat"), ends_on__lt=day)
    ),
    "deliveries": _persons(
        "delivery",
        lambda day: Delivery.objects.filter(
            _holds("reporting.delivery"), report__asked_at__date__lt=day
        ),
    ),
    "users": _persons("user", _users),
    "audit": (Job(_told, _forget_values),),
    "import_changes": (
        *_delete(lambda day: ImportChange.objects.filter(run__finished_at__date__lt=day)),
        Job(
            lambda day: MergeRecord.objects.filter(at__date__lt=day).exclude(changes=[]),
            _no_changes(MergeRecord),
        ),
        Job(
            lambda day: BulkEdit.objects.filter(at__date__lt=day).exclude(changes=[]),
            _no_changes(BulkEdit),
        ),
    ),
    "import_files": (
        Job(
            lambda day: ImportRun.objects.filter(finished_at__date__lt=day).exclude(path=""),
            _delete_files,
        ),
    ),
    "report_files": (Job(_released, _delete_reports),),
    "papers": (Job(lambda day: Attachment.objects.filter(added_at__date__lt=day), _delete_papers),),
    "sign_in_log": _delete(
        lambda day: AccessLog.objects.filter(attempt_time__date__lt=day),
        lambda day: AccessAttempt.objects.filter(attempt_time__date__lt=day),
        lambda day: AccessFailureLog.objects.filter(attempt_time__date__lt=day),
    ),
    "sessions": _delete(lambda day: Session.objects.filter(expire_date__date__lt=day)),
    "tasks": _delete(lambda day: DBTaskResult.objects.filter(finished_at__date__lt=day)),
    "answered": _delete(lambda day: _answered().objects.filter(at__date__lt=day)),
}
