"""A year of twelve closes with late rows, a merge, a reclassification and an amendment."""

import hashlib
import json
import shutil
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import transaction

from pejl.contract.load import load
from pejl.movements import Cause, Movement
from pejl_hub.closing.actions import PeriodClosed, facts, write_change
from pejl_hub.closing.models import Close, Correction, CorrectionKind
from pejl_hub.companies.models import Company
from pejl_hub.governance.closes import archive, moved
from pejl_hub.governance.closes.actions import close_period
from pejl_hub.governance.closes.verify import verify, verify_close
from pejl_hub.guidance.models import Guidance

pytestmark = pytest.mark.django_db
CVR = ("53648371", "13585628", "10150817")
AMENDMENT = """amendments:
  - id: "A1"
    decided_on: 2024-08-20
    effective_from: 2024-09-01
    decided_by: "KKR"
    document: "source/referat.txt"
    sha256: "SHA"
    changes:
      - path: "goals.guidance.measure"
        from: {FROM}
        to: {TO}
"""


@pytest.fixture(autouse=True)
def hub(settings, tmp_path):
    """A hub of its own: its data and its contracts."""
    settings.DATA = tmp_path / "data"
    contracts = Path(__file__).parents[3] / "contracts"
    shutil.copytree(contracts, tmp_path / "contracts")
    settings.CONTRACTS = tmp_path / "contracts" / "hovedstaden"
    return settings


@pytest.fixture
def companies():
    return [Company.objects.create(cvr=cvr, name=f"Firma {cvr}") for cvr in CVR]


def end_of(month: int) -> date:
    return date(2024, month, monthrange(2024, month)[1])


@transaction.atomic
def guide(company: Company, day: date, *, reason: str = "", **more: object) -> Guidance:
    held = {"type": "specialised", "state": "held", "segment": "growth", "municipality": "101"}
    given = {"employees": 7, "recorded_on": date(2025, 1, 1), **held, **more}
    guidance = Guidance.objects.create(company=company, held_on=day, **given)
    write_change(
        by=None,
        action="guidance.recorded",
        obj=guidance,
        days=[day],
        after=facts(guidance),
        reason=reason,
        kind=CorrectionKind.LATE,
    )
    return guidance


@transaction.atomic
def change(guidance: Guidance, kind: CorrectionKind, reason: str, **values: object) -> None:
    before = facts(guidance)
    Guidance.objects.filter(pk=guidance.pk).update(**values)
    guidance.refresh_from_db()
    days = [guidance.held_on]
    after = facts(guidance)
    write_change(
        by=None, action="guidance.changed", obj=guidance, days=days, before=before, after=after,
        reason=reason, kind=kind,
    )  # fmt: skip


def amend(contracts: Path) -> None:
    """From September also planned guidances count as guidance: a change of the definition."""
    file, minutes = contracts / "2024.yaml", contracts / "source" / "referat.txt"
    minutes.write_text("KKR vedtog den 20. august 2024 at tælle planlagte vejledninger med.")
    text = file.read_text(encoding="utf-8")
    measure = dict(load(file).goals["guidance"].measure)
    wider = json.loads(json.dumps(measure))
    wider["where"]["state"] = ["held", "planned"]
    written = (
        AMENDMENT.replace("{FROM}", json.dumps(measure))
        .replace("{TO}", json.dumps(wider))
        .replace("SHA", hashlib.sha256(minutes.read_bytes()).hexdigest())
    )
    file.write_text(text.replace("amendments: []\n", written), encoding="utf-8")


def since(close: Close, day: date) -> dict[str, Movement]:
    found = moved.moved(moved.moment_of(close), moved.moment_now(day))
    for movement in found:
        adds_up(movement)
    return {movement.goal: movement for movement in found}


def adds_up(movement: Movement) -> None:
    for name in {*movement.then_parts, *movement.now_parts}:
        was, now = (p.get(name, Fraction(0)) for p in (movement.then_parts, movement.now_parts))
        assert was + sum(p.moved.get(name, Fraction(0)) for p in movement.causes) == now


def causes(movement: Movement) -> Mapping[str, list[int]]:
    return {p.cause.value: sorted(s.id for s in p.steps) for p in movement.causes}


