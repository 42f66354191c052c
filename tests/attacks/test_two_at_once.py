"""Two people who press at the very same moment, with real threads and PostgreSQL."""

import pytest


@pytest.mark.postgres
def test_of_two_at_the_same_moment_one_wins_on_postgresql(postgres, tmp_path):
    assert "7 passed" in postgres.again(tmp_path, "tests/attacks/two_at_once.py")
