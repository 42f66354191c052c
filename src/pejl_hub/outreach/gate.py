"""The gate: who may be contacted. One rule, asked by lists, downloads, pages and actions alike.

CVR-loven §§ 19 and 22: the register's data of a company that is protected against advertising may
not be used for approaches without a legal basis or consent. Where nobody knows whether a company is
protected, Pejl holds it to be: unknown is not no.
"""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from pejl.base.errors import UserError
from pejl_hub.outreach.models import BasisKind, Candidate, ContactBasis


class ContactLocked(UserError):
    """The company may not be contacted, nor its contacts shown."""


def with_gate(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """The candidates with ``is_open``: not protected, or with a basis that holds.

    That a company was looked up and found unprotected is no basis once the register says otherwise.
    """
    holding = ContactBasis.objects.filter(candidate=OuterRef("pk"), withdrawn_at=None)
    any_basis = Exists(holding)
    own_basis = Exists(holding.exclude(kind=BasisKind.NOT_PROTECTED))
    opened = (
        Q(company__advertising_protected=False)
        | (Q(company__advertising_protected=None) & any_basis)
        | (Q(company__advertising_protected=True) & own_basis)
    )
    return candidates.annotate(is_open=Case(When(opened, then=Value(True)), default=Value(False)))


def is_open(candidate: Candidate) -> bool:
    """Whether the company may be contacted now."""
    return bool(with_gate(Candidate.objects.filter(pk=candidate.pk)).get().is_open)


def require_open(candidate: Candidate) -> ContactBasis | None:
    """The basis that the contact rests on; None when the company is not protected.

    Raises
    ------
    ContactLocked
        When the company is protected, or may be, and no basis is recorded.
    """
    if not is_open(candidate):
        raise ContactLocked(
            given=f"a contact to {candidate.company}, which is or may be protected against "
            "advertising",
            needed="a recorded basis for the contact (CVR-loven §§ 19 and 22)",
            remedy="Record the basis first, or leave the company alone.",
        )
    return holding_basis(candidate)


def holding_basis(candidate: Candidate) -> ContactBasis | None:
    """The basis on record that is not withdrawn."""
    return candidate.bases.filter(withdrawn_at=None).first()
