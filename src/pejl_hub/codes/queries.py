"""What forms offer on a day, what a stored code is called, and whether a value is used.

>>> choices("need", on=held_on)              # doctest: +SKIP
[('finance', 'Finansiering'), …]
"""

from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pejl_hub.codes.models import Code, ListName

# The fields that store a list's codes, as app.Model.field: named, so that no room is imported.
USES: dict[str, tuple[str, ...]] = {
    ListName.NEED: ("guidance.Guidance.need", "referrals.ProviderField.code"),
    ListName.OUTCOME: ("guidance.Guidance.outcome",),
    ListName.NEXT_STEP: ("guidance.Guidance.next_step",),
    ListName.PRIORITY_AREA: (
        "guidance.Guidance.priority_area",
        "events.Event.priority_area",
    ),
    ListName.TEAM: ("guidance.Guidance.team",),
    ListName.CHANNEL_NAME: ("communication.ChannelViews.channel",),
    ListName.REFERRAL_REASON: ("referrals.Referral.reason",),
}


def choices(list_name: str, *, on: date, keep: str | None = None) -> list[tuple[str, str]]:
    """The (code, label) pairs that a form offers on the day, in the list's order.

    ``keep`` is the code that the row holds already: it is offered although it has ended, or was
    never in the list, so that saving an old row does not lose it.
    """
    offered = [(one.code, one.label) for one in offered_on(list_name, on)]
    if keep and keep not in dict(offered):
        words = _("%(label)s (no longer offered)") % {"label": label(list_name, keep)}
        offered.append((keep, words))
    return offered


def offered_on(list_name: str, day: date) -> QuerySet[Code]:
    """The values that hold on the day, both ends included."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Code.objects.filter(begun, not_over, list_name=ListName(list_name))


def labels(list_name: str) -> dict[str, str]:
    """Every code of the list, ended ones too, with its label: for pages of many rows."""
    return labels_of([list_name])[list_name]


def labels_of(list_names: Iterable[str]) -> dict[str, dict[str, str]]:
    """The same of several lists, asked for at once."""
    wanted = [ListName(name) for name in list_names]
    found: dict[str, dict[str, str]] = {name: {} for name in wanted}
    for one in Code.objects.filter(list_name__in=wanted) if wanted else ():
        found[one.list_name][one.code] = one.label
    return found


def label(list_name: str, code: str | None) -> str:
    """The label of a stored code; the code itself where the list does not know it."""
    if not code:
        return ""
    found = Code.objects.filter(list_name=ListName(list_name), code=code).first()
    return found.label if found else code


def times_used(value: Code) -> int:
    """On how many rows the value stands."""
    return sum(_rows(use, value.code).count() for use in USES.get(value.list_name, ()))


def is_used(value: Code) -> bool:
    """Whether it stands on any row: then it can be ended, not deleted."""
    return any(_rows(use, value.code).exists() for use in USES.get(value.list_name, ()))


def _rows(use: str, code: str) -> QuerySet:
    app, model, field = use.split(".")
    return apps.get_model(app, model)._base_manager.filter(**{field: code})
