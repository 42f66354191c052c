"""Open data: the opened editions, their figures page by page, and their packages."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from pejl_hub.api.keys import ByKey
from pejl_hub.api.paging import Page
from pejl_hub.api.problems import Problem
from pejl_hub.publishing import files, opening
from pejl_hub.publishing.models import Edition

REFUSALS = dict.fromkeys((401, 403, 404, 422, 429), Problem)
A_PAGE = 1_000


class ByKeyUnlessOpen(ByKey):
    """Everybody where the hub's open data are public; else a key, for whatever purpose, of
    somebody who may see every municipality."""

    def __call__(self, request: HttpRequest) -> Any:
        """What signs in; None is refused."""
        return "everybody" if settings.PEJL_OPEN_DATA_PUBLIC else super().__call__(request)


router = Router(tags=["open data"], auth=ByKeyUnlessOpen())


@router.get("/open", response={200: dict[str, Any], **REFUSALS})
def editions(request: HttpRequest) -> Any:
    """The editions that are open data, the newest date first."""
    return {"editions": [_told(one) for one in opening.open_editions()[:200]]}


@router.get("/open/{number}/figures", response={200: dict[str, Any], **REFUSALS})
def figures(request: HttpRequest, number: int, page: Page = 1) -> Any:
    """An opened edition's figures, a thousand a page."""
    edition = _edition(number)
    lines = list(files.lines(edition))
    shown = lines[(page - 1) * A_PAGE : page * A_PAGE]
    return {
        "edition": _told(edition),
        "total": len(lines),
        "page": page,
        "pages": max(1, -(-len(lines) // A_PAGE)),
        "figures": [asdict(line) for line in shown],
    }


@router.get(
    "/open/{number}/package",
    response=REFUSALS,
    openapi_extra={
        "responses": {
            200: {
                "description": "The data package.",
                "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def package(request: HttpRequest, number: int) -> Any:
    """An opened edition as a data package (zip)."""
    made = opening.pack(_edition(number))
    answer = HttpResponse(made.content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


def _edition(number: int) -> Edition:
    return get_object_or_404(opening.open_editions(), pk=number)


def _told(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.pk,
        "as_of": edition.as_of.isoformat(),
        "contract": {"id": edition.contract_id, "sha256": edition.contract_sha256},
        "snapshot": {"id": edition.snapshot_id, "sha256": edition.snapshot_sha256},
        "minimum": edition.minimum,
        "licence": settings.PEJL_OPEN_DATA_LICENCE,
        "opened_at": edition.opened_at.isoformat() if edition.opened_at else None,
    }
