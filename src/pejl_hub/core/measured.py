"""Each request measured and logged by the name of its route: never its address, nor who is in it.

Users are told by their number and role alone.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)
WATCHED = {"healthz", "readyz", "readyz-worker", "metrics"}  # asked every few seconds

REQUESTS = Counter("pejl_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "pejl_request_seconds", "Seconds until the answer began.", ["route"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30),
)  # fmt: skip
OUTAGES = Counter("pejl_outages", "Requests that database or disk did not carry out.", ["kind"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def measured(get_response: Next) -> Next:
    """Count the request, and write its line."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        try:
            _note(request, response, time.perf_counter() - began)
        except Exception:  # a full disk must not take the answer with it
            log.exception("not measured")
        return response

    return middleware


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    route = route_of(request, response)
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, str(response.status_code)).inc()
    SECONDS.labels(route).observe(seconds)
    if route in WATCHED or route == "file":
        return
    told = {"method": method, "route": route, "status": response.status_code}
    log.info("request", extra=told | _who(request) | {"ms": round(seconds * 1000)})


def route_of(request: HttpRequest, response: HttpResponse) -> str:
    """The route's name or pattern; ``file`` for own files, ``none`` where nothing answers."""
    match = request.resolver_match
    if match is None:
        return "file" if response.streaming or response.status_code == 304 else "none"
    return match.view_name or match.route or "front"


def _who(request: HttpRequest) -> dict[str, Any]:
    """Whoever was looked up while the request was answered; nobody is looked up for the log."""
    key = getattr(request, "auth", None)
    user = getattr(request, "_cached_user", None) or getattr(key, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"user": user.pk, "role": user.role, "key": getattr(key, "pk", None)}
