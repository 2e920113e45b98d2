"""What of a dataset to look at: doubtful documents, records that do not hold, contradictions; for a reader or for another program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from planparse.model.safe import cut, one_line

if TYPE_CHECKING:
    from planparse.dataset.audit import Contradiction, Place
    from planparse.dataset.doubtful import Doubt
    from planparse.dataset.verification import Fault, Verified


def doubts_as_json(doubts: Sequence[Doubt]) -> list[dict[str, Any]]:
    """One object a document, with its reasons as they are shown."""
    return [asdict(one) | {"reasons": one.reasons} for one in doubts]


def doubts_as_lines(doubts: Sequence[Doubt], more: int = 0, language: str = "en") -> str:
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


SHOWN = 48
"""Characters of a cell that are shown."""
HEAD = ("record", "column", "says", "source")


def faults_as_table(found: Verified, limit: int = 0) -> str:
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
    return "\n".join(
        [
            *lines,
            *([f"and {more:,} more; --limit 0 shows all"] if more else []),
            f"{looked}: {len(found.faults):,} do not hold ({told}).",
        ]
    )


def _row(one: Fault) -> tuple[str, str, str, str]:
    said, source = (cut(one_line(text), SHOWN) for text in (one.said, one.source))
    return cut(one_line(one.record_id), 80), f"{one.table}.{one.column}", said, source


_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def contradictions_as_markdown(found: Sequence[Contradiction]) -> str:
    """A heading a document, an item a contradiction, and under it the wording of both places with their spans."""
    if not found:
        return "No contradictions were found."
    lines: list[str] = []
    path = None
    for one in found:
        if one.first.source_path != path:
            path = one.first.source_path
            lines += [*([""] if lines else []), f"## {_plain(path)}", ""]
        lines.append(f"- **{one.code}** {_plain(one.message)}")
        lines += [f"  - {_where(place, path)}: {_plain(place.excerpt)}" for place in (one.first, one.second) if place]
    return "\n".join(lines)


def _where(place: Place, path: str) -> str:
    return (
        f"{place.start}-{place.end}"
        if place.source_path == path
        else f"{_plain(place.source_path)} {place.start}-{place.end}"
    )


def _plain(text: str) -> str:
    """Text that neither a terminal nor Markdown takes for its own."""
    return _MARKS.sub(r"\\\1", one_line(text))
