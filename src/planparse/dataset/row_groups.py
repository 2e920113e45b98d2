"""Where rows are cut into pieces and row groups: decided by what stands in them, never by how they came.

A piece is one chunk of memory, and a row group is made of pieces. Parquet's pages end where pieces end, too, so that the
bytes of the file depend on these cuts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import pyarrow as pa

PIECE_ROWS, PIECE_BYTES = 1024, 2 << 20
"""A piece ends with the row that reaches either. It is copied once."""
GROUP_ROWS, GROUP_BYTES = 1 << 20, 4 << 20
"""A group ends with the piece that reaches either (bytes are those of text). The group that is being written is held in
memory, and one job is to stay within 250 MB."""


def row_groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in tables that are to be one row group each."""
    held: list[pa.Table] = []
    rows = size = 0
    for piece, text in _pieces(batches):
        held.append(pa.Table.from_arrays(piece.columns, schema=schema))  # a cast would load pyarrow.compute
        rows += piece.num_rows
        size += text
        if rows + PIECE_ROWS > GROUP_ROWS or size >= GROUP_BYTES:
            yield pa.concat_tables(held)
            held, rows, size = [], 0, 0
    if held:
        yield pa.concat_tables(held)


def _pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.Table, int]]:
    """The rows in pieces, with the bytes of text in each."""
    held: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        text = _Text(batch)
        position = 0
        while position < batch.num_rows:
            room = text.up_to(position) + PIECE_BYTES - size
            stop = min(position + PIECE_ROWS - rows, batch.num_rows)
            if text.up_to(stop) >= room:
                stop = bisect_left(range(stop), room, position + 1, key=text.up_to)
            held.append(batch.slice(position, stop - position))
            rows += stop - position
            size += text.up_to(stop) - text.up_to(position)
            position = stop
            if rows == PIECE_ROWS or size >= PIECE_BYTES:
                yield pa.Table.from_batches(held).combine_chunks(), size
                held, rows, size = [], 0, 0
    if held:
        yield pa.Table.from_batches(held).combine_chunks(), size


class _Text:
    """The bytes of text in the rows of a batch, read off the offsets of its string columns.

    (``nbytes`` depends on where in its buffers a slice begins; ``pyarrow.compute`` takes 40 MB for itself.)
    """

    def __init__(self, batch: pa.RecordBatch) -> None:
        columns = [column for column in batch.columns if pa.types.is_string(column.type) and len(column)]
        self._offsets = [memoryview(column.buffers()[1]).cast("i")[column.offset :] for column in columns]

    def up_to(self, row: int) -> int:
        """The bytes in all rows before this one."""
        return sum(offsets[row] - offsets[0] for offsets in self._offsets)
