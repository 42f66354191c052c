"""A person's own copy holds every personal field of every row about them, and no secret."""

import io
import json
import zipfile

import pytest

from pejl.base.errors import UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Person
from pejl_hub.events.models import Attendance, Event
from pejl_hub.privacy.exporting import SECRET, export
from pejl_hub.privacy.finding import find
from pejl_hub.privacy.register import register
from pejl_hub.privacy.subjects import Subject
from tests.unit.privacy.conftest import OWN

pytestmark = pytest.mark.django_db


def opened(first):
    archive = zipfile.ZipFile(io.BytesIO(export(first=first, by=None)))
    assert archive.namelist() == ["oplysninger.html", "oplysninger.json"]
    return [archive.read(name).decode() for name in archive.namelist()]


@pytest.mark.parametrize("kind", ["person", "contact", "user", "merged"])
def test_what_would_be_erased_is_in_the_copy(filled, kind):
    who = filled(kind)
    page, data = opened(Subject(kind, 1))
    marks = [
        f"{OWN}-{label}.{name}"
        for label, table in register().tables.items()
        if kind in table.of
        for name, (reach, what) in table.personal.items()
        if reach == "own" and what not in (*SECRET, "json", "origin", "ip")
        and f"{OWN}-{label}.{name}" in _kept(table, name)
    ]  # fmt: skip
    assert [mark for mark in marks if mark not in data or mark not in page] == []
    assert who.name in page
    assert len(json.loads(data)["mentions"]) > 20
    assert json.loads(data)["acts"]


def _kept(table, name):
    """The mark as the row has it: some columns are too short for a whole one."""
    return str(table.model._base_manager.values_list(name, flat=True)[0])


def test_no_secret_is_in_the_copy(filled):
    filled("user")
    page, data = opened(Subject("user", 1))
    for text in (page, data):
        assert f"{OWN}-accounts.user.password" not in text
        assert f"{OWN}-accounts.signedin.key" not in text


def test_a_copy_tells_of_attendances_and_is_an_entry_of_the_trail():
    bo = Person.objects.create(name="Bo Brun", email="bo@brun.dk")
    event = Event.objects.create(title="Om moms", held_on="2024-05-18")
    Attendance.objects.create(event=event, person=bo, state="attended")
    page, _data = opened(Subject("person", bo.pk))
    assert "Om moms" in page
    entry = AuditEntry.objects.get(action="privacy.exported")
    assert (entry.object_type, entry.object_id) == ("companies.person", str(bo.pk))
    assert "Bo" not in str(entry.details)


def test_a_text_cannot_run_in_the_page_that_is_read():
    bo = Person.objects.create(name="<script>alert(1)</script> Brun", email="bo@brun.dk")
    page, _data = opened(Subject("person", bo.pk))
    assert "<script>" not in page


def test_there_is_no_copy_of_nobody():
    with pytest.raises(UserError):
        export(first=Subject("person", 99), by=None)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("kind", register().subjects)
def test_everybody_is_found_by_name(filled, kind):
    who = filled(kind)
    assert (kind, 1) in [(one.kind, one.pk) for one in find(who.name.split()[-1])]
