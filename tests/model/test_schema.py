"""The schemas follow from the record models, and the committed files follow from the schemas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from planparse.model.records import TABLES, Document, Indicator, Record, Target
from planparse.model.schema import arrow_schema, columns, generated_files, json_schema

ROOT = Path(__file__).parents[2]
CONTRACT: dict[tuple[str, str], tuple[str, bool]] = {
    ("documents", "doc_id"): ("string", False),
    ("documents", "source_bytes"): ("int64", False),
    ("documents", "char_count"): ("int64", False),
    ("documents", "title"): ("string", True),
    ("documents", "outline_trust"): ("double", False),
    ("documents", "trust"): ("string", False),
    ("documents", "coverage"): ("double", True),
    ("sections", "trust"): ("double", False),
    ("documents", "issued_date"): ("date32[day]", True),
    ("documents", "keywords"): ("list<item: string>", True),
    ("documents", "period_start"): ("int32", True),
    ("sections", "source_start"): ("int64", False),
    ("sections", "page"): ("int32", True),
    ("sections", "level"): ("int32", False),
    ("tasks", "lead_units"): ("list<item: string>", True),
    ("projects", "investment_wan"): ("decimal128(38, 6)", True),
    ("indicators", "other_cells"): ("map<string, string>", True),
    ("targets", "value"): ("decimal128(38, 6)", True),
    ("targets", "subject"): ("string", False),
    ("targets", "approximate"): ("bool", False),
    ("findings", "doc_id"): ("string", True),
    ("findings", "source_start"): ("int64", True),
    ("sources", "text"): ("string", False),
}
BY_NAME = {model.table: model for model in TABLES}


@pytest.mark.parametrize("path", sorted(generated_files()))
def test_committed_files_are_the_generated_ones(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == generated_files()[path], "run `make schemas` and commit"


@pytest.mark.parametrize(("table", "column"), sorted(CONTRACT))
def test_arrow_types_are_those_of_the_contract(table: str, column: str) -> None:
    field = arrow_schema(BY_NAME[table]).field(column)
    assert (str(field.type), field.nullable) == CONTRACT[table, column]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_every_column_is_described(model: type[Record]) -> None:
    schema = arrow_schema(model)
    assert schema.names == list(model.model_fields)
    assert schema.names[0] == "doc_id"
    for field in schema:
        assert field.metadata[b"description"].decode().endswith("."), field.name
    assert [c.unit for c in columns(Document) if c.name in ("source_bytes", "period_start")] == ["bytes", "year"]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_json_schemas_are_valid_2020_12(model: type[Record]) -> None:
    schema = json_schema(model)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert all(entry["description"] and entry["title"] for entry in schema["properties"].values())


ROW = {"doc_id": "a", "source_start": 0, "source_end": 4}
INDICATOR = Indicator(
    **ROW, indicator_id="i", table_id="t", seq=1, name="指标", target_value=Decimal("1.5"), other_cells={"省": "2"}
)
TARGET = Target(
    **ROW, target_id="t", context="goal", seq=1, subject="数", quantity_raw="3个", comparator="eq", sentence="建3个。"
)


@pytest.mark.parametrize("record", [INDICATOR, TARGET], ids=["indicator", "target"])
def test_rows_as_json_fit_their_schema(record: Record) -> None:
    row: dict[str, Any] = record.model_dump(mode="json")
    validator = jsonschema.Draft202012Validator(json_schema(type(record)))
    assert not list(validator.iter_errors(row))
    assert list(validator.iter_errors({**row, "seq": "first"}))
    assert list(validator.iter_errors({**row, "colour": "red"}))


def test_a_column_without_a_laid_down_type_is_refused() -> None:
    class Odd(Record):
        table = "odd"
        when: dict[str, date] | None = None

    with pytest.raises(TypeError, match="no Arrow type"):
        columns(Odd)
