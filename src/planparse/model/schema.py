"""What follows from the records' definition: Arrow schemas, JSON Schemas and the data dictionary."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from planparse.model.records import SCHEMA_VERSION, TABLES, Record

if TYPE_CHECKING:
    import pyarrow as pa
    from pydantic.fields import FieldInfo

JSON_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
DECIMAL_PRECISION, DECIMAL_SCALE = 38, 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the model defines it. ``kind`` is the Arrow type in the words of the data dictionary."""

    name: str
    kind: str
    nullable: bool
    description: str
    unit: str | None = None
    values: tuple[str, ...] = ()


@cache
def columns(model: type[Record]) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    return tuple(_column(name, field) for name, field in model.model_fields.items())


def _column(name: str, field: FieldInfo) -> Column:
    base, optional = _unwrap(field.annotation)
    extra: dict[str, Any] = {}
    for source in (field, *_nested_metadata(field.annotation)):
        found = getattr(source, "json_schema_extra", None)
        extra.update(found if isinstance(found, dict) else {})
    kind = _kind(base, extra)
    values = tuple(member.value for member in base) if isinstance(base, type) and issubclass(base, StrEnum) else ()
    nullable = optional or kind.startswith(("list", "map"))
    return Column(name, kind, nullable, field.description or "", extra.get("unit"), values)


def _nested_metadata(annotation: Any) -> Iterator[Any]:
    """What ``Annotated`` says inside an optional: pydantic lifts only the outermost onto the field."""
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        if not isinstance(inner, str):
            yield from _nested_metadata(inner)


def _unwrap(annotation: Any) -> tuple[Any, bool]:
    """The plain type, and whether None is allowed."""
    if hasattr(annotation, "__metadata__"):
        return _unwrap(annotation.__origin__)
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [arg for arg in get_args(annotation) if arg is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"a column has one type, not {annotation}")
        return _unwrap(inner[0])[0], len(inner) < len(get_args(annotation))
    return annotation, False


def _kind(base: Any, extra: dict[str, Any]) -> str:
    if base == list[str]:
        return "list<string>"
    if base == dict[str, str]:
        return "map<string, string>"
    whole = extra.get("arrow", "int32")
    for python, arrow in ((bool, "bool"), (str, "string"), (int, whole), (float, "double"), (date, "date32")):
        if isinstance(base, type) and issubclass(base, python):
            return str(arrow)
    if base is Decimal:
        return f"decimal128({DECIMAL_PRECISION}, {DECIMAL_SCALE})"
    raise TypeError(f"no Arrow type is laid down for {base}")


@cache
def arrow_schema(model: type[Record]) -> pa.Schema:
    """The table's Arrow schema; every field carries its description (and unit), the schema the table's name."""
    import pyarrow as pa

    kinds: dict[str, pa.DataType] = {
        "list<string>": pa.list_(pa.string()),
        "map<string, string>": pa.map_(pa.string(), pa.string()),
        f"decimal128({DECIMAL_PRECISION}, {DECIMAL_SCALE})": pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
    }
    fields = []
    for column in columns(model):
        metadata = {"description": column.description} | ({"unit": column.unit} if column.unit else {})
        kind = kinds.get(column.kind) or pa.type_for_alias(column.kind)
        fields.append(pa.field(column.name, kind, column.nullable, metadata))
    about = {"table": model.table, "description": table_description(model), "schema_version": SCHEMA_VERSION}
    return pa.schema(fields, metadata=about)


def table_description(model: type[Record]) -> str:
    """The table's description: the first line of the model's docstring."""
    return (model.__doc__ or "").strip().splitlines()[0]


def json_schema(model: type[Record]) -> dict[str, Any]:
    """JSON Schema 2020-12 of one row, with titles, descriptions, units and Arrow types."""
    body = model.model_json_schema(mode="serialization")
    for column in columns(model):
        entry = body["properties"][column.name]
        entry["title"] = column.name.replace("_", " ")
        entry["arrow"] = column.kind
        if column.unit:
            entry["unit"] = column.unit
    head = {
        "$schema": JSON_SCHEMA_DIALECT,
        "$id": f"planparse/{SCHEMA_VERSION}/{model.table}.schema.json",
        "title": model.table,
        "description": table_description(model),
    }
    return head | {key: value for key, value in body.items() if key not in head}


def data_dictionary() -> str:
    """The data dictionary as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        f"Schema version {SCHEMA_VERSION}. One Parquet file per table; every column is present in every run. This page",
        "is generated by `make schemas` from the record models in `src/planparse/model/records.py`: change it there.",
        "",
        "Columns marked ● are never null. Lists and maps may be empty, and are never null either.",
    ]
    for model in TABLES:
        lines += ["", f"## {model.table}", "", table_description(model), "", "| column | type | | unit | meaning |"]
        lines.append("| --- | --- | --- | --- | --- |")
        for column in columns(model):
            values = f" One of {', '.join(f'`{value}`' for value in column.values)}." if column.values else ""
            meaning = (column.description + values).replace("|", "\\|")
            mark = "" if column.nullable else "●"
            lines.append(f"| `{column.name}` | {column.kind} | {mark} | {column.unit or ''} | {meaning} |")
    return "\n".join(lines) + "\n"


def generated_files() -> dict[str, str]:
    """Every generated file by its path in the repository."""
    files = {
        f"schemas/{model.table}.schema.json": json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n"
        for model in TABLES
    }
    return files | {"docs/data-dictionary.md": data_dictionary()}


def write_generated(root: Path) -> None:
    """Write the generated files below ``root`` (what ``make schemas`` does)."""
    for name, text in generated_files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_generated(Path.cwd())
