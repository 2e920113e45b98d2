"""The rows that a query gave, for a terminal or for another program."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from planparse.dataset.export.cells import items, number, pairs, plain
from planparse.dataset.export.delimited import cells
from planparse.terminal.boxes import Column, boxed

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 40
"""Of a longer table the terminal shows the first and last, half each; the other forms print all."""
KINDS = {"string": "varchar", "date32[day]": "date", "int32": "int32", "int64": "int64", "bool": "boolean"}
"""Arrow types as DuckDB calls them."""
GAP = "·"
NULL = "NULL"
NARROWEST = 60
"""Places of a line that are used, however narrow the terminal."""


def as_table(found: pa.Table, *, full: bool = False) -> str:
    """A box in the width of the terminal, and a line on what it does not show; with ``full`` all of it, uncut."""
    if not found.num_columns:
        return "The query gave no table.\n"
    rows, half = found.num_rows, MOST_ROWS // 2
    few = full or rows <= MOST_ROWS
    parts = [found] if few else [found.slice(0, half), found.slice(rows - half)]
    columns = []
    for name, kind in zip(found.column_names, found.schema.types, strict=True):
        pieces = [[_shown(value) for value in part.column(name).to_pylist()] for part in parts]
        cells = pieces[0] if few else [*pieces[0], GAP, *pieces[1]]
        columns.append(Column(name, _sql(kind), cells, _number(kind), firm=name.endswith("_id")))
    box, shown, cut = boxed(columns, None if full else max(NARROWEST, shutil.get_terminal_size((120, 24)).columns))
    more = [_count(rows, "row", rows if few else MOST_ROWS), _count(len(columns), "column", shown)]
    hint = "; --full shows all" if cut or not few or shown < len(columns) else ""
    return f"{box}\n{', '.join(more)}{hint}\n"


def _count(number: int, what: str, shown: int) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}" + (f" ({shown} shown)" if shown < number else "")


def _sql(kind: pa.DataType) -> str:
    text = str(kind)
    if text.startswith("list"):
        return f"{_sql(kind.value_type)}[]"
    if text.startswith("decimal128"):
        return text.replace("decimal128", "decimal").replace(" ", "")
    return KINDS.get(text, text)


def _number(kind: pa.DataType) -> bool:
    return str(kind).startswith(("int", "uint", "decimal", "float", "double"))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return pairs(value) if value and isinstance(value[0], tuple) else items([_shown(item) for item in value])
    if isinstance(value, (Decimal, float)):
        return plain(value) if isinstance(value, Decimal) else f"{value:.12g}"
    return NULL if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def as_csv(found: pa.Table) -> str:
    """CSV in which no cell is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    kinds = list(map(str, found.schema.types))
    writer.writerow(next(iter(cells(["string"] * len(kinds), [found.column_names]))))
    writer.writerows(cells(kinds, (tuple(row.values()) for row in found.to_pylist())))
    return stream.getvalue()


def as_json(found: pa.Table) -> str:
    """One JSON array of objects."""
    rows = found.to_pylist(maps_as_pydicts="strict")
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_value) + "\n"


def _value(value: Any) -> Any:
    return number(value) if isinstance(value, Decimal) else str(value)
