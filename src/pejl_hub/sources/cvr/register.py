"""Asks the register's search API: with patience, in pages, and only for what Pejl needs."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    stop_any,
    wait_exponential_jitter,
)

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.sources.cvr.entry import FIELDS, Entry, NotAnEntry, read

PAGE = 200  # companies asked for at a time, by number, so that a page is a short answer
TRIES = 4
LONGEST_PAUSE_SECONDS = 30.0
MOST_BYTES = 64 * 1024**2  # a page is some 4 MB
NUMBER = "Vrvirksomhed.cvrNummer"


class RegisterNotSetUp(UserError):
    """Nobody has given Pejl a user at the register."""


class RegisterSaidNo(UserError):
    """The register knows us and refuses, or does not understand: asking again would not help."""


class RegisterDown(UserError):
    """The register does not answer, or says that it cannot just now."""


class _Busy(Exception):
    """An answer worth asking again for; ``after`` is how many seconds the register asks for."""

    def __init__(self, said: str, after: float | None = None) -> None:
        super().__init__(said)
        self.after = after


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: for a connection, an answer, between tries; and ``whole``:

    after so long no answer is read on, and no question asked again.
    """

    connect: float = 5.0
    answer: float = 20.0
    pause: float = 1.0
    whole: float = 120.0


AT_THE_DESK = Patience(connect=3.0, answer=6.0, pause=0.5, whole=10.0)  # somebody sits and waits


@dataclass(frozen=True)
class Found:
    """One page of companies, and how many the register has of those asked for."""

    entries: tuple[Entry, ...]
    strange: tuple[str, ...]  # what was wrong with hits that could not be read
    total: int


