"""The contract's words and the check's rules as the pages say them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What each rule of ``pejl contract check`` asks for, in one sentence.
RULES: Mapping[str, Promise] = {
    "file_read": _("The file, or a text that it names, cannot be read."),
    "yaml_readable": _("The file cannot be read as YAML."),
    "no_anchors": _("The file points from one place to another; write the values out."),
    "no_duplicate_keys": _("The same name stands twice."),
    "texts_quoted": _("A text stands without quotation marks."),
    "labels_in_both": _("A name or a definition lacks its Danish or English."),
    "numbers_complete": _("A number lacks its date, its unit or its clause."),
    "schema_kept": _("Something is missing, or is not written as it must be."),
    "ids_unique": _("Two entries have the same id."),
    "references_exist": _("Something is named that is not there."),
    "source_unchanged": _("The text that is quoted is missing, or is not the one that was quoted."),
    "quotes_in_source": _("The quote does not stand word for word in the text."),
    "quotes_apart": _("The quote stands in several places, or shares words with another."),
    "source_covered": _("Some of the text is quoted by no clause."),
    "clauses_used": _("The clause is used by nothing, and no reason is given why."),
    "numbers_in_quotes": _("The number does not stand in the words of its clause."),
    "sums_add_up": _("The parts do not add up to the sum's number."),
    "pending_expected": _("The number does not suit the status: expected while it waits."),
    "brackets_pending": _("The clause stands in brackets, so the goal cannot be agreed."),
    "measures_known": _("The measure asks for something that the records do not have."),
    "breakdowns_known": _("The records cannot be shown by this, or do not add up over it."),
    "only_counts_add_up": _("Only counts and sums add up over a breakdown."),
    "dates_fit": _("A date lies outside the contract's period, or nothing holds on its first day."),
    "interpretations_read": _("The question has too few readings, or one lacks its measure."),
    "amendments_apply": _("The amendment does not fit what held before it."),
}
STATUS = {"agreed": _("Agreed"), "pending": _("Pending"), "withdrawn": _("Withdrawn")}
MEASURED_BY = {
    "hub": _("The hub"),
    "authority": _("The Danish Business Authority"),
    "external": _("An external party"),
}
CADENCE = {
    "monthly": _("Every month"),
    "quarterly": _("Every quarter"),
    "yearly": _("Once a year"),
    "running": _("As it goes"),
    "once": _("Once"),
    "on_request": _("When asked"),
    "on_event": _("When something happens"),
}
AUDIENCE = {
    "management": _("The management"),
    "board": _("The board"),
    "kkr": _("KKR"),
    "municipality": _("The municipalities"),
    "authority": _("The Danish Business Authority"),
    "kl": _("KL"),
    "public": _("The public"),
}
OWNER = {
    "hub": _("The hub"),
    "director": _("The director"),
    "chair": _("The chair of the board"),
    "board": _("The board"),
}
OPERATORS = {
    ">=": _("at least"),
    ">": _("more than"),
    "<=": _("at most"),
    "<": _("less than"),
}
KINDS = {
    "count": _("Number of records"),
    "sum": _("The sum of other goals"),
    "distinct": _("Number of different (clients, municipalities …)"),
    "share": _("Share of records"),
    "share_of_distinct": _("Share of different clients"),
    "newcomers": _("Share that is new this year"),
    "level_growth": _("Growth of a level"),
    "monthly_mean": _("Mean of a month"),
    "months_met": _("Share of months that reached the number"),
    "nps": _("NPS"),
    "reported": _("Reported by others"),
    "narrative": _("Milestones and accounts"),
}
TABLES = {
    "guidance": _("Guidances"),
    "attendance": _("Attendances"),
    "participation": _("Courses and grants"),
    "referral": _("Referrals"),
    "outreach": _("Approaches"),
    "press": _("Press"),
    "newsletter": _("Newsletter"),
    "channel_view": _("Views of channels"),
    "answer": _("Answers to the evaluation"),
    "referral_answer": _("Answers about referrals"),
}
DIMENSIONS = {
    "month": _("Month"),
    "municipality": _("Municipality"),
    "segment": _("Segment"),
    "size": _("Size"),
    "team": _("Team"),
    "area": _("Priority area"),
}
TESTS = {
    "is": _("is one of (with commas)"),
    ">=": _("at least"),
    ">": _("more than"),
    "<=": _("at most"),
    "<": _("less than"),
    "known": _("is known"),
    "in_territory": _("is one of the hub's municipalities"),
}
BASES = {
    "before_period": _("The latest level before the period"),
    "first_in_period": _("The first level in the period"),
}
READS = {"point": _("The figure itself"), "lower_end": _("The interval's lower end")}
