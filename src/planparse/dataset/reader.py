"""A dataset in a folder, for analysis: its tables, the joins that analysts want, and any record in its own wording."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset import frames
from planparse.dataset.columns import strings
from planparse.dataset.stored import NAMES, named, open_tables, said
from planparse.model.records import IDENTIFIERS, OF_PLANS, TABLES
from planparse.model.schema import table_description

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.dataset

DESCRIPTIONS = {model.table: table_description(model) for model in TABLES}
OWNERS = (("goals", "goal_id", "label"), ("tasks", "task_id", "title"), ("projects", "project_id", "name"))
"""What a target may stand in: table, identifier, and the column that names it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A record with the source text that it was read from: ``text[start:end]`` is its own."""

    table: str
    record: dict[str, Any]
    text: str
    start: int
    end: int


class Dataset:
    """The tables of one dataset, each read when it is first asked for.

    All files are opened at once and belong together; a run that replaces them meanwhile changes nothing here.
    """

    def __init__(self, folder: str | os.PathLike[str] = "outputs") -> None:
        self.folder = folder if "://" in str(folder) else Path(folder)
        self._files = open_tables(folder)
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """A table by name, such as ``targets``, just as it is stored: values are decimals."""
        if name not in NAMES:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(NAMES)}")
        if name not in self._tables:
            self._tables[name] = self._files[name].read()
        return self._tables[name]

    def __getitem__(self, name: str) -> pa.Table:
        """A table for analysis: values are floats, words of closed lists are categories (see ``planparse.dataset.frames``)."""
        return frames.analytic(self.table(name))

    def batches(self, name: str, rows: int = 4096) -> Iterator[pa.RecordBatch]:
        """A table's rows in batches, for tables larger than memory."""
        yield from self._files[name].batches(rows)

    def rows(self, name: str, columns: Sequence[str] | None = None, at_once: int = 4096) -> Iterator[dict[str, Any]]:
        """A table's rows one by one, whole or with some columns; ``at_once`` are held in memory."""
        for batch in self.batches(name, at_once):
            yield from (batch if columns is None else batch.select(columns)).to_pylist()

    def scan(self, name: str) -> pyarrow.dataset.Dataset:
        """A table's files as one Arrow dataset, of which only the columns and rows that are asked for are read."""
        return self._files[name].scan()

    def by_document(self, names: Iterable[str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """The rows of tables by their document, then by table; a document without rows has empty lists."""
        wanted = tuple(names)
        rows: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: {name: [] for name in wanted})
        for name in wanted:
            for row in self.table(name).to_pylist():
                rows[row["doc_id"]][name].append(row)
        return rows

    @cached_property
    def digest(self) -> str:
        """One SHA-256 for all rows: the same wherever the same data is, in whatever files. Every row is read for it."""
        whole = hashlib.sha256()
        for name in NAMES:
            digests = sorted(hashlib.sha256(repr(sorted(row.items())).encode(errors="surrogatepass")).digest() for row in self.rows(name))
            whole.update(f"{name} {len(digests)}\0".encode() + b"".join(digests))
        return whole.hexdigest()

    @property
    def corpus_digest(self) -> str:
        """One SHA-256 for the paths and bytes of the files that the dataset was made from."""
        return self._said("corpus_digest")

    @property
    def version(self) -> str:
        """The version of planparse that wrote it."""
        return self._said("planparse_version")

    def _said(self, key: str) -> str:
        about = self._files["documents"].metadata
        if self._files["documents"].folder:
            about = said(self.folder)
        return about.get(key.encode(), b"").decode()

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {count:,}" for name, count in self.counts.items())
        return f"Dataset({named(self.folder)!r}: {counts})"

    def _repr_html_(self) -> str:
        rows = [(name, f"{count:,}", DESCRIPTIONS[name]) for name, count in self.counts.items()]
        return frames.as_html(f"Dataset {named(self.folder)}", ("table", "rows", ""), rows)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of rows by table."""
        return {name: file.rows for name, file in self._files.items()}

    def pandas(self, name: str, *, joined: bool = False, decimals: bool = False) -> pd.DataFrame:
        """A table as a data frame; with ``joined``, each row beside its owner, section and document.

        Values are floats, or decimals if asked for; words of closed lists are categories, years are ``Int32`` (whole also
        where some are missing), dates are ``datetime64``, and other_cells are dictionaries.
        """
        return frames.to_pandas(self.joined(name, decimals=True) if joined else self.table(name), decimals=decimals)

    def joined(self, name: str = "targets", *, decimals: bool = False) -> pa.Table:
        """A record table with its context beside each row: its owner (targets only), its section, its document.

        The columns that come along are prefixed ``owner_``, ``section_`` and ``document_``; rows keep their order. Values
        are floats, or decimals if asked for; ``to_pandas()`` of it gives categories and whole years.
        """
        table = self.table(name)
        if "owner_id" in table.column_names:
            table = _beside(table, "owner_id", self._owners(), "owner_id", "owner_")
        if "section_id" in table.column_names and name != "sections":
            table = _beside(table, "section_id", self.table("sections"), "section_id", "section_")
        if name != "documents":
            table = _beside(table, "doc_id", self.table("documents"), "doc_id", "document_")
        return frames.analytic(table, decimals=decimals)

    def search(
        self, words: str, tables: Sequence[str] = OF_PLANS, *, most: int | None = None, copies: bool = False
    ) -> pa.Table:
        """The records of all documents that hold all these words (``森林覆盖率``, or several with blanks between).

        Upper and lower case are one, and traditional characters find their simplified ones. Of several copies of a plan the
        fullest is searched, with ``copies`` all. Gives one row a record, in the
        order of tables and documents, at most ``most``: what it is called, its value and year, where it stands. Raises
        KeyError for unknown tables, UsageError where no word is given.
        """
        from planparse.dataset.search import search

        return search(self, words, tables, most, copies)

    def panel(self, concepts: Sequence[str] | None = None, *, wide: bool = False, decimals: bool = False) -> pd.DataFrame:
        """Region × concept × year × {baseline, target}, in each concept's unit; with ``wide``, a column for each year.

        Of copies of a plan the fullest counts; values that contradict each other are rows with ``conflict``, of which the wide
        panel shows the one to be trusted most. Raises UsageError for an unknown concept.
        """
        from planparse.dataset import panel

        return frames.to_pandas((panel.wide if wide else panel.panel)(self, concepts), decimals=decimals)

    def cascade(self, concept: str, *, decimals: bool = False) -> pd.DataFrame:
        """Each place's target of a concept beside that of the plan above it, with the gap: see ``planparse.dataset.cascade``."""
        from planparse.dataset.cascade import cascade

        return frames.to_pandas(cascade(self, concept), decimals=decimals)

    def commitments(self, place: str, old: int | None = None, new: int | None = None, *, decimals: bool = False) -> pd.DataFrame:
        """What became of a place's targets from one period to the next, by concept: see ``planparse.dataset.commitments``."""
        from planparse.dataset.commitments import commitments

        return frames.to_pandas(commitments(self, place, old, new), decimals=decimals)

    def _owners(self) -> pa.Table:
        """All goals, tasks and projects under one set of columns."""
        kinds = []
        for name, identifier, title in OWNERS:
            columns = self.table(name).select([identifier, title]).columns
            kind = strings([name] * len(columns[0]))
            kinds.append(pa.Table.from_arrays([*columns, kind], names=["owner_id", "title", "table"]))
        return pa.concat_tables(kinds)

    def wording(self, identifier: str) -> Wording:
        """A record by its identifier, with its source text. Raises KeyError if there is none."""
        for name, column in IDENTIFIERS.items():
            row = self._files[name].find(column, identifier)
            if row is not None:
                return self._in_source(name, row)
        raise KeyError(f"there is no record {identifier} in {named(self.folder)}")

    def _in_source(self, table: str, record: dict[str, Any]) -> Wording:
        source = self._files["sources"].find("doc_id", record["doc_id"]) if record["doc_id"] else None
        text = source["text"] if source else ""
        start, end = record.get("source_start"), record.get("source_end")
        return Wording(table, record, text, start or 0, end if end is not None else 0)


def _beside(table: pa.Table, key: str, other: pa.Table, other_key: str, prefix: str) -> pa.Table:
    """``table`` with the columns of the row of ``other`` that has the same key, or nulls."""
    keys = table.column(key).combine_chunks()
    places = pc.index_in(keys, value_set=other.column(other_key).combine_chunks())
    found = other.take(places)
    for name in other.column_names:
        if name not in (other_key, "doc_id"):
            stem = name.removeprefix(prefix)
            table = table.append_column(prefix + stem, found.column(name))
    return table


def read(outputs: str | os.PathLike[str] = "outputs") -> Dataset:
    """The dataset in a folder, or at the URL of an object store, whichever engine wrote it: Arrow tables or data frames, with joins.

    Raises UsageError if there is none, or not a whole one.
    """
    return Dataset(outputs)
