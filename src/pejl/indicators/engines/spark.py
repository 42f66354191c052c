"""The same expressions on Spark, for records that outgrow one machine (the extra ``spark``)."""

from typing import Any

import ibis
from ibis import ir

from pejl.base.errors import UserError
from pejl.indicators.engines.columnar import ColumnarEngine, whole
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES


def spark_engine(snapshot: Snapshot) -> ColumnarEngine:
    """The engine over a snapshot's files, on the process's Spark session or a new one.

    The session's master, memory and storage are Spark's own affair: set them in spark-defaults,
    by ``spark-submit``, or on a session built before. Its workers must reach the snapshot's folder.

    Raises
    ------
    UserError
        When pyspark is not installed.
    """
    backend = ibis.pyspark.connect(_session())
    return ColumnarEngine({name: _table(backend, snapshot, name) for name in TABLES})


def _table(backend: Any, snapshot: Snapshot, name: str) -> ir.Table:
    """Read through the session, for Ibis' own reader takes one path."""
    files = [str(file) for file in snapshot.files(name)]
    view = f"{name}_{snapshot.sha256[:12]}"
    backend._session.read.parquet(*files).createOrReplaceTempView(view)
    return whole(name, backend.table(view))


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise UserError(
            given="the engine spark",
            needed="pyspark, which Pejl does without otherwise",
            remedy="Install pejl[spark], and Java 17.",
        ) from error
    return SparkSession.builder.appName("Pejl").getOrCreate()
