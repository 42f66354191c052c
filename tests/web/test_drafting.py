"""A draft is edited on pages: what is saved is the house's YAML, and nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.edit import entry
from pejl_hub.accounts.models import User
from pejl_hub.contracts.actions.documents import keep_document
from pejl_hub.contracts.actions.drafts import take_up
from pejl_hub.contracts.actions.steps import adopt, submit
from pejl_hub.contracts.models import ContractVersion, State
from pejl_hub.drafting.actions import bring_back, decide, save_edit
from pejl_hub.drafting.goalform import GoalForm
from pejl_hub.drafting.models import Decision
from pejl_hub.drafting.queries import data_of, faults_of, require_decided

CONTRACT = Path(__file__).parents[2] / "contracts" / "hovedstaden" / "2024.yaml"
# A goal of each kind of measure, some with conditions, some pending.
SHAPES = (
    "newsletter_growth",
    "monthly_views",
    "awareness",
    "new_guided_share",
    "guidance_5plus",
    "event_participants",
    "programme_participants",
    "gross_participations",
    "net_unique",
    "outreach_companies",
    "nps_growth",
    "referral_use",
    "effort_digital",
)
SignIn = Callable[[str], Client]


@pytest.fixture
def draft(db: None, settings: Any, tmp_path: Path) -> ContractVersion:
    settings.DATA = tmp_path
    return take_up(path=CONTRACT, by=None)


def posted(draft: ContractVersion, goal: str, **more: Any) -> dict[str, Any]:
    """What the goal's form sends when nothing is touched, and what was touched."""
    data = data_of(draft)
    form = GoalForm(draft=data, goal=entry(data, "goals", goal))
    held = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in held.items() if value is not None}
    return {**sent, "seen": draft.sha256, **more}


def goal_page(draft: ContractVersion, goal: str) -> str:
    return reverse("drafting:goal", args=[draft.pk, goal])


def test_saving_a_goal_untouched_writes_the_same_bytes(
    draft: ContractVersion, signed_in: SignIn
) -> None:
    alice = signed_in("alice")
    for goal in SHAPES:
        answer = alice.post(goal_page(draft, goal), posted(draft, goal, save="1"))
        assert answer.status_code == 302, (goal, answer.context["form"].errors)
    draft.refresh_from_db()
    assert draft.yaml == CONTRACT.read_bytes()


def test_another_number_is_looked_at_before_it_is_saved(
    draft: ContractVersion, signed_in: SignIn
) -> None:
    alice = signed_in("alice")
    page = goal_page(draft, "guidance")
    looked = alice.post(page, posted(draft, "guidance", look="1", target_number_0="1.600"))
    shown = looked.content.decode()
    assert "{value: 1600, clause: K2.1}" in shown
    assert "{value: 1500, clause: K2.1}" in shown
    assert {str(fault.says) for fault in looked.context["new_faults"]} == {
        "Tallet står ikke i klausulens ord.",
        "Delene giver ikke summens tal.",
    }
    draft.refresh_from_db()
    assert draft.yaml == CONTRACT.read_bytes()

    alice.post(page, posted(draft, "guidance", save="1", target_number_0="1.600"))
    draft.refresh_from_db()
    changed = [
        line for line in draft.text.split("\n") if line not in CONTRACT.read_text().split("\n")
    ]
    assert changed == ['    target: {op: ">=", values: {2024-01-01: {value: 1600, clause: K2.1}}}']
    overview = alice.get(reverse("drafting:draft", args=[draft.pk])).content.decode()
    assert "Kladden bryder 2 regler" in overview


def test_what_another_saved_meanwhile_is_not_overwritten(
    draft: ContractVersion, signed_in: SignIn
) -> None:
    alice, dorte = signed_in("alice"), signed_in("dorte")
    page = goal_page(draft, "press")
    mine = posted(draft, "press", save="1", label_da="Presse")
    theirs = posted(draft, "press", save="1", label_da="Omtale i pressen")
    assert alice.post(page, mine).status_code == 302
    refused = dorte.post(page, theirs)
    assert refused.status_code == 400
    assert "Omtale i pressen" in refused.content.decode()  # what was typed stays
    draft.refresh_from_db()
    assert entry(data_of(draft), "goals", "press")["label"]["da"] == "Presse"


