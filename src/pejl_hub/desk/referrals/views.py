"""The pages of one referral: making it, seeing it, and each step of its life."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import label
from pejl_hub.companies.models import Company, Person
from pejl_hub.core.phrasing import in_words
from pejl_hub.desk.referrals.answers import may_see, said_of
from pejl_hub.desk.referrals.story import story, told
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.actions.consents import valid_consent
from pejl_hub.referrals.actions.posting import ON_ITS_WAY, letter_for, post
from pejl_hub.referrals.forms.recording import NewForm
from pejl_hub.referrals.forms.steps import STEPS, WithdrawForm
from pejl_hub.referrals.models import Consent, Provider, Referral, ReferralState, StepKind
from pejl_hub.referrals.queries import guidances_of
from pejl_hub.referrals.transitions import NEXT

FORMS = ["GET", "HEAD", "POST"]
OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One referral."""
    require(request.user, Action.USE_DESK)
    referral = _referral(number)
    writes = may(request.user, Action.RECORD_GUIDANCE)
    names = writes or may(request.user, Action.SEE_NAMES)
    consent = valid_consent(referral)
    context = {
        "section": "registers",
        "referral": referral,
        "client": client_of(referral.guidance),
        "why": label(ListName.REFERRAL_REASON, referral.reason),
        "consent": consent,
        "written": consent is not None and consent.letters.filter(state__in=ON_ITS_WAY).exists(),
        "told": told(consent) if consent else "",
        "story": story(referral, names=names),
        "names": names,
        "sees_answers": (sees := may_see(referral, request.user)),
        "said": said_of(referral) if sees else [],
        "may_write": writes,
        "next": NEXT[referral.state],
        "kinds": StepKind,
        "open": referral.state in OPEN,
        "undoable": referral.steps.exists(),
    }
    return render(request, "desk/referrals/referral.html", context)


@require_http_methods(FORMS)
def new(request: HttpRequest) -> HttpResponse:
    """A referral after a guidance: ``?guidance=7``, or ``?client=company-7`` to choose among."""
    require(request.user, Action.RECORD_GUIDANCE)
    guidances, client = _asked(request)
    if not guidances:
        context = {"section": "registers", "client": client}
        return render(request, "desk/referrals/no_guidance.html", context)
    form = NewForm(_sent(request), guidances=guidances)
    if len(guidances) == 1:
        form.fields["guidance"].widget = form.fields["guidance"].hidden_widget()
    if request.method == "POST" and form.is_valid():
        try:
            referral = form.store(request.user)
        except UserError as refusal:
            form.refused(refusal)
        else:
            sent = _("The referral is sent. Do you want to write to the adviser?")
            messages.success(request, sent if form.sends else _("Saved as a draft."))
            return redirect("referrals:referral", number=referral.pk)
    context = {
        "section": "registers",
        "form": form,
        "parts": form.parts(),
        "client": client,
        "guidance": guidances[0] if len(guidances) == 1 else None,
        "no_providers": not Provider.objects.exists(),
    }
    return render(request, "desk/referrals/new.html", context, status=_status(request))


@require_http_methods(FORMS)
def step(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """A step of a referral's life: the form, and what it does."""
    require(request.user, Action.RECORD_GUIDANCE)
    if step not in STEPS:
        raise Http404(step)
    referral = _referral(number)
    form = STEPS[step](_sent(request), referral=referral)
    if request.method == "POST" and form.is_valid():
        try:
            kept = form.store(request.user)
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved.") if kept else _("The draft is deleted."))
            return redirect(kept_address(kept))
    context = {
        "section": "registers",
        "form": form,
        "title": form.title,
        "about": form.about,
        "button": form.button,
        "back": reverse("referrals:referral", args=[number]),
        "back_label": _("Referral to %(name)s") % {"name": referral.recipient},
        "lead": f"{client_of(referral.guidance)['name']} → {referral.recipient}",
    }
    return render(request, "desk/referrals/form.html", context, status=_status(request))


@require_http_methods(FORMS)
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Read the e-mail to the adviser, word for word, and send it by a click."""
    require(request.user, Action.RECORD_GUIDANCE)
    referral = _referral(number)
    try:
        if request.method == "POST":
            post(referral=referral, seen=request.POST.get("seen", ""), by=request.user)
            messages.success(request, _("The e-mail is on its way."))
            return redirect("referrals:referral", number=number)
        composed = letter_for(referral, request.user)
    except UserError as refusal:
        messages.error(request, in_words(refusal))
        return redirect("referrals:referral", number=number)
    context = {"section": "registers", "referral": referral, "letter": composed}
    return render(request, "desk/referrals/letter.html", context)


@require_http_methods(FORMS)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """The client takes a consent back."""
    require(request.user, Action.RECORD_GUIDANCE)
    consent = get_object_or_404(Consent.objects.select_related("provider", "referral"), pk=number)
    form = WithdrawForm(_sent(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            form.store(consent, request.user)
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The consent holds no more."))
            return redirect("referrals:referral", number=consent.referral_id)
    context = {
        "section": "registers",
        "form": form,
        "title": _("Withdraw the consent?"),
        "about": _(
            "Nothing more is sent to %(name)s. Tell them to delete what they have, "
            "and close the referral or send it to another."
        ) % {"name": consent.provider.name},
        "button": _("Withdraw the consent"),
        "back": reverse("referrals:referral", args=[consent.referral_id]),
        "back_label": _("Referral to %(name)s") % {"name": consent.referral.recipient},
    }  # fmt: skip
    return render(request, "desk/referrals/form.html", context, status=_status(request))


def kept_address(referral: Referral | None) -> str:
    """The referral's page, or the register when it is gone."""
    if referral is None:
        return reverse("registers:show", args=["henvisninger"])
    return reverse("referrals:referral", args=[referral.pk])


def client_of(guidance: Guidance) -> dict[str, Any]:
    """The client's name, and the address of their page."""
    return _client(guidance.company, guidance.person)


def _client(company: Company | None, person: Person | None) -> dict[str, Any]:
    if company:
        return {"name": company.name, "href": reverse("clients:company", args=[company.cvr])}
    if person:
        return {"name": person.name, "href": reverse("clients:person", args=[person.pk])}
    raise Http404


def _asked(request: HttpRequest) -> tuple[list[Guidance], dict[str, Any]]:
    """The guidances to choose among, the newest first, and whose they are."""
    if asked := request.GET.get("guidance", ""):
        guidance = get_object_or_404(
            Guidance.objects.select_related("company", "person"), pk=_number(asked)
        )
        return [guidance], client_of(guidance)
    kind, _dash, pk = request.GET.get("client", "").partition("-")
    model = {"company": Company, "person": Person}.get(kind)
    if model is None:
        raise Http404
    found = get_object_or_404(model._default_manager.all(), pk=_number(pk))
    company = found if isinstance(found, Company) else None
    person = found if isinstance(found, Person) else None
    who = (company.pk if company else None, person.pk if person else None)
    return list(guidances_of(*who)), _client(company, person)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Http404
    return int(text)


def _referral(number: int) -> Referral:
    found = Referral.objects.select_related("guidance__company", "guidance__person", "provider")
    return get_object_or_404(found, pk=number)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _status(request: HttpRequest) -> int:
    return 400 if request.method == "POST" else 200
