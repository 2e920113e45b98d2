"""The same work on Apache Spark: raw documents anywhere Hadoop reads, tables anywhere Hadoop writes.

What comes out of ``mapInArrow`` is first written to ``_staging``, so that nothing is parsed again for the sake of another
table, and each table is then written from there without the rows of equal documents.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from planparse.dataset.assembly import duplicate_finding
from planparse.dataset.columns import encode
from planparse.dataset.manifest import NO_ROWS, Piece
from planparse.engines.batch import too_large
from planparse.engines.core import PIECES, Process
from planparse.engines.guarded import Guarded
from planparse.engines.hadoop import Hadoop
from planparse.engines.spark_copies import linked
from planparse.engines.tagged import convert_tagged, envelope
from planparse.model.findings import Code, Note, UsageError
from planparse.model.libraries import INSTALL_SPARK
from planparse.model.options import Options
from planparse.model.records import TABLES, Document, Finding
from planparse.model.schema import arrow_schema

STAGING, MANIFEST = "_staging", "manifest"
SCRATCH = "_bodies"
"""Folder in the staging folder, where Spark takes it for hidden."""
SKETCHES = 4096
"""Rows of documents in a batch where only their sketches are looked at."""
READ_BYTES, WRITE_BYTES = 32 << 20, 256 << 20
"""Bytes of documents that make up a task, and of staged rows that make up a file of a table."""
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": 8,  # each may be as large as the limit allows
    "spark.sql.files.openCostInBytes": 64 << 10,  # with Spark's own 4 MB a task would be eight pages
    "spark.sql.files.ignoreMissingFiles": True,  # one file that is gone must not end the run: it is found missing
    "spark.sql.files.ignoreCorruptFiles": True,
    "spark.sql.parquet.compression.codec": "zstd",
}
LAST = 2**31 - 1
BROADCAST_ROWS = 500_000
"""So many equal documents are sent to every task; with more, the tables are shuffled."""
GONE, NO_CONTENT = (Note(Code.UNREADABLE_FILE, wording).packed() for wording in ("gone", "no_content"))
GLOB = re.compile(r"([\[\]{}*?\\])")
Batches = Iterator[pa.RecordBatch]


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A Spark session; one that is there already is used and left open. Raises UsageError where Spark cannot start."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError(f"--engine spark needs PySpark: {INSTALL_SPARK}.") from None
    there = SparkSession.getActiveSession()
    if there is not None:
        yield there
        return
    builder = SparkSession.builder.appName("planparse").master(master)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # Spark would take any python3, without this package
        builder = builder.config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    try:
        spark = builder.getOrCreate()
    except Exception as error:  # of many kinds, and none says in a sentence that Java is missing
        raise UsageError(f"Spark does not start ({type(error).__name__}); it needs Java 17 or later.") from error
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


@dataclass(frozen=True, slots=True)
class Places:
    """Where documents are and where tables go, as full URLs. Names of files are relative to ``root``.

    ``raw`` are Parquet files or folders with the columns ``path`` and ``content``: documents that were fetched already.
    """

    files: tuple[str, ...]
    raw: tuple[str, ...]
    root: str
    out: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a run has written: documents as they lie in the corpus, with what each was a duplicate of, and staged rows."""

    pieces: Any
    staged: Callable[[str], Any]


@contextmanager
def _settings(spark: Any, values: Mapping[str, object]) -> Iterator[None]:
    """Settings of the session for a while."""
    before = {name: spark.conf.get(name) for name in values}
    for name, value in values.items():
        spark.conf.set(name, str(value).lower())
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


@contextmanager
def settings(spark: Any) -> Iterator[None]:
    """What ``run`` and the use of what it gives need."""
    with _settings(spark, SETTINGS | {"spark.sql.files.maxPartitionBytes": READ_BYTES}):
        yield


