"""Rows that stand with nothing between their cells: told apart by their serial numbers or their last column's words.

1化学需氧量排放总量（万吨）14141270-10%2二氧化硫… → 1 | 化学需氧量排放总量（万吨） | 1414 | 1270 | -10%
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from planparse.language.columns import NAMING, Role, is_unit
from planparse.language.markers import find_marker
from planparse.sections.tables.align import REWARD, Alignment, Column
from planparse.sections.tables.captions import is_boundary
from planparse.sections.tables.tokens import Token

LONGEST_TABLE = 20_000
LONGEST_ROW = 400
LONGEST_TAIL = 60
"""The figures of one row take no more characters than this."""
MAX_CUTS = 5_000
_UNLIKELY = 6.0
"""A row's figures that can only be cut at this cost or more are not read."""

_PROPERTY = re.compile(r"约束性(?:指标)?|预期性(?:指标)?|指导性(?:指标)?")
_STATE = (
    r"(?:不发生|未发生|零发生|(?:完成|达到|保持|持续|基本|稳中|稳定|与|逐步|显著|明显|实现|力争|优于|进一步)[\u4e00-\u9fff]{1,10}?"
    r"(?=约束性|预期性|指导性|$))"
)
# What the figures behind a name are made of: 26.1＜22-4.1个百分点, 69.4755.6个百分点, 27下降15%约束性, 0不发生, ——
_TAIL = re.compile(
    r"(?:[≥≤＞＜><〔\[［]?-?[0-9]{1,12}(?:\.[0-9]{1,12}){0,6}(?:[%％‰]|个百分点|百分点|[个名家项处座件次人起天]|小时|公里|万[人吨元亩]|亿元)?[〕\]］]?(?:左右|以上|以内|以下)?|[—_]{1,8}"
    rf"|{_STATE}"
    r"|(?:下降|上升|提高|增长|减少|降低|增加|不低于|不超过|不少于|控制在)(?=[0-9])|约束性(?:指标)?|预期性(?:指标)?|指导性(?:指标)?|\s){1,61}+$"
)
_CELL = re.compile(
    r"(?P<lead>下降|上升|提高|增长|减少|降低|增加|不低于|不超过|不少于|控制在)?(?P<open>[≥≤＞＜><〔\[［]?)(?P<sign>-?)"
    r"(?P<digits>[0-9]+(?:\.[0-9]+)?)(?P<unit>(?:[%％‰]|个百分点|百分点|[个名家项处座件次人起天]|小时|公里|万[人吨元亩]|亿元)?[〕\]］]?(?:左右|以上|以内|以下)?)"
)
_WORDS = re.compile(rf"[—_]+|{_STATE}")
_AFTER_FIGURES = re.compile(
    r"(?:.*(?:约束性|预期性|指导性)(?:指标)?|.*[0-9%％‰〕\]］—])(?P<rest>(?:(?!约束|预期|指导)[\u4e00-\u9fff]){2,12})$",
    re.DOTALL,
)
_NOT_A_NAME = re.compile(r"个百分点|百分点|年|月|日|万吨|亿元|万元|%")


def read_run(text: str, start: int, stop: int, columns: list[Column]) -> tuple[list[Token], Alignment]:
    """The cells of a run-on body and the rows that they make; no rows where they cannot be told."""
    stop = _end_of_lines(text, start, min(stop, start + LONGEST_TABLE))
    naming = next((i for i, c in enumerate(columns) if c.role in NAMING), None)
    tokens: list[Token] = []
    found = Alignment()
    if naming is None:
        return tokens, found
    for category, a, b in _row_spans(text, start, stop, columns):
        cells, price = _cut_row(text, a, b, columns, naming)
        if cells is None:
            break
        row: list[list[int]] = []
        for column, (begin, end) in zip(columns, cells, strict=True):
            if column.role is Role.CATEGORY and category[1] > category[0]:
                begin, end = category
            row.append([len(tokens)] if end > begin else [])
            if end > begin:
                tokens.append(Token(text[begin:end], begin, end, first=False))
        found.rows.append(row)
        found.total += price - REWARD
    found.stop = len(tokens)
    return tokens, found


def _end_of_lines(text: str, start: int, stop: int) -> int:
    """The end of the last line that the body may run over: before a heading, a note or a sentence."""
    at = text.find("\n", start, stop)
    while at >= 0:
        end = text.find("\n", at + 1, stop)
        line = text[at + 1 : stop if end < 0 else end]
        if "。" in line or is_boundary(line) or find_marker(line) is not None:
            return at
        at = end
    return stop


# ---- rows ------------------------------------------------------------------------------------------------------------

Span = tuple[int, int]


def _row_spans(text: str, start: int, stop: int, columns: list[Column]) -> list[tuple[Span, int, int]]:
    """For each row, where its category stands (behind the figures of the row before), and the row without it."""
    attribute = columns[-1].role is Role.PROPERTY
    if any(c.role is Role.NUMBER for c in columns):
        starts = _serial_starts(text, start, stop, attribute=attribute)
        if not starts:
            return []
        spans = list(pairwise([*starts, min(stop, starts[-1] + LONGEST_ROW)]))
        spans[-1] = (spans[-1][0], _last_end(text, *spans[-1]))
    elif attribute:
        ends = [m.end() for m in _PROPERTY.finditer(text, start, stop)]
        spans = [(a, b) for a, b in pairwise([start, *ends]) if b - a <= LONGEST_ROW]
    else:
        return []
    if not any(c.role is Role.CATEGORY for c in columns):
        return [((a, a), a, b) for a, b in spans]
    rows: list[tuple[Span, int, int]] = []
    category = (start, spans[0][0]) if spans else (start, start)
    for a, b in spans:
        match = _AFTER_FIGURES.match(text, a, b)
        end = match.start("rest") if match else b
        rows.append((category, a, end))
        category = (end, b)
    return rows


