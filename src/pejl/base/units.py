"""What a number counts: percent and percentage points are different units."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A unit with its Danish and English name, and how many decimals are shown (never stored)."""

    id: str
    da: str
    en: str
    decimals: int = 0


UNITS: dict[str, Unit] = {
    unit.id: unit
    for unit in (
        Unit("guidance", "vejledninger", "guidances"),
        Unit("participation", "deltagelser", "participations"),
        Unit("participant", "deltagere", "participants"),
        Unit("client", "virksomheder og før-startere", "companies and pre-starters"),
        Unit("company", "virksomheder", "companies"),
        Unit("municipality", "kommuner", "municipalities"),
        Unit("subscriber", "abonnenter", "subscribers"),
        Unit("publication", "artikler og cases", "articles and cases"),
        Unit("view", "visninger", "views"),
        Unit("percent", "pct.", "per cent", 1),
        Unit("percentage_point", "procentpoint", "percentage points", 1),
        Unit("nps", "NPS", "NPS", 1),
        Unit("milestone", "milepæle", "milestones"),
    )
}
