"""Which reports somebody may see, and what is on its way."""

from django.db.models import Q, QuerySet

from pejl_hub.accounts.access import Action, may, sees_published_only, within_municipality
from pejl_hub.accounts.models import Role, User
from pejl_hub.reporting.kinds import Kind, kinds_for
from pejl_hub.reporting.models import OUT, WAITING, Delivery, Order, Report, Sending, State

# Whoever has one of these follows reports before they are released.
FOLLOWING = (Action.MAKE_REPORTS, Action.APPROVE_REPORTS, Action.SEE_AUDIT)


def may_work(user: User) -> bool:
    """Whether the user follows reports before they are released."""
    return any(may(user, action) for action in FOLLOWING)


def reports_for(user: User) -> QuerySet[Report]:
    """What the user may see: their work, what is out, or what is out and meant for them.

    A reader outside the house sees only what was made from a published edition, and a
    municipality's reader only reports of that municipality. What was recalled stays on the list.
    """
    reports = Report.objects.select_related("order", "edition", "replaces", "replaced_by")
    if may_work(user):
        return reports
    out = reports.filter(state__in=OUT)
    if not sees_published_only(user):
        return out
    meant = out.filter(kind__in=kinds_for(user.role), edition__isnull=False)
    return within_municipality(meant, user, "place")


def may_open(user: User, report: Report) -> bool:
    """Whether the user may have the files: what was recalled or replaced is for its makers."""
    if report.state == State.RELEASED:
        return True
    return may_work(user) and report.files.exists()


def readers_of(report: Report) -> list[User]:
    """The users that the report is meant for: outside the house, else the house's management."""
    if not report.is_outside:
        inside = User.objects.filter(is_active=True).order_by("first_name", "username")
        return [one for one in inside if may(one, Action.SEE_QUALITY)]
    roles = [role for role in Role if report.kind in kinds_for(role)]
    found = User.objects.filter(is_active=True, role__in=roles)
    if Role.MUNICIPALITY_READER in roles:
        found = found.filter(~Q(role=Role.MUNICIPALITY_READER) | Q(municipality=report.place))
    return [one for one in found.order_by("first_name", "username") if one.role in roles]


def newest_out(kind: Kind, day: object, place: str, language: str) -> Report | None:
    """What a new report of the same would replace: the last one out that none has replaced."""
    same = Report.objects.filter(kind=kind, as_of=day, place=place, language=language)
    out = same.filter(state__in=(State.RELEASED, State.RECALLED))
    return out.exclude(replaced_by__isnull=False).order_by("-id").first()


def last_before(report: Report) -> Report | None:
    """The report of the same kind and place that readers had before this one."""
    before = Report.objects.filter(
        kind=report.kind,
        place=report.place,
        as_of__lt=report.as_of,
        as_of__gte=report.as_of.replace(month=1, day=1),
        state=State.RELEASED,
        edition__isnull=not report.is_outside,
    )
    return before.order_by("-as_of", "-id").first()


def snapshots_in_use() -> set[str]:
    """The ids of the snapshots that reports were counted from."""
    used = Report.objects.exclude(state__in=(State.FAILED, State.REJECTED))
    ordered = Order.objects.filter(reports__state__in=WAITING)
    return {name for rows in (used, ordered) for name in rows.values_list("snapshot_id", flat=True)}


def unsent(report: Report) -> int:
    """How many e-mails wait for the mail server."""
    return Delivery.objects.filter(
        report=report, state__in=(Sending.WAITING, Sending.CLAIMED)
    ).count()
