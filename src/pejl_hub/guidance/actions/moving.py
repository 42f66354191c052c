"""Moving a guidance from planned on, withdrawing it, and following up on it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.guidance.actions.recording import change, require_possible, stamp
from pejl_hub.guidance.models import Guidance, GuidanceState

# From each state to those that may follow; after the first move the others correct a mistake.
MOVES: dict[str, tuple[GuidanceState, ...]] = {
    GuidanceState.PLANNED: (GuidanceState.HELD, GuidanceState.CANCELLED, GuidanceState.NO_SHOW),
    GuidanceState.HELD: (GuidanceState.CANCELLED, GuidanceState.NO_SHOW),
    GuidanceState.CANCELLED: (GuidanceState.PLANNED, GuidanceState.HELD, GuidanceState.NO_SHOW),
    GuidanceState.NO_SHOW: (GuidanceState.HELD, GuidanceState.CANCELLED),
}


@transaction.atomic
def move(*, guidance: Guidance, state: str, by: User, reason: str = "") -> Guidance:
    """Say what became of a guidance. Moving it to where it is already changes nothing.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    UserError
        For a state that cannot follow, one held on a day to come, or without a segment.
    """
    require(by, Action.RECORD_GUIDANCE)
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    if guidance.state == state:
        return guidance
    if state not in MOVES[guidance.state]:
        raise UserError(
            given=_("a guidance that is %(state)s") % {"state": guidance.get_state_display()},
            needed=_("a state that can follow"),
            remedy=_("Choose one of those that the page offers."),
        )
    before, planned = facts(guidance), guidance.state == GuidanceState.PLANNED
    guidance.state = state
    if planned:
        stamp(guidance)
    else:
        stamp(guidance, again=guidance.recorded_on is None)
    require_possible(guidance)
    kind = CorrectionKind.LATE if planned else CorrectionKind.CORRECTED
    return change(guidance, by, "guidance.moved", before, [guidance.held_on], reason, kind)


@transaction.atomic
def withdraw(*, guidance: Guidance, why: str, by: User, reason: str = "") -> Guidance:
    """Take a guidance out of everything that counts; it stays on record, and can come back.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    PeriodClosed
        When the day lies in a closed period and there is no reason.
    UserError
        When nobody says why, or the client has answered about it.
    """
    require(by, Action.RECORD_GUIDANCE)
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    _require_withdrawable(guidance, why)
    before = facts(guidance)
    guidance.withdrawn_at, guidance.withdrawn_by = timezone.now(), by.get_username()
    guidance.withdrawn_reason = why.strip()
    return change(
        guidance, by, "guidance.withdrawn", before, [guidance.held_on], reason,
        CorrectionKind.WITHDRAWN,
    )  # fmt: skip


@transaction.atomic
def undo_withdrawal(*, guidance: Guidance, by: User, reason: str = "") -> Guidance:
    """Let a withdrawn guidance count again; refused as in ``move``."""
    require(by, Action.RECORD_GUIDANCE)
    guidance = Guidance.everything.select_for_update().get(pk=guidance.pk)
    if guidance.withdrawn_at is None:
        return guidance
    before = facts(guidance)
    guidance.withdrawn_at = guidance.withdrawn_by = guidance.withdrawn_reason = None
    return change(guidance, by, "guidance.withdrawal_undone", before, [guidance.held_on], reason)


@transaction.atomic
def follow_up(*, guidance: Guidance, by: User) -> Guidance:
    """Say that what was to follow is done, and the reminder goes.

    No figure counts it, so a closed period does not hold it.

    Raises
    ------
    PermissionDenied
        When the user may not record guidance.
    """
    require(by, Action.RECORD_GUIDANCE)
    guidance = Guidance.objects.select_for_update().get(pk=guidance.pk)
    if guidance.next_step_on is None or guidance.next_step_done_on is not None:
        return guidance
    before = facts(guidance)
    guidance.next_step_done_on = timezone.localdate()
    guidance.save(update_fields=["next_step_done_on"])
    write_change(
        by=by, action="guidance.followed_up", obj=guidance, days=[], before=before,
        after=facts(guidance),
    )  # fmt: skip
    return guidance


def _require_withdrawable(guidance: Guidance, why: str) -> None:
    if not why.strip():
        raise UserError(
            given=_("no explanation"),
            needed=_("why the guidance is withdrawn: it stays on record with it"),
            remedy=_("Write it, and withdraw again."),
        )
    if guidance.answers.filter(answered_on__isnull=False).exists():
        raise UserError(
            given=_("a guidance that the client has answered about"),
            needed=_("one that nobody was guided in"),
            remedy=_("Correct the guidance instead."),
        )
