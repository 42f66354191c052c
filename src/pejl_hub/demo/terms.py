"""The made-up terms of the demo's rounds; an export of records has none."""

from datetime import date
from decimal import Decimal

from pejl_hub.demo.frame import Frame
from pejl_hub.programmes.models import Round

BUDGETS = {
    "SMV:Digital": 75_000_000,
    "SMV:Grøn": 50_000_000,
    "SMV:Grønne Kompetencer": 45_000_000,
    "Lokal prøvepulje": 12_000_000,
}


def state_terms(frame: Frame) -> None:
    """Give each round its terms. They change no figure, so the import stays as it is."""
    for programme, budget in BUDGETS.items():
        Round.objects.filter(programme__name=programme, budget=None).update(
            starts_on=frame.first_day,
            ends_on=frame.last_day,
            opens_on=date(frame.years[0] - 1, 11, 1),
            max_amount=Decimal(200_000),
            own_share=Decimal(30),
            budget=Decimal(budget),
            de_minimis=True,
            legal_basis="Opdigtet bekendtgørelse, § 5",
            purpose="Rådgivning og udstyr til mindre virksomheder.",
        )
