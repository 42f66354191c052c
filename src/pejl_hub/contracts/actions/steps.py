"""Writes of the contract's steps: submitted, adopted, rejected, sent, in force, reported, closed.

Each step is an event with the day and whoever acted; ``pejl_hub.contracts.steps`` says what must
come before it.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from pejl.base.errors import UserError
from pejl.base.phrases import Phrase, either, phrase
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.contracts import files, scored
from pejl_hub.contracts.models import (
    ContractDocument,
    ContractEvent,
    ContractVersion,
    Kind,
    State,
)
from pejl_hub.contracts.names import names_in
from pejl_hub.contracts.queries import (
    contract_of,
    current,
    draft_of,
    events,
    findings_of,
    require_open,
)
from pejl_hub.contracts.steps import OF_THE_CONTRACT, STEPS, Step
from pejl_hub.core.actions import bump_revision
from pejl_hub.core.phrasing import named
from pejl_hub.core.text import looks_like_cpr


@transaction.atomic
def record_step(
    *,
    version: ContractVersion,
    kind: Kind,
    day: date,
    who: str,
    by: User | None,
    document: ContractDocument | None = None,
    note: str = "",
) -> ContractEvent:
    """Record that a step was taken. Adopting makes the version the one that is scored.

    Raises
    ------
    UserError
        When the step's turn has not come, the day or who is missing, the step needs a document,
        or (adopting) the version breaks a rule or covers the days of another contract.
    """
    locked = ContractVersion.objects.select_for_update().get(pk=version.pk)
    require_open(locked.contract_id)
    _require_turn(locked, kind)
    _require_whole(kind, day, who, note, document)
    _require_order(locked, kind, day)
    if kind in (Kind.ADOPTED, Kind.AMENDED):
        _adopt(locked)
    elif kind == Kind.REJECTED:
        _set_state(locked, State.REJECTED)
    elif kind == Kind.CLOSED:
        _require_no_draft(locked)
    return _write(locked, kind, day, who, by, document, note)


def submit(
    *, version: ContractVersion, day: date, who: str, by: User | None, **more: object
) -> ContractEvent:
    """The board has submitted the draft, as it is now, to KKR."""
    return record_step(version=version, kind=Kind.SUBMITTED, day=day, who=who, by=by, **more)  # type: ignore[arg-type]


def adopt(
    *,
    version: ContractVersion,
    day: date,
    who: str,
    document: ContractDocument,
    by: User | None,
    note: str = "",
) -> ContractEvent:
    """KKR has adopted the draft: the contract itself, or an amendment of it.

    Raises
    ------
    UserError
        As ``record_step``.
    """
    kind = adoption_of(version)
    return record_step(
        version=version, kind=kind, day=day, who=who, by=by, document=document, note=note
    )


def reject(
    *, version: ContractVersion, day: date, who: str, by: User | None, note: str
) -> ContractEvent:
    """KKR has rejected the draft; it stays to be read, and another may be begun."""
    return record_step(version=version, kind=Kind.REJECTED, day=day, who=who, by=by, note=note)


def adoption_of(version: ContractVersion) -> Kind:
    """What adopting the version is: the contract's adoption, or an amendment of it."""
    return Kind.ADOPTED if current(version.contract_id) is None else Kind.AMENDED


def _require_turn(version: ContractVersion, kind: Kind) -> None:
    step = STEPS.get(kind)
    done = _done(version)
    if step is None or version.state != step.state:
        raise _too_early(version, kind, _in_state(step))
    if step.after and not step.after & done:
        raise _too_early(version, kind, _after(step))
    if kind in done and not step.again:
        raise _too_early(version, kind, phrase("a step that has not been recorded already"))
    if step.state == State.ADOPTED and current(version.contract_id) != version:
        raise _too_early(version, kind, phrase("the newest adopted version"))
    if kind in (Kind.ADOPTED, Kind.AMENDED) and kind != adoption_of(version):
        raise _too_early(
            version, kind, phrase("that it is “{step}”", step=named(adoption_of(version).label))
        )
    if kind in (Kind.ADOPTED, Kind.AMENDED) and not was_submitted(version):
        raise _too_early(version, kind, phrase("that the text, as it is now, has been submitted"))


def is_next(version: ContractVersion, kind: Kind) -> bool:
    """Whether the step's turn has come."""
    try:
        require_open(version.contract_id)
        _require_turn(version, kind)
    except UserError:
        return False
    return True


def was_submitted(version: ContractVersion) -> bool:
    """Whether exactly the draft's present text was submitted."""
    told = events(version.contract_id).filter(version=version, kind=Kind.SUBMITTED)
    return told.filter(sha256=version.sha256).exists()


