"""A check worsens by rows and by share, and what is told of once is not told of again."""

import pytest

from pejl_hub.alerts.worsening import Level, base_after, worse

# before: wrong checked; now: wrong checked; worse; what is held against afterwards
DRAWN = """
10 100   14 100   no    10 100
10 100   15 100   yes   15 100
10 100   15 150   no    10 100
10 100   20 200   no    10 100
10 100   9  100   no    9  100
0  0     5  50    yes   5  50
0  100   4  100   no    0  100
0  100   5  100   yes   5  100
50 100   55 100   no    50 100
50 100   60 100   yes   60 100
50 100   0  0     no    0  0
"""


@pytest.mark.parametrize("line", DRAWN.strip().splitlines())
def test_a_level_is_worse_as_drawn(line):
    wrong, checked, wrong_now, checked_now, said, *after = line.split()
    base, now = Level(int(wrong), int(checked)), Level(int(wrong_now), int(checked_now))
    assert worse(base, now) is (said == "yes")
    assert base_after(base, now) == Level(*map(int, after))
    assert not worse(base_after(base, now), now)
