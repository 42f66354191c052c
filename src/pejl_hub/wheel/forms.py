"""What is asked about an occasion, a duty's plan and a calendar feed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl.contract.goal import Contract
from pejl.duties.occasions import UNDATED
from pejl_hub.accounts.access import TABLE, Action
from pejl_hub.accounts.models import User
from pejl_hub.closing.reason import dress
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.core.text import refuse_cpr
from pejl_hub.wheel.actions import Told
from pejl_hub.wheel.models import State
from pejl_hub.wheel.queries import Item, Kept


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Owner(forms.ModelChoiceField):
    """Somebody of the house who may see the wheel, by name."""

    def __init__(self) -> None:
        super().__init__(User.objects.none(), required=False, label=_("Owner"))

    def label_from_instance(self, obj: User) -> str:
        """The full name."""
        return obj.shown_name


class WheelForm(forms.Form):
    """The look of the house; owners are asked for when the form is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].queryset = owners()
            self.fields["owner"].empty_label = _("Nobody yet")
        dress(self)


def owners() -> Any:
    """Who may own an occasion: those who sign in and may see the wheel."""
    roles = [role for role, actions in TABLE.items() if Action.SEE_PLANS in actions]
    return User.objects.filter(is_active=True, role__in=roles).order_by("first_name", "username")


class OccasionForm(WheelForm):
    """What has become of an occasion."""

    state = forms.ChoiceField(label=_("State"), choices=State.choices, widget=forms.RadioSelect)
    done_on = forms.DateField(label=_("It was done on"), required=False, widget=Day())
    evidence = forms.CharField(
        label=_("What shows that it was done"),
        help_text=_("Such as: minutes of KKR's meeting, item 4, or the number of a letter."),
        required=False,
        max_length=500,
        validators=[refuse_cpr],
    )
    because = forms.CharField(
        label=_("Why it is not needed"), required=False, max_length=300, validators=[refuse_cpr]
    )
    due_on = forms.DateField(label=_("Due"), widget=Day())
    owner = Owner()

    @classmethod
    def of(cls, item: Item, posted: Any) -> "OccasionForm":
        """The form with what is on record."""
        written = item.proof if item.proof and not item.automatic else None
        return cls(
            posted,
            initial={
                "state": State.OPEN if item.automatic else item.state,
                "done_on": written.day if written else timezone.localdate(),
                "evidence": written.words if written else "",
                "because": item.because,
                "due_on": item.due_on,
                "owner": item.owner.pk if item.owner else None,
            },
        )

    def told(self) -> Told:
        """The cleaned answers."""
        said = self.cleaned_data
        return Told(
            state=State(said["state"]),
            due_on=said["due_on"],
            owner=said["owner"],
            because=said["because"],
            evidence=said["evidence"],
            done_on=said["done_on"],
        )


class AddForm(WheelForm):
    """An occasion added by hand."""

    duty = forms.ChoiceField(label=_("Duty"))
    title = forms.CharField(
        label=_("What is asked for"),
        help_text=_("Such as: status to KKR's meeting on 12 June."),
        max_length=200,
        validators=[refuse_cpr],
    )
    due_on = forms.DateField(label=_("Due"), widget=Day())
    owner = Owner()

    def __init__(self, contract: Contract, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What nobody can foresee is what is added by hand: it is offered first.
        duties = sorted(contract.duties, key=lambda one: one.cadence not in UNDATED)
        self.fields["duty"].choices = [(one.id, text(dict(one.label))) for one in duties]


class PlanForm(WheelForm):
    """When a duty is due, and whose it is."""

    working_days = forms.IntegerField(label=_("Working days"), min_value=0, max_value=250)
    months = forms.IntegerField(
        label=_("Months between"),
        help_text=_("The contract says “as it goes”: the hub chooses the rhythm."),
        min_value=1,
        max_value=12,
    )
    owner = Owner()
    because = forms.CharField(
        label=_("Where the days come from"),
        help_text=_("Such as: the board's plan of meetings, or agreed with KKR's secretariat."),
        max_length=300,
        validators=[refuse_cpr],
    )

    def __init__(self, plan: Kept, posted: Any) -> None:
        super().__init__(
            posted,
            initial={
                "working_days": plan.rule.working_days,
                "months": plan.rule.months,
                "owner": plan.owner.pk if plan.owner else None,
                "because": plan.because,
            },
        )
        if plan.rule.months is None:
            del self.fields["months"]


class FeedForm(WheelForm):
    """Which occasions a calendar shows."""

    everything = forms.TypedChoiceField(
        label=_("The calendar shows"),
        choices=[("alle", _("Every occasion")), ("mine", _("My own and those without an owner"))],
        coerce=lambda written: written == "alle",
        widget=forms.RadioSelect,
        initial="alle",
    )
