"""Writes and reads results files: canonical JSON that carries its own hash."""

import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Any

from pejl_effects.errors import EffectError
from pejl_effects.result.model import SCHEMA, Result


def schema() -> dict[str, Any]:
    """The published JSON Schema of a results file."""
    text = resources.files("pejl_effects.result").joinpath("schema.json").read_text("utf-8")
    return dict(json.loads(text))


def digest(record: dict[str, Any]) -> str:
    """SHA-256 over the record without its ``sha256``: keys sorted, no spaces, UTF-8."""
    body = {key: value for key, value in record.items() if key != "sha256"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def to_json(result: Result) -> str:
    """The results file. The same design, data and version give the same bytes."""
    record = rounded(result.as_json())
    record["sha256"] = digest(record)
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def rounded(value: Any) -> Any:
    """Floats to ten digits: below any meaning, above what a change of library moves."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value


def read(path: Path) -> dict[str, Any]:
    """A results file whose hash holds.

    Raises
    ------
    EffectError
        When the file is missing, no results file, or was changed after it was written.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EffectError(f"the file {path}", "a file that exists", "Check the path.") from None
    except ValueError:
        raise EffectError(
            f"{path.name}, which is no JSON", "a results file", "Measure again."
        ) from None
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise EffectError(
            f"{path.name}, which is no results file", f'"schema": "{SCHEMA}"', "Measure again."
        )
    if record.get("sha256") != digest(record):
        raise EffectError(
            f"{path.name}, whose content does not fit its hash",
            "a file as it was written",
            "Fetch the original, or measure again.",
        )
    return record
