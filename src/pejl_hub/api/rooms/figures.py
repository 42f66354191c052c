"""The contract's figures, and the records behind each: read only, counted where pages count."""

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router

from pejl.contract.amendments import as_of as amended
from pejl.contract.goal import Contract
from pejl.standing.formats import to_json
from pejl.standing.result import Standing
from pejl_hub.accounts.access import Action, may, municipality_for
from pejl_hub.accounts.models import User
from pejl_hub.api.keys import user_of
from pejl_hub.api.models import Scope
from pejl_hub.api.paging import Page
from pejl_hub.api.problems import Problem
from pejl_hub.status import queries
from pejl_hub.status.records import records
from pejl_hub.surveys.seen import kept_from

router = Router(tags=["figures"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
A_PAGE = 1000
AsOf = Annotated[date | None, Query(description="Counted up to this day, included.")]
Code = Annotated[
    str | None,
    Query(pattern=r"^([0-9]{3}|outside|unknown)$", description="One municipality."),
]


@router.get("/figures", response={200: dict[str, Any], **REFUSALS}, url_name="figures")
def figures(request: HttpRequest, as_of: AsOf = None, municipality: Code = None) -> Any:
    """Every goal, as `pejl status --format json` writes it."""
    user = user_of(request, Scope.READ_FIGURES, Action.SEE_STATUS, Action.SEE_SMALL_COUNTS)
    return to_json(_standing(user, as_of, municipality)[1])


@router.get("/figures/{goal}/records", response={200: dict[str, Any], **REFUSALS})
def records_behind(
    request: HttpRequest,
    goal: str,
    as_of: AsOf = None,
    municipality: Code = None,
    page: Page = 1,
) -> Any:
    """The records behind a goal's figure, a thousand a page; `counted` are those counted once."""
    user = user_of(request, Scope.READ_RECORDS, Action.SEE_RECORDS, Action.SEE_SMALL_COUNTS)
    contract, standing = _standing(user, as_of, municipality)
    if goal not in standing.goals:
        raise Http404(goal)
    item, day = standing.goals[goal], standing.evaluation.as_of
    answers = item.goal.measure.get("of") == "answer"
    if answers and not may(user, Action.READ_COMMENTS):
        raise PermissionDenied(Action.READ_COMMENTS)
    chosen = queries.Filters(municipality=standing.evaluation.municipality)
    found = records(
        queries.rows_behind(contract, goal, day, chosen),
        names=may(user, Action.SEE_NAMES),
        secret=kept_from(user) if answers else None,
    )
    first = (page - 1) * A_PAGE
    shown = found.rows[first : first + A_PAGE]
    names = [column.name for column in found.columns]
    figure = next(one for one in to_json(standing)["goals"] if one["id"] == goal)
    return {
        "goal": goal,
        **{name: figure[name] for name in ("value", "numerator", "denominator")},
        "total": found.total,
        "counted": found.counted,
        "page": page,
        "pages": max(1, -(-found.total // A_PAGE)),
        "records": [dict(zip(names, row, strict=True)) for row in shown],
    }


def _standing(
    user: User, as_of: date | None, municipality: str | None
) -> tuple[Contract, Standing]:
    day = as_of or queries.default_day()
    contract = queries.contract_on(day)
    wanted = municipality_for(user, municipality)
    if contract is None:
        raise Http404(day)
    contract = amended(contract, day)
    if wanted not in contract.territory.on(day) | {None, "outside", "unknown"}:
        raise Http404(wanted)
    return contract, queries.standing_on(contract, day, wanted)
