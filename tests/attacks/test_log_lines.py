"""A second line in the log: a forged one, which says that somebody else did something.

By names, files, addresses, headers and methods, and by what an exception says of them. A terminal
that shows the log must not be told what to do either.
"""

import io
import json
import logging
import logging.config
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pejl_hub.core.logs import settings_for

BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029")
FORGED = 'CRITICAL pejl_hub.forged: alice released all {"event": "forged"}'
COLOUR, BELL, C1, ERASE = "\x1b[31m", "\x07", "\x9b2J", "\x7f"
EVIL = "x" + "".join(f"{sign}{FORGED}" for sign in BREAKS) + COLOUR + BELL + C1 + ERASE
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def formatter(style):
    """The hub's own, as Django would make it."""
    told = settings_for(style)["formatters"][style]
    return logging.config.DictConfigurator({}).configure_formatter(dict(told))


@pytest.fixture(params=["json", "text"])
def log(request):
    """What the hub's log would hold, in the layout for machines and in the one for people."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(request.param))
    level, held = root.level, logging.getLogger("pejl_hub").level
    root.setLevel("DEBUG")
    logging.getLogger("pejl_hub").setLevel("DEBUG")
    root.addHandler(handler)
    yield request.param, stream.getvalue
    root.removeHandler(handler)
    root.setLevel(level)
    logging.getLogger("pejl_hub").setLevel(held)


def sound(style, text):
    """Each line is one that the hub wrote, and steers nothing."""
    assert CONTROLS.search(text) is None
    for line in text.splitlines():
        if style == "json":
            assert json.loads(line)["log"] != "pejl_hub.forged"
        else:
            assert not line.startswith("CRITICAL pejl_hub.forged")
    return text


def test_what_is_logged_of_anything_is_one_line(log):
    style, told = log
    for name in ("pejl_hub.x", "somebody.else"):
        logging.getLogger(name).warning("Signed in: %s", EVIL)
        logging.getLogger(name).warning(EVIL)
        logging.getLogger(name).warning({"who": EVIL})
        logging.getLogger(name).warning("done", extra={"state": EVIL, "route": EVIL})
    text = sound(style, told())
    assert len(text.splitlines()) == 8


def test_an_exceptions_words_begin_no_line_of_their_own(log):
    style, told = log
    try:
        raise ValueError(EVIL)
    except ValueError:
        logging.getLogger("pejl_hub.x").exception("failed")
    lines = sound(style, told()).splitlines()
    assert len([line for line in lines if not line.startswith("    ")]) == 1


def test_by_the_doors_of_the_house(log, signed_in):
    """User names, passwords, paths, searches, headers, hosts, methods and the names of files."""
    style, told = log
    nobody = Client(raise_request_exception=False)
    for sign in ("\n", "\r\n", "\x1b", "\x9b", "\u2028"):
        evil = f"x{sign}{FORGED}"
        nobody.post(reverse("accounts:sign_in"), {"username": evil, "password": evil})
        nobody.get(f"/{evil}/")
        nobody.get("/soeg/", {"q": evil, evil: "1"})
        nobody.get("/svar/x/", headers={"user-agent": evil, "referer": evil, "x-real-ip": evil})
        nobody.get("/log-ind/", headers={"x-request-id": f"{'0' * 32}{sign}", "host": evil})
        nobody.generic(f"GET{sign}CRITICAL", "/log-ind/")
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.post(f"/log-ind/{evil}", {}, headers={"referer": f"https://{evil}"})
        alice = signed_in("alice")
        alice.raise_request_exception = False
        file = SimpleUploadedFile("x.csv", b"a;b\n1;2\n")
        file.name = f"{evil}.csv"
        alice.post(reverse("sources:upload"), {"source": evil, "files": file})
        alice.get(f"/api/noegler/{evil}")
    assert sound(style, told())


@pytest.mark.parametrize("style", ["json", "text"])
def test_the_markers_would_have_made_lines(style):
    """What is sent above is on its way: a plain formatter breaks it into many."""
    record = logging.makeLogRecord({"msg": EVIL, "name": "pejl_hub.x"})
    assert len(logging.Formatter().format(record).splitlines()) == len(BREAKS) + 1
    assert len(formatter(style).format(record).splitlines()) == 1
