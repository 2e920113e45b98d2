"""One record with its source wording in context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planparse.terminal.safe import safe

if TYPE_CHECKING:
    from rich.text import Text

    from planparse.dataset.reader import Wording

CONTEXT = 120
"""Characters of the source shown on either side."""


def as_json(found: Wording) -> dict[str, Any]:
    """The record, its own wording, and what stands around it."""
    before, own, after = pieces(found)
    record = {name: _plain(value) for name, value in found.record.items()}
    return {"table": found.table, "record": record, "before": before, "wording": own, "after": after}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, bool, list)) else str(value)


def as_text(found: Wording) -> Text:
    """The record's columns, then its wording marked in its context."""
    from rich.text import Text

    text = Text(f"{found.table}\n", style="bold")
    for name, value in found.record.items():
        if value not in (None, "", []):
            text.append(f"  {name}: ", style="dim")
            text.append(safe(str(value)) + "\n", style="not bold")
    before, own, after = map(safe, pieces(found))
    if own:
        text.append("\n" + before, style="dim not bold")
        text.append(own, style="bold reverse")
        text.append(after, style="dim not bold")
    return text


def pieces(found: Wording) -> tuple[str, str, str]:
    """The source text before the record, of it, and after it."""
    before = found.text[max(0, found.start - CONTEXT) : found.start]
    return before, found.text[found.start : found.end], found.text[found.end : found.end + CONTEXT]