def run(spark: Any, places: Places, process: Process, options: Options) -> Written:
    """Read all documents and write all tables. To be called within ``settings``."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    schema = from_arrow_schema(envelope())
    staging = f"{places.out}/{STAGING}"

    def stage(documents: Any, mode: str) -> None:
        rows = documents.mapInArrow(partial(convert_tagged, process=Guarded(process), options=options), schema)
        rows.write.mode(mode).partitionBy("table").parquet(staging)

    def staged(table: str) -> Any:
        tags = ["number", "file_sha256"] if table == PIECES else ["file", "number"]
        return spark.read.schema(schema).parquet(staging).filter(f.col("table") == table).select(*tags, f"{table}.*")

    stage(_documents(spark, places, options.limits.max_bytes), "overwrite")
    missing = _missing(spark, places, staged(PIECES).select(f.col("file").alias("path")))
    if missing is not None and missing.head(1):
        stage(missing, "append")
    with _settings(spark, {"spark.sql.files.maxPartitionBytes": WRITE_BYTES}):
        return _write(spark, places.out, staged, options)


# ---- raw documents ---------------------------------------------------------------------------------------------------


def _documents(spark: Any, places: Places, limit: int) -> Any:
    """All raw documents: ``path``, ``content`` and ``error``, of which one is null."""
    from pyspark.sql import functions as f

    nothing, none = f.lit(None).cast("binary"), f.lit(None).cast("string")
    large = f.format_string(too_large("%d", limit).packed(), f.col("length"))
    within = f.col("length") <= limit
    found = [spark.createDataFrame(_left_out(spark, places, limit), "path string, content binary, error string")]
    if places.files:
        files = _files(spark, places)
        found += [
            files.filter(within).select("path", "content", none.alias("error")),
            files.filter(~within).select("path", nothing.alias("content"), large.alias("error")),
        ]
    for url in places.raw:
        rows = spark.read.parquet(url).select("path", "content", f.length("content").alias("length"))
        error = f.when(f.col("content").isNull(), f.lit(NO_CONTENT)).when(~within, large)
        found.append(rows.select("path", f.when(within, f.col("content")).alias("content"), error.alias("error")))
    whole = found[0]
    for more in found[1:]:
        whole = whole.unionAll(more)
    return whole


def _files(spark: Any, places: Places) -> Any:
    """All files with their content, which Spark reads only where it is asked for."""
    from pyspark.sql import functions as f

    paths = [GLOB.sub(r"\\\1", url) for url in places.files]
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(paths)
    files = files.filter(~f.col("path").startswith(places.out + "/"))
    return files.withColumn("path", f.expr(f"substring(path, {len(places.root) + 2})"))


def _left_out(spark: Any, places: Places, limit: int) -> list[tuple[str, bytes | None, str | None]]:
    """What Spark never lists, as raw documents: empty files, and names that begin with an underscore.

    The driver counts all files in one call, and looks at each only if the numbers differ.
    """
    hadoop = Hadoop(spark)
    if not places.files or sum(map(hadoop.count, places.files)) == _files(spark, places).count():
        return []
    found: list[tuple[str, bytes | None, str | None]] = []
    for start in places.files:
        for url, size in hadoop.files(start):
            path = url[len(places.root) + 1 :]
            below = url[len(start) :].split("/")
            hidden = any(name.startswith(".") for name in below) or url.startswith(places.out + "/")
            if hidden or (size and not any(name.startswith("_") for name in below)):
                continue
            if size > limit:
                found.append((path, None, too_large(size, limit).packed()))
            else:
                found.append((path, hadoop.read(url), None))
    return found


def _missing(spark: Any, places: Places, read: Any) -> Any:
    """Files that are listed, but gave nothing, as raw documents with an error; None where no files were listed."""
    from pyspark.sql import functions as f

    if not places.files:
        return None
    listed = _files(spark, places).select("path")
    nothing, error = f.lit(None).cast("binary"), f.lit(GONE)
    return listed.join(read, "path", "left_anti").select("path", nothing.alias("content"), error.alias("error"))


def anything(spark: Any, places: Places) -> bool:
    """Whether there is anything to read."""
    hadoop = Hadoop(spark)
    return any(map(hadoop.count, places.files)) or any(spark.read.parquet(url).head(1) for url in places.raw)


# ---- tables ----------------------------------------------------------------------------------------------------------


def _write(spark: Any, out: str, staged: Callable[[str], Any], options: Options) -> Written:
    pieces = staged(PIECES).cache()
    doubles = _doubles(pieces).cache()
    dropped = _dropped(pieces, doubles)
    for model in TABLES:
        rows = staged(model.table)
        if dropped is not None:
            rows = rows.join(dropped, ["file", "number"], "left_anti")
        if model is Document:
            with _settings(spark, {"spark.sql.execution.arrow.maxRecordsPerBatch": SKETCHES}):
                rows = linked(spark, rows, options, f"{out}/{STAGING}/{SCRATCH}")
        rows = rows.select(*arrow_schema(model).names)
        if model is Finding and dropped is not None:
            rows = rows.unionAll(_findings(doubles))
        rows.write.mode("overwrite").parquet(f"{out}/{model.table}")
    listed = _with_doubles(pieces, doubles).cache()
    listed.write.mode("overwrite").parquet(f"{out}/{MANIFEST}")
    return Written(listed, staged)


def _doubles(pieces: Any) -> Any:
    """Documents of the same bytes as an earlier one, in the order of files: as ``dataset.assembly.assemble`` finds them.

    A file that equals an earlier file is one double, whatever is in it: its number is -1.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    by_hash = Window.partitionBy("file_sha256").orderBy("file")
    files = pieces.filter((f.col("number") == 0) & (f.col("file_sha256") != ""))
    files = files.withColumn("place", f.row_number().over(by_hash))
    wholes = files.select(f.col("file_sha256").alias("sha256"), "file", "path", "retry", "place")
    again = wholes.filter("place > 1").select("sha256", "file", f.lit(-1).alias("number"), f.col("file").alias("path"))
    claims = pieces.filter((f.col("sha256") != "") & ~f.col("retry")).join(again, "file", "left_anti")
    claims = claims.select("sha256", "file", "number", "path", (f.col("rows")[0] > 0).alias("read"))
    # The bytes of an archive, or of a file that failed, are no document's own, but are those of the file all the same.
    other = wholes.filter((f.col("place") == 1) & ((f.col("path") != f.col("file")) | f.col("retry")))
    other = other.select("sha256", "file", f.lit(LAST), f.col("file"), f.lit(False))
    first = (
        claims.unionAll(other).groupBy("sha256").agg(f.min(f.struct("file", "number", "path", "read")).alias("first"))
    )
    candidates = claims.drop("read").unionAll(again).join(first, "sha256")
    itself = (f.col("first.file") == f.col("file")) & (f.col("first.number") == f.col("number"))
    return candidates.filter(~itself)


