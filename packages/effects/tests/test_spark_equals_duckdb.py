"""The same SQL on Spark gives the same cube as on DuckDB (extra ``spark``; needs Java)."""

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from pejl_effects.cube.effects import cube_effects
from pejl_effects.cube.sql import CubeSource, cube_from, on_duckdb, on_spark
from pejl_effects.simulate.panel import Simulated
from test_one_pass import _with_gaps, long_table, same_cube

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and there is no `java` on the PATH", allow_module_level=True)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A local Spark on one core, without its web page."""
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            SparkSession.builder.master("local[1]")
            .appName("pejl-effects")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.memory", "1g")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_and_duckdb_give_the_same_effects_and_covariance(
    spark: Any, adjusted: Simulated, tmp_path: Path
) -> None:
    firms = _with_gaps(adjusted.firms)
    pq.write_table(long_table(firms), tmp_path / "panel.parquet")
    source = CubeSource("panel", tuple(firms.periods.tolist()), covariates=("x",))
    spark.read.parquet(str(tmp_path / "panel.parquet")).createOrReplaceTempView("panel")
    on_one = cube_from(source, on_spark(spark))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW panel AS FROM '{tmp_path / 'panel.parquet'}'")
        on_other = cube_from(source, on_duckdb(connection))
    assert on_one.n.tolist() == on_other.n.tolist()
    assert cube_effects(on_one).estimate.size > 20
    same_cube(on_one, on_other)
