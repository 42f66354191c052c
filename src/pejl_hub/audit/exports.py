"""Every file that somebody takes out of the house is an entry of the audit log."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from pejl_hub.audit.actions import record

Next = Callable[[HttpRequest], HttpResponse]
LONGEST = 1_000


def note_exports(get_response: Next) -> Next:
    """Note who took which file, by which address, before it is handed over.

    A file is an answer that the browser is told to save. When the note cannot be written, nothing
    is handed over.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        disposition = response.headers.get("Content-Disposition", "")
        taken = response.status_code == 200 and disposition.startswith("attachment")
        if taken and getattr(request, "user", None) and request.user.is_authenticated:
            _note(request, response, disposition)
        return response

    return middleware


def _note(request: HttpRequest, response: HttpResponse, disposition: str) -> None:
    details = {
        "address": request.get_full_path()[:LONGEST],
        "file": disposition.partition("filename=")[2].strip('"')[:200],
        "bytes": None if response.streaming else len(response.content),
    }
    with transaction.atomic():
        record(by=request.user, action="file.taken_out", obj=request.user, details=details)
