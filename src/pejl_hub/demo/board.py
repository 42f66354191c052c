"""The demo's board: its seats, who nominates, the next appointment, and municipal contacts."""

from datetime import date

from pejl_hub.accounts.models import User
from pejl_hub.bodies.actions import begin_appointment, save
from pejl_hub.bodies.models import Body, ContactRole, MunicipalContact, Nominator, Seat
from pejl_hub.demo.frame import Frame

NAME = "Bestyrelsen (opdigtet)"
# Seat, who nominates, member (nobody yet where None), chair.
SEATS = (
    ("Formand", "KKR", "Birgit Opdigtet", True),
    ("Kommunal plads 1", "KKR", "Mogens Opdigtet", False),
    ("Kommunal plads 2", "KKR", "Yasmin Opdigtet", False),
    ("Erhvervslivet 1", "Opdigtet Erhverv", "Torben Opdigtet", False),
    ("Erhvervslivet 2", "Opdigtet Håndværk", "Camilla Opdigtet", False),
    ("Viden og uddannelse", "Opdigtet Universitet", "Erik Opdigtet", False),
    ("Lønmodtagerne", "Opdigtet Fagforbund", None, False),
)
TERM = 4  # years
CONTACTS = 5
CONTACT_NAMES = ("Lone", "Henrik", "Fatima", "Karsten", "Julie")


def seat_board(frame: Frame, places: list[str], by: User) -> None:
    """A board for four years from the contract's, and the appointment of the next one; once."""
    if Body.objects.exists():
        return
    first = frame.last_day.year
    body = Body(name=NAME, about="Godkender kontrakten og følger dens tal hvert kvartal.")
    save(thing=body, by=by)
    for place, nominated_by, member, chair in SEATS:
        save(
            thing=Seat(
                body=body,
                place=place,
                nominated_by=nominated_by,
                member=member,
                chair=chair,
                starts_on=date(first, 1, 1),
                ends_on=date(first + TERM - 1, 12, 31),
            ),
            by=by,
        )
    for organisation in sorted({one[1] for one in SEATS} - {"KKR"}):
        decided = date(first - 1, 3, 1)
        save(thing=Nominator(body=body, organisation=organisation, decided_on=decided), by=by)
    period = f"{first + TERM}–{first + 2 * TERM - 1}"
    begin_appointment(body=body, period=period, begins_on=date(first + TERM, 1, 1), by=by)
    _contacts(frame, places, by)


def _contacts(frame: Frame, places: list[str], by: User) -> None:
    for place, name in zip(places[:CONTACTS], CONTACT_NAMES, strict=False):
        save(
            thing=MunicipalContact(
                municipality=place,
                name=f"{name} Opdigtet",
                role=ContactRole.BUSINESS,
                title="Erhvervskonsulent",
                email=f"erhverv-{place}@example.org",
                since=frame.first_day,
            ),
            by=by,
        )
