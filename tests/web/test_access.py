"""Who may do what: the whole table, drawn."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pejl_hub.accounts.access import Action, may, municipality_for, require
from pejl_hub.accounts.actions import DEMO_USERS, demo_password, make_demo_users
from pejl_hub.accounts.models import Role, User

DRAWN = """
                    see_status see_all_municipalities see_small_counts see_records see_names import see_enrolment read_comments use_desk record_guidance record_events record_programmes record_outreach record_publicity merge edit_lists report_figures see_quality close reopen see_audit make_reports approve_reports see_efforts record_efforts write_comments approve_comments see_plans keep_plans edit_contract adopt_contract send_contract decide_readings see_bodies edit_bodies keep_sign_in manage_users see_privacy keep_privacy
administrator       yes        yes                    yes              yes         yes       yes    yes           yes           yes      yes             yes           yes               yes             yes              yes   yes        yes            yes         yes   yes    yes       yes          yes             yes         yes            yes            yes              yes       yes        yes           yes            yes           yes             yes        yes       yes          yes          yes         yes
controller          yes        yes                    yes              yes         yes       yes    yes           yes           yes      yes             yes           yes               yes             yes              yes   no         yes            yes         yes   yes    yes       yes          yes             yes         yes            yes            yes              yes       yes        yes           yes            no            yes             yes        yes       yes          no           yes         yes
director            yes        yes                    yes              yes         yes       no     yes           yes           yes      no              no            no                no              no               no    no         no             yes         no    yes    yes       no           yes             yes         yes            yes            yes              yes       yes        yes           yes            yes           yes             yes        yes       yes          no           yes         no
team_lead           yes        yes                    yes              yes         yes       no     yes           yes           yes      yes             yes           no                yes             no               yes   no         no             yes         no    no     no        no           no              yes         yes            yes            no               yes       no         no            no             no            no              yes        no       yes          no           no          no
adviser             yes        yes                    yes              yes         no        no     yes           no            yes      yes             yes           no                yes             no               no    no         no             no          no    no     no        no           no              yes         no             no             no               yes       no         no            no             no            no              yes        no       yes          no           no          no
programme_manager   yes        yes                    yes              yes         no        no     no            no            yes      no              yes           yes               no              no               no    no         no             no          no    no     no        no           no              yes         yes            yes            no               yes       no         no            no             no            no              yes        no       yes          no           no          no
communications      yes        yes                    yes              yes         no        no     no            no            yes      no              yes           no                no              yes              no    no         no             no          no    no     no        no           no              yes         no             yes            no               yes       no         no            no             no            no              yes        no       yes          no           no          no
board               yes        yes                    no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              yes         no             no             no               no        no         yes           no             no            no              yes        no       yes          no           no          no
kkr_reader          yes        yes                    no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              no          no             no             no               no        no         no            no             no            no              yes        no       yes          no           no          no
municipality_reader yes        no                     no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              no          no             no             no               no        no         no            no             no            no              no         no       yes          no           no          no
authority_reader    yes        yes                    no               no          no        no     no            no            no       no              no            no                no              no               no    no         no             no          no    no     no        no           no              no          no             no             no               no        no         no            no             no            no              no         no       yes          no           no          no
auditor             yes        yes                    yes              yes         no        no     no            no            no       no              no            no                no              no               no    no         no             yes         no    no     yes       no           no              yes         no             no             no               yes       no         no            no             no            no              yes        no       yes          no           yes         no
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
