"""Answer questions about a snapshot: one engine to read, two to run; they must all agree."""

from collections.abc import Callable

from pejl.indicators.engines.columnar import columnar_engine
from pejl.indicators.engines.reference import ReferenceEngine
from pejl.indicators.engines.spark import spark_engine
from pejl.indicators.expression import Engine
from pejl.snapshot.store import Snapshot

ENGINES: dict[str, Callable[[Snapshot], Engine]] = {
    "columnar": columnar_engine,
    "reference": ReferenceEngine,
    "spark": spark_engine,
}
