"""Before any view: addresses that no database can be asked about, and the language of the page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]


def without_nul(get_response: Next) -> Next:
    """No address holds a NUL: PostgreSQL stops at one in any text, and SQLite's search as well."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            raise BadRequest("A NUL in the address.")
        return get_response(request)

    return middleware


class FormsWithoutNul:
    """Nor does a form that is sent: a reason or a name is not everywhere read by a form of ours.

    Asked after the door, so that nobody's uploads are read before it is known who sends them.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page itself."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """BadRequest where a field holds one."""
        # What asks for no proof (the interface, links) reads what is sent by itself, and once.
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        if any("\0" in text for name, sent in request.POST.lists() for text in (name, *sent)):
            raise BadRequest("A NUL in a field.")


def chosen_language(get_response: Next) -> Next:
    """A public house's pages are Danish until somebody asks for English.

    Django's own middleware follows the browser; many offices have English browsers.
    """
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(asked if asked in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return middleware
