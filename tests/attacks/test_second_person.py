"""One person who would be two: by another browser, name, key or field, and two who race.

Closes, reports, comments and runs of retention need a second person. An edition has none: it is
what a report is made from, and the report is what leaves the house with two people's names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close
from pejl_hub.governance.closes.actions import ask_reopening, decide_reopening
from pejl_hub.narrative import actions as comments
from pejl_hub.narrative.models import Comment
from pejl_hub.privacy import retention
from pejl_hub.privacy.models import RetentionRun
from pejl_hub.reporting.actions.deciding import approve as approve_report
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Report, State
from pejl_hub.status.queries import contract_on
from tests.web.test_reports import hub as hub
from tests.web.test_reports import made, user

BACKEND = "django.contrib.auth.backends.ModelBackend"
JUNE = date(2024, 6, 30)
FIRST = "Foråret var travlt."


@dataclass(frozen=True)
class Matter:
    """Something that alice asks for and another has to approve."""

    ask: Callable[[], Any]
    page: Callable[[Any], tuple[str, dict[str, str]]]
    approve: Callable[[Any, User], object]
    done: Callable[[Any], bool]
    entry: str


def _asked_close():
    close = Close.objects.create(
        first_day=JUNE.replace(day=1), last_day=JUNE, snapshot_id="s", signed="Alice Lund"
    )
    ask_reopening(close=close, reason="Importen manglede", by=user("alice"))
    return close


def _submitted():
    said = {"goal": None, "municipality": None, "text": FIRST, "figure": ""}
    comment = comments.write(contract=contract_on(JUNE), as_of=JUNE, by=user("alice"), **said)
    return comments.submit(comment=comment, by=user("alice"))


MATTERS = {
    "close": Matter(
        _asked_close,
        lambda one: (reverse("governance:decide", args=[one.pk]), {"svar": "ja"}),
        lambda one, by: decide_reopening(close=one, allow=True, by=by),
        lambda one: Close.objects.get(pk=one.pk).reopened_at is not None,
        "closing.reopened",
    ),
    "report": Matter(
        lambda: made(Kind.MONTHLY)[0],
        lambda one: (reverse("reporting:approve", args=[one.key]), {}),
        lambda one, by: approve_report(report=one, by=by),
        lambda one: Report.objects.get(pk=one.pk).state == State.APPROVED,
        "report.approved",
    ),
    "comment": Matter(
        _submitted,
        lambda one: (
            reverse("narrative:move", args=[one.pk]),
            {"skridt": "godkend", "set": one.mark},
        ),
        lambda one, by: comments.approve(comment=one, by=by, seen=one.mark),
        lambda one: Comment.objects.get(pk=one.pk).state == "approved",
        "comment.approved",
    ),
    "retention": Matter(
        lambda: retention.ask(by=user("alice")),
        lambda one: (reverse("privacy:approve_run", args=[one.pk]), {}),
        lambda one, by: retention.approve(run=one, by=by),
        lambda one: RetentionRun.objects.get(pk=one.pk).approved_by is not None,
        "retention.approved",
    ),
}


@pytest.fixture(params=MATTERS)
def matter(request, hub):
    return MATTERS[request.param]


def attempt(client, matter, one):
    """Alice presses the button of the second person, and says that she is somebody else."""
    path, told = matter.page(one)
    other = user("anna").pk
    lies = dict.fromkeys(("by", "user", "asked_by", "reopen_asked_by", "written_by"), other)
    return client.post(path, lies | told)


def browser(who):
    client = Client()
    client.force_login(who, BACKEND)
    return client


def test_the_same_person_in_another_browser_is_no_second(matter):
    one = matter.ask()
    first, other = browser(user("alice")), browser(user("alice"))
    assert first.session.session_key != other.session.session_key
    attempt(other, matter, one)
    assert not matter.done(one)
    attempt(browser(user("anna")), matter, one)
    assert matter.done(one)


def test_nor_is_she_under_another_name(matter):
    one = matter.ask()
    User.objects.filter(username="alice").update(
        username="alma", first_name="Alma", last_name="Bo", email="alma@example.org"
    )
    attempt(browser(user("alma")), matter, one)
    assert not matter.done(one)


def test_nor_in_another_role(matter):
    one = matter.ask()
    User.objects.filter(username="alice").update(role=Role.ADMINISTRATOR)
    attempt(browser(user("alice")), matter, one)
    assert not matter.done(one)


@pytest.mark.parametrize("who", ["alice", "anna"])
def test_a_key_opens_no_page_and_so_approves_nothing(matter, who):
    one, (_, secret) = (
        matter.ask(),
        make_key(user=user(who), name="x", scopes=tuple(Scope), days=1),
    )
    client = Client(headers={"authorization": f"Bearer {secret}"})
    assert attempt(client, matter, one).status_code in (302, 401, 403)
    assert not matter.done(one)


def test_of_two_who_approve_at_once_one_does(matter):
    """Both have read it before either has decided: what counts is how it stands, not as read."""
    one = matter.ask()
    bo = User.objects.create(username="bo", role=Role.ADMINISTRATOR)
    first, second = (type(one).objects.get(pk=one.pk) for _ in range(2))
    matter.approve(first, user("anna"))
    with pytest.raises(UserError):
        matter.approve(second, bo)
    assert AuditEntry.objects.filter(action=matter.entry).count() == 1


def test_what_is_rewritten_while_it_is_read_is_not_approved_and_not_lost(hub):
    """Anna has it before her; Alice writes another text, and submits it, before Anna presses."""
    comment = _submitted()
    read = Comment.objects.get(pk=comment.pk)
    said = {"goal": None, "municipality": None, "text": "Løgn.", "figure": "", "seen": comment.pk}
    comments.write(contract=contract_on(JUNE), as_of=JUNE, by=user("alice"), **said)
    comments.submit(comment=Comment.objects.get(pk=comment.pk), by=user("alice"))
    with pytest.raises(UserError):
        comments.approve(comment=read, by=user("anna"), seen=read.mark)
    now = Comment.objects.get(pk=comment.pk)
    assert (now.text, now.state) == ("Løgn.", "submitted")


def test_whoever_has_written_a_word_of_it_is_no_second_however_the_last_writer_is_named(hub):
    comment = _submitted()
    said = {"goal": None, "municipality": None, "text": "Andet.", "figure": "", "seen": comment.pk}
    comments.write(contract=contract_on(JUNE), as_of=JUNE, by=user("anna"), **said)
    comment = comments.submit(comment=Comment.objects.get(pk=comment.pk), by=user("anna"))
    for writer in ("alice", "anna"):
        with pytest.raises(UserError):
            comments.approve(comment=comment, by=user(writer), seen=comment.mark)
    comments.approve(comment=comment, by=user("dorte"), seen=comment.mark)


@pytest.mark.parametrize("name", ["close", "report", "retention"])
def test_the_database_too_wants_two(hub, name):
    one, alice, now = MATTERS[name].ask(), user("alice"), timezone.now()
    wrong = {
        "close": {"reopened_by": alice, "reopened_at": now},
        "report": {"decided_by": alice, "decided_at": now, "state": State.APPROVED},
        "retention": {"approved_by": alice, "approver": "alice", "state": "approved"},
    }[name]
    with pytest.raises(IntegrityError), transaction.atomic():
        type(one).objects.filter(pk=one.pk).update(**wrong)
