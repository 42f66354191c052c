"""The sections that several documents share, and what stands at the end of each document."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from pejl.contract.amendments import changes_since
from pejl.contract.goal import Amendment
from pejl.reports import charts, figures, places, tables
from pejl.reports.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Definition,
    Fact,
    Facts,
    Note,
    Paragraph,
    Quote,
    Section,
    Stamp,
    Table,
)
from pejl.reports.making import Making
from pejl.reports.material import Comment, Effort, EffortNote
from pejl.standing.result import GoalStanding

# The kinds whose year is worth a picture.
DRAWN = ("count", "sum", "distinct", "share")


def goals(making: Making) -> Section:
    """Every goal of the contract, chapter by chapter, with the comments on it."""
    words = making.words
    heading = words.say("section.goals")
    return Section("maal", heading, [*_amended(making), *_pending(making)], [*_chapters(making)])


def _amended(making: Making) -> list[Block]:
    """What the contract no longer says as it was adopted, and from which day."""
    words = making.words
    labels = {item.goal.id: making.label(item) for item in making.goals}
    return [
        Note(
            words.say(
                "note.amended",
                since=words.day(one.since),
                who=one.decided_by,
                decided=words.day(one.decided_on),
                goals=words.listed([labels.get(goal, goal) for goal in one.goals]) or "–",
            )
        )
        for one in changes_since(making.contract, making.day)
    ]


def _pending(making: Making) -> list[Block]:
    found = len(making.pending)
    if not found:
        return []
    key = "note.pending.one" if found == 1 else "note.pending"
    return [Note(making.words.say(key, n=found))]


def _chapters(making: Making) -> Iterable[Section]:
    chapters = groupby(making.goals, key=lambda item: item.goal.group)
    for number, (group, members) in enumerate(chapters, start=1):
        items = list(members)
        title = making.words.of(making.contract.groups[group])
        table = tables.goals(making, items, f"maal-{number}", title)
        said = [quote for item in items for quote in comments(making, item.goal.id)]
        yield Section(f"kapitel-{number}", title, [table, *said])


def comments(making: Making, goal: str | None = None, place: str | None = None) -> list[Quote]:
    """The approved comments, each with who wrote and who approved it."""
    return [_quote(making, one) for one in making.comments(goal, place)]


def _quote(making: Making, one: Comment) -> Quote:
    source = making.words.say("comment.source", writer=one.written_by, approver=one.approved_by)
    return Quote(one.text, source)


def remarks(making: Making, place: str | None = None) -> Section | None:
    """The comments on the report as a whole, or on a municipality as a whole."""
    said = comments(making, place=place)
    return Section("bemaerkninger", making.words.say("section.comments"), said) if said else None


def course(making: Making) -> Section | None:
    """A chart of each goal that grows through the year."""
    items = [i for i in making.goals if i.goal.measure["kind"] in DRAWN and i.status == "agreed"]
    found = [chart for item in items if (chart := charts.course(making, item)) is not None]
    if not found:
        return None
    return Section("aaret", making.words.say("section.course"), found)


def ahead(making: Making) -> Section | None:
    """Where the goals are heading."""
    return _of_table("udsigt", making.words.say("section.ahead"), tables.ahead(making))


def scores(making: Making) -> Section | None:
    """What rests on answers, with how many and how sure."""
    return _of_table("svar", making.words.say("section.scores"), tables.scores(making))


def questions(making: Making) -> Section | None:
    """The open questions of the text, both readings computed."""
    return _of_table("spoergsmaal", making.words.say("section.questions"), tables.questions(making))


def moved(making: Making) -> Section | None:
    """What has moved since the last report."""
    table = tables.moved(making)
    if table is None or making.material.before is None:
        return None
    day = making.words.day(making.material.before.evaluation.as_of)
    blocks: list[Block] = [table] if table.rows else [Paragraph(table.note)]
    return Section("bevaegelser-siden", making.words.say("section.moved", day=day), blocks)


def municipalities(making: Making) -> Section:
    """Every municipality's figures and a picture of the first of them; none is judged."""
    items = places.placed(making.goals)
    drawn = [chart for item in items[:1] if charts.drawable(chart := charts.by_place(making, item))]
    found: list[Block] = [*places.tables(making), *drawn]
    return Section("kommunerne", making.words.say("section.places"), found)


def efforts(making: Making) -> Section:
    """The special efforts: milestones planned and reached, and the dated accounts."""
    words = making.words
    found = [_effort(making, n, one) for n, one in enumerate(making.material.efforts, start=1)]
    blocks = [] if found else [Note(words.say("note.no_efforts"))]
    return Section("indsatser", words.say("section.efforts"), blocks, found)


