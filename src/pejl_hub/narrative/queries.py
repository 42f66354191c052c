"""Which comments there are on a report, and what earlier ones said."""

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from django.db.models import Q, QuerySet

from pejl.contract.goal import Contract
from pejl.reports.material import Comment as Said
from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import Role, User
from pejl_hub.narrative.models import Comment, CommentState

SETTLED = (CommentState.APPROVED, CommentState.FROZEN)
# The contract's word for each role outside the house, in a goal's ``audience``.
AUDIENCE = MappingProxyType(
    {
        Role.BOARD: "board",
        Role.KKR_READER: "kkr",
        Role.MUNICIPALITY_READER: "municipality",
        Role.AUTHORITY_READER: "authority",
    }
)


def on(contract_id: str, as_of: date, municipality: str | None) -> QuerySet[Comment]:
    """Every comment for a report: on the whole and, of a municipality's report, on it."""
    place = Q(municipality__isnull=True)
    if municipality is not None:
        place |= Q(municipality=municipality)
    return Comment.objects.filter(place, contract_id=contract_id, as_of=as_of)


def comments_for(contract: Contract, as_of: date) -> Sequence[Said]:
    """What reports of the day may print: the newest of each thing that is approved or frozen.

    Those on municipalities are among them; a document takes the ones on its own places.
    """
    newest: dict[tuple[str | None, str | None], Comment] = {}
    settled = Comment.objects.filter(contract_id=contract.id, as_of=as_of, state__in=SETTLED)
    for comment in settled.order_by("pk"):
        newest[comment.goal, comment.municipality] = comment
    return [
        Said(one.text, one.writer, one.approver or "", one.goal, one.municipality)
        for one in newest.values()
    ]


def shown_on_goal(
    contract_id: str, goal: str, as_of: date, municipality: str | None
) -> Sequence[Comment]:
    """The settled comments on a goal up to the day, the newest first; at most three."""
    rows = Comment.objects.filter(
        contract_id=contract_id, goal=goal, as_of__lte=as_of, state__in=SETTLED
    )
    place = {"municipality": municipality} if municipality else {"municipality__isnull": True}
    return list(rows.filter(**place).order_by("-as_of", "-pk")[:3])


def may_read(user: User, contract: Contract, goal: str) -> bool:
    """Whether the goal's comments are for the user.

    Inside the house they are; a reader outside it must be among those whom the contract names for
    the goal.
    """
    if may(user, Action.SEE_SMALL_COUNTS):
        return True
    return AUDIENCE.get(Role(user.role)) in contract.goals[goal].audience


def snapshots_in_use() -> set[str]:
    """The ids of the snapshots that comments were frozen with."""
    frozen = Comment.objects.filter(state=CommentState.FROZEN)
    return {one for one in frozen.values_list("snapshot_id", flat=True) if one}


def earlier(comment_on: tuple[str, date, str | None, str | None]) -> Sequence[Comment]:
    """What was said of the same thing before, the newest first: something to begin from."""
    contract_id, as_of, goal, municipality = comment_on
    same = {"goal": goal} if goal else {"goal__isnull": True}
    same |= {"municipality": municipality} if municipality else {"municipality__isnull": True}
    rows = Comment.objects.filter(contract_id=contract_id, as_of__lte=as_of, **same)
    return list(rows.filter(Q(as_of__lt=as_of) | Q(state="frozen")).order_by("-as_of", "-pk")[:6])
