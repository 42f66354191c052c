"""Comments on goals: who writes, who approves, what is frozen, and who reads."""

from datetime import date

import pytest
from django.urls import reverse

from pejl_hub.audit.models import AuditEntry, NeverChanged
from pejl_hub.narrative import actions
from pejl_hub.narrative.models import Comment
from pejl_hub.narrative.queries import comments_for, snapshots_in_use
from pejl_hub.status import queries

DAY = {"dato": "2024-06-30"}
LIST = reverse("narrative:comments")
WRITE = reverse("narrative:write") + "?dato=2024-06-30&maal=guidance"
GOAL = reverse("status:goal", args=["guidance"])
SAID = "Foråret var travlt.\n\nVi ansætter én til."


@pytest.fixture
def alice(signed_in, year):
    """The controller, who writes; Dorte the director approves."""
    return signed_in("alice")


@pytest.fixture
def dorte(signed_in):
    return signed_in("dorte")


def written(client, text=SAID, **more):
    answer = client.post(WRITE, {"text": text, "set": "", **more})
    assert answer.status_code == 302, answer.content.decode()
    return Comment.objects.latest("pk")


def move(client, comment, step, **more):
    read = {"skridt": step, "set": Comment.objects.get(pk=comment.pk).mark}
    return client.post(reverse("narrative:move", args=[comment.pk]), read | more).status_code


def test_whoever_approves_has_read_the_very_text(alice, dorte):
    comment = written(alice, send="1")
    page = dorte.get(reverse("narrative:comment", args=[comment.pk])).content.decode()
    assert comment.mark in page
    alice.post(WRITE, {"text": "En anden tekst", "set": comment.pk, "send": "1"})
    assert move(dorte, comment, "godkend", set=comment.mark) == 400
    comment.refresh_from_db()
    assert comment.state == "submitted"
    assert move(dorte, comment, "godkend", set=comment.mark) == 302


def test_a_comment_is_written_beside_its_figure_and_remembers_it(alice):
    page = alice.get(WRITE).content.decode()
    assert "vejledninger" in page
    comment = written(alice)
    assert (comment.text, comment.state, comment.writer) == (SAID, "draft", "Alice Lund")
    assert comment.figure.split()[0].isdigit()
    assert str(comment.figure) in page.replace("&nbsp;", "\xa0")


def test_somebody_else_than_the_writer_approves(alice, dorte):
    comment = written(alice, send="1")
    assert comment.state == "submitted"
    assert move(alice, comment, "godkend") == 400
    assert move(dorte, comment, "godkend") == 302
    comment.refresh_from_db()
    assert (comment.state, comment.approver) == ("approved", "Dorte Holm")
    assert move(dorte, comment, "godkend") == 400


def test_it_is_sent_back_with_a_reason_that_the_writer_sees(alice, dorte):
    comment = written(alice, send="1")
    assert move(dorte, comment, "tilbage", hvorfor=" ") == 400
    assert move(dorte, comment, "tilbage", hvorfor="Nævn arrangementerne") == 302
    page = alice.get(WRITE).content.decode()
    assert "Nævn arrangementerne" in page
    assert SAID.split("\n")[0] in page


def test_a_new_text_needs_a_new_approval(alice, dorte):
    comment = written(alice, send="1")
    move(dorte, comment, "godkend")
    alice.post(WRITE, {"text": "Noget andet", "set": comment.pk})
    comment.refresh_from_db()
    assert (comment.text, comment.state, comment.approver) == ("Noget andet", "draft", None)
    changed = AuditEntry.objects.filter(action="comment.changed").get().details["changed"]
    assert changed["text"] == [SAID, "Noget andet"]


def test_two_writers_do_not_overwrite_each_other_and_nothing_typed_is_lost(alice, dorte):
    written(alice)
    late = dorte.post(WRITE, {"text": "Mit eget bud", "set": ""})
    assert late.status_code == 400
    assert "Mit eget bud" in late.content.decode()
    assert Comment.objects.get().text == SAID


@pytest.mark.parametrize("text", ["", "   ", "Ring 010190-1234", "x" * 2001])
def test_a_text_that_cannot_be_kept_is_refused_and_stays_on_the_page(alice, text):
    answer = alice.post(WRITE, {"text": text, "set": ""})
    assert answer.status_code == 400
    assert text.strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_frozen_with_the_snapshot_it_is_never_changed_and_a_new_one_takes_its_place(alice, dorte):
    comment = written(alice, send="1")
    draft = alice.post(WRITE.replace("guidance", "orientation"), {"text": "Kladde", "set": ""})
    assert draft.status_code == 302
    move(dorte, comment, "godkend")
    assert dorte.post(reverse("narrative:freeze"), DAY).status_code == 302
    comment.refresh_from_db()
    snapshot = queries.standing_on(queries.contracts()[0], date(2024, 6, 30)).evaluation.snapshot
    assert (comment.state, comment.snapshot_sha256) == ("frozen", snapshot.sha256)
    assert Comment.objects.get(goal="orientation").state == "draft"
    for step in ("send", "godkend", "tilbage"):
        assert move(dorte, comment, step, hvorfor="Ret det") == 400
    newer = written(alice, "En nyere tekst")
    assert newer.pk != comment.pk
    comment.refresh_from_db()
    assert comment.text == SAID


def test_a_report_prints_what_is_approved_and_the_newest_of_each_thing(alice, dorte):
    contract, day = queries.contracts()[0], date(2024, 6, 30)
    comment = written(alice, send="1")
    assert comments_for(contract, day) == []
    move(dorte, comment, "godkend")
    (said,) = comments_for(contract, day)
    assert (said.text, said.written_by, said.approved_by) == (SAID, "Alice Lund", "Dorte Holm")
    dorte.post(reverse("narrative:freeze"), DAY)
    newer = written(alice, "Nyere", send="1")
    assert [one.text for one in comments_for(contract, day)] == [SAID]
    move(dorte, newer, "godkend")
    assert [one.text for one in comments_for(contract, day)] == ["Nyere"]


