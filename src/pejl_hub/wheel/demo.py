"""The demo's wheel: what has passed is done with made-up evidence, but for two occasions."""

from datetime import date, timedelta

from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.status.queries import contracts
from pejl_hub.wheel import actions
from pejl_hub.wheel.models import Occasion, State
from pejl_hub.wheel.queries import Item, wheel

# What shows it, by the first reader that the contract names.
EVIDENCE = {
    "management": "Opdigtet: referat af ledelsesmøde, punkt 2",
    "municipality": "Opdigtet: brev til kommunerne",
    "board": "Opdigtet: referat af bestyrelsesmøde, punkt 5",
    "kkr": "Opdigtet: referat af KKR-møde, punkt 3",
    "kl": "Opdigtet: kvittering for modtagelse",
}
OWNERS = {"hub": "alice", "director": "dorte"}
# Left open, so that the wheel shows a day that has passed; and one that the edition does.
OPEN = {("internal_monthly", 12), ("efforts_to_board", 12), ("municipal_running", 12)}
EARLIER = timedelta(days=3)


def fill_wheel() -> None:
    """Fill the wheel of the demo's newest contract once; nothing where it is no demo."""
    if not is_demo() or Occasion.objects.exists():
        return
    contract, today = contracts()[-1], timezone.localdate()
    _asked(contract.period.start.year)
    _plan_the_count()
    for item in wheel(contract):
        if item.due_on < today and (item.duty.id, _last_month(item)) not in OPEN:
            _done(item, _owner(item))


def _asked(year: int) -> None:
    contract = contracts()[-1]
    duty = next((one for one in contract.duties if one.cadence == "on_request"), None)
    if duty is not None:
        actions.add(
            contract=contract,
            duty=duty.id,
            title="Status til KKR’s møde i juni",
            due_on=date(year, 6, 7),
            owner=User.objects.filter(username="dorte").first(),
            by=None,
        )


def _plan_the_count() -> None:
    contract = contracts()[-1]
    for duty in (one for one in contract.duties if one.id == "internal_monthly"):
        actions.plan_duty(
            contract=contract,
            duty=duty.id,
            working_days=8,
            months=None,
            owner=User.objects.filter(username=OWNERS["hub"]).first(),
            because="Opdigtet: ledelsens mødeplan",
            by=None,
        )


def _done(item: Item, owner: User | None) -> None:
    evidence = next((EVIDENCE[one] for one in item.duty.audience if one in EVIDENCE), None)
    told = actions.Told(
        state=State.DONE,
        due_on=item.due_on,
        owner=owner,
        evidence=evidence or "Opdigtet: notat i sagen",
        done_on=item.due_on - EARLIER,
    )
    actions.tell(item=item, told=told, by=None)


def _owner(item: Item) -> User | None:
    return User.objects.filter(username=OWNERS.get(item.duty.owner, "")).first()


def _last_month(item: Item) -> int:
    return item.covers.end.month if item.covers else 0
