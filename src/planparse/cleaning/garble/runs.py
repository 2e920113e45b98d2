"""Finding damaged runs, and every way in which one can be read: the bytes that are shown, with slots for those that are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from planparse.cleaning.garble.codepage import EURO, LEADS, characters, code_of, is_private
from planparse.model.source import STRUCTURE_MARKS

_MARK_CODES = {"，": 0xA3AC, "、": 0xA1A2, "！": 0xA3A1, "？": 0xA3BF, "；": 0xA3BB, "。": 0xA1A3}
_MARK_CODES |= {",": 0xA3AC, "!": 0xA3A1, "?": 0xA3BF, ";": 0xA3BB}

RUN_START = re.compile("[?\ufffd](?=[。；，、！？,;!?][^\r\n])")
"""Where a run may begin: a lost byte before a mark at which the bytes were cut."""

_BREAK = re.compile(f"[\n{STRUCTURE_MARKS}]")
_LOST = "?\ufffd"
_FOLDED = frozenset(map(chr, range(0x21, 0x7F)))
MAX_RUN = 600
"""Characters in a run; the longest that sound plans give when damaged is 290."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way to read a run: a lost lead byte, the characters that the shown bytes give, and perhaps a lost trail byte.

    The wording is ``first + known + last`` and what was swallowed; ``first`` is one of ``firsts``, and where the last byte shows as a
    lost one, ``last`` is one of ``lasts`` and a byte below 40 may have been swallowed with it.
    """

    start: int
    end: int
    firsts: str
    known: str
    lasts: str


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines, or the cells where a line is a table, with their offsets."""
    offset = 0
    for line in _BREAK.split(text):
        yield offset, line
        offset += len(line) + 1


@cache
def candidates_by_trail(trail: int) -> str:
    """The characters whose second byte is ``trail`` and whose first would show as lost."""
    return _sound(lead << 8 | trail for lead in LEADS)


@cache
def candidates_by_lead(lead: int) -> str:
    """The characters whose first byte is ``lead`` and whose second would show as lost before a byte that it swallows."""
    return _sound(lead << 8 | trail for trail in LEADS)


def _sound(pairs: Iterator[int]) -> str:
    table = characters()
    return "".join(c for pair in pairs if not is_private(c := table.get(pair, "\ue000")))


def paths(text: str, start: int, folded: bool) -> list[Path]:
    """Every way to read the run whose lost first byte stands at ``start``; ``folded``: full-width letters show as ASCII."""
    mark = _MARK_CODES[text[start + 1]]
    firsts = candidates_by_trail(mark >> 8)
    found: list[Path] = []
    stack = [(start + 2, mark & 0xFF, "")]
    while stack:
        at, pending, known = stack.pop()
        if at >= len(text) or at - start > MAX_RUN or len(stack) > MAX_RUN:
            continue
        char = text[at]
        if char in _LOST:
            found.append(Path(start, at + 1, firsts, known, candidates_by_lead(pending)))
        elif 0x40 <= ord(char) <= 0x7E or char == EURO:
            closed = characters().get(pending << 8 | (0x80 if char == EURO else ord(char)))
            if closed and not is_private(closed):
                found.append(Path(start, at + 1, firsts, known + closed, ""))
        code = _code(char, folded)
        if code is None or (at > start + 3 and _FOLDED.issuperset(text[at - 2 : at + 1])):
            continue  # three full-width letters in a row would stand for three characters with the same second byte
        now = characters().get(pending << 8 | code >> 8)
        if now is None or is_private(now):
            continue
        if code & 0xFF < 0x80:
            found.append(Path(start, at + 1, firsts, known + now + chr(code & 0xFF), ""))
        else:
            stack.append((at + 1, code & 0xFF, known + now))
    return found


def _code(char: str, folded: bool) -> int | None:
    """The two bytes that a character in a run stands for; an ASCII one only where full-width forms show as ASCII."""
    if char > "\x7f":
        return code_of(char) if char != EURO else None
    if not folded:
        return None
    return 0xA1A1 if char == " " else 0xA380 + ord(char) if char in _FOLDED else None
