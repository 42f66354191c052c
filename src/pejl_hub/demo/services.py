"""What the demo's clients were given: guidance, events, programmes and approaches."""

from datetime import date

from pejl_hub.demo import names, shape
from pejl_hub.demo.calendar import later, working_day
from pejl_hub.demo.clients import Client, Clients
from pejl_hub.demo.dice import Dice
from pejl_hub.demo.rows import Export, Row, amount, written


def make_guidances(dice: Dice, export: Export, clients: Clients) -> None:
    """Write each year's guidances, and the referrals and evaluations that follow them."""
    for year, number in export.frame.by_year(shape.GUIDANCES).items():
        for _ in range(number):
            day = working_day(dice, year)
            row = _guidance(dice, export, clients, day)
            if row["Status"] == "Gennemført":
                _refer(dice, export, row, day)
                _evaluate(dice, export, row, day)


def _guidance(dice: Dice, export: Export, clients: Clients, day: date) -> Row:
    client = clients.one(dice, day)
    return export.add(
        "vejledninger",
        export.next_id("vejledninger", "V"),
        written(day),
        client.id,
        dice.weighted(shape.GUIDANCE_TYPES),
        dice.weighted(shape.CHANNELS),
        dice.weighted(shape.GUIDANCE_STATES),
        _segment_then(dice, client),
        _size_then(dice, client),
        _place_then(dice, clients, client),
        dice.weighted(shape.AREAS),
        f"vejleder{dice.whole(1, shape.ADVISERS):02d}",
        str(dice.weighted(shape.MINUTES)),
        "",
        written(later(dice, day, 0, 14)),
    )


def _segment_then(dice: Dice, client: Client) -> str:
    changed = client.cvr is not None and dice.chance(shape.CHANGED_SEGMENT)
    return dice.weighted(shape.SEGMENTS) if changed else client.segment


def _size_then(dice: Dice, client: Client) -> str:
    if client.employees is None or dice.chance(shape.UNKNOWN_SIZE):
        return ""
    return str(max(0, client.employees + dice.weighted({-1: 12, 0: 70, 1: 12, 2: 6})))


def _place_then(dice: Dice, clients: Clients, client: Client) -> str:
    if dice.chance(shape.UNKNOWN_MUNICIPALITY):
        return ""
    return clients.place(dice, client.municipality)


def _refer(dice: Dice, export: Export, guidance: Row, day: date) -> None:
    if not dice.chance(shape.REFERRED):
        return
    kind = dice.weighted({"Privat": 62, "Offentlig": 38})
    export.add(
        "henvisninger",
        export.next_id("henvisninger", "H"),
        guidance["VejledningId"],
        written(later(dice, day, 0, 10)),
        dice.one_of(names.RECIPIENTS[kind]),
        kind,
        guidance["Prioritetsområde"],
        dice.weighted(shape.REFERRAL_STATES),
    )


def _evaluate(dice: Dice, export: Export, guidance: Row, day: date) -> None:
    if guidance["Type"] != "Specialiseret" or not dice.chance(shape.TO_EVALUATION):
        return
    invited = later(dice, day, 5, 30)
    guidance["SendtTilEvaluering"] = written(invited)
    answered = dice.chance(shape.ANSWERED)
    export.add(
        "brugerevaluering",
        export.next_id("brugerevaluering", "S"),
        guidance["VejledningId"],
        written(invited),
        written(later(dice, invited, 0, 20)) if answered else "",
        guidance["Segment"],
        str(dice.weighted(shape.SCORES[guidance["Segment"]])) if answered else "",
        _referral_used(dice) if answered else "",
    )


def _referral_used(dice: Dice) -> str:
    if not dice.chance(shape.ASKED_ABOUT_REFERRAL):
        return ""
    return "Ja" if dice.chance(shape.REFERRAL_USED) else "Nej"


def make_events(dice: Dice, export: Export, clients: Clients) -> None:
    """Write each year's events and who signed up to them."""
    for year, number in export.frame.by_year(shape.EVENTS).items():
        for _ in range(number):
            _event(dice, export, clients, working_day(dice, year))


def _event(dice: Dice, export: Export, clients: Clients, day: date) -> None:
    area = dice.weighted(shape.AREAS)
    event = export.add(
        "arrangementer",
        export.next_id("arrangementer", "A"),
        f"{dice.one_of(('Workshop', 'Temamøde', 'Netværk'))} om {area.lower()}",
        written(day),
        dice.weighted({"Fysisk": 58, "Virtuel": 42}),
        clients.place(dice, dice.weighted(export.frame.municipalities)),
        area,
        dice.weighted(shape.PROGRAMME_EVENT),
    )
    guests = {clients.one(dice, day).id: None for _ in range(dice.whole(*shape.AT_AN_EVENT))}
    for guest in guests:
        state = dice.weighted(shape.ATTENDANCE_STATES)
        number = export.next_id("deltagelser", "D")
        export.add("deltagelser", number, event["ArrangementId"], guest, state)


def make_participations(dice: Dice, export: Export, clients: Clients) -> None:
    """Write the programmes, and each year's courses and grants in them."""
    for programme in shape.PROGRAMMES:
        export.add("programmer", *programme)
    for year, number in export.frame.by_year(shape.PARTICIPATIONS).items():
        for _ in range(number):
            _participation(dice, export, clients, working_day(dice, year))


def _participation(dice: Dice, export: Export, clients: Clients, day: date) -> None:
    grant = dice.chance(0.5)
    state = dice.weighted(shape.PARTICIPATION_STATES)
    applied = 1000 * dice.whole(20, 200)
    committed = applied * dice.whole(70, 100) // 100
    export.add(
        "programdeltagelser",
        export.next_id("programdeltagelser", "PD"),
        dice.weighted(shape.PROGRAMME_WEIGHTS),
        (clients.company if grant else clients.one)(dice, day).id,
        "Tilskud" if grant else "Forløb",
        state,
        written(day),
        amount(applied) if grant else "",
        amount(committed) if grant and state in shape.WITH_COMMITMENT else "",
        amount(applied // 2) if grant else "",
    )


def make_approaches(dice: Dice, export: Export, clients: Clients) -> None:
    """Write each year's approaches to companies."""
    for year, number in export.frame.by_year(shape.APPROACHES).items():
        for _ in range(number):
            _approach(dice, export, clients, working_day(dice, year))


def _approach(dice: Dice, export: Export, clients: Clients, day: date) -> None:
    company = clients.company(dice, day)
    export.add(
        "opsoegende",
        export.next_id("opsoegende", "O"),
        written(day),
        company.cvr or "",
        clients.place(dice, company.municipality),
        str(company.employees),
        "Ja" if dice.chance(shape.WITH_LOCAL_SERVICE) else "Nej",
        dice.weighted(shape.OUTCOMES),
    )
