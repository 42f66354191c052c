"""The hub's municipalities by code and name."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pejl.contract.shared import Shared, load_shared


def municipalities(day: date) -> dict[str, str]:
    """Code → name on the day, by name; all where no list is known."""
    shared = _loaded(Path(settings.CONTRACTS).parent / "shared")
    territory = shared.territories.get(Path(settings.CONTRACTS).name)
    codes = territory.on(day) if territory else shared.municipalities.keys()
    named = {code: shared.municipalities[code].name for code in codes}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def name_of(code: str) -> str:
    """The municipality's name, or the code itself."""
    found = _loaded(Path(settings.CONTRACTS).parent / "shared").municipalities.get(code)
    return found.name if found else code


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Shared:
    return load_shared(folder)
