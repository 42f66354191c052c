"""A user decides whose a sign-up is. No company is ever made here."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from pejl_hub.closing.actions import facts, write_change
from pejl_hub.companies.models import Person
from pejl_hub.events.actions.counting import client_of, follow, give
from pejl_hub.events.actions.signing import locked, take
from pejl_hub.events.clients import PERSON, Client, Said, known
from pejl_hub.events.models import Event, Signup


@transaction.atomic
def settle(
    *, signup: Signup, client: Client | None, by: AbstractBaseUser, reason: str = ""
) -> Signup:
    """Say whose the sign-up is; None takes it back to the pile, and nothing is counted.

    Raises
    ------
    PeriodClosed
        When the event lies in a closed period and there is no reason.
    """
    locked(signup.event_id)
    signup = Signup.objects.select_related("event", "attendance").get(pk=signup.pk)
    if client_of(signup) == client:
        return signup
    give(signup, client, by.get_username() if client else None)
    signup.edited_at = timezone.now()
    if client is None:
        _let_go(signup, by, reason)
        return signup
    signup.save()
    follow(signup=signup, by=by, action="event_signup.settled", reason=reason, before=signup.state)
    return signup


@transaction.atomic
def make_person(*, signup: Signup, by: AbstractBaseUser, reason: str = "") -> Person:
    """Make a person of somebody without a company, and settle the sign-up on them."""
    person = Person.objects.create(
        name=signup.name,
        email=signup.email,
        municipality=signup.municipality,
        created_on=timezone.localdate(),
    )
    write_change(by=by, action="person.made", obj=person, days=[], after=facts(person))
    settle(signup=signup, client=Client(PERSON, person.pk), by=by, reason=reason)
    return person


@transaction.atomic
def match_again(*, event: Event, by: AbstractBaseUser, reason: str = "") -> int:
    """Try the rules once more on those nobody has settled; how many found their own.

    Companies are fetched and contacts written between one look and the next.
    """
    locked(event.pk)
    waiting = list(event.signups.filter(company=None, person=None).select_related("event"))
    saids = [Said(s.cvr, s.email, s.company_name, s.municipality) for s in waiting]
    on_record, found = known(saids, event.held_on), 0
    for signup, said in zip(waiting, saids, strict=True):
        take(signup, on_record.match(said))
        signup.save()
        if signup.matched:
            follow(signup=signup, by=by, action="event_signup.matched", reason=reason)
            found += 1
    return found


def _let_go(signup: Signup, by: AbstractBaseUser, reason: str) -> None:
    """First the attendance, then the client: no attendance without somebody whose it is."""
    follow(signup=signup, by=by, action="event_signup.unsettled", reason=reason)
    signup.save()
