"""What a loader gives: the source text, and the body to be read with every character's place in it.

Tables travel inside the body, so that one text and one map of offsets serve the whole document. A table is one line::

    TABLE_START cell CELL_END cell CELL_END ROW_END cell CELL_END ... ROW_END TABLE_END

with CELL_BREAK for a line break inside a cell; what spans rows or columns is said in ``tables``. Loaders blank these four
control characters out of the text they read. Plain text has no such lines: its tables are found later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planparse.model.findings import Note
from planparse.model.text import MappedText

TABLE_START = "\x02"
TABLE_END = "\x03"
ROW_END = "\x1e"
CELL_END = "\x1f"
CELL_BREAK = "\x0b"
STRUCTURE_MARKS = TABLE_START + TABLE_END + ROW_END + CELL_END + CELL_BREAK

BLANK_STRUCTURE_MARKS = dict.fromkeys(map(ord, STRUCTURE_MARKS), " ")
"""Translation table by which a loader removes structure marks from text that it reads."""


@dataclass(frozen=True, slots=True)
class CellShape:
    """How one cell of a source table spans: in the order in which the cells stand in the line."""

    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class TableShape:
    """The shapes of one table's cells, row by row; a cell that a span covers is not listed (as in HTML)."""

    rows: tuple[tuple[CellShape, ...], ...]


@dataclass(frozen=True, slots=True)
class LineHint:
    """What the format knows about one line of the body, by the line's start offset in ``body.text``."""

    heading_level: int | None = None
    """Depth of a heading style (h1..h6, Heading 1..), where the format says that the line is a heading."""
    heavy: int | None = None
    """The whole line is set in heavy type of this size (tenths of a point; 0 where the format states none)."""
    frame: int | None = None
    """Number of the ruled frame (a box) that the line stands in, where the format draws one: lines of one frame share it."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as read: ``text`` is the source text that all spans of all records point into."""

    path: str
    """Relative to the corpus root, POSIX separators (``archive.zip!/member.html`` in an archive)."""
    sha256: str
    size: int
    media_type: str
    encoding: str | None
    text: str
    body: MappedText
    """The text to be read, one line per block; its offsets point into ``text``."""
    tables: tuple[TableShape, ...] = ()
    """Shapes of the table lines of ``body``, in order."""
    hints: Mapping[int, LineHint] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the format itself says, by field: title, issuer, doc_number, index_number, issued_date, printed_date, published_date, keywords."""
    pages: tuple[int, ...] = ()
    """Source offset at which each page begins (PDF)."""
    notes: tuple[Note, ...] = ()
    """Findings so far, with spans in ``text``."""

    @classmethod
    def of(cls, data: bytes, path: str, media_type: str, encoding: str | None, **read: Any) -> SourceDocument:
        """What was read of the bytes of a file."""
        return cls(path, hashlib.sha256(data).hexdigest(), len(data), media_type, encoding, **read)
