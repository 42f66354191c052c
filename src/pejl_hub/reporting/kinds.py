"""The kinds of report: whom each is for, which duty it answers, and in which formats it is made."""

from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.models import Role


class Kind(models.TextChoices):
    """A key of ``pejl.reports.documents.DOCUMENTS``."""

    MONTHLY = "monthly", _("Monthly status")
    MUNICIPALITY = "municipality", _("Municipality report")
    ANNUAL = "annual", _("Annual report")
    KKR = "kkr", _("Status for KKR")
    BOARD = "board", _("Board paper")
    PACKAGE = "package", _("Package for KL and the authority")
    STATUS = "status", _("Status on request")


@dataclass(frozen=True)
class Terms:
    """What holds for a kind.

    ``readers`` are the roles outside the house that may read it once released; everybody who sees
    every figure may read it as well. A kind with readers is made from a published edition, so that
    no small count leaves the house; ``may_stay_inside`` may also be made without one, and is then
    for the house alone. ``duties`` are ids of the contract's duties that a released one meets.
    """

    what: Any
    read_by: Any
    readers: Collection[Role]
    duties: Collection[str]
    formats: Collection[str]
    by_place: bool = False
    may_stay_inside: bool = False


TERMS = MappingProxyType(
    {
        Kind.MONTHLY: Terms(
            what=_("Every goal with pace, forecast and what moved since the last month."),
            read_by=_("Read by the house alone."),
            readers=(),
            duties=("internal_monthly",),
            formats=("pdf", "xlsx", "html"),
        ),
        Kind.MUNICIPALITY: Terms(
            what=_("The municipality's own figures, beside the whole hub's."),
            read_by=_("Read by the municipality alone."),
            readers=(Role.MUNICIPALITY_READER,),
            duties=("municipal_running",),
            formats=("pdf", "xlsx", "docx", "html"),
            by_place=True,
        ),
        Kind.ANNUAL: Terms(
            what=_("The year's attainment, with a part for each municipality."),
            read_by=_("Read by the board and KKR."),
            readers=(Role.BOARD, Role.KKR_READER),
            duties=("annual_report",),
            formats=("pdf", "xlsx", "docx", "html"),
        ),
        Kind.KKR: Terms(
            what=_("How far the contract is fulfilled, as KKR asks for it."),
            read_by=_("Read by KKR."),
            readers=(Role.KKR_READER,),
            duties=("status_to_kkr",),
            formats=("pdf", "docx", "xlsx", "html"),
        ),
        Kind.BOARD: Terms(
            what=_("The goals in short, and how the special efforts come along."),
            read_by=_("Read by the board."),
            readers=(Role.BOARD,),
            duties=("efforts_to_board",),
            formats=("pdf", "pptx", "docx", "html"),
        ),
        Kind.PACKAGE: Terms(
            what=_("The adopted contract with its figures, for KL and the authority."),
            read_by=_("Read by the authority."),
            readers=(Role.AUTHORITY_READER,),
            duties=("contract_submitted",),
            formats=("pdf", "xlsx", "docx", "html"),
        ),
        Kind.STATUS: Terms(
            what=_("Every goal on any date that somebody asks about."),
            read_by=_("Read by KKR and the board, or by the house alone."),
            readers=(Role.KKR_READER, Role.BOARD),
            duties=("status_on_request",),
            formats=("pdf", "xlsx", "html"),
            may_stay_inside=True,
        ),
    }
)


def kinds_for(role: str) -> list[str]:
    """The kinds that a role outside the house may read."""
    return [kind.value for kind, terms in TERMS.items() if role in terms.readers]