def test_a_year_of_twelve_closes_is_proved_to_the_byte_and_told_to_the_row(hub, companies):
    first, _, third = companies
    rows: dict[int, Guidance] = {}
    closes: dict[int, Close] = {}
    signed: dict[int, bytes] = {}
    for month in range(1, 13):
        rows[month] = guide(companies[month % 3], date(2024, month, 10))
        if month == 4:  # recorded late, into the closed February
            late = guide(first, date(2024, 2, 20), reason="Glemt seddel")
        if month == 6:  # two records were one company all along
            change(rows[1], CorrectionKind.MERGED, "Samme virksomhed", company=first)
        if month == 7:  # judged anew
            change(rows[3], CorrectionKind.RECLASSIFIED, "Fejl i segment", segment="pre_starter")
        if month == 8:
            planned = guide(third, date(2024, 8, 30), state="planned")
            amend(hub.CONTRACTS)
        closes[month] = close_period(until=end_of(month), signed="Alice Lund", by=None)
        signed[month] = archive.find(closes[month].archive_sha256).figures

    assert [str(c.first_day) for c in closes.values()] == [f"2024-{m:02}-01" for m in range(1, 13)]
    for month, close in closes.items():
        assert archive.find(close.archive_sha256).figures == signed[month]
        assert [check.fault for check in verify(close.snapshot_id)] == [""] * len(
            verify(close.snapshot_id)
        )

    steps = {m: since(closes[m], end_of(m + 1)) for m in (3, 5, 6, 8)}
    told = causes(steps[3]["guidance"])
    assert told["late"] == [late.pk]
    assert rows[4].pk in told["new"]
    assert rows[4].pk in causes(steps[5]["net_unique"])["merged"]
    assert causes(steps[6]["guidance"])["reclassified"] == [rows[3].pk]
    assert causes(steps[8]["guidance"])["definition"] == [planned.pk]

    reasons = set(Correction.objects.values_list("close__last_day", "kind", "reason"))
    assert reasons == {
        (end_of(2), "late", "Glemt seddel"),
        (end_of(1), "merged", "Samme virksomhed"),
        (end_of(3), "reclassified", "Fejl i segment"),
    }
    whole = since(closes[3], end_of(12))["guidance"]
    assert {part.cause for part in whole.causes} >= {Cause.NEW, Cause.LATE, Cause.RECLASSIFIED}


def test_a_closed_month_takes_no_change_without_a_reason(companies):
    guidance = guide(companies[0], date(2024, 1, 10))
    close_period(until=end_of(1), signed="Alice Lund", by=None)
    with pytest.raises(PeriodClosed):
        guide(companies[1], date(2024, 1, 11))
    with pytest.raises(PeriodClosed):
        change(guidance, CorrectionKind.CORRECTED, "", segment="operating")
    guidance.refresh_from_db()
    assert (Guidance.objects.count(), guidance.segment) == (1, "growth")


DAMAGE = {
    "a table": lambda close: _spoil(moved.find_snapshot(close.snapshot_id).files("guidance")[0]),
    "the figures": lambda close: _spoil(archive.find(close.archive_sha256).path / "status.json"),
    "the contract": lambda close: _spoil(
        archive.find(close.archive_sha256).path / "contracts" / "hovedstaden" / "2024.yaml"
    ),
    "the list of files": lambda close: _spoil(
        archive.find(close.archive_sha256).path / "files.json"
    ),
    "the close's own hash": lambda close: Close.objects.update(snapshot_sha256="0" * 64),
}


def _spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("damage", DAMAGE)
def test_whatever_is_tampered_with_the_proof_fails(companies, damage):
    guide(companies[0], date(2024, 1, 10))
    close = close_period(until=end_of(1), signed="Alice Lund", by=None)
    assert all(check.holds for check in verify(close.snapshot_id))
    DAMAGE[damage](close)
    close.refresh_from_db()
    assert not all(check.holds for check in verify(close.snapshot_id))


def test_figures_that_come_out_otherwise_fail_the_proof(companies, monkeypatch):
    guide(companies[0], date(2024, 1, 10))
    close = close_period(until=end_of(1), signed="Alice Lund", by=None)
    monkeypatch.setattr(archive, "figures_of", lambda *_: b"{}")
    (fault,) = [check.fault for check in verify_close(close) if not check.holds]
    assert "same bytes" in fault
