"""Mozilla's HTTP Observatory: its rules for an answer's headers, with its points.

The list is that of github.com/mdn/mdn-http-observatory, ``src/grader/charts.js`` (20 August 2026),
read and written anew. An answer begins with 100 points. Rules that give more than nothing count
only where what takes away leaves at least 90. What only a scan from outside can see is not here:
whether the certificate holds, and whether the address is on the browsers' list (preload: +5).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from django.http import HttpResponse

LEAST_FOR_EXTRA = 90
SIX_MONTHS = 15_768_000
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "data:", "blob:", "*")
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Verdict:
    """What a rule says of an answer, and the points that it gives or takes."""

    said: str
    points: int


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The content security policy, by directive."""
    text = response.headers.get("Content-Security-Policy", "")
    parts = [part.split() for part in text.split(";") if part.strip()]
    return {name.lower(): values for name, *values in parts}


def content_security_policy(response: HttpResponse) -> Verdict:
    told = policy(response)
    if not told:
        return Verdict("csp-not-implemented", -25)
    active = [
        told.get(name, told.get("default-src", ["*"])) for name in ("script-src", "object-src")
    ]
    if any(value in UNSAFE for values in active for value in values):
        return Verdict("csp-implemented-with-unsafe-inline", -20)
    if any(value.startswith("http:") for values in told.values() for value in values):
        return Verdict("csp-implemented-with-insecure-scheme", -20)
    if "'unsafe-eval'" in [value for values in told.values() for value in values]:
        return Verdict("csp-implemented-with-unsafe-eval", -10)
    if "'unsafe-inline'" in told.get("style-src", told["default-src"]):
        return Verdict("csp-implemented-with-unsafe-inline-in-style-src-only", 0)
    if told.get("default-src") == ["'none'"]:
        return Verdict("csp-implemented-with-no-unsafe-default-src-none", 10)
    return Verdict("csp-implemented-with-no-unsafe", 5)


def cookies(response: HttpResponse) -> Verdict:
    kept = {name: one for name, one in response.cookies.items() if one.value}
    if not kept:
        return Verdict("cookies-not-found", 0)
    for name, cookie in kept.items():
        session = "sess" in name.lower() or "login" in name.lower()
        if session and not cookie["secure"]:
            return Verdict("cookies-session-without-secure-flag", -40)
        if session and not cookie["httponly"]:
            return Verdict("cookies-session-without-httponly-flag", -30)
        if "csrf" in name.lower() and not cookie["samesite"]:
            return Verdict("cookies-anticsrf-without-samesite-flag", -20)
        if not cookie["secure"]:
            return Verdict("cookies-without-secure-flag", -20)
        if cookie["samesite"].lower() not in ("lax", "strict"):
            return Verdict("cookies-secure-with-httponly-sessions", 0)
    return Verdict("cookies-secure-with-httponly-sessions-and-samesite", 5)


def cross_origin_sharing(response: HttpResponse) -> Verdict:
    if "Access-Control-Allow-Origin" in response.headers:
        return Verdict("cross-origin-resource-sharing-implemented", -50)
    return Verdict("cross-origin-resource-sharing-not-implemented", 0)


def referrer(response: HttpResponse) -> Verdict:
    told = response.headers.get("Referrer-Policy", "")
    if told in PRIVATE:
        return Verdict("referrer-policy-private", 5)
    return Verdict("referrer-policy-unsafe", -5) if told else Verdict("not-implemented", 0)


def transport(response: HttpResponse) -> Verdict:
    told = response.headers.get("Strict-Transport-Security", "")
    age = re.search(r"max-age=(\d+)", told)
    if age is None:
        return Verdict("hsts-not-implemented", -20)
    if int(age[1]) < SIX_MONTHS:
        return Verdict("hsts-implemented-max-age-less-than-six-months", -10)
    return Verdict("hsts-implemented-max-age-at-least-six-months", 0)


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.sources.append(dict(attrs).get("src"))


def integrity(response: HttpResponse) -> Verdict:
    """Scripts of our own need no hash; one from elsewhere would."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return Verdict("sri-not-implemented-response-not-html", 0)
    scripts = _Scripts()
    scripts.feed(response.content.decode())
    if any(source and re.match(r"https?:|//", source) for source in scripts.sources):
        return Verdict("sri-not-implemented-but-external-scripts-loaded-securely", -5)
    return Verdict("sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0)


def sniffing(response: HttpResponse) -> Verdict:
    if response.headers.get("X-Content-Type-Options") == "nosniff":
        return Verdict("x-content-type-options-nosniff", 0)
    return Verdict("x-content-type-options-not-implemented", -5)


def framing(response: HttpResponse) -> Verdict:
    if policy(response).get("frame-ancestors") == ["'none'"]:
        return Verdict("x-frame-options-implemented-via-csp", 5)
    if response.headers.get("X-Frame-Options", "").upper() in ("DENY", "SAMEORIGIN"):
        return Verdict("x-frame-options-sameorigin-or-deny", 5)
    return Verdict("x-frame-options-not-implemented", -20)


def _cross(name: str, best: tuple[str, ...]) -> Callable[[HttpResponse], Verdict]:
    def rule(response: HttpResponse) -> Verdict:
        told = response.headers.get(f"Cross-Origin-{name}-Policy", "")
        return Verdict(told or "not-implemented", 10 if told in best else 0)

    return rule


RULES: dict[str, Callable[[HttpResponse], Verdict]] = {
    "content-security-policy": content_security_policy,
    "cookies": cookies,
    "cross-origin-resource-sharing": cross_origin_sharing,
    "referrer-policy": referrer,
    "strict-transport-security": transport,
    "subresource-integrity": integrity,
    "x-content-type-options": sniffing,
    "x-frame-options": framing,
    "cross-origin-resource-policy": _cross("Resource", ("same-origin", "same-site")),
    "cross-origin-embedder-policy": _cross("Embedder", ("require-corp", "credentialless")),
    "cross-origin-opener-policy": _cross("Opener", ("same-origin", "same-origin-allow-popups")),
}
BEST = 150  # without cookies; their flags give 5 more


def score(response: HttpResponse) -> int:
    """The points of an answer."""
    points = [rule(response).points for rule in RULES.values()]
    taken = 100 + sum(point for point in points if point < 0)
    return taken + sum(p for p in points if p > 0) if taken >= LEAST_FOR_EXTRA else taken
