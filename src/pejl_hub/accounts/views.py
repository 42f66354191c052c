"""Signing in and out."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from pejl_hub.accounts import second
from pejl_hub.accounts.actions import DEMO_USERS, demo_password
from pejl_hub.accounts.forms import SignInForm
from pejl_hub.accounts.models import How
from pejl_hub.accounts.pending import landing, wait_for_code
from pejl_hub.accounts.provider.adapter import PROVIDER
from pejl_hub.accounts.provider.config import is_used
from pejl_hub.accounts.queries import is_demo
from pejl_hub.accounts.sessions import sign_in, stamp

LEFT = "ude"  # in the address: what somebody has just signed out of Pejl with


class SignIn(LoginView):
    """By password, or the hub's provider; the demo's users are offered only in a demo."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Where the day begins: the page of the user's role, else the overview."""
        return landing(self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        """The password was right: the code is next, for those who have one."""
        user = form.get_user()
        if second.has_code(user):
            wait_for_code(self.request, user, self.get_redirect_url())
            return redirect("accounts:code")
        sign_in(self.request, user, how=How.PASSWORD)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the provider's name, and the demo's users where there is a demo."""
        demo = {"demo_users": DEMO_USERS, "demo_password": demo_password()} if is_demo() else {}
        told = {"provider": settings.PEJL_OIDC["name"] if is_used() else ""}
        told["left"] = self.request.GET.get(LEFT) == PROVIDER
        return super().get_context_data(**kwargs, **demo, **told)


class SignOut(LogoutView):
    """Signing out, by POST only. The hub's own sign-in goes on, and the page then says so."""

    by_provider = False

    def post(self, request: HttpRequest, *given: Any, **more: Any) -> HttpResponse:
        """Remember how the session began, before it ends."""
        held = stamp(request)
        self.by_provider = held is not None and held.how is How.PROVIDER
        return super().post(request, *given, **more)

    def get_default_redirect_url(self) -> str:
        """To sign in again."""
        told = f"?{urlencode({LEFT: PROVIDER})}" if self.by_provider else ""
        return f"{super().get_default_redirect_url()}{told}"
