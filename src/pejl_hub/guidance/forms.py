"""The form of a guidance: whom, when, and at most seven things to choose."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.closing.reason import WithReason
from pejl_hub.codes.queries import choices
from pejl_hub.companies.models import Person, Segment
from pejl_hub.companies.templatetags.places import municipalities
from pejl_hub.core.text import refuse_cpr
from pejl_hub.guidance.actions.recording import Judged, Talk
from pejl_hub.guidance.facts import Client, Facts, facts_on
from pejl_hub.guidance.models import Channel, Guidance, GuidanceState, GuidanceType
from pejl_hub.guidance.whom import Whom

LENGTHS = (15, 30, 45, 60, 90, 120)
LISTS = ("priority_area", "need", "outcome", "next_step", "team")


class Day(forms.DateInput):
    """A day in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Chips(forms.RadioSelect):
    """A choice with one tap: every value is in sight."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "chip-input"})


def _chips(label: Any, offered: Any, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=offered, widget=Chips(), empty_value=None, **options
    )


def _listed(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, empty_value=None)


class GuidanceForm(WithReason):
    """A new guidance, or with ``guidance`` one to correct."""

    client = forms.CharField(required=False, widget=forms.HiddenInput)
    ny = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    who = forms.CharField(label=_("Company or person"), required=False, max_length=100)
    person_name = forms.CharField(
        label=_("Name"), required=False, max_length=200, validators=[refuse_cpr]
    )
    person_email = forms.EmailField(
        label=_("E-mail"), required=False, empty_value=None, max_length=254,
        validators=[refuse_cpr],
    )  # fmt: skip
    municipality = _listed(_("Municipality"))
    employees = forms.IntegerField(label=_("Employees"), required=False, min_value=0)
    segment = _chips(_("Segment"), Segment.choices, required=False)
    held_on = forms.DateField(label=_("Day"), widget=Day())
    type = _chips(_("Kind"), GuidanceType.choices)
    channel = _chips(_("How"), Channel.choices, required=False)
    minutes = _chips(_("Length"), [(n, n) for n in LENGTHS], coerce=int, required=False)
    priority_area = _listed(_("Priority area"))
    need = _listed(_("Need"))
    outcome = _listed(_("Outcome of the talk"))
    next_step = _listed(_("Next step"))
    next_step_on = forms.DateField(label=_("Remind me on"), required=False, widget=Day())
    team = _listed(_("Team"))

    def __init__(
        self,
        data: Any = None,
        *,
        whom: Whom,
        guidance: Guidance | None = None,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.whom, self.guidance = whom, guidance
        self.day = _day((data or initial).get("held_on")) or timezone.localdate()
        self.known = _known(whom.client, self.day) if guidance is None else None
        self._offer()
        if data is None and not self.initial.get("segment") and self.known:
            self.initial["segment"] = self.known.segment
        if data is None and whom.is_new and not self.initial.get("segment"):
            self.initial["segment"] = Segment.PRE_STARTER
        self.initial.setdefault("token", uuid4())

    def _offer(self) -> None:
        """The codes that hold on the day, and what the row holds already."""
        for name in LISTS:
            keep = getattr(self.guidance, name, None)
            self._choices(name, choices(name, on=self.day, keep=keep))
        self._choices("municipality", municipalities())
        minutes = {*LENGTHS, getattr(self.guidance, "minutes", None) or LENGTHS[0]}
        length: Any = self.fields["minutes"]
        length.choices = [(n, _("%(n)s min") % {"n": n}) for n in sorted(minutes)]
        if self.whom.is_company:
            judged: Any = self.fields["segment"]
            judged.choices = [one for one in Segment.choices if one[0] != Segment.PRE_STARTER]

    def _choices(self, name: str, offered: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", "–"), *offered]

    @property
    def asks_place(self) -> bool:
        """Whether the register does not know where the client is."""
        return self.known is None or self.known.municipality is None

    @property
    def asks_size(self) -> bool:
        """Whether a company's size is not known; a person has none."""
        return self.whom.is_company and (self.known is None or self.known.employees is None)

    def clean(self) -> dict[str, Any]:
        """A client must be known, or a person's name."""
        cleaned = super().clean() or {}
        if self.guidance is not None:
            return cleaned
        if self.whom.is_new:
            self._clean_person(cleaned)
        elif self.whom.client is None:
            self.add_error("who", self.whom.problem)
        return cleaned

    def _clean_person(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("person_name") and "person_name" not in self.errors:
            self.add_error("person_name", _("Write the person's name."))
        email = cleaned.get("person_email")
        same = Person.objects.filter(email__iexact=email).first() if email else None
        if same:
            said = _("%(name)s has that address and is on record: search for the address.")
            self.add_error("person_email", said % {"name": same.name})

    def clean_state(self, sent: str) -> str:
        """The state of the button that was pressed."""
        return sent if sent in GuidanceState.values else GuidanceState.HELD

    def the_client(self) -> Client:
        """The client picked, or the new person, who is not stored yet."""
        said = self.cleaned_data
        return self.whom.client or Person(
            name=said["person_name"], email=said["person_email"], municipality=said["municipality"]
        )

    def talk(self) -> Talk:
        """What was said of the talk."""
        return Talk(**{name: self.cleaned_data[name] for name in Talk.__dataclass_fields__})

    def judged(self) -> Judged:
        """What was said of the client."""
        return Judged(**{name: self.cleaned_data[name] for name in Judged.__dataclass_fields__})


class WhyForm(WithReason):
    """Why a guidance is withdrawn."""

    why = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=500,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _known(client: Client | None, day: date) -> Facts | None:
    return facts_on(client, day) if client else None


def _day(written: Any) -> date | None:
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
