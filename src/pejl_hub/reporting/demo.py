"""The demo's reports: some that are out, with one to each municipality, and some on their way."""

from collections.abc import Sequence
from datetime import date, timedelta

from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.publishing.queries import edition_of
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.actions.deciding import approve, release
from pejl_hub.reporting.actions.making import make_order
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Order, Report, State
from pejl_hub.reporting.queries import readers_of
from pejl_hub.status.queries import contract_on


def make_demo_reports(*, day: date) -> int:
    """Make the demo's reports up to the day, once; how many reports there are.

    Those for readers outside the house need the day's edition, and are left out without it.
    """
    contract = contract_on(day)
    if Report.objects.exists() or contract is None or not is_demo():
        return Report.objects.count()
    for end in (day.replace(day=1) - timedelta(days=1), day):
        _let_out(_made(Kind.MONTHLY, end))
    if edition_of(contract, day) is not None:
        _let_out(_made(Kind.BOARD, day))
        _let_out(_made(Kind.MUNICIPALITY, day, sorted(contract.territory.on(day))))
        for waiting in (Kind.KKR, Kind.ANNUAL):
            _made(waiting, day)
    return Report.objects.count()


def _made(kind: Kind, day: date, places: Sequence[str] = ("",)) -> Order:
    """Asked for by the demo's controller, and made."""
    order = ask_for(kind=kind, day=day, places=places, by=User.objects.get(username="alice"))
    make_order(order=order)
    return order


def _let_out(order: Order) -> None:
    """Approved by the demo's director, and released by its controller."""
    for report in order.reports.filter(state=State.MADE):
        approve(report=report, by=User.objects.get(username="dorte"))
        release(report=report, by=User.objects.get(username="alice"), readers=readers_of(report))
