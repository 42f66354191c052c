"""What a row of people says of somebody who was merged away: the client kept learns of it."""

from typing import Any

from pejl_hub.companies.following import filled
from pejl_hub.companies.models import FormerRecord, Person
from pejl_hub.sources import bulk
from pejl_hub.sources.kinds import Context, Row

LINK = ("later_company_id", "linked_at", "linked_by")
_ABOUT_PERSON = ("email", "municipality", "created_on")


def learn(context: Context, rows: list[Row]) -> None:
    """Note what the source says now, and fill what is unknown of the person kept.

    A company that took over from a person learns nothing: its facts are its own.
    """
    former = bulk.whole_rows(FormerRecord, [row.pk for row in rows if row.pk])
    bulk.remember(FormerRecord, context.run, former.values())
    bulk.update(
        FormerRecord,
        ("municipality", "source_hash", "import_run_id", "edited_at"),
        [
            (row.values.get("municipality"), row.digest, context.run.pk, None, row.pk)
            for row in rows
        ],
    )
    people = bulk.whole_rows(Person, {n for f in former.values() if (n := f["person_id"])})
    new = {number: dict[str, Any]() for number in people}
    for row in rows:
        if (number := former[row.pk or 0]["person_id"]) in people:
            new[number] |= _news(people[number] | new[number], row)
    _change(context, {number: (people[number], new[number]) for number in new if new[number]})


def _news(person: dict[str, Any], row: Row) -> dict[str, Any]:
    said = {name: row.values[name] for name in _ABOUT_PERSON if name in row.values}
    news = filled(person, said)
    if person["later_company_id"] is None and row.stored.get("later_company_id"):
        news |= {name: row.stored[name] for name in LINK}
    return news


def _change(context: Context, changed: dict[int, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    bulk.remember(Person, context.run, (before for before, _ in changed.values()))
    columns = (*_ABOUT_PERSON, *LINK)
    bulk.update(
        Person,
        (*columns, "import_run_id", "edited_at"),
        [
            (
                *(bulk.as_stored((before | new)[name]) for name in columns),
                context.run.pk,
                None,
                number,
            )
            for number, (before, new) in changed.items()
        ],
    )
    # Their own rows may come later in this import, and are not there twice for that.
    context.learnt.update(changed)
