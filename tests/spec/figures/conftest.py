"""Every example of the specification is counted by both engines."""

import pytest

from pejl.indicators.engines import ENGINES


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """The engine's name."""
    name: str = request.param
    return name