def _dropped(pieces: Any, doubles: Any) -> Any:
    """The documents whose rows are left out, by file and number; None where there are none."""
    from pyspark.sql import functions as f

    count = doubles.count()
    if not count:
        return None
    again = doubles.filter("number = -1").select("file")
    rows = pieces.join(again, "file", "left_semi").select("file", "number")
    rows = rows.unionAll(doubles.filter("number >= 0").select("file", "number"))
    return f.broadcast(rows) if count <= BROADCAST_ROWS else rows


def _findings(doubles: Any) -> Any:
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    flat = doubles.select("path", "sha256", f.col("first.path").alias("of"), f.col("first.read").alias("read"))
    return flat.mapInArrow(_tell, from_arrow_schema(arrow_schema(Finding)))


def _tell(batches: Batches) -> Batches:
    for batch in batches:
        rows = []
        for row in batch.to_pylist():
            rows_read = (int(row["read"]), *NO_ROWS[1:])
            original = Piece(row["of"], row["sha256"], 0, rows_read)
            rows.append(duplicate_finding(Piece(row["path"], row["sha256"], 0), original))
        yield encode(Finding, rows)


def _with_doubles(pieces: Any, doubles: Any) -> Any:
    """The pieces as a manifest tells of them, with ``duplicate_of``."""
    from pyspark.sql import functions as f

    of = doubles.select("file", "number", f.col("first.path").alias("duplicate_of"))
    again = of.filter("number = -1").select("file", "duplicate_of")
    own = pieces.join(again, "file", "left_anti").join(of, ["file", "number"], "left")
    whole = pieces.filter("number = 0").join(again, "file")
    columns = ["file", "number", "path", "sha256", "bytes", "retry", "rows", "duplicate_of"]
    size = f.when(f.col("path") == f.col("file"), f.col("bytes"))  # that of an archive is not known
    whole = whole.withColumn("bytes", size).withColumn("path", f.col("file")).withColumn("sha256", f.col("file_sha256"))
    return own.select(columns).unionAll(whole.select(columns))
