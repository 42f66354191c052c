"""An import that touches a closed month is refused whole, or is a correction with a reason."""

from datetime import date
from pathlib import Path

import pytest

from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.models import Close, Correction
from pejl_hub.guidance.models import Guidance
from pejl_hub.sources.imports import preview, run_import, undo_import
from pejl_hub.sources.locked import COUNTED_ON
from pejl_hub.sources.models import ImportRun
from pejl_hub.sources.undo import imported_models

from .conftest import guidance, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clients")]
MARCH = date(2024, 3, 1), date(2024, 3, 31)


def closed(first: date, last: date) -> Close:
    return Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")


def test_every_imported_record_has_its_day_decided():
    assert {model._meta.label_lower for model in imported_models()} == set(COUNTED_ON)


def export(folder: Path, *days: str) -> Path:
    """An export of one guidance a day."""
    rows = [guidance(VejledningId=f"V{n}", Dato=day) for n, day in enumerate(days, 1)]
    return write(folder, {"vejledninger": rows})


def test_an_import_into_an_open_month_needs_no_reason(tmp_path):
    closed(*MARCH)
    run_import(path=export(tmp_path / "e", "02-04-2024"), source="escrm", by=None)
    assert (Guidance.objects.count(), Correction.objects.count()) == (1, 0)


def test_an_import_into_a_closed_month_without_a_reason_is_refused_whole(tmp_path):
    closed(*MARCH)
    folder = export(tmp_path / "e", "02-04-2024", "31-03-2024")
    assert preview(folder, "escrm").closed == ("2024-03-01 - 2024-03-31",)
    with pytest.raises(PeriodClosed):
        run_import(path=folder, source="escrm", by=None)
    assert (Guidance.objects.count(), ImportRun.objects.count()) == (0, 1)  # the clients' own


def test_with_a_reason_it_is_a_correction_and_so_is_its_undoing(tmp_path):
    march = closed(*MARCH)
    folder = export(tmp_path / "e", "31-03-2024")
    done = run_import(path=folder, source="escrm", by=None, reason="Forsinket udtræk")
    assert [(c.close, c.reason) for c in Correction.objects.all()] == [(march, "Forsinket udtræk")]
    run = ImportRun.objects.get(pk=done.run_id)
    with pytest.raises(PeriodClosed):
        undo_import(run=run, by=None)
    undo_import(run=run, by=None, reason="Forkert fil")
    assert [c.kind for c in Correction.objects.order_by("id")] == ["late", "withdrawn"]
    assert Guidance.objects.count() == 0


def test_moving_a_guidance_out_of_a_closed_month_by_import_needs_a_reason(tmp_path):
    run_import(path=export(tmp_path / "a", "31-03-2024"), source="escrm", by=None)
    closed(*MARCH)
    with pytest.raises(PeriodClosed):
        run_import(path=export(tmp_path / "b", "02-04-2024"), source="escrm", by=None)


def test_the_same_rows_again_change_nothing_and_need_no_reason(tmp_path):
    folder = export(tmp_path / "a", "31-03-2024")
    run_import(path=folder, source="escrm", by=None)
    closed(*MARCH)
    done = run_import(path=folder, source="escrm", by=None)
    assert (done.total.unchanged, Correction.objects.count()) == (done.total.rows, 0)
