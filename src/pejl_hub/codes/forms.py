"""What is asked about a value of a code list."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl_hub.codes.models import Code


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-input"})


class CodeForm(forms.ModelForm):
    """A value. Its code is given once: rows store it."""

    class Meta:
        """The list is that of the page."""

        model = Code
        fields: ClassVar = ["code", "label_da", "label_en", "valid_from", "valid_to", "position"]
        help_texts: ClassVar = {
            "code": _("What rows store. It cannot be changed later; the labels can."),
            "valid_from": _("Empty: always offered."),
            "valid_to": _("The last day. Empty: offered until you end it."),
            "position": _("Small numbers come first."),
        }
        widgets: ClassVar = {
            "code": forms.TextInput(attrs={"class": "form-input"}),
            "label_da": forms.TextInput(attrs={"class": "form-input"}),
            "label_en": forms.TextInput(attrs={"class": "form-input"}),
            "valid_from": Day(),
            "valid_to": Day(),
            "position": forms.NumberInput(attrs={"class": "form-input", "inputmode": "numeric"}),
        }

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["code"].disabled = self.instance.pk is not None
        for name in self.fields:
            described = [f"id_{name}-help"] if self.fields[name].help_text else []
            described += [f"id_{name}-problem"] if self.is_bound and self.errors.get(name) else []
            if described:
                self.fields[name].widget.attrs["aria-describedby"] = " ".join(described)

    def _get_validation_exclusions(self) -> set[str]:
        """The list is not asked about, and still belongs to the rule that a code stands once."""
        return super()._get_validation_exclusions() - {"list_name"}


class EndForm(forms.Form):
    """The last day that a value is offered."""

    last_day = forms.DateField(label=_("The last day"), widget=Day())
