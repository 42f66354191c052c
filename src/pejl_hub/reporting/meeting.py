"""Which released reports meet a duty of the contract in a part of its period."""

from collections import defaultdict

from pejl.base.periods import Period
from pejl.contract.goal import Contract
from pejl_hub.reporting.kinds import TERMS, Kind
from pejl_hub.reporting.models import Report, State

KIND_OF = {duty: kind for kind, terms in TERMS.items() for duty in terms.duties}


class Released:
    """The contract's released reports, asked for once."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.reports = defaultdict[str, list[Report]](list)
        found = Report.objects.filter(contract_id=contract.id, state=State.RELEASED)
        for report in found.order_by("as_of", "id"):
            self.reports[report.kind].append(report)

    def meeting(self, duty: str, covers: Period) -> Report | None:
        """The first report of a date in the part that meets the duty; None when none does.

        An annual report is of the part's last day. A report to each municipality has met its duty
        when every municipality has had one.
        """
        kind = KIND_OF.get(duty)
        found = [one for one in self.reports[kind or ""] if one.as_of in covers]
        if kind == Kind.ANNUAL:
            found = [one for one in found if one.as_of == covers.end]
        if kind == Kind.MUNICIPALITY:
            had = {one.place for one in found}
            missing = self.contract.territory.on(covers.end) - had
            return found[-1] if found and not missing else None
        return found[0] if found else None
