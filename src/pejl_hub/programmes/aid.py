"""Aid of minor amount (de minimis) that the hub itself committed to one client.

The counting is ``pejl.aid``'s; here are only the awards of the client. Pages and forms ask here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from pejl.aid.rules import Rules, load_rules
from pejl.aid.total import AidTotal, Award, total, total_with, years_before
from pejl_hub.companies.models import Company, Person
from pejl_hub.programmes.models import Form, Participation
from pejl_hub.programmes.transitions import COUNTED


@dataclass(frozen=True)
class ClientAid:
    """The sum and the grants that it is made of, the newest first."""

    total: AidTotal
    grants: tuple[Participation, ...]


@dataclass(frozen=True)
class Undertaking:
    """Who counts together as far as Pejl knows: a company and its founders, or a person."""

    company: int | None
    people: tuple[int, ...]


def undertaking(client: Company | Person) -> Undertaking:
    """The client with the company founded later and all of that company's founders. One query."""
    company = client if isinstance(client, Company) else client.later_company
    if company is None:
        return Undertaking(None, (client.pk,))
    return Undertaking(company.pk, tuple(company.founders.values_list("pk", flat=True)))


def aid_of(company: int | None, people: Iterable[int], day: date) -> ClientAid:
    """The aid on a day of a company and people who count together. One query.

    Raises
    ------
    UserError
        When the rules say nothing of the day.
    """
    rules = rules_now()
    since = years_before(day, rules.ceiling_on(day).years)
    rows = granted(Undertaking(company, tuple(people))).filter(
        granted_on__gt=since, granted_on__lte=day
    )
    grants = tuple(rows.select_related("round__programme").order_by("-granted_on", "-pk"))
    return ClientAid(total(awards(grants), day, rules), grants)


def aid_with(whose: Undertaking, new: Award, *, without: Participation | None = None) -> AidTotal:
    """The highest sum of any period with the new award in it. One query.

    ``without`` is the participation that the award is about, if it is on record already.

    Raises
    ------
    UserError
        When the rules say nothing of the day.
    """
    rules = rules_now()
    since = years_before(new.day, rules.ceiling_on(new.day).years)
    rows = granted(whose).filter(granted_on__gt=since)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    return total_with(awards(rows), new, rules)


def awards(grants: Iterable[Participation]) -> list[Award]:
    """The grants as the law counts them; the rows come from ``granted``."""
    return [Award(row.granted_on, row.committed_amount) for row in grants]  # type: ignore[attr-defined]


def granted(whose: Undertaking) -> QuerySet[Participation]:
    """What was committed and not withdrawn, with the day that counts as ``granted_on``.

    That is the commitment's day; an imported record has one day only, and that counts. Grants
    count unless their round says that they are no aid of minor amount, courses only if it says
    that they are.
    """
    aid = Q(form=Form.GRANT) & ~Q(round__de_minimis=False)
    aid |= Q(form=Form.COURSE, round__de_minimis=True)
    ours = Q(person_id__in=whose.people)
    if whose.company is not None:
        ours |= Q(company_id=whose.company)
    rows = Participation.objects.filter(aid, ours, state__in=COUNTED)
    return rows.annotate(granted_on=Coalesce("committed_on", "stated_on"))


def rules_now() -> Rules:
    """The rules as the file says them now."""
    path = Path(settings.CONTRACTS).parent / "shared" / "de_minimis.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> Rules:
    return load_rules(path)
