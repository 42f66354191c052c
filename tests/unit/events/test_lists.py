"""A list of attendees: three piles, no company made, no row lost, the same again is nothing."""

from datetime import timedelta

import pytest
import xlsxwriter

from pejl.base.errors import UserError
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, CompanyMunicipality, Contact, Person
from pejl_hub.events.actions.settling import make_person, match_again, settle
from pejl_hub.events.actions.signing import sign_up
from pejl_hub.events.clients import COMPANY, Client
from pejl_hub.events.models import Attendance, AttendeeList, Signup
from pejl_hub.sources.attendees.actions import take_in, undo
from pejl_hub.sources.attendees.rows import read
from tests.unit.events.conftest import ANKER, guest

pytestmark = pytest.mark.django_db

HEAD = "Navn;E-mail;CVR;Virksomhed;Kommune;Fremmøde"


@pytest.fixture
def held(make, today):
    """An event yesterday."""
    return make(held_on=today - timedelta(days=1), published=False)


@pytest.fixture
def take(held, ravi, tmp_path):
    """Takes a drawn list into the event; ``-`` is an empty cell, ``_`` a space."""

    def take_one(table, *, otherwise="attended", reason=""):
        lines = [line.split() for line in table.strip().splitlines()]
        cells = [["" if c == "-" else c.replace("_", " ") for c in line] for line in lines]
        path = tmp_path / "deltagere.csv"
        path.write_text("\n".join([HEAD, *(";".join(line) for line in cells)]), encoding="utf-8")
        return take_in(event=held, path=path, otherwise=otherwise, by=ravi, reason=reason)

    return take_one


def piles(taken):
    counts = taken.counts
    return counts["matched"], counts["several"], counts["unmatched"]


def twins():
    return [
        Company.objects.create(cvr=cvr, name="Tvilling ApS") for cvr in ("53648371", "10000025")
    ]


@pytest.mark.parametrize(
    ("row", "pile", "by"),
    [
        ("Alma  -                 10000009     -                -  -", "matched", "cvr"),
        ("Alma  -                 DK10000009   -                -  -", "matched", "cvr"),
        ("Alma  ALMA@anker.dk     -            -                -  -", "matched", "email"),
        ("Alma  -                 -            Anker_Design_ApS Ballerup -", "matched", "name"),
        ("Alma  -                 -            Anker_Design_ApS 151 -", "matched", "name"),
        # A name alone never decides, nor does it in another municipality.
        ("Alma  -                 -            Anker_Design_ApS -  -", "unmatched", None),
        ("Alma  -                 -            Anker_Design_ApS Gentofte -", "unmatched", None),
        ("Alma  -                 -            Anker_Design -  -", "unmatched", None),
        ("Alma  -                 -            Tvilling_ApS     -  -", "several", None),
        # A number that checks but is not on record is nobody else's, whatever the address says.
        ("Alma  alma@anker.dk     10000033     -                -  -", "unmatched", None),
        # One that does not check says nothing: the address decides.
        ("Alma  alma@anker.dk     10000034     -                -  -", "matched", "email"),
    ],
)  # fmt: skip
def test_who_a_row_is(row, pile, by, take, anker):
    twins()
    taken = take(row)
    signup = Signup.objects.get()
    assert (signup.pile, signup.matched_by) == (pile, by)
    assert taken.counts[pile] == 1
    assert (Company.objects.count(), Attendance.objects.count()) == (3, int(pile == "matched"))


def test_an_address_of_two_companies_is_several_and_of_a_founder_is_the_company(take, anker):
    twin, _ = twins()
    for company in (anker, twin):
        Contact.objects.create(company=company, name="Fælles", email="info@huset.dk")
    Person.objects.create(name="Petra", email="petra@x.dk")
    taken = take(
        """
        A info@huset.dk - - - -
        B petra@x.dk    - - - -
        """
    )
    assert piles(taken) == (1, 1, 0)
    assert Signup.objects.get(name="B").person.name == "Petra"


