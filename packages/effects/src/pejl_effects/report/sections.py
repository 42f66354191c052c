"""The drawn sections: trends year by year, sensitivity, balance."""

from typing import Any

from pejl_effects.report.blocks import Block, Figure, Heading, Paragraph, Table
from pejl_effects.report.charts import Bar, Love, intervals, love_plot
from pejl_effects.report.words import NONE, Words

Record = dict[str, Any]


def _decimal(words: Words) -> str:
    return "," if words.language == "da" else "."


def _year(year: int) -> str:
    return str(year).replace("-", "\N{MINUS SIGN}")


def _target(record: Record, outcome: str) -> float | None:
    found = [
        e["target"] for e in record["effects"] if e["outcome"] == outcome and e["role"] == "main"
    ]
    return None if found[0] is None else 100 * float(found[0])


def trend_section(record: Record, words: Words) -> list[Block]:
    """Each outcome's event study as a drawing, with its bands and the pre-trend test."""
    shown = [s for s in record["event_studies"] if s["points"]]
    blocks: list[Block] = [Heading(2, words.say("trend"))] if shown else []
    for study in shown:
        blocks += _trend(record, study, words)
    return blocks


def _trend(record: Record, study: Record, words: Words) -> list[Block]:
    outcome = words.named("outcome", study["outcome"])
    bars = [
        Bar(
            _year(p["year"]), 100 * p["estimate"],
            100 * p["interval"]["low"], 100 * p["interval"]["high"],
            100 * p["band"]["low"], 100 * p["band"]["high"],
        )
        for p in study["points"]
    ]  # fmt: skip
    reference = Bar(_year(-1), 0.0, 0.0, 0.0)
    before = sum(p["year"] < 0 for p in study["points"])
    alt = words.say("trend.alt", points="; ".join(_said(p, words) for p in study["points"]))
    svg = intervals(
        [*bars[:before], reference, *bars[before:]],
        words.say("trend.axis"),
        words.say("trend.unit"),
        alt,
        _decimal(words),
        _target(record, study["outcome"]),
    )
    return [
        Figure(svg, words.say("trend.caption", outcome=outcome), alt),
        Paragraph(words.say("trend.band", critical=words.number(study["critical"], 2))),
        Paragraph(_pretrend(study, words)),
    ]


def _said(point: Record, words: Words) -> str:
    return words.say(
        "trend.alt.point",
        year=_year(point["year"]),
        estimate=words.points(point["estimate"]),
        low=words.points(point["interval"]["low"]),
        high=words.points(point["interval"]["high"]),
    )


def _pretrend(study: Record, words: Words) -> str:
    if study["pretrend_p"] is None:
        return words.say("pretrend.none")
    return words.say(
        "pretrend",
        p=words.number(study["pretrend_p"], 3),
        drift=words.points(study["pretrend_detectable"]),
    )


def sensitivity_section(record: Record, words: Words) -> list[Block]:
    """Each outcome's intervals when trends may have broken."""
    shown = [s for s in record["event_studies"] if s["sensitivity"]]
    blocks: list[Block] = [Heading(2, words.say("sensitivity"))] if shown else []
    for study in shown:
        blocks += _sensitivity(study, words)
    return blocks


def _sensitivity(study: Record, words: Words) -> list[Block]:
    outcome = words.named("outcome", study["outcome"])
    bars = [
        Bar(
            words.number(b["bound"], 1), None,
            100 * b["interval"]["low"], 100 * b["interval"]["high"],
        )
        for b in study["sensitivity"]
    ]  # fmt: skip
    points = "; ".join(
        words.say(
            "sensitivity.alt.point",
            bound=words.number(b["bound"], 1),
            low=words.points(b["interval"]["low"]),
            high=words.points(b["interval"]["high"]),
        )
        for b in study["sensitivity"]
    )
    alt = words.say("sensitivity.alt", points=points)
    svg = intervals(bars, words.say("col.bound"), words.say("trend.unit"), alt, _decimal(words))
    broken = study["breakdown"]
    said = (
        words.say("breakdown.none")
        if broken is None
        else words.say("breakdown", bound=words.number(broken, 1))
    )
    caption = words.say("sensitivity.caption", outcome=outcome)
    return [Figure(svg, caption, alt), Paragraph(said)]


def balance_section(record: Record, words: Words) -> list[Block]:
    """Balance as a love plot and a table, and where the guided firms lie among the controls."""
    rows = [Love(b["covariate"], b["before"], b["after"]) for b in record["balance"]]
    points = "; ".join(
        words.say(
            "balance.alt.point",
            name=r.label,
            before=words.number(r.before, 2),
            after=words.number(r.after, 2),
        )
        for r in rows
    )
    alt = words.say("balance.alt", points=points)
    figure = Figure(
        love_plot(rows, words.say("balance.axis"), alt, _decimal(words)),
        words.say("balance.caption"),
        alt,
    )
    return [
        Heading(2, words.say("balance")),
        figure,
        _table(record, words),
        *_overlap(record, words),
    ]


def _table(record: Record, words: Words) -> Table:
    keys = ("covariate", "before", "after", "ratio_before", "ratio_after")
    rows = tuple(
        (
            b["covariate"],
            words.number(b["before"], 3),
            words.number(b["after"], 3),
            words.number(b["variance_ratio_before"], 2),
            words.number(b["variance_ratio_after"], 2),
        )
        for b in record["balance"]
    )
    return Table(words.say("balance.caption"), tuple(words.say(f"col.{k}") for k in keys), rows)


def _overlap(record: Record, words: Words) -> list[Block]:
    found = record["overlap"]
    if found is None:
        return []
    share = found["share_outside"]
    outside = NONE if share is None else words.number(100 * share, 1) + " %"
    counts = ", ".join(words.count(c) for c in found["guided"])
    return [Paragraph(words.say("overlap", counts=counts, outside=outside))]
