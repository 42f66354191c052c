"""Whether an adviser may see who answered what. The hub's rule decides, as it was when asked.

``anonymous_to_adviser`` is a promise in the letter, so it is frozen on the invitation: a hub that
changes its rule opens only the answers that it asks for afterwards. An answer that another
evaluation asked for carries no promise we know of, and is treated as promised.
"""

from django.db.models import Q, QuerySet

from pejl_hub.accounts.models import User
from pejl_hub.accounts.names import names, names_alone
from pejl_hub.guidance.models import Guidance
from pejl_hub.surveys.models import Answer

PROMISED = Q(answers__invitation__isnull=True) | Q(answers__invitation__anonymous=True)


def own_answers(user: User) -> QuerySet[Answer]:
    """The answers about the user's own guidances that nobody was promised to keep from them."""
    return (
        Answer.objects.filter(
            guidance__adviser__in=names_alone(user),
            answered_on__isnull=False,
            invitation__anonymous=False,
        )
        .select_related("guidance__company", "guidance__person")
        .order_by("-answered_on", "-id")
    )


def kept_from(user: User) -> frozenset[int]:
    """What may be the user's own guidances, and whose answers were promised to be anonymous."""
    mine = Guidance.objects.filter(adviser__in=names(user), answers__answered_on__isnull=False)
    return frozenset(mine.filter(PROMISED).values_list("pk", flat=True))
