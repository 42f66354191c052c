"""The demo's registry of advisers that companies can be referred to."""

from dataclasses import dataclass

from pejl_hub.accounts.models import User
from pejl_hub.demo.frame import Frame
from pejl_hub.referrals.actions.providers import save_provider
from pejl_hub.referrals.models import Provider, RecipientKind


@dataclass(frozen=True)
class Adviser:
    """A made-up adviser, and the needs that they advise on."""

    name: str
    contact: str
    needs: tuple[str, ...]
    kind: RecipientKind = RecipientKind.PRIVATE


ADVISERS = (
    Adviser("Opdigtet Revision", "Rikke Opdigtet", ("finance", "law")),
    Adviser("Opdigtet Advokatfirma", "Lars Opdigtet", ("law", "ownership")),
    Adviser("Opdigtet Eksportkontor", "Sofie Opdigtet", ("export", "sales")),
    Adviser("Opdigtet Klimarådgivning", "Peter Opdigtet", ("green",)),
    Adviser("Opdigtet Webbureau", "Nanna Opdigtet", ("digital", "sales")),
    Adviser("Opdigtet Rekruttering", "Jonas Opdigtet", ("labour",)),
    Adviser(
        "Opdigtet Jobcenter", "Hanne Opdigtet", ("labour",), RecipientKind.PUBLIC
    ),
    Adviser(
        "Opdigtet Innovationscenter", "Ali Opdigtet", ("innovation", "digital"),
        RecipientKind.PUBLIC,
    ),
)  # fmt: skip


def keep_registry(frame: Frame, by: User) -> None:
    """Put the advisers in the registry, in use from the first day; once."""
    if Provider.objects.exists():
        return
    for number, one in enumerate(ADVISERS, start=1):
        provider = Provider(
            kind=one.kind,
            name=one.name,
            contact_name=one.contact,
            email=f"raadgiver{number}@example.org",
            active_from=frame.first_day,
        )
        save_provider(provider=provider, fields=one.needs, places=(), by=by)
