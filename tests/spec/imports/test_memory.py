"""An import's memory does not grow with the file."""

import subprocess
import sys

import pytest

from tests.command import PEJL, ROOT, Hub
from tests.spec.imports.conftest import CLIENTS, guidance, write

MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
# The database keeps up to 64 MB of pages, whatever the file; ten times the rows may fill that.
ALLOWANCE_KB = 90_000


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is in KB on Linux alone")
def test_ten_times_the_rows_need_no_more_memory_than_the_databases_own_pages(tmp_path):
    small, large = (peak(tmp_path / str(rows), rows) for rows in (10_000, 100_000))
    assert large - small < ALLOWANCE_KB


def peak(folder, rows):
    """The most memory that an import of so many guidances takes, in KB."""
    export = write(folder / "export", CLIENTS)
    write(export, {"vejledninger": [guidance(VejledningId=f"V{n}") for n in range(rows)]})
    hub = Hub(folder / "hub")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *hub_command(export)],
        env=hub.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    status, kilobytes = done.stdout.split()
    assert status == "0"
    return int(kilobytes)


def hub_command(export):
    return [str(PEJL), "import", str(export)]
