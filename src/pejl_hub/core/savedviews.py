"""The pages of saved views: save, rename, share, begin with, delete."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pejl_hub.core.actions import save_view
from pejl_hub.core.listing.saved import kept
from pejl_hub.core.models import SavedView
from pejl_hub.core.wayback import own_address


class ViewForm(forms.ModelForm):
    """A view's name, and for whom it is."""

    class Meta:
        """The filters are those of the page that it was saved from."""

        model = SavedView
        fields: ClassVar = ["name", "shared", "is_default"]
        widgets: ClassVar = {"name": forms.TextInput(attrs={"class": "form-input"})}

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("shared", "is_default"):
            self.fields[name].widget.attrs["class"] = "form-checkbox"

    def clean_name(self) -> str:
        """A name that none of the owner's other views of the list has."""
        name, view = self.cleaned_data["name"], self.instance
        others = SavedView.objects.filter(owner=view.owner, listing=view.listing, name=name)
        if others.exclude(pk=view.pk).exists():
            said = gettext_lazy("You have a view with this name already: choose another name.")
            raise ValidationError(said, code="taken")
        return name


@require_POST
def save(request: HttpRequest, listing: str) -> HttpResponse:
    """Keep the list's filters and order under a name."""
    query = kept(request.POST.get("query", ""))
    view = SavedView(owner=request.user, listing=listing[:60], query=query)
    form = ViewForm(request.POST, instance=view)
    if not form.is_valid():
        return _asked(request, form, 400)
    save_view(view=form.save(commit=False))
    messages.success(request, _("The view “%(name)s” was saved.") % {"name": view.name})
    return redirect(_back(request, view))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Rename it, share it or begin with it."""
    view = get_object_or_404(SavedView, pk=number, owner=request.user)
    form = ViewForm(request.POST or None, instance=view)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form, 400 if request.method == "POST" else 200)
    save_view(view=form.save(commit=False))
    messages.success(request, _("The view “%(name)s” was saved.") % {"name": view.name})
    return redirect(_back(request, view))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and delete it; no record is touched."""
    view = get_object_or_404(SavedView, pk=number, owner=request.user)
    if request.method != "POST":
        context = {"view": view, "next": _path(request)}
        return render(request, "core/listing/delete_view.html", context)
    view.delete()
    messages.success(request, _("The view “%(name)s” was deleted.") % {"name": view.name})
    return redirect(f"{_path(request)}?alle=1")


def _asked(request: HttpRequest, form: ViewForm, status: int) -> HttpResponse:
    context = {"form": form, "view": form.instance, "next": _path(request)}
    context["query"] = form.instance.query
    return render(request, "core/listing/view.html", context, status=status)


def _back(request: HttpRequest, view: SavedView) -> str:
    return f"{_path(request)}?{view.query}{'&' if view.query else ''}visning={view.pk}"


def _path(request: HttpRequest) -> str:
    """The list's own address, which the form or link gave; only addresses of this hub."""
    asked = (request.POST.get("next") or request.GET.get("next") or "/").partition("?")[0]
    return own_address(request, asked) or "/"
