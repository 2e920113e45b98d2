"""The forward model: what a mirror that cuts GBK bytes at punctuation shows of a text. It proves every repair, and makes test data.

The mirror cut the bytes at ，and 、, then at ！？；, then at 。, also where the two bytes of such a mark straddle two characters. Each
piece was decoded by itself as code page 936: a byte left over shows as ``?``, and so does a lead byte followed by a byte below 40,
which it swallows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planparse.cleaning.garble.codepage import EURO, characters, code_of

LOST = "?"
"""How a byte that could not be decoded shows."""

_CUTS = tuple(re.compile(p, re.DOTALL) for p in (rb"\xa3\xac|\xa1\xa2", rb"\xa3[\xa1\xbf\xbb]", rb"\xa1\xa3"))
_STRADDLED = re.compile(rb"\xa3[\xac\xa1\xbf\xbb]|\xa1[\xa2\xa3]")
_LINE = re.compile(r"[^\r\n]+")
_FOLD = dict.fromkeys([0x3000], 0x20) | {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Damage:
    """One run that is shown out of step: ``shown[start:end]`` stands for ``sound[sound_start:sound_end]``, the wording."""

    start: int
    end: int
    sound_start: int
    sound_end: int
    wording: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the mirror shows of a text, and where it is damaged."""

    text: str
    damages: tuple[Damage, ...]


Token = tuple[str, int, int, bool, bool]
"""What is shown; the characters that it took part in; whether these are shown as they are; whether a character ends with it."""


def fold(text: str) -> str:
    """Full-width letters, digits, marks and blanks as ASCII, as some mirrors show them."""
    return text.translate(_FOLD)


def show(text: str) -> Shown:
    """The text as the mirror shows it. Line breaks are not swallowed: they stood between the paragraphs' markup."""
    shown: list[str] = []
    damages: list[Damage] = []
    length = position = 0
    for line in _LINE.finditer(text):
        tokens = _shown_line(line[0])
        if tokens is None:
            continue
        gap = text[position : line.start()]
        piece, found = _collect(tokens, line[0], length + len(gap), line.start())
        shown += (gap, piece)
        damages += found
        length += len(gap) + len(piece)
        position = line.end()
    return Shown("".join((*shown, text[position:])), tuple(damages))


def shown_as(text: str) -> str:
    """What the mirror shows of a text without line breaks, as ``show`` says, but without saying where it is damaged."""
    try:
        data = text.encode("gbk")
    except UnicodeEncodeError:
        return show(text).text
    if not _STRADDLED.search(data):
        return text
    return "".join([_shown_piece(data, start, end) for start, end, _ in _pieces(data, 0, len(data), 0)])


def _shown_piece(data: bytes, start: int, end: int) -> str:
    try:
        return data[start:end].decode("gbk")
    except UnicodeDecodeError:
        shown: list[str] = []
        while start < end:
            char, width = _decode(data, start, end)
            shown.append(char)
            start += width
        return "".join(shown)


def shift_garble(text: str, starts: Iterable[int] | None = None, folded: bool = False) -> Shown:
    """Damage sound text as the mirror does: all of it, or only the paragraphs that begin at the offsets ``starts``.

    A chosen paragraph is first set as in print, indented by two ideographic blanks and with a full-width bracket at its head, since
    it is between the blank and the bracket that most paragraphs break. Where the mirror does no harm, a paragraph stays as it was.
    """
    if starts is None:
        shown = show(text)
        return Shown(fold(shown.text), shown.damages) if folded else shown
    chosen = set(starts)
    pieces: list[str] = []
    damages: list[Damage] = []
    length = position = 0
    for line in _LINE.finditer(text):
        if line.start() not in chosen:
            continue
        shown = show(_in_print(line[0]))
        if not shown.damages:
            continue
        pieces += (text[position : line.start()], fold(shown.text) if folded else shown.text)
        length += len(pieces[-2])
        for found in shown.damages:
            span = (length + found.start, length + found.end)
            damages.append(Damage(*span, line.start(), line.end(), found.wording))
        length += len(pieces[-1])
        position = line.end()
    return Shown("".join((*pieces, text[position:])), tuple(damages))


def _in_print(line: str) -> str:
    line = line.strip(" \t\u3000")
    head = re.match(r"\(([^()]{1,4})\)", line)
    return "\u3000\u3000" + (f"（{head[1]}）" + line[head.end() :] if head else line)


def _collect(tokens: list[Token], line: str, shown_at: int, sound_at: int) -> tuple[str, list[Damage]]:
    """The shown line and its damages, one for each stretch up to where the bytes are in step again."""
    damages: list[Damage] = []
    length = 0
    opened: tuple[int, int] | None = None
    for shown, first, last, sound, ends in tokens:
        if not sound and opened is None:
            opened = (length, first)
        length += len(shown)
        if opened is not None and ends:
            start, sound_start = opened
            span = (shown_at + start, shown_at + length, sound_at + sound_start, sound_at + last)
            damages.append(Damage(*span, line[sound_start:last]))
            opened = None
    return "".join(token[0] for token in tokens), damages


def _shown_line(line: str) -> list[Token] | None:
    """The tokens of a line, or None where the mirror leaves it as it is."""
    try:
        if not _STRADDLED.search(line.encode("gbk")):
            return None
    except UnicodeEncodeError:
        pass
    tokens: list[Token] = []
    start = 0
    parts = [code_of(c) if c > "\x7f" and c != EURO else ord(c) if c != EURO else 0x80 for c in line]
    for end in [i for i, part in enumerate(parts) if part is None] + [len(line)]:
        tokens += _segment(line, start, parts[start:end])
        if end < len(line):
            tokens.append((line[end], end, end + 1, True, True))
        start = end + 1
    return None if all(token[3] for token in tokens) else tokens


def _segment(line: str, at: int, parts: list[int | None]) -> Iterator[Token]:
    data = bytearray()
    owner: list[int] = []
    for i, part in enumerate(parts):
        assert part is not None
        size = 2 if part > 0xFF else 1
        data += part.to_bytes(size, "big")
        owner += [at + i] * size
    owner.append(at + len(parts))
    raw = bytes(data)
    for start, end, is_mark in _pieces(raw, 0, len(raw), 0):
        position = start
        while position < end:
            shown, width = (
                _decode(raw, position, end) if not is_mark else (characters()[raw[start] << 8 | raw[start + 1]], 2)
            )
            first, last = owner[position], owner[position + width - 1] + 1
            ends = owner[position + width] >= last
            sound = ends and last - first == 1 and (position == 0 or owner[position - 1] < first)
            yield (line[first] if sound else shown, first, last, sound, ends)
            position += width


def _pieces(data: bytes, start: int, end: int, level: int) -> Iterator[tuple[int, int, bool]]:
    """The pieces into which the cuts divide the bytes, and the marks between them."""
    if level == len(_CUTS):
        yield start, end, False
        return
    for cut in _CUTS[level].finditer(data, start, end):
        yield from _pieces(data, start, cut.start(), level + 1)
        yield cut.start(), cut.end(), True
        start = cut.end()
    yield from _pieces(data, start, end, level + 1)


def _decode(data: bytes, at: int, end: int) -> tuple[str, int]:
    """What Windows shows at one place of a piece, and how many bytes it took."""
    byte = data[at]
    if byte < 0x80:
        return chr(byte), 1
    if byte == 0x80:
        return EURO, 1
    if at + 1 == end:
        return LOST, 1
    return characters().get(byte << 8 | data[at + 1], LOST), 2
