"""Rules that hold for every test."""

import os

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase, override_settings

from tests import migrated
from tests.chromium import chromium as chromium
from tests.postgres import postgres as postgres


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: a machine that builds Pejl must be able to run it all."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    if skipped := reporter.stats.get("skipped"):
        reporter.write_line(f"{len(skipped)} skipped; in CI none may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, else one worker is left with them at the end."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """0 for files that start processes of their own, 1 for those at a browser, 2 for the rest."""
    if {"subprocess", "Hub"} & {*vars(item.getparent(pytest.Module).obj)}:
        return 0
    return 1 if "chromium" in item.fixturenames else 2


@pytest.fixture(scope="session", autouse=True)
def figures_are_never_behind():
    """A test that records and then looks must see it, however busy the machine is."""
    settings.PEJL_FIGURES_LAG = 0


@pytest.fixture(scope="session", autouse=True)
def lists_begin_with_their_values():
    """A test with transactions of its own ends by emptying every table: fill the lists again.

    Else whether a form offers anything would depend on which test ran before.
    """

    def fill(sender, **_):
        from pejl_hub.codes.models import Code
        from pejl_hub.codes.starting import make_starting_codes

        if not Code.objects.exists():
            make_starting_codes(Code)

    post_migrate.connect(fill, sender=apps.get_app_config("codes"), weak=False)


@pytest.fixture(scope="session", autouse=True)
def no_time_is_spent_on_what_no_test_is_about():
    """Passwords are kept with one round, and tables are put back rather than emptied."""
    from tests import quick

    with pytest.MonkeyPatch.context() as patch, override_settings(PASSWORD_HASHERS=[quick.HASHER]):
        usual = TransactionTestCase._fixture_teardown
        patch.setattr(TransactionTestCase, "_fixture_teardown", quick.emptied(usual))
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Tests begin with tables copied, not migrated: Django then finds nothing left to migrate."""
    database = connections["default"]
    if template := os.environ.get("PEJL_TEST_TEMPLATE"):
        database.settings_dict["TEST"]["TEMPLATE"] = template
    if name := os.environ.get("PEJL_TEST_SQLITE"):  # threads cannot share one that lives in memory
        database.settings_dict["TEST"]["NAME"] = name
    filled = _filled(database) if database.vendor == "sqlite" else None
    yield
    if filled:
        filled.close()


def _filled(database):
    """The SQLite database that Django is about to make, with the tables in it."""
    made = database.creation._get_test_db_name()
    if database.creation.is_in_memory_db(made):
        return migrated.fill(made)
    make = database.creation._create_test_db

    def make_and_fill(*given, **more):
        migrated.fill(name := make(*given, **more)).close()
        return name

    database.creation._create_test_db = make_and_fill
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Most tests are about something else than the second step of signing in."""
    from django.conf import settings

    settings.PEJL_REQUIRE_TOTP = False
    settings.PEJL_DEMO = True  # whichever database the tests are run on
