"""What is wrong with the machine and its settings: one small check each, and what to do."""

import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pejl_hub.accounts.administrators import able
from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.accounts.resealing import look
from pejl_hub.audit import chain
from pejl_hub.core import presence
from pejl_hub.operations import backup

GIB = 2**30
SECONDS = 5  # as long as another machine may take to answer
WAITING = timedelta(minutes=10)
BACKUP_AGE, CERTIFICATE_LEFT = timedelta(hours=26), timedelta(days=14)
CLOCK = timedelta(seconds=60)
UNKNOWN = ("this could not be looked at", "Look at the message, and tell who makes Pejl.")
# By check: what is said when it cannot be made at all, and what to do then.
UNMADE = {
    "disk": (
        "{settings.DATA} takes no file",
        "Let the user that Pejl runs as write there, or set PEJL_DATA.",
    ),
    "mail": (
        "{settings.EMAIL_HOST}, port {settings.EMAIL_PORT}, takes no letters",
        "Check the variables EMAIL_…, the server, and the way to it through the firewall.",
    ),
    "certificate": (
        "{settings.PEJL_URL} shows no certificate that this machine trusts",
        "Check the name in the DNS, the proxy and its log, and the day its certificate ends.",
    ),
    "backups": (
        "the folder of backups cannot be read",
        "Let the user that Pejl runs as read it, or set PEJL_BACKUPS.",
    ),
}
HINT = "See docs/reference/cli.md on the variables of the environment."


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """What a check found, and what to do about it when it is not ok."""

    check: str
    level: Level
    said: str
    remedy: str = ""


Check = Callable[[], Finding]


def examine() -> Iterator[Finding]:
    """Every check in turn; one that fails itself is a finding, and the others go on."""
    for name, check in CHECKS.items():
        try:
            found = check()
        except Exception as error:
            found = _unmade(name, error)
        yield Finding(name, found.level, found.said, found.remedy)


def _unmade(name: str, error: Exception) -> Finding:
    """A check that could not be made: what was asked, what it answered, and where to look."""
    lines = str(error).strip().splitlines()
    reason = lines[0] if lines else type(error).__name__
    if isinstance(error, DatabaseError):
        return _wrong(
            f"the database cannot be asked: {reason}",
            "Check DATABASE_URL, that the server runs, and that `pejl migrate` has been run.",
        )
    asked, remedy = UNMADE.get(name, UNKNOWN)
    return _wrong(f"{asked.format(settings=settings)}: {reason}", remedy)


def _ok(said: str) -> Finding:
    return Finding("", Level.OK, said)


def _warn(said: str, remedy: str) -> Finding:
    return Finding("", Level.WARNING, said, remedy)


def _wrong(said: str, remedy: str) -> Finding:
    return Finding("", Level.WRONG, said, remedy)


