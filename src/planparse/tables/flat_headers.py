"""Headers of flattened tables: where one may stand, and what columns its pieces can be read as."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from planparse.data.words import worded
from planparse.language.columns import NAMING, Role, fold_header, other_roles, role_of, strict_role
from planparse.language.tidy import tidy
from planparse.language.time import PERIOD, YEAR, parse_years
from planparse.tables.align import Column
from planparse.tables.fit import is_category, is_total, look_at
from planparse.tables.header_pieces import Piece, pieces_of
from planparse.tables.run_headers import AIM, DATED, FOOTNOTED, run_cuts
from planparse.tables.tokens import Layout

MOST_COLUMNS = 24
LONGEST_OWN = 6
LEFT = 20.0
"""What it costs to leave a word out of a header that names a column."""
ROW = 3
"""So many names of columns on one line may be all of a header."""
_JOINED = 4
"""A header cell is broken over at most so many lines."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a header: its columns, and where the body begins."""

    columns: list[Column]
    start: int
    body: int
    layout: Layout
    known: int
    left: float = 0.0
    """What it costs that the body begins with a word that names a column."""


_YEAR = re.compile(YEAR)
_FIGURES = re.compile(r"[0-9.%<>≥≤-]{12}")
_DATE_ONLY = worded(rf"<until>?{YEAR}年?[底末]?|[“\"]?{PERIOD}[”\"]?<of_period>?")
_PERIOD_ONLY = worded(rf"[“\"]?{PERIOD}[”\"]?<of_period>?")
_YEAR_OR_BASE = worded(rf"{YEAR}|{PERIOD}|<bases>|现状|基数")


def readings(text: str, start: int, stop: int) -> list[Reading]:
    """The ways to read the header that begins at ``start``, the likeliest first; none where it is no header."""
    out = _run_readings(text, start, stop)
    pieces = _from_number(pieces_of(text, start, stop))
    for count in _ends(pieces):
        columns = _columns(pieces[:count])
        known = sum(c.role is not None for c in columns)
        naming = any(c.role in (*NAMING, Role.CATEGORY) for c in columns) or _names_acts(columns)
        if known < 2 or known * 2 < len(columns) or len(columns) < 2 or not naming or _repeats(columns):
            continue
        body = pieces[count].start if count < len(pieces) else pieces[count - 1].end
        layout = _layout(pieces[:count])
        follows = pieces[count].text if count < len(pieces) else ""
        told_again = strict_role(follows) is not None and not is_total(tidy(follows))
        left = LEFT if told_again or _in_two_rows(pieces[:count]) else 0.0
        apart = _columns(pieces[:count], apart=True)
        for one in [columns, *([apart] if len(apart) > len(columns) else [])]:
            out += [Reading(v, pieces[0].start, body, layout, known, left) for v in _variants(_dated(one), pieces[count:])]
    return out


def _in_two_rows(pieces: list[Piece]) -> bool:
    """Whether a name of values comes again without a year before it: 2020年 2025年 数值 占比 数值 占比, two rows that nothing tells apart."""
    values = [p.text for p in pieces if role_of(p.text) is Role.VALUE and not _YEAR_OR_BASE.search(p.text)]
    return any(values.count(b.text) > 1 and not _YEAR_OR_BASE.search(a.text) for a, b in pairwise(pieces))


def _run_readings(text: str, start: int, stop: int) -> list[Reading]:
    """The ways to read a header of which nothing parts the words, nor the last one from the body."""
    out: list[Reading] = []
    for price, cuts in run_cuts(text, start, stop):
        columns = [_column([Piece(text[start + a : start + b], start + a, start + b, "run")]) for a, b in pairwise(cuts)]
        end = start + cuts[-1]
        known = sum(c.role is not None for c in columns)
        beside = any(a.role is Role.CATEGORY and b.role in NAMING for a, b in pairwise(columns))  # where one ends, no one knows
        if not beside and sum(c.role in NAMING for c in columns) == 1 and known * 3 >= len(columns) * 2 and not _repeats(columns):
            rest = [Piece(text[end : end + 2], end, end + 2, "run")]
            out += [Reading(v, start, end, Layout.RUN, known, price) for v in _variants(_dated(columns), rest)]
    return out


