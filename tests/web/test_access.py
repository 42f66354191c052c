"""Who may do what: the whole table, drawn."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pejl_hub.accounts.access import (
    Action,
    Scope,
    may,
    municipality_for,
    own,
    reaches,
    require,
    require_reach,
    scope_of,
    sees_published_only,
    within_municipality,
)
from pejl_hub.accounts.actions import DEMO_USERS, demo_password, make_demo_users
from pejl_hub.accounts.models import Role, User
from pejl_hub.core.models import SavedView

DRAWN = """
                    see_status see_all_municipalities see_small_counts see_records see_names import see_enrolment read_comments use_desk record_guidance record_events record_programmes record_outreach record_publicity merge edit_lists report_figures see_quality close reopen see_audit make_reports approve_reports see_efforts record_efforts write_comments approve_comments see_plans keep_plans edit_contract adopt_contract send_contract decide_readings see_bodies edit_bodies keep_sign_in manage_users see_privacy keep_privacy tell_plans hold_keys
administrator       yes        yes                    yes              yes         yes       yes    yes           yes           yes      yes             yes           yes               yes             yes              yes   yes        yes            yes         yes   yes    yes       yes          yes             yes         yes            yes            yes              yes       yes        yes           yes            yes           yes             yes        yes       yes          yes          yes         yes  yes        yes
controller          yes        yes                    yes              yes         yes       yes    yes           yes           yes      yes             yes           yes               yes             yes              yes   no         yes            yes         yes   yes    yes       yes          yes             yes         yes            yes            yes              yes       yes        yes           yes            no            yes             yes        yes       yes          no           yes         yes  yes        yes
director            yes        yes                    yes              yes         yes       no     yes           yes           yes      no              no            no                no              no               no    no         no             yes         no    yes    yes       no           yes             yes         yes            yes            yes              yes       yes        yes           yes            yes           yes             yes        yes       yes          no           yes         no  yes        yes
team_lead           yes        yes                    yes              yes         yes       no     yes           yes           yes      yes             yes           no                yes             no               yes   no         no             yes         no    no     no        no           no              yes         yes            yes            no               yes       no         no            no             no            no              yes        no       yes          no           no          no  yes        yes
adviser             yes        yes                    yes              yes         no        no     yes           no            yes      yes             yes           no                yes             no               no    no         no             no          no    no     no        no           no              yes         no             no             no               yes       no         no            no             no            no              yes        no       yes          no           no          no  yes        yes
programme_manager   yes        yes                    yes              yes         no        no     no            no            yes      no              yes           yes               no              no               no    no         no             no          no    no     no        no           no              yes         yes            yes            no               yes       no         no            no             no            no              yes        no       yes          no           no          no  yes        yes
communications      yes        yes                    yes              yes         no        no     no            no            yes      no              yes           no                no              yes              no    no         no             no          no    no     no        no           no              yes         no             yes            no               yes       no         no            no             no            no              yes        no       yes          no           no          no  yes        yes
board               yes        yes                    no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              yes         no             no             no               no        no         yes           no             no            no              yes        no       yes          no           no          no  no         no
kkr_reader          yes        yes                    no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              no          no             no             no               no        no         no            no             no            no              yes        no       yes          no           no          no  no         no
municipality_reader yes        no                     no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              no          no             no             no               no        no         no            no             no            no              no         no       yes          no           no          no  no         no
authority_reader    yes        yes                    no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              no          no             no             no               no        no         no            no             no            no              no         no       yes          no           no          no  no         no
auditor             yes        yes                    yes              yes         no        no     no            no            no       no              no            no                no              no               no    no         no             yes         no    no     yes       no           no              yes         no             no             no               yes       no         no            no             no            no              yes        no       yes          no           yes         no  yes        yes
"""  # noqa: E501 - a table is read across


def cells() -> list[tuple[str, str, bool]]:
    header, *lines = (line.split() for line in DRAWN.strip().splitlines())
    return [
        (role, action, answer == "yes")
        for role, *answers in lines
        for action, answer in zip(header, answers, strict=True)
    ]


@pytest.mark.parametrize(("role", "action", "allowed"), cells())
def test_each_role_may_do_exactly_what_the_table_says(role, action, allowed):
    assert may(User(role=role), Action(action)) is allowed


def test_the_drawn_table_holds_every_role_and_every_action():
    assert {role for role, _, _ in cells()} == set(Role.values)
    assert {action for _, action, _ in cells()} == {action.value for action in Action}


def test_require_lets_a_controller_import_and_refuses_the_board():
    require(User(role=Role.CONTROLLER), Action.IMPORT)
    with pytest.raises(PermissionDenied):
        require(User(role=Role.BOARD), Action.IMPORT)


def test_a_municipality_reader_is_given_the_own_municipality_and_refused_another():
    karla = User(role=Role.MUNICIPALITY_READER, municipality="151")
    assert municipality_for(karla, None) == "151"
    assert municipality_for(karla, "151") == "151"
    with pytest.raises(PermissionDenied):
        municipality_for(karla, "101")


def test_a_controller_sees_the_municipality_asked_for_or_all_of_them():
    alice = User(role=Role.CONTROLLER)
    assert municipality_for(alice, "101") == "101"
    assert municipality_for(alice, "") is None


# Where an action does not reach the whole hub; every other yes of the table above does.
SCOPES = """
see_status       board kkr_reader authority_reader                                     published
see_status       municipality_reader                                                   own_municipality
approve_comments administrator controller director                                     others
reopen           administrator controller director                                     others
approve_reports  administrator controller director                                     others
tell_plans       team_lead adviser programme_manager communications auditor            own
hold_keys        administrator controller director team_lead adviser programme_manager communications auditor own
keep_sign_in     administrator controller director team_lead adviser programme_manager communications board kkr_reader municipality_reader authority_reader auditor own
"""  # noqa: E501 - a table is read across


def narrower() -> dict[tuple[str, str], Scope]:
    lines = [line.split() for line in SCOPES.strip().splitlines()]
    return {(role, action): Scope(scope) for action, *roles, scope in lines for role in roles}


def test_each_right_reaches_exactly_as_far_as_the_table_says():
    found = {
        (role, action): scope_of(User(role=role), Action(action))
        for role, action, allowed in cells()
        if allowed
    }
    assert found == dict.fromkeys(found, Scope.HUB) | narrower()
    refused = [scope_of(User(role=r), Action(a)) for r, a, allowed in cells() if not allowed]
    assert set(refused) == {None}


def test_nobody_is_their_own_second_person():
    alice, dorte = User(pk=1, role=Role.CONTROLLER), User(pk=2, role=Role.DIRECTOR)
    assert reaches(dorte, Action.APPROVE_REPORTS, alice)
    assert not reaches(dorte, Action.APPROVE_REPORTS, dorte)
    with pytest.raises(PermissionDenied):
        require_reach(dorte, Action.APPROVE_REPORTS, dorte)
    assert not reaches(User(pk=3, role=Role.BOARD), Action.APPROVE_REPORTS, alice)


def test_an_adviser_tells_of_the_own_occasions_and_a_controller_of_everybody_s():
    ravi, alice = User(pk=1, role=Role.ADVISER), User(pk=2, role=Role.CONTROLLER)
    assert reaches(ravi, Action.TELL_PLANS, ravi)
    assert not reaches(ravi, Action.TELL_PLANS, alice)
    assert not reaches(ravi, Action.TELL_PLANS, None)
    assert reaches(alice, Action.TELL_PLANS, ravi)
    assert reaches(alice, Action.TELL_PLANS, None)


@pytest.mark.django_db
def test_rows_are_narrowed_to_the_own_and_to_the_own_municipality():
    karla = User.objects.create(username="karla", role=Role.MUNICIPALITY_READER, municipality="151")
    User.objects.create(username="kim", role=Role.MUNICIPALITY_READER, municipality="101")
    alice = User.objects.create(username="alice", role=Role.CONTROLLER)
    everybody = User.objects.order_by("username")
    views = [
        SavedView.objects.create(owner=user, listing="x", name="x", query="")
        for user in (karla, alice)
    ]
    assert list(own(SavedView.objects.all(), karla, "owner")) == views[:1]
    assert list(within_municipality(everybody, karla)) == [karla]
    assert within_municipality(everybody, alice).count() == 3
    assert not own(SavedView.objects.all(), AnonymousUser(), "owner").exists()
    assert not within_municipality(everybody, AnonymousUser()).exists()


def test_who_reads_from_outside_is_shown_what_has_been_published():
    outside = [role for role in Role if sees_published_only(User(role=role))]
    assert outside == [
        Role.BOARD,
        Role.KKR_READER,
        Role.MUNICIPALITY_READER,
        Role.AUTHORITY_READER,
    ]
    assert sees_published_only(AnonymousUser())


@pytest.mark.django_db
def test_a_municipality_belongs_to_a_municipality_reader_and_to_nobody_else():
    User.objects.create(username="karla", role=Role.MUNICIPALITY_READER, municipality="151")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="bob", role=Role.MUNICIPALITY_READER)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="bent", role=Role.BOARD, municipality="151")


@pytest.mark.django_db
def test_making_the_demo_users_twice_makes_one_for_each_role_once():
    make_demo_users()
    make_demo_users()
    assert {user.role for user in User.objects.all()} == set(Role.values)
    assert User.objects.count() == len(DEMO_USERS)
    assert all(u.is_demo and u.check_password(demo_password()) for u in User.objects.all())


def test_each_installation_has_its_own_demo_password_unless_one_is_given(
    settings, tmp_path, monkeypatch
):
    settings.DATA = tmp_path
    made = demo_password()
    assert demo_password() == made
    (tmp_path / "other").mkdir()
    settings.DATA = tmp_path / "other"
    assert demo_password() != made
    monkeypatch.setenv("PEJL_DEMO_PASSWORD", "given-by-the-hub")
    assert demo_password() == "given-by-the-hub"
