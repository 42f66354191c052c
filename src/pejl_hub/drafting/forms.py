"""What is asked about a goal, a clause, a duty, the smallest number and next year."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr, refuse_cpr_name
from pejl_hub.drafting import words

Choices = Sequence[tuple[str, Any]]


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-input"})


def text(label: Promise, *, rows: int = 0, needed: bool = True, **more: Any) -> forms.CharField:
    """A field of text on one line, or on several."""
    attributes = {"class": "form-input"}
    widget: forms.Widget = forms.TextInput(attrs=attributes)
    if rows:
        widget = forms.Textarea(attrs={**attributes, "rows": rows})
    more = {"max_length": 4000, **more}
    validators = [*more.pop("validators", []), refuse_cpr]
    return forms.CharField(
        label=label, required=needed, widget=widget, validators=validators, **more
    )


def choice(label: Promise, choices: Choices, *, needed: bool = True) -> forms.ChoiceField:
    """A field with one of the choices."""
    empty: Choices = [] if needed else [("", "–")]
    return forms.ChoiceField(
        label=label,
        required=needed,
        choices=[*empty, *choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )


def several(label: Promise, choices: Mapping[str, Any]) -> forms.MultipleChoiceField:
    """A field with any of the choices."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=list(choices.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-checkbox"}),
    )


class Described(forms.Form):
    """A form whose fields name their help and their problem, for screen readers."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.build()
        for name, field in self.fields.items():
            described = [f"id_{name}-help"] if field.help_text else []
            described += [f"id_{name}-problem"] if self.is_bound and self.errors.get(name) else []
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)

    def build(self) -> None:
        """Add the fields that depend on the draft."""


class ClauseForm(Described):
    """A clause: where it stands and its words."""

    key = forms.RegexField(
        label=_("The clause's number"),
        regex=r"^[A-Z][A-Z0-9]*(\.[0-9]+[a-z]?)?$",
        max_length=20,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"class": "form-input"}),
        help_text=_("As K2.1: a letter and the chapter, a point and the number in it."),
    )
    heading = text(_("Heading"), help_text=_("Word for word as in the text."))
    quote = text(
        _("Quote"),
        rows=5,
        help_text=_("Copy it from the text below. Line breaks do not matter; every word does."),
    )
    orphan = text(
        _("Why nothing measures it"),
        rows=2,
        needed=False,
        help_text=_("Only for a clause that no goal, duty or question uses."),
    )


class DutyForm(Described):
    """Something that must be reported or communicated."""

    key = forms.RegexField(
        label=_("Id"),
        regex=r"^[a-z][a-z0-9_-]*$",
        max_length=60,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"class": "form-input"}),
        help_text=_("Small letters, digits and _; it stays the same from year to year."),
    )
    label_da = text(_("What must be done, in Danish"), rows=2)
    label_en = text(_("What must be done, in English"), rows=2)
    cadence = choice(_("How often"), list(words.CADENCE.items()))
    owner = choice(_("Who must do it"), list(words.OWNER.items()))
    audience = several(_("For whom"), words.AUDIENCE)

    def __init__(self, *given: Any, clauses: Choices, **options: Any) -> None:
        self.clauses = clauses
        super().__init__(*given, **options)

    def build(self) -> None:
        """The clause is one of the draft's."""
        self.fields["clause"] = choice(_("Clause"), self.clauses)


class MinimumForm(Described):
    """The smallest number that may be published, from a day."""

    day = forms.DateField(label=_("From"), widget=Day())
    minimum = forms.IntegerField(
        label=_("Smallest number"),
        min_value=2,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "form-input", "inputmode": "numeric"}),
    )
    reason = text(_("Where it comes from"), rows=3)

    def __init__(self, *given: Any, clauses: Choices, **options: Any) -> None:
        self.clauses = clauses
        super().__init__(*given, **options)

    def build(self) -> None:
        """The clause that sets it, where the contract does."""
        self.fields["clause"] = choice(_("Clause"), self.clauses, needed=False)


class NextYearForm(Described):
    """The text of next year's contract."""

    file = forms.FileField(
        label=_("The text of next year's contract"),
        validators=[refuse_cpr_name],
        help_text=_("A .txt file in UTF-8 with the words of the contract."),
        widget=forms.FileInput(attrs={"class": "form-input", "accept": ".txt,text/plain"}),
    )


class AnswerForm(Described):
    """What was decided."""

    answer = text(_("What was decided"), max_length=300)
