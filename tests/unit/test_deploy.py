"""The files that a hub is installed from name commands, options and settings that are there."""

import re
import shlex
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import click
import pytest
import typer
from django.core.exceptions import DisallowedHost
from django.test import RequestFactory
from ruamel.yaml import YAML

import pejl_hub.cli
from pejl_hub.config.demo import is_demo
from pejl_hub.config.served import served
from pejl_hub.sources import uploads
from tests.command import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TOLD = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
# What compose itself fills in; the image's own; the job's; the proxy's.
NOT_PEJL = {"PEJL_HOST", "PEJL_IMAGE", "PEJL_BACKUP_DAYS", "PEJL_PAGES"}
HARDENED = (
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
    "PrivateDevices=yes", "CapabilityBoundingSet=", "SystemCallFilter=@system-service",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "User=pejl", "UMask=0077",
    "ReadWritePaths=/var/backups/pejl",
)  # fmt: skip


def compose():
    return YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def commands():
    """Every call of ``pejl`` in the files, with the file."""
    for unit in UNITS:
        for call in re.findall(r"^ExecStart=-?/opt/pejl/bin/pejl (.+)$", unit.read_text(), re.M):
            yield unit.name, shlex.split(call)
    for call in re.findall(r"^ +pejl ([^&\n]+)", (DEPLOY / "nightly.sh").read_text(), re.M):
        yield "nightly.sh", shlex.split(call.replace('"$newest"', "FILE"))
    for name, service in compose()["services"].items():
        if "entrypoint" not in service and service.get("image", "").startswith("${PEJL_IMAGE"):
            yield f"compose: {name}", service["command"]
    for call in re.findall(r"^CMD \[(.+)\]$", (DEPLOY / "Containerfile").read_text(), re.M):
        yield "Containerfile", [part.strip(' "') for part in call.split(",")]


@pytest.mark.parametrize(("where", "call"), list(commands()))
def test_every_command_is_there_with_its_options(where, call):
    command = typer.main.get_command(pejl_hub.cli.app)
    context = click.Context(command)
    words = list(call)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    known = {option for param in command.get_params(context) for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_commands_of_every_file_are_looked_at():
    assert {where.split(":")[0] for where, _ in commands()} == {
        *(unit.name for unit in UNITS), "nightly.sh", "compose", "Containerfile",
    }  # fmt: skip


def test_every_setting_is_explained():
    named = set()
    for file in DEPLOY.rglob("*"):
        if file.is_file() and file.suffix != ".py":
            named |= set(re.findall(r"\b(?:PEJL_[A-Z_]+|EMAIL_[A-Z_]+)\b", file.read_text()))
    assert {name for name in named - NOT_PEJL if f"`{name}`" not in TOLD} == set()
    assert "PEJL_SECRET_KEY" in named


def test_nothing_that_is_installed_from_is_a_demo():
    """The image says so itself; the compose file's database and the example's address do too."""
    told = (DEPLOY / "Containerfile").read_text()
    assert re.findall(r"\bPEJL_DEMO=(\w+)", told.replace("sets PEJL_DEMO=1", "")) == ["0"]
    others = [one for one in DEPLOY.rglob("*") if one.is_file() and one.name != "Containerfile"]
    assert [one.name for one in others if "PEJL_DEMO" in one.read_text(encoding="utf-8")] == []
    asked = {"DATABASE_URL": compose()["services"]["web"]["environment"]["DATABASE_URL"]}
    example = (DEPLOY / "pejl.env.example").read_text()
    assert not is_demo(asked)
    assert not is_demo(dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.M)))


def test_every_container_of_ours_can_write_nowhere_but_where_it_must():
    services = compose()["services"]
    ours = {name: one for name, one in services.items() if name not in ("database", "proxy")}
    assert set(ours) == {"migrate", "web", "worker", "nightly"}
    for one in ours.values():
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert {volume.split(":")[1] for volume in one["volumes"]} <= {
            "/data", "/backups", "/nightly.sh",
        }  # fmt: skip