def _serial_starts(text: str, start: int, stop: int, *, attribute: bool) -> list[int]:
    """Where 1, 2, 3 … stand before a name, in order; ``attribute``: each row ends with a property, so one stands between two starts."""
    starts: list[int] = []
    at, serial = start, 1
    while at < stop:
        match = re.compile(
            rf"(?<![.．]){serial}[.、．]?\s?(?=[\u4e00-\u9fff“])(?!{serial}[.、．]?(?:{_NOT_A_NAME.pattern}))"
        ).search(text, at, min(stop, at + LONGEST_ROW))
        if match is None:
            break
        starts.append(match.start())
        at, serial = match.end(), serial + 1
        word = _PROPERTY.search(text, at, min(stop, at + LONGEST_ROW)) if attribute else None
        at = word.end() if word else at
    return starts


def _last_end(text: str, start: int, stop: int) -> int:
    """Where the last row ends: before the next caption, note or sentence."""
    line_end = text.find("\n", start, stop)
    stop = line_end if line_end > 0 else stop
    for at in range(start + 1, stop):
        if text[at] in "专表注备附资" and is_boundary(
            text[at : at + 40].split(" ")[0] if text[at] in "专表附" else text[at : at + 40]
        ):
            return at
    return stop


# ---- cells -----------------------------------------------------------------------------------------------------------


Cells = list[tuple[int, int]]


def _cut_row(text: str, start: int, stop: int, columns: list[Column], naming: int) -> tuple[Cells | None, float]:
    """Spans of the row's cells, one a column, and what this cutting costs; None where no cutting is likely."""
    row = text[start:stop].rstrip()
    stop = start + len(row)
    tail = _TAIL.search(row)
    if tail is None or len(tail[0]) > LONGEST_TAIL:
        return None, 0.0
    begin = start + tail.start()
    cells: Cells = []
    at = start
    for column in columns[:naming]:
        serial = re.compile(r"[0-9]{1,3}").match(text, at, begin) if column.role is Role.NUMBER else None
        cells.append((at, serial.end()) if serial else (at, at))
        at = re.compile(r"[.、．\s]*").match(text, serial.end() if serial else at, begin).end()  # type: ignore[union-attr]
    behind = columns[naming + 1 :]
    unit_at = begin
    if behind and behind[0].role is Role.UNIT:
        unit_at = next((p for p in range(max(at + 2, begin - 8), begin) if is_unit(text[p:begin])), begin)
        behind = behind[1:]
        cells += [(at, unit_at), (unit_at, begin)]
    else:
        cells.append((at, begin))
    if unit_at - at < 2:
        return None, 0.0
    best = min(_cuts(text, begin, stop, behind), key=lambda c: c[1], default=None)
    if best is None or best[1] >= _UNLIKELY:
        return None, 0.0
    return cells + best[0], best[1]


def _cuts(text: str, start: int, stop: int, columns: list[Column]) -> Iterator[tuple[Cells, float]]:
    """All ways to cut the figures into the columns, with their costs."""
    stack: list[tuple[int, Cells]] = [(start, [])]
    seen = 0
    while stack and seen < MAX_CUTS:
        at, cells = stack.pop()
        seen += 1
        if len(cells) == len(columns):
            if not text[at:stop].strip():
                yield cells, _price(text, cells, columns)
            continue
        while at < stop and text[at].isspace():
            at += 1
        stack.append((at, [*cells, (at, at)]))
        for end in _ends(text, at, stop, columns[len(cells)]):
            stack.append((end, [*cells, (at, end)]))


def _ends(text: str, at: int, stop: int, column: Column) -> Iterator[int]:
    """Where a cell of the column that begins here may end."""
    if column.role is Role.PROPERTY:
        word = _PROPERTY.match(text, at, stop)
        if word:
            yield word.end()
        return
    words = _WORDS.match(text, at, stop)
    if words:
        yield words.end()
    match = _CELL.match(text, at, stop)
    if match is None:
        return
    yield match.end()
    first, last = match.start("digits"), match.end("digits")
    for cut in range(first + 1, last):
        whole = text[first:cut]
        if whole[-1] != "." and (text[cut] != "." or "." not in whole) and text[cut] != ".":
            yield cut


def _price(text: str, cells: Cells, columns: list[Column]) -> float:
    """Empty cells, numbers that no one writes (007, 69.4755), values of a row that differ widely, changes that do not add up."""
    price = 0.0
    values: list[float] = []
    change: tuple[float, bool] | None = None
    for (a, b), column in zip(cells, columns, strict=True):
        raw = text[a:b]
        if not raw:
            price += 2.5
            continue
        match = _CELL.fullmatch(raw)
        if match is None:
            continue
        digits = match["digits"]
        if re.match(r"0[0-9]", digits):
            price += 4.0
        price += 0.5 * max(0, len(digits.partition(".")[2]) - 2)
        number = float(match["sign"] + digits)
        if column.role is Role.VALUE and not match["lead"]:
            values.append(number)
        elif column.role is Role.GROWTH:
            change = (number, "%" in match["unit"])
    for first, second in pairwise(values):
        price += 0.6 * abs(math.log(second / first)) if first > 0 and second > 0 else 0.5 * (first != second)
    if change is not None and len(values) >= 2 and values[-2]:
        base, aim = values[-2:]
        gap = min(abs(100 * (aim / base - 1) - change[0]), abs(aim - base - change[0]))
        price += min(2.0, gap / max(1.0, abs(change[0])) * 2)
    return price
