"""The checks once more, slow and plain: a loop over records, to hold the fast ones against."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pejl.snapshot.tables import TABLES
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.registers import REGISTERS

Record = Mapping[str, Any]
# What a check says of a record: cannot be told, right, or wrong; nothing of one it passes over.
UNTOLD, FINE, WRONG = "untold", "fine", "wrong"


def said(
    check: str, records: Mapping[str, Sequence[Record]], register: str, asked: Asked
) -> dict[int, str]:
    """What the check says of each record of the register that counts, in the days asked about."""
    counted = _counted(records.get(register, ()), register)
    last = asked.period.end if check == "fremtid" else asked.day
    looked_at = {
        one["id"]: PLAIN[check](one, counted, register, asked)
        for one in counted
        if one["day"] is not None and asked.period.start <= one["day"] <= last
    }
    return {number: word for number, word in looked_at.items() if word}


def _counted(records: Sequence[Record], register: str) -> list[Record]:
    states = REGISTERS[register].states
    names = [*(column.name for column in TABLES[register].columns), *EXTRA]
    whole = [{name: record.get(name) for name in names} for record in records]
    if register == "outreach":
        whole = [record | {"client_kind": "company"} for record in whole]
    return [
        record | {"day": record[TABLES[register].dated_by]}
        for record in whole
        if not states or record["state"] in states
    ]


EXTRA = ("client_kind", "segment")


def _word(told: bool, wrong: bool) -> str:
    return UNTOLD if not told else WRONG if wrong else FINE


def no_size(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    told = one["client_kind"] == "company" and one["segment"] != "pre_starter"
    return _word(told, one["employees"] is None)


def no_municipality(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    return _word(True, one["municipality"] is None)


def late(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    written: date | None = one["recorded_on"]
    return _word(
        written is not None, written is not None and (written - one["day"]).days > asked.late_days
    )


def future(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    written = one.get("recorded_on")
    return _word(True, one["day"] > asked.today or (written is not None and written < one["day"]))


ALIKE: Mapping[str, Sequence[str]] = {
    "guidance": ("client", "day", "type"),
    "attendance": ("client", "event_id"),
    "participation": ("client", "day", "programme", "round", "form"),
    "outreach": ("client", "day"),
}


def duplicate(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    earlier = [
        other
        for other in all_
        if other["id"] < one["id"] and all(other[n] == one[n] for n in ALIKE[register])
    ]
    return _word(one["client"] is not None, bool(earlier))


def outside(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    place = one["municipality"]
    return _word(place is not None, place not in asked.territory)


def segment_jump(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    if one["segment"] is None or one["client"] is None:
        return ""
    mine = [o for o in all_ if o["client"] == one["client"] and o["segment"] and o["day"]]
    before = [o for o in mine if (o["day"], o["id"]) < (one["day"], one["id"])]
    if not before:
        return UNTOLD
    last = max(before, key=lambda o: (o["day"], o["id"]))
    was, now = last["segment"], one["segment"]
    grown = was == "pre_starter" or (was == "entrepreneur" and now in ("growth", "operating"))
    return _word((one["day"] - last["day"]).days <= 365, was != now and not grown)


def unlinked_person(one: Record, all_: Sequence[Record], register: str, asked: Asked) -> str:
    suggested = one["client"] in asked.links
    return _word(
        one["client_kind"] == "person", suggested or one["segment"] in ("growth", "operating")
    )


PLAIN: Mapping[str, Callable[[Record, Sequence[Record], str, Asked], str]] = {
    "uden-stoerrelse": no_size,
    "uden-kommune": no_municipality,
    "sent": late,
    "fremtid": future,
    "dublet": duplicate,
    "uden-for-omraadet": outside,
    "segmentspring": segment_jump,
    "person-uden-virksomhed": unlinked_person,
}
