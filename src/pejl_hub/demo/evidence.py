"""What the demo's year has that no export holds: reported figures and the special efforts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pejl.contract.goal import Contract, Goal
from pejl_hub.evidence.actions import Note, Step


@dataclass(frozen=True)
class Reported:
    """A made-up figure, in the goal's unit, with its 95 % interval."""

    goal: str
    measured_on: date
    value: Decimal
    n: int
    interval: tuple[Decimal, Decimal]
    reported_by: str = "Opdigtet Analyse"


@dataclass(frozen=True)
class Told:
    """A made-up effort."""

    goal: str
    title: str
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]


def reported_in(contract: Contract) -> list[Reported]:
    """What others reported on the contract's goals; a goal that has no story here gets one."""
    told = [figure for figure in REPORTED if _is_of(contract, figure.goal, figure.measured_on)]
    if told:
        return told
    return [
        Reported(goal.id, date(contract.period.end.year, 11, 2), *_measured(goal))
        for goal in contract.goals.values()
        if goal.measure["kind"] == "reported" and goal.target
    ]


def efforts_in(contract: Contract) -> list[Told]:
    """The contract's efforts; a goal that has no story here gets one."""
    told = [effort for effort in EFFORTS if _is_of(contract, effort.goal, effort.steps[0].due_on)]
    if told:
        return told
    year = contract.period.end.year
    return [
        Told(goal.id, goal.label["da"], _steps(year), _notes(year))
        for goal in contract.goals.values()
        if goal.measure["kind"] == "narrative" and set(goal.status.values()) == {"agreed"}
    ]


def _is_of(contract: Contract, goal: str, day: date) -> bool:
    return goal in contract.goals and day in contract.period


def _measured(goal: Goal) -> tuple[Decimal, int, tuple[Decimal, Decimal]]:
    """A little short of the number: value, n and the interval around it."""
    values = goal.target.values.values() if goal.target else ()
    number = next((each.value or each.expected for each in values), None) or Decimal(0)
    value = (number * Decimal("0.96")).quantize(Decimal("0.1"))
    return value, 640, (value - 3, value + 3)


def _steps(year: int) -> tuple[Step, ...]:
    return (
        Step("Parterne er enige om opgaven", date(year, 3, 15), date(year, 3, 10)),
        Step("De første virksomheder er med", date(year, 6, 30), date(year, 7, 8)),
        Step("Erfaringerne er samlet", date(year, 11, 30)),
    )


def _notes(year: int) -> tuple[Note, ...]:
    return (
        Note(date(year, 3, 20), "on_track", "Opgaven er beskrevet, og parterne har sagt ja."),
        Note(date(year, 7, 10), "at_risk", "De første virksomheder kom med en uge for sent."),
    )


REPORTED = (
    Reported("awareness", date(2024, 5, 14), Decimal("44.1"), 1180, (Decimal(41), Decimal(47))),
    Reported(
        "awareness", date(2024, 11, 12), Decimal("47.6"), 1204, (Decimal("44.8"), Decimal("50.4"))
    ),
    Reported(
        "effect_employment",
        date(2024, 10, 1),
        Decimal("5.8"),
        236,
        (Decimal("1.9"), Decimal("9.7")),
    ),
)

EFFORTS = (
    Told(
        "effort_sustainability",
        "Grønnere indkøb og grønnere virksomheder",
        (
            Step("Aftaler med otte indkøbsafdelinger", date(2024, 3, 1), date(2024, 2, 26)),
            Step("De første tre workshops er holdt", date(2024, 5, 31), date(2024, 6, 12)),
            Step("Markedsdialog i fire kommuner", date(2024, 9, 30), date(2024, 9, 24)),
            Step("Erfaringerne er samlet i en vejledning", date(2024, 12, 15), date(2024, 12, 10)),
        ),
        (
            Note(date(2024, 3, 20), "on_track", "Aftalerne er på plads, og datoerne er sat."),
            Note(date(2024, 6, 14), "at_risk", "Den tredje workshop blev udsat to uger."),
            Note(date(2024, 9, 27), "on_track", "Fire kommuner har holdt markedsdialog."),
            Note(date(2024, 12, 12), "reached", "Vejledningen er sendt til alle 29 kommuner."),
        ),
    ),
    Told(
        "effort_digital",
        "AI Boost med otte partnere",
        (
            Step("Partnerskabet er underskrevet", date(2024, 2, 15), date(2024, 2, 15)),
            Step("Prøvet med ti virksomheder", date(2024, 6, 15), date(2024, 6, 10)),
            Step("Tilbuddet er åbent for alle", date(2024, 9, 1), date(2024, 10, 8)),
            Step("Hundrede virksomheder har været igennem", date(2024, 12, 20)),
        ),
        (
            Note(date(2024, 3, 1), "on_track", "Partnerne er enige om indholdet."),
            Note(date(2024, 6, 20), "on_track", "Ti virksomheder har prøvet forløbet."),
            Note(date(2024, 10, 10), "at_risk", "Åbningen blev en måned forsinket."),
            Note(date(2024, 12, 18), "off_track", "71 virksomheder er igennem af hundrede."),
        ),
    ),
    Told(
        "effort_international",
        "Tilbud til virksomheder, der er klar til verden",
        (
            Step("Behovet er undersøgt hos tyve virksomheder", date(2024, 4, 1), date(2024, 3, 22)),
            Step("Kompetenceforløbet er udbudt", date(2024, 8, 15), date(2024, 8, 15)),
            Step("Investordag er holdt", date(2024, 11, 15), date(2024, 11, 14)),
        ),
        (
            Note(date(2024, 4, 5), "on_track", "Investorer og markeder er det, der efterspørges."),
            Note(date(2024, 8, 20), "on_track", "Fjorten virksomheder er tilmeldt forløbet."),
            Note(date(2024, 11, 18), "reached", "Investordagen samlede 23 virksomheder."),
        ),
    ),
    Told(
        "effort_labour",
        "Adgang til kvalificeret arbejdskraft",
        (
            Step("Overblik over aktører og tilbud", date(2024, 3, 31), date(2024, 4, 9)),
            Step("To netværksmøder før sommer", date(2024, 6, 28), date(2024, 6, 19)),
            Step("Orientering om opkvalificeringspuljer", date(2024, 10, 1), date(2024, 9, 30)),
            Step("To netværksmøder efter sommer", date(2024, 12, 1)),
        ),
        (
            Note(date(2024, 4, 12), "on_track", "Overblikket er færdigt, lidt forsinket."),
            Note(date(2024, 6, 21), "on_track", "42 virksomheder kom til de to møder."),
            Note(date(2024, 12, 3), "at_risk", "Det ene efterårsmøde er flyttet til januar."),
        ),
    ),
)  # fmt: skip
