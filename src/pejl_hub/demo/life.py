"""The made-up life of the demo's contract: drafted, submitted, adopted, sent and in force."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from pejl.contract.goal import Contract
from pejl_hub.contracts import actions
from pejl_hub.contracts.actions.documents import keep_document
from pejl_hub.contracts.models import ContractVersion, Kind

MINUTES = "Referat (opdigtet til demoen)\n\nKKR vedtog resultatkontrakten.\n"
# Kind -> days before the contract's first day, and who.
STEPS = (
    (Kind.SENT_KL, 12, "Direktøren"),
    (Kind.SENT_AUTHORITY, 12, "Direktøren"),
    (Kind.IN_FORCE, 0, "Direktøren"),
)


def live(*, contract: Contract, path: Path) -> None:
    """Tell the contract's life up to the day that it came into force; once."""
    if ContractVersion.objects.filter(contract_id=contract.id).exists():
        return
    first, today = contract.period.start, timezone.localdate()
    if first > today:
        # A year that has not begun: what has not happened yet is not told.
        return
    draft = actions.take_up(
        path=path, by=None, note="Vedtaget tekst", who="Bestyrelsen", day=first - timedelta(75)
    )
    actions.submit(version=draft, day=first - timedelta(40), who="Bestyrelsen", by=None)
    minutes = keep_document(
        contract_id=contract.id, name="referat-kkr.txt", content=MINUTES.encode(), by=None
    )
    adopted = first - timedelta(20)
    actions.adopt(version=draft, day=adopted, who="KKR", document=minutes, by=None)
    for kind, days, who in STEPS:
        day = first - timedelta(days)
        actions.record_step(version=draft, kind=kind, day=day, who=who, by=None)
