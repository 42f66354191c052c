"""Which state may follow which in the life of a course or grant. What is not here is refused."""

from pejl_hub.programmes.models import GrantState as S

NEXT: dict[str, frozenset[str]] = {
    S.APPLIED: frozenset({S.OFFERED, S.COMMITTED, S.WITHDRAWN, S.REFUSED}),
    S.OFFERED: frozenset({S.COMMITTED, S.WITHDRAWN, S.REFUSED}),
    S.COMMITTED: frozenset({S.RUNNING, S.COMPLETED, S.WITHDRAWN}),
    S.RUNNING: frozenset({S.COMPLETED, S.WITHDRAWN}),
    S.COMPLETED: frozenset({S.PAID}),
    S.PAID: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.REFUSED: frozenset(),
}

# What the contract counts, and what has been granted.
COUNTED = frozenset({S.COMMITTED, S.RUNNING, S.COMPLETED, S.PAID})

BEFORE_COMMITMENT = frozenset({S.APPLIED, S.OFFERED})

AMOUNT_OF: dict[str, str] = {
    S.OFFERED: "offered_amount",
    S.COMMITTED: "committed_amount",
    S.PAID: "paid_amount",
}
