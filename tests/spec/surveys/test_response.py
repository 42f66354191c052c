"""Who answered, who did not, and what weighting can mend."""

from fractions import Fraction
from typing import ClassVar

from pejl.surveys.groups import Scores
from pejl.surveys.response import compare, rate
from pejl.surveys.weighting import weighted_nps
from tests.spec.surveys.drawn import invitations

YEAR = invitations("""
growth     north  anna  9+
growth     north  anna  10!
growth     north  anna  8
growth     north  bo    -
operating  south  carl  6
operating  south  carl  -
operating  south  carl  -
?          south  carl  -
""")


def test_the_response_rate_is_whole_counts_of_those_asked():
    found = rate(YEAR)
    assert (found.asked, found.answered) == (8, 3 + 1)
    assert found.share == Fraction(4, 8)
    assert found.interval.low < 0.5 < found.interval.high


def test_nobody_asked_is_no_rate_rather_than_zero():
    assert rate([]).share is None
    assert rate([]).interval is None


def test_respondents_stand_beside_the_silent_and_unknown_is_a_group():
    found = {
        one.key: one for one in compare(YEAR, lambda one: one.segment, ["growth", "entrepreneur"])
    }
    assert list(found) == ["growth", "entrepreneur", "operating", "unknown"]
    assert found["growth"].of_respondents == Fraction(3, 4)
    assert found["growth"].of_silent == Fraction(1, 4)
    assert found["growth"].difference == Fraction(3, 4) - Fraction(1, 4)
    assert found["entrepreneur"].rate.share is None
    assert found["unknown"].of_respondents == 0


def test_a_group_of_few_asked_is_left_out_and_a_single_one_takes_the_next_with_it():
    def teams(least):
        return [one.key for one in compare(YEAR, lambda one: one.team, least=least)]

    assert teams(1) == ["north", "south"]
    assert teams(4) == ["north", "south"]
    assert teams(5) == []
    few = [*YEAR, *invitations("growth west anna 9\ngrowth west anna 9")]
    assert [one.key for one in compare(few, lambda one: one.team, least=3)] == ["south"]


class TestWeighting:
    """Small firms are 300 of 400 asked, but only a quarter of the answers."""

    POPULATION: ClassVar = {"small": 300, "large": 100}
    ANSWERS: ClassVar = {"small": Scores(10, 4, 2), "large": Scores(30, 24, 3)}

    def test_a_stratum_counts_by_its_size_in_the_population(self):
        found = weighted_nps(self.POPULATION, self.ANSWERS, 5)
        small, large = Fraction(100 * (4 - 2), 10), Fraction(100 * (24 - 3), 30)
        assert (
            found.value
            == Fraction(300, 400) * small + Fraction(100, 400) * large
            == Fraction(65, 2)
        )
        assert found.interval.low < float(found.value) < found.interval.high

    def test_answers_like_the_population_are_weighted_to_the_raw_score(self):
        answers = {"small": Scores(30, 20, 4), "large": Scores(10, 8, 1)}
        raw = Fraction(100 * (20 + 8 - 4 - 1), 40)
        assert weighted_nps(self.POPULATION, answers, 5).value == raw

    def test_a_stratum_with_too_few_answers_is_joined_to_the_next_smallest(self):
        population = self.POPULATION | {"tiny": 20}
        answers = self.ANSWERS | {"tiny": Scores(1, 1, 0)}
        found = weighted_nps(population, answers, 5)
        assert [one.keys for one in found.strata] == [("tiny", "small"), ("large",)]
        joined = Fraction(100 * (1 + 4 - 2), 11)
        assert found.value == Fraction(320, 420) * joined + Fraction(100, 420) * 70

    def test_without_answers_nothing_is_weighted(self):
        found = weighted_nps(self.POPULATION, {}, 5)
        assert (found.value, found.interval, found.uncovered) == (None, None, 400)

    def test_the_interval_is_the_sum_of_the_strata(self):
        found = weighted_nps(self.POPULATION, self.ANSWERS, 5)
        small = 0.75**2 * 100**2 * (0.6 - 0.2**2) / 9
        large = 0.25**2 * 100**2 * (0.9 - 0.7**2) / 29
        reach = 1.959963984540054 * (small + large) ** 0.5
        assert abs(found.interval.high - (32.5 + reach)) < 1e-9
