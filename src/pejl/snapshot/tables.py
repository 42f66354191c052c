"""The schema of a snapshot: each table, its columns, their types and what they mean.

The hub fills these tables from its database; the engines read nothing else. Facts about the
client (municipality, segment, employees) are those frozen on the record when it happened.
"""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Column:
    """A column: its name, Arrow type and meaning."""

    name: str
    type: pa.DataType
    meaning: str
    values: tuple[str, ...] = ()  # the words it may hold; empty = any


@dataclass(frozen=True)
class Table:
    """A table: its columns in order, and the date column by which its rows are counted."""

    name: str
    meaning: str
    dated_by: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema; every column is nullable, for a missing fact is null, never 0."""
        return pa.schema([(column.name, column.type) for column in self.columns])


TEXT, WHOLE, DAY, FLAG = pa.string(), pa.int64(), pa.date32(), pa.bool_()
MONEY, NUMBER = pa.decimal128(14, 2), pa.float64()

RECORD = (
    Column("id", WHOLE, "the record's number in the hub"),
    Column("source_id", TEXT, "its id in the source it was imported from, null when typed here"),
)
CLIENT = (
    Column(
        "client",
        TEXT,
        "who: C + CVR number, or P + person number; a pre-starter linked to a "
        "later company is that company",
    ),
    Column("client_kind", TEXT, "company or person, as the client key says", ("company", "person")),
    Column("client_name", TEXT, "the name to show"),
    Column("municipality", TEXT, "three-digit code frozen on the record; null = unknown"),
    Column(
        "segment",
        TEXT,
        "pre_starter, entrepreneur, growth, operating; null = unknown",
        ("pre_starter", "entrepreneur", "growth", "operating"),
    ),
    Column("employees", WHOLE, "employees frozen on the record; null = unknown, never 0"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "guidance",
            "one-to-one guidance",
            "held_on",
            (
                *RECORD,
                *CLIENT,
                Column("held_on", DAY, "the day it was held, or is planned for"),
                Column("type", TEXT, "specialised or orienting", ("specialised", "orienting")),
                Column(
                    "state",
                    TEXT,
                    "planned, held, cancelled or no_show",
                    ("planned", "held", "cancelled", "no_show"),
                ),
                Column(
                    "channel", TEXT, "physical, virtual or phone", ("physical", "virtual", "phone")
                ),
                Column("priority_area", TEXT, "the hub's priority area"),
                Column("need", TEXT, "what the client asked for"),
                Column(
                    "industry",
                    TEXT,
                    "six-digit industry code that held on the day, else the first one learnt "
                    "afterwards; null = unknown",
                ),
                Column("nomenclature", TEXT, "what the code belongs to", ("DB07", "DB25")),
                Column("adviser", TEXT, "who guided"),
                Column("team", TEXT, "the adviser's team then"),
                Column("minutes", WHOLE, "length in minutes"),
                Column("recorded_on", DAY, "the day it was recorded"),
            ),
        ),
        Table(
            "attendance",
            "a client's sign-up to an event",
            "held_on",
            (
                *RECORD,
                *CLIENT,
                Column("held_on", DAY, "the day of the event"),
                Column(
                    "state",
                    TEXT,
                    "registered, attended, no_show or cancelled",
                    ("registered", "attended", "no_show", "cancelled"),
                ),
                Column("event", TEXT, "the event's title"),
                Column("event_id", WHOLE, "the event's number in the hub"),
                Column("form", TEXT, "physical or virtual", ("physical", "virtual")),
                Column("priority_area", TEXT, "the hub's priority area"),
                Column("programme", TEXT, "the programme it belongs to, null for none"),
                Column("national_programme", FLAG, "true when it belongs to a national programme"),
            ),
        ),
        Table(
            "participation",
            "a course or grant in a programme round",
            "stated_on",
            (
                *RECORD,
                *CLIENT,
                Column("stated_on", DAY, "the day from which the participation counts"),
                Column(
                    "state",
                    TEXT,
                    "as of the snapshot's day, where the moves are on record: applied, offered, "
                    "committed, running, completed, paid, withdrawn or refused",
                    (
                        "applied",
                        "offered",
                        "committed",
                        "running",
                        "completed",
                        "paid",
                        "withdrawn",
                        "refused",
                    ),
                ),
                Column("form", TEXT, "course or grant", ("course", "grant")),
                Column("programme", TEXT, "the programme's name"),
                Column("round", TEXT, "the programme's round"),
                Column("national_programme", FLAG, "true for a national programme"),
                Column("applied_amount", MONEY, "DKK applied for"),
                Column("committed_amount", MONEY, "DKK committed"),
                Column("own_contribution", MONEY, "DKK paid by the company itself"),
            ),
        ),
        Table(
            "referral",
            "a referral made after guidance",
            "referred_on",
            (
                *RECORD,
                *CLIENT,
                Column("referred_on", DAY, "the day of the referral"),
                Column("guidance_id", WHOLE, "the guidance it followed"),
                Column("recipient", TEXT, "whom the company was referred to"),
                Column("recipient_kind", TEXT, "private or public", ("private", "public")),
                Column("purpose", TEXT, "what for"),
                Column(
                    "state",
                    TEXT,
                    "sent, accepted, declined or closed",
                    ("sent", "accepted", "declined", "closed"),
                ),
            ),
        ),
        Table(
            "outreach",
            "a company approached",
            "contacted_on",
            (
                *RECORD,
                Column("contacted_on", DAY, "the day of the approach"),
                Column("client", TEXT, "C + CVR number"),
                Column("municipality", TEXT, "three-digit code; null = unknown"),
                Column("employees", WHOLE, "employees then; null = unknown"),
                Column("with_local_service", FLAG, "together with the local business service"),
                Column(
                    "outcome",
                    TEXT,
                    "not_reached, not_interested, interested, guidance_agreed",
                    ("not_reached", "not_interested", "interested", "guidance_agreed"),
                ),
            ),
        ),
        Table(
            "press",
            "press article or case",
            "published_on",
            (
                *RECORD,
                Column("published_on", DAY, "the day of publication"),
                Column("outlet", TEXT, "where"),
                Column("title", TEXT, "its title"),
                Column("kind", TEXT, "article or case", ("article", "case")),
                Column("link", TEXT, "web address"),
            ),
        ),
        Table(
            "newsletter",
            "the newsletter's level",
            "measured_on",
            (
                *RECORD,
                Column("measured_on", DAY, "the day of the level"),
                Column("subscribers", WHOLE, "subscribers that day"),
            ),
        ),
        Table(
            "channel_view",
            "views of a channel in a month",
            "month",
            (
                *RECORD,
                Column("month", DAY, "the first day of the month"),
                Column("channel", TEXT, "the channel"),
                Column("views", WHOLE, "views in the month"),
            ),
        ),
        Table(
            "answer",
            "an answer to the user evaluation",
            "answered_on",
            (
                *RECORD,
                *CLIENT,
                Column("guidance_id", WHOLE, "the guidance asked about"),
                Column("invited_on", DAY, "the day of the invitation"),
                Column("answered_on", DAY, "the day of the answer, null while unanswered"),
                Column("nps", WHOLE, "0 to 10; null = not answered"),
                Column("referral_used", FLAG, "null = not asked"),
                Column("priority_area", TEXT, "of the guidance asked about"),
                Column("adviser", TEXT, "who gave the guidance asked about"),
                Column("team", TEXT, "the adviser's team then"),
            ),
        ),
        Table(
            "referral_answer",
            "what an answer to the user evaluation says of one referral",
            "answered_on",
            (
                *RECORD,
                *CLIENT,
                Column("answered_on", DAY, "the day of the answer"),
                Column("referral_id", WHOLE, "the referral asked about"),
                Column(
                    "provider",
                    TEXT,
                    "the number of the adviser who had it that day; null = not in the registry",
                ),
                Column("used", FLAG, "whether the advice was used"),
            ),
        ),
        Table(
            "reported",
            "a figure reported by others",
            "measured_on",
            (
                *RECORD,
                Column("goal", TEXT, "the goal's id"),
                Column("measured_on", DAY, "the day from which the figure is known"),
                Column("value", NUMBER, "the figure in the goal's unit"),
                Column("n", WHOLE, "number of observations"),
                Column("interval_low", NUMBER, "95 % interval, low end"),
                Column("interval_high", NUMBER, "95 % interval, high end"),
                Column("source", TEXT, "who reported it"),
                Column("file_sha256", TEXT, "of the file it came in"),
                Column("method", TEXT, "how it was measured, as the source says"),
                Column("interval_by", TEXT, "who made the interval: source, or our method's name"),
                Column("period_from", DAY, "the first day that the figure is about"),
                Column("period_to", DAY, "the last day that the figure is about"),
                Column("asked", WHOLE, "how many the source asked"),
                Column("mix", TEXT, "its answers by segment or size: growth=40;operating=60"),
            ),
        ),
        Table(
            "milestone",
            "a milestone of a special effort",
            "due_on",
            (
                *RECORD,
                Column("goal", TEXT, "the goal's id"),
                Column("title", TEXT, "what shall be reached"),
                Column("due_on", DAY, "by when"),
                Column("done_on", DAY, "when it was reached; null while it is not"),
                Column(
                    "state",
                    TEXT,
                    "planned, running, done or dropped",
                    ("planned", "running", "done", "dropped"),
                ),
            ),
        ),
        Table(
            "progress_note",
            "a dated note on a special effort",
            "noted_on",
            (
                *RECORD,
                Column("goal", TEXT, "the goal's id"),
                Column("noted_on", DAY, "the day of the note"),
                Column(
                    "state",
                    TEXT,
                    "on_track, at_risk, off_track, stopped or reached, as the owner judges",
                    ("on_track", "at_risk", "off_track", "stopped", "reached"),
                ),
                Column("text", TEXT, "what has happened"),
            ),
        ),
    )
}