def _repeats(columns: list[Column]) -> bool:
    """Whether these are the words of one header several times, or text made of header words: two halves side by side may be a table."""
    names = [c.name for c in columns if c.role in (*NAMING, Role.NUMBER)]
    return len(columns) > MOST_COLUMNS or any(names.count(name) > 2 for name in names)


_ACTS = (Role.LEAD, Role.SUPPORT, Role.END)


def _names_acts(columns: list[Column]) -> bool:
    """序号 主要工作 责任单位: who has to do it stands beside a numbered column without a name for it, or with contents."""
    roles = [c.role for c in columns]
    return len(roles) > 2 and roles[0] is Role.NUMBER and roles[1] in (None, Role.CONTENT) and any(r in roles for r in _ACTS)


def _from_number(pieces: list[Piece]) -> list[Piece]:
    """Where a naming word stands before 序号 or another name, it is the end of a caption: 表1 主要指标 序号 指标名称 …"""
    if len(pieces) >= 4 and role_of(pieces[1].text) in (Role.NUMBER, *NAMING):
        role, numbered = role_of(pieces[0].text), role_of(pieces[1].text) is Role.NUMBER
        if role is Role.VALUE or (numbered and role is None and pieces[0].text.endswith("表")):
            return pieces[1:]  # “十三五”规划指标完成情况⏎序号 …
    if len(pieces) < 4 or role_of(pieces[0].text) not in NAMING:
        return pieces
    line = next((i for i, p in enumerate(pieces) if i and p.before != "run"), 1)
    if line > 1 and pieces[line].before == "line" and role_of(pieces[line].text) in (Role.NUMBER, *NAMING):
        return pieces[line:]  # 主要指标|完成情况⏎指标名称 …
    second = role_of(pieces[1].text)
    if second is Role.CATEGORY and any(role_of(p.text) is Role.NAME for p in pieces[2:6]):
        return pieces[1:]  # 主要指标⏎一级指标 二级指标 …
    numbered = Role.NUMBER in (second, role_of(pieces[1].text + pieces[2].text))
    if numbered and any(
        role_of(a.text) in NAMING or role_of(a.text + b.text) in NAMING for a, b in pairwise(pieces[2:7])
    ):
        return pieces[1:]
    captioned = second is Role.NAME and role_of(pieces[0].text) is Role.NAME and len(pieces[0].text) > 2
    return pieces[1:] if captioned else pieces


def _ends(pieces: list[Piece]) -> list[int]:
    """How many pieces the header may have: up to the first serial number, or as many as are known words."""
    ends: list[int] = []
    numbered = any(role_of(p.text) is Role.NUMBER for p in pieces[:4]) or (
        len(pieces) > 1 and role_of(pieces[0].text + pieces[1].text) is Role.NUMBER
    )
    if numbered:
        first = next((i for i, p in enumerate(pieces) if i > 1 and _is_one(p.text)), None)
        if first is not None:
            ends.append(first)
            if first > 2:
                ends.append(first - 1)
    figures = next((i for i, p in enumerate(pieces) if i > 1 and _FIGURES.match(p.text)), None)
    if figures is not None:
        return [figures]
    category = next((i for i, p in enumerate(pieces) if i > 1 and is_category(tidy(p.text))), None)
    if category is not None and (not ends or category < ends[0]):
        ends = [category]
    known = _known_prefix(pieces)
    if known and known not in ends:
        ends.append(known)
    line = next((i for i, p in enumerate(pieces) if i and p.before == "line"), 0)
    if ROW <= line < known and line not in ends and _known_prefix(pieces[:line]) == line:
        ends.append(line)  # below a whole row of names the first row's name may be one, too: 人均收入年均增长
    sums = next((i for i, p in enumerate(pieces) if 2 < i + 1 < len(pieces) and _is_sum(p, pieces[i + 1])), None)
    return ends if sums is None or sums in ends else [sums, *(e for e in ends if e < sums)]


def _is_sum(piece: Piece, following: Piece) -> bool:
    """合计 with a figure or a category behind it is the body's first row."""
    return is_total(tidy(piece.text)) and (look_at(following.text).number or is_category(tidy(following.text)))


