"""What wrong rows do to the figures is what the one counting function says without them."""

from fractions import Fraction

from pejl.indicators.evaluate import evaluate
from pejl.snapshot.altered import Change, altered, changed
from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.effect import effects
from pejl_hub.quality.finding import Finder
from pejl_hub.quality.registers import REGISTERS
from tests.spec.figures import drawn
from tests.spec.quality.drawing import ASKED

GUIDANCE = """
client | client_kind | employees | municipality | segment   | held_on    | type        | state
C1     | company     | 12        | 101          | growth    | 2024-02-01 | specialised | held
C1     | company     | 12        | 101          | growth    | 2024-02-01 | specialised | held
C2     | company     |           | 101          | operating | 2024-03-01 | specialised | held
C3     | company     | 2         | 265          | operating | 2024-03-02 | specialised | held
"""
OF = {"of": "guidance", "where": {"state": "held"}, "dated_by": "held_on"}
GUIDED = drawn.goal({"kind": "count", **OF}, id="guided")
CLIENTS = drawn.goal({"kind": "distinct", "key": "client", **OF}, id="clients", unit="company")
BIG = drawn.goal(
    {"kind": "share", **OF, "having": {"employees": {"op": ">=", "value": 5}}},
    id="big",
    unit="percent",
)
CONTRACT = drawn.contract(GUIDED, CLIENTS, BIG)


def moved(folder, check, text=GUIDANCE):
    """By what-if, goal → the figure it would be."""
    snapshot = drawn.snapshot(folder, guidance=text)
    one = CHECKS[check]
    rows = {"guidance": Finder(snapshot, ASKED).rows(one, "guidance")}
    with altered(snapshot, REGISTERS) as other:
        found = effects(one, rows, contract=CONTRACT, other=other, asked=ASKED)
    return [{m.goal.id: m.then.value for m in effect.moved} for effect in found]


def test_left_out_a_duplicate_takes_one_guidance_and_no_client_away(tmp_path):
    assert moved(tmp_path, "dublet") == [{"guided": 3, "big": Fraction(1, 3)}]


def test_a_missing_size_moves_the_share_between_its_two_ends(tmp_path):
    without, small, large = moved(tmp_path, "uden-stoerrelse")
    # now 2 of 4 have five employees or more
    assert without == {"guided": 3, "clients": 2, "big": Fraction(2, 3)}
    assert small == {}
    assert large == {"big": Fraction(3, 4)}


def test_where_nothing_is_wrong_nothing_would_move(tmp_path):
    assert moved(tmp_path, "fremtid") == [{}]


def test_each_what_if_starts_from_the_records_as_they_are(tmp_path):
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)
    before = evaluate(CONTRACT, snapshot, ASKED.day).goals
    with altered(snapshot, REGISTERS) as other:
        folder = other.snapshot.path
        fewer = evaluate(CONTRACT, other.alter({"guidance": Change((1, 2))}), ASKED.day).goals
        same = evaluate(CONTRACT, other.alter({}), ASKED.day).goals
    assert fewer["guided"].figure.value == 2
    assert same == before
    assert not folder.exists()


def test_a_change_gives_a_column_other_values_and_leaves_rows_without_one_alone(tmp_path):
    table = drawn.snapshot(tmp_path, guidance=GUIDANCE).table("guidance")
    other = changed(table, Change((2, 4, 99), "segment", ("operating", None, "growth")))
    assert other["segment"].to_pylist() == ["growth", "operating", "operating", "operating"]
    assert other.drop_columns("segment").equals(table.drop_columns("segment"))
