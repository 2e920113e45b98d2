"""Values as cells of formats that know only text, numbers and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from planparse.dataset.columns import BY_NAME
from planparse.model.schema import Column, columns

SEPARATOR = "；"
"""Between the items of a list: no name of a unit holds it."""
# What a spreadsheet may take for a formula: also in full width, as Chinese versions do, and after blanks.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def table_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table by its name."""
    return columns(BY_NAME[table])


def about(column: Column) -> str:
    """A column's description with its unit and its closed list."""
    unit = f" Unit: {column.unit}." if column.unit else ""
    values = f" One of {', '.join(column.values)}." if column.values else ""
    return column.description + unit + values


def rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch as Python values; maps as pairs."""
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def plain(value: Decimal) -> str:
    """A number as written by hand: 100, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal) -> int | float:
    """A number for formats that have no decimals; whole ones stay exact."""
    return int(value) if value == value.to_integral_value() else float(value)


def json_value(value: Any) -> Any:
    """What JSON has for a value that it has no form for."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form is laid down for {type(value).__name__}")


def items(value: Sequence[str]) -> str:
    """A list as one text."""
    return SEPARATOR.join(value)


def pairs(value: Sequence[tuple[str, str]]) -> str:
    """A map as one text: a JSON object, blank for an empty one."""
    return json.dumps(dict(value), ensure_ascii=False) if value else ""


def clean(text: str) -> str:
    """The text without control characters, which no format for tables can hold."""
    return _CONTROL.sub("", text)


def inert(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula: behind an apostrophe where it might."""
    text = clean(text)
    return "'" + text if _FORMULA.match(text) else text


def maker(kind: str, makers: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """What makes a cell of a value of an Arrow type, by how the type's name begins; other values stay as they are."""
    return next((make for name, make in makers.items() if kind.startswith(name)), lambda value: value)


def flattener(kind: str) -> Callable[[Any], Any]:
    """What makes of a column's values, by its Arrow type, None, text, numbers, dates or truth values."""
    return maker(kind, {"list": items, "map": pairs, "decimal": number})
