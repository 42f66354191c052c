"""What the database itself holds of the reports, once more with PostgreSQL as the database."""

import pytest

HERE = "tests/unit/reporting"
TESTS = (
    f"{HERE}/test_making_reports.py",
    f"{HERE}/test_deciding_reports.py",
    f"{HERE}/test_sending_reports.py::TestOnce",
)


@pytest.mark.postgres
def test_reports_are_made_decided_and_sent_as_on_sqlite(postgres, tmp_path):
    assert "skipped" not in postgres.again(tmp_path, *TESTS)
