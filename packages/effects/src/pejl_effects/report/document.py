"""From a results file to the blocks of a report. Reads the results file only, never data."""

import math
from typing import Any

from pejl_effects.report.blocks import Block, Heading, Paragraph, Table
from pejl_effects.report.sections import balance_section, sensitivity_section, trend_section
from pejl_effects.report.words import NONE, Words

Record = dict[str, Any]


def document(record: Record, words: Words) -> list[Block]:
    """All blocks of the report, in the language of ``words``."""
    return [
        Heading(1, words.say("title", title=record["title"])),
        Paragraph(
            words.say("intro", vintage=record["vintage"], minimum=record["disclosure"]["minimum"])
        ),
        *_conclusion(record, words),
        *_effects(record, words),
        *trend_section(record, words),
        *sensitivity_section(record, words),
        *_robust(record, words),
        *_cohorts(record, words),
        *balance_section(record, words),
        *_power(record, words),
        *_rules(record, words),
        *_how(record, words),
        *_origin(record, words),
    ]


def _conclusion(record: Record, words: Words) -> list[Block]:
    lines: list[Block] = [
        Paragraph(_sentence(effect, words), strong=True)
        for effect in record["effects"]
        if effect["role"] == "main"
    ]
    return [Heading(2, words.say("conclusion")), *lines, Paragraph(words.say("verdict.how"))]


def _sentence(effect: Record, words: Words) -> str:
    outcome = words.named("outcome", effect["outcome"])
    if effect["suppressed"] is not None:
        return words.say("verdict.suppressed", outcome=outcome, reason=words.say("too_few"))
    return words.say(
        f"verdict.{effect['verdict']}",
        outcome=outcome,
        target=words.points(effect["target"], 0),
        estimate=words.points(effect["estimate"]),
        low=words.points(effect["interval"]["low"]),
        high=words.points(effect["interval"]["high"]),
    )


def _interval(effect: Record, words: Words) -> str:
    if effect["interval"] is None:
        return NONE
    ends = (effect["interval"]["low"], effect["interval"]["high"])
    return " – ".join(words.points(end) for end in ends)


def _head(record: Record, words: Words, *keys: str) -> tuple[str, ...]:
    level = words.number(100 * record["method"]["level"], 0)
    return tuple(words.say(f"col.{key}", level=level) for key in keys)


def _effects(record: Record, words: Words) -> list[Block]:
    main = [e for e in record["effects"] if e["role"] == "main"]
    rows = tuple(
        (
            words.named("outcome", e["outcome"]),
            words.points(e["estimate"]),
            words.points(e["standard_error"], 2),
            _interval(e, words),
            words.count(e["n"]["guided"]),
            words.count(e["n"]["controls"]),
            words.count(e["n"]["left_out"]),
            words.say(f"verdict.short.{e['verdict']}"),
        )
        for e in main
    )
    head = _head(
        record, words, "outcome", "estimate", "error", "interval", "guided", "controls",
        "left_out", "verdict",
    )  # fmt: skip
    caption = words.say("effects.caption", year=main[0]["year"])
    out: list[Block] = [Heading(2, words.say("effects")), Table(caption, head, rows)]
    if any(e["growth"] == "log" for e in main):
        percent = words.number(100 * math.expm1(0.10), 1)
        out.append(Paragraph(words.say("log.note", percent=percent)))
    return out


def _robust(record: Record, words: Words) -> list[Block]:
    rows = tuple(
        (
            words.named("outcome", e["outcome"]),
            f"{words.named('method', e['method'])} ({words.named('role', e['role'])})",
            words.points(e["estimate"]),
            _interval(e, words),
            words.count(e["n"]["guided"]),
        )
        for e in record["effects"]
        if e["role"] != "main"
    )
    if not rows:
        return []
    head = _head(record, words, "outcome", "method", "estimate", "interval", "guided")
    lines: list[Block] = [
        Paragraph(
            words.say(
                "leave_out",
                outcome=words.named("outcome", one["outcome"]),
                column=one["column"],
                strata=one["strata"],
                low=words.points(one["low"]),
                high=words.points(one["high"]),
            )
        )
        for one in record["leave_out"]
    ]
    return [
        Heading(2, words.say("robust")),
        Table(words.say("robust.caption"), head, rows),
        *lines,
    ]


def _cohorts(record: Record, words: Words) -> list[Block]:
    rows = tuple(
        (
            words.named("outcome", c["outcome"]),
            str(c["year"]),
            words.count(c["guided"]),
            words.points(c["estimate"]),
            words.points(c["standard_error"], 2),
        )
        for c in record["cohorts"]
    )
    head = _head(record, words, "outcome", "year", "guided", "estimate", "error")
    return [Heading(2, words.say("cohorts")), Table(words.say("cohorts.caption"), head, rows)]


def _power(record: Record, words: Words) -> list[Block]:
    rows = tuple(
        (
            words.named("outcome", p["outcome"]),
            words.points(p["spread"]),
            words.points(p["detectable"]),
            words.count(p["needed"]),
        )
        for p in record["power"]
    )
    if not rows:
        return []
    head = _head(record, words, "outcome", "spread", "detectable", "needed")
    return [Heading(2, words.say("power")), Table(words.say("power.caption"), head, rows)]


def _rule_name(rule: str, words: Words) -> str:
    """A rule's name, with its outcome where it belongs to one."""
    name, _, outcome = rule.partition(":")
    said = words.named("rule", name)
    return f"{said} ({words.named('outcome', outcome)})" if outcome else said


def _rules(record: Record, words: Words) -> list[Block]:
    guard = record["disclosure"]
    few = f"< {guard['minimum']}"
    rows = tuple(
        (
            _rule_name(r["rule"], words),
            words.named("decision", r["decision"]),
            few if r["units"] is None else words.count(r["units"]),
            words.named("what", r["what"]),
        )
        for r in record["rules"]
    )
    head = _head(record, words, "rule", "decision", "units", "what")
    said = words.say(
        "hidden",
        hidden=guard["hidden"],
        minimum=guard["minimum"],
        largest=guard["largest"],
        dominance=words.number(100 * guard["dominance"], 0),
    )
    return [
        Heading(2, words.say("rules")),
        Table(words.say("rules.caption"), head, rows),
        Paragraph(said),
    ]


def _how(record: Record, words: Words) -> list[Block]:
    method = record["method"]
    unit = "year" if method["window_kind"] == "whole_year" else method["frequency"]
    clusters = method["clusters"]
    text = words.say(
        "how.text",
        estimator=words.named("method", method["estimator"]),
        controls=words.named("controls", method["controls"]),
        strata=", ".join(method["strata"]) or words.say("nothing"),
        covariates=", ".join(method["covariates"]) or words.say("nothing"),
        matching=method["matching"],
        before=1 if method["window_kind"] == "whole_year" else method["before"],
        unit=words.say(f"unit.{unit}"),
        after_from=method["after_from"],
        after_to=method["after_to"],
        clusters=words.say("clusters.some", column=clusters)
        if clusters
        else words.say("clusters.none"),
    )
    return [Heading(2, words.say("how")), Paragraph(text)]


def _origin(record: Record, words: Words) -> list[Block]:
    rows = [(words.named("file", name), digest) for name, digest in record["inputs"].items()]
    rows.append((words.say("file.result"), record["sha256"]))
    return [
        Heading(2, words.say("origin")),
        Paragraph(words.say("origin.version", version=record["version"])),
        Table(words.say("origin.caption"), _head(record, words, "file", "sum"), tuple(rows)),
    ]
