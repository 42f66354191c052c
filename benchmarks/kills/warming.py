"""What makes a kill cheap: all that a work imports and reads is there before its process is forked.

What is tried is whether a work is whole or absent, not how long Pejl takes to read a contract.
"""

import contextlib
import copy
import importlib
import sys
import warnings
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from pejl.contract import document

_read: dict[str, tuple[Any, ...]] = {}


class _Remembering(document._Reader):
    """Reads a text once; every other time it is given a copy."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def read(self) -> None:
        """The data, its lines and what is odd."""
        if self.text not in _read:
            super().read()
            _read[self.text] = (self.data, self.lines, self.oddities)
        self.data, self.lines, self.oddities = copy.deepcopy(_read[self.text])


def remember_contracts() -> None:
    """Read every contract and shared table now, and never again from here on."""
    document._Reader = _Remembering
    for path in sorted(settings.CONTRACTS.parent.rglob("*.yaml")):
        document.read_document(path)


def imported() -> list[str]:
    """What this process has imported."""
    return sorted(sys.modules)


def import_too(names: Iterable[str]) -> None:
    """Import what a work was seen to import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            if name not in sys.modules:
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
