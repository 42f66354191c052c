"""Whatever is sent to the API, it answers as its description says, and never with 5xx.

schemathesis makes the requests from the OpenAPI itself. ``PEJL_API_EXAMPLES`` is how many are made
for each operation and kind of data (8 in the everyday run); `make attacks` makes 500.
"""

import os
from datetime import date

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ninja.throttling import AuthRateThrottle
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.api.v1 import api
from pejl_hub.companies.models import Company
from pejl_hub.config.wsgi import application
from pejl_hub.events.models import Event

MANY = int(os.environ.get("PEJL_API_EXAMPLES", "8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = sorted(
    (path, method.upper())
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method in methods
)
# What there is, so that some requests get further than "there is nothing here".
KNOWN = {"goal": "guidance", "number": 1, "form": "pdf"}
SECRETS = ("", "Bearer", "Bearer pejl_wrong", "Basic YTpi", "Bearer \u00e6")


@pytest.fixture
def described(db, year, monkeypatch):
    """The description as it is served, in a house with a company and an event."""
    monkeypatch.setattr(AuthRateThrottle, "allow_request", lambda *given: True)
    # As Django's own test client does: the connection of the test is not the requests' to close.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    make_demo_users()
    Company.objects.create(cvr="10150809", name="Ærlig Bager")
    Event.objects.create(pk=1, title="Eksport", held_on=date(2024, 3, 6), municipality="101")
    yield schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", application, headers={"Host": "localhost"}
    )
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(db):
    """For each scope alone, for all, and for nothing: what opens the door, or does not."""
    make_demo_users()
    alice = User.objects.get(username="alice")
    given = [[scope] for scope in Scope] + [list(Scope)] * 4
    keys = [make_key(user=alice, name="x", scopes=scopes, days=1)[1] for scopes in given]
    return [f"Bearer {key}" for key in keys] + [*SECRETS]


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_api_answers_as_it_says(described, headers, path, method, mode):
    operation = described[path][method]

    @settings(
        max_examples=MANY,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def ask(case, data):
        if data.draw(st.booleans()) and case.path_parameters:
            case.path_parameters |= {n: v for n, v in KNOWN.items() if n in case.path_parameters}
        key = data.draw(st.sampled_from(headers))
        sent = {"Host": "localhost"} | ({"Authorization": key} if key.isascii() and key else {})
        case.validate_response(case.call(headers=sent), checks=CHECKS)

    ask()
