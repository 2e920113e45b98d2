"""The Python interface: one document, and many documents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.model.findings import DocumentError, Severity
from planparse.model.options import Options
from planparse.model.records import TABLES, Document, Finding, Records

if TYPE_CHECKING:
    import pandas as pd

    from planparse.corpus.summary import Progress, Summary

LONGEST_PATH = 1000
"""A longer string is no path."""
SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".zip", ".tar", ".gz", ".tgz")


class ParsedDocument(Records):
    """All records of one file as models, a list for each table (several plans in one file: one after another)."""

    path: str

    @property
    def document(self) -> Document | None:
        """The file's (first) plan; None if it could not be read, which ``findings`` then tells."""
        return self.documents[0] if self.documents else None

    @property
    def text(self) -> str:
        """The source text, into which the records' spans point."""
        return self.sources[0].text if self.sources else ""

    def errors(self) -> list[Finding]:
        """The findings of severity error."""
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]

    def __repr__(self) -> str:
        """One line, however long the document: its path and title, and how much was read."""
        title = self.document.title if self.document else None
        counts = ", ".join(f"{name} {count:,}" for name, count in self.counts.items() if name != "sources")
        return f"ParsedDocument({self.path!r}{f', {title}' if title else ''}: {counts})"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        from planparse.dataset.frames import as_html
        from planparse.dataset.reader import DESCRIPTIONS

        title = (self.document.title if self.document else None) or self.path
        rows = [(name, f"{count:,}", DESCRIPTIONS[name]) for name, count in self.counts.items()]
        return as_html(title, ("table", "rows", ""), rows)

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of records by table."""
        return {model.table: len(getattr(self, model.table)) for model in TABLES}

    def to_pandas(self, *, decimals: bool = False) -> dict[str, pd.DataFrame]:
        """Every table as a data frame, with the columns of the dataset; values are floats, or decimals if asked for."""
        import pyarrow as pa

        from planparse.dataset.columns import encode
        from planparse.dataset.frames import to_pandas

        tables = {model.table: pa.Table.from_batches([encode(model, getattr(self, model.table))]) for model in TABLES}
        return {name: to_pandas(table, decimals=decimals) for name, table in tables.items()}

    @classmethod
    def of(cls, path: str, found: Sequence[Records]) -> ParsedDocument:
        """Put the records of one file's documents together."""
        tables: dict[str, Any] = {model.table: [row for one in found for row in getattr(one, model.table)] for model in TABLES}
        return cls(path=path, **tables)


def parse(path_or_text: str | os.PathLike[str] | bytes, options: Options | None = None) -> ParsedDocument:
    """Read one document: the path of a file of any format, its bytes, or its text.

    A string is taken for a path if there is such a file, or if it is one line that ends like a file name (``.docx``).
    What cannot be read gives a ParsedDocument with findings alone; a path that is not there raises FileNotFoundError.
    """
    from planparse.corpus.discovery import shown
    from planparse.engines.batch import read
    from planparse.engines.core import documents_in, failure
    from planparse.pipeline import process

    options = options or Options()
    if isinstance(path_or_text, bytes):
        name, data = "bytes", path_or_text
    elif isinstance(path_or_text, str) and not _is_path(path_or_text):
        name, data = "text", path_or_text.encode("utf-8", "surrogatepass")
    else:
        place = Path(path_or_text)
        name = shown(place.name)
        try:
            data = read(str(place), options)
        except DocumentError as error:
            return ParsedDocument.of(name, [failure(name, error.note)])
    found: list[Records] = []
    for path, content in documents_in(name, data, options):
        if isinstance(content, bytes):
            found.extend(process(content, path, options))
        else:
            found.append(failure(path, content))
    return ParsedDocument.of(name, found)


def _is_path(text: str) -> bool:
    if "\n" in text or "\0" in text or not 0 < len(text) <= LONGEST_PATH:
        return False
    return text.lower().endswith(SUFFIXES) or os.path.exists(text)


def ingest(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str] = "outputs",
    *,
    jobs: int | None = None,
    options: Options | None = None,
    full: bool = False,
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Summary:
    """Read files and folders and write the dataset to ``out``; see ``planparse ingest --help``.

    ``ignore`` holds patterns (``*.eml``, ``drafts/*``) of what is to be left out. Raises UsageError, with one sentence that says what to do, where nothing can be done at all.
    """
    from planparse.corpus import ingest as run

    several = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    show = progress or (lambda stage: None)
    return run(several, out, jobs=jobs, options=options, full=full, ignore=ignore, progress=show)
