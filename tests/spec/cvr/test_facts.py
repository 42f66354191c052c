"""What the register says becomes dated facts; what was frozen on a guidance stays."""

from datetime import date

import pytest

from pejl.base.errors import UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Company, CompanyIndustry, CompanyMunicipality, CompanySize
from pejl_hub.core.actions import current_revision
from pejl_hub.guidance.models import Guidance
from pejl_hub.sources.cvr.entry import read
from pejl_hub.sources.cvr.refresh import fetch
from pejl_hub.sources.cvr.writing import write_entry
from pejl_hub.sources.models import RegisterEntry
from tests.cvrregister import company, month, since

pytestmark = pytest.mark.django_db
ANKER = "10000009"


def write(make=True, **said):
    return write_entry(entry=read(company(ANKER, **said)), by=None, make=make)


def sizes():
    return list(CompanySize.objects.order_by("from_date").values_list("from_date", "employees"))


def test_a_company_is_made_with_its_facts_and_their_source():
    change = write()
    assert change.made
    assert (change.company.cvr, change.company.name) == (ANKER, "Anker Design ApS")
    assert change.company.advertising_protected is False
    assert sizes() == [(date(2023, 12, 1), 8)]
    place = CompanyMunicipality.objects.get()
    assert (place.municipality, place.from_date, place.source) == ("101", date(2003, 5, 18), "cvr")
    trade = CompanyIndustry.objects.get()
    assert (trade.code, trade.nomenclature) == ("702200", "DB07")
    assert RegisterEntry.objects.get().status == "NORMAL"


def test_an_unknown_company_is_not_made_where_none_may_be():
    assert write(make=False) is None
    assert not Company.objects.exists()


def test_the_same_said_again_changes_nothing_and_moves_no_figure():
    write()
    revision = current_revision()
    change = write()
    assert (change.made, change.facts) == (False, {})
    assert current_revision() == revision
    assert AuditEntry.objects.count() == 1


def test_what_changed_is_told_with_what_stood_before():
    write()
    change = write(
        reklamebeskyttet=True,
        erstMaanedsbeskaeftigelse=[month(2023, 12, 7), month(2024, 1, 12, "ANTAL_10_19")],
    )
    assert change.facts == {
        "advertising_protected": (False, True),
        "employees 2023-12-01": (8, 7),
        "employees 2024-01-01": (None, 12),
    }
    told = AuditEntry.objects.latest("id").details["changed"]
    assert told["employees 2023-12-01"] == [8, 7]
    assert sizes() == [(date(2023, 12, 1), 7), (date(2024, 1, 1), 12)]


def test_a_fact_that_the_register_takes_back_goes_and_other_sources_keep_theirs():
    write(erstMaanedsbeskaeftigelse=[month(2023, 11, 3, "ANTAL_2_4"), month(2023, 12, 8)])
    CompanySize.objects.create(
        company=Company.objects.get(), from_date=date(2024, 5, 1), source="pejl", employees=4
    )
    change = write()
    assert change.facts == {"employees 2023-11-01": (3, None)}
    assert sizes() == [(date(2023, 12, 1), 8), (date(2024, 5, 1), 4)]


def test_a_history_that_is_not_sent_is_left_alone():
    write()
    assert (
        write(
            erstMaanedsbeskaeftigelse=[],
            hovedbranche=[],
            virksomhedMetadata={"nyesteNavn": {"navn": "Anker Design ApS"}},
        ).facts
        == {}
    )
    assert sizes() == [(date(2023, 12, 1), 8)]
    assert CompanyIndustry.objects.count() == 1


def test_a_company_that_has_ended_says_so():
    ended = [{"periode": since("2003-05-18", "2024-04-30")}]
    write(livsforloeb=ended)
    assert RegisterEntry.objects.get().ended_on == date(2024, 4, 30)


def test_what_is_frozen_on_a_guidance_never_changes():
    anker = write().company
    held = Guidance.objects.create(
        company=anker,
        held_on=date(2024, 1, 10),
        type="specialised",
        state="held",
        municipality="147",
        segment="growth",
        employees=2,
        recorded_on=date(2024, 1, 10),
    )
    write(erstMaanedsbeskaeftigelse=[month(2024, 1, 12, "ANTAL_10_19")])
    held.refresh_from_db()
    assert (held.municipality, held.segment, held.employees) == ("147", "growth", 2)


@pytest.mark.parametrize("written", ["10000009", "10 00 00 09", "DK10000009"])
def test_one_company_is_fetched_however_its_number_is_written(written, register_of):
    register_of(company(ANKER))
    assert fetch(cvr=written, by=None).company.cvr == ANKER


@pytest.mark.parametrize(
    ("written", "because"), [("10000025", "does not have"), ("12345678", "no CVR number")]
)
def test_a_number_without_a_company_makes_none(written, because, register_of):
    register_of(company(ANKER))
    with pytest.raises(UserError, match=because):
        fetch(cvr=written, by=None)
    assert not Company.objects.exists()
