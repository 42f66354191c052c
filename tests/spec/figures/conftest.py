"""Every example of the specification is counted by both engines (and on Spark elsewhere)."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pejl.indicators.evaluate import evaluate
from pejl.indicators.result import Measured
from tests.spec.figures import drawn


@pytest.fixture(params=["columnar", "reference"])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine's name."""
    name: str = request.param
    return name


@pytest.fixture
def measured(tmp_path: Path, engine: str) -> Callable[..., Measured]:
    """Measure drawn records on a date: ``measured(measure, as_of, by=…, guidance=\"…\")``."""

    def measure(words: Mapping[str, Any], as_of: date = drawn.YEAR.end, **given: Any) -> Measured:
        options = {key: given.pop(key) for key in ("by", "target", "op", "unit") if key in given}
        contract = drawn.contract(drawn.goal(words, **options))
        snapshot = drawn.snapshot(tmp_path, max(as_of, drawn.YEAR.end), **given)
        return evaluate(contract, snapshot, as_of, engine=engine).goals["goal"]

    return measure