def _is_one(text: str) -> bool:
    if "1" not in text:
        return False
    look = look_at(text)
    return (look.serial == 1 and look.text.strip("（()）.、．").lstrip("0") == "1") or (
        text.startswith("1") and re.match(r"1[\u4e00-\u9fff]{2}", text) is not None
    )


def _known_prefix(pieces: list[Piece]) -> int:
    """The longest beginning that is made of header words; one strange word may stand among them."""
    at = best = strange = 0
    while at < len(pieces):
        width = next((w for w in range(min(_JOINED, len(pieces) - at), 0, -1) if _joins(pieces, at, w) is not None), 0)
        if width:
            at += width
            best = at
            continue
        strange += 1
        at += 1
        if strange > 1 or at - best > 1:
            break
    return best


def _joins(pieces: list[Piece], at: int, width: int) -> Role | None:
    """The role of so many pieces read as one broken header cell."""
    group = pieces[at : at + width]
    if width == 1:
        return _told(group[0].text)
    if all(p.text.isdecimal() for p in group) or (group[0].text[0] in "（(" and group[0].text[-1] in "）)"):
        return None  # 总投资⏎（亿元）: a bracket belongs to what stands before it
    glued = any(p.before == "run" for p in group[1:])
    if any(p.before in ("bar", "tab") for p in group[1:]) or (glued and not _PERIOD_ONLY.fullmatch(group[0].text)):
        return None
    role = strict_role("".join(p.text for p in group))
    if role is Role.NUMBER:
        return role
    dates = [bool(_DATE_ONLY.fullmatch(p.text)) for p in group]
    named = [r for p, date in zip(group, dates, strict=True) if not date and (r := role_of(p.text)) is not None]
    if sum(_YEAR.search(p.text) is not None for p in group) > 1:
        return None
    attribute = width == 2 and named[:1] == [Role.NAME]
    if any(dates[1:]) or (not attribute and (len(set(named)) > 1 or len(named) == width)):
        return None  # 基数⏎2025年 are two columns, so are 目标值⏎年均增长; 指标⏎属性 may be one
    if dates[0] and role is not Role.VALUE and not _PERIOD_ONLY.fullmatch(group[0].text):
        return None  # 2020年⏎年均增长 are two columns
    return role


def _columns(pieces: list[Piece], *, apart: bool = False) -> list[Column]:
    """The cheapest cutting of the pieces into columns. ``apart``: 2020年 and 目标值 on two lines are two columns, and not one broken cell."""
    count = len(pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(1e9, 0)] * count
    for at in range(count):
        for width in range(1, min(_JOINED, count - at) + 1):
            role = _joins(pieces, at, width)
            if width > 1 and (role is None or (apart and _DATE_ONLY.fullmatch(pieces[at].text))):
                continue
            price = best[at][0] + (1.0 + 0.2 * (width - 1) if role is not None else 2.5)
            if price < best[at + width][0]:
                best[at + width] = (price, width)
    cuts: list[tuple[int, int]] = []
    at = count
    while at > 0:
        width = best[at][1]
        cuts.append((at - width, at))
        at -= width
    columns = _deepest([_column(pieces[a:b]) for a, b in reversed(cuts)])
    if not any(c.role in NAMING for c in columns):
        return _split_name(pieces, list(reversed(cuts))) or columns
    return columns


def _deepest(columns: list[Column]) -> list[Column]:
    """Of names in several columns (一级指标 二级指标 三级指标) the last ones name the rows, and those before are categories."""
    last = max((i for i, c in enumerate(columns) if c.role is Role.NAME), default=0)
    return [replace(c, role=Role.CATEGORY) if i < last and c.role is Role.NAME and Role.CATEGORY in other_roles(c.name) else c for i, c in enumerate(columns)]


def _column(group: list[Piece]) -> Column:
    name = "".join(p.text for p in group)
    footnoted = FOOTNOTED.fullmatch(name)
    name = footnoted["name"] if footnoted else name
    return Column(name, _told(name), start=group[0].start, end=group[-1].end)


def _told(word: str) -> Role | None:
    """The role that a word for a column has, or by its end speaks for where it is the document's own (攻坚事项, 主抓单位)."""
    role = role_of(word)
    if role is None and 3 <= len(word) <= LONGEST_OWN:
        role = next((r for r in other_roles(word) if r in (Role.TASK, Role.LEAD)), None)
    return role


