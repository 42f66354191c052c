"""The demo's companies and people."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pejl_hub.demo import names, shape
from pejl_hub.demo.dice import Dice
from pejl_hub.demo.frame import Frame
from pejl_hub.demo.rows import Export, written


@dataclass(frozen=True)
class Client:
    """A client as the rows about it need it; ``cvr`` None for a person."""

    id: str
    since: date
    municipality: str
    segment: str
    employees: int | None = None
    cvr: str | None = None


@dataclass(frozen=True)
class Clients:
    """All clients in the order in which they became known, and how municipalities are called."""

    all: Sequence[Client]
    since: Sequence[date]
    names: Mapping[str, str]

    def one(self, dice: Dice, day: date) -> Client:
        """A client known on the day."""
        return dice.early(self.all, bisect(self.since, day))

    def company(self, dice: Dice, day: date) -> Client:
        """A company known on the day."""
        while (client := self.one(dice, day)).cvr is None:
            pass
        return client

    def place(self, dice: Dice, code: str) -> str:
        """The municipality as somebody happened to write it: code, four digits or name."""
        return dice.weighted({code: 80, f"0{code}": 10, self.names[code]: 10})


def make_clients(dice: Dice, export: Export, municipality_names: Mapping[str, str]) -> Clients:
    """Write the companies and people into the export; returns them."""
    places = Clients((), (), municipality_names)
    companies = _companies(dice, export, places)
    people = _people(dice, export, places, companies)
    known = sorted([*companies, *people], key=lambda client: (client.since, client.id[3:]))
    return Clients(known, [client.since for client in known], municipality_names)


def _companies(dice: Dice, export: Export, places: Clients) -> list[Client]:
    numbers = (n for seven in range(9_000_000, 9_999_999, 137) if (n := names.cvr_number(seven)))
    made: list[Client] = []
    for cvr in numbers:
        if len(made) >= shape.COMPANIES:
            return made
        made.append(_company(dice, export, places, cvr))
        if dice.chance(shape.SECOND_RECORD):
            made.append(_company(dice, export, places, cvr))
    return made


def _company(dice: Dice, export: Export, places: Clients, cvr: str) -> Client:
    segment = dice.weighted(shape.SEGMENTS)
    client = Client(
        id=export.next_id("virksomheder", "SMV"),
        since=_since(dice, export.frame),
        municipality=dice.weighted(export.frame.municipalities),
        segment=segment,
        employees=dice.weighted(shape.SIZES[segment]),
        cvr=cvr,
    )
    _write_company(dice, export, places, client)
    return client


def _write_company(dice: Dice, export: Export, places: Clients, client: Client) -> None:
    form = dice.one_of(names.FORMS)
    number = len(export.files["virksomheder"]) + 1
    export.add(
        "virksomheder",
        client.id,
        _spelled(dice, client.cvr or ""),
        "",
        names.company_name(dice, number, form),
        f"{dice.one_of(names.PLACES)}vej {dice.whole(1, 180)}",
        "0999",
        "Fabelborg",
        places.place(dice, client.municipality),
        dice.one_of(names.INDUSTRIES),
        form,
        written(client.since - timedelta(days=dice.whole(30, 9000))),
        str(client.employees),
        "Ja" if dice.chance(0.18) else "Nej",
        written(client.since),
    )


def _people(
    dice: Dice, export: Export, places: Clients, companies: Sequence[Client]
) -> list[Client]:
    return [_person(dice, export, places, companies) for _ in range(shape.PEOPLE)]


def _person(dice: Dice, export: Export, places: Clients, companies: Sequence[Client]) -> Client:
    client = Client(
        id=export.next_id("personer", "POT"),
        since=_since(dice, export.frame),
        municipality=dice.weighted(export.frame.municipalities),
        segment=shape.PRE_STARTER,
    )
    export.add(
        "personer",
        client.id,
        names.person_name(dice),
        f"{client.id.lower()}@example.org",
        places.place(dice, client.municipality),
        written(client.since),
        dice.one_of(companies).id if dice.chance(shape.LATER_COMPANY) else "",
    )
    return client


def _since(dice: Dice, frame: Frame) -> date:
    if dice.chance(shape.COMPANIES_BEFORE):
        return date(frame.years[0] - 1, 6, 1)
    return frame.first_day + timedelta(days=dice.whole(0, 365 * len(frame.years) - 1))


def _spelled(dice: Dice, cvr: str) -> str:
    spaced = " ".join((cvr[:2], cvr[2:4], cvr[4:6], cvr[6:]))
    return dice.weighted({cvr: 90, spaced: 6, f"DK{cvr}": 4})
