"""A design: everything that decides what is measured, in frozen records."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pejl_effects.groups.rule import MatchRule
from pejl_effects.matching.strata import Bands

Frequency = Literal["year", "month"]


@dataclass(frozen=True)
class Data:
    """Where the data lie. vintage : which delivery of the registers, for the results file."""

    panel: Path
    guided: Path
    vintage: str
    frequency: Frequency
    mergers: Path | None = None


@dataclass(frozen=True)
class Columns:
    """Names of the key columns in the panel and in the list of guided firms."""

    firm: str = "firm"
    period: str = "period"
    started: str = "started"
    ended: str = "ended"
    into: str = "into"


@dataclass(frozen=True)
class Outcome:
    """What grows.

    column : summed over the window. per : another column to divide by (turnover per FTE).
    growth : ``log``, ``symmetric``, ``percent`` or ``difference``.
    target : the effect to be reached, in the same unit (0.10 = ten percentage points).
    """

    name: str
    column: str
    growth: Literal["log", "symmetric", "percent", "difference"] = "log"
    per: str | None = None
    target: float | None = None


@dataclass(frozen=True)
class Windows:
    """When before and after are.

    kind : ``rolling`` counts periods from each firm's own dates; ``whole_year`` uses calendar
        years (before: the year before guidance began; after: years after it ended).
    before : length of the window before, in periods. after_from, after_to : first and last
        period after the end of guidance (months 13-24). history : how many earlier windows of
        a year are shown to judge trends by.
    """

    kind: Literal["rolling", "whole_year"] = "rolling"
    before: int = 12
    after_from: int = 13
    after_to: int = 24
    history: int = 2


@dataclass(frozen=True)
class Covariate:
    """A column before guidance: its ``level``, ``log`` or the ``growth`` of the year before."""

    column: str
    form: Literal["level", "log", "growth"] = "log"

    @property
    def name(self) -> str:
        """How it is called in tables."""
        return self.column if self.form == "level" else f"{self.form} {self.column}"


@dataclass(frozen=True)
class Coarsened:
    """A column whose mean before guidance is cut into bands."""

    column: str
    bands: Bands


@dataclass(frozen=True)
class Controls:
    """Who the guided firms are compared with."""

    kind: Literal["never", "not_yet"] = "not_yet"
    strata: tuple[str, ...] = ()
    coarsen: tuple[Coarsened, ...] = ()
    covariates: tuple[Covariate, ...] = ()
    match: MatchRule = field(default_factory=MatchRule)


@dataclass(frozen=True)
class Rules:
    """What is done with awkward firms; every use of a rule is counted.

    missing : periods missing inside a window: leave the firm out, or count them as zero.
    exits : a firm that is gone before the window after: leave out, or zero from then on.
    entries : a firm that did not exist in the window before: leave out, or zero until then.
    outliers : growth beyond the ``tail`` quantiles: keep, set to the quantile, or leave out.
        Pulling in growth also pulls in part of the effect, so keeping is the default.
    mergers : legal units that merged: add them up from the start, or leave out.
    negative : outcomes below zero: refuse the file, or treat as missing.
    """

    missing: Literal["drop", "zero"] = "drop"
    exits: Literal["drop", "zero"] = "drop"
    entries: Literal["drop", "zero"] = "drop"
    outliers: Literal["keep", "winsorise", "trim"] = "keep"
    tail: float = 0.01
    mergers: Literal["sum", "drop"] = "sum"
    negative: Literal["refuse", "missing"] = "refuse"


@dataclass(frozen=True)
class Estimation:
    """Which estimators, at which level, with which clusters and draws."""

    main: str = "stratified"
    also: tuple[str, ...] = ("doubly_robust", "matched", "ratio_of_sums")
    level: float = 0.95
    cluster: str | None = None
    draws: int = 1999
    seed: int = 1
    bounds: tuple[float, ...] = (0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True)
class Disclosure:
    """What may leave: at least ``minimum`` units in a cell, and its ``largest`` units together
    below the share ``dominance`` of the cell's total."""

    minimum: int = 3
    largest: int = 2
    dominance: float = 0.85


@dataclass(frozen=True)
class Design:
    """One measurement."""

    title: str
    data: Data
    outcomes: tuple[Outcome, ...]
    segment: str = ""
    columns: Columns = field(default_factory=Columns)
    windows: Windows = field(default_factory=Windows)
    controls: Controls = field(default_factory=Controls)
    rules: Rules = field(default_factory=Rules)
    estimation: Estimation = field(default_factory=Estimation)
    disclosure: Disclosure = field(default_factory=Disclosure)

    @property
    def year(self) -> int:
        """Number of periods in a year: 12 or 1."""
        return 12 if self.data.frequency == "month" else 1
