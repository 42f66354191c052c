"""What an account of a counted export says, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERDICTS = {
    "new": _("New"),
    "changed": _("Replaces the number on record"),
    "same": _("Unchanged"),
    "held": _("Left as it is: typed here, or from another source"),
    "fewer_days": _("Left as it is: the export has fewer days of the month than the one on record"),
    "other_page": _("Left as it is: the number on record was counted from another page"),
}
REASONS = {
    "no_date": _("has no date that can be read"),
    "no_number": _("has no number of views"),
    "repeated": _("stands more than once"),
    "no_channel": _("does not say which channel"),
    "life": _("is the sum of a post's life, and the export has its days"),
    "cpr": _("names a channel that looks like a CPR number, and CPR numbers are never stored"),
}
NOTES = {
    "posts_for_life": _(
        "The export holds each post's views for its whole life. They count in the month in which "
        "the post was published; when the month is imported again later, it may be higher."
    ),
    "posts_by_day": _("The export has the views of each day. They count on that day."),
    "doubtful_dates": _(
        "The dates can be read in two ways, and were read with the month first. Look at the "
        "months below before you import."
    ),
}


@dataclass(frozen=True)
class LeftOut:
    """Rows that were not counted: why, how many, and the first lines."""

    why: Promise
    rows: int
    lines: tuple[int, ...]


def left_out(account: dict[str, Any]) -> list[LeftOut]:
    """The reasons of an account, as ``Account.as_json`` gives it."""
    return [
        LeftOut(REASONS[why], account["left_out_rows"][why], tuple(lines[:8]))
        for why, lines in account["left_out"].items()
    ]


def shown(account: dict[str, Any]) -> dict[str, Any]:
    """An account, as ``Account.as_json`` gives it, with its words."""
    months = [{**m, "said": VERDICTS[m["verdict"]]} for m in account["months"]]
    return {
        **account,
        "months": months,
        "reasons": left_out(account),
        "notes": [NOTES[note] for note in account["notes"]],
        "partial": [m for m in months if not m["whole"] and m["verdict"] in ("new", "changed")],
    }
