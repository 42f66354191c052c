"""What a row of companies or programmes says beside itself: the company and its dated facts."""

from typing import Any

from django.db import models

from pejl_hub.companies.following import filled, survivors
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanyRecord,
    CompanySize,
    DatedFact,
)
from pejl_hub.companies.tombstones import erased_companies
from pejl_hub.core.erased import ERASED
from pejl_hub.programmes.models import Programme
from pejl_hub.sources import bulk
from pejl_hub.sources.kinds import Context, Row, Values

_ABOUT_COMPANY = ("name", "form", "founded", "advertising_protected")


def write_companies(context: Context, rows: list[Row]) -> None:
    """Make or change the company behind each record; the last record read has the last word.

    A record under a number that was merged away is one of the company kept, which learns of it
    only what nobody knew.
    """
    said = {row.values["cvr"]: row.values for row in rows}
    for cvr in erased_companies(said):
        said[cvr] = said[cvr] | {"name": ERASED}
    now = survivors(said)
    own = {cvr: values for cvr, values in said.items() if cvr not in now}
    wanted = {*own, *now.values()}
    known = {row["cvr"]: row for row in Company.objects.filter(cvr__in=list(wanted)).values()}
    merged = [(now[cvr], values) for cvr, values in said.items() if cvr in now]
    _change_companies(context, known, own, merged)
    bulk.insert(
        Company,
        ("cvr", *_ABOUT_COMPANY, "import_run_id"),
        [
            (cvr, *(values.get(name) for name in _ABOUT_COMPANY), context.run.pk)
            for cvr, values in own.items()
            if cvr not in known
        ],
    )
    numbers = dict(Company.objects.filter(cvr__in=list(wanted)).values_list("cvr", "pk"))
    for row in rows:
        cvr = row.values["cvr"]
        row.stored["company_id"] = numbers[now.get(cvr, cvr)]


def _change_companies(
    context: Context,
    known: dict[str, dict[str, Any]],
    own: dict[str, Values],
    merged: list[tuple[str, Values]],
) -> None:
    new = {
        cvr: {name: own.get(cvr, {}).get(name, before[name]) for name in _ABOUT_COMPANY}
        for cvr, before in known.items()
    }
    for cvr, values in merged:
        told = {name: values[name] for name in _ABOUT_COMPANY if name in values}
        new[cvr] |= filled(new[cvr], told)
    changed = [
        (before, new[cvr])
        for cvr, before in known.items()
        if any(before[name] != value for name, value in new[cvr].items())
    ]
    bulk.remember(Company, context.run, (before for before, _ in changed))
    bulk.update(
        Company,
        (*_ABOUT_COMPANY, "import_run_id", "edited_at"),
        [(*values.values(), context.run.pk, None, before["id"]) for before, values in changed],
    )


def follow_numbers(context: Context, rows: list[Row]) -> None:
    """A row that names a company by a number that was merged away names the one kept."""
    now = survivors(row.values["cvr"] for row in rows)
    for row in rows:
        cvr = row.values["cvr"]
        row.stored["cvr"] = now.get(cvr, cvr)


def write_facts(context: Context, rows: list[Row]) -> None:
    """Add size, municipality and industry, known from today, where they differ from the latest."""
    numbers = dict(
        CompanyRecord.objects.filter(
            source=context.source, source_id__in=[row.source_id for row in rows]
        ).values_list("source_id", "pk")
    )
    by_record = {numbers[row.source_id]: row for row in rows}
    nomenclature = context.mapping.nomenclature
    for model, names in _FACTS.items():
        told = {}
        for record, row in by_record.items():
            value = tuple(row.values.get(name) for name in names)
            told[record] = (row.stored["company_id"], value)
        if model is CompanyIndustry:
            names = ("code", "nomenclature")
            told = {
                record: (company, (code, nomenclature if code else None))
                for record, (company, (code,)) in told.items()
            }
        _write_fact(context, model, names, told)


_FACTS: dict[type[DatedFact], tuple[str, ...]] = {
    CompanySize: ("employees",),
    CompanyMunicipality: ("municipality",),
    CompanyIndustry: ("industry",),
}


def _write_fact(
    context: Context,
    model: type[DatedFact],
    names: tuple[str, ...],
    told: dict[int, tuple[int, tuple[Any, ...]]],
) -> None:
    """``told``: for each record its company and the values of the columns in ``names``."""
    latest = _latest(model, list(told))
    new, again = [], []
    for record, (company, value) in told.items():
        last = latest.get(record)
        if last is not None and last["from_date"] == context.today:
            if tuple(last[name] for name in names) != value or last["company_id"] != company:
                again.append((last, (company, *value, context.run.pk, None, last["id"])))
        elif last is None or tuple(last[name] for name in names) != value:
            new.append((company, record, context.today, context.source, context.run.pk, *value))
    bulk.insert(
        model, ("company_id", "record_id", "from_date", "source", "import_run_id", *names), new
    )
    bulk.remember(model, context.run, (last for last, _ in again))
    bulk.update(
        model, ("company_id", *names, "import_run_id", "edited_at"), [row for _, row in again]
    )


def _latest(model: type[models.Model], records: list[int]) -> dict[int, dict[str, Any]]:
    found = model._default_manager.filter(record_id__in=records).order_by("from_date")
    return {row["record_id"]: row for row in found.values()}


def write_programmes(context: Context, rows: list[Row]) -> None:
    """Make the programme of each round where there is none of that name."""
    wanted = {row.values["name"] for row in rows}
    there = set(Programme.objects.filter(name__in=wanted).values_list("name", flat=True))
    bulk.insert(
        Programme,
        ("name", "import_run_id"),
        [(name, context.run.pk) for name in sorted(wanted - there)],
    )
    numbers = dict(Programme.objects.filter(name__in=wanted).values_list("name", "pk"))
    for row in rows:
        row.stored["programme_id"] = numbers[row.values["name"]]
        row.stored["name"] = row.values["round"]
