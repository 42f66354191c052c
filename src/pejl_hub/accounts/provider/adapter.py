"""The talk with the provider: allauth's, but that every answer is proved."""

import secrets
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException

from pejl_hub.accounts.provider.config import Config, is_private
from pejl_hub.accounts.provider.token import NotBelieved, believed

PROVIDER = "oidc"


class Hub(OpenIDConnectOAuth2Adapter):
    """The hub's provider, as the environment names it; nothing is asked of the database."""

    def __init__(self, request: HttpRequest, config: Config) -> None:
        super().__init__(request, PROVIDER)
        self.config = config
        if settings.PEJL_URL.startswith("https:"):
            self.redirect_uri_protocol = "https"

    def get_provider(self) -> OpenIDConnectProvider:
        """The provider, which asks for a proof key (PKCE) at every sign-in."""
        app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            name=self.config.name,
            client_id=self.config.client_id,
            secret=self.config.client_secret,
            settings={"server_url": self.config.issuer.rstrip("/"), "oauth_pkce_enabled": True},
        )
        return _Provider(self, app)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends people back to: the one address that it must know."""
        found = request.build_absolute_uri(reverse("accounts:provider_return"))
        secure = self.redirect_uri_protocol == "https"
        return found.replace("http://", "https://", 1) if secure else found

    def begin(self, then: str, **state: Any) -> HttpResponse:
        """Send the browser to the provider; ``state`` is kept in the session meanwhile."""
        nonce = secrets.token_urlsafe(32)
        provider = self.get_provider()
        return provider.redirect(
            self.request,
            process="login",
            next_url=then,
            auth_params={"nonce": nonce},
            scope=self.config.scopes,
            nonce=nonce,
            **state,
        )

    def state(self) -> dict[str, Any] | None:
        """What was kept when this sign-in began; None when none began here. It is used up."""
        asked = self.request.GET.get("state", "")
        found: dict[str, Any] | None = statekit.unstash_state(
            self.request, provider_id=PROVIDER, state_id=asked
        )
        return found

    def leave_address(self) -> str:
        """Where the provider ends its own sign-in, when it has been asked to; nothing where none.

        Without the token of the sign-in, which is not kept, it asks the user first: so a link that
        somebody else has made ends nothing either.
        """
        there = str(self.openid_config.get("end_session_endpoint", ""))
        if not is_private(there):
            return ""
        mark = "&" if "?" in there else "?"
        return f"{there}{mark}{urlencode({'client_id': self.config.client_id})}"

    def claims(self, state: dict[str, Any]) -> dict[str, Any]:
        """Who the provider says it is.

        Raises
        ------
        NotBelieved
            When the provider refuses the code, cannot be reached, or its word is not good.
        """
        try:
            return self._claims(state)
        except (OAuth2Error, RequestException, ValueError, KeyError) as error:
            raise NotBelieved(str(error)) from error

    def _claims(self, state: dict[str, Any]) -> dict[str, Any]:
        if self.openid_config["issuer"] != self.config.issuer:
            raise NotBelieved("the provider calls itself something else")
        app = self.get_provider().app
        answer = self.get_access_token_data(
            self.request,
            app,
            self.get_client(self.request, app),
            pkce_code_verifier=state["pkce_code_verifier"],
        )
        found = believed(
            answer["id_token"],
            keys=self._keys(),
            issuer=self.config.issuer,
            client_id=self.config.client_id,
            nonce=state["nonce"],
        )
        return self._with_userinfo(found, answer["access_token"])

    def _with_userinfo(self, found: dict[str, Any], access: str) -> dict[str, Any]:
        """Some providers tell the groups only when they are asked for them."""
        if self.config.group_claim in found or "userinfo_endpoint" not in self.openid_config:
            return found
        more = self._fetch_user_info(access)
        if more.get("sub") != found["sub"]:
            raise NotBelieved("the provider tells of somebody else")
        return {**more, **found}

    def _keys(self) -> list[dict[str, Any]]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            found: list[dict[str, Any]] = answer.json()["keys"]
        return found


class _Provider(OpenIDConnectProvider):
    """allauth's provider, that talks by our adapter."""

    def __init__(self, adapter: Hub, app: SocialApp) -> None:
        super().__init__(adapter.request, app=app)
        self.adapter = adapter

    def get_oauth2_adapter(self, request: HttpRequest) -> Hub:
        """The one that made it."""
        return self.adapter
