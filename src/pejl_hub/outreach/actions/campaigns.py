"""Campaigns and the companies on their lists. They count in no figure; approaches do."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import record
from pejl_hub.closing.actions import facts
from pejl_hub.companies.models import Company
from pejl_hub.outreach.models import Campaign, Candidate


@transaction.atomic
def save_campaign(*, campaign: Campaign, by: User) -> Campaign:
    """Store a new or changed campaign; whoever makes it owns it."""
    require(by, Action.RECORD_OUTREACH)
    before = Campaign.objects.filter(pk=campaign.pk).first() if campaign.pk else None
    if before is None:
        campaign.owner = by
    campaign.save()
    old, new = facts(before) if before else {}, facts(campaign)
    changed = {name: [old.get(name), new[name]] for name in new if old.get(name) != new[name]}
    action = f"campaign.{'changed' if before else 'created'}"
    record(by=by, action=action, obj=campaign, details={"changed": changed})
    return campaign


@transaction.atomic
def add_companies(
    *, campaign: Campaign, companies: Iterable[Company], by: User, how: Mapping[str, object]
) -> int:
    """Put companies on the list, with the facts that ``with_facts`` found; how many were new.

    ``how`` is what was looked for, for the log.
    """
    require(by, Action.RECORD_OUTREACH)
    there = set(campaign.candidates.values_list("company_id", flat=True))
    new = [_candidate(campaign, c, by) for c in companies if c.pk not in there]
    Candidate.objects.bulk_create(new)
    details = {"added": len(new), **how}
    record(by=by, action="campaign.companies_added", obj=campaign, details=details)
    return len(new)


def _candidate(campaign: Campaign, company: Company, by: User) -> Candidate:
    return Candidate(
        campaign=campaign,
        company=company,
        municipality=company.place,  # type: ignore[attr-defined]
        employees=company.size,  # type: ignore[attr-defined]
        industry=company.industry,  # type: ignore[attr-defined]
        nomenclature=company.nomenclature,  # type: ignore[attr-defined]
        added_by=by,
    )


@transaction.atomic
def remove_candidate(*, candidate: Candidate, by: User) -> None:
    """Take a company off the list.

    Raises
    ------
    UserError
        When it has been approached, or a basis is recorded: both stay on record.
    """
    require(by, Action.RECORD_OUTREACH)
    if candidate.approaches.exists() or candidate.bases.exists():
        raise UserError(
            given=_("a company that was approached, or that has a basis on record"),
            needed=_("a company that nothing is recorded about"),
            remedy=_("Leave it on the list: what was done stays on record."),
        )
    details = {"company": candidate.company.cvr}
    record(by=by, action="campaign.company_removed", obj=candidate.campaign, details=details)
    candidate.delete()
