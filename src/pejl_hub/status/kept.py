"""Answers that are kept and used again, and which were asked for lately; safe between threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from pejl.contract.goal import Contract

T = TypeVar("T")


class Kept:
    """The newest answers, least used thrown away first; safe between threads."""

    def __init__(self, size: int) -> None:
        self.size, self.answers, self.lock = size, OrderedDict[Hashable, Any](), Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept answer, else a new one."""
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.answers[key]
        answer = make()
        with self.lock:
            self.answers[key] = answer
            while len(self.answers) > self.size:
                self.answers.popitem(last=False)
        return answer


class Lately:
    """Which standings were asked for in the last minutes; safe between threads."""

    WITHIN_SECONDS, MOST = 300.0, 8

    def __init__(self) -> None:
        self.asked, self.lock = OrderedDict[Hashable, Any](), Lock()

    def note(self, day: date, contract: Contract, municipality: str | None) -> None:
        """It was asked for now."""
        with self.lock:
            key = (day, contract.sha256, municipality)
            self.asked[key] = (monotonic(), contract)
            self.asked.move_to_end(key)
            while len(self.asked) > self.MOST:
                self.asked.popitem(last=False)

    def lately(self, day: date) -> list[tuple[Contract, str | None]]:
        """The contracts and municipalities asked for on the date, the last first."""
        since = monotonic() - self.WITHIN_SECONDS
        with self.lock:
            found = list(reversed(self.asked.items()))
        return [
            (contract, key[2]) for key, (when, contract) in found if key[0] == day and when > since
        ]
