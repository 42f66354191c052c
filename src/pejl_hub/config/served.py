"""What the hub's own address says about how it is served.

An address that begins with ``https://`` is one that others reach: production. Then cookies cross
HTTPS alone, browsers are told to use nothing else, plain HTTP is sent on, and no page shows the
insides of the program.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

OWN_MACHINE = ("localhost", "127.0.0.1", "[::1]")
TWO_YEARS = 63_072_000
HEALTH = (r"^healthz$", r"^readyz(/worker)?$", r"^metrics$")  # asked without a proxy, by plain HTTP


def served(env: Mapping[str, str]) -> dict[str, Any]:
    """The settings that follow from ``PEJL_URL`` and what stands beside it in the environment."""
    address = env.get("PEJL_URL", "http://localhost:8000").rstrip("/")
    https = address.startswith("https://")
    return {
        "PEJL_URL": address,
        "DEBUG": env.get("PEJL_DEBUG") == "1" and not https,
        "ALLOWED_HOSTS": _hosts(env, address),
        "SECRET_KEY_FALLBACKS": _listed(env.get("PEJL_SECRET_KEY_FALLBACKS", "")),
        "SECURE_SSL_REDIRECT": https,
        "SECURE_REDIRECT_EXEMPT": list(HEALTH),
        "SECURE_PROXY_SSL_HEADER": _proxy(env) if https else None,
        "SECURE_HSTS_SECONDS": int(env.get("PEJL_HSTS_SECONDS", TWO_YEARS)) if https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": https,
        "SECURE_HSTS_PRELOAD": https,
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_SECURE": https,
        "LANGUAGE_COOKIE_SECURE": https,
    }


def _hosts(env: Mapping[str, str], address: str) -> list[str]:
    """Those named, the address's own, and this machine's, by which its health is asked for."""
    named = [*_listed(env.get("PEJL_HOSTS", "")), urlsplit(address).hostname or "", *OWN_MACHINE]
    return [host for host in dict.fromkeys(named) if host]


def _proxy(env: Mapping[str, str]) -> tuple[str, str]:
    """The header in which the proxy says that it was asked by HTTPS, whatever a client wrote."""
    return env.get("PEJL_PROXY_PROTOCOL", "HTTP_X_FORWARDED_PROTO"), "https"


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
