"""The form of a record that may count in a closed period: its reason is asked only when needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl.base.errors import UserError
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.text import refuse_cpr

CLASSES = {
    forms.Select: "form-select",
    forms.CheckboxInput: "form-checkbox",
    forms.CheckboxSelectMultiple: "form-checkbox",
    forms.RadioSelect: "form-radio",
    forms.Textarea: "form-input",
    forms.widgets.Input: "form-input",
}


class WithReason(forms.Form):
    """Mixin: a recording form in the look of the house, with a reason for closed periods."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "The day lies in a closed period: the change becomes a correction that "
            "everybody can see. Write why it is made."
        ),
        required=False,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    asks_reason = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def refused(self, refusal: UserError) -> None:
        """Show the refusal in the form: a closed period asks for its reason, all typed is kept."""
        if isinstance(refusal, PeriodClosed):
            self.asks_reason = True
            self.add_error("reason", _("Write why the record changes, and save again."))
        else:
            self.add_error(None, in_words(refusal))

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields in order; the reason only when it is asked for or already given."""
        asked = self.asks_reason or bool(self["reason"].value())
        return [f for f in self.visible_fields() if f.name != "reason" or asked]


def dress(form: forms.BaseForm) -> None:
    """Give every field the look of the house."""
    for field in form.fields.values():
        field.widget.attrs.setdefault("class", _class_of(field.widget))


def _class_of(widget: forms.Widget) -> str:
    return next((name for kind, name in CLASSES.items() if isinstance(widget, kind)), "")
