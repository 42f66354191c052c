"""The survey with PostgreSQL as the database: its tests once more, and a job killed twice."""

from collections import Counter

import pytest

from tests.command import Hub
from tests.mailserver import MailServer
from tests.unit.surveys import test_killed_twice as killed

FEW = 1_000


@pytest.mark.postgres
def test_enrolling_sending_answering_and_who_sees_what_are_the_same_on_postgresql(
    postgres, tmp_path
):
    postgres.again(
        tmp_path,
        "tests/unit/surveys/test_enrolling.py",
        "tests/unit/surveys/test_sending.py",
        "tests/web/test_answer_pages.py",
        "tests/web/test_anonymity.py",
    )


@pytest.mark.postgres
def test_each_is_asked_exactly_once_on_postgresql_by_a_job_that_is_killed_twice(
    postgres, tmp_path, monkeypatch
):
    monkeypatch.setattr(killed, "PEOPLE", FEW)
    with MailServer(log=tmp_path / "mail.log") as server:
        hub = Hub(
            tmp_path / "hub",
            {
                "DATABASE_URL": postgres.migrated_database(),
                "PEJL_CONTRACTS": str(killed.no_waiting_to_settle(tmp_path)),
                "PEJL_MAIL_LOG": str(tmp_path / "mail.log"),
                "EMAIL_HOST": server.host,
                "EMAIL_PORT": str(server.port),
                "DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings",
            },
        )
        set_up = killed.SET_UP.replace("range(10000)", f"range({FEW})")
        assert hub.python(set_up).strip() == str(FEW)
        for moment in (FEW // 4, FEW // 2):
            killed.killed_when(hub, server, moment)
        done = hub.run("survey", "send", "--on", killed.DAY)
        assert (done.returncode, done.stderr) == (0, "")
        asked = Counter(one.to for one in server.taken)
        assert (len(asked), set(asked.values())) == (FEW, {1})
