"""Tables of published documents, by gold that was made by reading: the half that may be looked into."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add

import pytest

from benchmarks.real_tables import SHARED, Count, aligned, scored

UNRULED = {"run_together"}


def total(counts: Iterable[Count]) -> Count:
    return reduce(add, counts, Count())


@pytest.mark.skipif(not SHARED.is_dir(), reason="published documents (../shared) are absent")
def test_rows_and_cells() -> None:
    found = [(surface, count) for _, surface, count, _ in scored("dev")]
    assert len(found) > 30
    rows = total(count for _, count in found)
    assert rows.share(rows.named) >= 0.96
    assert rows.share(rows.exact) >= 0.94
    cells = total(count for surface, count in found if surface not in UNRULED)
    assert cells.same_cells / cells.cells >= 0.96


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (["ab", "cd"], ["ab", "cd"], 4),
        (["ab", "cd"], ["ab"], 2),
        (["ab", "cd"], ["xx", "ab", "xd"], 3),
        (["ab", "cd"], ["cd", "ab"], 2),
        (["a ", " b"], ["a ", " b"], 2),
        (["ab"], ["ba"], 0),
        (["ab"], [], 0),
    ],
)
def test_cells_are_the_same_in_the_order_of_rows(gold: list[str], found: list[str], same: int) -> None:
    assert aligned([[c.strip() for c in row] for row in gold], [[c.strip() for c in row] for row in found]) == same
