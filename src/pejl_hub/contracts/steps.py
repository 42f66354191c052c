"""The order of a contract's life: what must have happened before what. One table."""

from collections.abc import Mapping
from dataclasses import dataclass

from pejl_hub.accounts.access import Action
from pejl_hub.contracts.models import Kind, State


@dataclass(frozen=True)
class Step:
    """One step: who may record it, of a version in which state, and what must come before."""

    action: Action
    state: State
    after: frozenset[Kind] = frozenset()  # one of these: OF_THE_CONTRACT, else of the version
    needs_document: bool = False
    again: bool = False  # may happen more than once
    ahead: bool = False  # may be dated in the future
    final: bool = False  # cannot be undone, so it is asked about first


_ADOPTION = frozenset({Kind.ADOPTED, Kind.AMENDED})

STEPS: Mapping[Kind, Step] = {
    Kind.SUBMITTED: Step(Action.EDIT_CONTRACT, State.DRAFT, again=True),
    Kind.ADOPTED: Step(
        Action.ADOPT_CONTRACT,
        State.DRAFT,
        frozenset({Kind.SUBMITTED}),
        needs_document=True,
        final=True,
    ),
    Kind.AMENDED: Step(
        Action.ADOPT_CONTRACT,
        State.DRAFT,
        frozenset({Kind.SUBMITTED}),
        needs_document=True,
        final=True,
    ),
    Kind.REJECTED: Step(
        Action.ADOPT_CONTRACT, State.DRAFT, frozenset({Kind.SUBMITTED}), final=True
    ),
    Kind.SENT_KL: Step(Action.SEND_CONTRACT, State.ADOPTED, _ADOPTION),
    Kind.SENT_AUTHORITY: Step(Action.SEND_CONTRACT, State.ADOPTED, _ADOPTION),
    Kind.IN_FORCE: Step(Action.SEND_CONTRACT, State.ADOPTED, _ADOPTION, ahead=True),
    Kind.REPORTED: Step(
        Action.SEND_CONTRACT, State.ADOPTED, frozenset({Kind.IN_FORCE}), again=True
    ),
    Kind.CLOSED: Step(Action.ADOPT_CONTRACT, State.ADOPTED, frozenset({Kind.REPORTED}), final=True),
}
# Told of the contract as a whole, whatever version it had then.
OF_THE_CONTRACT = frozenset({Kind.IN_FORCE, Kind.REPORTED})
