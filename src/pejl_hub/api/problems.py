"""Every refusal as application/problem+json (RFC 9457), never as a page or a traceback."""

import json
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as BadRequestError
from pydantic import Field

from pejl.base.errors import UserError
from pejl_hub.closing.actions import PeriodClosed


class Problem(Schema):
    """What is wrong: ``errors`` by field, or what was given and needed, and what to do."""

    type: str
    title: str
    status: int
    detail: str = ""
    given: str = ""
    needed: str = ""
    remedy: str = ""
    errors: dict[str, list[str]] = Field(default_factory=dict)


class RefusedForm(Exception):
    """The fields of a form are wrong."""

    def __init__(self, form: forms.BaseForm) -> None:
        super().__init__()
        self.form = form


def tell(status: int, kind: str, title: str, **more: Any) -> HttpResponse:
    """The problem as a response."""
    body = {"type": f"urn:pejl:problem:{kind}", "title": title, "status": status, **more}
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json")


def teach(api: NinjaAPI) -> None:
    """Give the interface its way of refusing."""
    answers = {
        AuthenticationError: _signed_out,
        PermissionDenied: _not_allowed,
        Http404: _not_found,
        Throttled: _too_fast,
        BadRequestError: _not_understood,
        RefusedForm: _wrong_fields,
        ValidationError: _wrong_values,
        PeriodClosed: _closed,
        UserError: _refused,
        HttpError: _other,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _signed_out(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = tell(401, "key", _("A key that holds is needed: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return tell(403, "not-allowed", _("The key, or its user's role, does not allow this."))


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return tell(404, "not-found", _("There is nothing here."))


def _too_fast(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = tell(429, "too-fast", _("Too many requests: wait, and go on."))
    if error.wait:
        answer["Retry-After"] = str(int(error.wait) + 1)
    return answer


def _not_understood(request: HttpRequest, error: BadRequestError) -> HttpResponse:
    wrong: dict[str, list[str]] = {}
    for one in error.errors:
        wrong.setdefault(str(one["loc"][-1]), []).append(one["msg"])
    return tell(422, "not-understood", _("The request cannot be read."), errors=wrong)


def _wrong_fields(request: HttpRequest, error: RefusedForm) -> HttpResponse:
    wrong = {name: [str(e) for e in errors] for name, errors in error.form.errors.items()}
    return tell(422, "wrong-fields", _("Some of it cannot be recorded."), errors=wrong)


def _wrong_values(request: HttpRequest, error: ValidationError) -> HttpResponse:
    detail = " ".join(error.messages)
    return tell(422, "wrong-fields", _("Some of it cannot be recorded."), detail=detail)


def _closed(request: HttpRequest, error: PeriodClosed) -> HttpResponse:
    title = _("The day lies in a closed period: send a reason.")
    return tell(409, "closed-period", title, **vars(error))


def _refused(request: HttpRequest, error: UserError) -> HttpResponse:
    return tell(422, "refused", _("It was refused."), **vars(error))


def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return tell(error.status_code, "request", str(error))
