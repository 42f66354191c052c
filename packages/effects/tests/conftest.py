"""Shared panels for the tests."""

import pytest

from pejl_effects.simulate.panel import Recipe, Simulated, simulate


@pytest.fixture(scope="session")
def small() -> Simulated:
    """2,000 made-up firms over ten years, a tenth of them guided, true effect 0.10."""
    return simulate(Recipe(firms=2_000, seed=11))


@pytest.fixture(scope="session")
def adjusted() -> Simulated:
    """The same with growth that also depends on a covariate which guidance follows."""
    return simulate(Recipe(firms=2_000, slope=0.02, seed=12))
