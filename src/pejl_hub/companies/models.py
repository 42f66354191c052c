"""Companies (one CVR number each), what sources say about them, people, and clients.

A company is its CVR number; a ``CompanyRecord`` is what one source says under one record number
(ADR 3). Facts that change are dated: the newest on or before a day holds on that day.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.cvr import cvr_checks, validate_cvr
from pejl_hub.companies.merges import ClientKind as ClientKind
from pejl_hub.companies.merges import MergeRecord as MergeRecord
from pejl_hub.companies.merges import NotDuplicates as NotDuplicates
from pejl_hub.companies.tombstones import Tombstone as Tombstone
from pejl_hub.core.fields import all_or_none, not_negative, one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr


class Segment(models.TextChoices):
    """The adviser's judgement, frozen on each guidance (Erhvervsstyrelsen, 2022)."""

    PRE_STARTER = "pre_starter", _("Pre-starter")
    ENTREPRENEUR = "entrepreneur", _("Entrepreneur")
    GROWTH = "growth", _("Growth company")
    OPERATING = "operating", _("Operating company")


class Company(models.Model):
    """A company: one CVR number, whatever number of records stands behind it."""

    cvr = models.CharField(_("CVR number"), max_length=8, unique=True, validators=[validate_cvr])
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    form = text_or_unknown(_("form"), length=60, validators=[refuse_cpr])
    founded = models.DateField(_("founded"), null=True, blank=True)
    advertising_protected = models.BooleanField(_("advertising protected"), null=True, blank=True)
    import_run = models.ForeignKey(
        "sources.ImportRun", models.PROTECT, null=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    class Meta:
        """The CVR number checks, in the database too."""

        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints: ClassVar = [cvr_checks("cvr")]

    def __str__(self) -> str:
        return f"{self.name} ({self.cvr})"


class CompanyRecord(Record):
    """What one source says about a company under one record number."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="records")
    municipality = text_or_unknown(_("municipality"), length=3)
    employees = models.IntegerField(_("employees"), null=True, blank=True)
    p_number = text_or_unknown(_("P-number"), length=10)
    created_on = models.DateField(_("created in the source"), null=True, blank=True)

    class Meta:
        """One company may have several records; a record has one company."""

        verbose_name = _("company record")
        constraints: ClassVar = [*Record.Meta.constraints, not_negative("employees")]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class Language(models.TextChoices):
    """The languages that Pejl writes to people in."""

    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class Contact(Record):
    """A person in a company whom the hub may write to, about what the company was given."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    email = models.EmailField(_("e-mail"), validators=[refuse_cpr])
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DANISH
    )
    is_main = models.BooleanField(_("main contact"), default=False)

    class Meta:
        """An address once in a company, and at most one main contact."""

        verbose_name = _("contact")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("language", Language),
            models.UniqueConstraint(
                fields=["company", "email"], name="companies_contact_address_once"
            ),
            models.UniqueConstraint(
                fields=["company"],
                condition=models.Q(is_main=True),
                name="companies_contact_one_main",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.company_id})"


