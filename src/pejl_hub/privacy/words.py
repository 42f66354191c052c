"""What kinds of personal data there are, and how they are found, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KIND_WORDS: Mapping[str, Promise] = {
    "name": _("name"),
    "email": _("e-mail address"),
    "phone": _("telephone number"),
    "text": _("free text"),
    "actor": _("who did it"),
    "login": _("user name"),
    "secret": _("password, as a hash"),
    "ident": _("case number"),
    "origin": _("number in the source"),
    "emailhash": _("hash of an e-mail address"),
    "hash": _("hash"),
    "ip": _("network address"),
    "json": _("values as they were"),
    "session": _("session"),
}
REACH_WORDS: Mapping[str, Promise] = {
    "own": _("the row is the person's"),
    "said": _("looked through for the person"),
    "log": _("by time only"),
}
