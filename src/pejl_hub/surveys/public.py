"""The pages that people outside the hub see: answer, thanks, unsubscribe. They need no script.

A GET changes nothing, for mail scanners follow links. The pages take no cookie: the secret in the
address is what allows the act, so there is nothing for a forged form to borrow (``csrf_exempt``),
and a one-click unsubscription (RFC 8058) comes without cookies by its nature.
"""

from functools import wraps
from typing import Protocol

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pejl_hub.companies.models import Language
from pejl_hub.referrals.models import ReferralState
from pejl_hub.surveys import asking, links
from pejl_hub.surveys.actions.answering import take_answer, unsubscribe
from pejl_hub.surveys.forms import AnswerForm
from pejl_hub.surveys.models import Invitation


class View(Protocol):
    """A page behind a link."""

    def __call__(self, request: HttpRequest, secret: str) -> HttpResponse: ...


def behind_a_link(view: View) -> View:
    """Open to all, kept by nobody, and closed for a while to those who guess."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponse:
        if links.turned_away(request):
            return _page(request, "too_many", _language(request), status=429)
        response = view(request, secret)
        # The secret stands in the address: it must reach no other site and no search engine.
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(csrf_exempt(never_cache(guarded)))


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The form; a valid POST is the answer, and uses the link up."""
    today = timezone.localdate()
    invitation = links.open_invitation(secret, today)
    if invitation is None:
        return _leads_nowhere(request)
    language = _language(request, invitation)
    made = invitation.enrolment.guidance.referrals.exclude(state=ReferralState.DRAFT)
    referrals = list(made.order_by("referred_on", "id"))
    with translation.override(language):
        given = request.POST if request.method == "POST" else None
        form = AnswerForm(given, referrals=referrals)
        if request.method == "POST" and form.is_valid():
            if not take_answer(invitation=invitation, given=form.given(), today=today):
                return _leads_nowhere(request)
            return redirect(f"{reverse('surveys:thanks')}?sprog={language}")
    status = 400 if request.method == "POST" else 200
    return _answer_page(request, invitation, form, secret, language, status)


def _answer_page(
    request: HttpRequest,
    invitation: Invitation,
    form: AnswerForm,
    secret: str,
    language: str,
    status: int,
) -> HttpResponse:
    context = {
        "form": form,
        "question": asking.question_on(invitation.invited_on, language),
        "hub": asking.contract_for(invitation.invited_on).hub_name,
        "held_on": invitation.enrolment.guidance.held_on,
        "anonymous": invitation.anonymous,
        "expires_on": invitation.expires_on,
        "secret": secret,
    }
    return _page(request, "answer", language, status=status, **context)


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The answer has been kept. The address holds nothing about it."""
    return _page(request, "thanks", _language(request))


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """A GET asks; a POST unsubscribes. Both look the same whether the link exists or not."""
    invitation = links.invitation_of(secret)
    if invitation is None:
        links.note_guess(request)
    if request.method != "POST":
        return _page(request, "unsubscribe", _language(request), secret=secret)
    if invitation is not None:
        unsubscribe(key=invitation.person_key)
    return _page(request, "unsubscribed", _language(request))


def _leads_nowhere(request: HttpRequest) -> HttpResponse:
    """One page for links unknown, used and expired."""
    links.note_guess(request)
    return _page(request, "nowhere", _language(request), status=404)


def _page(
    request: HttpRequest, name: str, language: str, *, status: int = 200, **context: object
) -> HttpResponse:
    with translation.override(language):
        other = Language.DANISH if language == Language.ENGLISH else Language.ENGLISH
        shown = {"language": language, "other_language": other.value, **context}
        return render(request, f"surveys/public/{name}.html", shown, status=status)


def _language(request: HttpRequest, invitation: Invitation | None = None) -> str:
    """As asked for on the page, else as the invitation was written, else Danish."""
    asked = request.GET.get("sprog", "")
    if asked in Language.values:
        return asked
    return str(invitation.language) if invitation else Language.DANISH.value
