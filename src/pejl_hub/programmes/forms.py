"""What is asked of a programme, a round, an application, a move and a correction."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.closing.reason import WithReason
from pejl_hub.companies.models import Company, Person, Segment
from pejl_hub.companies.templatetags.places import municipalities
from pejl_hub.core.text import refuse_cpr
from pejl_hub.programmes.actions.recording import Applied, may_redate
from pejl_hub.programmes.models import Form, Participation, Programme, Round
from pejl_hub.programmes.money import Kroner
from pejl_hub.programmes.terms import Remark
from pejl_hub.programmes.transitions import AMOUNT_OF

AMOUNTS = {
    "applied_amount": _("Applied for (DKK)"),
    "committed_amount": _("Committed (DKK)"),
    "paid_amount": _("Paid out (DKK)"),
    "own_contribution": _("Own contribution (DKK)"),
    "declared_aid": _("Aid of minor amount from others (DKK)"),
}
DECLARED = _(
    "What the client declares that others have granted it, or companies of its group, in the "
    "last three years."
)


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Remarked(forms.Form):
    """Mixin: what the terms say is shown once; a warning is saved when it is shown again."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    remarks: tuple[Remark, ...] = ()

    def may_pass(self, remarks: Iterable[Remark]) -> bool:
        """Whether to save: nothing refuses, and each warning has been seen."""
        self.remarks = tuple(remarks)
        said = " · ".join(remark.text for remark in self.remarks)
        passed = not any(remark.refuses for remark in self.remarks) and (
            not said or self.cleaned_data["seen"] == said
        )
        if not passed:
            self.data = self.data.copy()  # type: ignore[assignment]
            self.data["seen"] = said  # type: ignore[index]
        return passed

    @property
    def only_warnings(self) -> bool:
        """Whether saving again will do."""
        return bool(self.remarks) and not any(remark.refuses for remark in self.remarks)


class ProgrammeForm(WithReason, forms.ModelForm):
    """A programme; what may change from year to year is its rounds'."""

    class Meta:
        """Its name."""

        model = Programme
        fields: ClassVar = ["name"]


