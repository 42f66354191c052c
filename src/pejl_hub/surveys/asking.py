"""What to ask, whom and when: the hub's rules and the contract's question, on a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from pejl.contract.goal import Contract, at
from pejl.contract.load import load
from pejl.surveys.question import question_in
from pejl.surveys.rules import Ends, Evaluation, Rules, Theme, load_evaluation, load_themes
from pejl_hub.contracts.scored import scored_files

T = TypeVar("T")
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Question:
    """The contract's question in the language of the page, and word for word."""

    text: str
    original: str
    ends: Ends


def rules_on(day: date) -> Rules:
    """The rules that hold on the day; UserError before the first set."""
    return evaluation().on(day)


def smallest_group_on(day: date) -> int:
    """From how many answers a group is shown; a hub without rules of its own gets the default."""
    if not _rules_file().exists():
        return SMALLEST_GROUP
    rules = at(evaluation().rules, day)
    return SMALLEST_GROUP if rules is None else rules.smallest_group


def evaluation() -> Evaluation:
    """The hub's rules; read again when the file changes."""
    return _kept(load_evaluation, _rules_file())


def _rules_file() -> Path:
    return Path(settings.CONTRACTS) / "survey" / "evaluation.yaml"


def themes() -> tuple[Theme, ...]:
    """The hub's word lists; read again when the file changes."""
    return _kept(load_themes, Path(settings.CONTRACTS) / "survey" / "themes.yaml")


def question_on(day: date, language: str) -> Question:
    """The question of the contract that holds on the day, else of the newest before it."""
    found = evaluation()
    original = question_in(contract_for(day).clauses[found.question_clause])
    text = found.question_en if language == "en" else original
    return Question(text, original, found.ends[language])


def contract_for(day: date) -> Contract:
    """The contract whose period began last before the day, else the oldest there is.

    A hub goes on asking while next year's contract is being signed.
    """
    found = sorted(
        (_kept(load, path) for path in scored_files()),
        key=lambda contract: contract.period.start,
    )
    return next((one for one in reversed(found) if one.period.start <= day), found[0])


def _kept(read: Callable[[Path], T], path: Path) -> T:
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _read(read, path, stamp)


@lru_cache(maxsize=16)
def _read(read: Callable[[Path], T], path: Path, stamp: int) -> T:
    return read(path)
