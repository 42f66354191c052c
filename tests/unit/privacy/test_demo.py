"""The demo shows decisions and a run that waits; a hub of its own is left alone."""

import pytest

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Person
from pejl_hub.privacy.demo import fill_privacy
from pejl_hub.privacy.models import Case, RetentionRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings):
    settings.DATA.mkdir()
    make_demo_users()
    return [Person.objects.create(name=name) for name in ("Bo", "Cille", "Dan")]


def test_the_demo_is_filled_once(people):
    fill_privacy()
    fill_privacy()
    assert sorted(Case.objects.values_list("state", flat=True)) == ["held", "refused"]
    assert [run.who for run in RetentionRun.objects.all()] == ["alice"]


def test_a_hub_of_its_own_is_left_alone(people):
    User.objects.update(is_demo=False)
    fill_privacy()
    assert not Case.objects.exists()
    assert not RetentionRun.objects.exists()
