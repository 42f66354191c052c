"""A register of companies on loopback that speaks as the real one is documented (DOMAIN § 4).

``POST …/virksomhed/_search`` with Basic auth; `terms` on the number, `_source`, `size`, `sort` and
``search_after``; ``hits.total`` as a number or as an object. tests/unit/test_cvr_fake.py holds the
fake itself against those shapes. ``troubles`` are played, one a question, before it answers well.
"""

import base64
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

USER, PASSWORD = "hub", "made-up"
PATH = "/cvr-permanent/virksomhed/_search"
NUMBER = "Vrvirksomhed.cvrNummer"


def company(cvr: str, name: str = "Anker Design ApS", **said: Any) -> dict[str, Any]:
    """A company as the register has it: all that Pejl asks for, the traps, and a person."""
    place = {
        "kommune": {"kommuneKode": 101, "kommuneNavn": "KØBENHAVN"},
        "periode": since("2003-05-18"),
    }
    trade = {"branchekode": "702200", "branchetekst": "Rådgivning", "periode": since("2003-05-18")}
    whole = {
        "cvrNummer": int(cvr),
        "navne": [{"navn": name, "periode": since("2003-05-18")}],
        "beliggenhedsadresse": [place],
        "hovedbranche": [trade],
        "virksomhedsform": [
            {"virksomhedsformkode": 80, "kortBeskrivelse": "APS", "periode": since("2003-05-18")}
        ],
        "reklamebeskyttet": False,
        "aarsbeskaeftigelse": [
            {"aar": 2018, "antalAnsatte": 77, "intervalKodeAntalAnsatte": "ANTAL_50_99"}
        ],
        "kvartalsbeskaeftigelse": [
            {
                "aar": 2019,
                "kvartal": 4,
                "antalAnsatte": 66,
                "intervalKodeAntalAnsatte": "ANTAL_50_99",
            }
        ],
        "erstMaanedsbeskaeftigelse": [month(2023, 12, 8)],
        "livsforloeb": [{"periode": since("2003-05-18")}],
        "deltagerRelation": [{"deltager": {"navne": [{"navn": "A Person"}]}}],
        "virksomhedMetadata": {
            "nyesteNavn": {"navn": name, "periode": since("2003-05-18")},
            "nyesteBeliggenhedsadresse": place,
            "nyesteHovedbranche": trade,
            "nyesteAarsbeskaeftigelse": {"aar": 2018, "antalAnsatte": 77},
            "sammensatStatus": "NORMAL",
            "stiftelsesDato": "2003-05-18",
        },
    }
    return {**whole, **said}


def month(year: int, number: int, employees: int | None, band: str = "ANTAL_5_9") -> dict[str, Any]:
    """A month's employment."""
    exact = {} if employees is None else {"antalAarsvaerk": employees, "antalAnsatte": employees}
    return {"aar": year, "maaned": number, **exact, "intervalKodeAntalAnsatte": band}


def since(first: str, last: str | None = None) -> dict[str, Any]:
    """A period of validity."""
    return {"gyldigFra": first, "gyldigTil": last}


@dataclass
class Register:
    """The register while it runs. ``total_as_object`` is the newer form of ``hits.total``."""

    companies: Iterable[dict[str, Any]] = ()
    # A status, "slow", "garbled", "drip" (an answer without an end), or the bytes of an answer.
    troubles: list[Any] = field(default_factory=list)
    total_as_object: bool = False
    slowness: float = 1.0
    retry_after: str | None = None
    questions: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> "Register":
        register = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                register._answer(self)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}{PATH}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        if request.path != PATH:
            return _send(request, 404, {"error": "no handler found for uri"})
        if not _knows(request.headers.get("Authorization", "")):
            return _send(request, 401, {"error": "unauthorised"})
        question = json.loads(body)
        self.questions.append(question)
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble == "slow":
            time.sleep(self.slowness)
        if isinstance(trouble, int):
            return _send(request, trouble, {"error": "busy"}, self.retry_after)
        if isinstance(trouble, bytes):
            return _send_bytes(request, 200, trouble)
        if trouble == "drip":
            return _drip(request)
        answer = json.dumps(self._found(question)).encode()
        return _send_bytes(request, 200, answer[:-20] if trouble == "garbled" else answer)

    def _found(self, question: dict[str, Any]) -> dict[str, Any]:
        wanted = set(question["query"]["bool"]["filter"][0]["terms"][NUMBER])
        hits = sorted(
            (one for one in self.companies if one["cvrNummer"] in wanted),
            key=lambda one: one["cvrNummer"],
        )
        after = question.get("search_after", [-1])[0]
        page = [one for one in hits if one["cvrNummer"] > after][: question.get("size", 10)]
        total: Any = {"value": len(hits), "relation": "eq"} if self.total_as_object else len(hits)
        return {
            "took": 3,
            "timed_out": False,
            "hits": {"total": total, "max_score": None, "hits": [_hit(q, question) for q in page]},
        }


def _drip(request: BaseHTTPRequestHandler) -> None:
    """A byte at a time, for as long as anybody listens."""
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b" ")
            time.sleep(0.02)
    except OSError:
        return  # whoever asked has hung up


def _hit(one: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    """Only the fields asked for; the sort values stand beside the source."""
    kept = {name.partition(".")[2] for name in question["_source"]}
    source = {name: value for name, value in one.items() if name in kept}
    return {
        "_index": "cvr-v-20220630",
        "_type": "_doc",
        "_id": str(one["cvrNummer"]),
        "_score": None,
        "_source": {"Vrvirksomhed": source},
        "sort": [one["cvrNummer"]],
    }


def _knows(header: str) -> bool:
    return header == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def _send(
    request: BaseHTTPRequestHandler, status: int, said: Any, retry_after: str | None = None
) -> None:
    _send_bytes(request, status, json.dumps(said).encode(), retry_after)


def _send_bytes(
    request: BaseHTTPRequestHandler, status: int, body: bytes, retry_after: str | None = None
) -> None:
    try:
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        if retry_after:
            request.send_header("Retry-After", retry_after)
        request.end_headers()
        request.wfile.write(body)
    except (BrokenPipeError, ConnectionResetError):
        return  # whoever asked has hung up, as one does who has waited too long
