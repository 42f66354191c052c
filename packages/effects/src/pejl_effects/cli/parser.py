"""What can be typed: one block for each command."""

import argparse
from pathlib import Path

from pejl_effects import __version__
from pejl_effects.cli import commands
from pejl_effects.report.words import LANGUAGES


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    about = "Measures what guidance changed in companies, against a control group."
    top = argparse.ArgumentParser(prog="pejl-effects", description=about)
    top.add_argument("--version", action="version", version=f"pejl-effects {__version__}")
    sub = top.add_subparsers(required=True, metavar="COMMAND")
    _check(sub)
    _measure(sub)
    _report(sub)
    _verify(sub)
    _power(sub)
    _simulate(sub)
    _lists(sub)
    return top


Sub = argparse._SubParsersAction


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json"), default="text")


def _check(sub: "Sub[argparse.ArgumentParser]") -> None:
    command = sub.add_parser("check", help="read a design and its data, and count what rules do")
    command.add_argument("design", type=Path)
    _format(command)
    command.set_defaults(run=commands.check)


def _measure(sub: "Sub[argparse.ArgumentParser]") -> None:
    command = sub.add_parser("measure", help="measure a design and write the results file")
    command.add_argument("design", type=Path)
    command.add_argument("--out", type=Path, required=True, help="the results file to write")
    _format(command)
    command.set_defaults(run=commands.measure_design)


def _report(sub: "Sub[argparse.ArgumentParser]") -> None:
    command = sub.add_parser("report", help="write a results file as a report")
    command.add_argument("result", type=Path)
    command.add_argument(
        "--out", type=Path, required=True, help="a name that ends in .html or .pdf"
    )
    command.add_argument("--language", choices=LANGUAGES, default="da")
    command.set_defaults(run=commands.report)


def _verify(sub: "Sub[argparse.ArgumentParser]") -> None:
    command = sub.add_parser("verify", help="check that a results file is as it was written")
    command.add_argument("result", type=Path)
    _format(command)
    command.set_defaults(run=commands.verify)


def _power(sub: "Sub[argparse.ArgumentParser]") -> None:
    command = sub.add_parser("power", help="before measuring: what could so many firms show?")
    command.add_argument("--spread", type=float, required=True, help="SD of growth between firms")
    command.add_argument("--guided", type=int, help="number of guided firms")
    command.add_argument("--effect", type=float, help="the effect to detect, 0.10 = 10 pp")
    command.add_argument("--controls-each", type=float, default=float("inf"))
    command.add_argument("--level", type=float, default=0.95)
    command.add_argument("--power", type=float, default=0.8)
    _format(command)
    command.set_defaults(run=commands.power)


def _simulate(sub: "Sub[argparse.ArgumentParser]") -> None:
    command = sub.add_parser("simulate", help="write a made-up register with a known effect")
    command.add_argument("--out", type=Path, required=True, help="folder to write in")
    command.add_argument("--firms", type=int, default=3_000)
    command.add_argument("--guided", type=int, default=300)
    command.add_argument("--effect", type=float, default=0.12)
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(run=commands.simulate)


def _lists(sub: "Sub[argparse.ArgumentParser]") -> None:
    schema = sub.add_parser("schema", help="print the JSON Schema of a results file")
    schema.set_defaults(run=commands.print_schema)
    names = sub.add_parser("estimators", help="list the estimators and what they do")
    _format(names)
    names.set_defaults(run=commands.estimators)
