"""The hub's rules of its user evaluation, read from a file: who is asked, when, what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pejl.base.errors import UserError
from pejl.contract.document import read_document
from pejl.contract.goal import Text, at
from pejl.contract.refusal import refuse_first
from pejl.contract.schema import faults

SCHEMA = "brugerevaluering-1"
MONTHS = {"quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Ends:
    """What 0 and 10 mean."""

    low: str
    high: str


@dataclass(frozen=True)
class Rules:
    """One set of rules, as the hub decided it. Days are calendar days; groups count answers."""

    decided_by: str
    type: str
    segments: tuple[str, ...]
    wait_days: int
    oldest_days: int
    once_per: str  # quarter | half_year | year
    reminders_after_days: tuple[int, ...]  # counted from the invitation
    link_days: int
    anonymous_to_adviser: bool
    smallest_group: int
    smallest_stratum: int
    settle_after: timedelta
    why: Mapping[str, str]  # rule -> why the hub decided so

    def period_of(self, day: date) -> str:
        """The period in which a person is asked once, named by its first month.

        Examples
        --------
        >>> Rules("", "", (), 14, 60, "half_year", (), 60, True, 5, 5, timedelta(0), {}).period_of(
        ...     date(2024, 8, 3))
        '2024-07'
        """
        length = MONTHS[self.once_per]
        return f"{day.year:04d}-{(day.month - 1) // length * length + 1:02d}"


@dataclass(frozen=True)
class Evaluation:
    """The file: where the question stands, its translation, and the dated rules."""

    question_clause: str
    question_en: str
    referral_clause: str
    ends: Mapping[str, Ends]  # language -> what 0 and 10 mean
    rules: Mapping[date, Rules]
    sha256: str

    def on(self, day: date) -> Rules:
        """The rules that hold on the day; UserError before the first set."""
        found = at(self.rules, day)
        if found is None:
            raise UserError(
                given=f"the date {day.isoformat()}",
                needed=f"a date from {min(self.rules).isoformat()}, when the rules begin",
                remedy="Choose a later date, or add the rules that held then.",
            )
        return found


@dataclass(frozen=True)
class Theme:
    """A theme of the free text and the words that show it."""

    id: str
    label: Text
    words: Sequence[str]


def load_evaluation(path: Path) -> Evaluation:
    """Read the rules; UserError with the line when the file is not as its schema says."""
    document = read_document(path)
    refuse_first(document, faults(document.data, SCHEMA))
    data = document.data
    return Evaluation(
        question_clause=str(data["question"]["clause"]),
        question_en=data["question"]["translation"]["en"],
        referral_clause=str(data["referral"]["clause"]),
        ends={language: Ends(**ends) for language, ends in data["question"]["ends"].items()},
        rules={date.fromisoformat(day): _rules(entry) for day, entry in data["rules"].items()},
        sha256=document.sha256,
    )


def load_themes(path: Path) -> tuple[Theme, ...]:
    """Read the word lists; UserError with the line when the file is not as its schema says."""
    document = read_document(path)
    refuse_first(document, faults(document.data, "brugerevaluering-temaer-1"))
    return tuple(
        Theme(str(entry["id"]), dict(entry["label"]), tuple(entry["words"]))
        for entry in document.data["themes"]
    )


def _rules(entry: Mapping[str, Any]) -> Rules:
    decided = {name: rule for name, rule in entry.items() if isinstance(rule, Mapping)}
    value = {name: rule["value"] for name, rule in decided.items() if "value" in rule}
    return Rules(
        decided_by=entry["decided_by"],
        type=str(entry["ask"]["type"]),
        segments=tuple(map(str, entry["ask"]["segments"])),
        wait_days=value["wait_days"],
        oldest_days=value["oldest_days"],
        once_per=str(value["once_per"]),
        reminders_after_days=tuple(sorted(value["reminders_after_days"])),
        link_days=value["link_days"],
        anonymous_to_adviser=value["anonymous_to_adviser"],
        smallest_group=value["smallest_group"],
        smallest_stratum=value["smallest_stratum"],
        settle_after=timedelta(minutes=value["settle_minutes"]),
        why={name: rule["why"] for name, rule in decided.items() if "why" in rule},
    )
