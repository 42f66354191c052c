"""What is asked for and its job are written together: a kill between them leaves nothing."""

from datetime import date

import pytest
from django.apps import apps
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from pejl_hub.accounts.models import Role, User
from pejl_hub.publishing.actions import ask_for_edition
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.kinds import Kind
from pejl_hub.sources.cvr.refresh import start_refresh
from pejl_hub.sources.imports import start_import
from tests.faults.test_worker_killed import PRESS

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 30)


class Killed(BaseException):
    """As ``kill -9``: nothing catches it."""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path / "var"
    settings.DATA.mkdir()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "presse.csv"
    path.write_bytes(PRESS)
    return path


@pytest.fixture
def alice():
    return User.objects.create(username="alice", role=Role.CONTROLLER)


ASKED = {
    "sources.importrun": lambda file, by: start_import(path=file, source="escrm", by=by),
    "publishing.edition": lambda file, by: ask_for_edition(day=JUNE, by=by),
    "reporting.order": lambda file, by: ask_for(kind=Kind.MONTHLY, day=JUNE, by=by),
    "sources.cvrrefresh": lambda file, by: start_refresh(path=file, by=by),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_killed_before_its_job_is_queued_was_never_asked_for(
    name, file, alice, monkeypatch
):
    def enqueue(*_given):
        assert apps.get_model(name).objects.exists()  # the kill is between the two
        raise Killed

    monkeypatch.setattr(DatabaseBackend, "enqueue", enqueue)
    with pytest.raises(Killed):
        ASKED[name](file, alice)
    assert not apps.get_model(name).objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_has_its_job_before_the_commit(name, file, alice):
    asked = ASKED[name](file, alice)
    given = DBTaskResult.objects.get().args_kwargs["kwargs"]
    assert list(given.values()) == [asked.pk]


def test_a_queue_that_is_no_table_is_told_after_the_commit(
    file, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        run = start_import(path=file, source="escrm", by=None)
        run.refresh_from_db()
        assert run.state == "waiting"
    run.refresh_from_db()
    assert run.state == "done"
