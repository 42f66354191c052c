"""The doctor's findings, each well beside ill; every one that is not well says what to do."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User
from pejl_hub.config.folder import data_folder
from pejl_hub.config.served import served
from pejl_hub.core.presence import at_work
from pejl_hub.operations import doctor
from pejl_hub.operations.doctor import Level, examine

GIB = 2**30


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.PEJL_BACKUPS = tmp_path / "backups"
    settings.PEJL_BACKUPS.mkdir()


def found(check):
    (one,) = [one for one in examine() if one.check == check]
    assert (one.remedy == "") == (one.level is Level.OK)
    return one


def served_at(settings, address, **more):
    for name, value in (served({"PEJL_URL": address}) | more).items():
        setattr(settings, name, value)


def test_settings_for_this_machine_alone_and_for_production_are_well(db, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert found("settings").level is Level.OK
    served_at(settings, "https://pejl.example.org")
    assert found("settings").level is Level.OK


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("http://pejl.example.org", {}, "PEJL_URL"),
        ("https://pejl.example.org", {"ALLOWED_HOSTS": ["*"]}, "any name"),
        ("https://pejl.example.org", {"SECRET_KEY": "kort"}, "security.W009"),
        ("https://pejl.example.org", {"DEBUG": True}, "PEJL_DEBUG"),
    ],
)
def test_settings_that_let_somebody_in_are_wrong(db, settings, address, more, said):
    served_at(settings, address, **more)
    assert found("settings").level is Level.WRONG
    assert said in found("settings").said


def test_a_queue_without_a_worker_is_warned_of_and_one_that_stands_still_is_wrong(db):
    assert found("worker").level is Level.WARNING
    with at_work("alma"):
        assert found("worker").level is Level.OK
        job = DBTaskResult.objects.create(
            task_path="x", args_kwargs={"args": [], "kwargs": {}}, queue_name="default",
            status="READY", priority=0, backend_name="default",
            exception_class_path="", traceback="",
            run_after=timezone.now() - timedelta(hours=1),
        )  # fmt: skip
        since = timezone.now() - timedelta(hours=1)
        DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=since)
        assert found("worker").level is Level.WRONG


def test_the_newest_backup_counts(db, settings):
    assert found("backups").level is Level.WARNING
    for name, hours, level in (("pejl-1.tar", 40, Level.WRONG), ("pejl-2.tar", 1, Level.OK)):
        (settings.PEJL_BACKUPS / name).touch()
        then = time.time() - hours * 3600
        os.utime(settings.PEJL_BACKUPS / name, (then, then))
        assert found("backups").level is level


@pytest.mark.parametrize(("free", "level"), [(9, Level.OK), (3, Level.WARNING), (0.5, Level.WRONG)])
def test_a_disk_that_fills_up_is_told_in_time(db, monkeypatch, free, level):
    usage = type("Usage", (), {"free": free * GIB})()
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    assert found("disk").level is level


@pytest.mark.parametrize(("days", "level"), [(60, Level.OK), (5, Level.WRONG)])
def test_a_certificate_that_is_about_to_end_is_told(db, settings, monkeypatch, days, level):
    served_at(settings, "https://pejl.example.org")
    monkeypatch.setattr(doctor, "_ends", lambda *_: datetime.now(UTC) + timedelta(days=days))
    assert found("certificate").level is level


def test_a_mail_server_that_does_not_answer_is_a_finding_and_the_others_go_on(db, settings):
    assert found("mail").level is Level.WARNING
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert found("mail").level is Level.WRONG
    assert "127.0.0.1, port 1" in found("mail").said
    assert "EMAIL_" in found("mail").remedy
    assert found("tables").level is Level.OK


def test_a_hub_without_users_is_warned_of_and_one_whose_users_nobody_can_manage_is_wrong(db):
    assert found("users").level is Level.WARNING
    User.objects.create(username="bo", role=Role.CONTROLLER)
    assert found("users").level is Level.WRONG
    assert "pejl user add" in found("users").remedy
    User.objects.create(username="anna", role=Role.ADMINISTRATOR)
    assert found("users").level is Level.OK


def test_an_address_without_a_proxy_is_named_with_what_to_look_at(db, settings):
    served_at(settings, "https://localhost:1")
    assert found("certificate").level is Level.WRONG
    assert found("certificate").said.startswith("https://localhost:1 shows no certificate")
    assert "DNS" in found("certificate").remedy


def test_a_data_folder_that_takes_no_file_is_named(db, settings, tmp_path):
    settings.DATA = tmp_path / "a file"
    settings.DATA.touch()
    assert found("disk").level is Level.WRONG
    assert found("disk").said.startswith(f"{tmp_path}/a file takes no file: ")
    assert "PEJL_DATA" in found("disk").remedy


def test_a_folder_of_backups_that_is_none_is_said(db, settings, monkeypatch):
    def refuse():
        raise PermissionError(13, "Permission denied", "/backups")

    monkeypatch.setattr(doctor.backup, "folder", refuse)
    assert found("backups").level is Level.WRONG
    assert "PEJL_BACKUPS" in found("backups").remedy


def test_a_database_that_is_away_is_said_by_every_check_that_asks_it(db, monkeypatch):
    def away():
        raise OperationalError("connection refused\nIs the server running?")

    with monkeypatch.context() as broken:
        broken.setattr(doctor.connection, "cursor", away)
        told = found("database")
    assert told.said == "the database cannot be asked: connection refused"
    assert "DATABASE_URL" in told.remedy


def test_what_nobody_foresaw_is_still_a_finding(db, monkeypatch):
    monkeypatch.setitem(doctor.CHECKS, "clock", lambda: {}["x"])
    assert found("clock").level is Level.WRONG
    assert found("clock").said == "this could not be looked at: 'x'"


def test_a_folder_of_contracts_that_is_not_there_is_said(db, settings, tmp_path):
    assert found("contracts").level is Level.OK
    settings.CONTRACTS = tmp_path / "contracts" / "hovedstaden"
    assert found("contracts").level is Level.WRONG
    assert "PEJL_CONTRACTS" in found("contracts").remedy
    (tmp_path / "contracts" / "shared").mkdir(parents=True)
    assert found("contracts").level is Level.WARNING


def test_a_data_folder_that_cannot_be_one_is_refused_in_a_sentence(tmp_path):
    assert data_folder({"PEJL_DATA": str(tmp_path / "new" / "var")}).is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"file .File exists.. Needed: a folder .* Set PEJL_DATA"):
        data_folder({"PEJL_DATA": str(tmp_path / "file")})


def test_a_data_folder_of_somebody_elses_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(UserError, match="Permission denied"):
        data_folder({"PEJL_DATA": str(tmp_path)})
