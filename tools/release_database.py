"""Make the database of this release, which the next one is tried on (tests/upgrade).

    python tools/release_database.py tests/upgrade [--database postgresql://…]

A small hub: every twentieth client of the made-up demo with all that hangs on them, a user, and a
close. Written are its backup (``VERSION-sqlite.tar.xz`` or ``-postgresql``) and, of
the first kind alone, what it figured (``VERSION.json``): the next version must figure the same.
"""

import argparse
import json
import lzma
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

EACH, DAYS, CLOSED = 20, (date(2024, 6, 30), date(2024, 12, 31)), date(2024, 3, 31)
# The column that says whose a row is; rows without one of these are kept.
BELONGS = {"Klient": "clients", "VejledningId": "guidances", "CVR": "numbers"}


def main() -> None:
    """Make it, and say what was written."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--database", default="")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {"PEJL_DATA": scratch} | (
            {"DATABASE_URL": given.database} if given.database else {}
        )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
        from pejl_hub.cli.ready import ready

        ready(migrate=True)
        _fill(Path(scratch))
        for file in _write(Path(scratch), given.folder):
            print(f"{file}: {file.stat().st_size / 1024:.0f} KiB")  # noqa: T201


def _fill(scratch: Path) -> None:
    from pejl_hub.accounts.models import User
    from pejl_hub.demo.actions import _contract, frame_of, make_export, write_export
    from pejl_hub.governance.closes.actions import close_period
    from pejl_hub.sources.imports import run_import

    contract = _contract()
    names = {code: place.name for code, place in contract.municipalities.items()}
    export = make_export(names, frame=frame_of(contract))
    kept: dict[str, set[str]] = {"clients": set(), "guidances": set(), "numbers": set()}
    for name in sorted(export.files, key=lambda name: name not in ("virksomheder", "personer")):
        export.files[name] = [row for row in export.files[name] if _keeps(name, row, kept)]
    folder = write_export(export, scratch / "export")
    run_import(path=folder, source="escrm", by=None)
    User.objects.create_user("alice", password=None, role="controller")
    close_period(until=CLOSED, signed="Alice", by=User.objects.get())


def _keeps(name: str, row: Mapping[str, Any], kept: dict[str, set[str]]) -> bool:
    """Whether the row stays; what stays is noted, so that what hangs on it stays too."""
    own = next(iter(row.values()))
    if name in ("virksomheder", "personer"):
        if int("".join(c for c in own if c.isdigit()) or 1) % EACH:
            return False
        kept["clients"].add(own)
        kept["numbers"].add(row.get("CVR", ""))
        return True
    if name == "vejledninger" and row["Klient"] in kept["clients"]:
        kept["guidances"].add(own)
    found = [(column, whose) for column, whose in BELONGS.items() if column in row]
    return all(row[column] in kept[whose] or row[column] == own for column, whose in found[:1])


def _write(scratch: Path, folder: Path) -> list[Path]:
    from django.db import connection

    import pejl
    from pejl_hub.operations.backup import make_backup

    folder.mkdir(parents=True, exist_ok=True)
    figures = {day.isoformat(): _figures(day) for day in DAYS}
    with tempfile.TemporaryDirectory() as other:
        made = make_backup(Path(other)).path.read_bytes()
    file = folder / f"{pejl.__version__}-{connection.vendor}.tar.xz"
    file.write_bytes(lzma.compress(made, preset=9))
    written = [file]
    if connection.vendor == "sqlite":
        told = folder / f"{pejl.__version__}.json"
        told.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(told)
    return written


def _figures(day: date) -> Any:
    """Every goal as `pejl status --format json` tells it."""
    from pejl.contract.load import load
    from pejl.standing.formats import to_json
    from pejl.standing.stand import stand
    from pejl_hub.snapshots.actions import contract_file, ensure_snapshot
    from pejl_hub.surveys.asking import smallest_group_on

    contract, least = load(contract_file(day)), smallest_group_on(day)
    return to_json(stand(contract, ensure_snapshot(day), day, least_answers=least))["goals"]


if __name__ == "__main__":
    main()
