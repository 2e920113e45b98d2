"""One record with its source wording in context."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from planparse.dataset.export.cells import plain
from planparse.model.safe import safe

if TYPE_CHECKING:
    from rich.text import Text

    from planparse.dataset.reader import Wording

CONTEXT = 400
"""Characters of the paragraph shown on either side, at most."""
UNREADABLE = frozenset(("body_sketch",))
"""Columns that are not for the eye; JSON has them."""
MARKS = "【", "】"
"""Around the record in its paragraph, where it cannot be set off by colours (a pipe, a file)."""


def as_json(found: Wording) -> dict[str, Any]:
    """The record, its own wording, and what stands around it."""
    before, own, after = pieces(found)
    record = {name: _plain(value) for name, value in found.record.items()}
    return {"table": found.table, "record": record, "before": before, "wording": own, "after": after}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, bool, list)) else str(value)


def as_text(found: Wording) -> Text:
    """The record's columns, then the paragraph that it stands in, the record marked in it: by brackets and in reverse."""
    from rich.text import Text

    text = Text(f"{found.table}\n", style="bold")
    for name, value in found.record.items():
        if value not in (None, "", []) and name not in UNREADABLE:
            text.append(f"  {name}: ", style="dim")
            text.append(safe(plain(value) if isinstance(value, Decimal) else str(value)) + "\n", style="not bold")
    before, own, after = map(safe, pieces(found))
    if own:
        text.append("\n" + before, style="dim not bold")
        text.append(own.join(MARKS), style="bold reverse")
        text.append(after, style="dim not bold")
    return text


def pieces(found: Wording) -> tuple[str, str, str]:
    """The source text of the paragraph before the record, of the record, and after it; what is far off is cut."""
    begin = found.text.rfind("\n", 0, found.start) + 1
    finish = found.text.find("\n", max(found.end - 1, 0))
    finish = len(found.text) if finish < 0 else max(finish, found.end)
    before, after = found.text[begin : found.start], found.text[found.end : finish]
    before = before if len(before) <= CONTEXT else "…" + before[-CONTEXT:]
    after = after if len(after) <= CONTEXT else after[:CONTEXT] + "…"
    return before, found.text[found.start : found.end], after
