"""The comments that a report prints, by their hash: what is approved is what was printed."""

import hashlib
import json
from collections.abc import Iterable

from pejl.reports.material import Comment
from pejl_hub.narrative.queries import comments_for
from pejl_hub.reporting.models import Report
from pejl_hub.status.queries import contract_on


def hash_of(comments: Iterable[Comment], place: str) -> str:
    """The SHA-256 of those on the whole and on the place, of all for the whole hub; none is "".

    Examples
    --------
    >>> hash_of([], "151")
    ''
    """
    told = sorted(
        [one.goal or "", one.municipality or "", one.text, one.written_by, one.approved_by]
        for one in comments
        if not place or one.municipality in (None, place)
    )
    return hashlib.sha256(json.dumps(told).encode()).hexdigest() if told else ""


def have_changed(report: Report) -> bool:
    """Whether the report was printed with other comments than those that are approved now."""
    contract = contract_on(report.as_of)
    now = comments_for(contract, report.as_of) if contract else ()
    return hash_of(now, report.place) != report.comments_sha256
