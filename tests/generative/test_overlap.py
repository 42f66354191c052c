"""The gap between gross and net adds up for any records at all."""

from hypothesis import given

from pejl.indicators.evaluate import evaluate
from pejl.indicators.overlap import overlap
from tests.generative.records import record_sets
from tests.generative.test_figures import AS_OF, CONTRACT, fewer, taken


@fewer
@given(record_sets())
def test_gross_less_every_repeat_is_net(records) -> None:
    with taken(records) as snapshot:
        found = overlap(CONTRACT, snapshot, AS_OF)
        goals = evaluate(CONTRACT, snapshot, AS_OF).goals

    assert found.gross == goals["gross_participations"].figure.value
    assert found.net == goals["net_unique"].figure.value
    assert found.gross - found.nobody - found.again - found.shared == found.net
    assert sum(region.clients for region in found.regions) == found.net
    assert sum(region.records for region in found.regions) == found.gross - found.nobody
    assert sum(found.first.values()) == sum(found.months.values()) == found.net
    assert sum(1 for key in found.clients.values() if key is None) == found.nobody