def _done(version: ContractVersion) -> set[Kind]:
    """The steps that the version has taken, with those that count for the contract as a whole."""
    told = events(version.contract_id)
    return {
        Kind(event.kind)
        for event in told
        if event.version_id == version.pk or event.kind in OF_THE_CONTRACT
    }


def _require_whole(
    kind: Kind, day: date, who: str, note: str, document: ContractDocument | None
) -> None:
    if not who.strip() or looks_like_cpr(who) or looks_like_cpr(note):
        raise UserError(
            given=phrase("a CPR number") if who.strip() else phrase("nobody"),
            needed=phrase("who did it, by name, and no CPR number"),
            remedy=phrase("Write who, such as KKR Hovedstaden."),
        )
    if day > timezone.localdate() and not STEPS[kind].ahead:
        raise UserError(
            given=phrase("the day {day}", day=day.isoformat()),
            needed=phrase("a day that has been"),
            remedy=phrase("Record it when it has happened."),
        )
    if STEPS[kind].needs_document and document is None:
        raise UserError(
            given=phrase("an adoption without a document"),
            needed=phrase("the minutes of the meeting"),
            remedy=phrase("Choose the file with the minutes."),
        )


def _require_order(version: ContractVersion, kind: Kind, day: date) -> None:
    """No step before the one that it rests on."""
    before = [
        event.day
        for event in events(version.contract_id).filter(version=version)
        if event.kind in STEPS[kind].after
    ]
    if before and day < max(before):
        raise UserError(
            given=phrase("the day {day}", day=day.isoformat()),
            needed=phrase(
                "a day not before {day}, when the step before was taken",
                day=max(before).isoformat(),
            ),
            remedy=phrase("Correct the day."),
        )


def _adopt(version: ContractVersion) -> None:
    broken = [finding for finding in findings_of(version) if finding.level == "error"]
    if broken:
        raise UserError(
            given=phrase(
                "a contract that breaks {rules} rules, first: {message}",
                rules=len(broken),
                message=broken[0].message,
            ),
            needed=phrase("a contract that keeps every rule of `pejl contract check`"),
            remedy=phrase("Correct the draft, and submit it again."),
        )
    for name in settings.ADOPTION_NEEDS:
        import_string(name)(version)
    _require_days_of_its_own(version)
    files.place(version.contract_id, version.sha256, version.yaml, names_in(version.yaml))
    _set_state(version, State.ADOPTED)
    scored.forget()
    bump_revision()


def _require_days_of_its_own(version: ContractVersion) -> None:
    mine = contract_of(version).period
    for path in scored.scored_files():
        other = scored.loaded(path)
        if (
            other.id != version.contract_id
            and mine.start <= other.period.end
            and (other.period.start <= mine.end)
        ):
            raise UserError(
                given=phrase(
                    "a contract from {start} to {end}",
                    start=mine.start.isoformat(),
                    end=mine.end.isoformat(),
                ),
                needed=phrase("days that {id} does not cover", id=other.id),
                remedy=phrase("Correct the period of the contract."),
            )


def _require_no_draft(version: ContractVersion) -> None:
    if draft_of(version.contract_id) is not None:
        raise UserError(
            given=phrase("a contract with a draft"),
            needed=phrase("a contract with nothing undecided"),
            remedy=phrase("Have the draft adopted or rejected first."),
        )


def _set_state(version: ContractVersion, state: State) -> None:
    version.state = state
    version.save(update_fields=["state"])


def _write(
    version: ContractVersion,
    kind: Kind,
    day: date,
    who: str,
    by: User | None,
    document: ContractDocument | None,
    note: str,
) -> ContractEvent:
    event = ContractEvent.objects.create(
        version=version,
        kind=kind,
        day=day,
        who=who.strip(),
        note=note.strip(),
        document=document,
        sha256=version.sha256,
        recorded_by=by,
        recorder=name_of(by),
    )
    details = {"day": day.isoformat(), "who": event.who, "sha256": version.sha256}
    details |= {"document": document.sha256} if document else {}
    record(by=by, action=f"contract.{kind.value}", obj=version, details=details)
    return event


def _in_state(step: Step | None) -> Phrase:
    if step is None:
        return phrase("a new version")
    return phrase("a version that is “{state}”", state=named(step.state.label))


def _after(step: Step) -> Phrase:
    before = either([named(Kind(one).label) for one in sorted(step.after)])
    return phrase("that “{steps}” came before", steps=before)


def _too_early(version: ContractVersion, kind: Kind, needed: str) -> UserError:
    return UserError(
        given=phrase(
            "the step “{step}” of version {number}, which is {state}",
            step=named(kind.label),
            number=version.number,
            state=named(State(version.state).label),
        ),
        needed=needed,
        remedy=phrase("Take the steps in their order."),
    )
