"""Times the desk's pages over 100,000 companies and 1,000,000 guidances, in this very process.

    python -m benchmarks.pages [--companies N] [--guidances N] [--folder DIR]

``DATABASE_URL`` names a PostgreSQL database to use instead of an SQLite file. A folder that holds
the records of an earlier run is used again. Writes benchmarks/results/pages-<database>.md.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.timing import Timing, clock, machine, table

RESULTS = Path(__file__).parent / "results"
RUNS = 9
GOAL = 0.2
# What is opened, and its address. The first company, person and campaign are those with most rows.
PAGES = {
    "picker, by number": "/klienter/find/?q=10000009",
    "picker, frequent word": "/klienter/find/?q=nordvind",
    "picker, misspelt": "/klienter/find/?q=nordvinf mobler 77",
    "search over everything": "/soeg/?q=lærke design",
    "search over everything, frequent word": "/soeg/?q=aps",
    "company": "/virksomheder/10000009/",
    "person": "/personer/1/",
    "guidances": "/registre/vejledninger/",
    "guidances, one filter": "/registre/vejledninger/?state=planned",
    "guidances, two filters": "/registre/vejledninger/?municipality=101&segment=growth",
    "guidances, three filters": "/registre/vejledninger/"
    "?municipality=101&segment=growth&state=held",
    "guidances, unknown size": "/registre/vejledninger/?size=nej",
    "guidances, of one month": "/registre/vejledninger/?fra=2024-05-01&til=2024-05-31",
    "guidances, rare word": "/registre/vejledninger/?q=7777",
    "guidances, frequent word": "/registre/vejledninger/?q=aps",
    "guidances, frequent word and filter": "/registre/vejledninger/?q=nordvind&state=planned",
    "guidances, sorted": "/registre/vejledninger/?orden=held_on",
    "guidances, deep page": "/registre/vejledninger/?side=150",
    "referrals": "/registre/henvisninger/",
    "referrals, frequent word": "/registre/henvisninger/?q=aps",
    "courses and grants": "/registre/programdeltagelser/",
    "courses and grants, frequent word": "/registre/programdeltagelser/?q=aps",
    "courses and grants, two filters": "/registre/programdeltagelser/?form=grant&national=ja",
    "outreach, finder": "/opsoegende/{campaign}/virksomheder/"
    "?kommune=101&ansatte=5-9&ansatte=10-19&uden=on",
    "outreach, campaign": "/opsoegende/{campaign}/",
    "outreach, contacts": "/opsoegende/henvendelser/",
    "events": "/arrangementer/",
    "events, search": "/arrangementer/?q=møde",
    "event": "/arrangementer/{event}/",
    "reminders": "/paamindelser/",
}


@dataclass(frozen=True)
class Opened:
    """A page's times, by the clock and of the processor, and its number of queries."""

    name: str
    wall: Timing
    cpu: Timing
    queries: int


def main() -> None:
    """Fill, time, and write what was seen."""
    asked = _parse()
    os.environ["PEJL_DATA"] = str(asked.folder)
    asked.folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pejl_hub.config.settings"
    import django

    django.setup()
    _fill(asked)
    opened = list(_open_all(asked.only))
    print(_text(opened))
    if not asked.only:
        _write(asked, opened)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--guidances", type=int, default=1_000_000)
    parser.add_argument("--only", default="", help="time only the pages whose name begins so")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "pejl-benchmark-pages"
    )
    return parser.parse_args()


def _fill(asked: argparse.Namespace) -> None:
    from django.core.management import call_command

    from benchmarks.hub import Size, fill
    from pejl_hub.accounts.actions import make_demo_users
    from pejl_hub.companies.models import Company

    call_command("migrate", verbosity=0)
    if Company.objects.exists():
        return
    make_demo_users()
    start = time.perf_counter()
    fill(Size(asked.companies, asked.guidances), lambda what: print(what, flush=True))
    print(f"filled in {time.perf_counter() - start:.0f} s")


def addresses() -> dict[str, str]:
    """The pages, with the numbers of a campaign and an event that are there."""
    from pejl_hub.events.models import Event
    from pejl_hub.outreach.models import Campaign

    found = {
        "campaign": Campaign.objects.order_by("pk").values_list("pk", flat=True)[0],
        "event": Event.objects.order_by("pk").values_list("pk", flat=True)[0],
    }
    return {name: address.format(**found) for name, address in PAGES.items()}


def _open_all(only: str) -> Iterator[Opened]:
    from django.test import Client

    from pejl_hub.accounts.models import User

    client = Client(raise_request_exception=True)
    client.force_login(
        User.objects.get(username="alice"), "django.contrib.auth.backends.ModelBackend"
    )
    for name, address in addresses().items():
        if name.startswith(only):
            yield _open(
                name, lambda address=address: client.get(address, headers={"host": "localhost"})
            )


def _open(name: str, get: Callable[[], Any]) -> Opened:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = get()
    queries = len(asked)  # the next request clears the log
    if answer.status_code != 200:
        raise SystemExit(f"{name}: {answer.status_code}")
    wall, cpu = [], []
    for _ in range(RUNS):
        with _clocked(wall, time.perf_counter), _clocked(cpu, time.process_time):
            get()
    opened = Opened(name, Timing(wall), Timing(cpu), queries)
    print(f"{name}: {clock(opened.wall.median)}, {clock(opened.cpu.median)}", flush=True)
    return opened


@contextmanager
def _clocked(times: list[float], now: Callable[[], float]) -> Iterator[None]:
    start = now()
    yield
    times.append(now() - start)


def _text(opened: list[Opened]) -> str:
    lines = [
        [one.name, clock(one.wall.median), clock(one.cpu.median), str(one.queries)]
        for one in opened
    ]
    heads = ("page", "median", "of the processor", "queries")
    worked = [one.name for one in opened if one.cpu.median > GOAL]
    waited = sum(one.wall.median > GOAL for one in opened)
    said = (
        f"Above {clock(GOAL)} of the processor: {', '.join(worked) or 'none'}. "
        f"Above {clock(GOAL)} by the clock, with what else the machine did: {waited} of "
        f"{len(opened)}."
    )
    return f"{table(heads, lines)}\n\n{said}\n"


def _write(asked: argparse.Namespace, opened: list[Opened]) -> None:
    from django.db import connection

    head = (
        f"# Pages of the desk, {connection.vendor}\n\n"
        f"`python -m benchmarks.pages`: {asked.companies:,} companies, {asked.guidances:,} "
        f"guidances; the median of {RUNS} requests, each answered whole by Django in one process, "
        "templates and all, without a network. “Of the processor” is the time that this process "
        "itself worked, which other work on the machine does not make longer; with PostgreSQL it "
        f"leaves the database's part out.\n\n{machine('django')}\n\n"
    )
    (RESULTS / f"pages-{connection.vendor}.md").write_text(head + _text(opened))


if __name__ == "__main__":
    main()
