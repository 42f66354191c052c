"""Rules that hold for every test."""

import os

import pytest

from tests.postgres import postgres as postgres


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: a machine that builds Pejl must be able to run it all."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    if skipped := reporter.stats.get("skipped"):
        reporter.write_line(f"{len(skipped)} skipped; in CI none may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
