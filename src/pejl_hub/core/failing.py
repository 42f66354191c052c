"""What is answered when something has failed: 503 for an outage, 500 for an error of ours.

Neither page asks the database for anything: it may be what has failed.
"""

import json
import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader

from pejl_hub.core.outage import Outage, outage

SOON = {Outage.LOST: 15, Outage.BUSY: 5}  # seconds after which it is worth asking again
RETRY = "Retry-After"


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to a request that raised an error, as Django's ``handler500``."""
    error = sys.exc_info()[1]
    kind = outage(error) if error else None
    if request.path.startswith("/api/v1/"):
        return problem(kind)
    if kind is None:
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    page = loader.render_to_string("503.html", {"kind": kind.value})
    answer = HttpResponse(page, status=503)
    return _with_patience(answer, kind)


def problem(kind: Outage | None) -> HttpResponse:
    """The same for a program (RFC 9457)."""
    status, name = (503, f"outage-{kind.value}") if kind else (500, "error")
    title = "Pejl cannot do this just now." if kind else "Something went wrong in Pejl."
    said = {"type": f"urn:pejl:problem:{name}", "title": title, "status": status}
    said["detail"] = "It is done whole or not at all: send it again with the same Idempotency-Key."
    answer = HttpResponse(json.dumps(said), status=status, content_type="application/problem+json")
    return _with_patience(answer, kind) if kind else answer


def _with_patience(answer: HttpResponse, kind: Outage) -> HttpResponse:
    if kind in SOON:
        answer[RETRY] = str(SOON[kind])
    return answer
