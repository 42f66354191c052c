"""Figures from others, taken in by hand or from a file; the rules are those of the file."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from pejl.contract.goal import Contract
from pejl.surveys.figurefile import Expected, Line, line_of, read_figures
from pejl_hub.accounts.models import User
from pejl_hub.evidence.figures import Origin, report_figure
from pejl_hub.evidence.models import ReportedFigure


def expected(contract: Contract) -> Expected:
    """The goals that somebody else measures, with their units, and the groups of a mix."""
    return Expected(
        units={g.id: g.unit for g in contract.goals.values() if g.measured_by != "hub"},
        groups={
            "segment": frozenset(contract.segments),
            "size": frozenset(band.id for band in contract.size_bands),
        },
    )


def take_line(
    *, contract: Contract, cells: Mapping[str, str], source: str, by: User | None, reason: str = ""
) -> ReportedFigure:
    """Take in one figure that was typed; UserError or PeriodClosed when it may not be."""
    line = line_of(cells, expected(contract))
    return _report(line, source, by, reason, Origin())


@transaction.atomic
def take_file(
    *,
    contract: Contract,
    name: str,
    content: bytes,
    source: str,
    by: User | None,
    reason: str = "",
) -> list[ReportedFigure]:
    """Take in every figure of a file, or none; UserError or PeriodClosed when it may not be."""
    file = read_figures(content, expected(contract))
    origin = Origin(file_name=name[:200], file_sha256=file.sha256)
    return [_report(line, source, by, reason, origin) for line in file.lines]


def figures_of(goals: Mapping[str, object], until: date | None = None) -> list[ReportedFigure]:
    """Every figure of the goals, withdrawn ones too, newest first."""
    found = ReportedFigure.objects.filter(goal__in=list(goals)).order_by("-measured_on", "-id")
    return list(found if until is None else found.filter(measured_on__lte=until))


def _report(
    line: Line, source: str, by: User | None, reason: str, origin: Origin
) -> ReportedFigure:
    return report_figure(
        goal=line.goal,
        measured_on=line.measured_on,
        value=line.value,
        n=line.n,
        interval=line.interval,
        interval_by=line.interval_by,
        reported_by=source.strip(),
        origin=Origin(
            method=line.method,
            period_from=line.period_from,
            period_to=line.period_to,
            asked=line.asked,
            mix=line.mix,
            file_name=origin.file_name,
            file_sha256=origin.file_sha256,
        ),
        by=by,
        reason=reason,
    )
