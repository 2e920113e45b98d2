"""The dataset in the formats of other programs: ``export`` writes them, ``Format`` names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planparse.model.findings import UsageError
from planparse.model.libraries import need

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    DTA = "dta"
    DUCKDB = "duckdb"
    SQLITE = "sqlite"


@dataclass(slots=True)
class Exported:
    """What was written, and what the format could not take."""

    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


Writer = Callable[["Dataset", Sequence[str], Path], Exported]
_WRITERS = {
    Format.CSV: ("delimited", "write_csv", ""),
    Format.JSONL: ("lines", "write_jsonl", ""),
    Format.XLSX: ("workbook", "write_xlsx", "xlsxwriter"),
    Format.DTA: ("stata", "write_dta", "pandas"),
    Format.DUCKDB: ("databases", "write_duckdb", "duckdb"),
    Format.SQLITE: ("databases", "write_sqlite", ""),
}
"""Module, function, and the library that it needs beyond those that planparse itself does."""
WITHOUT_SOURCES = {Format.XLSX}
"""Formats that whole documents do not fit into: a cell of a workbook takes 32,767 characters."""


def export(outputs: str | Path, form: Format, out: Path, tables: Iterable[str] = ()) -> Exported:
    """Write the dataset in ``outputs`` to the folder ``out``; of ``tables`` only (default: all that fit the format).

    Every file appears whole or not at all. Raises UsageError for unknown tables, a folder that cannot be written, and
    where the library that writes the format is not installed.
    """
    from planparse.dataset import files
    from planparse.dataset.reader import read
    from planparse.dataset.stored import NAMES

    module, function, library = _WRITERS[form]
    need(library)
    wanted = tuple(tables)
    if unknown := [name for name in wanted if name not in NAMES]:
        raise UsageError(f"There is no table {unknown[0]}; there are {', '.join(NAMES)}.")
    if form in WITHOUT_SOURCES and "sources" in wanted:
        raise UsageError(f"The table sources holds whole documents, which {form} cannot take; use another format.")
    fitting = [name for name in NAMES if not (form in WITHOUT_SOURCES and name == "sources")]
    chosen = [name for name in fitting if name in (wanted or fitting)]
    files.refuse_bytes(out)
    dataset = read(outputs)
    writer: Writer = getattr(import_module(f"{__name__}.{module}"), function)
    try:
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is a file; --out takes a folder.")
        files.make_folder(out)
        return writer(dataset, chosen, out)
    except OSError as error:
        raise UsageError(f"Cannot write to {out}: {error.strerror or error}.") from error
