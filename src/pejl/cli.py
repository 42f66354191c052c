"""The ``pejl`` command: read and check a contract. The hub adds its own commands to ``app``.

What a command needs is imported when it runs, so that ``pejl`` answers at once.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pejl.base.errors import PejlError, UserError

if TYPE_CHECKING:
    from pejl.contract.finding import Finding

app = typer.Typer(
    name="pejl",
    help="Keep a business hub's results contract: what was promised, done, and came of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
contract = typer.Typer(help="The contract as a file.", no_args_is_help=True)
app.add_typer(contract, name="contract")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The contract's YAML file.")]


class Layout(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


Format = Annotated[Layout, typer.Option("--format", help="text or json")]


@contract.command("check")
def check_contract(file: File, layout: Format = Layout.TEXT) -> None:
    """Check every rule; exit status 1 when the contract breaks one."""
    from pejl.contract.check import check

    findings = check(file)
    errors = [finding for finding in findings if finding.level == "error"]
    typer.echo(_as_json(file, findings) if layout is Layout.JSON else _as_text(file, findings))
    if errors:
        typer.echo(f"{file.name} was refused: rules broken in {len(errors)} places.", err=True)
        raise typer.Exit(1)


@contract.command("read")
def read_contract(
    file: File,
    out: Annotated[Path, typer.Option("--out", help="Where to write the HTML page.")],
) -> None:
    """Write the Danish reading copy: one HTML page that carries the file's SHA-256."""
    from pejl.contract.load import load
    from pejl.contract.reading import reading_copy

    page = reading_copy(load(file))
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(
            given=f"the path {out}",
            needed="a file that can be written",
            remedy="Choose another path for --out.",
        ) from error
    typer.echo(f"Wrote {out}.")


def run(command: Callable[[], object]) -> int:
    """Run the command; the exit status: 0 done, 1 input refused, 2 wrong usage (DESIGN § 6)."""
    try:
        command()
    except PejlError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return 0


def main() -> None:
    """The entry point."""
    sys.exit(run(app))


def _as_text(file: Path, findings: list["Finding"]) -> str:
    if not findings:
        return f"{file.name}: every rule is kept."
    return "\n".join(
        f"{file}:{found.line}: {found.level}: {found.rule}: {found.message}. {found.remedy}"
        for found in findings
    )


def _as_json(file: Path, findings: list["Finding"]) -> str:
    listed = [asdict(finding) for finding in findings]
    return json.dumps({"file": str(file), "findings": listed}, ensure_ascii=False, indent=1)
