"""What documents get wrong by their own word, for a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planparse.model.safe import one_line

if TYPE_CHECKING:
    from planparse.dataset.audit import Contradiction, Place

_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def as_markdown(found: Sequence[Contradiction]) -> str:
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
    return f"{place.start}-{place.end}" if place.source_path == path else f"{_plain(place.source_path)} {place.start}-{place.end}"


def _plain(text: str) -> str:
    """Text that neither a terminal nor Markdown takes for its own."""
    return _MARKS.sub(r"\\\1", one_line(text))
