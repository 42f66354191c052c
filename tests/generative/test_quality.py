"""Every check says of any records at all what the plain one says, and its parts add up."""

from dataclasses import replace
from datetime import date

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pejl.indicators.evaluate import evaluate
from pejl.snapshot.altered import altered
from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.effect import effects
from pejl_hub.quality.finding import Finder
from pejl_hub.quality.registers import REGISTERS
from tests.generative.records import record_sets
from tests.generative.test_figures import CONTRACT, taken
from tests.spec.quality import plain
from tests.spec.quality.drawing import ASKED, fast

# Eight checks over four registers an example: a failure is shown as found, not made smaller.
several = settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate))
DAYS = st.sampled_from([date(2024, 6, 30), date(2024, 2, 29), date(2024, 12, 31)])
LINKS = st.sampled_from([{}, {"P1": "C10000001"}])


@several
@given(record_sets(), DAYS, LINKS)
def test_fast_and_plain_say_the_same_of_every_record(records, day, links) -> None:
    asked = replace(ASKED, day=day, today=day, links=links)
    with taken(records) as snapshot:
        finder = Finder(snapshot, asked)
        for name, check in CHECKS.items():
            found = finder.found(check)
            wrong = 0
            for register in check.registers:
                slow = plain.said(name, records, register, asked)
                assert fast(finder, name, register) == slow
                rows = finder.rows(check, register)
                assert set(rows) == {n for n, word in slow.items() if word == plain.WRONG}
                wrong += len(rows)
            assert found.wrong == wrong


@several
@given(record_sets())
def test_left_out_the_figures_are_those_of_the_records_without_them(records) -> None:
    check, asked = CHECKS["uden-kommune"], ASKED
    with taken(records) as snapshot:
        finder = Finder(snapshot, asked)
        rows = {register: finder.rows(check, register) for register in check.registers}
        with altered(snapshot, REGISTERS) as other:
            effect = effects(check, rows, contract=CONTRACT, other=other, asked=asked)[0]
        now = evaluate(CONTRACT, snapshot, asked.day).goals
    kept = {
        table: [one for one in those if one["id"] not in rows.get(table, ())]
        for table, those in records.items()
    }
    with taken(kept) as fewer_records:
        then = evaluate(CONTRACT, fewer_records, asked.day).goals
    assert {m.goal.id: m.then for m in effect.moved} == {
        goal: then[goal].figure for goal in now if now[goal].figure != then[goal].figure
    }