def test_the_states_of_a_list_are_read_and_unknown_ones_refused(take, anker):
    taken = take(
        """
        A a@x.dk 10000009 - - Ja
        B b@x.dk 10000009 - - Nej
        C c@x.dk 10000009 - - Afmeldt
        D d@x.dk 10000009 - - -
        E e@x.dk 10000009 - - Måske
        """
    )
    drawn = " ".join(f"{s.name}:{s.state}" for s in Signup.objects.order_by("name"))
    assert drawn == "A:attended B:no_show C:cancelled D:attended"
    assert [one["line"] for one in taken.refused] == [6]
    assert Attendance.objects.filter(state="attended").count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("010170-1234 a@x.dk - - - -", "name"),
        ("A a@x.dk 0101701234 - - -", "cvr"),
        ("A a@x.dk - Firma_010170-1234 - -", "company_name"),
        ("- - - Firma - -", "name"),
        ("A ikke-en-adresse - - - -", "email"),
    ],
)
def test_a_refused_row_is_told_of_by_line_and_column_and_not_kept(row, column, take, anker):
    taken = take(f"B b@x.dk 10000009 - - -\n{row}")
    assert [(one["line"], one["column"]) for one in taken.refused] == [(3, column)]
    assert Signup.objects.get().name == "B"
    assert "010170" not in str(taken.refused)


def test_the_same_list_again_changes_nothing_and_one_row_more_adds_one(take, anker, held):
    table = """
        A a@x.dk 10000009 - - Ja
        B -      -        - - Ja
        B -      -        - - Ja
        C c@x.dk -        - - Ja
        C c@x.dk -        - - Ja
    """
    first = take(table)
    assert piles(first) == (1, 0, 3)  # two people called B, and C once
    assert first.counts["repeated"] == 1
    rows = list(Signup.objects.values())
    again = take(table)
    assert (piles(again), again.counts["unchanged"]) == ((0, 0, 0), 4)
    assert list(Signup.objects.values()) == rows
    assert piles(take(table + "D d@x.dk - - - Ja")) == (0, 0, 1)


def test_a_list_tells_of_those_who_signed_up_and_undoing_it_takes_that_back(
    make, take, anker, held
):
    event = make()
    signup = sign_up(event=event, given=guest(cvr=ANKER))
    Signup.objects.update(event=held)
    Attendance.objects.update(event=held)
    taken = take("ALMA alma@example.org - - - Ja")
    signup.refresh_from_db()
    assert (signup.state, Signup.objects.count(), taken.counts["moved"]) == ("attended", 1, 1)
    assert Attendance.objects.get().state == "attended"
    undo(taken=taken, by=taken.by)
    assert (Signup.objects.get().state, Attendance.objects.get().state) == ("registered",) * 2


def test_five_thousand_rows_make_no_company_and_lose_no_row(held, ravi, tmp_path, today):
    """20 % unmatched and 5 % ambiguous; matched by number, by address, and by name in place."""
    cvrs = valid_cvrs(1_300)
    made = Company.objects.bulk_create(
        [Company(cvr=cvr, name=f"Firma {n} ApS") for n, cvr in enumerate(cvrs[:1_250])]
        + [Company(cvr=cvr, name="Tvilling ApS") for cvr in cvrs[1_250:]]
    )
    CompanyMunicipality.objects.bulk_create(
        CompanyMunicipality(company=one, from_date=today, municipality="151", source="t")
        for one in made
    )
    CompanyMunicipality.objects.update(from_date=today - timedelta(days=9))
    Contact.objects.bulk_create(
        Contact(company=one, name="K", email=f"k{n}@firma.dk") for n, one in enumerate(made[:1_250])
    )
    path = tmp_path / "deltagere.xlsx"
    write_workbook(path, [list_row(n, cvrs) for n in range(5_000)])

    taken = take_in(event=held, path=path, otherwise="attended", by=ravi)
    assert piles(taken) == (3_750, 250, 1_000)
    assert (Company.objects.count(), Person.objects.count()) == (1_300, 0)
    assert Signup.objects.count() == 5_000 == sum(taken.counts.values())
    assert Attendance.objects.filter(state="attended").count() == 3_750
    assert set(Attendance.objects.values_list("municipality", flat=True)) == {"151"}
    assert {s.name for s in Signup.objects.all()} == {f"Deltager {n}" for n in range(5_000)}

    before = list(Signup.objects.values()), list(Attendance.objects.values())
    again = take_in(event=held, path=path, otherwise="attended", by=ravi)
    assert again.counts["unchanged"] == 5_000
    assert (list(Signup.objects.values()), list(Attendance.objects.values())) == before

    undo(taken=taken, by=ravi)
    assert (Signup.objects.count(), Attendance.objects.count()) == (0, 0)


