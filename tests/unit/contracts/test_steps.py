"""A contract's steps come in their order, with who, when and document; nothing is changed after."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import PejlError, UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.contracts import actions
from pejl_hub.contracts.actions.documents import keep_document
from pejl_hub.contracts.models import ContractEvent, ContractVersion, Kind
from pejl_hub.contracts.queries import ContractClosed, current, events, findings_of
from tests.unit.contracts.life import DAY, with_articles


@pytest.fixture
def draft(yaml):
    return actions.start_draft(yaml=yaml, by=None)


def submitted(draft):
    actions.submit(version=draft, day=DAY, who="Bestyrelsen", by=None)
    return draft


def taken(version, *kinds):
    for kind in kinds:
        actions.record_step(version=version, kind=kind, day=DAY, who="Direktøren", by=None)


def test_the_whole_life_is_told_in_its_order(draft, minutes):
    actions.adopt(version=submitted(draft), day=DAY, who="KKR", document=minutes, by=None)
    life = (Kind.SENT_KL, Kind.SENT_AUTHORITY, Kind.IN_FORCE, Kind.REPORTED, Kind.CLOSED)
    taken(draft, *life)
    told = {event.kind for event in events("ehhs-2024")}
    assert told == {Kind.DRAFTED, Kind.SUBMITTED, Kind.ADOPTED, *life}
    assert AuditEntry.objects.filter(action="contract.closed").count() == 1


@pytest.mark.parametrize("kind", [Kind.SENT_KL, Kind.IN_FORCE, Kind.REPORTED, Kind.CLOSED])
def test_a_draft_takes_no_step_of_an_adopted_contract(draft, kind):
    with pytest.raises(UserError, match="order"):
        taken(draft, kind)


def test_what_was_not_submitted_cannot_be_adopted(draft, minutes):
    with pytest.raises(UserError, match="order"):
        actions.adopt(version=draft, day=DAY, who="KKR", document=minutes, by=None)


def test_what_was_changed_since_it_was_submitted_must_be_submitted_anew(hub, draft, minutes):
    changed, texts = with_articles(hub.CONTRACTS, 60)
    draft = actions.save_draft(version=submitted(draft), yaml=changed, texts=texts, by=None)
    with pytest.raises(UserError, match="has been submitted"):
        actions.adopt(version=draft, day=DAY, who="KKR", document=minutes, by=None)
    actions.adopt(version=submitted(draft), day=DAY, who="KKR", document=minutes, by=None)
    assert current("ehhs-2024") == draft


def test_a_draft_that_breaks_a_rule_cannot_be_adopted(yaml, minutes):
    draft = actions.start_draft(yaml=yaml.replace(b"1000 kortere", b"1001 kortere"), by=None)
    assert [finding.rule for finding in findings_of(draft)][:1] == ["quotes_in_source"]
    with pytest.raises(UserError, match="breaks"):
        actions.adopt(version=submitted(draft), day=DAY, who="KKR", document=minutes, by=None)
    assert current("ehhs-2024") is None


def test_an_adoption_needs_the_minutes_a_name_and_a_day_that_has_been(draft, minutes):
    submitted(draft)
    for who, day in (("", DAY), ("KKR", timezone.localdate() + timedelta(days=1))):
        with pytest.raises(UserError):
            actions.adopt(version=draft, day=day, who=who, document=minutes, by=None)
    with pytest.raises(UserError, match="minutes"):
        taken(draft, Kind.ADOPTED)
    with pytest.raises(UserError, match="not before"):
        actions.adopt(version=draft, day=date(2023, 1, 1), who="KKR", document=minutes, by=None)


def test_a_closed_contract_changes_no_more(draft, yaml, minutes):
    actions.adopt(version=submitted(draft), day=DAY, who="KKR", document=minutes, by=None)
    taken(draft, Kind.IN_FORCE, Kind.REPORTED, Kind.CLOSED)
    for attempt in (
        lambda: actions.start_draft(yaml=yaml, by=None),
        lambda: actions.save_draft(version=draft, yaml=yaml, by=None),
        lambda: taken(draft, Kind.REPORTED),
    ):
        with pytest.raises(ContractClosed):
            attempt()


def test_a_later_version_is_an_amendment_and_a_rejected_one_gives_way(adopted, yaml, minutes):
    second = submitted(actions.start_draft(yaml=yaml, by=None))
    with pytest.raises(UserError, match="one draft at a time"):
        actions.start_draft(yaml=yaml, by=None)
    actions.reject(version=second, day=DAY, who="KKR", by=None, note="Ikke nu")
    third = submitted(actions.start_draft(yaml=yaml, by=None))
    event = actions.adopt(version=third, day=DAY, who="KKR", document=minutes, by=None)
    assert (third.number, event.kind) == (3, Kind.AMENDED)
    assert current("ehhs-2024") == third


def test_two_contracts_cannot_cover_the_same_day(adopted, yaml, minutes):
    draft = actions.start_draft(yaml=yaml.replace(b"ehhs-2024", b"ehhs-xxxx"), by=None)
    with pytest.raises(UserError, match="does not cover"):
        actions.adopt(version=submitted(draft), day=DAY, who="KKR", document=minutes, by=None)


def test_the_draft_that_somebody_else_saved_is_not_overwritten(draft, yaml):
    mine = ContractVersion.objects.get(pk=draft.pk)
    actions.save_draft(version=draft, yaml=yaml + b"# anden\n", by=None)
    with pytest.raises(UserError, match="saved it"):
        actions.save_draft(version=mine, yaml=yaml + b"# min\n", by=None)


def test_an_event_is_never_changed_or_taken_away_and_never_nameless(draft):
    event = events("ehhs-2024").get()
    with pytest.raises(PejlError):
        event.save()
    with pytest.raises(PejlError):
        event.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractEvent.objects.create(
            version=draft, kind=Kind.IN_FORCE, day=DAY, who="", recorder="alice", sha256="x"
        )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("referat.pdf", b"PK"),
        ("referat.docx", b"%PDF-1.7"),
        ("referat.exe", b"MZ"),
        ("tom.txt", b""),
        ("251299-1234.txt", b"tekst"),
        ("stor.txt", b"x" * (20 * 1024**2 + 1)),
        ("latin.txt", "æ".encode("latin-1")),
    ],
)
def test_a_document_is_what_its_name_says(hub, name, content):
    with pytest.raises(UserError, match="20 MB"):
        keep_document(contract_id="ehhs-2024", name=name, content=content, by=None)


@pytest.mark.parametrize(
    "path", ["../hemmelig.txt", "/etc/passwd", "source/../../x.txt", ".skjult"]
)
def test_a_contract_names_nothing_outside_its_own_folder(yaml, path):
    with pytest.raises(UserError, match="inside the contract's folder"):
        actions.start_draft(
            yaml=yaml.replace(b"source/resultatkontrakt-2024.txt", path.encode()), by=None
        )


def test_a_contract_with_a_cpr_number_is_refused(yaml):
    with pytest.raises(UserError, match="CPR"):
        actions.start_draft(yaml=yaml + b"# ring til 251299-1234\n", by=None)
