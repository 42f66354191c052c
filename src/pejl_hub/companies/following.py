"""Who a client that was merged away is now, so that nothing brings it back.

A company that is gone is asked for by its CVR number, in files, lists and the register; a person
by the number that a source knows them by (``FormerRecord``).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pejl_hub.companies.models import ClientKind, Company, MergeRecord


def survivors(cvr_numbers: Iterable[str]) -> dict[str, str]:
    """For each CVR number that was merged away, the number of the company kept in the end.

    A number that is on record again, because somebody made the company anew, is nobody else's.
    """
    merged = _merged(set(cvr_numbers))
    if not merged:
        return {}
    onwards = _onwards()
    ends = {gone: _end(kept, onwards) for gone, kept in merged.items()}
    numbers = _numbers({*ends.values()})
    anew = set(Company.objects.filter(cvr__in=list(ends)).values_list("cvr", flat=True))
    return {gone: numbers[end] for gone, end in ends.items() if end in numbers and gone not in anew}


def merged_numbers() -> dict[str, str]:
    """Every CVR number that was merged away, with that of the company kept in the end."""
    gone = MergeRecord.objects.filter(gone_kind=ClientKind.COMPANY, undone_at=None)
    return survivors(gone.exclude(gone_cvr=None).values_list("gone_cvr", flat=True))


def survivor(cvr: str) -> Company | None:
    """The company that the number was merged into; None when it was not."""
    return Company.objects.filter(cvr__in=survivors([cvr]).values()).first()


def company_of(cvr: str) -> Company | None:
    """The company on record under the number, or the one it was merged into."""
    return Company.objects.filter(cvr=cvr).first() or survivor(cvr)


def filled(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], take: Iterable[str] = ()
) -> dict[str, Any]:
    """What the client who is kept learns of the one who is gone: what was unknown, and what
    ``take`` names; protection against advertising is never lost.

    Examples
    --------
    >>> filled({"name": "A", "form": None}, {"name": "B", "form": "ApS"})
    {'form': 'ApS'}
    >>> filled({"advertising_protected": False}, {"advertising_protected": True})
    {'advertising_protected': True}
    """
    taken, values = set(take), {}
    for name, their in theirs.items():
        our = ours[name]
        protected = name == "advertising_protected" and their is True
        if their is not None and their != our and (our is None or name in taken or protected):
            values[name] = their
    return values


def _merged(wanted: set[str]) -> dict[str, int]:
    """For each number the company it was merged into first; merges are few, files are large."""
    gone = MergeRecord.objects.filter(gone_kind=ClientKind.COMPANY, undone_at=None)
    found = gone.exclude(gone_cvr=None).order_by("pk").values_list("gone_cvr", "kept_id")
    return {cvr: kept for cvr, kept in found if cvr in wanted}


def _onwards() -> dict[int, int]:
    gone = MergeRecord.objects.filter(gone_kind=ClientKind.COMPANY, undone_at=None)
    return dict(gone.order_by("pk").values_list("gone_id", "kept_id"))


def _end(number: int, onwards: Mapping[int, int]) -> int:
    seen = set()
    while number in onwards and number not in seen:
        seen.add(number)
        number = onwards[number]
    return number


def _numbers(ids: set[int]) -> dict[int, str]:
    return dict(Company.objects.filter(pk__in=ids).values_list("pk", "cvr"))