def test_each_saved_text_can_be_brought_back(draft: ContractVersion, signed_in: SignIn) -> None:
    alice = signed_in("alice")
    alice.post(goal_page(draft, "press"), posted(draft, "press", save="1", label_da="Presse"))
    draft.refresh_from_db()
    assert [one.number for one in draft.revisions.all()] == [2, 1]
    address = reverse("drafting:restore", args=[draft.pk, 1])
    alice.post(address, {"seen": "0" * 64})
    draft.refresh_from_db()
    assert "Presse" in draft.text
    assert draft.yaml != CONTRACT.read_bytes()
    alice.post(address, {"seen": draft.sha256})
    draft.refresh_from_db()
    assert draft.yaml == CONTRACT.read_bytes()
    assert [one.number for one in draft.revisions.all()] == [3, 2, 1]
    with pytest.raises(UserError, match="text number 9"):
        bring_back(
            version=draft, seen=draft.sha256, number=9, by=User.objects.get(username="alice")
        )


def test_a_quote_must_stand_in_the_text(draft: ContractVersion, signed_in: SignIn) -> None:
    alice = signed_in("alice")
    page = reverse("drafting:clause", args=[draft.pk, "K2.2"])
    assert "1000 kortere" in alice.get(page + "?soeg=kortere").content.decode()
    sent = {
        "key": "K2.2",
        "heading": "2) Geografisk spredning",
        "quote": "1000 korte orienterende vejledninger.",
        "orphan": "",
        "seen": draft.sha256,
        "save": "1",
    }
    assert alice.post(page, sent).status_code == 400
    same = {**sent, "quote": "1000 kortere orienterende\nvejledninger."}
    assert alice.post(page, same).status_code == 302
    draft.refresh_from_db()
    assert draft.yaml == CONTRACT.read_bytes()


