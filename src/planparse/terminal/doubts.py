"""Which documents to look at first, for a reader or for another program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from planparse.model.safe import one_line

if TYPE_CHECKING:
    from planparse.dataset.doubtful import Doubt


def as_json(doubts: Sequence[Doubt]) -> list[dict[str, Any]]:
    """One object a document, with its reasons as they are shown."""
    return [asdict(one) | {"reasons": one.reasons} for one in doubts]


def as_lines(doubts: Sequence[Doubt], more: int = 0, language: str = "en") -> str:
    """One line a document: its trust, that of its outline, its path, and the reasons; ``more`` are not shown."""
    if not doubts:
        return "All documents are sound."
    from rich.cells import cell_len, set_cell_size

    paths = [one_line(one.source_path) for one in doubts]
    width = max(map(cell_len, paths))
    lines = [
        f"{one.trust:<10}  {one.outline_trust:.2f}  {set_cell_size(path, width)}  {', '.join(map(one_line, one.reasons_in(language)))}".rstrip()
        for one, path in zip(doubts, paths, strict=True)
    ]
    return "\n".join([*lines, *([f"and {more:,} more; --limit 0 shows all"] if more > 0 else [])])
