"""Taking in a figure that others measured, and taking it out again; one way for all of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.evidence.models import IntervalBy, ReportedFigure


@dataclass(frozen=True)
class Origin:
    """How a figure was measured and where it came from; None is unknown."""

    method: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    asked: int | None = None
    mix: str | None = None
    file_name: str | None = None
    file_sha256: str | None = None


@transaction.atomic
def report_figure(
    *,
    goal: str,
    measured_on: date,
    value: Decimal,
    reported_by: str,
    by: User | None,
    n: int | None = None,
    interval: tuple[Decimal, Decimal] | None = None,
    interval_by: str = IntervalBy.SOURCE,
    origin: Origin | None = None,
    reason: str = "",
) -> ReportedFigure:
    """Store a figure in the goal's unit as a new row; exactly the same one again is kept as it is.

    Raises
    ------
    PeriodClosed
        When the day from which it is known is closed and there is no reason.
    UserError
        When a text looks like a CPR number.
    """
    low, high = interval or (None, None)
    values: dict[str, Any] = {
        "goal": goal,
        "measured_on": measured_on,
        "value": value,
        "n": n,
        "interval_low": low,
        "interval_high": high,
        "interval_by": interval_by if interval else None,
        "reported_by": reported_by,
        **asdict(origin or Origin()),
    }
    _refuse_cpr(values)
    known = ReportedFigure.objects.filter(**_same(values), withdrawn_at=None).first()
    if known is not None:
        return known
    figure = ReportedFigure.objects.create(**values, who=name_of(by))
    write_change(
        by=by,
        action="report_figure",
        obj=figure,
        days=[measured_on],
        after=facts(figure),
        reason=reason,
        kind=CorrectionKind.LATE,
    )
    return figure


@transaction.atomic
def withdraw_figure(
    *, figure: ReportedFigure, why: str, by: User | None, reason: str = ""
) -> ReportedFigure:
    """Let a figure count no more; the row stays, with who withdrew it and why.

    Raises
    ------
    UserError
        When it says no why, or is withdrawn already.
    PeriodClosed
        When the day from which it was known is closed and there is no reason.
    """
    if not why.strip() or figure.withdrawn_at is not None:
        raise UserError(
            given="no explanation" if figure.withdrawn_at is None else "a withdrawn figure",
            needed="a figure that counts, and why it shall count no more",
            remedy="Write why the figure is withdrawn.",
        )
    _refuse_cpr({"why": why})
    before = facts(figure)
    figure.withdrawn_at, figure.withdrawn_by = timezone.now(), name_of(by)
    figure.withdrawn_why = why.strip()[:500]
    figure.save()
    write_change(
        by=by,
        action="withdraw_figure",
        obj=figure,
        days=[figure.measured_on],
        before=before,
        after=facts(figure),
        reason=reason,
        kind=CorrectionKind.WITHDRAWN,
    )
    return figure


def _same(values: Mapping[str, Any]) -> dict[str, Any]:
    """The filter that finds the row with exactly these values."""
    return {
        (f"{name}__isnull" if value is None else name): (True if value is None else value)
        for name, value in values.items()
    }


def _refuse_cpr(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, str) and name != "file_sha256" and looks_like_cpr(value):
            raise UserError(
                given=f"a {name} that looks like a CPR number",
                needed="a text without one: CPR numbers are never stored",
                remedy="Take the number out.",
            )
