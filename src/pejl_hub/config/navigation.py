"""The menu's table: a page is one line. Addresses are named, so that no page is imported here."""

from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action
from pejl_hub.accounts.navigation import Entry, Group

NAVIGATION = (
    Group(
        _("Status"),
        (
            Entry("overview", _("Overview"), "status:overview", Action.SEE_STATUS),
            Entry("net", _("Gross and net"), "status:net", Action.SEE_SMALL_COUNTS),
            Entry("effects", _("Effect"), "evidence:effects", Action.SEE_STATUS),
            Entry(
                "evaluation",
                _("User evaluation"),
                "evaluation:overview",
                Action.SEE_ALL_MUNICIPALITIES,
            ),
            Entry("demand", _("Demand"), "demand:demand", Action.SEE_SMALL_COUNTS),
            Entry("reach", _("Reach"), "demand:reach", Action.SEE_SMALL_COUNTS),
            Entry("balance", _("Balance"), "balance:show", Action.SEE_SMALL_COUNTS),
        ),
    ),
    Group(
        _("Contract"),
        (
            Entry("contract", _("The contract"), "status:contract", Action.SEE_STATUS),
            Entry("life", _("The contract's life"), "agreements:life", Action.SEE_STATUS),
            Entry("drafts", _("Drafts"), "drafting:drafts", Action.EDIT_CONTRACT),
            Entry(
                "interpretations",
                _("Interpretations"),
                "interpretations:register",
                Action.SEE_ALL_MUNICIPALITIES,
            ),
            Entry("efforts", _("Special efforts"), "efforts:efforts", Action.SEE_EFFORTS),
            Entry("bodies", _("Bodies"), "bodies:bodies", Action.SEE_BODIES),
            Entry("wheel", _("Yearly wheel"), "wheel:year", Action.SEE_PLANS),
            Entry("targets", _("Target adviser"), "planning:goals", Action.SEE_PLANS),
        ),
    ),
    Group(
        _("Reports"),
        (
            Entry("reports", _("Reports"), "reporting:list", Action.SEE_STATUS),
            Entry("comments", _("Comments"), "narrative:comments", Action.WRITE_COMMENTS),
            Entry("editions", _("Published"), "publishing:editions", Action.SEE_STATUS),
            Entry("open", _("Open data"), "publishing:open", Action.SEE_ALL_MUNICIPALITIES),
        ),
    ),
    Group(
        _("Desk"),
        (
            Entry("desk", _("My desk"), "desk:home", Action.USE_DESK),
            Entry("alerts", _("Alerts"), "alerts:list", Action.SEE_QUALITY),
            Entry("guidance", _("New guidance"), "guidance:new", Action.RECORD_GUIDANCE),
            Entry("clients", _("Search"), "clients:search", Action.USE_DESK),
            Entry("events", _("Events"), "events:events", Action.USE_DESK),
            Entry("programmes", _("Programmes"), "programmes:rounds", Action.USE_DESK),
            Entry("registers", _("Registers"), "registers:first", Action.USE_DESK),
            Entry("advisers", _("Advisers"), "referrals:providers", Action.USE_DESK),
            Entry("reminders", _("Reminders"), "reminders:show", Action.USE_DESK),
            Entry("outreach", _("Outreach"), "outreach:campaigns", Action.USE_DESK),
            Entry("approaches", _("Approaches"), "outreach:approaches", Action.USE_DESK),
            Entry("publicity", _("Publicity"), "communication:overview", Action.RECORD_PUBLICITY),
            Entry("cvr_fetch", _("Fetch from CVR"), "sources:cvr_fetch", Action.RECORD_EVENTS),
        ),
    ),
    Group(
        _("Data"),
        (
            Entry("imports", _("Imports"), "sources:imports", Action.IMPORT),
            Entry("quality", _("Data quality"), "quality:checks", Action.SEE_QUALITY),
            Entry("duplicates", _("Duplicates"), "clients:duplicates", Action.MERGE),
            Entry("codes", _("Code lists"), "codes:overview", Action.EDIT_LISTS),
            Entry("cvr", _("The CVR register"), "sources:cvr", Action.IMPORT),
            Entry("population", _("Workplaces"), "sources:population", Action.IMPORT),
            Entry("closes", _("Monthly close"), "governance:closes", Action.SEE_QUALITY),
            Entry("trail", _("Audit trail"), "trail:entries", Action.SEE_AUDIT),
            Entry("privacy", _("Personal data"), "privacy:record", Action.SEE_PRIVACY),
            Entry("users", _("Users"), "accounts:users", Action.MANAGE_USERS),
            Entry("api", _("Keys"), "api:keys", Action.HOLD_KEYS),
        ),
    ),
    Group(
        _("Guide"),
        (Entry("guide", _("Guide"), "status:guide", Action.SEE_STATUS),),
    ),
)
