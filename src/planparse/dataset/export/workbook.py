"""One Excel workbook: a sheet a table with frozen header, filters and notes on the columns, and a sheet that explains all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.dataset import files
from planparse.dataset.export import Exported
from planparse.dataset.export.cells import about, clean, flattener, rows, table_columns
from planparse.dataset.reader import DESCRIPTIONS, Dataset
from planparse.model.schema import Column

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_575
"""Rows of a sheet below its header; a longer table goes on in another sheet."""
WIDTHS = {"string": 24, "bool": 8, "int32": 8, "int64": 11, "double": 8, "date32": 12}
WIDE = {"title", "text", "sentence", "message", "content", "name", "subject", "excerpt_raw"}
TOLD = "columns"
CREATED = datetime.datetime(2000, 1, 1)
"""The same dataset gives the same bytes."""
NAME = "planparse.xlsx"


def write_xlsx(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """One workbook. Text is always written as text, so that no cell is a formula or a link; what is too long is cut."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    path = out / NAME
    cut = 0
    with files.whole_at(path) as temporary:
        book = Workbook(str(temporary), {"constant_memory": True})
        try:
            book.set_properties({"title": "planparse", "created": CREATED})
            _explain(book, tables)
            for table in tables:
                cut += _Sheets(book, table).write(dataset)
            book.close()
        except XlsxWriterException as error:
            raise OSError(f"the workbook cannot be written ({error})") from error
        finally:
            book.fileclosed = 1  # or what could not be written would be tried again when the book is forgotten
    done = Exported([path])
    if cut:
        done.notes.append(
            f"{cut:,} cells are longer than the {MOST_CHARACTERS:,} characters that one takes, and were cut."
        )
    return done


def _explain(book: Workbook, tables: Sequence[str]) -> None:
    """The sheet ``columns``: the data dictionary."""
    sheet = book.add_worksheet(TOLD)
    heads = ("table", "column", "type", "unit", "meaning")
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, book.add_format({"bold": True}))
    told = [(table, column) for table in tables for column in table_columns(table)]
    for line, (table, column) in enumerate(told, 1):
        for at, text in enumerate((table, column.name, column.kind, column.unit or "", about(column))):
            sheet.write_string(line, at, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(told), len(heads) - 1)
    sheet.set_column(0, 3, 18)
    sheet.set_column(4, 4, 80)


class _Sheets:
    """The sheets of one table: one, or more where it is long."""

    def __init__(self, book: Workbook, table: str) -> None:
        self.book, self.table = book, table
        self.columns = table_columns(table)
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.cut = 0

    def write(self, dataset: Dataset) -> int:
        """Write all rows; returns how many cells were cut."""
        waiting: Iterator[tuple[Any, ...]] = (row for batch in dataset.batches(self.table) for row in rows(batch))
        for number in count(1):
            sheet = self._sheet(number)
            last = self._fill(sheet, islice(waiting, MOST_ROWS))
            sheet.autofilter(0, 0, last, len(self.columns) - 1)
            if last < MOST_ROWS:
                break
        return self.cut

    def _sheet(self, number: int) -> Worksheet:
        sheet = self.book.add_worksheet(self.table if number == 1 else f"{self.table} {number}")
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(self.columns):
            sheet.set_column(at, at, _width(column))
            sheet.write_string(0, at, column.name, self.bold)
            sheet.write_comment(0, at, about(column), {"x_scale": 2, "author": DESCRIPTIONS[self.table][:50]})
        return sheet

    def _fill(self, sheet: Worksheet, found: Iterator[tuple[Any, ...]]) -> int:
        writers = [self._writer(sheet, column) for column in self.columns]
        line = 0
        for line, row in enumerate(found, 1):
            for at, value in enumerate(row):
                if value is not None:
                    writers[at](line, at, value)
        return line

    def _writer(self, sheet: Worksheet, column: Column) -> Callable[[int, int, Any], Any]:
        flat = flattener(column.kind)
        if column.kind == "date32":
            return lambda line, at, value: sheet.write_datetime(line, at, value, self.day)
        if column.kind == "bool":
            return lambda line, at, value: sheet.write_boolean(line, at, value)
        if column.kind.startswith(("int", "double", "decimal")):
            return lambda line, at, value: sheet.write_number(line, at, flat(value))
        return lambda line, at, value: self._text(sheet, line, at, clean(flat(value)))

    def _text(self, sheet: Worksheet, line: int, at: int, text: str) -> None:
        if not text:
            return
        if len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
            self.cut += 1
            text = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
        sheet.write_string(line, at, text)


def _width(column: Column) -> int:
    if column.name in WIDE:
        return 48
    return WIDTHS.get(column.kind, 14)
