"""Two administrators who take each other away at once; ``test_last_administrator`` runs it."""

import threading

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connections

from pejl_hub.accounts.administrators import LastAdministrator, able
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.people import add_user, close_user
from pejl_hub.accounts.provider.adapter import PROVIDER
from pejl_hub.accounts.provider.arriving import Arrival, NotLetIn, arrive
from pejl_hub.accounts.users.actions import let_in, place
from pejl_hub.audit.models import AuditEntry
from tests.unit.test_last_administrator import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3

ACTS = {
    "page": lambda user: let_in(user=user, open_=False, by=user),
    "role": lambda user: place(user=user, role=Role.BOARD, municipality="", by=user),
    "command": lambda user: close_user(name=user.username),
}


def at_once(*acts):
    """Run the acts in threads that start together; how many were refused. Other faults are ours."""
    gate, refused, faults = threading.Barrier(len(acts)), [], []

    def run(act):
        try:
            gate.wait()
            act()
        except LastAdministrator as refusal:
            refused.append(refusal)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return len(refused)


def two():
    User.objects.all().update(role=Role.BOARD)
    made = [f"{User.objects.count()}-{n}" for n in range(2)]
    return [add_user(name=one, role=Role.ADMINISTRATOR, password=PASSWORD) for one in made]


@pytest.mark.parametrize(("first", "second"), [("page", "page"), ("role", "command")])
def test_of_two_who_take_each_other_away_at_once_one_stays(first, second):
    for _ in range(ROUNDS):
        anna, bo = two()
        assert at_once(lambda: ACTS[first](bo), lambda: ACTS[second](anna)) == 1  # noqa: B023
        assert len(able()) == 1


def test_the_provider_and_a_page_at_once_leave_one_or_tell_that_nobody_is_left():
    """The provider always has its way; the page is refused when it comes after."""
    for _ in range(ROUNDS):
        anna, bo = two()
        come, before = without_groups(anna), told()
        refused = at_once(lambda: gone(come), lambda: ACTS["page"](bo))  # noqa: B023
        assert (len(able()), told() - before) == ((1, 0) if refused else (0, 1))


def without_groups(user):
    SocialAccount.objects.create(user=user, provider=PROVIDER, uid=user.username)
    return Arrival(user.username, user.username, "", "", "", groups=(), place=None)


def gone(come):
    with pytest.raises(NotLetIn):
        arrive(come)


def told():
    return AuditEntry.objects.filter(action="no_administrator").count()
