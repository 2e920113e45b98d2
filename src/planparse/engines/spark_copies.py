"""Which documents are copies of which, on Spark: the links that ``dataset.duplicates`` finds, for any number of documents.

Up to ``HELD_DOCUMENTS`` the driver takes the sketches (some 400 bytes a document) and does what the other engines do.
With more, no process holds them all:

- each document gives one row for each band of its sketch, and the rows are shuffled by band and key;
- of those that share a key, each meets the ``MOST_COMPARED`` fullest before it, so that a key shared by a million
  documents gives no more pairs than a million keys shared by two;
- the pairs are compared where they lie, and only those that are copies come to the driver, one after the other.

Which of them point where is settled there, as it depends on the order of all: a document that is a copy itself is nobody's
original. The driver then holds two identifiers for each copy, and nothing for all the other documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow as pa

from planparse.dataset.columns import encode_columns, schema_of
from planparse.dataset.duplicates import COLUMNS, LINK, MOST_COMPARED, Body, bodies, find_duplicates, settle
from planparse.language.likeness import BINS, ROWS, Sketch
from planparse.model.options import Options

HELD_DOCUMENTS = 300_000
BROADCAST_LINKS = 500_000
"""So many links are sent to every task; more are shuffled."""
BAND_BYTES = 2 * ROWS
LINKS = pa.schema([pa.field("doc_id", pa.string(), False), pa.field(LINK, pa.string(), False)])
Batches = Iterator[pa.RecordBatch]

ORDER = ("file", "number", "part")
"""What documents are sorted by to stand as in the corpus; those of one file by the end of their identifiers: none, -2 …"""
_BODIES = schema_of(
    ("file", "number", "part", "doc_id", "count", "packed", "region", "period_start", "period_end"),
    {"count": pa.int64(), "packed": pa.binary()} | dict.fromkeys(("number", "part", "period_start", "period_end"), pa.int32()),
)
_PLACED = pa.schema([("place", pa.int64()), *list(_BODIES)[len(ORDER) :]])
_ALIKE = schema_of(
    ("place", "doc_id", "fuller_place", "fuller", "agreeing"), {"place": pa.int64(), "fuller_place": pa.int64(), "agreeing": pa.int32()}
)


def linked(spark: Any, documents: Any, options: Options, scratch: str) -> Any:
    """Rows of ``documents`` with what they are copies of. ``scratch`` is a folder for what is not kept."""
    from pyspark.sql import functions as f

    part = f.expr("coalesce(int(nullif(substring(doc_id, 18), '')), 1)")  # behind sixteen digits and a dash
    told = documents.withColumn("part", part).select(*ORDER, *COLUMNS)
    if documents.count() <= HELD_DOCUMENTS:
        copies = find_duplicates(told.orderBy(*ORDER).select(*COLUMNS).toArrow().to_batches(), options)
    else:
        copies = _found(spark, told, options, scratch)
    if not copies:
        return documents
    links = spark.createDataFrame(pa.Table.from_batches([encode_columns(LINKS, [list(copies), list(copies.values())])]))
    links = f.broadcast(links) if len(copies) <= BROADCAST_LINKS else links
    return documents.drop(LINK).join(links, "doc_id", "left")


def _found(spark: Any, told: Any, options: Options, scratch: str) -> dict[str, str]:
    """Each copy with what it is a copy of."""
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    # Numbers that grow with fullness, without one process that counts; written down, since no two counts are alike.
    full = told.mapInArrow(_decoded, from_arrow_schema(_BODIES)).orderBy(f.desc("count"), *ORDER)
    full = full.withColumn("place", f.monotonically_increasing_id()).select(_PLACED.names)
    full.write.mode("overwrite").parquet(scratch)
    stored = spark.read.schema(from_arrow_schema(_PLACED)).parquet(scratch)
    fuller = stored.select(*(f.col(name).alias(f"fuller_{name}") for name in _PLACED.names))
    pairs = _pairs(stored).join(stored, "place").join(fuller, "fuller_place")

    alike = pairs.mapInArrow(partial(_compared, options=options), from_arrow_schema(_ALIKE)).orderBy("place", "fuller_place")
    copies: dict[str, str] = {}
    rows = alike.select("doc_id", "fuller", "agreeing").toLocalIterator()
    settle(((row[0], row[1], row[2]) for row in rows), copies)
    return copies


def _pairs(stored: Any) -> Any:
    """The places of documents to be compared: those that share a key, each with the fullest before it."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    keys = f.expr(
        f"posexplode(transform(sequence(0, {BINS // ROWS - 1}),"
        f" band -> substring(packed, band * {BAND_BYTES} + 1, {BAND_BYTES})))"
    )
    by_key = Window.partitionBy("pos", "col").orderBy("place")
    ranked = stored.select("place", keys).withColumn("rank", f.row_number().over(by_key))
    first = f.when(f.col("rank") <= MOST_COMPARED, f.col("place"))
    before = f.collect_list(first).over(by_key.rowsBetween(Window.unboundedPreceding, -1))
    met = ranked.withColumn("before", before)
    return met.select("place", f.explode("before").alias("fuller_place")).distinct()


def _decoded(batches: Batches) -> Batches:
    """Documents as far as copies are told by them."""
    for batch in batches:
        order = list(zip(*(batch.column(name).to_pylist() for name in ORDER), strict=True))
        yield _rows(
            _BODIES,
            [
                (*order[one.place], one.doc_id, one.sketch.count, one.sketch.packed, one.region, *one.period)
                for one in bodies([batch])
            ],
        )


def _compared(batches: Batches, options: Options) -> Batches:
    """Of pairs those in which one is a copy of the other."""
    for batch in batches:
        found = []
        for row in batch.to_pylist():
            likeness = _body(row, "").likeness(_body(row, "fuller_"), options)
            if likeness is not None:
                agreeing = round(likeness * BINS)
                found.append((row["place"], row["doc_id"], row["fuller_place"], row["fuller_doc_id"], agreeing))
        yield _rows(_ALIKE, found)


def _rows(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    return encode_columns(schema, zip(*rows, strict=True))


def _body(row: dict[str, Any], of: str) -> Body:
    sketch = Sketch(row[f"{of}count"], row[f"{of}packed"])
    period = (row[f"{of}period_start"], row[f"{of}period_end"])
    return Body(row[f"{of}doc_id"], row[f"{of}place"], sketch, row[f"{of}region"], period)