def _split_name(pieces: list[Piece], cuts: list[tuple[int, int]]) -> list[Column] | None:
    """Where no column names the rows, 指标⏎属性 were two columns after all."""
    for number, (a, b) in enumerate(cuts):
        for middle in range(b - 1, a, -1):
            if _joins(pieces, a, middle - a) in NAMING and _joins(pieces, middle, b - middle) is not None:
                split = [*cuts[:number], (a, middle), (middle, b), *cuts[number + 1 :]]
                return [_column(pieces[x:y]) for x, y in split]
    return None


def _layout(pieces: list[Piece]) -> Layout:
    gaps = [p.before for p in pieces[1:]]
    if gaps.count("run") * 2 > len(gaps):
        return Layout.RUN
    if gaps.count("bar") * 2 >= len(gaps):
        return Layout.BARS
    return Layout.LINES if gaps.count("line") * 2 >= len(gaps) else Layout.BLANKS


def _dated(columns: list[Column]) -> list[Column]:
    """Mark which value columns hold actual values and which hold aims."""
    years = {c: max((y for y in parse_years(c.name) if y), default=None) for c in columns if c.role is Role.VALUE}
    known = [y for y in years.values() if y]
    last = max(known, default=None)
    out = []
    for column in columns:
        year = years.get(column)
        if column.role is Role.VALUE:
            folded = fold_header(column.name)
            dated = DATED.search(folded) is not None or (year is not None and last is not None and year < last)
            goal = not dated and (AIM.search(folded) is not None or year == last)
            column = replace(column, dated=dated, goal=goal)
        out.append(column)
    return out


def _variants(columns: list[Column], rest: list[Piece]) -> list[list[Column]]:
    """The columns as they are; with a serial column that the header leaves out; with a spanning header cell put over its parts."""
    out = [columns]
    if not any(c.role is Role.NUMBER for c in columns):
        serials = [s for p in rest[:12] if (s := look_at(p.text).serial) is not None]
        if serials[:1] == [1] or 1 in serials[:2] or (rest and rest[0].before == "run" and _is_one(rest[0].text)):
            out.insert(0, [Column("", Role.NUMBER), *columns])
    for grown in (False, True):  # 年均增长 may stand beside the spanning cell, or below it
        nested = _nested(columns, grown=grown)
        if nested and nested not in out:
            out.append(nested)
    typed = [replace(c, role=Role.PROPERTY) if i and c.role is Role.CATEGORY and Role.PROPERTY in other_roles(c.name) else c for i, c in enumerate(columns)]
    return [*out, typed] if typed != columns else out


def _nested(columns: list[Column], *, grown: bool) -> list[Column] | None:
    """序号 指标 目标值 属性 | 2020年 2025年 → 序号 指标 目标值/2020年 目标值/2025年 属性: a header of two rows read row by row."""
    parents = [i for i, c in enumerate(columns) if _may_span(c)]
    if len(columns) > 3 and [c.role for c in columns[-2:]] == [Role.START, Role.END] and any(columns[i].role is Role.YEARS for i in parents):
        at = next(i for i in parents if columns[i].role is Role.YEARS)
        named = [replace(c, parent=columns[at].name) for c in columns[-2:]]
        return [*columns[:at], *named, *columns[at + 1 : -2]]
    tail = len(columns)
    while tail > 0 and ((grown and columns[tail - 1].role is Role.GROWTH) or (columns[tail - 1].role is Role.VALUE and _dated_name(columns[tail - 1]))):
        tail -= 1
    children = columns[tail:]
    parents = [i for i in parents if i < tail]
    if len(children) < 2 or len(parents) != 1:
        return None
    at = parents[0]
    named = [replace(c, parent=columns[at].name) for c in children]
    return [*columns[:at], *named, *columns[at + 1 : tail]]


def _may_span(column: Column) -> bool:
    """Whether a name may stand above names of years: 目标值, 年限, 分年投资."""
    by_years = column.role is Role.INVESTMENT and "年" in column.name
    return (by_years or column.role in (Role.VALUE, Role.YEARS, None)) and not re.search(YEAR, column.name)


def _dated_name(column: Column) -> bool:
    return _YEAR_OR_BASE.search(column.name) is not None
