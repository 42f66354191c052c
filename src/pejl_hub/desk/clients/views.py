"""The pages of one company and one person, and the forms behind them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.companies.actions import (
    link_person,
    remove_contact,
    save_client,
    save_contact,
    save_fact,
    unlink_person,
)
from pejl_hub.companies.following import survivor
from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.desk.clients.dated import KINDS, fact_lines
from pejl_hub.desk.clients.doors import doors
from pejl_hub.desk.clients.forms import (
    FACT_FORMS,
    CompanyForm,
    ContactForm,
    LinkForm,
    NewCompanyForm,
    PersonForm,
)
from pejl_hub.desk.clients.timeline import Timeline, Whose, timeline
from pejl_hub.programmes.aid import aid_of

FORMS = ["GET", "HEAD", "POST"]
LAST_SIDE = 500


@require_safe
def show_company(request: HttpRequest, cvr: str) -> HttpResponse:
    """Everything about one company."""
    require(request.user, Action.USE_DESK)
    company = Company.objects.filter(cvr=cvr).first()
    if company is None and (kept := survivor(cvr)):
        return redirect(_address(kept))
    company = company or get_object_or_404(Company, cvr=cvr)
    founders = list(company.founders.order_by("name"))
    people = tuple(person.pk for person in founders)
    context = {
        "section": "clients",
        "company": company,
        "facts": fact_lines(company),
        "contacts": company.contacts.order_by("-is_main", "name"),
        "records": company.records.order_by("source", "source_id"),
        "founders": founders,
        "aid": aid_of(company.pk, people, timezone.localdate()),
        "timeline": _timeline(request, Whose(people, company.pk, company.cvr)),
        "doors": list(doors(request.user, f"company-{company.pk}")),
        "may_write": may(request.user, Action.RECORD_GUIDANCE),
    }
    return render(request, "desk/clients/company.html", context)


@require_safe
def show_person(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about one person."""
    require(request.user, Action.USE_DESK)
    person = get_object_or_404(Person.objects.select_related("later_company"), pk=number)
    context = {
        "section": "clients",
        "person": person,
        "timeline": _timeline(request, Whose((person.pk,))),
        "doors": list(doors(request.user, f"person-{person.pk}")),
        "may_write": may(request.user, Action.RECORD_GUIDANCE),
    }
    return render(request, "desk/clients/person.html", context)


def _timeline(request: HttpRequest, whose: Whose) -> Timeline:
    asked = request.GET.get("side", "")
    side = min(max(int(asked), 1), LAST_SIDE) if asked.isascii() and asked.isdigit() else 1
    return timeline(whose, side=side, answers=may(request.user, Action.READ_COMMENTS))


@require_http_methods(FORMS)
def new_company(request: HttpRequest) -> HttpResponse:
    """Make a company by hand."""
    require(request.user, Action.RECORD_GUIDANCE)
    form = NewCompanyForm(_sent(request), initial={"cvr": request.GET.get("cvr", "")})

    def save() -> Any:
        company = form.save(commit=False)
        company.cvr = form.cleaned_data["cvr"]
        return save_client(client=company, by=request.user)

    return _page(request, form, save, _("Make a company"), reverse("clients:search"))


@require_http_methods(FORMS)
def edit_company(request: HttpRequest, cvr: str) -> HttpResponse:
    """Correct a company's name, form or protection."""
    require(request.user, Action.RECORD_GUIDANCE)
    company = get_object_or_404(Company, cvr=cvr)
    form = CompanyForm(_sent(request), instance=company)

    def save() -> Any:
        return save_client(client=form.save(commit=False), by=request.user)

    return _page(request, form, save, _("Correct the company"), _address(company))


@require_http_methods(FORMS)
def new_fact(request: HttpRequest, cvr: str, kind: str) -> HttpResponse:
    """Type a fact that holds from a day on."""
    require(request.user, Action.RECORD_GUIDANCE)
    company = get_object_or_404(Company, cvr=cvr)
    if kind not in FACT_FORMS:
        raise Http404(kind)
    form = FACT_FORMS[kind](_sent(request), initial={"from_date": timezone.localdate()})

    def save() -> Any:
        fact = form.save(commit=False)
        fact.company = company
        save_fact(fact=fact, by=request.user)
        return company

    return _page(request, form, save, KINDS[kind][1], _address(company))


@require_http_methods(FORMS)
def edit_contact(request: HttpRequest, cvr: str, number: int | None = None) -> HttpResponse:
    """Add, correct or take out a contact."""
    require(request.user, Action.RECORD_GUIDANCE)
    company = get_object_or_404(Company, cvr=cvr)
    contact = get_object_or_404(company.contacts, pk=number) if number else None
    if contact and request.POST.get("remove"):
        remove_contact(contact=contact, by=request.user)
        messages.success(request, _("Taken out."))
        return redirect(_address(company))
    form = ContactForm(_sent(request), instance=contact or Contact(company=company))

    def save() -> Any:
        save_contact(contact=form.save(commit=False), by=request.user)
        return company

    title = _("Correct the contact") if contact else _("Add a contact")
    return _page(request, form, save, title, _address(company), removable=bool(contact))


@require_http_methods(FORMS)
def edit_person(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Make or correct a person."""
    require(request.user, Action.RECORD_GUIDANCE)
    person = get_object_or_404(Person, pk=number) if number else None
    form = PersonForm(_sent(request), instance=person)

    def save() -> Any:
        return save_client(client=form.save(commit=False), by=request.user)

    title = _("Correct the person") if person else _("Make a person")
    return _page(request, form, save, title, _address(person))


@require_http_methods(FORMS)
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Link a person to the company they founded later, or take the link away."""
    require(request.user, Action.RECORD_GUIDANCE)
    person = get_object_or_404(Person, pk=number)
    linked = person.later_company is not None
    form = LinkForm(_sent(request))
    if linked:
        del form.fields["cvr"]

    def save() -> Any:
        reason = form.cleaned_data["reason"]
        if linked:
            return unlink_person(person=person, by=request.user, reason=reason)
        return link_person(person=person, company=form.company, by=request.user, reason=reason)

    title = _("Take the link away") if linked else _("Link to the company founded")
    return _page(request, form, save, title, _address(person))


def _page(
    request: HttpRequest,
    form: forms.Form,
    save: Callable[[], Any],
    title: str | Promise,
    back: str,
    *,
    removable: bool = False,
) -> HttpResponse:
    """Show the form, or save and go to the page of what was saved; a refusal keeps all typed."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(saved))
    context = {
        "section": "clients",
        "form": form,
        "title": title,
        "back": back,
        "removable": removable,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/clients/edit.html", context, status=status)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _address(client: Company | Person | None) -> str:
    if client is None or client.pk is None:
        return reverse("clients:search")
    if isinstance(client, Company):
        return reverse("clients:company", args=[client.cvr])
    return reverse("clients:person", args=[client.pk])
