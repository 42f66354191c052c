"""A request that writes is carried out once, however often it is sent (Idempotency-Key)."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.api.models import Answered, Key
from pejl_hub.core.text import looks_like_cpr


@transaction.atomic
def once(key: Key, name: str, asked: Any, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``do`` answers; the first answer again when the request was carried out before.

    What is refused leaves nothing behind, so the name can be used again when it is put right.

    Raises
    ------
    UserError
        When the name was used for another request, or looks like a CPR number.
    """
    if looks_like_cpr(name):
        raise UserError(
            given=_("an Idempotency-Key that looks like a CPR number"),
            needed=_("a key without one: CPR numbers are never stored"),
            remedy=_("Send it with a new one, such as a random UUID."),
        )
    text = json.dumps(asked, sort_keys=True, default=str)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row, is_new = Answered.objects.get_or_create(key=key, name=name, defaults={"sha256": sha256})
    if row.sha256 != sha256:
        raise UserError(
            given=_("an Idempotency-Key that was used for another request"),
            needed=_("a key of its own for each request"),
            remedy=_("Send it with a new one, such as a random UUID."),
        )
    if is_new:
        row.answer = do()
        row.save()
    return dict(row.answer)
