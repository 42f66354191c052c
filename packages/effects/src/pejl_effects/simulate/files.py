"""Made-up registers written as files, with a design that measures them and the truth."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pejl_effects.arrays import Floats, Ints
from pejl_effects.errors import EffectError


@dataclass(frozen=True)
class Register:
    """What is made up: monthly turnover and FTE of firms, some guided.

    effect : log points added to turnover from the month after guidance ended.
    fte_effect : the same for FTE. exit_share : firms that close, guided or not alike.
    """

    firms: int = 3_000
    guided: int = 300
    years: int = 8
    first_year: int = 2018
    effect: float = 0.12
    fte_effect: float = 0.06
    exit_share: float = 0.03
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.guided < self.firms or self.years < 7:
            raise EffectError(
                f"{self.guided} of {self.firms} firms guided, {self.years} years",
                "fewer guided than firms, and 7 years or more",
                "Choose other numbers.",
            )


INDUSTRIES = ("byggeri", "handel", "industri", "it", "transport")
REGIONS = ("hovedstaden", "sjælland")


def write_register(folder: Path, register: Register) -> None:
    """Write panel.parquet, guided.csv, design.toml and truth.json into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(register.seed)
    made = _Made(register, random)
    pq.write_table(made.table(), folder / "panel.parquet")
    (folder / "guided.csv").write_text(made.guided_csv(), encoding="utf-8")
    (folder / "design.toml").write_text(DESIGN, encoding="utf-8")
    truth = {"turnover": register.effect, "fte": register.fte_effect}
    (folder / "truth.json").write_text(json.dumps(truth) + "\n", encoding="utf-8")


class _Made:
    """The arrays behind the files: firms in rows, months in columns."""

    def __init__(self, register: Register, random: np.random.Generator) -> None:
        self.register, n = register, register.firms
        self.months = register.years * 12
        self.industry = random.integers(len(INDUSTRIES), size=n)
        self.region = random.integers(len(REGIONS), size=n)
        self.size = random.normal(11.5, 1.0, n)
        pull = np.linspace(-1, 1, len(INDUSTRIES))[self.industry]
        self._guide(random, pull)
        time = np.arange(self.months)
        after = (time[None, :] > self.ended[:, None]) & (self.started >= 0)[:, None]
        trend = (0.02 + 0.03 * pull)[:, None] * time / 12
        season = 0.08 * np.sin(2 * np.pi * time / 12)
        walk = np.cumsum(0.03 * random.standard_normal((n, self.months)), axis=1)
        log = self.size[:, None] + trend + season + walk + register.effect * after
        self.turnover: Floats = np.exp(log + 0.10 * random.standard_normal((n, self.months)))
        people = (
            0.8 * (self.size[:, None] - 10.0) + trend + 0.6 * walk + register.fte_effect * after
        )
        self.fte: Floats = np.exp(people)
        gone = random.random(n) < register.exit_share
        last = np.where(gone, random.integers(self.months // 2, self.months, n), self.months)
        self.alive = time[None, :] < last[:, None]

    def _guide(self, random: np.random.Generator, pull: Floats) -> None:
        """Guided firms lean towards growing industries; guidance lasts one to six months."""
        lean = np.exp(0.8 * pull)
        chosen = random.choice(self.register.firms, self.register.guided, False, lean / lean.sum())
        self.started: Ints = np.full(self.register.firms, -1)
        # quarters, so that cohorts are not too many
        first, last = 36, self.months - 36
        self.started[chosen] = 3 * random.integers(first // 3, last // 3, chosen.size)
        length = 3 * random.integers(1, 3, self.register.firms)
        self.ended: Ints = np.where(self.started >= 0, self.started + length, -1)

    def _month(self, number: int) -> str:
        year, month = divmod(number, 12)
        return f"{self.register.first_year + year}-{month + 1:02d}"

    def table(self) -> pa.Table:
        """One row for each firm and month it is alive."""
        alive = self.alive.ravel()
        firm = np.repeat([f"{10_000_000 + i}" for i in range(self.register.firms)], self.months)
        period = np.tile([self._month(m) for m in range(self.months)], self.register.firms)
        columns = {
            "firm": firm[alive],
            "period": period[alive],
            "turnover": np.round(self.turnover.ravel()[alive], 2),
            "fte": np.round(self.fte.ravel()[alive], 3),
            "industry": np.repeat(np.array(INDUSTRIES)[self.industry], self.months)[alive],
            "region": np.repeat(np.array(REGIONS)[self.region], self.months)[alive],
        }
        return pa.table(columns)

    def guided_csv(self) -> str:
        """firm, started, ended."""
        rows = []
        for i in np.flatnonzero(self.started >= 0):
            dates = (self._month(int(self.started[i])), self._month(int(self.ended[i])))
            rows.append(",".join([f"{10_000_000 + i}", *dates]))
        return "\n".join(["firm,started,ended", *rows]) + "\n"


DESIGN = """\
schema = "pejl-effects/design/1"
title = "Effekt af vejledning: vækstvirksomheder"
segment = "growth"

[data]
panel = "panel.parquet"
guided = "guided.csv"
vintage = "2026-10 (made-up register)"
frequency = "month"

[[outcomes]]
name = "turnover"
column = "turnover"
growth = "log"
target = 0.10

[[outcomes]]
name = "fte"
column = "fte"
growth = "log"
target = 0.05

[[outcomes]]
name = "productivity"
column = "turnover"
per = "fte"
growth = "log"

[windows]
kind = "rolling"
before = 12
after_from = 13
after_to = 24
history = 2

[controls]
kind = "not_yet"
strata = ["industry", "region"]
coarsen = [{column = "turnover", bands = {quantiles = 4}}]
covariates = [{column = "turnover", form = "log"}]
match = {distance = "propensity", k = 3, caliper = 0.2, replacement = true}

[rules]
missing = "drop"
exits = "drop"
entries = "drop"
outliers = "keep"
tail = 0.01

[estimation]
main = "stratified"
also = ["doubly_robust", "matched", "ratio_of_sums"]
level = 0.95
draws = 1999
seed = 1

[disclosure]
minimum = 3
largest = 2
dominance = 0.85
"""
