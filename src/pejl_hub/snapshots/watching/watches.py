"""What each database table is to the snapshot: which days' records a change of it touches.

``sql/`` says what the snapshot's tables are made of; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# The days of a snapshot's records, by what the database calls the record that has the client.
SERVICES = {
    "guidance": "SELECT service.held_on AS day FROM guidance_guidance AS service",
    "attendance": (
        "SELECT event.held_on AS day FROM events_attendance AS service"
        " JOIN events_event AS event ON event.id = service.event_id"
    ),
    "participation": "SELECT service.stated_on AS day FROM programmes_participation AS service",
    "referral": (
        "SELECT referral.referred_on AS day FROM guidance_guidance AS service"
        " JOIN referrals_referral AS referral ON referral.guidance_id = service.id"
    ),
    "answer": (
        "SELECT answer.answered_on AS day FROM guidance_guidance AS service"
        " JOIN surveys_answer AS answer ON answer.guidance_id = service.id"
    ),
    "referral_answer": (
        "SELECT answer.answered_on AS day FROM guidance_guidance AS service"
        " JOIN referrals_referral AS referral ON referral.guidance_id = service.id"
        " JOIN surveys_referralanswer AS said ON said.referral_id = referral.id"
        " JOIN surveys_answer AS answer ON answer.id = said.answer_id"
    ),
}
# Where a record lies on an earlier day: a course or grant where it lay before its later moves, an
# answer that was given later without a day.
EARLIER = {
    "participation": (
        "SELECT move.stated_before AS day FROM programmes_participation AS service"
        " JOIN programmes_statechange AS move ON move.participation_id = service.id"
    ),
    "answer": (
        "SELECT CAST(NULL AS DATE) AS day FROM guidance_guidance AS service"
        " JOIN surveys_answer AS answer ON answer.guidance_id = service.id"
    ),
}
PEOPLE = "SELECT id FROM companies_person WHERE later_company_id IN (SELECT {id} FROM changed)"


@dataclass(frozen=True)
class Watch:
    """A database table, and for each snapshot table the query of the days that a change touches.

    In a query ``changed`` is the rows as they were and as they are, with the columns ``needs``.
    An update of other columns than ``only`` (none = all) touches nothing. A new row touches the
    tables of ``new`` alone (None = all): no record of the others can refer to it yet.
    """

    table: str
    touches: Mapping[str, str]
    needs: tuple[str, ...] = ("id",)
    only: tuple[str, ...] = ()
    new: tuple[str, ...] | None = None

    def touched_by(self, write: str) -> Mapping[str, str]:
        """The tables and queries of an insert, an update or a delete."""
        if write != "insert" or self.new is None:
            return self.touches
        return {name: self.touches[name] for name in self.new}


def _own(day: str) -> str:
    return f"SELECT {day} AS day FROM changed"


def _days(name: str, where: str) -> str:
    """The days of the services that the condition holds for, those of earlier days included."""
    found = f"{SERVICES[name]} WHERE {where}"
    return f"{found} UNION {EARLIER[name]} WHERE {where}" if name in EARLIER else found


def _each(where: str, *names: str) -> dict[str, str]:
    return {name: _days(name, where) for name in names or SERVICES}


def _of_company(column: str) -> str:
    """Whether a service is the company's, or that of a person who founded it."""
    people = PEOPLE.format(id=column)
    return (
        f"service.id IN (SELECT id FROM {{services}} WHERE company_id IN (SELECT {column}"
        f" FROM changed) UNION SELECT id FROM {{services}} WHERE person_id IN ({people}))"
    )


def _each_of_company(column: str, *names: str) -> dict[str, str]:
    bases = {"attendance": "events_attendance", "participation": "programmes_participation"}
    return {
        name: _days(name, _of_company(column).format(services=bases.get(name, "guidance_guidance")))
        for name in names or SERVICES
    }


OWN_GUIDANCE = "service.id IN (SELECT id FROM changed)"
ROUNDS = "SELECT id FROM programmes_round WHERE programme_id IN (SELECT id FROM changed)"
MOVES = "service.id IN (SELECT participation_id FROM changed)"


def _of_rounds(rounds: str) -> dict[str, str]:
    return {
        "attendance": _days("attendance", f"event.round_id IN ({rounds})"),
        "participation": _days("participation", f"service.round_id IN ({rounds})"),
    }


