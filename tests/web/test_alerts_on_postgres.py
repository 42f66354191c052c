"""Quality's lists and the alerts once more, with PostgreSQL as the database."""

import pytest

TESTS = (
    "tests/web/test_quality_pages.py::test_the_rows_of_a_list_are_those_of_the_numbers_given",
    "tests/web/test_alerts.py::test_a_check_that_worsens_is_told_of_once_and_again_only_when_worse_still",
    "tests/web/test_alerts.py::test_each_reader_is_sent_what_is_for_them_in_one_mail_and_once",
)


@pytest.mark.postgres
def test_rows_are_listed_and_alerts_found_and_sent_as_on_sqlite(postgres, tmp_path):
    assert f"{len(TESTS)} passed" in postgres.again(tmp_path, *TESTS)
