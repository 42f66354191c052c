"""Recording and withdrawing the basis that opens the gate."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.outreach.gate import holding_basis
from pejl_hub.outreach.models import BasisKind, Candidate, ContactBasis


@transaction.atomic
def record_basis(
    *, candidate: Candidate, kind: str, text: str, dated_on: date, by: User
) -> ContactBasis:
    """Say why a company may be contacted all the same.

    Raises
    ------
    UserError
        For a basis without text or with a CPR number in it, one of a day to come, a second one,
        or a look-up that the register contradicts.
    """
    require(by, Action.RECORD_OUTREACH)
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    _check(candidate, kind, text, dated_on)
    basis = ContactBasis.objects.create(
        candidate=candidate, kind=kind, text=text.strip(), dated_on=dated_on, recorded_by=by
    )
    details = {"kind": kind, "text": basis.text, "dated_on": dated_on.isoformat()}
    details["company"] = candidate.company.cvr
    record(by=by, action="basis.recorded", obj=basis, details=details)
    return basis


def _check(candidate: Candidate, kind: str, text: str, dated_on: date) -> None:
    if kind not in BasisKind.values:
        raise _refusal(_("an unknown kind of basis"), _("one of the list"))
    if not text.strip() or looks_like_cpr(text):
        raise _refusal(
            _("a basis without text, or with something like a CPR number"),
            _("what the basis rests on; CPR numbers are never stored"),
        )
    if dated_on > timezone.localdate():
        raise _refusal(_("a basis of a day to come"), _("a basis that there is already"))
    if holding_basis(candidate):
        raise _refusal(_("a second basis"), _("one at a time: withdraw the first"))
    protected = candidate.company.advertising_protected
    if kind == BasisKind.NOT_PROTECTED and protected is not None:
        raise _refusal(
            _("a look-up, although the register has already said whether it is protected"),
            _("consent, the company's own wish or another legal basis"),
        )


def _refusal(given: str, needed: str) -> UserError:
    return UserError(given=given, needed=needed, remedy=_("Correct it, and save again."))


@transaction.atomic
def withdraw_basis(*, basis: ContactBasis, by: User) -> None:
    """Shut the gate again; the basis stays on record, and so do the contacts that rested on it."""
    require(by, Action.RECORD_OUTREACH)
    if basis.withdrawn_at is not None:
        return
    basis.withdrawn_at, basis.withdrawn_by = timezone.now(), by
    basis.save(update_fields=["withdrawn_at", "withdrawn_by"])
    details = {"company": basis.candidate.company.cvr, "kind": basis.kind}
    record(by=by, action="basis.withdrawn", obj=basis, details=details)
