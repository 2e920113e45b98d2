"""What can be said about a dataset as a whole: rows, sizes and hashes of its tables, and what its documents span."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from planparse.model.records import SCHEMA_VERSION, TABLES, Document, Record

NAME = "planparse-dataset"
TITLE = "Chinese government plans as data"
ABOUT = (
    "Goals, tasks, projects, indicators and quantified targets of Chinese government plans, "
    "each with its place in the source text."
)
WRITTEN = "Written by planparse ingest."
"""Stands near the beginning of every description; a file without it is somebody's own."""
KEYWORDS = ("China", "government plans", "policy", "text as data", "indicators", "targets")
LICENCE = (
    "The wording is that of the plans it was read from, whose issuers hold the rights there are "
    "(Article 5 of the Copyright Law of the People's Republic of China takes official documents out)."
)


@dataclass(frozen=True, slots=True)
class PartFile:
    """One Parquet file, by its path from the descriptions."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table: one file, or a folder of them where several processes wrote at a time."""

    model: type[Record]
    rows: int
    parts: tuple[PartFile, ...]
    folder: bool = False

    @property
    def path(self) -> str:
        """The file, or a pattern for the files of the folder."""
        return f"{self.model.table}/*.parquet" if self.folder else f"{self.model.table}.parquet"


@dataclass(frozen=True, slots=True)
class Facts:
    """``version`` stands for the parser, ``digest`` for the files that were read."""

    version: str
    digest: str
    tables: tuple[TableFiles, ...]
    kinds: tuple[tuple[str, int], ...]
    regions: int
    first_year: int | None
    last_year: int | None
    copies: int

    @property
    def edition(self) -> str:
        """What tells this dataset from one of other files, or by another parser or schema."""
        return f"{self.version}+schema{SCHEMA_VERSION}.corpus{self.digest[:12]}"

    def rows(self, model: type[Record]) -> int:
        """Rows of a table."""
        return next(table.rows for table in self.tables if table.model is model)


def gather(folder: Path, about: Mapping[str, str]) -> Facts:
    """The facts about the tables in a folder."""
    tables = tuple(_table(folder, model) for model in TABLES)
    kinds: Counter[str] = Counter()
    regions: set[str] = set()
    years: set[int] = set()
    copies = 0
    columns = ["plan_kind", "region", "period_start", "period_end", "duplicate_of"]
    with pq.ParquetFile(folder / f"{Document.table}.parquet") as file:
        for batch in file.iter_batches(columns=columns, use_threads=False):
            for row in batch.to_pylist():
                kinds[row["plan_kind"]] += 1
                regions.update(filter(None, [row["region"]]))
                years.update(filter(None, [row["period_start"], row["period_end"]]))
                copies += row["duplicate_of"] is not None
    return Facts(
        version=about.get("planparse_version", ""),
        digest=about.get("corpus_digest", ""),
        tables=tables,
        kinds=tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        regions=len(regions),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        copies=copies,
    )


def _table(folder: Path, model: type[Record]) -> TableFiles:
    path = folder / f"{model.table}.parquet"
    with pq.ParquetFile(path) as table:
        rows = table.metadata.num_rows
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return TableFiles(model, rows, (PartFile(path.name, path.stat().st_size, digest),))
