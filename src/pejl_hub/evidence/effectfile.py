"""The results file of the effect tool, read and distrusted: its shape, its hash, its goals.

The tool and the hub meet in this file alone. Its schema is the tool's own, kept here as a copy that
a test holds equal.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from pejl.base.errors import UserError

MOST_BYTES = 5 * 1024 * 1024
SCHEMA = Path(__file__).with_name("effect-result-1.schema.json")
# Which goal of the contract an outcome in a segment answers (Mål 5 names the pairs).
GOALS: Mapping[tuple[str, str], str] = {
    ("growth", "turnover"): "effect_turnover",
    ("growth", "fte"): "effect_employment",
    ("operating", "productivity"): "effect_productivity",
}


@dataclass(frozen=True)
class EffectFile:
    """A results file that is as it was written. ``sha256`` is of the file's bytes."""

    sha256: str
    content: Mapping[str, Any]

    def main_effects(self) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """Goal and effect, for what a verdict is read from and that was not suppressed."""
        segment = self.content["segment"]
        return [
            (GOALS[segment, effect["outcome"]], effect)
            for effect in self.content["effects"]
            if effect["role"] == "main"
            and effect["estimate"] is not None
            and (segment, effect["outcome"]) in GOALS
        ]


def read_effects(content: bytes) -> EffectFile:
    """The file, checked.

    Raises
    ------
    UserError
        When it is too large, not JSON, not of the schema, or changed since it was written.
    """
    if len(content) > MOST_BYTES:
        raise _refused("a file of more than 5 MB")
    try:
        data = json.loads(content)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _refused("a file that is not JSON") from error
    if fault := next(iter(_validator().iter_errors(data)), None):
        raise _refused(f"a file with a fault at {fault.json_path}: {fault.message[:200]}")
    try:
        digest = _hash_of(data)
    except UnicodeEncodeError as error:  # half a character, which no database stores
        raise _refused("a file that is not text throughout") from error
    if digest != data["sha256"]:
        raise _refused("a file that was changed after it was written")
    return EffectFile(hashlib.sha256(content).hexdigest(), data)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _hash_of(data: Mapping[str, Any]) -> str:
    """As the tool hashes it: without the key itself, keys sorted, no spaces, UTF-8."""
    rest = {key: value for key, value in data.items() if key != "sha256"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _refused(given: str) -> UserError:
    return UserError(
        given=given,
        needed="a results file as `pejl-effects measure` writes it",
        remedy="Take the file anew from where the measurement was made.",
    )
