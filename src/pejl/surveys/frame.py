"""Everyone who was asked, out of a snapshot: the invitation, the guidance, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl.base.periods import Period
from pejl.snapshot.store import Snapshot


@dataclass(frozen=True)
class Asked:
    """One invitation about one guidance, with the facts frozen on them. None is unknown."""

    id: int
    invited_on: date
    answered_on: date | None
    segment: str | None
    municipality: str | None
    employees: int | None
    team: str | None
    adviser: str | None
    area: str | None
    nps: int | None
    referral_used: bool | None

    @property
    def answered(self) -> bool:
        """Whether an answer came."""
        return self.answered_on is not None


@dataclass(frozen=True)
class Held:
    """One held guidance that the evaluation is about, asked about or not."""

    id: int
    held_on: date
    segment: str | None
    municipality: str | None
    employees: int | None


def asked(snapshot: Snapshot, until: date) -> list[Asked]:
    """Every invitation up to the day; an answer given later has not been given yet."""
    guidances = {row["id"]: row for row in snapshot.table("guidance").to_pylist()}
    return [
        _asked(row, guidances.get(row["guidance_id"], {}), until)
        for row in snapshot.table("answer").to_pylist()
        if row["invited_on"] is not None and row["invited_on"] <= until
    ]


def invited_in(found: list[Asked], period: Period) -> list[Asked]:
    """Those invited in the period: whom a response rate is about."""
    return [one for one in found if one.invited_on in period]


def held(snapshot: Snapshot, period: Period, kind: str, segments: tuple[str, ...]) -> list[Held]:
    """The held guidances of a type and of some segments in the period: whom one could ask."""
    return [
        Held(row["id"], row["held_on"], row["segment"], row["municipality"], row["employees"])
        for row in snapshot.table("guidance").to_pylist()
        if row["type"] == kind
        and row["state"] == "held"
        and row["segment"] in segments
        and row["held_on"] in period
    ]


def _asked(row: Mapping[str, Any], guidance: Mapping[str, Any], until: date) -> Asked:
    given = row["answered_on"] is not None and row["answered_on"] <= until
    return Asked(
        id=row["id"],
        invited_on=row["invited_on"],
        answered_on=row["answered_on"] if given else None,
        segment=row["segment"],
        municipality=row["municipality"],
        employees=row["employees"],
        team=guidance.get("team"),
        adviser=guidance.get("adviser"),
        area=guidance.get("priority_area"),
        nps=row["nps"] if given else None,
        referral_used=row["referral_used"] if given else None,
    )
