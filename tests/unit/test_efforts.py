"""The efforts as a report reads them: in the contract's order, and only what was so by the day."""

from datetime import date

import pytest

from pejl.contract.load import load
from pejl.reports.material import EffortNote
from pejl_hub.efforts.models import Partner
from pejl_hub.efforts.queries import efforts_for
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote
from tests.web.conftest import CONTRACT

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY, END = (
    date(2024, 3, 31), date(2024, 6, 30), date(2024, 7, 31), date(2024, 12, 31),
)  # fmt: skip


@pytest.fixture
def digital():
    effort = Effort.objects.create(goal="effort_digital", title="AI Boost")
    Partner.objects.create(effort=effort, organisation="Opdigtet Universitet")
    for title, due, done, state in [
        ("Åbning", END, None, "planned"),
        ("Aftale", MARCH, JUNE, "done"),
        ("Opgivet", JUNE, None, "dropped"),
        ("Næste år", date(2025, 1, 15), None, "planned"),
    ]:
        Milestone.objects.create(effort=effort, title=title, due_on=due, done_on=done, state=state)
    return effort


def note(effort, day, state, text="Sådan går det.", because=None):
    ProgressNote.objects.create(
        effort=effort, noted_on=day, state=state, text=text, because=because
    )


def told(day):
    [effort] = efforts_for(load(CONTRACT), day)
    return effort


def test_a_milestone_is_done_only_from_its_day_and_dropped_ones_are_left_out(digital):
    assert told(MARCH).milestones == [("Aftale", MARCH, None), ("Åbning", END, None)]
    assert told(JUNE).milestones == [("Aftale", MARCH, JUNE), ("Åbning", END, None)]


def test_the_state_is_that_of_the_latest_note_by_the_day(digital):
    assert (told(MARCH).state, told(MARCH).notes) == ("not_told", [])
    note(digital, JULY, "stopped", because="Partneren trak sig.")
    note(digital, JUNE, "on_track")
    assert told(JUNE).state == "on_track"
    assert told(JULY).state == "stopped"
    assert told(JULY).notes[-1] == EffortNote(
        JULY, "stopped", "Sådan går det.", "Partneren trak sig."
    )


def test_a_note_of_another_year_is_left_out(digital):
    note(digital, date(2023, 12, 31), "on_track")
    assert told(END).state == "not_told"


def test_partners_and_title_are_told(digital):
    assert (told(END).title, told(END).partners) == ("AI Boost", ["Opdigtet Universitet"])


def test_efforts_come_in_the_contracts_order_and_those_of_no_goal_are_left_out(digital):
    Effort.objects.create(goal="effort_sustainability", title="Indkøb")
    Effort.objects.create(goal="effort_of_another_contract", title="Andet")
    found = efforts_for(load(CONTRACT), END)
    assert [effort.goal for effort in found] == ["effort_sustainability", "effort_digital"]
