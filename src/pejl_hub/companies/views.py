"""The one page of the room itself: what a form offers while a client's name is typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, require
from pejl_hub.companies.search import FoundClient, find_clients

OFFERED = 10


@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """The clients that ``q`` may mean: options for a combobox, or JSON with ``format=json``.

    ``kind`` keeps one kind, ``company`` or ``person``.
    """
    require(request.user, Action.USE_DESK)
    kind = request.GET.get("kind", "")
    found = find_clients(request.GET.get("q", ""), limit=OFFERED)
    kept = [client for client in found if kind in ("", client.kind)]
    if request.GET.get("format") == "json":
        return JsonResponse({"clients": [_as_json(client) for client in kept]})
    context = {"clients": kept, "q": request.GET.get("q", "").strip()}
    return render(request, "companies/_options.html", context)


def _as_json(client: FoundClient) -> dict[str, object]:
    return {
        "key": client.key,
        "kind": client.kind,
        "pk": client.pk,
        "name": client.name,
        "cvr": client.cvr,
        "municipality": client.municipality,
        "employees": client.employees,
        "note": client.note,
    }
