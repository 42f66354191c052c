"""Fill, measure, kill, look; see the package."""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from tests import migrated  # noqa: E402

from benchmarks.kills import filling, looking, warming, works  # noqa: E402
from benchmarks.kills.houses import House, house  # noqa: E402
from pejl_hub.audit import chain  # noqa: E402

POST_OFFICE = """
import sys, time
from pathlib import Path
from tests.mailserver import MailServer
with MailServer(log=Path(sys.argv[1])) as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""
IN_HAND_SECONDS = 1.0  # what the mail server has in hand, it finishes
COUNTED = 0.05  # how often the figures are counted too: they take far longer than the work
OVERRUN = 1.05  # some are killed when they have just ended
LOOK_EVERY_SECONDS = 0.002
WINK_SECONDS = 0.05  # so that a process that waits, for a disk or a server, is killed there too


@dataclass
class Outcome:
    """What came of the kills of one work."""

    kills: int = 0
    ended: int = 0  # had ended before the signal came
    faults: list[str] = field(default_factory=list)
    counted: int = 0  # of which the year's figures were counted anew and compared
    leftovers: int = 0
    seconds: float = 0.0


def main() -> int:
    """Run the campaign; exit status 1 when anything did not hold."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="pejl-kills-") as name:
        campaign = Campaign(Path(name), asked.seed, asked.out, asked.counted)
        outcomes = campaign.run(asked.kills, asked.seconds, asked.works)
    print(as_json(outcomes))
    return int(any(one.faults for one in outcomes.values()))


def as_json(outcomes: dict[str, Outcome]) -> str:
    """What came of the campaign, by work."""
    return json.dumps({name: vars(one) for name, one in outcomes.items()}, ensure_ascii=False)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no kill after so long")
    parser.add_argument("--counted", type=float, default=COUNTED, help="how often to count")
    parser.add_argument("--works", nargs="+", choices=list(works.WORKS), default=list(works.WORKS))
    parser.add_argument("--out", type=Path, help="a file that is kept up to date with the outcome")
    return parser.parse_args()


