"""A number for each request: on its error page, in its log lines and in the answer's header."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
# What a proxy makes: 32 hexadecimal digits or a UUID. Anything else might be somebody's name or
# number, and would be written to the log.
TAKEN = re.compile(r"[0-9a-f-]{32,36}")

current: ContextVar[str] = ContextVar("request_id", default="")


def numbered(get_response: Next) -> Next:
    """Take the proxy's number for the request, or make one, and hand it back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request.request_id = given if TAKEN.fullmatch(given) else uuid.uuid4().hex
        token = current.set(request.request_id)
        try:
            response = get_response(request)
        finally:
            current.reset(token)
        response.headers[HEADER] = request.request_id
        return response

    return middleware
