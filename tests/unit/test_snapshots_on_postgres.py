"""The snapshot's tests once more, with PostgreSQL as the database."""

import pytest


@pytest.mark.postgres
def test_snapshots_read_from_postgresql_as_from_sqlite(postgres, tmp_path):
    postgres.again(
        tmp_path, "tests/unit/test_snapshots.py", "tests/unit/test_incremental_snapshots.py"
    )
