"""XX, ×× or ** where a name or a value should be: templates and anonymised copies carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.extract import Extraction
from planparse.model.document import Outline
from planparse.model.findings import Code, Note

# XX人, ×××个, **市; not the roman numeral XX between letters, nor a wildcard inside a word (COVID-XX)
_PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9\-])(?:[Xx]{2,8}|×{2,8}|\*{2,8}|□{2,8}|_{3,20})(?![A-Za-z0-9])")


_SIGNS = re.compile(r"[Xx×*□_][Xx×*□_]+")
_MARKS = ("XX", "Xx", "xx", "××", "**", "□□", "___")


def placeholders(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a placeholder."""
    text = outline.clean.text
    if not any(mark in text.text for mark in _MARKS):
        return
    for signs in _SIGNS.finditer(text.text, outline.start, outline.end):
        for match in _PLACEHOLDER.finditer(text.text, signs.start(), min(signs.end() + 1, outline.end)):
            start, end = text.span(match.start(), match.end())
            yield Note.of(Code.PLACEHOLDER, "sign", start, end, found=match[0])
