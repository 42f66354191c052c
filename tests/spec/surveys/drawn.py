"""Draw invitations as a small table."""

from datetime import date

from pejl.surveys.frame import Asked

WHEN = date(2024, 3, 1)


def invitations(drawing: str) -> list[Asked]:
    """A line an invitation: ``segment team adviser answer``; the answer is a score, ``-`` for none.

    A score may be followed by ``+`` (referral used) or ``!`` (not used).
    """
    return [
        _one(number, *line.split())
        for number, line in enumerate(drawing.split("\n"))
        if line.strip()
    ]


def _one(number: int, segment: str, team: str, adviser: str, answer: str) -> Asked:
    return Asked(
        id=number,
        invited_on=WHEN,
        answered_on=None if answer == "-" else WHEN,
        segment=None if segment == "?" else segment,
        municipality="101",
        employees=None,
        team=team,
        adviser=adviser,
        area=None,
        nps=None if answer == "-" else int(answer.rstrip("+!")),
        referral_used={"+": True, "!": False}.get(answer[-1]),
    )
