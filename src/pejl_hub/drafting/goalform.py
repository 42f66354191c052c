"""The form of a goal, and the goal's entry that it stands for."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pejl.base.units import UNITS
from pejl.contract.document import Plain
from pejl.snapshot.tables import TABLES
from pejl_hub.core.text import refuse_cpr
from pejl_hub.drafting import words
from pejl_hub.drafting.conditions import Row, conditions_of, number, rows_of
from pejl_hub.drafting.forms import Choices, Day, Described, choice, several, text

BLANKS, OF_A_NEW_GOAL = 2, 5  # empty rows of conditions
COLUMNS = sorted({column.name for table in TABLES.values() for column in table.columns})
# What the measure says in one word: the field, its label, and the words to choose from.
SINGLE = ("of", "key", "level", "base", "add", "read", "score", "dated_by")
MEASURE_FIELDS = ("kind", *SINGLE, "unit", "adds_up_over", "goals")


class GoalForm(Described):
    """A goal: its words, clause, status, measure, number, and how it is shown."""

    label_da = text(_("Name in Danish"), max_length=200)
    label_en = text(_("Name in English"), max_length=200)
    definition_da = text(_("What is counted, in Danish"), rows=3)
    definition_en = text(_("What is counted, in English"), rows=3)
    measured_by = choice(_("Who measures"), list(words.MEASURED_BY.items()))
    breakdowns = several(_("Shown by"), words.DIMENSIONS)
    cadence = choice(_("How often"), list(words.CADENCE.items()))
    audience = several(_("For whom"), words.AUDIENCE)
    op = choice(_("The figure must be"), list(words.OPERATORS.items()))

    def __init__(
        self, *given: Any, draft: Mapping[str, Any], goal: Mapping[str, Any] | None, **options: Any
    ) -> None:
        self.draft, self.goal = draft, goal or {}
        self.fixed = "parts" in self.goal.get("measure", {})
        super().__init__(*given, initial=_initial(self.goal), **options)

    def build(self) -> None:
        """What can be chosen is what the draft and the records have."""
        clauses = clause_choices(self.draft)
        groups = [(key, label["da"]) for key, label in self.draft["groups"].items()]
        self.fields["group"] = choice(_("Chapter"), groups)
        self.fields["clause"] = choice(_("Clause"), clauses)
        self.fields["method_clause"] = choice(_("Clause on the method"), clauses, needed=False)
        if not self.goal:
            self.fields["id"] = forms.RegexField(
                label=_("Id"),
                regex=r"^[a-z][a-z0-9_-]*$",
                max_length=60,
                validators=[refuse_cpr],
                widget=forms.TextInput(attrs={"class": "form-input"}),
                help_text=_("Small letters, digits and _; it stays the same from year to year."),
            )
        self._dated(clauses)
        if not self.fixed:
            self._measure()

    def _dated(self, clauses: Choices) -> None:
        self.status_rows = [*self.goal.get("status", {}), ""]
        for at, _day in enumerate(self.status_rows):
            self.fields[f"status_day_{at}"] = forms.DateField(
                label=_("From"), required=False, widget=Day()
            )
            self.fields[f"status_word_{at}"] = choice(
                _("Status"), list(words.STATUS.items()), needed=False
            )
        self.fields["awaits"] = text(
            _("What it waits for"),
            needed=False,
            max_length=60,
            help_text=_("Only while it is pending: framework_agreement, or another id."),
        )
        self.target_rows = [*self.goal.get("target", {}).get("values", {}), ""]
        for at, _day in enumerate(self.target_rows):
            self.fields[f"target_day_{at}"] = forms.DateField(
                label=_("From"), required=False, widget=Day()
            )
            self.fields[f"target_number_{at}"] = text(
                _("The number promised"), needed=False, max_length=30
            )
            self.fields[f"target_clause_{at}"] = choice(_("Clause"), clauses, needed=False)

    def _measure(self) -> None:
        measure = self.goal.get("measure", {})
        columns = [(name, name) for name in COLUMNS]
        offered: dict[str, tuple[Any, Choices, bool]] = {
            "kind": (_("What is measured"), list(words.KINDS.items()), True),
            "unit": (_("Unit"), [(unit.id, unit.da) for unit in UNITS.values()], True),
            "of": (_("Records"), list(words.TABLES.items()), False),
            "key": (_("Different by"), columns, False),
            "level": (_("Column with the level"), columns, False),
            "base": (_("Growth since"), list(words.BASES.items()), False),
            "add": (_("Column that is added"), columns, False),
            "score": (_("Column with the score"), columns, False),
            "read": (_("Which figure of a sample"), list(words.READS.items()), False),
            "dated_by": (_("Counted by the day"), columns, False),
        }
        for name, (label, choices, needed) in offered.items():
            self.fields[name] = choice(label, choices, needed=needed)
        others = {g["id"]: g["label"]["da"] for g in self.draft["goals"] if _counts(g, self.goal)}
        self.fields["goals"] = several(_("Goals that are put together"), others)
        self.fields["adds_up_over"] = several(_("Adds up over"), words.DIMENSIONS)
        self.condition_rows = {}
        for part in ("where", "having"):
            count = len(measure.get(part, {})) + (BLANKS if self.goal else OF_A_NEW_GOAL)
            self.condition_rows[part] = range(count)
            for at in range(count):
                self.fields[f"{part}_column_{at}"] = choice(_("Column"), columns, needed=False)
                self.fields[f"{part}_test_{at}"] = choice(
                    _("Test"), list(words.TESTS.items()), needed=False
                )
                self.fields[f"{part}_value_{at}"] = text(_("Value"), needed=False, max_length=200)

    def rows(self, names: str, count: int) -> list[list[forms.BoundField]]:
        """The fields of each numbered row, such as ``status_day`` and ``status_word``."""
        return [[self[f"{name}_{at}"] for name in names.split()] for at in range(count)]

    @property
    def status_fields(self) -> list[list[forms.BoundField]]:
        """The day and word of each status, and an empty row."""
        return self.rows("status_day status_word", len(self.status_rows))

    @property
    def target_fields(self) -> list[list[forms.BoundField]]:
        """The day, number and clause of each number, and an empty row."""
        return self.rows("target_day target_number target_clause", len(self.target_rows))

    @property
    def where_fields(self) -> list[list[forms.BoundField]]:
        """Each condition on what counts."""
        return self._condition_fields("where")

    @property
    def having_fields(self) -> list[list[forms.BoundField]]:
        """Each condition on what is in a share's numerator."""
        return self._condition_fields("having")

    @property
    def measure_fields(self) -> list[forms.BoundField]:
        """The single words of the measure."""
        return [self[name] for name in ("kind", "unit", *SINGLE) if name in self.fields]

    def _condition_fields(self, part: str) -> list[list[forms.BoundField]]:
        names = f"{part}_column {part}_test {part}_value"
        return self.rows(names, len(self.condition_rows[part]))

    def clean(self) -> dict[str, Any]:
        """Numbers and conditions must be read; what the rules say comes after."""
        found = cast(dict[str, Any], super().clean())
        for at, _day in enumerate(self.target_rows):
            self._clean_number(found, at)
        if not any(found.get(f"status_word_{at}") for at, _day in enumerate(self.status_rows)):
            self.add_error("status_word_0", _now("A goal has a status from the first day."))
        for part in ("where", "having") if not self.fixed else ():
            try:
                found[part] = conditions_of(self._rows(found, part))
            except ValueError as error:
                self.add_error(None, _now("A condition lacks its value: %s") % error)
        return found

    def _clean_number(self, found: dict[str, Any], at: int) -> None:
        written, day = found.get(f"target_number_{at}"), found.get(f"target_day_{at}")
        if not written:
            return
        try:
            found[f"target_number_{at}"] = number(written)
        except ValueError:
            self.add_error(f"target_number_{at}", _now("Write a number, such as 1.500 or 12,5."))
        if day is None:
            self.add_error(f"target_day_{at}", _now("Say from which day the number holds."))
        if not found.get(f"target_clause_{at}"):
            self.add_error(f"target_clause_{at}", _now("Choose the clause that holds the number."))

    def _rows(self, found: Mapping[str, Any], part: str) -> list[Row]:
        names = [
            tuple(f"{part}_{each}_{at}" for each in ("column", "test", "value"))
            for at in self.condition_rows[part]
        ]
        return [
            Row(found.get(column) or "", found.get(test) or "is", found.get(value) or "")
            for column, test, value in names
        ]

    def entry(self) -> dict[str, Any]:
        """The goal as the file has it, with what the form does not ask kept as it was."""
        said = self.cleaned_data
        made: dict[str, Any] = {
            **self.goal,
            "id": self.goal.get("id") or said["id"],
            "label": {"da": said["label_da"], "en": said["label_en"]},
            "definition": {"da": said["definition_da"], "en": said["definition_en"]},
            "status": self._status(),
            "breakdowns": said["breakdowns"],
            "audience": said["audience"],
        }
        for name in ("group", "clause", "measured_by", "cadence"):
            made[name] = said[name]
        for name in ("method_clause", "awaits"):
            made.pop(name, None)
            if said[name]:
                made[name] = said[name]
        if not self.fixed:
            made["measure"] = self._measured()
        made.pop("target", None)
        if values := self._values(made["status"]):
            made["target"] = {"op": said["op"], "values": values}
        return made

    def _status(self) -> dict[str, str]:
        said = self.cleaned_data
        rows = [
            (said[f"status_day_{at}"], said[f"status_word_{at}"])
            for at, _day in enumerate(self.status_rows)
        ]
        return dict(sorted((day.isoformat(), word) for day, word in rows if day and word))

    def _values(self, status: Mapping[str, str]) -> dict[str, Any]:
        said, found = self.cleaned_data, {}
        for at, _day in enumerate(self.target_rows):
            day, written = said[f"target_day_{at}"], said[f"target_number_{at}"]
            if day is None or written in ("", None):
                continue
            holding = [when for when in status if when <= day.isoformat()]
            pending = bool(holding) and status[max(holding)] == "pending"
            clause = said[f"target_clause_{at}"]
            field = "expected" if pending else "value"
            found[day.isoformat()] = {field: written, "clause": clause}
        return dict(sorted(found.items()))

    def _measured(self) -> dict[str, Any]:
        said = self.cleaned_data
        made = {name: Plain(said[name]) for name in ("kind", *SINGLE, "unit") if said[name]}
        more = {name: said[name] for name in ("where", "having", "goals", "adds_up_over")}
        return {**made, **{name: value for name, value in more.items() if value}}


