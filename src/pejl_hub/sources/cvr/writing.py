"""Writes what the register says of a company: the company itself, and facts from their own days.

What stands frozen on services is not looked at, and so never changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from pejl_hub.closing.actions import facts, write_change
from pejl_hub.companies.following import filled, survivor
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanySize,
    DatedFact,
)
from pejl_hub.companies.tombstones import erased_companies
from pejl_hub.core.erased import ERASED
from pejl_hub.sources.cvr.entry import Entry, Since
from pejl_hub.sources.models import RegisterEntry

SOURCE = "cvr"
_ABOUT = ("name", "form", "founded", "advertising_protected")


@dataclass(frozen=True)
class Change:
    """What changed of a company: each fact's name with what stood before and stands now."""

    company: Company
    made: bool
    facts: Mapping[str, tuple[Any, Any]]
    merged: bool = False  # the number was merged away; the company is the one kept


def write_entry(*, entry: Entry, by: AbstractBaseUser | None, make: bool) -> Change | None:
    """Bring the company up to what the register says; None where it is unknown and not ``make``.

    A number that was merged away is not made anew: the company kept learns what nobody knew of
    it, and keeps its own histories.

    Raises
    ------
    pejl.base.errors.UserError
        When the change cannot be written.
    """
    with transaction.atomic():
        company = Company.objects.select_for_update().filter(cvr=entry.cvr).first()
        if company is None and (kept := survivor(entry.cvr)):
            return _follow(kept, entry, by)
        if company is None and not make:
            return None
        made = company is None
        company = company or Company(cvr=entry.cvr)
        before = {} if made else facts(company)
        changed = _about(company, _said(entry)) | _histories(company, entry)
        _remember(entry)
        if made or changed:
            _log(company, before, changed, by, made=made)
        return Change(company, made, {} if made else changed)


def _follow(kept: Company, entry: Entry, by: AbstractBaseUser | None) -> Change:
    before = facts(kept)
    said = _said(entry)
    changed = _about(kept, filled({name: getattr(kept, name) for name in said}, said))
    _remember(entry)
    if changed:
        _log(kept, before, changed, by, made=False)
    return Change(kept, False, changed, merged=True)


def _said(entry: Entry) -> dict[str, Any]:
    name = ERASED if erased_companies([entry.cvr]) else entry.name
    values = (name, entry.form, entry.founded, entry.protected)
    return dict(zip(_ABOUT, values, strict=True))


def _about(company: Company, said: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs of the company itself; a fact that the register does not give is kept."""
    known = {name: value for name, value in said.items() if value is not None}
    changed = {n: (getattr(company, n), v) for n, v in known.items() if getattr(company, n) != v}
    for name, (_, new) in changed.items():
        setattr(company, name, new)
    if company.pk is None or changed:
        company.edited_at = None if company.pk is None else timezone.now()
        company.full_clean()
        company.save()
    return changed


def _histories(company: Company, entry: Entry) -> dict[str, tuple[Any, Any]]:
    """Every history that the register gives; one that it does not give is left alone."""
    changed = _mirror(company, CompanyMunicipality, entry.municipalities, _place)
    changed |= _mirror(company, CompanyIndustry, entry.industries, _industry)
    return changed | _mirror(company, CompanySize, entry.sizes, _size)


def _place(value: Any) -> dict[str, Any]:
    return {"municipality": value}


def _size(value: Any) -> dict[str, Any]:
    return {"employees": value}


def _industry(value: Any) -> dict[str, Any]:
    return {"code": value.code, "nomenclature": value.nomenclature}


def _mirror(
    company: Company, model: type[DatedFact], told: tuple[Since, ...], columns: Any
) -> dict[str, tuple[Any, Any]]:
    """Make the facts from this source what the register says now, day by day."""
    if not told:
        return {}
    mine = model._default_manager.filter(company=company, source=SOURCE, record=None)
    there = {fact.from_date: fact for fact in mine}
    wanted = {one.day: columns(one.value) for one in told}
    changed = {}
    for day, values in wanted.items():
        fact = there.get(day)
        old = {name: getattr(fact, name) for name in values} if fact else None
        if old != values:
            model._default_manager.update_or_create(
                company=company, source=SOURCE, record=None, from_date=day, defaults=values
            )
            changed[_called(values, day)] = (_words(old), _words(values))
    for day in sorted(set(there) - set(wanted)):
        gone = {name: getattr(there[day], name) for name in columns_of(model)}
        there[day].delete()
        changed[_called(gone, day)] = (_words(gone), None)
    return changed


def columns_of(model: type[DatedFact]) -> tuple[str, ...]:
    """The columns of a fact that say it."""
    return {
        CompanySize: ("employees",),
        CompanyMunicipality: ("municipality",),
        CompanyIndustry: ("code", "nomenclature"),
    }[model]


def _called(values: Mapping[str, Any], day: date) -> str:
    return f"{'industry' if 'code' in values else next(iter(values))} {day.isoformat()}"


def _words(values: Mapping[str, Any] | None) -> Any:
    """A fact as one value: a number, a code, or ``DB07 702200``; None when unknown or not there."""
    if values is None or None in values.values():
        return None
    if "code" in values:
        return f"{values['nomenclature']} {values['code']}"
    return values.get("employees", values.get("municipality"))


def _remember(entry: Entry) -> None:
    RegisterEntry.objects.update_or_create(
        cvr=entry.cvr,
        defaults={
            "status": entry.status,
            "ended_on": entry.ended_on,
            "sha256": entry.sha256,
            "read_at": timezone.now(),
        },
    )


def _log(
    company: Company,
    before: Mapping[str, Any],
    changed: Mapping[str, tuple[Any, Any]],
    by: AbstractBaseUser | None,
    *,
    made: bool,
) -> None:
    """The facts stand in the audit entry beside the company's own columns."""
    dated = {name: pair for name, pair in changed.items() if name not in _ABOUT}
    old = {name: _plain(pair[0]) for name, pair in dated.items()}
    new = {name: _plain(pair[1]) for name, pair in dated.items()}
    write_change(
        by=by,
        action="make_company_from_cvr" if made else "refresh_from_cvr",
        obj=company,
        days=(),  # no figure of a closed period rests on them: what was counted is frozen
        before=None if made else {**before, **old},
        after={**facts(company), **new},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
