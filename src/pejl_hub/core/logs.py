"""The log as lines of JSON, without personal data.

A line has the time, the level, who wrote it, the request's number, and what the writer put in
``extra`` under a name of ``FIELDS``. Of a message only the template is kept, never what is filled
in; of an exception its kind and the places in the program, never its text or its variables: both
may hold a name, an e-mail or the secret of a link. A message that others put together beforehand
is left out, for nobody knows what is in it: the place that wrote it stands there instead.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from pejl_hub.core import requestid

OWN = ("pejl.", "pejl_hub.")
FIELDS = (
    "user", "role", "key", "method", "route", "status", "ms", "job", "queue", "state", "command",
)  # fmt: skip
FRAMES = 12
# What ends a line or tells a terminal what to do: C0, DEL, C1, and the two separators.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Lines(logging.Formatter):
    """One JSON object on each line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line; it raises nothing, whatever the record holds."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "event": _event(record),
            "request": requestid.current.get(),
        }
        told |= {name: getattr(record, name, None) for name in FIELDS}
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = list(_chain(record.exc_info[1]))
        kept = {name: value for name, value in told.items() if value not in (None, "")}
        return _visible(json.dumps(kept, ensure_ascii=False))


class Plain(logging.Formatter):
    """A line of text for a person; an exception's own lines are indented, so none looks new."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, with every control character written out."""
        return _visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        """The traceback, of which an exception's text may be a forged line."""
        lines = super().formatException(ei).split("\n")
        return "\n".join(f"    {_visible(line)}" for line in lines)


def _visible(text: str) -> str:
    """The text in one line: what would end it or steer a terminal is written as its number."""
    return CONTROLS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _event(record: logging.LogRecord) -> str:
    template = record.msg if isinstance(record.msg, str) else ""
    if template and (record.args or record.name.startswith(OWN)):
        return template
    return f"{record.module}:{record.lineno}"


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The error and what it came of: kinds, and places from the innermost outwards."""
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        yield {
            "kind": f"{type(error).__module__}.{type(error).__qualname__}",
            "at": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in reversed(frames)],
        }
        error = error.__cause__


def _short(path: str) -> str:
    """The path from its package on: where it is installed is nobody's business."""
    parts = PurePath(path).parts
    for start in ("site-packages", "src"):
        if start in parts:
            return "/".join(parts[parts.index(start) + 1 :])
    return parts[-1] if parts else ""


def settings_for(style: str) -> dict[str, Any]:
    """Django's LOGGING: ``json`` for machines, or ``text``, which says faults alone.

    All of it goes to stderr: what a command answers stands on stdout by itself.
    """
    as_json = style == "json"
    layout = "json" if as_json else "text"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "pejl_hub.core.logs.Lines"},
            "text": {
                "()": "pejl_hub.core.logs.Plain",
                "fmt": "{levelname} {name}: {message}",
                "style": "{",
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": layout}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "pejl_hub": {"level": "INFO" if as_json else "WARNING"},
            # What it says of refusals, each request's own line says without the address.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "axes": {"level": "WARNING"},
        },
    }
