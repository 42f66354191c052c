"""Whom a client may be referred to, and after which guidance."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import labels
from pejl_hub.companies.templatetags.places import place
from pejl_hub.guidance.models import Guidance, GuidanceState
from pejl_hub.referrals.models import Provider

GUIDANCES = 20
Group = tuple[str, list[tuple[int, str]]]


def in_use(day: date) -> QuerySet[Provider]:
    """The advisers in use on the day, by name."""
    not_over = Q(active_to__isnull=True) | Q(active_to__gte=day)
    return Provider.objects.filter(not_over, active_from__lte=day).order_by("name", "pk")


def offered(
    day: date, municipality: str | None, *, keep: int | None = None, besides: int | None = None
) -> list[Group]:
    """The advisers for a form, in two groups: those who cover the municipality, and the others.

    ``keep`` is offered although out of use, ``besides`` is left out. Four queries.
    """
    found = in_use(day) | Provider.objects.filter(pk=keep)
    rows = list(found.exclude(pk=besides).prefetch_related("fields", "places"))
    words = labels(ListName.NEED)
    near = [one for one in rows if covers(one, municipality)]
    far = [one for one in rows if one not in near]
    here = _("Cover %(place)s") % {"place": place(municipality)} if municipality else _("All")
    groups = ((here, near), (_("Other places"), far))
    return [(name, [(one.pk, _line(one, words)) for one in some]) for name, some in groups if some]


def covers(provider: Provider, municipality: str | None) -> bool:
    """Whether they advise there: without places of their own they advise everywhere."""
    places = {one.municipality for one in provider.places.all()}
    return not places or municipality is None or municipality in places


def guidances_of(company: int | None, person: int | None) -> QuerySet[Guidance]:
    """The client's newest guidances that took place or are planned."""
    found = Guidance.objects.filter(company_id=company, person_id=person)
    missed = (GuidanceState.CANCELLED, GuidanceState.NO_SHOW)
    return found.exclude(state__in=missed).order_by("-held_on", "-pk")[:GUIDANCES]


def fields_in_words(provider: Provider, words: dict[str, str]) -> list[str]:
    """What they advise on, by the labels of the list."""
    return [words.get(one.code, one.code) for one in provider.fields.all()]


def _line(provider: Provider, words: dict[str, str]) -> str:
    parts: Iterable[str] = (
        provider.name,
        str(provider.get_kind_display()).lower(),
        ", ".join(fields_in_words(provider, words)),
    )
    return " · ".join(part for part in parts if part)
