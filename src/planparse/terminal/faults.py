"""What does not hold of a dataset, for a reader."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planparse.model.safe import one_line

if TYPE_CHECKING:
    from planparse.dataset.verification import Fault, Verified

SHOWN = 48
"""Characters of a cell that are shown."""
HEAD = ("record", "column", "says", "source")


def as_table(found: Verified, limit: int = 0) -> str:
    """One line a fault, at most ``limit`` of them (0 for all), and a line that sums up."""
    from rich.cells import cell_len, set_cell_size

    looked = f"{found.records:,} records of {found.documents:,} documents"
    if not found.faults:
        return f"{looked}: all hold."
    shown = found.faults[: limit or None]
    rows = [HEAD, *(_row(one) for one in shown)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(set_cell_size, row, widths)).rstrip() for row in rows]
    more = len(found.faults) - len(shown)
    counts = Counter(f"{one.table}.{one.column}" for one in found.faults)
    told = ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
    return "\n".join([*lines, *([f"and {more:,} more; --limit 0 shows all"] if more else []), f"{looked}: {len(found.faults):,} do not hold ({told})."])


def _row(one: Fault) -> tuple[str, str, str, str]:
    return _cell(one.record_id, 80), f"{one.table}.{one.column}", _cell(one.said), _cell(one.source)


def _cell(text: str, longest: int = SHOWN) -> str:
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
