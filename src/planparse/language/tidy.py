"""Text columns' last touch: the blanks that a line keeps as evidence for tables and paragraphs are taken out."""

from __future__ import annotations

import re

# Blanks that stand next to a Chinese character or Chinese punctuation carry nothing: 前  言 → 前言; "GDP growth" keeps its blank.
_BLANK = re.compile(r"(?<=[^\x21-\x7e\s])[ \t\u3000]+|[ \t\u3000]+(?=[^\x21-\x7e\s])|[\x0b\n]+")
_RUN = re.compile(r"[ \t\u3000]{2,}")


def tidy(text: str) -> str:
    """The text without blanks next to Chinese characters, other runs of blanks single, line breaks closed up."""
    text = text.strip()
    if " " in text or "\t" in text or "\u3000" in text or "\x0b" in text or "\n" in text:
        return _RUN.sub(" ", _BLANK.sub("", text)).strip()
    return text
