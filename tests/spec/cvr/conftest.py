"""A register on loopback, and a hub that knows its address."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from pejl_hub.sources.cvr import refresh
from tests import cvrregister


@pytest.fixture
def register_of(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Start a register that has the companies: ``register_of(company(…), troubles=[503])``."""
    monkeypatch.setattr(refresh, "PAUSE_SECONDS", 0.0)
    with ExitStack() as stack:

        def start(*companies: dict[str, Any], **options: Any) -> cvrregister.Register:
            register = stack.enter_context(cvrregister.Register(companies, **options))
            settings.PEJL_CVR_URL = register.url
            settings.PEJL_CVR_USER = cvrregister.USER
            settings.PEJL_CVR_PASSWORD = cvrregister.PASSWORD
            return register

        yield start