def _settings() -> Finding:
    if settings.DEBUG:
        return _wrong("PEJL_DEBUG is on", "Take it out: it shows the insides to everybody.")
    outside = set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}
    if outside and not settings.PEJL_URL.startswith("https://"):
        return _wrong(
            f"PEJL_URL is {settings.PEJL_URL}, and others than this machine are served",
            "Serve it behind a proxy with HTTPS, and let PEJL_URL begin with https://.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        return _wrong("PEJL_HOSTS lets any name in", "Name the hosts that people use.")
    if outside and is_demo():
        return _wrong("the demo's users may sign in from outside", "Use a hub of its own.")
    # Django's own list for production; one of `pejl serve` on this machine alone is none.
    found = run_checks(include_deployment_checks=bool(outside))
    if serious := [one for one in found if one.level >= WARNING]:
        return _wrong(f"{serious[0].id}: {serious[0].msg.splitlines()[0]}", HINT)
    return _ok(f"served as {', '.join(sorted(settings.ALLOWED_HOSTS))}")


def _database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            (said,) = cursor.fetchone()
            if said != "ok":
                return _wrong(f"SQLite says {said}", "Stop Pejl and put the newest backup back.")
            return _ok("SQLite, whole")
        cursor.execute("SHOW server_version")
        return _ok(f"PostgreSQL {cursor.fetchone()[0]}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return _wrong(f"{waiting} changes of the tables wait", "Back up, then `pejl migrate`.")
    return _ok("the tables are those of this version")


def _contracts() -> Finding:
    folder = Path(settings.CONTRACTS)
    if not (folder.parent / "shared").is_dir():
        return _wrong(
            f"{folder.parent}/shared, the lists that contracts share, is not there",
            "Copy the folder contracts/ of this version, and set PEJL_CONTRACTS to a hub's in it.",
        )
    if not any(folder.glob("*.yaml")):
        return _warn(
            f"no contract in {folder}", "Set PEJL_CONTRACTS, unless it is written on the pages."
        )
    return _ok(f"those in {folder.name}/ are there")


def _disk() -> Finding:
    data, free = Path(settings.DATA), shutil.disk_usage(settings.DATA).free
    probe = data / ".doctor"
    probe.write_bytes(b"")
    probe.unlink()
    said = f"{free / GIB:.1f} GiB free where {data.name}/ lies"
    if free < GIB:
        return _wrong(said, "Make room: `pejl snapshot prune`, or a larger disk.")
    return _ok(said) if free > 5 * GIB else _warn(said, "Plan for a larger disk.")


def _mail() -> Finding:
    if not settings.EMAIL_HOST:
        return _warn("no mail server: what would be sent is printed", "Set EMAIL_HOST.")
    with mail.get_connection(timeout=SECONDS, fail_silently=False):
        return _ok(f"{settings.EMAIL_HOST} answers")


def _worker() -> Finding:
    since = timezone.now() - WAITING
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    late = ready.filter(enqueued_at__lt=since, run_after__lt=since).count()
    if late:
        return _wrong(
            f"{late} jobs have waited for more than {WAITING.seconds // 60} minutes",
            "Start a worker: `pejl worker`, or the unit pejl-worker@1.",
        )
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gt=timezone.now() - timedelta(days=7)
    ).count()
    if not presence.how_many():
        return _warn("no worker is at work", "Start one: `pejl worker`, or `pejl serve`.")
    if failed:
        return _warn(f"{failed} jobs failed in the last week", "Look at the worker's log.")
    return _ok(f"{presence.how_many()} at work; {ready.count()} jobs wait, none for long")


def _clock() -> Finding:
    if connection.vendor == "sqlite":
        return _ok("the database is on this machine")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(timezone.now() - cursor.fetchone()[0])
    said = f"{apart.total_seconds():.0f} seconds from the database's clock"
    return _ok(said) if apart < CLOCK else _wrong(said, "Set both clocks by NTP.")


def _certificate() -> Finding:
    address = urlsplit(settings.PEJL_URL)
    if address.scheme != "https":
        return _ok("no HTTPS address to look at")
    ends = _ends(address.hostname or "", address.port or 443)
    left = ends - datetime.now(UTC)
    said = f"the certificate of {address.hostname} ends in {left.days} days"
    if left < CERTIFICATE_LEFT:
        return _wrong(said, "Renew it, and see why that did not happen by itself.")
    return _ok(said)


def _ends(host: str, port: int) -> datetime:
    trusted = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=SECONDS) as plain,
        trusted.wrap_socket(plain, server_hostname=host) as secure,
    ):
        told = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)


def _backups() -> Finding:
    found = sorted(backup.folder().glob("pejl-*.tar"), key=lambda path: path.stat().st_mtime)
    if not found:
        return _warn(f"no backup in {backup.folder()}", "Run `pejl backup` every night.")
    age = timezone.now() - datetime.fromtimestamp(found[-1].stat().st_mtime, UTC)
    said = f"{found[-1].name} is {age.total_seconds() / 3600:.0f} hours old"
    return _ok(said) if age < BACKUP_AGE else _wrong(said, "See why the nightly one did not run.")


def _audit() -> Finding:
    found = chain.verify()
    if not found.holds:
        return _wrong(f"{len(found.breaks)} places fail", "Run `pejl audit verify`.")
    return _ok(f"{found.links} entries stand as they were written")


def _users() -> Finding:
    if able():
        return _ok("somebody can sign in and manage users")
    said, remedy = (
        "nobody who can sign in may manage users",
        "pejl user add NAME --role administrator",
    )
    return _wrong(said, remedy) if User.objects.exists() else _warn(said, remedy)


def _codes() -> Finding:
    seals = look()
    if seals.lost:
        said = f"the codes of {len(seals.lost)} users open with no signing key that is known"
        return _wrong(said, "Put the key in PEJL_SECRET_KEY_FALLBACKS, or `pejl user reset-code`.")
    if seals.former:
        said = f"{seals.former} codes are sealed with a former signing key"
        return _warn(said, "Run `pejl user reseal`; then that key can go.")
    return _ok("every code is sealed with the signing key of today")


CHECKS: dict[str, Check] = {
    "settings": _settings,
    "database": _database,
    "tables": _migrations,
    "contracts": _contracts,
    "disk": _disk,
    "mail": _mail,
    "worker": _worker,
    "clock": _clock,
    "certificate": _certificate,
    "backups": _backups,
    "audit log": _audit,
    "users": _users,
    "codes": _codes,
}
