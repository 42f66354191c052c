"""A Danish reading copy of the contract file: one page, self-contained, with the file's hash."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files

from pejl.contract import words
from pejl.contract.amendments import as_of
from pejl.contract.goal import Amendment, Contract, Duty, Goal, Interpretation, at
from pejl.contract.html import Html, join, tag
from pejl.contract.source_text import linked_source


def reading_copy(contract: Contract) -> str:
    """The page as HTML. It shows what the file says and nothing else; change the file, not it."""
    contract = as_of(contract, contract.period.end)
    sections = [*_groups(contract), *_rest(contract)]
    body = join(
        tag("a", "Gå til indholdet", href="#indhold", class_="skip"),
        tag("header", _head(contract)),
        tag("nav", _contents(sections), aria_label="Indhold"),
        tag("main", *(section.html() for section in sections), id="indhold"),
    )
    return f"<!DOCTYPE html>\n{tag('html', _meta(contract), tag('body', body), lang='da')}\n"


class _Section:
    """A chapter of the page."""

    def __init__(self, key: str, title: str, *inside: str) -> None:
        self.key, self.title, self.inside = key, title, inside

    def html(self) -> Html:
        return tag("section", tag("h2", self.title), *self.inside, id=self.key)


def _meta(contract: Contract) -> Html:
    style = files("pejl.contract").joinpath("reading.css").read_text("utf-8")
    return tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta name="pejl-contract-sha256" content="{contract.sha256}">'),
        tag("title", contract.title["da"]),
        tag("style", Html(style)),
    )


def _head(contract: Contract) -> Html:
    period = contract.period
    return join(
        tag("h1", contract.title["da"]),
        tag("p", "Læseudgave, dannet af kontraktfilen. Ændringer foretages i filen, ikke her."),
        _facts(
            ("Erhvervshus", contract.hub_name),
            ("Periode", f"{words.day(period.start)} til {words.day(period.end)}"),
            ("Kontraktfil", contract.id),
            ("Kontraktfilens SHA-256", tag("span", contract.sha256, class_="hash")),
            ("Kildetekst", contract.source_file),
            ("Kildetekstens SHA-256", tag("span", contract.source_sha256, class_="hash")),
        ),
    )


def _contents(sections: Sequence[_Section]) -> Html:
    items = (tag("li", tag("a", each.title, href=f"#{each.key}")) for each in sections)
    return tag("ol", *items)


def _groups(contract: Contract) -> Iterator[_Section]:
    for position, (group, label) in enumerate(contract.groups.items(), start=1):
        goals = [goal for goal in contract.goals.values() if goal.group == group]
        inside = [_goal(contract, goal) for goal in goals]
        yield _Section(f"afsnit-{position}", label["da"], *inside)


def _rest(contract: Contract) -> Iterator[_Section]:
    questions = [_question(contract, question) for question in contract.interpretations]
    yield _Section("fortolkninger", "Åbne og afgjorte fortolkninger", *questions)
    yield _Section("pligter", "Pligter til at opgøre og afrapportere", _duties(contract))
    if contract.disclosure:
        yield _Section("diskretion", "Mindste antal, der offentliggøres", _disclosure(contract))
    yield _Section("tillaeg", "Tillæg", _amendments(contract))
    yield _Section("uden-modstykke", "Tekst uden modstykke", _orphans(contract))
    yield _Section("kilde", "Hele kildeteksten", _source(contract))


def _goal(contract: Contract, goal: Goal) -> Html:
    status = at(goal.status, contract.period.end) or "pending"
    return tag(
        "article",
        tag("h3", goal.label["da"]),
        *(_status(goal, day, word) for day, word in goal.status.items()),
        tag("p", goal.definition["da"]),
        _targets(goal),
        _quote(contract, goal.clause),
        _quote(contract, goal.method_clause, "Metode: "),
        _how(contract, goal),
        class_=status,
        id=f"maal-{goal.id}",
    )


def _status(goal: Goal, day: date, status: str) -> Html:
    said = words.STATUS[status]
    if status == "pending":
        awaited = words.AWAITS.get(goal.awaits or "", goal.awaits or "")
        said = f"{said} {awaited}: vises, men bedømmes ikke"
    return tag("p", tag("span", said, class_="status"), f" fra {words.day(day)}")


def _targets(goal: Goal) -> Html:
    if goal.target is None:
        return tag("p", "Teksten sætter intet måltal.")
    rows = []
    for day, promised in goal.target.values.items():
        number = promised.expected if promised.value is None else promised.value
        said = words.promise(goal.target.op, number, goal.unit) if number is not None else ""
        kind = "Forventet" if promised.value is None else "Aftalt"
        rows.append((words.day(day), kind, said, _link(promised.clause)))
    caption = f"Måltal for {goal.label['da']}"
    return _table(caption, ("Gælder fra", "Tallet er", "Måltal", "Klausul"), rows)


def _how(contract: Contract, goal: Goal) -> Html:
    asked = [each for each in contract.interpretations if each.goal == goal.id]
    links = (join(tag("a", each.id, href=f"#fortolkning-{each.id}"), " ") for each in asked)
    return _facts(
        ("Måles af", words.MEASURED_BY[goal.measured_by]),
        ("Opgøres", words.CADENCE[goal.cadence]),
        ("Til", words.listed([words.AUDIENCE[each] for each in goal.audience])),
        *([("Fortolkninger", join(*links))] if asked else []),
    )


def _quote(contract: Contract, key: str | None, before: str = "") -> Html:
    if key is None:
        return Html("")
    clause = contract.clauses[key]
    place = tag("p", before, _link(key), f", {clause.heading}")
    return tag("blockquote", tag("p", clause.quote), place)


def _question(contract: Contract, question: Interpretation) -> Html:
    items = [
        tag("li", _reading(question, key, label["da"])) for key, label in question.readings.items()
    ]
    decided = ""
    if question.decided_on:
        decided = f" {words.day(question.decided_on)} af {question.decided_by}"
    return tag(
        "article",
        tag("h3", f"{question.id}: {question.question['da']}"),
        tag("p", tag("span", words.STATE[question.state] + decided, class_="status")),
        tag("ul", *items),
        _quote(contract, question.clause),
        id=f"fortolkning-{question.id}",
    )


def _reading(question: Interpretation, key: str, label: str) -> Html:
    if key == question.chosen:
        return join(tag("strong", "Valgt læsning: "), label)
    computed = "beregnes ved siden af" if question.alternatives.get(key) else "kan ikke beregnes"
    return join(f"{label} ({computed})")


def _duties(contract: Contract) -> Html:
    rows = [_duty(duty) for duty in contract.duties]
    return _table("Pligter", ("Pligt", "Hvor ofte", "Ansvarlig", "Til", "Klausul"), rows)


def _duty(duty: Duty) -> tuple[str, ...]:
    to = words.listed([words.AUDIENCE[each] for each in duty.audience])
    owner, how_often = words.OWNER[duty.owner], words.CADENCE[duty.cadence]
    return duty.label["da"], how_often, owner, to, _link(duty.clause)


def _disclosure(contract: Contract) -> Html:
    rows = [
        (
            words.day(day),
            str(limit.minimum),
            limit.reason,
            _link(limit.clause) if limit.clause else "–",
        )
        for day, limit in contract.disclosure.items()
    ]
    return _table("Mindste antal", ("Fra", "Mindst", "Begrundelse", "Klausul"), rows)


def _amendments(contract: Contract) -> Html:
    if not contract.amendments:
        return tag("p", "Der er ingen tillæg.")
    rows = [_amendment(patch) for patch in contract.amendments]
    columns = ("Tillæg", "Besluttet", "Af", "Gælder fra", "Ændrer", "Dokument")
    quotes = [
        tag("blockquote", tag("p", clause.quote), tag("p", key), id=f"kilde-{key}")
        for key, clause in contract.clauses.items()
        if clause.source
    ]
    return join(_table("Tillæg til kontrakten", columns, rows), *quotes)


def _amendment(patch: Amendment) -> tuple[str, ...]:
    changed = ", ".join(change["path"] for change in patch.changes)
    decided, effective = words.day(patch.decided_on), words.day(patch.effective_from)
    return patch.id, decided, patch.decided_by, effective, changed, patch.document


def _orphans(contract: Contract) -> Html:
    rows = [(_link(key), contract.clauses[key].quote, why) for key, why in contract.orphans.items()]
    return _table("Klausuler, som intet måler", ("Klausul", "Ordlyd", "Hvorfor"), rows)


def _source(contract: Contract) -> Html:
    pieces = (
        tag("mark", segment.text, id=f"kilde-{segment.clause_id}", title=segment.clause_id)
        if segment.clause_id
        else segment.text
        for segment in linked_source(contract)
    )
    return tag("div", *pieces, class_="source")


def _link(key: str) -> Html:
    return tag("a", key, href=f"#kilde-{key}")


def _facts(*facts: tuple[str, str]) -> Html:
    pairs = (join(tag("dt", name), tag("dd", value)) for name, value in facts)
    return tag("dl", *pairs)


def _table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    head = tag("tr", *(tag("th", name, scope="col") for name in columns))
    body = (tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    table = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))
    # On a narrow screen the table scrolls in a region that the keyboard can reach.
    return tag("div", table, role="region", aria_label=caption, tabindex="0")
