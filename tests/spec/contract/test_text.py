"""The whole source is in the contract: each word in a clause, each clause used or declared."""

from pejl.contract.danish import numbers_in
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.contract.source_text import fold, linked_source
from tests.spec.contract import AMENDED, HOVEDSTADEN, SMALL


def test_the_pieces_put_together_are_the_source_text() -> None:
    for path in (HOVEDSTADEN, SMALL, AMENDED):
        contract = load(path)
        pieces = linked_source(contract)
        assert "".join(piece.text for piece in pieces) == contract.source_text


def test_each_clause_is_linked_once_to_its_own_words() -> None:
    contract = load(HOVEDSTADEN)
    linked = [piece for piece in linked_source(contract) if piece.clause_id]
    assert sorted(str(piece.clause_id) for piece in linked) == sorted(contract.clauses)
    for piece in linked:
        assert fold(piece.text).text == contract.clauses[str(piece.clause_id)].quote


def test_a_clause_of_an_amendment_is_not_looked_for_in_the_contract() -> None:
    assert "A1" not in {piece.clause_id for piece in linked_source(load(AMENDED))}


def test_the_words_that_no_clause_quotes_are_headings_and_layout() -> None:
    left = " ".join(
        piece.text for piece in linked_source(load(HOVEDSTADEN)) if piece.clause_id is None
    )
    # Bullets aside, no number but those that count headings and lists.
    assert {said.value for said in numbers_in(left)} <= {1, 2, 3, 4, 5, 6}


def test_white_space_is_folded_and_each_character_keeps_its_place() -> None:
    text = "a \n b\t c"
    folded = fold(text)
    assert folded.text == "a b c"
    assert [text[start:end] for start, end in zip(folded.starts, folded.ends, strict=True)] == [
        "a", " \n ", "b", "\t ", "c",
    ]  # fmt: skip


def duty_clauses(contract: Contract) -> set[str]:
    return {duty.clause for duty in contract.duties}


def test_the_duties_to_report_are_all_there() -> None:
    assert duty_clauses(load(HOVEDSTADEN)) == {
        "M1.3", "M2.1", "M2.2", "M4.2", "K7.7", "K7.8", "K7.9", "K7.10", "K7.11",
    }  # fmt: skip


def test_the_nine_open_questions_are_there_with_the_readings_that_can_be_computed() -> None:
    questions = {question.id: question for question in load(HOVEDSTADEN).interpretations}
    assert {key.rstrip("bc") for key in questions} == {f"T{number}" for number in range(1, 10)}
    computed = {
        (key, reading): measure["kind"]
        for key, question in questions.items()
        for reading, measure in question.alternatives.items()
        if measure
    }
    assert computed == {
        ("T1", "companies"): "share_of_distinct",
        ("T2", "more_than_5_at_guidance"): "share",
        ("T2b", "more_than_5"): "distinct",
        ("T4", "every_month"): "months_met",
        ("T5", "first_in_year"): "level_growth",
        ("T9", "lower_end"): "nps",
        ("T9b", "lower_end"): "nps",
        ("T9c", "lower_end"): "share",
    }


def test_the_territory_is_the_29_municipalities() -> None:
    contract = load(HOVEDSTADEN)
    codes = contract.territory.on(contract.period.start)
    assert len(codes) == 29
    assert contract.municipalities["400"].name == "Bornholm"
    assert codes <= set(contract.municipalities)
