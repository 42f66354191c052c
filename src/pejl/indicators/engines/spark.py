"""The same expressions on Spark, for records that outgrow one machine (the extra ``spark``)."""

from typing import Any

import ibis

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
    return ColumnarEngine(
        {name: whole(name, backend.read_parquet(str(snapshot.file(name)))) for name in TABLES}
    )


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
