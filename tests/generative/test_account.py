"""For any records: behind the figure plus left out is every record, and both engines say why."""

from hypothesis import given, settings

from pejl.indicators.account import Cell, account, left_out
from pejl.indicators.evaluate import evaluate, rows
from tests.generative.records import record_sets
from tests.generative.test_figures import AS_OF, CONTRACT, RecordSet, taken

# A goal of each shape that the real contract has, and the tables that it is about.
OF = {
    "guidance_5plus": ["guidance"],
    "event_participants": ["attendance"],
    "programme_participants": ["participation", "attendance"],
    "gross_participations": ["guidance", "attendance", "participation"],
    "net_unique": ["guidance", "attendance", "participation"],
    "new_guided_share": ["guidance"],
    "outreach_companies": ["outreach"],
    "nps_growth": ["answer"],
    "monthly_views": ["channel_view"],
    "newsletter_growth": ["newsletter"],
    "awareness": ["reported"],
    "effort_digital": ["milestone"],
}
few = settings(max_examples=3, deadline=None)


@few
@given(record_sets(longest=12))
def test_every_record_of_a_goals_tables_is_placed_once(records: RecordSet) -> None:
    with taken(records) as snapshot:
        measured = evaluate(CONTRACT, snapshot, AS_OF).goals
        for goal, tables in OF.items():
            told = account(CONTRACT, snapshot, goal, AS_OF)
            listed = rows(CONTRACT, snapshot, goal, AS_OF)
            assert told.candidates == sum(len(records[table]) for table in tables)
            assert told.behind == listed.total
            assert told.counted == sum(1 for row in listed.rows if row[-1])
            if goal in ("event_participants", "gross_participations", "net_unique"):
                assert told.counted == measured[goal].figure.value


@few
@given(record_sets(longest=12))
def test_both_engines_place_every_record_alike(records: RecordSet) -> None:
    with taken(records) as snapshot:
        for goal in OF:
            for cell in (Cell(), Cell(month="2024-02")):
                fast = account(CONTRACT, snapshot, goal, AS_OF, cell)
                slow = account(CONTRACT, snapshot, goal, AS_OF, cell, engine="reference")
                assert fast == slow
            out = left_out(CONTRACT, snapshot, goal, AS_OF, cell)
            assert out == left_out(CONTRACT, snapshot, goal, AS_OF, cell, engine="reference")
            assert out.total == sum(group.records for group in fast.left_out)