class Campaign:
    """One engine's kills. Its works are done by children that are forked, ready, from here."""

    def __init__(
        self, root: Path, seed: int, out: Path | None = None, counted: float = COUNTED
    ) -> None:
        self.out, self.counted = out, counted
        self.root, self.draw = root, random.Random(seed)
        self.house: House = house(root)
        self.port = 0
        self.export, self.log = root / "export", root / "mail.log"
        self.unkilled: dict[str, dict[str, str]] = {}
        self.took: dict[str, float] = {}

    def run(self, kills: int, seconds: float, names: Sequence[str]) -> dict[str, Outcome]:
        """Kill so often, for so long at most."""
        with PostOffice(self.log) as self.port:
            return self._run(kills, seconds, names)

    def _run(self, kills: int, seconds: float, names: Sequence[str]) -> dict[str, Outcome]:
        begun = time.monotonic()
        filling.write_export(self.export)
        warming.remember_contracts()
        self._at_home("base", _fill_base)
        self.house.keep("base")
        outcomes: dict[str, Outcome] = {}
        shares = [works.WORKS[name].share for name in names]
        chosen = list(names[:kills])
        chosen += self.draw.choices(names, shares, k=kills - len(chosen))
        for number, name in enumerate(chosen):
            if time.monotonic() - begun > seconds:
                break
            self._one(f"k{number}", name, outcomes.setdefault(name, Outcome()))
            self.say(outcomes, f"{number + 1} of {kills}: {name}")
        return outcomes

    def say(self, outcomes: dict[str, Outcome], words: str) -> None:
        """Say how far it has come, and what has been seen, in case it is itself stopped."""
        print(words, file=sys.stderr, flush=True)
        if self.out:
            self.out.write_text(as_json(outcomes))

    def _one(self, hub: str, name: str, outcome: Outcome) -> None:
        count = self.draw.random() < self.counted
        self._measure(name, count=count)
        began = time.monotonic()
        self.house.copy("base", hub)
        try:
            outcome.ended += self._kill(hub, name)
            self.house.wait_until_left(hub)
            if name == "survey":
                time.sleep(IN_HAND_SECONDS)
            told = self._at_home(hub, lambda: _recover(name, self.export, count=count))
            outcome.counted += count
            outcome.faults += [f"{hub}: {fault}" for fault in told["faults"]]
            outcome.faults += [*self._differs(hub, name, told), *self._twice(hub)]
            outcome.leftovers += told["leftovers"]
        finally:
            self.house.remove(hub)
        outcome.kills += 1
        outcome.seconds += time.monotonic() - began

    def _measure(self, name: str, *, count: bool) -> None:
        """What an unkilled run leaves, and how much it works: the second time, when all is read."""
        known = self.unkilled.get(name)
        if known and ("figures" in known or not count):
            return
        for hub in ("cold", "warm"):
            self.house.copy("base", hub)
            did = self._at_home(hub, partial(_do, name, self.export))
            warming.import_too(did["imported"])
            self.took[name] = did["worked"]
            if hub == "cold":
                self.house.remove(hub)
        told = self._at_home(hub, lambda: _recover(name, self.export, count=count))
        warming.import_too(told["imported"])
        if told["faults"]:
            raise SystemExit(f"{name} is not sound unkilled: {told['faults']}")
        self.unkilled[name] = told["stands"]
        self.house.remove(hub)

    def _kill(self, hub: str, name: str) -> bool:
        """Kill it at a moment; whether it had ended before."""
        child = self._fork(hub, lambda: _do(name, self.export), None)
        self._let_work(child, self.draw.uniform(0, self.took[name] * OVERRUN))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status):
            raise SystemExit(f"{name} failed by itself in {hub}.")
        return not os.WIFSIGNALED(status)

    def _let_work(self, child: int, seconds: float) -> None:
        """Until it has had a processor for so long: however busy the machine, it is as far then."""
        begun, ended = time.monotonic(), os.WEXITED | os.WNOHANG | os.WNOWAIT
        while not os.waitid(os.P_PID, child, ended) and _worked(child, begun) < seconds:
            time.sleep(LOOK_EVERY_SECONDS)
        time.sleep(self.draw.uniform(0, WINK_SECONDS))

    def _differs(self, hub: str, name: str, told: dict[str, Any]) -> list[str]:
        whole, stands = self.unkilled[name], told["stands"]
        return [f"{hub}: {one} differs" for one, said in stands.items() if whole[one] != said]

    def _twice(self, hub: str) -> list[str]:
        """Nobody is sent the same twice: each Message-ID stands in the server's log once."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [f"{hub}: an e-mail was sent twice"] if len(lines) != len(set(lines)) else []

    def _at_home(self, hub: str, do: Callable[[], Any]) -> Any:
        """Let a child do it in the hub, and give what it says."""
        reads, writes = os.pipe()
        child = self._fork(hub, do, writes)
        os.close(writes)
        with os.fdopen(reads) as heard:
            said = heard.read()
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            raise SystemExit(f"What was to be done in {hub} failed.")
        return json.loads(said)

    def _fork(self, hub: str, do: Callable[[], Any], writes: int | None) -> int:
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            os.environ["PEJL_DATA"] = str(self.house.move_in(hub))
            settings.PEJL_BACKUPS = Path(settings.DATA) / "backups"
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.port
            settings.PEJL_MAIL_LOG = str(self.log)
            said = do()
            connection.close()
            if writes is not None:
                with os.fdopen(writes, "w") as told:
                    told.write(json.dumps(said))
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)


class PostOffice:
    """A mail server in a process of its own."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def __enter__(self) -> int:
        self.process = subprocess.Popen(
            [sys.executable, "-c", POST_OFFICE, str(self.log)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return int(self.process.stdout.readline())

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


def _worked(process: int, begun: float) -> float:
    """Seconds of a processor that another process has had; elsewhere than on Linux, of a clock."""
    if sys.platform != "linux":
        return time.monotonic() - begun
    return time.clock_gettime(~process << 3 | 2)  # clock_getcpuclockid(3), which Python lacks


def _fill_base() -> str:
    if connection.vendor == "sqlite":
        migrated.new_hub(Path(settings.DATA))
    call_command("migrate", verbosity=0)
    filling.fill()
    return "filled"


def _do(name: str, export: Path) -> dict[str, Any]:
    begun = time.monotonic()
    works.WORKS[name].do(export)
    worked = _worked(os.getpid(), begun)
    return {"imported": warming.imported(), "worked": worked}


def _recover(name: str, export: Path, *, count: bool) -> dict[str, Any]:
    """Look, do the work to its end, and say what then stands."""
    found = [*looking.faults(), *looking.of_backups()]
    left = len(looking.leftovers())
    works.be_late()
    works.WORKS[name].do(export)
    chain.seal()  # as whoever writes next does
    found += [*looking.faults(), *looking.of_closes()]
    stands = looking.what_stands() | (looking.figures() if count else {})
    told = {"faults": found, "leftovers": left, "stands": stands}
    return told | {"imported": warming.imported()}


if __name__ == "__main__":
    sys.exit(main())
