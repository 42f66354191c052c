"""Writing companies, facts, contacts and people: allowed, refused, and what it moves."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from pejl.base.errors import UserError
from pejl.contract.load import load
from pejl.indicators.evaluate import evaluate
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.actions import (
    link_person,
    remove_contact,
    remove_fact,
    save_client,
    save_contact,
    save_fact,
    unlink_person,
)
from pejl_hub.companies.models import Company, CompanySize, Contact, Person
from pejl_hub.snapshots.actions import take_snapshot
from tests.unit.companies import drawn
from tests.web.conftest import CONTRACT

END = date(2024, 12, 31)


@pytest.fixture
def ravi(db, settings, tmp_path):
    settings.DATA = tmp_path
    make_demo_users()
    return User.objects.get(username="ravi")


def net_unique():
    return evaluate(load(CONTRACT), take_snapshot(END), END).goals["net_unique"].figure.value


def test_a_linked_person_and_their_company_count_once_from_then_on(ravi):
    company, person = drawn.company(0), drawn.person(0)
    drawn.guidance(company=company)
    drawn.guidance(person=person)
    assert net_unique() == 2
    link_person(person=person, company=company, by=ravi)
    assert net_unique() == 1
    unlink_person(person=person, by=ravi)
    assert net_unique() == 2


def test_a_person_founds_one_company(ravi):
    person = link_person(person=drawn.person(0), company=drawn.company(0), by=ravi)
    with pytest.raises(UserError, match="founded"):
        link_person(person=person, company=drawn.company(1), by=ravi)


def test_a_link_that_moves_a_closed_month_needs_a_reason(ravi):
    first, last = date(2024, 5, 1), date(2024, 5, 31)
    Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    company, person = drawn.company(0), drawn.person(0)
    drawn.guidance(person=person)
    with pytest.raises(PeriodClosed):
        link_person(person=person, company=company, by=ravi)
    person.refresh_from_db()
    assert person.later_company is None
    link_person(person=person, company=company, by=ravi, reason="stiftet i juni")
    assert Correction.objects.get().kind == "reclassified"


def test_a_company_is_made_once_and_its_changes_are_kept(ravi):
    made = save_client(client=Company(cvr="53648371", name="Nordvind"), by=ravi)
    made.name = "Nordvind ApS"
    save_client(client=made, by=ravi)
    with pytest.raises(UserError, match="already"):
        save_client(client=Company(cvr="53648371", name="Igen"), by=ravi)
    changed = AuditEntry.objects.get(action="company.changed").details["changed"]
    assert changed["name"] == ["Nordvind", "Nordvind ApS"]
    assert Company.objects.get().edited_at is not None


def test_a_typed_fact_holds_from_its_day_and_is_corrected_the_same_day(ravi):
    company = Company.objects.create(cvr="53648371", name="Nordvind")
    for employees in (4, 5):
        fact = CompanySize(company=company, from_date=date(2024, 5, 1), employees=employees)
        save_fact(fact=fact, by=ravi)
    stored = CompanySize.objects.get()
    assert (stored.employees, stored.source) == (5, "typed")
    remove_fact(fact=stored, by=ravi)
    assert not CompanySize.objects.exists()
    assert AuditEntry.objects.filter(action="companysize.removed").count() == 1


def test_a_company_has_one_main_contact_and_an_address_once(ravi):
    company = Company.objects.create(cvr="53648371", name="Nordvind")
    for name in ("Eva", "Bo"):
        address = f"{name.lower()}@nordvind.dk"
        save_contact(
            contact=Contact(company=company, name=name, email=address, is_main=True), by=ravi
        )
    assert [c.name for c in Contact.objects.filter(is_main=True)] == ["Bo"]
    with pytest.raises(UserError, match="address"):
        save_contact(contact=Contact(company=company, name="X", email="bo@nordvind.dk"), by=ravi)
    remove_contact(contact=Contact.objects.get(name="Bo"), by=ravi)
    assert Contact.objects.count() == 1


WRITES = {
    "client": lambda company, by: save_client(client=Person(name="Ida"), by=by),
    "fact": lambda company, by: save_fact(
        fact=CompanySize(company=company, from_date=END, employees=1), by=by
    ),
    "contact": lambda company, by: save_contact(
        contact=Contact(company=company, name="X", email="x@x.dk"), by=by
    ),
    "link": lambda company, by: link_person(person=drawn.person(1), company=company, by=by),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(("who", "may"), [("ravi", True), ("poul", False), ("bent", False)])
def test_advisers_write_clients_and_others_do_not(ravi, write, who, may):
    company = Company.objects.create(cvr="53648371", name="Nordvind")
    by = User.objects.get(username=who)
    if may:
        WRITES[write](company, by)
        return
    with pytest.raises(PermissionDenied):
        WRITES[write](company, by)
