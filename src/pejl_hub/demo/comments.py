"""What the demo's controller writes of its goals; the director has approved all but the last."""

from datetime import date

from django.utils import timezone

from pejl.contract.goal import Contract
from pejl.standing.result import GoalStanding, Light
from pejl_hub.accounts.models import User
from pejl_hub.narrative.actions import approve, submit, write
from pejl_hub.narrative.asked import figure_of
from pejl_hub.narrative.models import Comment
from pejl_hub.status.queries import standing_on

TEXTS = (
    (
        Light.NOT_REACHED,
        "Målet blev ikke nået. Aktiviteten var lavest hen over sommeren, og efteråret hentede "
        "ikke det hele ind. Næste år fordeles indsatsen jævnere over kvartalerne. (Opdigtet)",
    ),
    (
        Light.REACHED,
        "Målet blev nået. Samarbejdet med den lokale erhvervsservice gav flere henvendelser end "
        "ventet i andet halvår. (Opdigtet)",
    ),
    (
        Light.NOT_REACHED,
        "Vi nåede det ikke. En fast makker i hver kommune skal gøre det lettere at komme ud til "
        "virksomhederne næste år. (Opdigtet)",
    ),
)


def comment(contract: Contract, day: date, by: User, approver: User) -> None:
    """Comment on a goal for each text, as the light is; once, and only on a day that has been."""
    if day > timezone.localdate() or Comment.objects.exists():
        return
    left = list(standing_on(contract, day).goals.values())
    for number, (light, text) in enumerate(TEXTS, start=1):
        item = next((one for one in left if one.light is light), None)
        if item is not None:
            left.remove(item)
            _write(contract, day, item, text, by, approver if number < len(TEXTS) else None)


def _write(
    contract: Contract, day: date, item: GoalStanding, text: str, by: User, approver: User | None
) -> None:
    made = write(
        contract=contract,
        as_of=day,
        goal=item.goal.id,
        municipality=None,
        text=text,
        figure=figure_of(item),
        by=by,
    )
    made = submit(comment=made, by=by)
    if approver is not None:
        approve(comment=made, by=approver, seen=made.mark)
