"""The pages of one goal, clause, duty, and the smallest number that may be published."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from pejl.contract import edit as edits
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.drafting import present
from pejl_hub.drafting.forms import ClauseForm, Described, DutyForm, MinimumForm
from pejl_hub.drafting.goalform import GoalForm, clause_choices
from pejl_hub.drafting.queries import data_of, faults_of, source_text
from pejl_hub.drafting.views.page import WAYS, draft_for, edit

Data = Mapping[str, Any]


@require_http_methods(WAYS)
def goal(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Edit a goal, or make a new one."""
    version = draft_for(request, pk)
    data = data_of(version)
    found = _entry(data, "goals", key)
    form = GoalForm(request.POST or None, draft=data, goal=found)

    def change(now: Data) -> Data:
        made = form.entry()
        return edits.put(now, "goals", key, made) if key else edits.add_goal(now, made)

    what = f"{key or request.POST.get('id', '')}"
    return _edit(request, version, form, change, what, "goals", key, "goal", {"goal": found})


@require_http_methods(WAYS)
def clause(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Edit a clause, or quote a new one; the source stands beside it, with search."""
    version = draft_for(request, pk)
    data, source = data_of(version), source_text(version)
    found = _entry(data, "clauses", key) or {}
    start = {**found, "key": key, "orphan": data["orphans"].get(key, "")}
    form = ClauseForm(request.POST or None, initial=start)
    form.fields["key"].disabled = bool(key)
    sought = request.GET.get("soeg", "") or request.POST.get("quote", "")
    quotes = {name: each["quote"] for name, each in data["clauses"].items()}

    def change(now: Data) -> Data:
        said = form.cleaned_data
        text, named = _text_of(version, found, source)
        made = edits.put_clause(now, text, said["key"], said["heading"], said["quote"], named)
        if said["orphan"]:
            return edits.put(made, "orphans", said["key"], said["orphan"])
        has = edits.entry(made, "orphans", said["key"]) is not None
        return edits.remove(made, "orphans", said["key"]) if has else made

    more = {
        "source": present.marked_source(source, quotes),
        "has_source": bool(source),
        "sought": sought,
        "places": present.places(source, sought),
    }
    what = key or request.POST.get("key", "")
    return _edit(request, version, form, change, what, "clauses", key, "clause", more)


@require_http_methods(WAYS)
def duty(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Edit a duty, or add one."""
    version = draft_for(request, pk)
    data = data_of(version)
    found = _entry(data, "duties", key) or {}
    label = found.get("label", {})
    start = {**found, "key": key, "label_da": label.get("da"), "label_en": label.get("en")}
    form = DutyForm(request.POST or None, initial=start, clauses=clause_choices(data))
    form.fields["key"].disabled = bool(key)

    def change(now: Data) -> Data:
        said = form.cleaned_data
        made = {name: said[name] for name in ("clause", "cadence", "owner", "audience")}
        texts = {"da": said["label_da"], "en": said["label_en"]}
        return edits.put(now, "duties", said["key"], {"id": said["key"], "label": texts, **made})

    what = key or request.POST.get("key", "")
    return _edit(request, version, form, change, what, "duties", key, "duty", {})


@require_http_methods(WAYS)
def minimum(request: HttpRequest, pk: int) -> HttpResponse:
    """The smallest number that may be published, from a day."""
    version = draft_for(request, pk)
    data = data_of(version)
    dated = data.get("disclosure", {})
    last = max(dated) if dated else data["contract"]["period"]["from"]
    start = {"day": str(last), **dated.get(last, {})}
    form = MinimumForm(request.POST or None, initial=start, clauses=clause_choices(data))

    def change(now: Data) -> Data:
        said = form.cleaned_data
        words = {name: said[name] for name in ("minimum", "reason", "clause") if said[name]}
        return edits.put(now, "disclosure", said["day"].isoformat(), words)

    return _edit(
        request,
        version,
        form,
        change,
        "disclosure",
        "disclosure",
        last,
        "minimum",
        {"dated": dated},
    )


@require_http_methods(WAYS)
def remove(request: HttpRequest, pk: int, part: str, key: str) -> HttpResponse:
    """Show what taking an entry out would change, and take it out."""
    version = draft_for(request, pk)
    data = data_of(version)
    if part not in ("goals", "clauses", "duties") or edits.entry(data, part, key) is None:
        raise Http404(key)

    def change(now: Data) -> Data:
        without = edits.remove(now, part, key)
        orphan = part == "clauses" and edits.entry(now, "orphans", key) is not None
        return edits.remove(without, "orphans", key) if orphan else without

    form = Described(request.POST or None)
    return _edit(request, version, form, change, f"− {key}", part, key, "remove", {"part": part})


def _edit(
    request: HttpRequest,
    version: ContractVersion,
    form: Described,
    change: Any,
    what: str,
    part: str,
    key: str,
    page: str,
    more: dict[str, Any],
) -> HttpResponse:
    faults = present.by_field(version, faults_of(version.yaml), part, key) if key else {}
    context = {"key": key, "part": part, "problems": faults, **more}
    return edit(request, version, form, change, what, f"drafting/{page}.html", context)


def _entry(data: Data, part: str, key: str) -> Any:
    """The entry; None for a new one, 404 for one that is not there."""
    found = edits.entry(data, part, key) if key else None
    if key and found is None:
        raise Http404(key)
    return found


def _text_of(version: ContractVersion, clause: Data, source: str) -> tuple[str, str]:
    """The text that the clause quotes, and its name when it is an amendment's document."""
    named = str(clause.get("source", ""))
    return (source_text(version, named), named) if named else (source, "")
