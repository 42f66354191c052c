"""How the overview's time grows with the records, on PostgreSQL.

    python -m benchmarks.growth [--guidances 10000 1000000]

Each size in a database and a process of its own; the page is answered whole by Django, templates
and all, without a network. Writes benchmarks/results/growth.md.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import psycopg

from benchmarks.filling import fill_hub
from benchmarks.mix import Drawn
from benchmarks.postgres import cluster
from benchmarks.timing import clock, machine, table, timed

RESULTS = Path(__file__).parent / "results" / "growth.md"
OVERVIEW = "/?dato=2024-12-31"
RUNS, AFTER_RECORDING = 30, 12
MOST = 1.5


def main() -> None:
    """Time each size in a process of its own, and write how much the largest takes."""
    asked = _parse()
    if asked.inside:
        print(json.dumps(_times(asked.guidances[0])))
        return
    with cluster(fsync="on") as url:
        found = {size: _apart(url, size) for size in asked.guidances}
    text = _text(found)
    print(text)
    RESULTS.write_text(text)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guidances", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _apart(url: str, size: int) -> Mapping[str, float]:
    name = f"hub{size}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    with tempfile.TemporaryDirectory(prefix="pejl-growth-") as folder:
        place = {"DATABASE_URL": url.removesuffix("postgres") + name, "PEJL_DATA": folder}
        command = [sys.executable, "-m", "benchmarks.growth", "--inside", "--guidances", str(size)]
        ran = subprocess.run(
            command, env=os.environ | place, stdout=subprocess.PIPE, check=True, text=True
        )
    found: Mapping[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return found


def _times(size: int) -> dict[str, float]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "pejl_hub.config.settings"
    import django

    django.setup()
    fill_hub(size)
    from django.test import Client

    from pejl_hub.accounts.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.get(username="alice"), "django.contrib.auth.backends.ModelBackend"
    )
    first = timed(lambda: client.get(OVERVIEW), 1, warm_up=False).median
    drawn = Drawn(size, [], seed=2024)

    def after() -> float:
        _require(client.post("/vejledninger/ny/", drawn.guidance()).status_code, 302)
        return timed(lambda: client.get(OVERVIEW), 1, warm_up=False).median

    return {
        "first": first,
        "open": timed(lambda: _require(client.get(OVERVIEW).status_code, 200), RUNS).median,
        "after": statistics.median(after() for _ in range(AFTER_RECORDING)),
    }


def _require(status: int, wanted: int) -> None:
    if status != wanted:
        raise SystemExit(f"The page answered {status}.")


def _text(found: Mapping[int, Mapping[str, float]]) -> str:
    lines = [
        [f"{size:,}", *(clock(times[name]) for name in ("first", "open", "after"))]
        for size, times in found.items()
    ]
    least, most = found[min(found)], found[max(found)]
    grown = {name: most[name] / least[name] for name in ("open", "after")}
    met = max(grown.values()) < MOST
    heads = ("guidances", "the first after the start", "opened again", "right after a recording")
    return (
        f"# The overview, from few records to many\n\n"
        f"{date.today().isoformat()}; {machine('django', 'duckdb')}.\n"
        f"`python -m benchmarks.growth`: medians of {RUNS} and {AFTER_RECORDING}.\n\n"
        f"{table(heads, lines)}\n\n"
        f"From the least to the most, opened again takes {grown['open']:.2f} times as long, and "
        f"right after a recording {grown['after']:.2f} times; under {MOST}: "
        f"**{'met' if met else 'not met'}**. Where measuring takes more than a second, the page "
        "shows the figures of a minute ago meanwhile and says so; the few records are measured "
        "anew each time.\n"
    )


if __name__ == "__main__":
    main()