class Register:
    """The register as one user of it. Use it as a context: it keeps a connection open."""

    def __init__(self, patience: Patience | None = None) -> None:
        if not (settings.PEJL_CVR_USER and settings.PEJL_CVR_PASSWORD):
            raise RegisterNotSetUp(
                given=phrase("no user at the CVR register"),
                needed=phrase("PEJL_CVR_USER and PEJL_CVR_PASSWORD in the environment"),
                remedy=phrase("Apply to the Danish Business Authority, or refresh from a file."),
            )
        self._patience = patience or Patience()
        self._http = httpx.Client(
            auth=(settings.PEJL_CVR_USER, settings.PEJL_CVR_PASSWORD),
            timeout=httpx.Timeout(self._patience.answer, connect=self._patience.connect),
            headers={"User-Agent": "pejl"},
        )

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def find(self, cvr: str) -> Entry | None:
        """The company of the number; None when the register has none.

        Raises
        ------
        RegisterDown, RegisterSaidNo
            When there is no answer, or it cannot be used.
        """
        page = self._page([cvr], size=1, after=None)
        if page.strange:
            raise _strange(cvr, page.strange[0])
        if others := [one.cvr for one in page.entries if one.cvr != cvr]:
            raise _strange(cvr, phrase("it is about {others}", others=others[0]))
        return page.entries[0] if page.entries else None

    def many(self, numbers: Sequence[str], size: int = PAGE) -> Iterator[Found]:
        """The companies of the numbers, page by page in the order of their numbers."""
        seen, after = 0, None
        while numbers:
            found, after, hits = self._turned(numbers, size, after)
            seen += hits
            yield found
            # The total may be a lower bound in newer versions: an empty page always ends it.
            if not hits or after is None or hits < size or seen >= found.total:
                return

    def _page(self, numbers: Sequence[str], size: int, after: Any) -> Found:
        return self._turned(numbers, size, after)[0]

    def _turned(
        self, numbers: Sequence[str], size: int, after: Any
    ) -> tuple[Found, list[Any] | None, int]:
        said = self._ask(_question(numbers, size, after))
        hits, total = _hits(said)
        entries, strange = [], []
        for hit in hits:
            try:
                entries.append(read(hit))
            except NotAnEntry as refusal:
                strange.append(refusal.given)
        last = hits[-1].get("sort") if hits and isinstance(hits[-1], dict) else None
        return Found(tuple(entries), tuple(strange), total), last, len(hits)

    def _ask(self, question: dict[str, Any]) -> Any:
        tries = Retrying(
            retry=retry_if_exception_type((_Busy, httpx.TransportError)),
            stop=stop_any(stop_after_attempt(TRIES), stop_after_delay(self._patience.whole)),
            wait=self._pause,
            reraise=True,
        )
        try:
            return tries(self._ask_once, question)
        except (_Busy, httpx.TransportError) as error:
            raise RegisterDown(
                given=phrase(
                    "no usable answer from the register after {tries} tries ({what})",
                    tries=TRIES,
                    what=str(error) or type(error).__name__,
                ),
                needed=phrase("a register that answers"),
                remedy=phrase("Go on without it, and fetch the company later."),
            ) from error

    def _ask_once(self, question: dict[str, Any]) -> Any:
        answer = self._heard(question)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise _Busy(f"status {answer.status_code}", _asked_pause(answer))
        if answer.status_code != 200:
            raise _refused(answer.status_code)
        try:
            return answer.json()
        except ValueError as error:
            raise _Busy("an answer cut short, or a page instead of an answer") from error

    def _heard(self, question: dict[str, Any]) -> httpx.Response:
        """The whole answer; one that drips in for longer than ``whole``, or has no end, is none."""
        end, heard = time.monotonic() + self._patience.whole, bytearray()
        with self._http.stream("POST", settings.PEJL_CVR_URL, json=question) as answer:
            for part in answer.iter_bytes():
                heard += part
                if time.monotonic() > end or len(heard) > MOST_BYTES:
                    raise _Busy("an answer that does not end")
        headers = {
            name: answer.headers[name] for name in ("Retry-After",) if name in answer.headers
        }
        return httpx.Response(answer.status_code, headers=headers, content=bytes(heard))

    def _pause(self, state: RetryCallState) -> float:
        """The pause that the register asked for, else a longer one each time with some chance."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _Busy) and error.after is not None:
            return min(error.after, LONGEST_PAUSE_SECONDS, self._patience.whole)
        own = wait_exponential_jitter(
            multiplier=self._patience.pause, max=LONGEST_PAUSE_SECONDS, jitter=0.1
        )
        return own(state)


def _question(numbers: Sequence[str], size: int, after: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "query": {"bool": {"filter": [{"terms": {NUMBER: [int(cvr) for cvr in numbers]}}]}},
        "_source": [f"Vrvirksomhed.{name}" for name in FIELDS],
        "size": size,
        "sort": [{NUMBER: "asc"}],
    }
    return asked if after is None else {**asked, "search_after": after}


def _hits(said: Any) -> tuple[list[Any], int]:
    """The hits and how many there are: a number in older versions, an object in newer."""
    try:
        total = said["hits"]["total"]
        number = total["value"] if isinstance(total, dict) else total
        return list(said["hits"]["hits"]), int(number)
    except (KeyError, TypeError, ValueError) as error:
        raise RegisterSaidNo(
            given=phrase("an answer that is no search result"),
            needed=phrase("`hits.hits` and `hits.total`"),
            remedy=phrase("Check PEJL_CVR_URL: it names the address that ends with _search."),
        ) from error


def _strange(cvr: str, what: str) -> RegisterSaidNo:
    return RegisterSaidNo(
        given=phrase(
            "an answer about {cvr} that Pejl does not understand ({what})", cvr=cvr, what=what
        ),
        needed=phrase("a company as the register documents it"),
        remedy=phrase("Try again later; if it goes on, tell whoever looks after Pejl."),
    )


def _asked_pause(answer: httpx.Response) -> float | None:
    written = answer.headers.get("Retry-After", "")
    return float(written) if written.isdigit() else None


def _refused(status: int) -> RegisterSaidNo:
    if status in (401, 403):
        return RegisterSaidNo(
            given=phrase(
                "a user that the register does not let in (status {status})", status=status
            ),
            needed=phrase("a user and password that the register knows"),
            remedy=phrase("Check PEJL_CVR_USER and PEJL_CVR_PASSWORD."),
        )
    return RegisterSaidNo(
        given=phrase("a question that the register refuses (status {status})", status=status),
        needed=phrase("an address that takes searches"),
        remedy=phrase("Check PEJL_CVR_URL."),
    )
