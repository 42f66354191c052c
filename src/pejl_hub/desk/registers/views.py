"""The pages of the registers."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from pejl_hub.accounts.access import Action, require
from pejl_hub.desk.registers.guidances import GUIDANCES
from pejl_hub.desk.registers.participations import PARTICIPATIONS
from pejl_hub.desk.registers.referrals import REFERRALS

# The last part of the address -> the list. The rooms' own lists stand in the rooms.
REGISTERS = {
    "vejledninger": GUIDANCES,
    "henvisninger": REFERRALS,
    "programdeltagelser": PARTICIPATIONS,
}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, register: str) -> HttpResponseBase:
    """One register: the page, a file, or a change to many rows."""
    require(request.user, Action.USE_DESK)
    if register not in REGISTERS:
        raise Http404(register)
    context = {"section": "registers", "register": register, "registers": _links(register)}
    return REGISTERS[register].respond(request, context, "desk/registers/show.html")


def _links(current: str) -> list[tuple[str, object, bool]]:
    return [(slug, one.title, slug == current) for slug, one in REGISTERS.items()]
