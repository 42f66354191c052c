"""The pages of what went wrong: they say what happened, what to do, and the request's number.

Those of a fault of ours (500, 503) and of a request that cannot be read (400) ask neither database
nor session, which may be what failed. Programs at ``/api/v1/`` get the same as problem+json.
"""

import json
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.views import defaults

from pejl_hub.core import requestid
from pejl_hub.core.measured import OUTAGES
from pejl_hub.core.outage import Outage, outage

FOR_PROGRAMS = "/api/v1/"
TITLES = {
    400: "The request cannot be read.",
    403: "It is not allowed.",
    404: "There is nothing here.",
    500: "Something went wrong on our side.",
    503: "Pejl cannot answer just now: try again in a moment.",
}
AGAIN_AFTER_SECONDS = "30"
AGAIN = "It is done whole or not at all: send it again, with the same Idempotency-Key."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, or that asks for another host."""
    return _alone(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The role does not give access."""
    if _by_program(request):
        return _problem(request, 403)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing there, or nothing that this user may know of."""
    if _by_program(request):
        return _problem(request, 404)
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours; one that passes by itself, as a database that is away, is a 503."""
    error = sys.exc_info()[1]
    kind = outage(error) if error else None
    if kind:
        OUTAGES.labels(kind.value).inc()
    return _alone(request, 503 if kind else 500, kind)


def _alone(request: HttpRequest, status: int, kind: Outage | None = None) -> HttpResponse:
    if _by_program(request):
        return _problem(request, status)
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        given = {"language": language, "request_id": _number(request), "outage": kind}
        response = HttpResponse(loader.get_template(f"{status}.html").render(given), status=status)
    return _waiting(response)


def _problem(request: HttpRequest, status: int) -> HttpResponse:
    told = {
        "type": f"urn:pejl:problem:{status}",
        "title": TITLES[status],
        "status": status,
        "instance": f"urn:pejl:request:{_number(request)}",
    }
    if status == 503:
        told["detail"] = AGAIN
    body = json.dumps(told)
    return _waiting(HttpResponse(body, status=status, content_type="application/problem+json"))


def _waiting(response: HttpResponse) -> HttpResponse:
    if response.status_code == 503:
        response.headers["Retry-After"] = AGAIN_AFTER_SECONDS
    return response


def _by_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(FOR_PROGRAMS)


def _number(request: HttpRequest) -> str:
    return getattr(request, "request_id", "") or requestid.current.get()
