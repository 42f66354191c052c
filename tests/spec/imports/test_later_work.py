"""What was frozen stays frozen; what people did here is not lost to an import or its undoing."""

from datetime import date

import pytest
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.communication.models import NewsletterLevel
from pejl_hub.companies.models import Company, CompanySize
from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.programmes.actions import move, undo_last
from pejl_hub.programmes.models import Participation
from pejl_hub.sources.imports import run_import, undo_import
from pejl_hub.sources.models import ImportRun, RunState

from .conftest import CLIENTS, GUIDANCE, guidance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clients")]

MOVED = CLIENTS["virksomheder"][1].replace("Ballerup", "0147").replace(";12;", ";30;")


def test_a_sign_up_keeps_the_facts_of_its_day_when_the_client_has_moved_since(imported):
    imported(deltagelser=["D1;A1;SMV2;Tilmeldt"])
    imported(virksomheder=[MOVED])
    imported(deltagelser=["D1;A1;SMV2;Deltog", "D2;A1;SMV2;Deltog"])
    facts = Attendance.objects.order_by("source_id").values_list(
        "source_id", "state", "municipality", "employees"
    )
    assert list(facts) == [("D1", "attended", "151", 12), ("D2", "attended", "147", 30)]


def test_a_sign_up_of_another_client_takes_that_clients_facts(imported):
    imported(deltagelser=["D1;A1;SMV2;Tilmeldt"])
    imported(deltagelser=["D1;A1;POT1;Tilmeldt"])
    made = Attendance.objects.get()
    assert (made.company, made.person.source_id) == (None, "POT1")
    assert (made.municipality, made.employees) == ("147", None)


def test_a_company_that_has_grown_has_a_new_size_from_that_day_and_undo_takes_it_back(imported):
    def sizes():
        return list(CompanySize.objects.order_by("id").values_list("employees", flat=True))

    CompanySize.objects.update(from_date=date(2024, 1, 1))
    assert sizes() == [2, 12]
    result = imported(virksomheder=[MOVED])
    assert sizes() == [2, 12, 30]
    undo_import(run=ImportRun.objects.get(pk=result.run_id), by=None)
    assert sizes() == [2, 12]


def test_an_import_whose_records_somebody_edited_since_is_not_undone(imported):
    result = imported(vejledninger=[guidance(VejledningId="V1"), guidance(VejledningId="V2")])
    run = ImportRun.objects.get(pk=result.run_id)
    Guidance.objects.filter(source_id="V2").update(minutes=90, edited_at=timezone.now())
    with pytest.raises(UserError, match="edited since"):
        undo_import(run=run, by=None)
    assert Guidance.objects.count() == 2
    Guidance.objects.update(edited_at=None)
    undo_import(run=run, by=None)
    assert not Guidance.objects.exists()


def test_an_undone_import_frees_the_one_before_it(imported):
    first = imported(vejledninger=[guidance()])
    second = imported(vejledninger=[guidance(VarighedMin="90")])
    runs = [ImportRun.objects.get(pk=result.run_id) for result in (first, second)]
    for run in reversed(runs):
        undo_import(run=run, by=None)
    assert not Guidance.objects.exists()
    assert {run.state for run in runs} == {RunState.UNDONE}


def test_a_company_keeps_what_it_was_when_its_change_is_undone(imported):
    renamed = CLIENTS["virksomheder"][1].replace("Anker Design;", "Nyt Navn;")
    result = imported(virksomheder=[renamed])
    assert Company.objects.get().name == "Nyt Navn"
    undo_import(run=ImportRun.objects.get(pk=result.run_id), by=None)
    assert Company.objects.get().name == "Anker Design"


def test_a_level_typed_here_is_not_overwritten_but_another_day_is_read(tmp_path):
    NewsletterLevel.objects.create(measured_on=date(2024, 1, 7), subscribers=11_900)
    path = tmp_path / "nyhedsbrev.csv"
    path.write_text("Dato;Abonnenter\n07-01-2024;11.869\n14-01-2024;11.888\n")
    counts = run_import(path=path, source="escrm", by=None).files["nyhedsbrev"]
    assert (counts.created, counts.rejected) == (1, 1)
    levels = NewsletterLevel.objects.order_by("measured_on")
    assert list(levels.values_list("subscribers", flat=True)) == [11_900, 11_888]


def test_an_unknown_client_is_refused_today_and_taken_when_it_is_on_record(imported):
    row = guidance(Klient="POT7")
    assert imported(vejledninger=[row]).total.rejected == 1
    person = CLIENTS["personer"][0].replace("POT1", "POT7")
    result = imported(personer=[person], vejledninger=[row])
    assert (result.total.created, result.total.rejected) == (2, 0)


def test_a_row_with_more_cells_than_headings_is_refused_and_one_with_fewer_is_filled(imported):
    longer = guidance(VejledningId="V1") + ";for meget"
    shorter = ";".join(list((GUIDANCE | {"VejledningId": "V2"}).values())[:-2])
    counts = imported(vejledninger=[longer, shorter]).files["vejledninger"]
    assert (counts.created, counts.rejected) == (1, 1)
    assert Guidance.objects.get().recorded_on is None


@pytest.fixture
def granted(imported):
    """An imported application, and the import's run."""
    result = imported(programdeltagelser=["T1;P1;SMV1;Tilskud;Ansøgt;03-05-2024;1000;;"])
    return Participation.objects.get(), ImportRun.objects.get(pk=result.run_id)


def test_an_import_of_a_grant_that_was_moved_here_is_undone_only_after_the_move(granted):
    grant, run = granted
    user = User.objects.create(username="petra")
    move(by=user, participation=grant, to="offered", on=date(2024, 5, 4), reason="Board")
    with pytest.raises(UserError, match="edited since"):
        undo_import(run=run, by=None)
    assert Participation.objects.get().state == "offered"
    undo_last(by=user, participation=grant, reason="")
    undo_import(run=run, by=None)
    assert not Participation.objects.exists()


def test_undoing_an_import_over_a_move_gives_the_move_back(imported, granted):
    grant, _ = granted
    user = User.objects.create(username="petra")
    move(by=user, participation=grant, to="offered", on=date(2024, 5, 4), reason="Board")
    again = imported(programdeltagelser=["T1;P1;SMV1;Tilskud;Afslag;05-05-2024;1000;;"])
    assert Participation.objects.get().state == "refused"
    undo_import(run=ImportRun.objects.get(pk=again.run_id), by=None)
    assert Participation.objects.get().state == "offered"
    assert undo_last(by=user, participation=grant, reason="").state == "applied"
