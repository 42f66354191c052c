"""The registry of advisers: nobody twice, out of use and back, and no CPR numbers."""

from datetime import date

import pytest

from pejl_hub.audit.models import AuditEntry
from pejl_hub.referrals.actions.providers import KnownAlready, end_provider, save_provider
from pejl_hub.referrals.models import Provider
from pejl_hub.referrals.refusals import ReferralRefused
from pejl_hub.referrals.registry import alike
from tests.unit.referrals.drawn import adviser_of_the_hub, outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def ravi():
    return adviser_of_the_hub()


@pytest.mark.parametrize(
    ("name", "cvr", "known"),
    [
        ("ØST REVISION ApS", None, True),
        ("Oest-Revision", None, True),
        ("Et helt andet navn", "53648371", True),
        ("Øst Revision Nord", None, False),
        ("Et helt andet navn", "10150817", False),
    ],
)
def test_nobody_is_kept_twice(ravi, name, cvr, known):
    outside("Øst Revision A/S", by=ravi, cvr="53648371")
    if known:
        with pytest.raises(KnownAlready):
            outside(name, by=ravi, cvr=cvr)
    else:
        outside(name, by=ravi, cvr=cvr)
    assert Provider.objects.count() == (1 if known else 2)


def test_one_who_changes_is_not_taken_for_another(ravi):
    one = outside("Øst Revision A/S", by=ravi)
    one.phone = "12 34 56 78"
    save_provider(provider=one, fields=["law", "finance"], places=["101"], by=ravi)
    entry = AuditEntry.objects.get(action="provider.changed")
    assert entry.details["changed"]["fields"] == [["law"], ["finance", "law"]]
    assert entry.details["changed"]["phone"] == [None, "12 34 56 78"]
    save_provider(provider=one, fields=["finance"], places=[], by=ravi)
    assert [f.code for f in one.fields.all()] == ["finance"]
    assert one.places.count() == 0


def test_a_slip_of_the_pen_is_pointed_out_and_another_name_is_not(ravi):
    one = outside("Øst Revision A/S", by=ravi)
    assert alike("Øst Revison") == [one]
    assert alike("Vest Advokater") == []
    assert alike("Øst Revison", besides=one.pk) == []


def test_they_are_in_use_from_and_to_their_days(ravi):
    one = outside(by=ravi)
    ended = end_provider(provider=one, on=date(2024, 6, 30), by=ravi)
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1)]
    assert [ended.is_active(day) for day in days] == [False, True, True, False]
    assert end_provider(provider=one, on=None, by=ravi).is_active(days[-1])
    with pytest.raises(ReferralRefused):
        end_provider(provider=one, on=date(2023, 12, 31), by=ravi)


@pytest.mark.parametrize("field", ["name", "contact_name", "phone", "note"])
def test_a_cpr_number_is_refused(ravi, field):
    with pytest.raises(ReferralRefused, match="CPR"):
        outside(**{"name": "Ny", field: "251299-1234"}, by=ravi)
    assert Provider.objects.count() == 0