def clause_choices(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The draft's clauses by number, each with the beginning of its quote."""
    return [
        (key, f"{key} · {clause['quote'][:70]}{'…' if len(clause['quote']) > 70 else ''}")
        for key, clause in data["clauses"].items()
    ]


def _counts(other: Mapping[str, Any], goal: Mapping[str, Any]) -> bool:
    return other.get("measure", {}).get("kind") == "count" and other["id"] != goal.get("id")


def _initial(goal: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields hold before anything is typed."""
    measure, target = goal.get("measure", {}), goal.get("target", {})
    found: dict[str, Any] = {
        name: goal.get(name)
        for name in ("group", "clause", "method_clause", "measured_by", "awaits", "cadence")
    }
    found |= {name: list(goal.get(name, ())) for name in ("breakdowns", "audience")}
    for name in ("label", "definition"):
        found |= {f"{name}_{code}": goal.get(name, {}).get(code, "") for code in ("da", "en")}
    found |= {name: measure.get(name) for name in MEASURE_FIELDS}
    found["op"] = target.get("op", ">=")
    for at, (day, word) in enumerate(goal.get("status", {}).items()):
        found |= {f"status_day_{at}": day, f"status_word_{at}": word}
    for at, (day, promised) in enumerate(target.get("values", {}).items()):
        shown = promised.get("value", promised.get("expected", ""))
        found |= {
            f"target_day_{at}": day,
            f"target_number_{at}": str(shown).replace(".", ","),
            f"target_clause_{at}": promised.get("clause"),
        }
    for part in ("where", "having"):
        for at, row in enumerate(rows_of(measure.get(part, {}))):
            found |= {
                f"{part}_column_{at}": row.column,
                f"{part}_test_{at}": row.test,
                f"{part}_value_{at}": row.value,
            }
    return found
