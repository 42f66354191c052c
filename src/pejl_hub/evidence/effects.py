"""Taking in a measurement of effect, and taking it out again."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.core.actions import bump_revision
from pejl_hub.evidence.effectfile import EffectFile, read_effects
from pejl_hub.evidence.figures import Origin, report_figure, withdraw_figure
from pejl_hub.evidence.models import EffectMeasurement, ReportedFigure

POINTS = 100  # the file has shares, the goals are in percentage points


@transaction.atomic
def receive_effects(
    *, file_name: str, content: bytes, measured_on: date, by: User | None, reason: str = ""
) -> EffectMeasurement:
    """Keep a results file and report its main effects as figures of their goals.

    Raises
    ------
    UserError
        When the file is refused, was received before, or says nothing of the contract's goals.
    PeriodClosed
        When the day is closed and there is no reason.
    """
    file = read_effects(content)
    if EffectMeasurement.objects.filter(file_sha256=file.sha256).exists():
        raise _refused(f"the file {file_name}, which was received before", "a file that is new")
    if not file.main_effects():
        raise _refused(
            f"the file {file_name}, of segment {file.content['segment']}", "a main effect"
        )
    measurement = EffectMeasurement.objects.create(
        file_sha256=file.sha256,
        file_name=file_name[:200],
        content=file.content,
        measured_on=measured_on,
        who=name_of(by),
    )
    _report(file, file_name, measured_on, by, reason)
    _say(by, "receive_effects", measurement)
    return measurement


@transaction.atomic
def withdraw_effects(*, measurement: EffectMeasurement, by: User | None, reason: str = "") -> None:
    """Take a measurement out again; the figures it reported stay as withdrawn ones.

    PeriodClosed when its day is closed and there is no reason.
    """
    sent = ReportedFigure.objects.filter(
        file_sha256=measurement.file_sha256, withdrawn_at__isnull=True
    )
    for figure in sent:
        why = f"{measurement.file_name} was withdrawn"
        withdraw_figure(figure=figure, why=why, by=by, reason=reason)
    _say(by, "withdraw_effects", measurement)
    measurement.delete()


def _report(
    file: EffectFile, file_name: str, measured_on: date, by: User | None, reason: str
) -> None:
    said = file.content
    for goal, effect in file.main_effects():
        ends = effect["interval"]
        report_figure(
            goal=goal,
            measured_on=measured_on,
            value=_points(effect["estimate"]),
            n=effect["n"]["guided"],
            interval=(_points(ends["low"]), _points(ends["high"])) if ends else None,
            reported_by=f"pejl-effects {said['version']}, {said['vintage']}"[:200],
            origin=Origin(file_name=file_name[:200], file_sha256=file.sha256),
            by=by,
            reason=reason,
        )


def _points(share: float) -> Decimal:
    return (Decimal(str(share)) * POINTS).quantize(Decimal("0.000001"))


def _say(by: User | None, action: str, measurement: EffectMeasurement) -> None:
    details = {"file": measurement.file_name, "sha256": measurement.file_sha256}
    record(by=by, action=action, obj=measurement, details=details)
    bump_revision()


def _refused(given: str, needed: str) -> UserError:
    return UserError(
        given=given, needed=needed, remedy="Choose another file, or withdraw the earlier one first."
    )
