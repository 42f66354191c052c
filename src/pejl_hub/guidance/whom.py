"""Whom a guidance is with, as a form says it: picked, typed, or a person who is new."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.companies.cvr import WEIGHTS, is_cvr
from pejl_hub.companies.models import Company
from pejl_hub.companies.search import FoundClient, cvr_digits, find_clients
from pejl_hub.companies.suspects import client_of
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.guidance.facts import Client

OFFERED = 8


@dataclass(frozen=True)
class Whom:
    """The client, or what is known on the way to one.

    ``found`` are those that the text may mean; ``unknown_cvr`` is a number that checks and that
    no company here has; ``problem`` says what is missing.
    """

    client: Client | None = None
    is_new: bool = False
    typed: str = ""
    found: tuple[FoundClient, ...] = ()
    unknown_cvr: str = ""
    problem: str = ""

    @property
    def key(self) -> str:
        """The client as a form sends it back; nothing while there is none."""
        if self.client is None:
            return ""
        kind = "company" if isinstance(self.client, Company) else "person"
        return f"{kind}-{self.client.pk}"

    @property
    def is_company(self) -> bool:
        """Whether a company is picked."""
        return isinstance(self.client, Company)


def whom(asked: Mapping[str, str]) -> Whom:
    """Whom the form or address names: ``client``, ``cvr`` or ``who``, or ``ny=person``."""
    typed = (asked.get("who") or asked.get("cvr") or "").strip()[:100]
    if key := asked.get("client", ""):
        try:
            return Whom(client=client_of(key))
        except UserError:
            return Whom(typed=typed, problem=_("The client is not on record: search again."))
    if asked.get("ny") == "person":
        return Whom(is_new=True)
    return _named(typed) if typed else Whom(problem=_("Type a CVR number or part of a name."))


def _named(typed: str) -> Whom:
    if looks_like_cpr(typed):
        problem = _("This looks like a CPR number. CPR numbers are never stored: remove it.")
        return Whom(problem=problem)
    digits = cvr_digits(typed) or ""
    company = Company.objects.filter(cvr=digits).first()
    if company:
        return Whom(client=company)
    found = tuple(find_clients(typed, limit=OFFERED))
    if is_cvr(digits):
        return Whom(
            typed=typed,
            found=found,
            unknown_cvr=digits,
            problem=_("No company here has the CVR number."),
        )
    if found:
        return Whom(typed=typed, found=found, problem=_("Choose whom you mean."))
    if len(digits) == len(WEIGHTS):
        return Whom(typed=typed, problem=_("These eight digits are no CVR number: check them."))
    return Whom(typed=typed, problem=_("Nobody found. Try fewer letters, or the CVR number."))
