"""What a round's terms say: each limit on its own side, and what an unstated term lets through."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from pejl_hub.programmes.actions import (
    Applied,
    ParticipationRefused,
    correct,
    move,
    record,
)
from pejl_hub.programmes.models import Participation, Round
from pejl_hub.programmes.queries import budget_used, tally, with_sums
from pejl_hub.programmes.terms import TermsRefused, on_application

pytestmark = pytest.mark.django_db

MAY = date(2024, 5, 2)
# The terms of a round, what is applied for, and what is said: fine, a warning, or a refusal.
DRAWN = """
 terms                           on          amount  own     says
 -                               2024-05-02  999999  -       fine
 opens_on=2024-05-02             2024-05-02  1000    -       fine
 opens_on=2024-05-03             2024-05-02  1000    -       no
 closes_on=2024-05-02            2024-05-02  1000    -       fine
 closes_on=2024-05-01            2024-05-02  1000    -       no
 max_amount=1000                 2024-05-02  1000    -       fine
 max_amount=1000                 2024-05-02  1000.01 -       no
 own_share=50                    2024-05-02  1000    1000    fine
 own_share=50                    2024-05-02  1000    999.99  no
 own_share=50                    2024-05-02  1000    -       warn
 own_share=40                    2024-05-02  100     66.67   fine
 own_share=40                    2024-05-02  100     66.66   no
 own_share=0                     2024-05-02  1000    -       fine
 own_share=100                   2024-05-02  1000    9999    no
 budget=1000                     2024-05-02  1000    -       fine
 budget=1000                     2024-05-02  1000.01 -       warn
 de_minimis=True                 2024-05-02  1790491 -       fine
 de_minimis=True                 2024-05-02  1790492 -       warn
 de_minimis=True                 2024-05-02  2238115 -       warn
 de_minimis=False                2024-05-02  2238115 -       fine
 de_minimis=True                 2023-12-31  1000    -       warn
"""
LINES = [line.split() for line in DRAWN.strip().splitlines()[1:]]


def kroner(text):
    return None if text == "-" else Decimal(text)


def set_terms(round_, text):
    if text == "-":
        return
    name, value = text.split("=")
    found = {"True": True, "False": False}.get(value, value)
    field = Round._meta.get_field(name)
    setattr(round_, name, field.to_python(found))
    round_.save()


@pytest.mark.parametrize(("terms", "on", "amount", "own", "says"), LINES)
def test_an_application_is_held_against_the_terms_that_are_stated(
    grant, terms, on, amount, own, says
):
    set_terms(grant.round, terms)
    remarks = on_application(
        grant, on=date.fromisoformat(on), amount=kroner(amount), own=kroner(own)
    )
    if says == "fine":
        assert remarks == []
    else:
        assert [remark.refuses for remark in remarks] == [says == "no"]


def applied(grant, **more):
    return Applied(
        **{"client": grant.company, "round": grant.round, "form": "grant", "on": MAY} | more
    )


def test_a_refused_application_leaves_nothing_and_an_allowed_one_is_stored(manager, grant):
    Round.objects.update(max_amount=1000)
    grant.round.refresh_from_db()
    with pytest.raises(TermsRefused):
        record(by=manager, said=applied(grant, amount=Decimal("1000.01")))
    assert Participation.objects.count() == 1
    made = record(by=manager, said=applied(grant, amount=Decimal(1000), journal_number="24/17"))
    made.refresh_from_db()
    assert (made.state, made.applied_amount, made.journal_number) == ("applied", 1000, "24/17")


@pytest.mark.parametrize(("stated", "allowed"), [(True, False), (None, True), (False, True)])
def test_a_commitment_above_the_ceiling_is_refused_where_the_round_says_that_it_is_such_aid(
    manager, grant, stated, allowed
):
    Round.objects.update(de_minimis=stated)
    big = {"to": "committed", "on": MAY, "reason": "Board", "amount": Decimal(2_238_115)}
    if allowed:
        move(by=manager, participation=grant, **big)
    else:
        with pytest.raises(TermsRefused, match=r"300\.000"):
            move(by=manager, participation=grant, **big)
        move(by=manager, participation=grant, **big | {"amount": Decimal(2_238_114)})


def test_what_others_gave_weighs_on_the_commitment_as_the_client_declared_it(manager, grant):
    Round.objects.update(de_minimis=True)
    Participation.objects.update(declared_aid=Decimal(2_238_000))
    with pytest.raises(TermsRefused):
        move(
            by=manager, participation=grant, to="committed", on=MAY, reason="Board",
            amount=Decimal(115),
        )  # fmt: skip
    move(
        by=manager, participation=grant, to="committed", on=MAY, reason="Board", amount=Decimal(114)
    )


def test_not_more_is_paid_than_was_committed(manager, grant):
    for to, amount in (("committed", Decimal(1000)), ("completed", None)):
        move(by=manager, participation=grant, to=to, on=MAY, reason="Board", amount=amount)
    paid = {"by": manager, "participation": grant, "to": "paid", "on": MAY, "reason": "Accounts"}
    with pytest.raises(TermsRefused):
        move(**paid, amount=Decimal("1000.01"))
    move(**paid, amount=Decimal(900))
    assert budget_used(grant.round) == 900


def test_a_correction_needs_a_reason_and_keeps_to_the_terms(manager, grant):
    Round.objects.update(max_amount=1000)
    values = {"applied_amount": Decimal(900)}
    with pytest.raises(ParticipationRefused):
        correct(by=manager, participation=grant, values=values, reason=" ")
    with pytest.raises(TermsRefused):
        correct(
            by=manager, participation=grant, values={"applied_amount": Decimal(1001)}, reason="Typo"
        )
    corrected = correct(by=manager, participation=grant, values=values, reason="Typo")
    assert (corrected.applied_amount, corrected.state) == (900, "applied")
    assert corrected.edited_at is not None


# Sums: what is committed and not withdrawn takes of the budget, a paid one what was paid.
SUMS = """
 state      applied  committed  paid  used
 applied    100      -          -     0
 refused    100      -          -     0
 committed  100      90         -     90
 running    100      80         -     80
 paid       100      70         60    60
 paid       100      50         -     50
 withdrawn  100      40         -     0
"""


def test_the_sums_of_a_round_are_those_of_its_rows(grant):
    grant.delete()
    lines = [line.split() for line in SUMS.strip().splitlines()[1:]]
    for state, applied_for, committed, paid, _ in lines:
        Participation.objects.create(
            company=grant.company, round=grant.round, form="grant", state=state, stated_on=MAY,
            applied_amount=kroner(applied_for), committed_amount=kroner(committed),
            paid_amount=kroner(paid),
        )  # fmt: skip
    found = tally(Participation.objects.all())
    used = sum(int(line[4]) for line in lines)
    assert (found.all, found.counted, found.waiting) == (7, 4, 1)
    assert (found.applied, found.committed, found.used) == (700, 90 + 80 + 70 + 50, used)
    assert budget_used(grant.round) == used
    listed = with_sums(Round.objects.all()).get()
    assert (listed.people, listed.counted, listed.committed, listed.used) == (7, 4, 290, used)


def test_only_those_who_record_programmes_may(manager, grant):
    manager.role = "adviser"
    with pytest.raises(PermissionDenied):
        record(by=manager, said=applied(grant, amount=Decimal(1)))
    manager.role = "programme_manager"
    assert record(by=manager, said=applied(grant, amount=Decimal(1))).pk