WATCHES: tuple[Watch, ...] = (
    Watch(
        "guidance_guidance",
        {"guidance": _own("held_on")}
        | _each(OWN_GUIDANCE, "referral", "answer", "referral_answer"),
        ("id", "held_on"),
        new=("guidance",),
    ),
    Watch(
        "events_attendance",
        {
            "attendance": "SELECT event.held_on AS day FROM events_event AS event"
            " WHERE event.id IN (SELECT event_id FROM changed)"
        },
        ("id", "event_id"),
    ),
    Watch("events_event", {"attendance": _own("held_on")}, ("id", "held_on")),
    Watch(
        "programmes_participation",
        {
            "participation": f"{_own('stated_on')} UNION SELECT stated_before AS day FROM"
            " programmes_statechange WHERE participation_id IN (SELECT id FROM changed)"
        },
        ("id", "stated_on"),
    ),
    Watch(
        "programmes_statechange",
        {"participation": f"{_own('stated_before')} UNION {_days('participation', MOVES)}"},
        ("id", "participation_id", "stated_before"),
    ),
    Watch(
        "programmes_round",
        _of_rounds("SELECT id FROM changed"),
        only=("name", "national", "programme_id"),
        new=(),
    ),
    Watch("programmes_programme", _of_rounds(ROUNDS), only=("name",), new=()),
    Watch("companies_company", _each_of_company("id"), only=("name", "cvr"), new=()),
    Watch(
        "companies_person",
        _each("service.person_id IN (SELECT id FROM changed)"),
        only=("name", "later_company_id"),
        new=(),
    ),
    Watch(
        "companies_companyindustry",
        _each_of_company("company_id", "guidance"),
        ("id", "company_id"),
    ),
    Watch(
        "referrals_referral",
        {
            "referral": _own("referred_on"),
            "referral_answer": _days("referral_answer", "referral.id IN (SELECT id FROM changed)"),
        },
        ("id", "referred_on"),
    ),
    Watch(
        "referrals_step",
        {
            "referral": "SELECT referred_on AS day FROM referrals_referral"
            " WHERE id IN (SELECT referral_id FROM changed)",
            "referral_answer": _days(
                "referral_answer", "referral.id IN (SELECT referral_id FROM changed)"
            ),
        },
        ("id", "referral_id"),
    ),
    Watch(
        "surveys_answer",
        {
            "answer": f"{_own('answered_on')} UNION {_own('CAST(NULL AS DATE)')}",
            "referral_answer": _own("answered_on"),
        },
        ("id", "answered_on"),
    ),
    Watch(
        "surveys_referralanswer",
        {
            "referral_answer": "SELECT answered_on AS day FROM surveys_answer"
            " WHERE id IN (SELECT answer_id FROM changed)"
        },
        ("id", "answer_id"),
    ),
    Watch("outreach_approach", {"outreach": _own("contacted_on")}, ("id", "contacted_on")),
    Watch("communication_press", {"press": _own("published_on")}, ("id", "published_on")),
    Watch(
        "communication_newsletterlevel", {"newsletter": _own("measured_on")}, ("id", "measured_on")
    ),
    Watch("communication_channelviews", {"channel_view": _own("month")}, ("id", "month")),
    Watch("evidence_reportedfigure", {"reported": _own("measured_on")}, ("id", "measured_on")),
    Watch("evidence_milestone", {"milestone": _own("due_on")}, ("id", "due_on")),
    Watch("evidence_progressnote", {"progress_note": _own("noted_on")}, ("id", "noted_on")),
    Watch(
        "evidence_effort",
        {
            "milestone": "SELECT due_on AS day FROM evidence_milestone"
            " WHERE effort_id IN (SELECT id FROM changed)",
            "progress_note": "SELECT noted_on AS day FROM evidence_progressnote"
            " WHERE effort_id IN (SELECT id FROM changed)",
        },
        only=("goal",),
        new=(),
    ),
)

# Some records are told as they were on the day asked for. What happened to them between two such
# days, both given as a date or left out at the lower end, and the days of the records it touches.
BETWEEN: Mapping[str, str] = {
    "answer": _days(
        "answer",
        "answer.answered_on > {low} AND answer.answered_on <= {high}"
        " OR answer.invited_on > {low} AND answer.invited_on <= {high}",
    ),
    "milestone": "SELECT due_on AS day FROM evidence_milestone"
    " WHERE done_on > {low} AND done_on <= {high}",
    "participation": _days(
        "participation",
        "service.id IN (SELECT participation_id FROM programmes_statechange"
        ' WHERE "on" > {low} AND "on" <= {high})',
    ),
    "referral": "SELECT referred_on AS day FROM referrals_referral WHERE id IN (SELECT referral_id"
    " FROM referrals_step WHERE made_on > {low} AND made_on <= {high})",
}
