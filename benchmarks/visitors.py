"""People who use the hub over HTTP: they sign in, open pages, and send forms as a browser does."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PATIENCE_SECONDS = 60
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    location: str
    changed: str


@dataclass
class Visitor:
    """One browser: a connection that is kept, and its cookies."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)  # of the files that the browser holds
    line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def look_again(self, path: str) -> Answer:
        """Ask whether a file that the browser holds has changed; the first time, for the file."""
        held = {"If-Modified-Since": self.dates[path]} if path in self.dates else {}
        answer = self._ask("GET", path, None, held)
        self.dates[path] = answer.changed
        return answer

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        headers = FORM | {"Referer": f"http://{self.host}:{self.port}{path}"}
        return self._ask("POST", path, urlencode(fields).encode(), headers)

    def fill_in(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Open a form, fill in what is named, keep what it holds hidden, and send it."""
        return self.post(path, hidden(self.get(path).body.decode()) | dict(fields))

    def sign_in(self, path: str, name: str, password: str) -> None:
        """Sign in; SystemExit when the page refuses."""
        shown = self.get(path).body.decode()
        given = hidden(shown) | {_named(shown, "text"): name, _named(shown, "password"): password}
        answer = self.post(path, given)
        if answer.status != http.client.FOUND:
            raise SystemExit(f"{name} was not let in: {answer.status}")

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """A connection that the server has closed meanwhile is opened anew, as browsers do."""
        try:
            return self._ask_once(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            return self._ask_once(method, path, body, headers)

    def _ask_once(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line = self._connected()
        try:
            line.request(method, path, body, headers | {"Cookie": cookie})
            answer = line.getresponse()
            read = answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            self.line = None
            raise
        for name, morsel in SimpleCookie("; ".join(answer.msg.get_all("Set-Cookie", []))).items():
            self.cookies[name] = morsel.value
        told = answer.headers
        return Answer(answer.status, read, told.get("Location", ""), told.get("Last-Modified", ""))

    def _connected(self) -> http.client.HTTPConnection:
        if self.line is None:
            self.line = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_SECONDS)
        return self.line


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page, the last of each name."""
    inputs = [dict(ATTRIBUTE.findall(found)) for found in INPUT.findall(page)]
    return {
        one["name"]: one.get("value", "")
        for one in inputs
        if one.get("type") == "hidden" and "name" in one
    }


def _named(page: str, kind: str) -> str:
    for found in INPUT.findall(page):
        one = dict(ATTRIBUTE.findall(found))
        if one.get("type") == kind:
            return one["name"]
    raise SystemExit(f"The page has no field to type a {kind} into.")
