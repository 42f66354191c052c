"""The way back to where somebody came from, as a form or an address asked for it."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, asked: str) -> str:
    """The address if it is one of this hub, from its root; else nothing.

    Nobody is sent to another house. Nor to what is no address: Django would look for a page of
    that name, and find none.
    """
    hosts, secure = {request.get_host()}, request.is_secure()
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, hosts, secure)
    return asked if ours else ""
