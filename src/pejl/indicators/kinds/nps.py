"""Net Promoter Score of pooled answers: promoters (9–10) minus detractors (0–6), in points."""

from fractions import Fraction

from pejl.indicators.expression import Behind, Condition, Selection, Tally
from pejl.indicators.kinds.counted import Counted, Parts
from pejl.indicators.kinds.language import LOWER_END, Reading, selections
from pejl.indicators.kinds.score import nps_score_interval
from pejl.indicators.kinds.uncertainty import normal_interval, nps_standard_error
from pejl.indicators.result import Figure

PROMOTER, DETRACTOR = 9, 6  # the lowest score of the one, the highest of the other (DOMAIN § 6)


def ask(reading: Reading) -> dict[str, Tally]:
    """Answers with a score, promoters and detractors."""
    score, scored = reading.measure["score"], _scored(reading)
    return {
        "n": Tally(scored),
        "promoters": Tally(_also(scored, Condition(score, ">=", PROMOTER))),
        "detractors": Tally(_also(scored, Condition(score, "<=", DETRACTOR))),
    }


def figure(parts: Parts, reading: Reading) -> Figure:
    """100 (p − d) with its standard error and normal interval; not measured without answers.

    Read by its lower end it is the lower end of the score interval, which also holds for few.
    """
    n, promoters, detractors = parts["n"], parts["promoters"], parts["detractors"]
    detail = {"promoters": promoters, "detractors": detractors}
    if not n:
        return Figure(n=0, detail=detail)
    value = Fraction(100 * (promoters - detractors), n)
    error = nps_standard_error(promoters, detractors, n)
    interval = normal_interval(float(value), error)
    if reading.measure.get("read") == LOWER_END:
        sure = nps_score_interval(promoters, detractors, n)
        return Figure(Fraction(sure.low), n=n, detail=detail)
    return Figure(value, n=n, standard_error=error, interval=interval, detail=detail)


def behind(reading: Reading) -> Behind:
    """Every answer with a score counts."""
    return Behind(_scored(reading))


def _scored(reading: Reading) -> tuple[Selection, ...]:
    of = selections(reading.measure, reading.contract)
    return _also(of, Condition(reading.measure["score"], "known"))


def _also(of: tuple[Selection, ...], condition: Condition) -> tuple[Selection, ...]:
    return tuple(one.having((condition,)) for one in of)


KIND = Counted(ask, figure, behind)
