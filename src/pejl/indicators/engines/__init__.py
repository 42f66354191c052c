"""Answer questions about a snapshot: one engine to read, one to run; they must agree."""

from collections.abc import Callable

from pejl.indicators.engines.columnar import columnar_engine
from pejl.indicators.engines.reference import ReferenceEngine
from pejl.indicators.expression import Engine
from pejl.snapshot.store import Snapshot

ENGINES: dict[str, Callable[[Snapshot], Engine]] = {
    "columnar": columnar_engine,
    "reference": ReferenceEngine,
}
