"""What the descriptions of a dataset tell, gathered where its tables lie: as ``dataset.describing.facts`` does on a disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planparse.dataset.describing.facts import Facts, PartFile, TableFiles
from planparse.model.records import TABLES, Document


def gather(spark: Any, out: str, rows: Mapping[str, int], about: Mapping[str, str]) -> Facts:
    """The facts about the tables in the folders of ``out``; ``rows`` are their numbers of rows."""
    from pyspark.sql import functions as f

    documents = spark.read.parquet(f"{out}/{Document.table}")
    kinds = documents.groupBy("plan_kind").count().collect()
    regions, first, last, copies = documents.agg(
        f.countDistinct("region"),
        f.min(f.least("period_start", "period_end")),
        f.max(f.greatest("period_start", "period_end")),
        f.count("duplicate_of"),
    ).first()
    return Facts(
        version=about["planparse_version"],
        digest=about["corpus_digest"],
        tables=_tables(spark, out, rows),
        kinds=tuple(sorted(((row[0], row[1]) for row in kinds), key=lambda item: (-item[1], item[0]))),
        regions=regions,
        first_year=first,
        last_year=last,
        copies=copies,
    )


def _tables(spark: Any, out: str, rows: Mapping[str, int]) -> tuple[TableFiles, ...]:
    """The files of all tables with their hashes, which the executors compute: the driver reads no file."""
    from pyspark.sql import functions as f

    folders = [f"{out}/{model.table}" for model in TABLES]
    files = spark.read.format("binaryFile").option("pathGlobFilter", "*.parquet").load(folders)
    parts: dict[str, list[PartFile]] = {}
    for path, size, digest in files.select("path", "length", f.sha2("content", 256)).orderBy("path").collect():
        place = path[len(out) + 1 :]
        parts.setdefault(place.partition("/")[0], []).append(PartFile(place, size, digest))
    return tuple(
        TableFiles(model, rows[model.table], tuple(parts.get(model.table, ())), folder=True) for model in TABLES
    )
