"""CSV: UTF-8 with a byte order mark, so that Excel takes it for Chinese, and no cell that a spreadsheet would run."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from planparse.dataset import files
from planparse.dataset.export import Exported
from planparse.dataset.export.cells import inert, items, maker, pairs, plain, rows, table_columns
from planparse.dataset.reader import Dataset


def write_csv(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """One file a table; empty for null, lists joined by ；, maps as JSON, decimals without trailing zeros."""
    done = Exported()
    for table in tables:
        path = out / f"{table}.csv"
        kinds = [column.kind for column in table_columns(table)]
        with files.whole(path) as file:
            writer = csv.writer(codecs.getwriter("utf-8-sig")(file))
            writer.writerow([column.name for column in table_columns(table)])
            for batch in dataset.batches(table):
                writer.writerows(cells(kinds, rows(batch)))
        done.files.append(path)
    return done


def cells(kinds: Sequence[str], values: Iterable[Sequence[Any]]) -> Iterable[list[str]]:
    """Rows as text cells, by the columns' Arrow types."""
    makers = [maker(kind, _CELLS) for kind in kinds]
    for row in values:
        yield ["" if value is None else make(value) for make, value in zip(makers, row, strict=True)]


_CELLS: dict[str, Callable[[Any], str]] = {
    "list": lambda value: inert(items([str(item) for item in value])),
    "map": lambda value: inert(pairs(value)),
    "decimal": plain,
    "bool": lambda value: "true" if value else "false",
    **dict.fromkeys(("int", "date", "float", "double"), str),
    "": lambda value: inert(str(value)),
}
"""By Arrow type; what a query gives may be of any."""
