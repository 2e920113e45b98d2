"""Stata 14 and later: labels on variables and on the values of closed lists, within Stata's limits."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planparse.dataset import files
from planparse.dataset.export import Exported
from planparse.dataset.export.cells import about, clean, flattener, table_columns
from planparse.dataset.reader import DESCRIPTIONS, Dataset
from planparse.model.schema import Column

if TYPE_CHECKING:
    import pandas as pd

LABEL = 80
"""Characters of a label."""
STR_BYTES = 2045
"""Bytes of a str variable; longer ones become strL."""
UTF8: Final = 118
WRITTEN = datetime.datetime(2000, 1, 1)
"""The file's time stamp: the same dataset gives the same bytes."""


def write_dta(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """One file a table. Null is ``.`` for numbers and blank for text; lists are joined by ；; decimals become doubles."""
    done = Exported()
    for table in tables:
        path = out / f"{table}.dta"
        columns = table_columns(table)
        frame, long = _frame(dataset, table, columns)
        with files.whole_at(path) as temporary:
            frame.to_stata(
                temporary,
                write_index=False,
                version=UTF8,
                time_stamp=WRITTEN,
                data_label=DESCRIPTIONS[table][:LABEL],
                variable_labels={column.name: about(column)[:LABEL] for column in columns},
                convert_dates={column.name: "td" for column in columns if column.kind == "date32"},
                convert_strl=long,
                value_labels={column.name: dict(enumerate(column.values, 1)) for column in columns if column.values},
            )
        done.files.append(path)
    return done


def _frame(dataset: Dataset, table: str, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[str]]:
    """The table as Stata can take it, and the names of the columns that need strL."""
    import pandas as pd

    source = dataset.table(table)
    made: dict[str, Any] = {}
    long = []
    for column in columns:
        flat = flattener(column.kind)
        values: list[Any] = [None if value is None else flat(value) for value in source.column(column.name).to_pylist()]
        if column.values:
            codes: dict[Any, Any] = {value: float(code) for code, value in enumerate(column.values, 1)}
            made[column.name] = pd.Series([codes.get(value, float("nan")) for value in values], dtype="float64")
        elif column.kind == "date32":
            made[column.name] = pd.to_datetime(pd.Series(values, dtype="object"))
        elif column.kind.startswith(("int", "double", "decimal", "bool")):
            made[column.name] = pd.Series([float("nan") if v is None else float(v) for v in values], dtype="float64")
        else:
            texts = [clean(value or "") for value in values]
            made[column.name] = pd.Series(texts, dtype="object")
            if max((len(text.encode("utf-8", "replace")) for text in texts), default=0) > STR_BYTES:
                long.append(column.name)
    return pd.DataFrame(made), long