def _effort(making: Making, number: int, effort: Effort) -> Section:
    words = making.words
    done = sum(reached is not None for _, _, reached in effort.milestones)
    facts = [Fact(words.say("effort.state"), figures.text(words.state(effort.state)))]
    if effort.milestones:
        told = words.say("effort.of", done=done, all=len(effort.milestones))
        facts.append(Fact(words.say("effort.reached"), figures.text(told)))
    if effort.partners:
        partners = figures.text(words.listed(list(effort.partners)))
        facts.append(Fact(words.say("effort.partners"), partners))
    notes = [_account(making, note) for note in effort.notes]
    milestones = [_milestones(making, number, effort)] if effort.milestones else []
    blocks: list[Block] = [Facts(facts), *milestones, *notes]
    return Section(f"indsats-{number}", effort.title, blocks)


def _account(making: Making, note: EffortNote) -> Quote:
    """A dated account, with why the effort is late or stopped."""
    words = making.words
    said = note.text
    if note.because:
        said = words.say("effort.because", text=note.text, because=note.because)
    state = words.state(note.state)
    return Quote(said, words.say("effort.note", day=words.day(note.day), state=state))


def _milestones(making: Making, number: int, effort: Effort) -> Table:
    words = making.words
    rows: list[list[Cell]] = [
        [figures.text(title), figures.day(due, words), figures.day(done, words)]
        for title, due, done in effort.milestones
    ]
    heads = [
        Column(words.say("column.milestone"), wide=True),
        Column(words.say("column.due")),
        Column(words.say("column.done")),
    ]
    title = words.say("table.milestones", title=effort.title)
    return Table(f"milepaele-{number}", title, heads, rows)


def promises(making: Making) -> Section:
    """What the contract promises, word for word, with the target that each promise gives."""
    words = making.words
    rows = [
        [
            figures.text(making.label(item)),
            figures.target(item, words),
            figures.text(making.contract.clauses[item.goal.clause].quote),
            figures.text(item.goal.clause),
        ]
        for item in making.goals
    ]
    heads = [
        Column(words.say("column.goal"), wide=True),
        Column(words.say("column.target"), numeric=True),
        Column(words.say("column.promise"), wide=True),
        Column(words.say("column.clause")),
    ]
    table = Table("loefter", words.say("table.clauses"), heads, rows)
    blocks: list[Block] = [table]
    if making.contract.applied:
        held = Bullets([f"{one.id}: {one.document}" for one in _applied(making)])
        blocks += [Paragraph(words.say("section.amendments")), held]
    return Section("loefterne", words.say("section.clauses"), blocks)


def _applied(making: Making) -> list[Amendment]:
    held = set(making.contract.applied)
    return [one for one in making.material.contract.amendments if one.id in held]


def _of_table(id_: str, heading: str, table: Table | None) -> Section | None:
    return None if table is None else Section(id_, heading, [table])


def present(*found: Section | None) -> list[Section]:
    """Those that have something to say."""
    return [section for section in found if section is not None]


def definitions(making: Making, items: Sequence[GoalStanding] | None = None) -> list[Definition]:
    """How each goal is counted, in the contract's words."""
    words = making.words
    return [
        Definition(making.label(item), words.of(item.goal.definition), item.goal.clause)
        for item in (making.goals if items is None else items)
    ]


def sources(making: Making) -> list[str]:
    """Who measures what, the contract, and each figure that somebody else reported."""
    words, contract = making.words, making.contract
    found = [
        words.say(
            "source.contract", id=contract.id, file=contract.source_file, sha256=contract.sha256
        )
    ]
    for by in ("hub", "authority", "external"):
        named = [making.label(item) for item in making.goals if item.goal.measured_by == by]
        if named:
            found.append(words.say(f"source.{by}", goals=words.listed(named)))
    return found + [_reported(making, item) for item in making.goals if _is_reported(item)]


def _is_reported(item: GoalStanding) -> bool:
    return bool(item.measured.figure.detail.get("source"))


def _reported(making: Making, item: GoalStanding) -> str:
    detail = item.measured.figure.detail
    return making.words.say(
        "source.reported",
        goal=making.label(item),
        source=detail["source"],
        day=detail["measured_on"],
    )


def stamp(making: Making) -> Stamp:
    """Enough to compute every figure again."""
    evaluation = making.standing.evaluation
    return Stamp(
        contract_id=evaluation.contract_id,
        contract_sha256=evaluation.contract_sha256,
        snapshot_id=evaluation.snapshot.id,
        snapshot_sha256=evaluation.snapshot.sha256,
        as_of=evaluation.as_of,
        edition=making.material.edition,
        code_version=making.material.code_version,
    )
