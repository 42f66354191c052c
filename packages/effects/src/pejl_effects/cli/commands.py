"""The commands: each reads its options, calls the library, and prints."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pejl_effects.design.load import load
from pejl_effects.diagnostics.power import detectable, expected_error, firms_needed
from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.measure.effects import shown
from pejl_effects.measure.prepared import prepare
from pejl_effects.measure.run import measure
from pejl_effects.report.document import document
from pejl_effects.report.html import html
from pejl_effects.report.pdf import pdf
from pejl_effects.report.words import words
from pejl_effects.result.write import read, schema, to_json
from pejl_effects.simulate.files import Register, write_register


def _print(record: dict[str, Any], text: str, options: argparse.Namespace) -> None:
    if options.format == "json":
        print(json.dumps(record, indent=2, ensure_ascii=False))
    else:
        print(text)


def _write(path: Path, content: str | bytes) -> None:
    """Write a file; a folder that is not there is the user's to make."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EffectError(
            f"{path}, which cannot be written ({error.strerror})",
            "a folder that exists and may be written",
            "Choose another place.",
        ) from None


def check(options: argparse.Namespace) -> None:
    """Read and count without measuring."""
    design = load(options.design)
    prepared = prepare(design)
    panel = prepared[0].panel
    guided = shown(int((panel.started > 0).sum()), design.disclosure)
    rules = [{**asdict(c), "units": shown(c.units, design.disclosure)} for c in panel.ledger.counts]
    record = {
        "firms": panel.n,
        "periods": panel.periods,
        "guided": guided,
        "cohorts": len(prepared[0].stacks),
        "rules": rules,
    }
    lines = [
        f"{panel.n:,} firms, {panel.periods} periods, {_many(guided)} guided in "
        f"{len(prepared[0].stacks)} cohorts. Nothing was refused.",
        *(_rule_line(r) for r in rules),
    ]
    _print(record, "\n".join(lines), options)


def _many(units: int | None) -> str:
    """A count as text; one too small to say is as hidden here as it is in JSON."""
    return "fewer than the minimum of" if units is None else f"{units:,}"


def _rule_line(rule: dict[str, Any]) -> str:
    return f"  {rule['rule']}: {rule['decision']}, {_many(rule['units'])} {rule['what']}"


def measure_design(options: argparse.Namespace) -> None:
    """Measure and write the results file."""
    result = measure(load(options.design), options.design)
    text = to_json(result)
    _write(options.out, text)
    record = json.loads(text)
    lines = [_effect_line(effect) for effect in record["effects"] if effect["role"] == "main"]
    lines.append(f"Written to {options.out} (sha256 {record['sha256'][:16]}…).")
    _print(record, "\n".join(lines), options)


def _effect_line(effect: dict[str, Any]) -> str:
    if effect["suppressed"] is not None:
        return f"{effect['outcome']}: hidden ({effect['suppressed']})"
    ends = effect["interval"]
    target = "no target" if effect["target"] is None else f"target {effect['target']:+.3f}"
    return (
        f"{effect['outcome']}: {effect['estimate']:+.4f} "
        f"({ends['low']:+.4f} to {ends['high']:+.4f}), {target}: {effect['verdict']}"
    )


def report(options: argparse.Namespace) -> None:
    """Write a results file as HTML or PDF."""
    record = read(options.result)
    said = words(options.language)
    blocks = document(record, said)
    if options.out.suffix == ".html":
        _write(options.out, html(blocks, options.language))
    elif options.out.suffix == ".pdf":
        title = said.say("title", title=record["title"])
        _write(options.out, pdf(blocks, options.language, title))
    else:
        raise EffectError(
            f"the name {options.out.name}", "a name that ends in .html or .pdf", "Rename it."
        )
    print(f"Written to {options.out}.")


def verify(options: argparse.Namespace) -> None:
    """Check a results file's hash and schema id."""
    record = read(options.result)
    found = {"valid": True, "schema": record["schema"], "sha256": record["sha256"]}
    _print(found, f"{options.result.name} is as it was written ({record['sha256']}).", options)


def power(options: argparse.Namespace) -> None:
    """Smallest effect for a number of firms, or number of firms for an effect."""
    if options.guided is None and options.effect is None:
        raise EffectError(
            "neither --guided nor --effect", "at least one of them", "Give what you know."
        )
    record: dict[str, Any] = {"spread": options.spread}
    lines = []
    if options.guided is not None:
        error = expected_error(options.spread, options.guided, options.controls_each)
        smallest = detectable(error, options.level, options.power)
        record.update(guided=options.guided, detectable=smallest)
        lines.append(f"{options.guided:,} guided firms detect an effect of {smallest:.4f}.")
    if options.effect is not None:
        number = firms_needed(
            options.effect, options.spread, options.controls_each, options.level, options.power
        )
        record.update(effect=options.effect, needed=number)
        lines.append(f"An effect of {options.effect:.4f} needs {number:,} guided firms.")
    _print(record, "\n".join(lines), options)


def simulate(options: argparse.Namespace) -> None:
    """Write a made-up register."""
    register = Register(
        firms=options.firms, guided=options.guided, effect=options.effect, seed=options.seed
    )
    try:
        write_register(options.out, register)
    except OSError as error:
        raise EffectError(
            f"{options.out}, which cannot be written ({error.strerror})",
            "a folder that may be written",
            "Choose another place.",
        ) from None
    print(f"Written panel.parquet, guided.csv, design.toml and truth.json to {options.out}.")


def print_schema(options: argparse.Namespace) -> None:
    """Print the JSON Schema."""
    print(json.dumps(schema(), indent=1, ensure_ascii=False))


def estimators(options: argparse.Namespace) -> None:
    """List the estimators with the first line of what they say of themselves."""
    record = {
        name: (function.__doc__ or "").strip().splitlines()[0]
        for name, function in ESTIMATORS.items()
    }
    text = "\n".join(f"{name:14} {line}" for name, line in record.items())
    _print(record, text, options)
