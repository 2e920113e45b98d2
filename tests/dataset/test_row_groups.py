"""Row groups: the same cuts however the rows come, and no piece larger than it should be."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyarrow as pa
import pytest

from planparse.dataset import row_groups
from planparse.dataset.columns import encode_columns

SCHEMA = pa.schema([("text", pa.string()), ("number", pa.int32()), ("note", pa.string())])


def rows(count: int, seed: int = 1) -> pa.RecordBatch:
    rng = random.Random(seed)
    texts = ["字" * rng.choice([0, 1, 5, 300, 4000]) for _ in range(count)]
    return encode_columns(SCHEMA, [texts, range(count), [None if n % 3 else "注" for n in range(count)]])


def divided(batch: pa.RecordBatch, seed: int) -> Iterator[pa.RecordBatch]:
    rng = random.Random(seed)
    position = 0
    while position < batch.num_rows:
        part = batch.slice(position, rng.choice([1, 2, 7, 100, 5000]))
        position += part.num_rows
        yield part


def cuts(batches: Iterator[pa.RecordBatch]) -> list[list[int]]:
    """The lengths of the pieces, by group."""
    return [[chunk.num_rows for chunk in table.to_batches()] for table in row_groups.row_groups(batches, SCHEMA)]


@pytest.mark.parametrize("seed", range(5))
def test_cuts_do_not_depend_on_how_the_rows_come(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(row_groups, "PIECE_BYTES", 50_000)
    monkeypatch.setattr(row_groups, "GROUP_BYTES", 400_000)
    monkeypatch.setattr(row_groups, "PIECE_ROWS", 64)
    batch = rows(3000)
    expected = cuts(iter([batch]))
    assert cuts(divided(batch, seed)) == expected
    assert len(expected) > 3
    assert sum(map(sum, expected)) == 3000
    assert max(map(max, expected)) <= 64
    assert len({length for group in expected for length in group}) > 3, "some pieces end by their bytes"


def test_all_rows_arrive_in_order() -> None:
    batch = rows(2500)
    assert pa.concat_tables(row_groups.row_groups(divided(batch, 3), SCHEMA)).equals(pa.Table.from_batches([batch]))


def test_a_piece_ends_with_the_row_that_reaches_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_groups, "PIECE_BYTES", 10)
    texts = ["aaaa", "bbbb", "cc", "d" * 50, "", "eeeeeeeeee"]
    batch = encode_columns(SCHEMA, [texts, range(6), [None] * 6])
    assert cuts(iter([batch])) == [[3, 1, 2]]


def test_no_rows_no_groups() -> None:
    assert cuts(iter([])) == []
    assert cuts(iter([rows(0)])) == []
