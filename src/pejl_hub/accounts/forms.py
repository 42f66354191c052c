"""What is asked for about one's own sign-in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import shut_out
from pejl_hub.accounts.models import User


def look(form: forms.BaseForm) -> None:
    """Give each field the look of the house, and its help and problem to readers of text."""
    for name, field in form.fields.items():
        kind = "form-select" if isinstance(field.widget, forms.Select) else "form-input"
        field.widget.attrs.setdefault("class", kind)
        described = [f"id_{name}-help"] if field.help_text else []
        described += [f"id_{name}-problem"] if form.is_bound and form.errors.get(name) else []
        if described:
            field.widget.attrs["aria-describedby"] = " ".join(described)


class SignInForm(AuthenticationForm):
    """User name and password."""

    def confirm_login_allowed(self, user: User) -> None:
        """A user of the demo is nobody in a hub that is none: the answer is that of a wrong one."""
        super().confirm_login_allowed(user)
        if shut_out(user):
            raise self.get_invalid_login_error()


class NewPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("new_password1", "new_password2"):
            self.fields[name].help_text = ""  # the page says it, once
        look(self)


class CodeForm(forms.Form):
    """The code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        look(self)


class ProofForm(forms.Form):
    """The password once more, and the code where there is one."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *given: Any, with_code: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        if not with_code:
            del self.fields["code"]
        look(self)
