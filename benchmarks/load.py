"""Mixed use of a hub with many records: so many requests a second, for so long, over HTTP.

    python -m benchmarks.load [--guidances N] [--rate N] [--seconds N] [--processes N]

The requests are due at a steady rate whatever the answers take, and each one's time is counted
from when it was due, so that a slow answer also tells on those that waited behind it. The server,
PostgreSQL and the visitors share the machine. ``DATABASE_URL`` names a PostgreSQL database that an
earlier run has filled, with ``--folder`` as its data folder; without it a throwaway server is
started and filled. Writes benchmarks/results/load.md.
"""

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import Queue

from benchmarks.filling import fill_hub
from benchmarks.mix import FILE, MIX, RECORDING, Drawn, Request
from benchmarks.postgres import cluster
from benchmarks.serving import ADDRESS, served
from benchmarks.timing import clock, machine, table
from benchmarks.visitors import Visitor

RESULTS = Path(__file__).parent / "results" / "load.md"
GOAL_SECONDS = 0.3
SIGN_IN = "/log-ind/"
# Who signs in, and how many at once: those who record, and those who follow the contract.
PEOPLE = {False: (("ravi", "tove"), 30), True: (("alice", "dorte"), 15)}
Queues = Mapping[bool, "Queue[Visitor]"]


@dataclass(frozen=True)
class Asked:
    """One request as it went: seconds from when it was due, and what was wrong with the answer."""

    name: str
    seconds: float
    fault: str


def main() -> None:
    """Fill, serve, visit, and write what was seen."""
    asked = _parse()
    with _database() as url, _folder(asked.folder) as folder:
        os.environ |= {
            "DATABASE_URL": url,
            "PEJL_DATA": str(folder),
            "PEJL_FIGURES_LAG": str(asked.lag),
            "DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings",
        }
        import django

        django.setup()
        fill_hub(asked.guidances)
        before = _recorded()
        with served(asked.processes):
            answers = _visit(asked)
        text = _text(asked, answers, _recorded() - before)
    print(text)
    RESULTS.write_text(text)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guidances", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--lag", type=int, default=300, help="PEJL_FIGURES_LAG, in seconds")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--folder", type=Path, default=None)
    return parser.parse_args()


@contextlib.contextmanager
def _database() -> Iterator[str]:
    if url := os.environ.get("DATABASE_URL"):
        yield url
    else:
        with cluster(fsync="on") as url:  # what is acknowledged here must last, as in earnest
            yield url


@contextlib.contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        yield given
    else:
        with tempfile.TemporaryDirectory(prefix="pejl-load-") as made:
            yield Path(made)


def _recorded() -> int:
    from pejl_hub.guidance.models import Guidance

    return Guidance.objects.count()


def _visit(asked: argparse.Namespace) -> list[Asked]:
    from pejl_hub.status.queries import contracts

    visitors = {reads: _signed_in(*people) for reads, people in PEOPLE.items()}
    drawn = Drawn(asked.guidances, list(contracts()[0].goals), asked.seed)
    for visitor in list(visitors[True].queue):  # the first snapshot, as on any morning
        visitor.get("/?dato=2024-12-31")
    start = time.perf_counter() + 0.5
    plan = [
        (start + number / asked.rate, drawn.request())
        for number in range(int(asked.rate * asked.seconds))
    ]
    with ThreadPoolExecutor(sum(many for _, many in PEOPLE.values())) as pool:
        return list(pool.map(lambda one: _one(visitors, *one), plan))


def _signed_in(names: Sequence[str], many: int) -> "Queue[Visitor]":
    from pejl_hub.accounts.actions import demo_password

    visitors: Queue[Visitor] = Queue()
    for number in range(many):
        visitor = Visitor(*ADDRESS)
        visitor.sign_in(SIGN_IN, names[number % len(names)], demo_password())
        visitors.put(visitor)
    return visitors


def _one(visitors: Queues, due: float, request: Request) -> Asked:
    while (left := due - time.perf_counter()) > 0:
        time.sleep(left)
    visitor = visitors[request.reads].get()
    try:
        fault = _fault(visitor, request)
    finally:
        visitors[request.reads].put(visitor)
    return Asked(request.name, time.perf_counter() - due, fault)


def _fault(visitor: Visitor, request: Request) -> str:
    """Nothing when the answer is the wanted one, else what came."""
    try:
        if request.name == FILE:
            answer, wanted = visitor.look_again(request.path), 304
            wanted = 200 if answer.body else wanted
        elif request.form is None:
            answer, wanted = visitor.get(request.path), 200
        else:
            token = {"csrfmiddlewaretoken": visitor.cookies["csrftoken"]}
            answer, wanted = visitor.post(request.path, request.form | token), 302
    except OSError as error:
        return type(error).__name__
    return "" if answer.status == wanted else str(answer.status)


def _text(asked: argparse.Namespace, answers: Sequence[Asked], recorded: int) -> str:
    lines = [
        _line(step.name, [one for one in answers if one.name == step.name])
        for step in MIX
        if any(one.name == step.name for one in answers)
    ]
    lines.append(_line("**all**", answers))
    heads = ("request", "number", "median", "95 % within", "99 % within", "slowest", "faults")
    sent = sum(one.name == RECORDING and not one.fault for one in answers)
    within = _within([one.seconds for one in answers], 0.95)
    faults = sum(bool(one.fault) for one in answers)
    met = within < GOAL_SECONDS and not faults and sent == recorded
    return (
        f"# Load: {asked.guidances:,} guidances, {asked.rate:g} requests a second\n\n"
        f"{date.today().isoformat()}; {machine('django', 'granian')}.\n"
        f"`python -m benchmarks.load`: {asked.seconds:g} seconds of mixed use on PostgreSQL, "
        f"{asked.processes} web processes; visitors, server and database on the same cores. Times "
        "run from when a request was due, over HTTP, the whole answer read. Figures are measured "
        f"anew every {asked.lag} seconds (`PEJL_FIGURES_LAG`), beside the requests.\n\n"
        f"{table(heads, lines)}\n\n"
        f"The goal, 95 % within {clock(GOAL_SECONDS)} and no fault: "
        f"**{'met' if met else 'not met'}**. {sent} guidances "
        f"were acknowledged and {recorded} are in the database.\n"
    )


def _line(name: str, answers: Sequence[Asked]) -> list[str]:
    seconds = [one.seconds for one in answers]
    times = [_within(seconds, share) for share in (0.5, 0.95, 0.99, 1)]
    faults = sum(bool(one.fault) for one in answers)
    return [name, f"{len(answers):,}", *map(clock, times), str(faults)]


def _within(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
