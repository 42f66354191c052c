"""Two administrators who take each other away at once; ``test_last_administrator`` runs it."""

import pytest
from allauth.socialaccount.models import SocialAccount

from pejl_hub.accounts.administrators import LastAdministrator, able
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.people import add_user, close_user
from pejl_hub.accounts.provider.adapter import PROVIDER
from pejl_hub.accounts.provider.arriving import Arrival, NotLetIn, arrive
from pejl_hub.accounts.users.actions import let_in, place
from pejl_hub.audit.models import AuditEntry
from tests.at_once import at_once
from tests.unit.test_last_administrator import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3

ACTS = {
    "page": lambda user: let_in(user=user, open_=False, by=user),
    "role": lambda user: place(user=user, role=Role.BOARD, municipality="", by=user),
    "command": lambda user: close_user(name=user.username),
}


def two():
    User.objects.all().update(role=Role.BOARD)
    made = [f"{User.objects.count()}-{n}" for n in range(2)]
    return [add_user(name=one, role=Role.ADMINISTRATOR, password=PASSWORD) for one in made]


@pytest.mark.parametrize(("first", "second"), [("page", "page"), ("role", "command")])
def test_of_two_who_take_each_other_away_at_once_one_stays(first, second):
    for _ in range(ROUNDS):
        anna, bo = two()
        acts = (lambda: ACTS[first](bo), lambda: ACTS[second](anna))  # noqa: B023
        assert at_once(*acts, refusal=LastAdministrator) == 1
        assert len(able()) == 1


def test_the_provider_and_a_page_at_once_leave_one_or_tell_that_nobody_is_left():
    """The provider always has its way; the page is refused when it comes after."""
    for _ in range(ROUNDS):
        anna, bo = two()
        come, before = without_groups(anna), told()
        acts = (lambda: gone(come), lambda: ACTS["page"](bo))  # noqa: B023
        refused = at_once(*acts, refusal=LastAdministrator)
        assert (len(able()), told() - before) == ((1, 0) if refused else (0, 1))


def without_groups(user):
    SocialAccount.objects.create(user=user, provider=PROVIDER, uid=user.username)
    return Arrival(user.username, user.username, "", "", "", groups=(), place=None)


def gone(come):
    with pytest.raises(NotLetIn):
        arrive(come)


def told():
    return AuditEntry.objects.filter(action="no_administrator").count()
