"""No file, however spoilt, stops a room with a traceback or leaves half of itself behind.

``PEJL_MUTANTS`` is how many are sent (60 in the everyday run, and those that were the first to be
taken wrongly); ``PEJL_MUTANTS_FROM`` the number of the first. `make attacks` sends 10,000; what
came of it stands in benchmarks/results/mutated-imports.md. On PostgreSQL: ``DATABASE_URL``.
"""

import os

import pytest

from tests.attacks.campaign import Tally, begin, campaign

FIRST = int(os.environ.get("PEJL_MUTANTS_FROM", "0"))
MANY = int(os.environ.get("PEJL_MUTANTS", "60"))
# Each of these ended in a traceback, or left what PostgreSQL refuses, on 26 November 2026.
FOUND = (
    *(7, 36, 47, 49, 81, 104, 108, 123, 124, 148, 150, 186),
    *(316, 650, 1760, 3812, 5368, 7961, 8255),
)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_spoilt_file_is_refused_in_words_or_taken_in_whole(db, tmp_path):
    begin(tmp_path / "sound")
    tally = Tally()
    numbers = range(FIRST, FIRST + MANY)
    campaign([*(n for n in FOUND if n not in numbers), *numbers], tmp_path, tally)
    print(tally)  # noqa: T201 - shown with -s
    assert tally.faults == []