def list_row(n, cvrs):
    """Of twenty: four unmatched, one ambiguous, and five by each of the three rules."""
    name, k, own = f"Deltager {n}", n % 20, n // 4
    if k < 4:
        return [name, f"ny{n}@ukendt.dk", "", "Ukendt ApS", "Ballerup"]
    if k == 4:
        return [name, "", "", "Tvilling ApS", "Ballerup"]
    if k < 10:
        return [name, "", cvrs[own], "", ""]
    if k < 15:
        return [name, f"K{own}@firma.dk", "", "", ""]
    return [name, "", "", f"Firma {own} ApS", "Ballerup"]


def write_workbook(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Deltagere")
        for place, row in enumerate([["Navn", "E-mail", "CVR", "Virksomhed", "Kommune"], *rows]):
            sheet.write_row(place, 0, row)


def valid_cvrs(count):
    from pejl_hub.companies.cvr import is_cvr

    numbers = (str(number) for number in range(20_000_000, 90_000_000))
    return [number for number, _ in zip(filter(is_cvr, numbers), range(count), strict=False)]


def test_what_is_settled_counts_and_what_is_left_stays_in_the_pile(take, anker, ravi):
    take("A - - - - Ja\nB - - - - Ja\nC - - - - Ja")
    a, b, c = Signup.objects.order_by("name")
    settle(signup=a, client=Client(COMPANY, anker.pk), by=ravi)
    person = make_person(signup=b, by=ravi)
    drawn = [(s.pile, s.matched_by) for s in Signup.objects.order_by("name")]
    assert drawn == [("matched", "ravi"), ("matched", "ravi"), ("unmatched", None)]
    assert {x.company or x.person for x in Attendance.objects.all()} == {anker, person}
    assert Attendance.objects.get(person=person).segment == "pre_starter"
    settle(signup=a, client=None, by=ravi)
    assert Attendance.objects.get().person == person
    assert Signup.objects.get(pk=a.pk).pile == "unmatched"
    assert c.attendance is None


def test_a_company_fetched_since_is_recognised_when_the_pile_is_tried_again(take, held, ravi):
    take("A - 10000009 - - Ja")
    assert Attendance.objects.count() == 0
    Company.objects.create(cvr="10000009", name="Hentet")
    assert match_again(event=held, by=ravi) == 1
    assert Attendance.objects.get().company.name == "Hentet"


def test_a_list_whose_rows_were_settled_since_is_not_undone(take, anker, ravi):
    taken = take("A - - - - Ja\nB - 10000009 - - Ja")
    settle(signup=Signup.objects.get(name="A"), client=Client(COMPANY, anker.pk), by=ravi)
    with pytest.raises(UserError):
        undo(taken=taken, by=ravi)
    assert Signup.objects.count() == Attendance.objects.count() == 2


def test_a_list_into_a_closed_period_needs_a_reason_and_is_a_correction(take, anker, held, today):
    first = held.held_on.replace(day=1)
    Close.objects.create(first_day=first, last_day=held.held_on, snapshot_id="s", signed="Alice")
    with pytest.raises(PeriodClosed):
        take("A - 10000009 - - Ja")
    assert (Signup.objects.count(), AttendeeList.objects.count()) == (0, 0)
    take("A - 10000009 - - Ja", reason="Listen kom sent")
    assert Correction.objects.get().reason == "Listen kom sent"


def test_attendance_at_what_lies_ahead_is_refused_and_sign_ups_are_not(make, ravi, tmp_path, anker):
    event, path = make(), tmp_path / "l.csv"
    path.write_text("Navn\nAlma\n", encoding="utf-8")
    with pytest.raises(UserError):
        take_in(event=event, path=path, otherwise="attended", by=ravi)
    take_in(event=event, path=path, otherwise="registered", by=ravi)
    assert Signup.objects.get().state == "registered"


def test_a_file_without_names_and_addresses_is_refused_with_what_is_needed(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("CVR;Kommune\n10000009;Ballerup\n", encoding="utf-8")
    with pytest.raises(UserError, match="Navn"):
        read(path)


def test_first_and_last_name_make_a_name(tmp_path):
    path = tmp_path / "l.csv"
    path.write_text("Fornavn;Efternavn\nAlma;Anker\n", encoding="utf-8")
    assert [one.name for one in read(path).attendees] == ["Alma Anker"]
