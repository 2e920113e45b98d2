"""One run on Spark: from URLs to tables, told of in the same summary as a run on this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from planparse.corpus.run import SHOWN_FAILURES
from planparse.corpus.summary import Summary, versions
from planparse.dataset.assembly import Failure, gravest
from planparse.dataset.describing import descriptions
from planparse.dataset.manifest import Entry, corpus_digest
from planparse.dataset.ownership import RUN
from planparse.engines import spark as engine
from planparse.engines.core import PIECES, Process
from planparse.engines.hadoop import Hadoop
from planparse.engines.spark_facts import gather
from planparse.model.findings import UsageError
from planparse.model.options import Options
from planparse.model.records import TABLES, Document, Finding, Trust
from planparse.pipeline import stages

SUCCESS = "_SUCCESS"


def ingest_on_spark(
    inputs: Sequence[str],
    out: str,
    *,
    master: str = "local[*]",
    options: Options | None = None,
    process: Process | None = None,
) -> Summary:
    """Read all documents at ``inputs`` and write one folder of Parquet files for each table to ``out``, and what describes them.

    Both are URLs or paths of any file system that Hadoop knows. An input that ends in ``.parquet`` holds raw documents in
    the columns ``path`` and ``content``. ``out`` is written once: what a stopped run left there is replaced, a finished
    dataset is not. Raises UsageError where nothing can be done.
    """
    with engine.session(master) as spark, engine.settings(spark):
        begun = time.perf_counter()
        hadoop = Hadoop(spark)
        places = _places(hadoop, inputs, out)
        if hadoop.exists(f"{places.out}/{SUCCESS}"):
            raise UsageError(f"There is a finished dataset in {out}; choose another --out.")
        if hadoop.exists(places.out) and not hadoop.is_empty(places.out) and not _ours(hadoop, places.out):
            raise UsageError(f"{out} holds other files; choose another --out.")
        if not engine.anything(spark, places):
            raise UsageError(f"There are no files to read in {', '.join(inputs)}.")
        written = engine.run(spark, places, process or stages, options or Options())
        summary = _summary(spark, places.out, written)
        summary.out = out
        about = {"planparse_version": versions()["planparse"], "corpus_digest": _digest(written)}
        for name, text in descriptions(gather(spark, places.out, summary.records, about)):
            hadoop.write(f"{places.out}/{name}", text)
        hadoop.remove(f"{places.out}/{engine.STAGING}")
        summary.seconds = time.perf_counter() - begun
        told = json.dumps(summary.to_json(), ensure_ascii=False, indent=1)
        hadoop.write(f"{places.out}/{RUN}", told.encode() + b"\n")
        hadoop.write(f"{places.out}/{SUCCESS}", b"")
    return summary


def _ours(hadoop: Hadoop, out: str) -> bool:
    """Whether a folder is what a stopped run has left."""
    return any(hadoop.exists(f"{out}/{name}") for name in (engine.STAGING, engine.MANIFEST))


def _places(hadoop: Hadoop, inputs: Sequence[str], out: str) -> engine.Places:
    if not inputs:
        raise UsageError("Give the files or folders to read.")
    files, raw, folders = [], [], []
    for name in inputs:
        url = hadoop.qualified(name).rstrip("/")
        if not hadoop.exists(url):
            raise UsageError(f"There is no file or folder {name}.")
        if url.endswith(".parquet"):
            raw.append(url)
            continue
        files.append(url)
        folders.append(url if hadoop.is_folder(url) else url.rpartition("/")[0])
    return engine.Places(tuple(files), tuple(raw), _common(folders), hadoop.qualified(out).rstrip("/"))


def _common(folders: Sequence[str]) -> str:
    """The folder that all are in. (``os.path.commonpath`` would make one slash of the two in a URL.)"""
    parts = zip(*[folder.split("/") for folder in folders], strict=False)
    return "/".join(names[0] for names in takewhile(lambda names: len(set(names)) == 1, parts))


def _summary(spark: Any, out: str, written: engine.Written) -> Summary:
    from pyspark.sql import functions as f

    pieces = written.pieces
    summary = Summary(out, jobs=spark.sparkContext.defaultParallelism)
    double = f.col("duplicate_of").isNotNull()
    lost = (f.col("rows")[0] == 0) & ~double
    counts = pieces.agg(
        f.countDistinct("file"), f.sum(double.cast("long")), f.sum(lost.cast("long")), f.sum("bytes")
    ).first()
    summary.files = summary.read = counts[0]
    summary.duplicates, summary.unreadable, summary.bytes_read = counts[1], counts[2], counts[3] or 0
    for model in TABLES:
        summary.records[model.table] = spark.read.parquet(f"{out}/{model.table}").count()
    summary.documents = summary.records["documents"]
    trust = {row[0]: row[1] for row in spark.read.parquet(f"{out}/{Document.table}").groupBy("trust").count().collect()}
    summary.trust = {word.value: trust[word.value] for word in Trust if word.value in trust}
    findings = spark.read.parquet(f"{out}/{Finding.table}")
    for column, into in (("severity", summary.findings), ("code", summary.findings_by_code)):
        into.update({row[0]: row[1] for row in findings.groupBy(column).count().orderBy(column).collect()})
    if summary.unreadable:
        summary.failures = list(_failures(written, pieces.filter(lost)))
    return summary


def _digest(written: engine.Written) -> str:
    """One SHA-256 for all files, one after the other past the driver."""
    rows = written.staged(PIECES).filter("number = 0").select("file", "file_sha256").orderBy("file").toLocalIterator()
    return corpus_digest(Entry(row[0], row[1], 0) for row in rows)


def _failures(written: engine.Written, lost: Any) -> Iterator[Failure]:
    """The first documents that gave no records, each with its gravest finding."""
    shown = lost.orderBy("file", "number").limit(SHOWN_FAILURES).select("file", "number", "path")
    rows = written.staged(Finding.table).drop("path").join(shown, ["file", "number"], "right")
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows.orderBy("file", "number", "finding_id").collect():
        found.setdefault((row["file"], row["number"]), []).append(row.asDict())
    for several in found.values():
        yield gravest(several[0]["path"], several)