def test_only_the_proxy_is_reached_from_outside_and_the_database_is_inside_alone():
    services = compose()["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert services["database"]["networks"] == ["inside"]
    assert compose()["networks"]["inside"]["internal"] is True
    assert "inside" not in services["proxy"]["networks"]


def test_the_proxy_shows_nobody_what_only_watchers_see():
    told = (DEPLOY / "Caddyfile").read_text()
    assert "@inside path /metrics /healthz /readyz /readyz/*" in told
    assert "respond @inside 404" in told


def proxy():
    """The lines of the Caddyfile that say how the pages are asked."""
    told = (DEPLOY / "Caddyfile").read_text()
    return re.search(r"(?s)reverse_proxy (.+?)\n\t}\n", told)[1]


def test_the_proxy_asks_for_the_pages_health_by_a_name_that_they_answer_to(settings):
    """By the name in the inner net Pejl answers 400, and no page would ever be shown."""
    settings.ALLOWED_HOSTS = served({"PEJL_URL": "https://pejl.example.org"})["ALLOWED_HOSTS"]
    page, own = proxy().split()[0].strip("{}").split(":", 1)[1], "pejl.example.org"
    assert page == "web:8000"
    with pytest.raises(DisallowedHost):
        RequestFactory(HTTP_HOST=page).get("/readyz").get_host()
    assert RequestFactory(HTTP_HOST=own).get("/readyz").get_host() == own
    assert re.search(r"health_headers {\s+Host {\$PEJL_HOST}\s+}", proxy())


def test_a_client_cannot_say_where_it_comes_from():
    """What it says is overwritten, and so is the spelling that WSGI takes for the same header."""
    assert "header_up -*_*" in proxy()
    assert "header_up X-Real-IP {remote_host}" in proxy()
    assert "PEJL_CLIENT_ADDRESS=HTTP_X_REAL_IP\n" in (DEPLOY / "pejl.env.example").read_text()


def test_the_proxy_lets_the_largest_import_through(settings):
    (mib,) = re.findall(r"max_size (\d+)MiB", (DEPLOY / "Caddyfile").read_text())
    assert int(mib) * 2**20 >= settings.UPLOAD_MOST_BYTES > uploads.MOST_BYTES


def test_whoever_asks_while_the_pages_are_started_anew_waits():
    (seconds,) = re.findall(r"lb_try_duration (\d+)s", proxy())
    (between,) = re.findall(r"health_interval (\d+)s", proxy())
    assert int(seconds) > 2 * int(between)


def children(pid):
    """The names of what a process has started."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(FileNotFoundError, ProcessLookupError):
            yield Path(f"/proc/{child}/comm").read_text().strip()


def test_the_nights_jobs_stop_when_they_are_told_to():
    """As the container's first process they hear SIGTERM only because they listen for it."""
    waiting = subprocess.Popen(["sh", DEPLOY / "nightly.sh"])
    try:
        until = time.monotonic() + 30
        while "sleep" not in children(waiting.pid) and time.monotonic() < until:
            assert waiting.poll() is None
        while waiting.poll() is None and time.monotonic() < until:
            waiting.terminate()  # again: between its sleep and its wait, sh misses it
            time.sleep(0.05)
    finally:
        waiting.kill()
    assert waiting.wait() == 0


def test_the_image_runs_as_nobody_in_particular_from_files_that_are_there():
    told = (DEPLOY / "Containerfile").read_text()
    assert re.findall(r"^USER (.+)$", told, re.M) == ["10001:10001"]
    bases = re.findall(r"^FROM (\S+)", told, re.M)
    assert len(bases) == 2
    assert not [base for base in bases if base.endswith(":latest") or ":" not in base]
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", told, re.M):
        for source in sources.split():
            assert (ROOT / source).exists(), source


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_is_shut_in(unit):
    lines = unit.read_text().splitlines()
    assert [line for line in HARDENED if line not in lines] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_command_by_hand_is_told_where_everything_lies_as_the_units_are(unit):
    guide = (ROOT / "docs" / "how-to" / "drift.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"^Environment=(.+)$", unit.read_text(), re.M)
    by_hand = set(re.findall(r"-E (\S+)", guide)) | {"PYTHONUNBUFFERED=1"}
    assert set(told.split()) == by_hand


def test_every_timer_has_its_service():
    for timer in (DEPLOY / "systemd").glob("*.timer"):
        assert timer.with_suffix(".service").exists()


def test_the_image_gets_what_pejl_needs_and_nothing_that_only_developers_need():
    done = subprocess.run(
        [sys.executable, "deploy/runtime.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = set(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", done.stdout, re.M))
    assert {"django", "granian", "psycopg", "psycopg-binary", "tzdata", "asgiref"} <= names
    assert not names & {"pytest", "playwright", "mypy", "schemathesis", "hypothesis", "ruff"}
    assert done.stdout.count("--hash=sha256:") > len(names)
