"""The demo's room of personal data: a case held back, one refused, and a run asked for."""

from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.companies.models import Person
from pejl_hub.privacy import retention
from pejl_hub.privacy.deciding import decide
from pejl_hub.privacy.models import Case, State
from pejl_hub.privacy.subjects import Subject

DECIDED = (
    (State.HELD, "Opdigtet: klagesag hos tilsynet er ikke afgjort"),
    (State.REFUSED, "Opdigtet: tilskuddet er ikke udbetalt endnu"),
)


def fill_privacy() -> None:
    """Fill the room once; nothing where it is no demo, or somebody has decided something."""
    if not is_demo() or Case.objects.exists():
        return
    alice = User.objects.get(username="alice")
    people = Person.objects.order_by("pk").values_list("pk", flat=True)[: len(DECIDED)]
    for pk, (state, reason) in zip(people, DECIDED, strict=False):
        decide(subject=Subject("person", pk), state=state, reason=reason, by=alice)
    retention.ask(by=alice)
