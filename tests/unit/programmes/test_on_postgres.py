"""Terms, sums and history once more, with PostgreSQL as the database."""

import pytest


@pytest.mark.postgres
def test_terms_sums_and_history_are_the_same_on_postgresql(postgres, tmp_path):
    postgres.again(
        tmp_path, "tests/unit/programmes/test_terms.py", "tests/unit/programmes/test_history.py"
    )
