"""Telling advisers apart: the same one twice, and one who may be another's."""

import re

from rapidfuzz import fuzz

from pejl_hub.companies.searchindex import fold
from pejl_hub.referrals.models import Provider

ALIKE = 86.0
_FORMS = {"aps", "a/s", "as", "ivs", "i/s", "is", "k/s", "ks", "p/s", "ps", "smba", "amba"}
_SIGNS = re.compile(r"[^\w/]+")


def name_key(name: str) -> str:
    """The name without case, signs and company form.

    Examples
    --------
    >>> name_key("Øst Revision A/S"), name_key(" oest-revision ApS"), name_key("A/S")
    ('oest revision', 'oest revision', 'a/s')
    """
    words = _SIGNS.sub(" ", fold(name)).split()
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)[:200]


def same(name: str, cvr: str | None, *, besides: int | None = None) -> Provider | None:
    """The adviser on record with this CVR number or name, if any."""
    others = Provider.objects.exclude(pk=besides)
    by_number = others.filter(cvr=cvr).first() if cvr else None
    return by_number or others.filter(name_key=name_key(name)).first()


def alike(name: str, *, besides: int | None = None) -> list[Provider]:
    """Advisers with nearly that name, the nearest first; at most five."""
    key = name_key(name)
    near = [
        (fuzz.token_sort_ratio(key, one.name_key), one)
        for one in Provider.objects.exclude(pk=besides).order_by("name", "pk")
    ]
    found = sorted((pair for pair in near if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [one for _, one in found[:5]]
