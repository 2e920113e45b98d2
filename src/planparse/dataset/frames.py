"""Tables as analysts want them: floats to reckon with, categories for closed lists, years that stay whole.

The Parquet files hold decimals, since 0.1 is no float; but ``numpy.log``, ``quantile`` and plots want floats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset.columns import BY_NAME, strings
from planparse.model.libraries import need
from planparse.model.schema import columns

if TYPE_CHECKING:
    import pandas as pd

WHOLE = {pa.int32(): "Int32", pa.int64(): "Int64", pa.bool_(): "boolean"}
"""The pandas types that keep whole numbers and truth values what they are where some are missing."""
PREFIXES = {"section_": "sections", "document_": "documents"}
"""What the columns of ``joined`` begin with, and the table that they come from."""


def analytic(table: pa.Table, *, decimals: bool = False) -> pa.Table:
    """The table with floats for decimals (unless ``decimals``) and dictionaries for words of closed lists.

    What ``to_pandas()`` of it is to make of each column stands in its metadata, where pyarrow looks for it.
    """
    own = (table.schema.metadata or {}).get(b"table", b"").decode()
    for place, field in enumerate(table.schema):
        values = closed(own, field.name)
        column = table.column(place)
        if values and pa.types.is_string(field.type):
            column = _categories(column, values)
        elif pa.types.is_decimal(field.type) and not decimals:
            column = pc.cast(column, pa.float64())
        else:
            continue
        table = table.set_column(place, field.with_type(column.type), column)
    return table.replace_schema_metadata({**(table.schema.metadata or {}), b"pandas": _metadata(table.schema)})


@cache
def closed(table: str, column: str) -> tuple[str, ...]:
    """The closed list that a column of a table (or of ``joined``) takes its words from, in its order; empty if there is none."""
    for one in columns(BY_NAME[table]) if table in BY_NAME else ():
        if one.name == column:
            return one.values
    for prefix, other in PREFIXES.items():
        if column.startswith(prefix) and table != other:
            return closed(other, column.removeprefix(prefix))
    return ()


def _categories(column: pa.ChunkedArray, values: Sequence[str]) -> pa.ChunkedArray:
    """Strings as indices into the whole list; a word that is not in it (of a newer planparse) is put behind it."""
    listed = strings(values)
    others = (
        pc.unique(column).filter(pc.invert(pc.is_in(pc.unique(column), value_set=listed, skip_nulls=True))).drop_null()
    )
    words = pa.concat_arrays([listed, others])
    chunks = [pa.DictionaryArray.from_arrays(pc.index_in(chunk, value_set=words), words) for chunk in column.chunks]
    return pa.chunked_array(chunks, pa.dictionary(pa.int32(), pa.string()))


def _metadata(schema: pa.Schema) -> bytes:
    """The note in which pyarrow finds what pandas type a column is to have."""
    about = [
        {
            "name": field.name,
            "field_name": field.name,
            "pandas_type": str(field.type),
            "numpy_type": WHOLE[field.type],
            "metadata": None,
        }
        for field in schema
        if field.type in WHOLE
    ]
    return json.dumps({"index_columns": [], "column_indexes": [], "columns": about}).encode()


def to_pandas(table: pa.Table, *, decimals: bool = False) -> pd.DataFrame:
    """An Arrow table as a data frame, as ``Dataset.pandas`` says."""
    need("pandas")
    import pandas as pd

    types: dict[pa.DataType, Any] = {kind: pd.api.types.pandas_dtype(name) for kind, name in WHOLE.items()}
    frame: pd.DataFrame = analytic(table, decimals=decimals).to_pandas(
        types_mapper=types.get, maps_as_pydicts="strict", date_as_object=False
    )
    return frame


def as_html(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A small table for a notebook."""
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f"<p><b>{escape(title)}</b></p><table><tr>{names}</tr>{''.join(lines)}</table>"
