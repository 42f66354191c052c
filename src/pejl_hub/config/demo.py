"""Whether this may be a demo."""

from collections.abc import Mapping
from urllib.parse import urlsplit

OWN_MACHINE = {"localhost", "127.0.0.1", "[::1]", "::1"}
OF_A_REAL_HUB = ("DATABASE_URL", "PEJL_OIDC_ISSUER")


def is_demo(env: Mapping[str, str]) -> bool:
    """As PEJL_DEMO says; else where nothing looks like a real hub.

    That is an embedded database, reached from this machine alone.

    Examples
    --------
    >>> is_demo({}), is_demo({"PEJL_HOSTS": "pejl.example.dk"})
    (True, False)
    >>> is_demo({"PEJL_URL": "https://pejl.example.dk", "PEJL_DEMO": "1"})
    True
    """
    if said := env.get("PEJL_DEMO"):
        return said == "1"
    hosts = {host.strip() for host in env.get("PEJL_HOSTS", "").split(",")}
    hosts.add(urlsplit(env.get("PEJL_URL", "")).hostname or "")
    return hosts - {""} <= OWN_MACHINE and not any(env.get(name) for name in OF_A_REAL_HUB)
