"""Keeping the registry of advisers: make, change, take out of use and back."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.referrals.models import Provider, ProviderField, ProviderPlace
from pejl_hub.referrals.refusals import ReferralRefused, require_sound
from pejl_hub.referrals.registry import name_key, same


class KnownAlready(ReferralRefused):
    """The adviser is on record; nobody is kept twice."""


@transaction.atomic
def save_provider(
    *, provider: Provider, fields: Collection[str], places: Collection[str], by: User
) -> Provider:
    """Make or change an adviser with what they advise on (codes) and where (municipalities).

    Raises
    ------
    KnownAlready
        When another has the CVR number, or the name without case, signs and company form.
    ReferralRefused
        When a value is not sound.
    """
    _require_new(provider)
    old = Provider.objects.select_for_update().filter(pk=provider.pk).first()
    before = None if old is None else whole(old)
    provider.name_key = name_key(provider.name)
    provider.edited_at = timezone.now() if old else None
    require_sound(provider)
    provider.save()
    _set(provider, fields, places)
    _write(provider, "provider.changed" if old else "provider.made", before, by)
    return provider


@transaction.atomic
def end_provider(*, provider: Provider, on: date | None, by: User) -> Provider:
    """Take an adviser out of use after the day, or back into use with None.

    ReferralRefused when the day lies before the first.
    """
    obj = Provider.objects.select_for_update().get(pk=provider.pk)
    before = whole(obj)
    obj.active_to, obj.edited_at = on, timezone.now()
    require_sound(obj)
    obj.save()
    _write(obj, "provider.ended" if on else "provider.taken_up", before, by)
    return obj


def whole(provider: Provider) -> dict[str, Any]:
    """The adviser's facts, with fields and places."""
    return facts(provider) | {
        "fields": sorted(provider.fields.values_list("code", flat=True)),
        "places": sorted(provider.places.values_list("municipality", flat=True)),
    }


def _require_new(provider: Provider) -> None:
    known = same(provider.name, provider.cvr, besides=provider.pk)
    if known:
        raise KnownAlready(
            given=_("an adviser who is on record: %(name)s") % {"name": known.name},
            needed=_("one who is not"),
            remedy=_("Use the one on record, or take it into use again."),
        )


def _set(provider: Provider, fields: Collection[str], places: Collection[str]) -> None:
    provider.fields.exclude(code__in=fields).delete()
    provider.places.exclude(municipality__in=places).delete()
    has = set(provider.fields.values_list("code", flat=True))
    covers = set(provider.places.values_list("municipality", flat=True))
    ProviderField.objects.bulk_create(
        ProviderField(provider=provider, code=code) for code in fields if code not in has
    )
    ProviderPlace.objects.bulk_create(
        ProviderPlace(provider=provider, municipality=code) for code in places if code not in covers
    )


def _write(provider: Provider, action: str, before: dict[str, Any] | None, by: User) -> None:
    write_change(by=by, action=action, obj=provider, days=(), before=before, after=whole(provider))
