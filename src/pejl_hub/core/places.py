"""The hub's municipalities by code and name."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pejl.contract.shared import Shared, load_shared


def municipalities(day: date) -> dict[str, str]:
    """Code → name on the day, by name; all where no list is known."""
    known = shared()
    territory = known.territories.get(Path(settings.CONTRACTS).name)
    codes = territory.on(day) if territory else known.municipalities.keys()
    named = {code: known.municipalities[code].name for code in codes}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def name_of(code: str | None) -> str:
    """The municipality's name; nothing when unknown, the code itself when not on the list."""
    if not code:
        return ""
    found = shared().municipalities.get(code)
    return found.name if found else code


def shared() -> Shared:
    """What the hub's contracts share: municipalities, territory, size bands."""
    return _loaded(Path(settings.CONTRACTS).parent / "shared")


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Shared:
    return load_shared(folder)
