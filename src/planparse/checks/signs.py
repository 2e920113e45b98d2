"""Text that was not decoded: (cid:123) for a character, and a sign without a meaning beside a number, whose value is then not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planparse.extract import Extraction
from planparse.language.quantities import UNKNOWN
from planparse.model.document import Outline
from planparse.model.findings import Code, Note

_CID = re.compile(r"[(（]cid:\d{1,6}[)）](?:\s?[(（]cid:\d{1,6}[)）]){0,400}")
NEAR = 200
"""Undecoded characters so near to each other are one stretch: a page of them is one finding, not a thousand."""
_UNKNOWN = re.compile(f"[{UNKNOWN}]")
_BESIDE_NUMBER = re.compile(rf"[0-9][0-9,.]{{0,30}}[{UNKNOWN}]{{1,9}}|[{UNKNOWN}]{{1,9}}[0-9]")


def _stretches(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that stand near each other as one."""
    begun: tuple[int, int] | None = None
    for start, end in spans:
        if begun is not None and start - begun[1] > NEAR:
            yield begun
            begun = None
        begun = (start, end) if begun is None else (begun[0], end)
    if begun is not None:
        yield begun


def unread_signs(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a stretch of undecoded characters, and one a number that such a sign stands beside."""
    text = outline.clean.text
    if "cid:" in text.text:
        for start, end in _stretches(match.span() for match in _CID.finditer(text.text, outline.start, outline.end)):
            told = text.text[start:end]
            yield Note.of(Code.GARBLED_TEXT, "undecoded", *text.span(start, end), count=told.count("cid:"), text=told[:40])
    if not _UNKNOWN.search(text.text, outline.start, outline.end):
        return
    for match in _BESIDE_NUMBER.finditer(text.text, outline.start, outline.end):
        yield Note.of(Code.GARBLED_TEXT, "sign", *text.span(*match.span()), text=ascii(match[0]))
