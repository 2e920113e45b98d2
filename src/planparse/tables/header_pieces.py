"""The text of a flattened table's header cut into pieces: at line ends, bars and blanks, and between header words that run together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from planparse.data.words import listed
from planparse.language.columns import NAMING, header_words, role_of
from planparse.language.time import PERIOD, YEAR

MAX_HEADER_PIECES = 40
MAX_HEADER_CHARS = 700


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the header region and what stands before it: line, bar, blank or nothing."""

    text: str
    start: int
    end: int
    before: str


@cache
def _run_words() -> re.Pattern[str]:
    year = rf"(?:[“\"]?(?:{YEAR}年?|{PERIOD})[”\"]?(?:规划|{listed('of_period')})?(?:{listed('value_states')}|累计)?)"
    return re.compile(rf"(?:{year}|{header_words()})(?:[（(][^（()）\n]{{1,16}}[）)])?")


def pieces_of(text: str, start: int, stop: int) -> list[Piece]:
    """The pieces from ``start`` on, cut at line ends, bars and blanks; a glued run of header words is cut into its words."""
    pieces: list[Piece] = []
    stop = min(stop, start + MAX_HEADER_CHARS)
    before = "line" if start == 0 or text[start - 1] == "\n" else "blank"
    for match in re.finditer(r"(?P<word>[^\s|│┃¦]+)|(?P<gap>[\s|│┃¦]+)", text[start:stop]):
        if match["gap"]:
            gap = match["gap"]
            before = "bar" if re.search(r"[|│┃¦]", gap) else "line" if "\n" in gap else "tab" if "\t" in gap else "blank"
            continue
        begin = start + match.start()
        pieces += _unglued(match["word"], begin, before)
        if len(pieces) >= MAX_HEADER_PIECES:
            break
    return _whole_cells(pieces[:MAX_HEADER_PIECES])


def _whole_cells(pieces: list[Piece]) -> list[Piece]:
    """The pieces closed up that no bar parts, where bars part all others: 2024年 + 建设内容, 年度投资金额 + （万元）."""
    if sum(p.before == "bar" for p in pieces) < MIN_BARS or any(p.before not in ("bar", "blank", "run") for p in pieces[1:]):
        return pieces
    cells: list[Piece] = []
    for piece in pieces:
        if cells and piece.before != "bar":
            last = cells.pop()
            piece = replace(last, text=last.text + piece.text, end=piece.end)
        cells.append(piece)
    return cells


MIN_BARS = 3
"""So many bars tell how a header stands."""


def _unglued(word: str, start: int, before: str) -> list[Piece]:
    """A word as one piece, or the header words that it is glued from (at least three, or all of it)."""
    if role_of(word) is not None or len(word) < 5:
        return [Piece(word, start, start + len(word), before)]
    at, cut = 0, []
    while match := _run_words().match(word, at):
        cut.append((at, match.end()))
        at = match.end()
        if at >= len(word):
            break
    runs_on = cut and re.match(
        r"1[.、．]?[\u4e00-\u9fff]|[0-9.%-]{8}", word[at:]
    )  # 增减情况1化学需氧量…: the header's last word, and the first row
    if len(cut) < 3 and not (len(cut) == 2 and at == len(word)) and not runs_on:
        return [Piece(word, start, start + len(word), before)]
    if not any(role_of(word[a:b]) in NAMING for a, b in cut):
        cut = [part for a, b in cut for part in _name_and_rest(word, a, b)]
    out = [Piece(word[a:b], start + a, start + b, before if a == 0 else "run") for a, b in cut]
    if at < len(word):
        out.append(Piece(word[at:], start + at, start + len(word), "run"))
    return out


def _name_and_rest(word: str, start: int, end: int) -> list[tuple[int, int]]:
    """指标单位 as 指标 and 单位, where nothing else names the rows."""
    for middle in range(start + 2, end - 1):
        if role_of(word[start:middle]) in NAMING and role_of(word[middle:end]) is not None:
            return [(start, middle), (middle, end)]
    return [(start, end)]
