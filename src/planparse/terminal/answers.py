"""The rows that a query gave, for a terminal or for another program."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from planparse.dataset.export.cells import items, number, plain
from planparse.dataset.export.delimited import cells
from planparse.terminal.safe import safe

if TYPE_CHECKING:
    import pyarrow as pa

MOST_SHOWN = 1000
"""Rows of a table on the terminal; the other forms print all."""


def as_table(found: pa.Table) -> str:
    """Lines in columns, in the width of the terminal; how many rows there are if not all are shown."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False)
    for name in found.column_names:
        table.add_column(Text(safe(name)), overflow="fold")
    for row in found.slice(0, MOST_SHOWN).to_pylist():
        table.add_row(*[Text(safe(_shown(value))) for value in row.values()])
    stream = io.StringIO()
    width = max(60, shutil.get_terminal_size((120, 24)).columns)
    Console(file=stream, width=width, color_system=None).print(table)
    more = f"{found.num_rows:,} rows, of which {MOST_SHOWN:,} are shown\n" if found.num_rows > MOST_SHOWN else ""
    return stream.getvalue() + more


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return items([_shown(item) for item in value])
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def as_csv(found: pa.Table) -> str:
    """CSV in which no cell is a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    kinds = [_kind(str(kind)) for kind in found.schema.types]
    writer.writerow(next(iter(cells(["string"] * len(kinds), [found.column_names]))))
    writer.writerows(cells(kinds, (tuple(row.values()) for row in found.to_pylist())))
    return stream.getvalue()


def _kind(arrow: str) -> str:
    """An Arrow type in the words of the data dictionary."""
    return {"date32[day]": "date32", "bool": "bool"}.get(arrow, arrow)


def as_json(found: pa.Table) -> str:
    """One JSON array of objects."""
    rows = found.to_pylist(maps_as_pydicts="strict")
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_value) + "\n"


def _value(value: Any) -> Any:
    return number(value) if isinstance(value, Decimal) else str(value)
