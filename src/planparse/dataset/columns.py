"""Records → Arrow, column by column.

Arrays are put together from buffers: ``pyarrow.array`` on Python values imports pandas to ask what they are (seconds,
and 60 MB), guesses types, and is no faster. The record models have already checked every value.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import Any

import pyarrow as pa

from planparse.model.records import TABLES, Record
from planparse.model.schema import DECIMAL_PRECISION, DECIMAL_SCALE, arrow_schema

VALUE = pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE)
EPOCH = date(1970, 1, 1).toordinal()
EXACT = Context(prec=80)
"""The default context rounds to 28 digits; 38 are allowed."""
BY_NAME: dict[str, type[Record]] = {model.table: model for model in TABLES}
Builder = Callable[[Sequence[Any], pa.DataType], pa.Array]


def encode(model: type[Record], rows: Sequence[Record]) -> pa.RecordBatch:
    """The rows of one table as a record batch of the table's schema."""
    schema = arrow_schema(model)
    pick = itemgetter(*schema.names)
    return encode_columns(schema, zip(*[pick(row.__dict__) for row in rows], strict=True) if rows else ())


def encode_columns(schema: pa.Schema, columns: Iterable[Sequence[Any]]) -> pa.RecordBatch:
    """Columns of Python values as a record batch; no columns at all stand for no rows."""
    values = list(columns) or [()] * len(schema)
    arrays = [_builder(kind)(column, kind) for kind, column in zip(schema.types, values, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def schema_of(names: Iterable[str], kinds: Mapping[str, pa.DataType]) -> pa.Schema:
    """A schema of text columns, but for those with another kind."""
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


def table_of(schema: pa.Schema, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows of Python values as a table."""
    return pa.Table.from_batches([encode_columns(schema, zip(*rows, strict=True))])


def strings(values: Iterable[str | None]) -> pa.Array:
    """Text as an array."""
    return _strings(list(values), pa.string())


@cache
def _builder(arrow_type: pa.DataType) -> Builder:
    return next(build for test, build in _BUILDERS if test(arrow_type))


def _bits(flags: Sequence[bool]) -> pa.Buffer:
    """A bitmap, least significant bit first."""
    digits = "".join("1" if flag else "0" for flag in reversed(flags))
    return pa.py_buffer(int(digits or "0", 2).to_bytes((len(flags) + 7) // 8, "little"))


def _validity(values: Sequence[Any]) -> pa.Buffer | None:
    return _bits([value is not None for value in values]) if None in values else None


def _offsets(lengths: Any) -> pa.Buffer:
    return pa.py_buffer(array("i", accumulate(lengths, initial=0)))


def _utf8(values: Sequence[str]) -> list[bytes]:
    try:
        return list(map(str.encode, values))
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8 form; one character stays one character
        return [value.encode(errors="replace") for value in values]


def _strings(values: Sequence[str | None], arrow_type: pa.DataType) -> pa.Array:
    validity = _validity(values)
    encoded = _utf8([value or "" for value in values])
    buffers = [validity, _offsets(map(len, encoded)), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(arrow_type, len(values), buffers)


def _binaries(values: Sequence[bytes | None], arrow_type: pa.DataType) -> pa.Array:
    given = [value or b"" for value in values]
    data = pa.py_buffer(given[0] if len(given) == 1 else b"".join(given))
    return pa.Array.from_buffers(arrow_type, len(values), [_validity(values), _offsets(map(len, given)), data])


def _fixed(values: Sequence[Any], arrow_type: pa.DataType, data: Any) -> pa.Array:
    """An array of values that take as many bytes each; ``data`` has something in the place of each null."""
    return pa.Array.from_buffers(arrow_type, len(values), [_validity(values), pa.py_buffer(data)])


def _integers(values: Sequence[int | None], arrow_type: pa.DataType) -> pa.Array:
    return _fixed(values, arrow_type, array("i" if arrow_type.bit_width == 32 else "q", [value or 0 for value in values]))


def _doubles(values: Sequence[float | None], arrow_type: pa.DataType) -> pa.Array:
    return _fixed(values, arrow_type, array("d", [value or 0.0 for value in values]))


def _booleans(values: Sequence[bool | None], arrow_type: pa.DataType) -> pa.Array:
    return _fixed(values, arrow_type, _bits([bool(value) for value in values]))


def _dates(values: Sequence[date | None], arrow_type: pa.DataType) -> pa.Array:
    return _fixed(values, arrow_type, array("i", [0 if value is None else value.toordinal() - EPOCH for value in values]))


def _decimals(values: Sequence[Decimal | None], arrow_type: pa.DataType) -> pa.Array:
    none = bytes(16)
    return _fixed(values, arrow_type, b"".join([none if value is None else _decimal(value) for value in values]))


def _decimal(value: Decimal) -> bytes:
    return int(value.scaleb(DECIMAL_SCALE, EXACT)).to_bytes(16, "little", signed=True)


def _lists(values: Sequence[Sequence[Any]], arrow_type: pa.DataType) -> pa.Array:
    kind = arrow_type.value_type
    items = _builder(kind)([item for value in values for item in value], kind)
    return pa.Array.from_buffers(arrow_type, len(values), [None, _offsets(map(len, values))], children=[items])


def _maps(values: Sequence[Mapping[str, str]], arrow_type: pa.DataType) -> pa.Array:
    keys = _strings([key for value in values for key in value], arrow_type.key_type)
    items = _strings([item for value in values for item in value.values()], arrow_type.item_type)
    entries = pa.Array.from_buffers(
        pa.struct([arrow_type.key_field, arrow_type.item_field]), len(keys), [None], children=[keys, items]
    )
    return pa.Array.from_buffers(arrow_type, len(values), [None, _offsets(map(len, values))], children=[entries])


_BUILDERS: tuple[tuple[Callable[[pa.DataType], bool], Builder], ...] = (
    (pa.types.is_string, _strings),
    (pa.types.is_binary, _binaries),
    (pa.types.is_integer, _integers),
    (pa.types.is_boolean, _booleans),
    (pa.types.is_float64, _doubles),
    (pa.types.is_date32, _dates),
    (pa.types.is_decimal128, _decimals),
    (pa.types.is_list, _lists),
    (pa.types.is_map, _maps),
)
