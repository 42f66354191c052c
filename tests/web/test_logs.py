"""The log holds what an operator needs, and nothing about anybody.

Markers of personal data are sent in by every door that a request has; none comes out in the log.
"""

import io
import json
import logging

import pytest
from django.db import IntegrityError
from django.test import Client

from pejl_hub.accounts.models import User
from pejl_hub.core.logs import Lines, settings_for

NAME, MAIL, CVR, CPR, SECRET = (
    "Mærke Hansen", "maerke@example.org", "53648371", "010190-1234", "hemmelig-kode-123",
)  # fmt: skip
MARKERS = (NAME, "M\\u00e6rke", "Hansen", MAIL, "maerke", CVR, CPR, SECRET, "hemmelig")


@pytest.fixture
def lines():
    """Every line that the production's log would hold."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    root, levels = logging.getLogger(), {}
    for name, told in [("", {"level": "INFO"}), *settings_for("json")["loggers"].items()]:
        levels[name] = logging.getLogger(name).level
        logging.getLogger(name).setLevel(told["level"])
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def clean(lines):
    text = json.dumps(lines(), ensure_ascii=False)
    return [marker for marker in MARKERS if marker in text]


def test_a_request_is_a_line_with_its_number_route_user_and_time(signed_in, lines):
    number = "0123456789abcdef0123456789abcdef"
    signed_in("alice").get("/api/noegler/?q=1", headers={"x-request-id": number})
    (line,) = [one for one in lines() if one["event"] == "request"]
    assert line["request"] == number
    assert (line["route"], line["status"], line["method"]) == ("api:keys", 200, "GET")
    assert line["user"] == User.objects.get(username="alice").pk
    assert line["role"] == "controller"
    assert line["ms"] >= 0
    assert line["level"] == "info"
    assert line["time"].endswith("+00:00")


def test_what_watches_the_hub_fills_no_log(db, lines):
    Client().get("/healthz")
    Client().get("/static/core/pejl.css").close()
    assert lines() == []


def test_nothing_that_comes_in_by_any_door_comes_out_in_the_log(signed_in, lines):
    alice = signed_in("alice")
    alice.raise_request_exception = False
    told = {"q": NAME, "cvr": CVR, "email": MAIL, "navn": NAME, "cpr": CPR}
    alice.get("/klienter/", told, headers={"user-agent": NAME, "referer": f"http://x/{MAIL}"})
    alice.post("/virksomheder/ny/", told)
    alice.post("/vejledninger/ny/", told)
    alice.post("/api/v1/guidances", json.dumps(told), content_type="application/json",
               headers={"authorization": f"Bearer {SECRET}"})  # fmt: skip
    nobody = Client(raise_request_exception=False)
    nobody.get(f"/svar/{SECRET}/")
    nobody.get(f"/tilmelding/{SECRET}/")
    nobody.get(f"/{MAIL}/{CVR}")
    nobody.get("/", headers={"host": "maerke.example.org"})
    nobody.post("/log-ind/", {"username": MAIL, "password": SECRET})
    nobody.get("/log-ind/", headers={"x-request-id": CPR})
    nobody.generic("MAERKE", f"/{SECRET}/")
    assert len([one for one in lines() if one["event"] == "request"]) == 11
    assert clean(lines) == []


def test_a_fault_is_logged_by_its_kind_and_place_never_its_words(db, lines, monkeypatch):
    def fail(*_, **__):
        name = NAME
        try:
            raise KeyError(name)
        except KeyError as error:
            raise IntegrityError(f"Key (email)=({MAIL}) already exists") from error

    monkeypatch.setattr("pejl_hub.core.views.render", fail)
    Client(raise_request_exception=False).get(f"/tilgaengelighed/?q={CPR}")
    (fault,) = [one for one in lines() if "error" in one]
    kinds = [one["kind"] for one in fault["error"]]
    assert kinds == ["django.db.utils.IntegrityError", "builtins.KeyError"]
    assert any(place.startswith("pejl_hub/core/views.py:") for place in fault["error"][0]["at"])
    assert fault["level"] == "error"
    assert fault["request"]
    assert clean(lines) == []


def test_what_other_programs_parts_write_is_kept_as_a_template_or_a_place(lines):
    log = logging.getLogger("somebody.else")
    log.warning("Sent to %s", MAIL)
    log.warning(f"Sent to {MAIL}")
    log.warning({"to": MAIL})
    logging.getLogger("pejl_hub.x").warning("done", extra={"state": "ok", "email": MAIL})
    template, place, thing, own = lines()
    assert template["event"] == "Sent to %s"
    assert place["event"].startswith("test_logs:")
    assert thing["event"].startswith("test_logs:")
    assert (own["event"], own["state"]) == ("done", "ok")
    assert clean(lines) == []


def test_a_plain_formatter_would_have_told_all_of_it():
    """The markers above are really on their way: without these lines they stand in the log."""
    record = logging.makeLogRecord({"msg": "Sent to %s", "args": (MAIL,)})
    assert MAIL in logging.Formatter().format(record)
    assert MAIL not in Lines().format(record)
