"""A small world with one record of every kind, all of another municipality than the reader's.

The records are made from the models themselves, so that a new kind is in the world from its first
day. Every free text carries the mark, which no page of a municipality's reader may show.
"""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.contracts.actions import take_up
from pejl_hub.publishing.models import Edition
from pejl_hub.reporting.models import Report

MARK = "Nabomærke"
DAY, MOMENT = date(2024, 3, 5), datetime(2024, 3, 5, 12, tzinfo=UTC)
OTHER_PLACE = "101"
NUMBER, KEY = 1, uuid.UUID("6f1f7f0e-0000-4000-8000-000000000000")
PLAIN = {
    models.DateTimeField: MOMENT,
    models.DateField: DAY,
    models.BooleanField: False,
    models.DecimalField: Decimal(1),
    models.FloatField: 1.0,
    models.JSONField: {},
    models.IntegerField: 1,
    models.BinaryField: b"x",
}


CVR = "53648371"
# What a model's own rules ask for beyond its columns, and what an address's part must be.
GIVEN = {
    "outreach.approach": {"cvr": CVR},
    "communication.channelviews": {"month": date(2024, 3, 1)},
    "wheel.occasion": {"contract_id": "ehhs-2024", "title": MARK, "due_on": DAY},
    "narrative.comment": {
        "contract_id": "ehhs-2024",
        "goal": "guidance",
        "as_of": date(2024, 6, 30),
        "state": "approved",
        "approver": MARK,
        "approved_at": MOMENT,
    },
    "reporting.order": {"key": KEY},
    "api.key": {"expires_at": datetime(2030, 1, 1, tzinfo=UTC), "scopes": []},
}
NOT_MADE = ("auth", "contenttypes", "sessions", "axes", "account", "mfa", "socialaccount", "audit",
            "contracts", "drafting", "publishing", "snapshots")  # fmt: skip
# Kinds that are not whole without a file or a computation of their own; their rooms have tests.
WITH_MORE = ("alerts.alert", "alerts.seen", "alerts.sending", "efforts.attachment",
             "evidence.effectmeasurement", "events.attendeelist",
             "closing.close", "closing.correction")  # fmt: skip


def draw():
    """One record of every kind, each with the number 1; the people of the demo must be there."""
    one(Company, cvr=CVR, name=f"{MARK} ApS")
    _one_report_out()
    take_up(path=Path(settings.CONTRACTS) / "2024.yaml", by=None)
    for model in apps.get_models():
        name, app = model._meta.label_lower, model._meta.app_label
        if app not in NOT_MADE and name not in WITH_MORE and not model._base_manager.exists():
            one(model)


def _one_report_out():
    """A released report on the other municipality, made from an edition when there is one."""
    dorte = {name: User.objects.get(username="dorte") for name in ("decided_by", "released_by")}
    done = {
        "decided_at": MOMENT,
        "released_at": MOMENT,
        "state": "released",
        "edition": Edition.objects.first(),
    }
    place = {"kind": "municipality", "place": OTHER_PLACE, "place_name": MARK, "summary": MARK}
    one(Report, key=KEY, **place, **done, **dorte)


def one(model, **given):
    """One record of the model: what is given, and else something in every column that needs it."""
    given = GIVEN.get(model._meta.label_lower, {}) | given
    if isinstance(model._meta.pk, models.AutoField):
        given = {"pk": NUMBER} | given
    made = {
        field.name: _value(field)
        for field in model._meta.concrete_fields
        if field.name not in given and field.attname not in given and _is_needed(field)
    }
    return model._base_manager.create(**_whose(model), **made, **given)


def _whose(model):
    """A record is of a company or of a person: here of the company."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    if {"company", "person"} <= set(fields) and fields["company"].null:
        return {"company": Company.objects.first()}
    if {"event", "campaign"} <= set(fields):
        return {"event": fields["event"].related_model.objects.first()}
    return {}


def _is_needed(field):
    return not (field.primary_key or field.null or field.has_default() or field.blank) or (
        field.name in ("municipality", "place") and not field.is_relation
    )


def _value(field):
    if field.is_relation:
        model = field.remote_field.model
        return model._base_manager.first() or one(model)
    if field.choices:
        return field.choices[0][0]
    if field.name in ("municipality", "place"):
        return OTHER_PLACE
    if isinstance(field, models.UUIDField):
        return KEY
    for kind, value in PLAIN.items():
        if isinstance(field, kind):
            return value
    return (MARK if (field.max_length or 99) > 20 else "x")[: field.max_length]
