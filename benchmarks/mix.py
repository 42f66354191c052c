"""What the people of a hub ask for in an hour, drawn from a seed.

The weights are a judgement, for no hub uses Pejl yet: most requests look up a client, open a page
and record; a few read the contract. A browser holds the style sheets and scripts and asks once a
minute whether they have changed: a fifth of the requests, fewer than there would be. Some goals
are opened much, most of them seldom: the second half as often as the first, the third a third.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from pejl_hub.companies.cvr import is_cvr

YEAR, DAY = date(2024, 1, 1), "dato=2024-12-31"
RECORDING, FILE = "record a guidance", "style sheet or script"
FILES = ("vendor/dkfds/dkfds.css", "core/pejl.css", "django_htmx/htmx-2.min.js")
CHARTED = ("guidance", "guidance_5plus", "orientation", "new_guided_share", "press")
WORDS = ("nordvind", "bageri", "havne+consult", "software", "klit", "ravn+smedje", "aps")
PLACES = (
    *("101", "147", "151", "153", "157", "159", "161", "163", "165", "167", "169", "173", "175"),
    *("183", "185", "187", "190", "201", "210", "217", "219", "223", "230", "240", "250", "260"),
)
FIRST_CVR = 10_000_000


@dataclass(frozen=True)
class Step:
    """One kind of request: how often beside the others, and its address.

    ``reads`` tells those who follow the contract from those who record.
    """

    name: str
    share: int
    path: str
    reads: bool = False


@dataclass(frozen=True)
class Request:
    """One request to send; with ``form`` it is posted."""

    name: str
    path: str
    reads: bool
    form: Mapping[str, str] | None


MIX = (
    Step(FILE, 25, "/static/{file}"),
    Step("desk", 9, "/skrivebord/"),
    Step("find a client by number", 10, "/klienter/find/?q={cvr}"),
    Step("find a client by words", 10, "/klienter/find/?q={word}"),
    Step("new guidance, the form", 8, "/vejledninger/ny/?cvr={cvr}"),
    Step(RECORDING, 6, "/vejledninger/ny/"),
    Step("company", 14, "/virksomheder/{cvr}/"),
    Step("guidance", 10, "/vejledninger/{guidance}/"),
    Step("register of guidances", 3, "/registre/vejledninger/"),
    Step("register of guidances, filtered", 3,
         "/registre/vejledninger/?municipality={place}&segment=growth"),
    Step("search over everything", 4, "/soeg/?q={word}"),
    Step("reminders", 3, "/paamindelser/"),
    Step("events", 3, "/arrangementer/"),
    Step("register of referrals", 2, "/registre/henvisninger/"),
    Step("overview", 8, f"/?{DAY}", reads=True),
    Step("overview of a municipality", 1, f"/?{DAY}&kommune={{place}}", reads=True),
    Step("goal", 4, f"/maal/{{goal}}/?{DAY}", reads=True),
    Step("chart", 2, f"/maal/{{charted}}/graf.svg?{DAY}", reads=True),
)  # fmt: skip


class Drawn:
    """Requests to a hub with so many guidances, a tenth as many companies, and these goals."""

    def __init__(self, guidances: int, goals: Sequence[str], seed: int) -> None:
        self._draw = random.Random(seed)
        self._guidances = guidances
        self._goals = sorted(goals, key=lambda goal: goal not in CHARTED)
        self._numbers = _numbers(min(guidances // 10, 20_000))

    def request(self) -> Request:
        """The next one."""
        step = self._draw.choices(MIX, [one.share for one in MIX])[0]
        form = self.guidance() if step.name == RECORDING else None
        return Request(step.name, step.path.format(**self._facts()), step.reads, form)

    def _facts(self) -> dict[str, object]:
        draw, popular = self._draw, [1 / n for n in range(1, len(self._goals) + 1)]
        return {
            "cvr": draw.choice(self._numbers),
            "word": draw.choice(WORDS),
            "guidance": draw.randint(1, self._guidances),
            "place": draw.choice(PLACES),
            "goal": draw.choices(self._goals, popular)[0],
            "file": draw.choice(FILES),
            "charted": draw.choice(CHARTED),
        }

    def guidance(self) -> dict[str, str]:
        """What is typed of a guidance in the contract's year, most often in its last month."""
        day = YEAR + timedelta(days=self._draw.choice((340, 345, 350, 355, 360, 300, 200)))
        return {
            "token": str(UUID(int=self._draw.getrandbits(128), version=4)),
            "client": f"company-{self._draw.randint(1, self._guidances // 10)}",
            "held_on": day.isoformat(),
            "type": self._draw.choice(("orienting", "specialised")),
            "segment": "growth",
            "municipality": "101",
            "employees": "5",
            "state": "held",
        }


def _numbers(many: int) -> list[str]:
    """The first CVR numbers, as ``benchmarks.hub`` gives them out."""
    found: list[str] = []
    number = FIRST_CVR
    while len(found) < many:
        if is_cvr(str(number)):
            found.append(str(number))
        number += 1
    return found
