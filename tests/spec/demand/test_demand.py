"""What was asked for, counted over a drawn snapshot: this year, last year, by cell and by group."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from pejl.demand.ask import Group, Narrowed, demand, guided_companies
from pejl.demand.change import Direction
from pejl.indicators.evaluate import counts, words
from pejl.indicators.expression import Condition, Selection, Tally
from tests.spec.figures import drawn

END = date(2024, 12, 31)
JUNE = date(2024, 6, 30)
GUIDANCE = """
 client|client_kind|municipality|segment    |employees|held_on   |state    |need |industry
 C1    |company    |101         |growth     |12       |2024-01-10|held     |money|702200
 C1    |company    |101         |growth     |12       |2024-02-10|held     |money|702200
 C2    |company    |147         |operating  |3        |2024-03-01|held     |law  |011100
 C3    |company    |147         |operating  |         |2024-04-01|held     |     |
 P7    |person     |101         |pre_starter|         |2024-05-01|held     |money|
 C4    |company    |101         |growth     |7        |2024-05-01|cancelled|money|702200
 C4    |company    |101         |growth     |7        |2024-08-01|held     |law  |702200
 C5    |company    |            |operating  |5        |2024-02-02|held     |law  |702200
 C1    |company    |101         |growth     |11       |2023-02-10|held     |money|702200
 C1    |company    |101         |growth     |11       |2023-09-10|held     |money|702200
"""
SERVICE = Group(
    "service", (Condition("industry", ">=", "690000"), Condition("industry", "<=", "829999"))
)
FARMS = Group(
    "farms", (Condition("industry", ">=", "010000"), Condition("industry", "<=", "039999"))
)


@pytest.fixture
def asked(tmp_path):
    contract = drawn.contract(drawn.goal({"kind": "count", "of": "guidance"}))
    snapshot = drawn.snapshot(tmp_path, END, guidance=GUIDANCE)

    def ask(as_of=JUNE, **narrowed):
        return demand(
            contract, snapshot, as_of, subject="need",
            narrowed=Narrowed(**narrowed), groups=[SERVICE, FARMS],
        )  # fmt: skip

    ask.contract, ask.snapshot = contract, snapshot
    return ask


def test_held_guidances_are_counted_by_need_beside_the_same_days_last_year(asked):
    found = asked()
    assert [(row.word, row.change.now, row.change.before) for row in found.rows] == [
        ("money", 1 + 1 + 1, 1),
        ("law", 1 + 1, 0),
    ]
    assert (found.unsaid.change.now, found.total.change.now) == (1, 3 + 2 + 1)
    assert (found.before.start, found.before.end) == (date(2023, 1, 1), date(2023, 6, 30))


def test_a_need_is_split_by_cell_and_what_nobody_said_is_what_is_left(asked):
    found = asked()
    money, law = found.rows
    assert money.by["segment"] == {
        "pre_starter": 1, "entrepreneur": 0, "growth": 2, "operating": 0, "unknown": 0,
    }  # fmt: skip
    assert law.by["municipality"]["unknown"] == 1
    assert money.by["month"]["2024-01"] == money.by["month"]["2024-02"] == 1
    assert found.unsaid.by["segment"]["operating"] == 1
    assert sum(found.total.by["size"].values()) == found.total.change.now


def test_a_need_is_split_by_industry(asked):
    money, law = asked().rows
    assert money.groups == {"service": 2, "farms": 0}
    assert law.groups == {"service": 1, "farms": 1}


def test_demand_can_be_narrowed_by_cell_and_by_condition(asked):
    in_growth = asked(only={"segment": "growth"}).rows
    assert [(row.word, row.change.now) for row in in_growth] == [("money", 2)]
    in_service = asked(where=SERVICE.where).rows
    assert [(row.word, row.change.now) for row in in_service] == [("money", 2), ("law", 1)]


def test_few_guidances_say_nothing_of_a_direction(asked):
    assert asked().total.change.direction is Direction.TOO_FEW


def test_the_last_day_of_february_has_a_day_last_year(asked):
    assert asked(date(2024, 2, 29)).before.end == date(2023, 2, 28)


def test_guided_companies_are_different_ones_in_the_territory(asked):
    sizes = [Group("5+", (Condition("employees", ">=", 5),))]
    groups = {"industry": [SERVICE, FARMS], "size": sizes}
    whole, by = guided_companies(asked.contract, asked.snapshot, END, groups)
    assert whole.total == len({"C1", "C2", "C3", "C4"})
    assert whole.by["municipality"]["101"] == len({"C1", "C4"})
    assert by == {"industry": {"service": 2, "farms": 1}, "size": {"5+": len({"C1", "C4"})}}


@pytest.mark.parametrize("engine", ["columnar", "reference"])
def test_both_engines_answer_a_question_that_no_goal_asks(asked, engine):
    question = Tally(
        (Selection("guidance", "held_on", (*SERVICE.where, Condition("need", "=", "law"))),)
    )
    found = counts(
        asked.contract, asked.snapshot, END, {question: frozenset({"municipality"})}, engine=engine
    )
    assert found[question].total == 2
    assert found[question].by["municipality"]["101"] == 1


def test_the_words_of_a_column_are_those_that_are_known(asked):
    assert words(asked.snapshot, "guidance", "need") == ["law", "money"]


@pytest.mark.parametrize("engine", ["columnar", "reference"])
def test_a_snapshot_from_before_a_column_was_there_has_it_unknown(asked, engine):
    for path in asked.snapshot.files("guidance"):
        path.chmod(0o644)
        pq.write_table(pq.read_table(path).drop_columns(["need", "industry"]), path)
    held = Selection("guidance", "held_on", (Condition("state", "=", "held"),))
    whole, known = Tally((held,)), Tally((held.having((Condition("need", "known"),)),))
    question = {whole: frozenset(), known: frozenset()}
    found = counts(asked.contract, asked.snapshot, END, question, engine=engine)
    assert (found[whole].total, found[known].total) == (7, 0)
