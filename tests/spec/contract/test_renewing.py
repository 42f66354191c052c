"""Next year's draft carries what held at the end, and lists what somebody must decide."""

import hashlib
from pathlib import Path

from pejl.contract.check import check_document
from pejl.contract.document import document_of, read_document
from pejl.contract.edit import entry
from pejl.contract.load import load
from pejl.contract.renew import NewSource, Renewal, renew
from pejl.contract.write import write
from tests.spec.contract import AMENDED, HOVEDSTADEN

TEXT = (AMENDED.parent / "../source/lille.txt").read_text("utf-8")
NEW = TEXT.replace("1.000 vejledninger", "1.100 vejledninger")


def renewed(text: str, file: str = "source/ny.txt") -> Renewal:
    """The amended small contract, renewed with the text."""
    source = NewSource(file, hashlib.sha256(text.encode()).hexdigest(), text)
    return renew(read_document(AMENDED).data, load(AMENDED), source)


def kinds(made: Renewal) -> dict[str, str]:
    """Each decision's kind."""
    return {decision.key: decision.kind for decision in made.decisions}


def test_the_period_the_title_and_every_date_move_a_year() -> None:
    data = renewed(TEXT).data
    assert data["contract"]["id"] == "lille-2025"
    assert data["contract"]["period"] == {"from": "2025-01-01", "to": "2025-12-31"}
    dates = {day for goal in data["goals"] for day in goal["status"]}
    assert dates == {"2025-01-01"}


def test_amendments_are_folded_in() -> None:
    data = renewed(TEXT).data
    goal = entry(data, "goals", "nps_growth")
    assert data["amendments"] == []
    assert goal["status"] == {"2025-01-01": "agreed"}
    assert goal["target"]["values"] == {"2025-01-01": {"value": 65, "clause": "A1"}}
    assert "awaits" not in goal


def test_each_goal_each_open_question_and_each_lost_quote_must_be_decided() -> None:
    assert kinds(renewed(NEW)) == {
        "contract.source": "source",
        "contract.hub": "territory",
        "clauses.K1.1": "clause",
        "clauses.A1": "clause",
        "goals.guidance": "target",
        "goals.guidance_5plus": "target",
        "goals.event_participants": "target",
        "goals.gross_participations": "target",
        "goals.nps_growth": "target",
        "interpretations.T1": "question",
    }


def test_a_quote_that_the_new_text_lacks_fails_the_check() -> None:
    made = renewed(NEW, "../source/lille.txt")
    path = Path(AMENDED).with_name("ny.yaml")
    rules = {finding.rule for finding in check_document(document_of(write(made.data), path))}
    assert {"source_unchanged", "quotes_in_source"} <= rules


def test_the_contract_in_use_can_be_renewed_and_its_draft_is_well_formed() -> None:
    text = load(HOVEDSTADEN).source_text
    sha256 = hashlib.sha256((HOVEDSTADEN.parent / "source/resultatkontrakt-2024.txt").read_bytes())
    source = NewSource("source/resultatkontrakt-2024.txt", sha256.hexdigest(), text)
    made = renew(read_document(HOVEDSTADEN).data, load(HOVEDSTADEN), source)
    path = HOVEDSTADEN.with_name("2025.yaml")
    assert check_document(document_of(write(made.data), path)) == []
    assert not [key for key in kinds(made) if key.startswith("clauses.")]
    pending = [key for key, kind in kinds(made).items() if kind == "pending"]
    assert "goals.nps_growth" in pending
    assert "goals.guidance" not in pending
