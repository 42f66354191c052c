"""To the identity provider and back."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import How
from pejl_hub.accounts.pending import landing
from pejl_hub.accounts.proof import proved
from pejl_hub.accounts.provider.adapter import Hub
from pejl_hub.accounts.provider.arriving import Arrival, NotLetIn, arrival, arrive, join
from pejl_hub.accounts.provider.config import config, is_used
from pejl_hub.accounts.provider.token import NotBelieved
from pejl_hub.accounts.sessions import sign_in
from pejl_hub.core.wayback import own_address

LOG = logging.getLogger(__name__)
JOINING = "pejl_joining"
SHOWN_GROUPS = 40


@login_not_required
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider.

    By a link: the policy lets a form lead nowhere but to this house, and a provider may itself lead
    on to others. It changes nothing here; what comes back is believed only in this browser.
    """
    hub, then = _hub(request), own_address(request, request.GET.get("next", ""))
    joining = request.session.pop(JOINING, None)
    try:
        return hub.begin(then, joining=joining)
    except (RequestException, ValueError, KeyError):
        return _refused(request, "away", 503)


@login_not_required
@never_cache
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """From the provider, with its word for who it is."""
    hub = _hub(request)
    state = hub.state()
    if state is None:
        return _refused(request, "state", 400)
    if "code" not in request.GET:
        return _refused(request, "cancelled", 403)
    try:
        come = arrival(hub.claims(state), hub.config)
    except NotBelieved as error:
        LOG.warning("The identity provider was not believed: %s", str(error)[:200])
        return _refused(request, "token", 403)
    try:
        return _let_in(request, come, state)
    except NotLetIn as refusal:
        return _refused(request, refusal.why, 403, groups=come.groups[:SHOWN_GROUPS])


@login_not_required
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """On to where the provider ends its own sign-in: whoever shares a machine must end both."""
    hub = _hub(request)
    try:
        there = hub.leave_address()
    except (RequestException, ValueError):
        return _refused(request, "away", 503)
    if not there:
        messages.info(
            request, _("The hub's sign-in has no page to sign out on: close the browser.")
        )
    return redirect(there or "accounts:sign_in")


def _let_in(request: HttpRequest, come: Arrival, state: dict[str, Any]) -> HttpResponse:
    if (joining := state.get("joining")) is not None:
        if request.user.pk != joining:
            return _refused(request, "state", 400)
        join(user=request.user, come=come)
    user = arrive(come)
    sign_in(request, user, how=How.PROVIDER)
    return redirect(state.get("next") or landing(user))


@proved
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_join(request: HttpRequest) -> HttpResponse:
    """Explain what joining means; by POST, get ready for it."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not is_used() or not request.user.has_usable_password():
        raise Http404("nothing to join")
    ready = request.method == "POST"
    if ready:
        request.session[JOINING] = request.user.pk
    context = {"section": "own", "ready": ready, "name": config().name}
    return render(request, "accounts/join.html", context)


def _hub(request: HttpRequest) -> Hub:
    if not is_used():
        raise Http404("no identity provider")
    return Hub(request, config())


def _refused(request: HttpRequest, why: str, status: int, **more: Any) -> HttpResponse:
    return render(request, "accounts/refused.html", {"why": why, **more}, status=status)