def test_one_on_a_municipality_is_for_its_report_alone(alice, dorte):
    contract, day = queries.contracts()[0], date(2024, 6, 30)
    alice.post(WRITE + "&kommune=101", {"text": "Kun København", "set": "", "send": "1"})
    move(dorte, Comment.objects.get(), "godkend")
    assert [one.municipality for one in comments_for(contract, day)] == ["101"]
    assert "Kun København" not in alice.get(GOAL, DAY).content.decode()
    assert "Kun København" in alice.get(GOAL, {**DAY, "kommune": "101"}).content.decode()


def test_the_figure_that_moved_since_is_told(alice):
    comment = written(alice)
    Comment.objects.filter(pk=comment.pk).update(figure="7 vejledninger")
    for address in (
        WRITE,
        reverse("narrative:comment", args=[comment.pk]),
        LIST + "?dato=2024-06-30",
    ):
        assert "7 vejledninger" in alice.get(address).content.decode()


def test_the_goals_page_shows_what_is_approved_and_no_draft(alice, dorte):
    comment = written(alice, send="1")
    assert "Foråret" not in alice.get(GOAL, DAY).content.decode()
    move(dorte, comment, "godkend")
    assert "Foråret" in alice.get(GOAL, DAY).content.decode()


def test_the_list_says_what_is_missing_and_filters(alice):
    before = alice.get(LIST, DAY).context
    written(alice)
    after = alice.get(LIST, DAY).context
    assert after["missing"] == before["missing"] - 1
    drafts = alice.get(LIST, {**DAY, "vis": "draft"}).context["lines"]
    assert [line.goal for line in drafts] == ["guidance"]


@pytest.mark.parametrize(
    ("who", "writes", "approves"),
    [
        ("alice", True, True),
        ("dorte", True, True),
        ("bent", False, False),
        ("ravi", False, False),
        ("cille", True, False),
    ],
)
def test_only_those_with_the_right_write_and_approve(signed_in, year, who, writes, approves):
    client = signed_in(who)
    assert client.get(LIST, DAY).status_code == (200 if writes else 403)
    assert client.get(WRITE).status_code == (200 if writes else 403)
    frozen = client.post(reverse("narrative:freeze"), DAY).status_code
    assert frozen == (302 if approves else 403)


def test_a_day_that_no_report_is_of_is_not_there(alice):
    for day in ("2024-06-15", "nonsense", "2031-01-31"):
        assert alice.get(LIST, {"dato": day}).status_code == 404
    assert alice.get(LIST, {**DAY, "kommune": "999"}).status_code == 404


def test_the_command_freezes_without_a_user(alice, dorte):
    comment = written(alice, send="1")
    move(dorte, comment, "godkend")
    contract, day = queries.contracts()[0], date(2024, 6, 30)
    snapshot = queries.standing_on(contract, day).evaluation.snapshot
    (frozen,) = actions.freeze(
        contract=contract, as_of=day, snapshot=snapshot, figure=lambda one: "12", by=None
    )
    assert (frozen.figure, frozen.snapshot_id) == ("12", snapshot.id)


def approved(alice, dorte, **about):
    """A comment that Alice has written and Dorte approved; ``about`` is more of the address."""
    more = "".join(f"&{name}={value}" for name, value in about.items())
    assert alice.post(WRITE + more, {"text": SAID, "set": "", "send": "1"}).status_code == 302
    comment = Comment.objects.latest("pk")
    assert move(dorte, comment, "godkend") == 302
    return comment


def test_whoever_wrote_an_earlier_text_does_not_approve_the_later_one(alice, dorte):
    comment = written(dorte)
    alice.post(WRITE, {"text": "Rettet.", "set": comment.pk, "send": "1"})
    assert move(dorte, comment, "godkend") == 400
    comment.refresh_from_db()
    assert (comment.state, comment.writer) == ("submitted", "Alice Lund")


def test_a_reader_outside_reads_the_text_and_never_the_figure_it_was_written_on(
    published, signed_in
):
    alice = signed_in("alice")
    comment = approved(alice, signed_in("dorte"), kommune="151")
    assert comment.figure == "1\xa0vejledning" or comment.figure.startswith("1 ")
    karla = signed_in("karla").get(GOAL, DAY).content.decode()
    assert "Foråret var travlt" in karla
    assert "skjult" in karla
    assert f"· {comment.figure}" not in karla
    house = alice.get(GOAL, {**DAY, "kommune": "151"}).content.decode()
    assert f"· {comment.figure}" in house


def test_a_reader_outside_reads_only_of_goals_that_are_for_them(published, signed_in):
    goal = queries.contracts()[0].goals["press"]
    assert ("board" in goal.audience, "kkr" in goal.audience) == (True, False)
    approved(signed_in("alice"), signed_in("dorte"), maal="press")
    page = reverse("status:goal", args=["press"])
    assert "Foråret var travlt" in signed_in("bent").get(page, DAY).content.decode()
    assert "Foråret var travlt" not in signed_in("kaj").get(page, DAY).content.decode()


def test_a_frozen_comment_cannot_be_saved_or_deleted_and_keeps_its_snapshot(alice, dorte):
    comment = approved(alice, dorte)
    assert snapshots_in_use() == set()
    dorte.post(reverse("narrative:freeze"), DAY)
    comment.refresh_from_db()
    assert snapshots_in_use() == {comment.snapshot_id}
    comment.text = "Et andet."
    for change in (comment.save, comment.delete):
        with pytest.raises(NeverChanged):
            change()
