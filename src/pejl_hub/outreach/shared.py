"""What the hub's contracts share and outreach asks for: municipalities, territory, size bands."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pejl.contract.goal import SizeBand
from pejl.contract.shared import Shared, load_shared


def municipalities(day: date) -> dict[str, str]:
    """Code → name of the hub's municipalities on the day, by name; all where no list is known."""
    shared = _shared()
    territory = shared.territories.get(Path(settings.CONTRACTS).name)
    codes = territory.on(day) if territory else shared.municipalities.keys()
    named = {code: shared.municipalities[code].name for code in codes}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def name_of(code: str | None) -> str:
    """The municipality's name; nothing when unknown, the code itself when not on the list."""
    if not code:
        return ""
    found = _shared().municipalities.get(code)
    return found.name if found else code


def bands() -> tuple[SizeBand, ...]:
    """The size bands, smallest first."""
    return tuple(_shared().size_bands)


def _shared() -> Shared:
    return _loaded(Path(settings.CONTRACTS).parent / "shared")


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Shared:
    return load_shared(folder)
