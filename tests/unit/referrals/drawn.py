"""A guidance with a baker, two advisers to refer them to, and what the baker consented to."""

from datetime import date

from pejl_hub.accounts.models import Role, User
from pejl_hub.companies.models import Company, Contact
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.actions.consents import Given
from pejl_hub.referrals.actions.drafts import Wanted, refer
from pejl_hub.referrals.actions.providers import save_provider
from pejl_hub.referrals.models import Provider

HELD, SENT, NEXT, LAST = (date(2024, m, d) for m, d in ((3, 1), (3, 5), (4, 2), (5, 7)))
CONSENT = Given("Bodil Bager", HELD, "spoken", tells_purpose=True, tells_contact=True)


def adviser_of_the_hub():
    return User.objects.create(
        username="ravi", first_name="Ravi", email="ravi@hub.example", role=Role.ADVISER
    )


def talk(**facts):
    baker, _ = Company.objects.get_or_create(cvr="10150817", defaults={"name": "Ærlig Bager"})
    Contact.objects.get_or_create(
        company=baker, email="bodil@bager.example", defaults={"name": "Bodil Bager"}
    )
    usual = {"company": baker, "state": "held", "municipality": "101", "adviser": "Ravi"}
    return Guidance.objects.create(
        held_on=HELD, recorded_on=HELD, type="specialised", **usual | facts
    )


def outside(name="Øst Revision A/S", *, by, **facts):
    facts = {
        "kind": "private",
        "email": "post@revision.example",
        "active_from": date(2024, 1, 1),
        **facts,
    }
    return save_provider(provider=Provider(name=name, **facts), fields=["law"], places=[], by=by)


def draft(*, by, guidance, provider, consent=CONSENT):
    wanted = Wanted(provider, "specialist", "Regnskab for en webshop")
    return refer(guidance=guidance, wanted=wanted, by=by, consent=consent)