class DatedFact(models.Model):
    """A fact about a company that holds from a day on, and where it was learnt."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="%(class)s_facts")
    record = models.ForeignKey(
        CompanyRecord, models.CASCADE, null=True, blank=True, related_name="%(class)s_facts"
    )
    from_date = models.DateField(_("from"))
    source = models.CharField(_("source"), max_length=40)
    import_run = models.ForeignKey(
        "sources.ImportRun", models.PROTECT, null=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    class Meta:
        """One fact of a kind a day from each record, or from each source without records."""

        abstract = True
        get_latest_by = "from_date"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "from_date"], name="%(app_label)s_%(class)s_once_a_day"
            ),
            # Two conditions, for SQLite holds any two nulls to be different.
            models.UniqueConstraint(
                fields=["company", "source", "from_date"],
                condition=models.Q(record__isnull=True),
                name="%(app_label)s_%(class)s_once_a_day_typed",
            ),
        ]


class CompanySize(DatedFact):
    """How many employees; null when the source says that it does not know."""

    employees = models.IntegerField(_("employees"), null=True, blank=True)

    class Meta(DatedFact.Meta):
        """A size is not negative."""

        verbose_name = _("company size")
        constraints: ClassVar = [*DatedFact.Meta.constraints, not_negative("employees")]

    def __str__(self) -> str:
        return f"{self.from_date}: {self.employees}"


class CompanyMunicipality(DatedFact):
    """Where the company is, as a three-digit municipality code; null when unknown."""

    municipality = text_or_unknown(_("municipality"), length=3)

    class Meta(DatedFact.Meta):
        """No further rules."""

        verbose_name = _("company municipality")

    def __str__(self) -> str:
        return f"{self.from_date}: {self.municipality}"


class Nomenclature(models.TextChoices):
    """The industry nomenclatures: DB07 up to 2024, DB25 from 1 January 2025."""

    DB07 = "DB07", "DB07"
    DB25 = "DB25", "DB25"


class CompanyIndustry(DatedFact):
    """The main industry, with the nomenclature that its code belongs to."""

    code = text_or_unknown(_("industry code"), length=6)
    nomenclature = text_or_unknown(_("nomenclature"), length=4, choices=Nomenclature)

    class Meta(DatedFact.Meta):
        """A code means nothing without its nomenclature."""

        verbose_name = _("company industry")
        constraints: ClassVar = [
            *DatedFact.Meta.constraints,
            all_or_none("code_and_nomenclature", "code", "nomenclature"),
            one_of("nomenclature", Nomenclature),
        ]

    def __str__(self) -> str:
        return f"{self.from_date}: {self.nomenclature} {self.code}"


class Person(Record):
    """A private person without a CVR number: a pre-starter. May found a company later."""

    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    email = text_or_unknown(_("e-mail"), length=254, validators=[refuse_cpr])
    municipality = text_or_unknown(_("municipality"), length=3)
    created_on = models.DateField(_("created in the source"), null=True, blank=True)
    later_company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="founders",
        verbose_name=_("later company"),
    )
    linked_at = models.DateTimeField(_("linked"), null=True, blank=True, editable=False)
    linked_by = text_or_unknown(_("linked by"), length=200, editable=False)

    class Meta:
        """A link has a company, a time and somebody who made it."""

        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            all_or_none("link_whole", "later_company", "linked_at", "linked_by"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerRecord(Record):
    """A person as a source still names them, and the client they were merged into.

    Without it the next import would make the person anew. ``municipality`` is what the source says
    of that very record, for services that come under its number (ADR 3).
    """

    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="former_records"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="former_records"
    )
    municipality = text_or_unknown(_("municipality"), length=3)

    class Meta:
        """It leads to one client."""

        verbose_name = _("record merged away")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="companies_formerrecord_company_or_person",
                condition=models.Q(company__isnull=False, person__isnull=True)
                | models.Q(company__isnull=True, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class Client(models.Model):
    """Mixin: a service to a company or a person, with the client's facts frozen as they were."""

    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, verbose_name=_("company")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name=_("person")
    )
    municipality = text_or_unknown(_("municipality"), length=3)
    segment = text_or_unknown(_("segment"), length=16, choices=Segment)
    employees = models.IntegerField(_("employees"), null=True, blank=True)

    class Meta:
        """Exactly one of company and person; frozen facts are sound or unknown."""

        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_company_or_person",
                condition=models.Q(company__isnull=False, person__isnull=True)
                | models.Q(company__isnull=True, person__isnull=False),
            ),
            one_of("segment", Segment),
            not_negative("employees"),
        ]


class ServiceRecord(Client, Record):
    """A record of a service: what ``Client`` and ``Record`` have, and the rules of both."""

    class Meta:
        """Apps add their own constraints to ``ServiceRecord.Meta.constraints``."""

        abstract = True
        constraints: ClassVar = [*Record.Meta.constraints, *Client.Meta.constraints]
