"""Alternations generated from word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, shared first characters written once."""
    heads: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        heads.setdefault(word[0], []).append(re.escape(word[1:]))
    parts = []
    for head, tails in sorted(heads.items()):
        parts.append(re.escape(head) + (f"(?:{'|'.join(tails)})" if tails != [""] else ""))
    return f"(?:{'|'.join(parts)})"
