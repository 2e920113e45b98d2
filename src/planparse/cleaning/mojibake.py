"""Whole-text mojibake: Chinese that was decoded with the wrong encoding (ÖÐ¹ú, ä¸­å›½, 涓浗). Afterwards every line that can be
decoded again without loss and is clearly Chinese only then has been; what is left of the damage has a finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from planparse.language.script import to_simplified
from planparse.model.findings import Code, Note
from planparse.model.text import MappedText

_HIGH = (
    "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030"
    "\u2039\u203a\u20ac\u2122"
)
# Six bytes or more above ASCII in a row, as Latin-1 or Windows-1252 shows them: ÖÐ¹ú. No language with accents writes so.
_LATIN = re.compile(f"[\u00c0-\u00ff][{_HIGH}]{{5}}")
# The first bytes of ，。、的一 in UTF-8, as GBK shows them, and what is left of characters that were lost twice.
_TWICE = re.compile("锛|銆|鐨|涓|锟斤拷|锟")
_LOST = "\ufffd"

MIN_SHARE = 0.9
"""Common characters and marks among what is not ASCII: sound plans have 0.97 and more, traditional ones after conversion too."""
MAX_SHARE = 0.75
"""A line with more of them is read as it is; mojibake of either kind has less than 0.6."""
MIN_TWICE = 0.01
"""Leading characters of UTF-8 read as GBK, as a share of the text: sound text has almost none, damaged text over 0.1."""
MIN_LOST = 0.05
"""Above this share of U+FFFD a text is no text."""

_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕…—·　")


def undo_mojibake(text: MappedText) -> tuple[MappedText, tuple[Note, ...]]:
    """Decode again what was decoded with the wrong encoding, line by line; a line that has lost bytes keeps its wording and is noted."""
    s = text.text
    undoers: tuple[Callable[[str], str | None], ...] = ()
    if _LATIN.search(s):
        undoers = (_latin_utf8, _latin_gbk)
    elif len(_TWICE.findall(s)) > MIN_TWICE * len(s):
        undoers = (_gbk_utf8,)
    elif s.count(_LOST) > MIN_LOST * len(s):
        return text, (Note(Code.MOJIBAKE, "characters", *text.span(0, len(s))),)
    return _undo_lines(text, undoers) if undoers else (text, ())


def _undo_lines(
    text: MappedText, undoers: tuple[Callable[[str], str | None], ...]
) -> tuple[MappedText, tuple[Note, ...]]:
    parts: list[MappedText] = []
    mended: list[tuple[int, int]] = []
    lost: list[tuple[int, int]] = []
    position = 0
    for start, end in text.lines():
        line = text.text[start:end]
        if line.isascii() or share_of_common(line) > MAX_SHARE:
            continue
        found = next((new for undo in undoers if (new := undo(line)) and share_of_common(new) >= MIN_SHARE), None)
        if found is None:
            if _LATIN.search(line) or _TWICE.search(line):
                lost.append((start, end))
            continue
        if start > position:
            parts.append(text.slice(position, start))
        parts.append(_mapped(text, start, line, found, undoers))
        mended.append((start, end))
        position = end
    notes = []
    if mended:
        span = text.span(mended[0][0], mended[-1][1])
        notes.append(Note.of(Code.REPAIRED_TEXT, "decoded", *span, lines=len(mended)))
    notes += [Note(Code.MOJIBAKE, "bytes", *text.span(*place)) for place in lost]
    if not mended:
        return text, tuple(notes)
    if position < len(text):
        parts.append(text.slice(position, len(text)))
    return MappedText.join(parts), tuple(notes)


def share_of_common(text: str) -> float:
    """Share of common Chinese characters (GB 2312 level 1, also in traditional form) and marks among what is not ASCII."""
    wide = [c for c in to_simplified(text) if c > "\x7f" and c not in "\xa0\u3000"]
    return sum(c in _MARKS or _is_common(c) for c in wide) / len(wide) if wide else 0.0


def _is_common(char: str) -> bool:
    try:
        return "一" <= char <= "龥" and 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _latin_bytes(line: str) -> bytes | None:
    try:
        return b"".join(bytes((ord(c),)) if c < "\u0100" else c.encode("cp1252") for c in line)
    except UnicodeEncodeError:
        return None


def _decoded(data: bytes | None, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if data is not None else None
    except UnicodeDecodeError:
        return None


def _latin_utf8(line: str) -> str | None:
    return _decoded(_latin_bytes(line), "utf-8")


def _latin_gbk(line: str) -> str | None:
    return _decoded(_latin_bytes(line), "gb18030")


def _gbk_utf8(line: str) -> str | None:
    try:
        return _decoded(line.encode("gb18030"), "utf-8")
    except UnicodeEncodeError:
        return None


def _mapped(
    text: MappedText, start: int, line: str, new: str, undoers: tuple[Callable[[str], str | None], ...]
) -> MappedText:
    """``new`` with every character standing where its first byte was shown."""
    if undoers == (_gbk_utf8,):
        sizes, encoding = [len(c.encode("gb18030")) for c in line], "utf-8"
    else:
        sizes, encoding = [1] * len(line), "utf-8" if _latin_utf8(line) == new else "gb18030"
    owner = [start + i for i, size in enumerate(sizes) for _ in range(size)]
    begins = accumulate((len(c.encode(encoding)) for c in new[:-1]), initial=0)
    return MappedText(new, tuple(range(len(new))), tuple(text.source_of(owner[b]) for b in begins))
