"""A change to many rows is shown before it is made, made whole, and undone as one."""

from datetime import date

import pytest

from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction
from pejl_hub.core.models import BulkEdit
from pejl_hub.guidance.models import Guidance
from tests.web.listed import talks as talks

pytestmark = pytest.mark.urls("tests.web.listed")
CONTROLLER, BOARD, COMMUNICATIONS = "controller", "board", "communications"


@pytest.fixture
def alice(signed_in, talks):
    return signed_in(User.objects.get(role=CONTROLLER).username)


def numbers(**where):
    return list(Guidance.objects.filter(**where).order_by("pk").values_list("pk", flat=True))


def post(client, step, chosen, query="", **given):
    asked = {"handling": "team", "trin": step, "valgt": chosen, "value": "growth"} | given
    return client.post(f"/talks/{query}", asked)


def teams():
    return dict(Guidance.objects.values_list("pk", "team"))


def confirm(client, preview, **given):
    """Press the button of the preview."""
    lines = preview.context["changing"]
    before = {f"foer-{line.pk}": line.before for line in lines}
    return post(client, "udfoer", [line.pk for line in lines], **before, **given)


def close_february():
    Close.objects.create(
        first_day=date(2024, 2, 1),
        last_day=date(2024, 2, 29),
        snapshot_id="s",
        snapshot_sha256="0",
        contract_sha256="0",
        code_version="0",
        signed="Alice",
    )


def test_the_preview_shows_from_and_to_and_the_refused_and_changes_nothing(alice):
    held = numbers(state="held")
    Guidance.objects.filter(pk=held[0]).update(team="growth")
    before, entries = teams(), AuditEntry.objects.count()
    page = post(alice, "vis", numbers()).context
    assert [(line.before, line.after) for line in page["changing"]] == [("none", "Vækst")] * 4
    assert [line.pk for line in page["same"]] == held[:1]
    assert [line.pk for line in page["refused"]] == numbers(state="planned")
    assert "a held one" in page["refused"][0].refused
    assert (teams(), AuditEntry.objects.count()) == (before, entries)


def test_what_was_shown_is_made_logged_and_undone_as_one(alice):
    before = teams()
    made = confirm(alice, post(alice, "vis", numbers()))
    edit = BulkEdit.objects.get()
    assert made.url == f"/talks/?redigeret={edit.pk}"
    assert {pk for pk, team in teams().items() if team == "growth"} == set(
        Guidance.objects.exclude(state="planned").values_list("pk", flat=True)
    )
    assert AuditEntry.objects.filter(action="edit").count() == 5
    assert alice.get(made.url).context["bulk"]["edit"] == edit
    post(alice, "fortryd", [], redigering=edit.pk)
    assert teams() == before
    assert alice.get(made.url).context["bulk"]["edit"] is None


def test_a_row_changed_since_the_preview_stops_the_whole_change(alice):
    preview = post(alice, "vis", numbers(state="held"))
    Guidance.objects.filter(pk=numbers(state="held")[0]).update(team="start")
    before = teams()
    answer = confirm(alice, preview)
    assert "Nothing was changed" in answer.context["problem"]
    assert teams() == before
    assert not BulkEdit.objects.exists()


def test_a_row_changed_since_the_edit_stops_the_whole_undo(alice):
    confirm(alice, post(alice, "vis", numbers(state="held")))
    Guidance.objects.filter(pk=numbers(state="held")[0]).update(team="start")
    after = teams()
    post(alice, "fortryd", [], redigering=BulkEdit.objects.get().pk)
    assert teams() == after
    assert BulkEdit.objects.get().undone_at is None


def test_a_closed_period_refuses_its_rows_until_there_is_a_reason(alice):
    close_february()
    held = numbers(state="held")
    page = post(alice, "vis", held).context
    closed = numbers(state="held", held_on__month=2)
    assert [line.pk for line in page["refused"]] == closed
    preview = post(alice, "vis", held, reason="Teams were mixed up.")
    assert preview.context["refused"] == []
    confirm(alice, preview, reason="Teams were mixed up.")
    assert Correction.objects.get().reason == "Teams were mixed up."
    post(alice, "fortryd", [], redigering=BulkEdit.objects.get().pk)
    assert set(teams().values()) == {None}


def test_all_rows_of_the_filtered_list_can_be_chosen_and_no_others(alice):
    page = post(alice, "vis", [], query="?state=held&q=nord", alle_raekker="1").context
    assert [line.pk for line in page["changing"]] == numbers(
        state="held", company__name="Cirkus Nord"
    )


@pytest.mark.parametrize("chosen", [[], ["nonsense"], ["999999"]])
def test_nothing_chosen_is_said_and_nothing_happens(alice, chosen):
    answer = post(alice, "vis", chosen)
    assert answer.status_code == 302
    assert "Vælg mindst én række" in alice.get(answer.url).content.decode()


@pytest.mark.parametrize("wrong", [{"value": "no-such-team"}, {"reason": "251299-1234"}])
def test_a_wrong_value_is_asked_for_again(alice, wrong):
    answer = post(alice, "vis", numbers(), **wrong)
    assert answer.context["form"].errors
    assert "changing" not in answer.context


def test_who_may_not_make_the_change_is_not_offered_it_and_is_refused(signed_in, talks):
    client = signed_in(User.objects.get(role=COMMUNICATIONS).username)
    assert client.get("/talks/").context["bulk"]["actions"] == []
    assert post(client, "vis", numbers()).status_code == 403
    assert post(signed_in(User.objects.get(role=BOARD).username), "vis", []).status_code == 403


def test_an_unknown_change_is_refused(alice):
    assert post(alice, "vis", numbers(), handling="nonsense").status_code == 403


def test_a_colleague_cannot_undo_somebody_elses_change(alice, signed_in):
    confirm(alice, post(alice, "vis", numbers(state="held")))
    other = signed_in(User.objects.get(role="adviser").username)
    answer = post(other, "fortryd", [], redigering=BulkEdit.objects.get().pk)
    assert answer.status_code == 404
    assert BulkEdit.objects.get().undone_at is None
