"""The made-up terms of the demo's rounds; an export of records has none."""

from datetime import date
from decimal import Decimal

from pejl_hub.programmes.models import Round

BUDGETS = {
    "SMV:Digital": 75_000_000,
    "SMV:Grøn": 50_000_000,
    "SMV:Grønne Kompetencer": 45_000_000,
    "Lokal prøvepulje": 12_000_000,
}


def state_terms() -> None:
    """Give each round its terms. They change no figure, so the import stays as it is."""
    for programme, budget in BUDGETS.items():
        Round.objects.filter(programme__name=programme, budget=None).update(
            starts_on=date(2022, 1, 1),
            ends_on=date(2024, 12, 31),
            opens_on=date(2021, 11, 1),
            max_amount=Decimal(200_000),
            own_share=Decimal(30),
            budget=Decimal(budget),
            de_minimis=True,
            legal_basis="Opdigtet bekendtgørelse, § 5",
            purpose="Rådgivning og udstyr til mindre virksomheder.",
        )