class RoundForm(WithReason, forms.ModelForm):
    """A round and its terms."""

    max_amount = Kroner(_("At most to one client (DKK)"))
    budget = Kroner(_("Budget (DKK)"))
    national = forms.TypedChoiceField(
        label=_("National programme"),
        help_text=_("Only courses and grants of national programmes count in the contract."),
        choices=(("", _("Choose")), ("ja", _("Yes")), ("nej", _("No"))),
        coerce=lambda said: said == "ja",
    )
    de_minimis = forms.TypedChoiceField(
        label=_("Aid of minor amount (de minimis)"),
        help_text=_("Not stated: grants are summed as if they were, and only warned about."),
        choices=(("", _("Not stated")), ("ja", _("Yes")), ("nej", _("No"))),
        coerce=lambda said: said == "ja",
        empty_value=None,
        required=False,
    )

    class Meta:
        """The order is that of the page."""

        model = Round
        fields: ClassVar = [
            "name",
            "national",
            "starts_on",
            "ends_on",
            "opens_on",
            "closes_on",
            "max_amount",
            "own_share",
            "budget",
            "de_minimis",
            "legal_basis",
            "purpose",
        ]
        labels: ClassVar = {
            "name": _("Name of the round"),
            "starts_on": _("Runs from"),
            "ends_on": _("Runs to"),
            "opens_on": _("Applications from"),
            "closes_on": _("Applications to"),
            "own_share": _("Own contribution, at least (per cent of the cost)"),
            "legal_basis": _("Legal basis"),
            "purpose": _("Purpose"),
        }
        widgets: ClassVar = {
            "starts_on": Day(),
            "ends_on": Day(),
            "opens_on": Day(),
            "closes_on": Day(),
            "own_share": forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any"}),
            "purpose": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("national", "de_minimis"):
            stored = self.initial.get(name)
            self.initial[name] = {True: "ja", False: "nej"}.get(stored, "")

    def clean(self) -> dict[str, Any]:
        """A period ends no earlier than it begins."""
        data = super().clean() or self.cleaned_data
        for first, last in (("starts_on", "ends_on"), ("opens_on", "closes_on")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, _("The period ends before it begins."))
        return data


class NewForm(Remarked, WithReason):
    """A course or grant that a client applies for."""

    round = forms.ModelChoiceField(
        label=_("Programme and round"), queryset=Round.objects.none(), empty_label=_("Choose")
    )
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Applied on"), widget=Day())
    amount = Kroner(AMOUNTS["applied_amount"], help_text=_("Needed for a grant."))
    own = Kroner(AMOUNTS["own_contribution"])
    journal_number = forms.CharField(
        label=_("Journal number"), max_length=60, required=False, validators=[refuse_cpr]
    )
    declared_aid = Kroner(AMOUNTS["declared_aid"], help_text=DECLARED)
    segment = forms.ChoiceField(label=_("Segment"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = Round.objects.select_related("programme")
        order = (F("starts_on").desc(nulls_last=True), "programme__name", "-pk")
        self.fields["round"].queryset = rounds.order_by(*order)  # type: ignore[attr-defined]
        self.fields["segment"].choices = [  # type: ignore[attr-defined]
            ("", _("As an adviser judged last")),
            *Segment.choices,
        ]

    def clean_on(self) -> date:
        """Nothing is applied for in the future."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("The day lies ahead."))
        return on

    def clean(self) -> dict[str, Any]:
        """A grant has an amount."""
        data = super().clean() or self.cleaned_data
        if data.get("form") == Form.GRANT and "amount" in data and data["amount"] is None:
            self.add_error("amount", _("Write what is applied for."))
        return data

    def said(self, client: Company | Person) -> Applied:
        """What was typed; call it when the form is valid."""
        data = self.cleaned_data
        return Applied(
            client=client,
            round=data["round"],
            form=data["form"],
            on=data["on"],
            amount=data["amount"],
            own=data["own"],
            journal_number=data["journal_number"],
            declared_aid=data["declared_aid"],
            segment=data["segment"] or None,
        )


class MoveForm(Remarked, WithReason):
    """Who decided, when and why; and the amount where the new state states one."""

    on = forms.DateField(label=_("Decided on"), widget=Day())
    amount = Kroner("")
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=120, required=False, validators=[refuse_cpr]
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, obj: Participation, to: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obj, self.to = obj, to
        del self.fields["reason"]  # the why is asked for anyway, and is the correction's reason
        if to not in AMOUNT_OF:
            del self.fields["amount"]
            return
        column = AMOUNT_OF[to]
        self.fields["amount"].label = {
            "offered_amount": _("Offered (DKK)"),
            "committed_amount": AMOUNTS["committed_amount"],
            "paid_amount": AMOUNTS["paid_amount"],
        }[column]
        self.fields["amount"].required = obj.form == Form.GRANT and column != "offered_amount"

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """All of them."""
        return list(self.visible_fields())


class CorrectForm(WithReason, forms.ModelForm):
    """What stands of a course or grant; the reason is always asked for."""

    applied_amount = Kroner(AMOUNTS["applied_amount"])
    committed_amount = Kroner(AMOUNTS["committed_amount"])
    paid_amount = Kroner(AMOUNTS["paid_amount"])
    own_contribution = Kroner(AMOUNTS["own_contribution"])
    declared_aid = Kroner(AMOUNTS["declared_aid"], help_text=DECLARED)
    municipality = forms.TypedChoiceField(
        label=_("Municipality"),
        required=False,
        empty_value=None,
        choices=lambda: [("", _("Unknown")), *municipalities()],
    )
    segment = forms.TypedChoiceField(
        label=_("Segment"),
        required=False,
        empty_value=None,
        choices=[("", _("Unknown")), *Segment.choices],
    )
    why = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=500,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        """The state and its dates are moved, not corrected."""

        model = Participation
        fields: ClassVar = [
            "stated_on",
            "journal_number",
            "applied_amount",
            "committed_amount",
            "paid_amount",
            "own_contribution",
            "declared_aid",
            "municipality",
            "segment",
            "employees",
        ]
        labels: ClassVar = {"stated_on": _("Applied on")}
        widgets: ClassVar = {"stated_on": Day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        if not may_redate(self.instance):
            del self.fields["stated_on"]
        for state, column in (("committed", "committed_amount"), ("paid", "paid_amount")):
            if self.instance.state != state and getattr(self.instance, column) is None:
                del self.fields[column]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """All of them."""
        return list(self.visible_fields())

    def values(self) -> dict[str, Any]:
        """The columns typed; call it when the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
