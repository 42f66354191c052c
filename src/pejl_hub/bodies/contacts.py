"""The municipalities' contacts: the list, one of them, and pasting a table."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.bodies.actions import add_contacts, remove, save
from pejl_hub.bodies.forms import ContactForm, PasteForm
from pejl_hub.bodies.lists import CONTACTS
from pejl_hub.bodies.models import MunicipalContact
from pejl_hub.bodies.queries import to_erase, without_contact
from pejl_hub.bodies.views import asked, sent


@require_safe
def show_contacts(request: HttpRequest) -> HttpResponseBase:
    """All contacts, which municipalities have none, and whom to take out."""
    require(request.user, Action.SEE_BODIES)
    require(request.user, Action.USE_DESK)
    today = timezone.localdate()
    context = {
        "section": "bodies",
        "missing": without_contact(today),
        "to_erase": to_erase(today).count(),
        "may_edit": may(request.user, Action.EDIT_BODIES),
    }
    return CONTACTS.respond(request, context, "bodies/contacts.html")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Add a contact, or change one."""
    require(request.user, Action.EDIT_BODIES)
    contact = get_object_or_404(MunicipalContact, pk=number) if number else None
    first = None if contact else {"since": timezone.localdate()}
    form = ContactForm(sent(request), instance=contact, initial=first)
    if request.method == "POST" and form.is_valid():
        save(thing=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("bodies:contacts")
    heading = _("Change the contact") if contact else _("New contact")
    return asked(request, form, heading, contact=contact, of_contacts=True)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_contact(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then take a contact out."""
    require(request.user, Action.EDIT_BODIES)
    contact = get_object_or_404(MunicipalContact, pk=number)
    if request.method == "POST":
        remove(thing=contact, by=request.user)
        messages.success(request, _("Taken out."))
        return redirect("bodies:contacts")
    return render(request, "bodies/remove.html", {"section": "bodies", "thing": contact})


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Add the contacts of a pasted table, all or none."""
    require(request.user, Action.EDIT_BODIES)
    form = PasteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        added = add_contacts(contacts=form.cleaned_data["contacts"], by=request.user)
        told = ngettext("%(added)s contact was added.", "%(added)s contacts were added.", added)
        messages.success(request, told % {"added": added})
        return redirect("bodies:contacts")
    return asked(request, form, _("Paste contacts"), of_contacts=True)
