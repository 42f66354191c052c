"""An identity provider on this machine, that insists on a proof key (PKCE) and can be bent."""

import base64
import hashlib
import io
import json
import os
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

from oidc_provider_mock import app as provider
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response


class Quiet(WSGIRequestHandler):
    """Tells nobody what was asked."""

    def log(self, *given: object) -> None:
        """Nothing."""


@dataclass
class Idp:
    """The provider, what was asked of it, and how its askers are misled."""

    port: int = 0
    challenges: list[dict[str, str]] = field(default_factory=list)
    tokens: list[dict[str, str]] = field(default_factory=list)
    bend: Callable[[dict[str, str]], dict[str, str]] = dict  # what is asked -> what it hears

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def person(self, sub: str, **claims: object) -> None:
        """Somebody who may be signed in; ``groups`` is what they are in."""
        told = json.dumps(claims).encode()
        asked = urllib.request.Request(
            f"{self.issuer}/users/{sub}", told, {"Content-Type": "application/json"}, method="PUT"
        )
        urllib.request.urlopen(asked).close()

    def consent(self, address: str, sub: str) -> str:
        """Somebody signs in at the address that they were sent to; where they are sent back to."""
        asked = urllib.request.Request(address, urlencode({"sub": sub}).encode(), method="POST")
        opener = urllib.request.build_opener(_Stay)
        with opener.open(asked) as answer:
            return str(answer.headers["Location"])


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: object) -> None:
        return None

    def http_error_302(self, req, fp, code, msg, headers):
        return fp


@contextmanager
def serving(max_age: timedelta = timedelta(hours=1)) -> Iterator[Idp]:
    """The provider, until the end."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    idp = Idp()
    inner = provider(access_token_max_age=max_age).wsgi_app
    server = make_server(
        "localhost", 0, _insisting(idp, inner), threaded=True, request_handler=Quiet
    )
    idp.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield idp
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _insisting(idp: Idp, inner: Callable) -> Callable:
    """The mock does not look at the proof key; a real provider does."""

    def app(environ, start_response):
        if environ["PATH_INFO"] == "/oauth2/authorize":
            asked = {key: one[0] for key, one in parse_qs(environ["QUERY_STRING"]).items()}
            idp.challenges.append(asked)
            environ["QUERY_STRING"] = urlencode(idp.bend(asked))
        if environ["PATH_INFO"] == "/oauth2/token":
            form = Request(environ, populate_request=False).get_data(cache=True)
            told = {key: one[0] for key, one in parse_qs(form.decode()).items()}
            idp.tokens.append(told)
            if not _proves(idp, told):
                return Response('{"error": "invalid_grant"}', 400)(environ, start_response)
            environ["wsgi.input"] = io.BytesIO(form)
        return inner(environ, start_response)

    return app


def _proves(idp: Idp, told: dict[str, str]) -> bool:
    digest = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    known = [a for a in idp.challenges if a.get("code_challenge_method") == "S256"]
    return challenge in [one["code_challenge"] for one in known]
