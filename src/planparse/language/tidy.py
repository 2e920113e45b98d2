"""Text columns' last touch: the blanks that a line keeps as evidence for tables and paragraphs are taken out."""

from __future__ import annotations

import re
from itertools import islice

from planparse.model.text import MappedText

# Blanks that stand next to a Chinese character or Chinese punctuation carry nothing: 前  言 → 前言; "GDP growth" keeps its blank.
# A run is tried from its beginning alone, or a long one that ends in vain would cost the square of its length.
_BLANK = re.compile(
    r"[ \t\u3000](?:(?<=[^\x21-\x7e\s].)[ \t\u3000]*|(?<![ \t\u3000].)[ \t\u3000]*(?=[^\x21-\x7e\s]))|[\x0b\n]+"
)
_RUN = re.compile(r"[ \t\u3000]{2,}")


def tidy(text: str) -> str:
    """The text without blanks next to Chinese characters, other runs of blanks single, line breaks closed up."""
    text = text.strip()
    return _RUN.sub(" ", _BLANK.sub("", text)).strip() if _holds_blanks(text) else text.replace("\n", "")


def _holds_blanks(text: str) -> bool:
    """Whether there is anything to take out but line breaks: one character is found faster than any of several."""
    return " " in text or "\u3000" in text or "\t" in text or "\x0b" in text


def fold(text: str, most: int | None = None) -> str:
    """The letters, characters and digits of a text alone, the first ``most`` of them."""
    return text[:most] if text.isalnum() else "".join(islice(filter(str.isalnum, text), most))


def closed_up(text: str, start: int) -> MappedText:
    """The text at ``start`` of a longer one as ``tidy`` leaves it, but for blanks at its ends, with where each character stands there.

    Grammars read such text: a PDF sets figures apart from the words around them (建成 15 万个), which is not of the wording.
    """
    mapped = MappedText.identity(text, start)
    return mapped.sub(_BLANK, "").sub(_RUN, " ") if "\n" in text or _holds_blanks(text) else mapped