def test_a_goal_is_made_of_what_the_records_have(draft: ContractVersion, signed_in: SignIn) -> None:
    alice = signed_in("alice")
    sent = {
        **posted(draft, "orientation", save="1"),
        "id": "orientation_virtual",
        "label_da": "Virtuelle orienteringer",
        "where_column_2": "channel",
        "where_test_2": "is",
        "where_value_2": "virtual, phone",
        "adds_up_over": ["month"],
        "breakdowns": ["month"],
        "target_number_0": "",
    }
    answer = alice.post(reverse("drafting:new_goal", args=[draft.pk]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    draft.refresh_from_db()
    made = entry(data_of(draft), "goals", "orientation_virtual")
    assert made["measure"] == {
        "kind": "count",
        "of": "guidance",
        "where": {"type": "orienting", "state": "held", "channel": ["virtual", "phone"]},
        "unit": "guidance",
        "adds_up_over": ["month"],
    }
    assert "target" not in made
    assert faults_of(draft.yaml) == ()
    gone = reverse("drafting:remove", args=[draft.pk, "goals", "orientation_virtual"])
    alice.post(gone, {"seen": draft.sha256, "save": "1"})
    draft.refresh_from_db()
    assert draft.yaml == CONTRACT.read_bytes()


def test_duties_and_the_smallest_number_are_edited(
    draft: ContractVersion, signed_in: SignIn
) -> None:
    alice = signed_in("alice")
    page = reverse("drafting:duty", args=[draft.pk, "annual_report"])
    form = alice.get(page).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    alice.post(page, {**sent, "cadence": "quarterly", "seen": draft.sha256, "save": "1"})
    draft.refresh_from_db()
    assert entry(data_of(draft), "duties", "annual_report")["cadence"] == "quarterly"
    low = {"day": "2024-07-01", "minimum": "5", "reason": "Huset vil det.", "clause": ""}
    page = reverse("drafting:minimum", args=[draft.pk])
    alice.post(page, {**low, "seen": draft.sha256, "save": "1"})
    draft.refresh_from_db()
    dated = data_of(draft)["disclosure"]
    assert {day: limit["minimum"] for day, limit in dated.items()} == {
        "2024-01-01": 3,
        "2024-07-01": 5,
    }
    assert faults_of(draft.yaml) == ()


def test_only_who_may_edit_the_contract_gets_in(draft: ContractVersion, signed_in: SignIn) -> None:
    pages = [
        reverse("drafting:drafts"),
        reverse("drafting:draft", args=[draft.pk]),
        reverse("drafting:minimum", args=[draft.pk]),
        reverse("drafting:new_clause", args=[draft.pk]),
        reverse("drafting:decisions", args=[draft.pk]),
        goal_page(draft, "guidance"),
    ]
    for page in pages:
        assert signed_in("alice").get(page).status_code == 200, page
        assert signed_in("ravi").get(page).status_code == 403, page
    draft.state = State.REJECTED
    draft.save()
    assert signed_in("alice").get(pages[1]).status_code == 404


def test_a_cpr_number_is_refused_in_every_text(draft: ContractVersion, signed_in: SignIn) -> None:
    answer = signed_in("alice").post(
        goal_page(draft, "press"), posted(draft, "press", save="1", label_da="Ida 010190-1234")
    )
    assert answer.status_code == 400
    assert "label_da" in answer.context["form"].errors


def test_next_years_draft_lists_what_must_be_decided(
    draft: ContractVersion, signed_in: SignIn
) -> None:
    alice = signed_in("alice")
    text = (CONTRACT.parent / "source/resultatkontrakt-2024.txt").read_text("utf-8")
    text = text.replace("1000 kortere orienterende", "1100 kortere orienterende")
    file = SimpleUploadedFile("resultatkontrakt-2025.txt", text.encode())
    page = reverse("drafting:next_year", args=[draft.pk])
    answer = alice.post(page, {"file": file})
    assert answer.status_code == 302
    made = ContractVersion.objects.get(contract_id="ehhs-2025")
    assert answer["Location"] == reverse("drafting:decisions", args=[made.pk])
    assert {fault.key for fault in faults_of(made.yaml) if fault.rule == "quotes_in_source"} == {
        "K2.2"
    }
    keys = set(made.decisions.values_list("key", flat=True))
    assert {"clauses.K2.2", "goals.guidance", "interpretations.T1", "contract.hub"} <= keys
    with pytest.raises(UserError, match="decisions to make"):
        require_decided(made)
    for decision in made.decisions.all():
        address = reverse("drafting:answer", args=[made.pk, decision.pk])
        alice.post(address, {"answer": "Fastholdt af bestyrelsen."})
    assert not Decision.objects.filter(version=made, decided_at=None).exists()
    require_decided(made)


def test_nothing_is_adopted_while_a_decision_is_left(
    draft: ContractVersion, signed_in: SignIn
) -> None:
    signed_in("alice")
    alice = User.objects.get(username="alice")
    decision = Decision.objects.create(version=draft, key="goals.press", kind="target")
    minutes = keep_document(
        contract_id=draft.contract_id, name="referat.txt", content=b"Vedtaget.", by=alice
    )
    today = timezone.localdate()
    submit(version=draft, day=today, who="Bestyrelsen", by=alice)

    def decided_by_kkr() -> None:
        adopt(version=draft, day=today, who="KKR", document=minutes, by=alice)

    with pytest.raises(UserError, match=r"decisions to make, first: goals\.press"):
        decided_by_kkr()
    decide(decision=decision, answer="Fastholdt.", by=alice)
    decided_by_kkr()
    draft.refresh_from_db()
    assert draft.is_adopted
    with pytest.raises(UserError, match="no draft any longer"):
        decide(decision=decision, answer="Alligevel ikke.", by=alice)


def test_an_edit_is_told_in_the_audit(draft: ContractVersion, signed_in: SignIn) -> None:
    signed_in("alice")
    alice = User.objects.get(username="alice")
    data = data_of(draft)
    data["contract"]["hub_name"] = "Erhvervshuset"
    saved = save_edit(version=draft, seen=draft.sha256, data=data, what="navn", by=alice)
    assert saved.revisions.first().what == "navn"
    with pytest.raises(UserError, match="as it was before alice saved it"):
        save_edit(version=draft, seen=draft.sha256, data=data_of(draft), what="navn", by=alice)
