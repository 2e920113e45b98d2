"""Records → Arrow: every kind of column, with nulls, signs, extremes and nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planparse.dataset.columns import BY_NAME, encode
from planparse.model.records import TABLES, Record
from planparse.model.schema import arrow_schema

ROW = {"doc_id": "a", "source_start": 0, "source_end": 4}
DOCUMENT = {
    "doc_id": "a", "source_path": "甲.txt", "source_sha256": "0", "source_bytes": 1, "media_type": "text/plain",
    "script": "hans", "plan_kind": "other", "char_count": 0, "outline_trust": 1.0, "trust": "sound",
}  # fmt: skip
INDICATOR = {**ROW, "indicator_id": "i", "table_id": "t", "seq": 1, "name": "指标"}
TARGET = {
    **ROW, "target_id": "t", "context": "goal", "seq": 1, "subject": "数", "quantity_raw": "3个", "comparator": "eq",
    "sentence": "建3个。",
}  # fmt: skip
CASES: list[tuple[str, dict[str, Any], str, list[Any], list[Any]]] = [
    ("documents", DOCUMENT, "title", ["𠀀汉", None, "a" * 300], ["𠀀汉", None, "a" * 300]),
    ("documents", DOCUMENT, "source_bytes", [0, 2**63 - 1], [0, 2**63 - 1]),
    ("documents", DOCUMENT, "period_start", [None, 1900, 2200], [None, 1900, 2200]),
    ("documents", DOCUMENT, "issued_date", [date(1969, 12, 31), None, date(2021, 3, 1)],
     [date(1969, 12, 31), None, date(2021, 3, 1)]),
    ("documents", DOCUMENT, "coverage", [0.25, None, 0.0, 1.0], [0.25, None, 0.0, 1.0]),
    ("documents", DOCUMENT, "trust", ["sound", "not_a_plan"], ["sound", "not_a_plan"]),
    ("documents", DOCUMENT, "keywords", [[], ["应急", "管理"], ["一"]], [[], ["应急", "管理"], ["一"]]),
    ("indicators", INDICATOR, "other_cells", [{}, {"省": "1", "注": ""}], [[], [("省", "1"), ("注", "")]]),
    ("indicators", INDICATOR, "target_value",
     [Decimal("-0.000001"), None, Decimal("12345678901234567890123456789012.123456"), Decimal("1E+3")],
     [Decimal("-0.000001"), None, Decimal("12345678901234567890123456789012.123456"), Decimal("1000.000000")]),
    ("targets", TARGET, "approximate", [True, False] * 9, [True, False] * 9),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "base", "column", "given", "expected"), CASES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_values_arrive_as_they_were(
    table: str, base: dict[str, Any], column: str, given: list[Any], expected: list[Any]
) -> None:
    model = BY_NAME[table]
    batch = encode(model, [model(**{**base, column: value}) for value in given])
    batch.validate(full=True)
    assert batch.schema.equals(arrow_schema(model), check_metadata=True)
    assert batch.column(column).to_pylist() == expected


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_an_empty_table_has_all_its_columns(model: type[Record]) -> None:
    batch = encode(model, [])
    batch.validate(full=True)
    assert batch.num_rows == 0
    assert batch.schema.equals(arrow_schema(model))


def test_half_a_surrogate_pair_does_not_stop_the_run() -> None:
    model = BY_NAME["documents"]
    rows = [
        model.model_construct(
            **DOCUMENT | {"title": "甲\ud800乙"},
            keywords=[],
            **dict.fromkeys(set(model.model_fields) - set(DOCUMENT) - {"title", "keywords"}),
        )
    ]
    assert encode(model, rows).column("title").to_pylist() == ["甲?乙"]


def test_neither_pandas_nor_arrow_s_own_functions_are_imported_on_the_way() -> None:
    program = """
import io, sys
import pyarrow as pa, pyarrow.parquet as pq
from planparse.dataset.columns import BY_NAME, encode
from planparse.dataset.row_groups import row_groups
model = BY_NAME["sources"]
batch = encode(model, [model(doc_id="a", text="b")])
for group in row_groups([batch], batch.schema.with_metadata({"b": "c"})):
    pq.write_table(group, io.BytesIO())
sys.exit(not {"pandas", "pyarrow.compute"}.isdisjoint(sys.modules))
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
