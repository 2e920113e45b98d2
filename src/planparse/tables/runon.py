"""Rows that stand with nothing between their cells, told apart by what each column can hold: the cheapest dealing of the text to the columns.

1化学需氧量排放总量（万吨）14141270-10%2二氧化硫… → 1 | 化学需氧量排放总量（万吨） | 1414 | 1270 | -10%
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from math import inf

from planparse.data.words import members, worded
from planparse.language.columns import NAMING, Role, is_unit
from planparse.language.shapes import find_marker
from planparse.tables.align import REWARD, Alignment, Column
from planparse.tables.captions import is_boundary
from planparse.tables.figures import FIGURES, PROPERTY, Pieces, cut_figures
from planparse.tables.fit import is_category, look_at, missing
from planparse.tables.tokens import Token

LONGEST_TABLE = 20_000
MOST_COLUMNS = 16
LONGEST_NAME = 45
LONGEST_TEXT = 160
BEAM = 9.0
"""A reading so much dearer than the cheapest one of the same characters is given up."""
ROW, CELL = 1.2, 0.7
"""What a row and each of its cells are worth."""

Span = tuple[int, int]
Ends = Iterator[tuple[int, float]]
"""Where a cell may end, with what it costs to end there."""
_State = tuple[float, tuple[int, int] | None, tuple[Span, ...], int]
"""Total cost; the state before, by place and column; the cells since; the last serial number."""

_HAS_PROPERTY = worded(PROPERTY)
_BEHIND_SERIAL = re.compile(r"[.、．]?(?=\s?\S)")
_NUMBERED_NAME = re.compile(r"[0-9]{1,2}[.．][\u4e00-\u9fff]")
_NO_OFFICES = re.compile(r"[。；0-9\n]")
_WITHIN = re.compile(r"[0-9][0-9.]")
_ABSENT = re.compile(r"[—–－-]{1,2}")
_BEGINS_CELL = frozenset("0123456789市县区省各（")
"""What the cell behind a text often begins with."""
# What a name does not go past: the end of a sentence, a property, a line's end.
_NAME_ENDS = worded(rf"{PROPERTY}|[。；！？\n≥≤＞＜><〔]|——|--")
# The number of a footnote behind a name: 重点地区总氮6--〔10〕
_DIGITS = frozenset("0123456789")
_BRACKETS = dict.fromkeys("（(〔", 1) | dict.fromkeys("）)〕", -1)
_FOOTNOTE = re.compile(r"(?<=[\u4e00-\u9fff）)])[0-9](?=[-—])")
_UNIT_WITHIN = re.compile(r"[（(][%％][）)].")
_NAME = re.compile(r"(?!性|期性|束性|左右|以[上下内])(?:其中[:：]?|[0-9]{1,2}[.．])?[\u4e00-\u9fffA-Za-z“（(〇]|(?!0[.0-9])[0-9]{1,5}(?:\.[0-9])?(?:[A-Za-z]{1,4}|[\u4e00-\u9fff])")
_DECIMAL = re.compile(r"[0-9]+\.[0-9](?=(?P<unit>.{1,2}))")
# What the names of what is measured, and of what is built, end in
_ENDS_NAME = frozenset("率数量比重积额值度入命模程构系例力寿强）)％%站厂库园院馆路线桥校区房网河渠")
_OFFICE_ENDS = re.compile(r"[局委部厅办院会府镇乡区县团司处室队站社行校位心）)]")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}年?(?:[0-9]{1,2}月|[.][0-9]{1,2})?(?:底前?)?(?:[-—~～至](?:(?:19|20)[0-9]{2}年?(?:[0-9]{1,2}月|[.][0-9]{1,2})?(?:底前?)?)?)?")
_CATEGORY_ROW = re.compile(r"[一二三四五六七八九十]{1,3}、[\u4e00-\u9fff]{2,14}")
# A category before a numbered name, or one that states the unit of the names below it: 生态修复7.…, 5.排放总量减少（%）氨氮…
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,12}(?=[0-9]{1,2}[.．][\u4e00-\u9fff])|(?:[0-9]{1,2}[.．])?[\u4e00-\u9fff]{4,20}[（(][%％][）)](?=[\u4e00-\u9fff]{2})")


def read_run(text: str, start: int, stop: int, columns: list[Column], known: Known) -> tuple[list[Token], Alignment]:
    """The cells of a run-on body and the rows that they make; no rows where they cannot be told."""
    stop = _end_of_lines(text, start, min(stop, start + LONGEST_TABLE))
    naming = [c.name for c in columns if c.role in (*NAMING, Role.NUMBER)]
    if not any(c.role in NAMING for c in columns) or len(columns) > MOST_COLUMNS or len(naming) > len(set(naming)):
        return [], Alignment()  # no columns name the rows, or they cannot be those of one table
    if known.stop != stop:  # what ends a cell may be the end of all
        for read in (known.figures, known.pieces, known.cells):
            read.clear()
        known.stop = stop
    return _Dealing(text, start, stop, columns, known).run()


def _may_end(text: str, end: int) -> bool:
    """Whether a name may end behind an ASCII character: a bracket, a %, the last letter of a word."""
    last, following = text[end - 1], text[end : end + 1]
    return last in ")%" or (last.isalpha() and not (following.isascii() and following.isalpha()))


def _end_of_lines(text: str, start: int, stop: int) -> int:
    """The end of the last line that the body may run over: before a heading, a note or a sentence."""
    at = text.find("\n", start, stop)
    while at >= 0:
        end = text.find("\n", at + 1, stop)
        line = text[at + 1 : stop if end < 0 else end]
        if "。" in line or is_boundary(line) or (find_marker(line) is not None and not is_category(line[:16])):
            return at
        at = end
    return stop


@dataclass(slots=True)
class Known:
    """What was read in a text: columns of one kind ask for the same at one place, under one header and under another."""

    figures: dict[tuple[int, tuple[Column, ...]], list[tuple[tuple[Span, ...], float]]] = field(default_factory=dict)
    pieces: Pieces = field(default_factory=dict)
    cells: dict[tuple[int, str], tuple[tuple[int, float], ...]] = field(default_factory=dict)
    stop: int = -1


class _Dealing:
    """One body dealt out to one set of columns. Neighbouring columns of figures are dealt together, since their values tell of each other."""

    def __init__(self, text: str, start: int, stop: int, columns: list[Column], known: Known) -> None:
        self.text, self.start, self.stop, self.columns = text, start, stop, columns
        self.table: dict[int, dict[int, _State]] = {start: {0: (0.0, None, (), 0)}}
        self.groups = self._groups()
        self.property = any(c.role is Role.PROPERTY for c in columns)
        self.cut = 1.0 if any(c.role is Role.NUMBER for c in columns) else 3.0
        self.alike = [tuple(Column("", c.role, c.dated, c.goal) for c in (columns[n] for n in group)) for group in self.groups]
        self.known = known
        self.readers: dict[Role | None, Callable[[int], Ends]] = {
            Role.UNIT: self._unit_ends, Role.LEAD: self._office_ends, Role.SUPPORT: self._office_ends, Role.YEARS: self._year_ends,
            Role.END: self._year_ends, Role.START: self._year_ends, Role.CONTENT: self._text_ends, Role.REMARK: self._text_ends,
            Role.CATEGORY: self._short_ends, Role.PLACE: self._short_ends, Role.NATURE: self._nature_ends,
        }  # fmt: skip

    def _groups(self) -> list[list[int]]:
        """The columns from left to right, those of figures that stand side by side together."""
        parts = groupby(range(len(self.columns)), lambda number: self.columns[number].role in FIGURES)
        return [group for figures, part in parts for group in ([list(part)] if figures else [[number] for number in part])]

    def run(self) -> tuple[list[Token], Alignment]:
        """The cheapest dealing of a prefix of the body into whole rows."""
        best, place = 0.0, self.start
        order = (*range(1, len(self.groups) + 1), *range(len(self.groups) + 1))  # a row may end here, and the next one begin
        done: dict[tuple[int, int], float] = {}
        for at in range(self.start, self.stop + 1):
            here = self.table.get(at)
            if here is None:
                continue
            lowest = min([state[0] for state in here.values()])
            for group in order:
                state = here.get(group)
                if state is not None and state[0] <= lowest + BEAM and done.get((at, group)) != state[0]:
                    done[(at, group)] = state[0]
                    self._step(at, group, state)
            ended = here.get(0)
            if ended is not None and ended[0] < best - 1e-9 and not _WITHIN.match(self.text, at - 1):
                best, place = ended[0], at
            if best < lowest - 3 * BEAM:
                break
        return self._trace(place, best)

    def _put(self, at: int, group: int, state: _State) -> None:
        here = self.table.setdefault(at, {})
        if group not in here or state[0] < here[group][0] - 1e-9:
            here[group] = state

    def _step(self, at: int, group: int, state: _State) -> None:
        """Read the next cells from here, or leave them out; behind the last ones a row ends."""
        total, _, _, serial = state
        if group == len(self.groups):
            self._put(at, 0, (total - ROW, (at, group), (), serial))
            return
        back = (at, group)
        if group == 0:
            if at > self.start and self.text[at : at + 1] in "\n \t":
                self._put(at + 1, 0, (total, back, (), serial))
            if (match := _CATEGORY_ROW.match(self.text, at, self.stop)) is not None:
                for end in range(match.start() + 4, match.end() + 1):
                    self._put(end, 0, (total + 0.8 + 0.2 * abs(end - at - 6), back, ((at, end),), serial))
            if (label := _LABEL.match(self.text, at, self.stop)) is not None and not _HAS_PROPERTY.search(label[0]):
                self._put(label.end(), 0, (total + 0.4, back, ((at, label.end()),), serial))
        first = self.columns[self.groups[group][0]]
        if first.role in FIGURES:
            for cells, price in self._figures(at, group):
                end = max([b for _, b in cells], default=at)
                self._put(end, group + 1, (total + price - CELL * sum(b > a for a, b in cells), back, cells, serial))
            return
        self._put(at, group + 1, (total + missing(first.role), back, ((at, at),), serial))
        following, table, behind = serial + 1 if first.role is Role.NUMBER else serial, self.table, group + 1
        for end, price in self._ends(at, first.role, serial):
            after = total + price - CELL
            if (here := table.get(end)) is None:
                table[end] = {behind: (after, back, ((at, end),), following)}
            elif (known := here.get(behind)) is None or after < known[0] - 1e-9:
                here[behind] = (after, back, ((at, end),), following)

    def _figures(self, at: int, group: int) -> list[tuple[tuple[Span, ...], float]]:
        key = (at, self.alike[group])
        if key not in self.known.figures:
            self.known.figures[key] = cut_figures(self.text, at, self.stop, key[1], self.known.pieces)
        return self.known.figures[key]

    def _bare(self, at: int, end: int) -> int:
        """The end of the cell without blanks and a footnote's number."""
        end = at + len(self.text[at:end].rstrip())
        return end - 1 if end - at > 2 and _FOOTNOTE.match(self.text, end - 1) else end

    # ---- cells ---------------------------------------------------------------------------------------------------

    def _ends(self, at: int, role: Role | None, serial: int) -> tuple[tuple[int, float], ...]:
        """Where a cell of the role that begins here may end."""
        if role is Role.NUMBER:
            number = str(serial + 1)
            behind = _BEHIND_SERIAL.match(self.text, at + len(number), self.stop) if self.text.startswith(number, at) else None
            return ((behind.end(), -0.6),) if behind else ()
        reader = self.readers.get(role, self._name_ends)
        key = (at, f"{reader.__name__} {self.cut} {self.property}")
        if key not in self.known.cells:
            self.known.cells[key] = tuple(reader(at))
        return self.known.cells[key]

    def _name_ends(self, at: int) -> Ends:
        text, stop = self.text, min(self.stop, at + LONGEST_NAME)
        begins = _NAME.match(text, at, self.stop)
        if not begins:
            return
        begun = self.cut if text[at - 1 : at + 1].isdecimal() else 0.0  # 1 | 5G基站数
        begun += 3.0 if (size := _DECIMAL.match(text, at, stop)) and not (is_unit(size["unit"]) or is_unit(size["unit"][0])) else 0.0
        begun += 3.0 if _CATEGORY_ROW.match(text, at, stop) else 0.0
        if text[at - 1].isdecimal() and ((text[at].isalpha() and text[at].isascii()) or is_unit(text[at : at + 1]) or is_unit(text[at : at + 2])):
            begun += 2.5  # …覆盖500 | 米范围…, 园区5 | G基站数: a figure is cut from what it counts
        wall = _NAME_ENDS.search(text, at, stop)
        stop = wall.start() if wall else stop
        unit = _UNIT_WITHIN.search(text, at, stop)
        past_unit = unit.end() if unit else inf
        depth, digits = 0, -1 if _NUMBERED_NAME.match(text, at, at + 5) else 0
        for end in range(at + 1, stop + 1):
            last = text[end - 1]
            if last in _BRACKETS:
                depth += _BRACKETS[last]
                if depth < 0:
                    return
            elif last in _DIGITS and text[end - 2] not in _DIGITS:
                digits += 1
            if depth or end < at + 2 or (last.isascii() and not _may_end(text, end)) or (end == at + 2 and text[at:end] in members("changing")):
                continue
            price = begun + 0.5 * digits
            if last not in _ENDS_NAME and text[end - 2 : end] not in members("built"):
                price += 1.0 + (last in "万亿千百") + (0.4 * (at + 4 - end) if end < at + 4 else 0.0)
            if end > at + 18:
                price += 0.02 * (end - at - 18)
            if end >= past_unit:
                price += 1.2
            yield end, price
            if text[end : end + 1] in _DIGITS and _FOOTNOTE.match(text, end):
                yield end + 1, price + 0.5

    def _unit_ends(self, at: int) -> Ends:
        if (absent := _ABSENT.match(self.text, at, self.stop)) is not None:
            yield from ((end, 0.8) for end in range(at + 1, absent.end() + 1))
        for end in range(at + 1, min(self.stop, at + 12) + 1):
            if is_unit(self.text[at:end]):
                yield end, 0.3 - 0.12 * min(5, end - at)

    def _office_ends(self, at: int) -> Ends:
        for match in _OFFICE_ENDS.finditer(self.text, at + 1, min(self.stop, at + LONGEST_TEXT)):
            cell = self.text[at : match.end()]
            if _NO_OFFICES.search(cell):
                return
            if self.text[match.end() : match.end() + 1] not in "、，":
                look = look_at(cell)
                if look.office:
                    last = re.split("[、，]", cell)[-1]
                    yield match.end(), 0.1 + (0.0 if len(last) <= 8 else 0.25 * (len(last) - 8))

    def _year_ends(self, at: int) -> Ends:
        if (match := _YEARS.match(self.text, at, self.stop)) is not None:
            yield match.end(), 0.0
            if match.end() > at + 5:
                yield at + 4, 1.0

    def _text_ends(self, at: int) -> Ends:
        text, stop = self.text, min(self.stop, at + LONGEST_TEXT)
        line_end = text.find("\n", at + 3, stop)
        stop = stop if line_end < 0 else line_end
        if self.property and (wall := _HAS_PROPERTY.search(text, at, stop)):
            stop = wall.start()
        near = min(stop, at + 60)
        for end, last, following in zip_longest(range(at + 4, near + 1), text[at + 3 : near], text[at + 4 : near + 1]):
            yield end, 0.0 if last == "。" else 1.0 if following is None or following in _BEGINS_CELL else 1.6
        end = text.find("。", at + 60, stop) + 1
        while end > 0:
            yield end, 0.0
            end = text.find("。", end, stop) + 1

    def _short_ends(self, at: int) -> Ends:
        for end in range(at + 2, min(self.stop, at + 8) + 1):
            if not "\u4e00" <= self.text[end - 1] <= "\u9fff" or _HAS_PROPERTY.search(self.text, at, end) or self.text[at] == "性":
                return
            yield end, 0.3 + 0.1 * abs(end - at - 4)

    def _nature_ends(self, at: int) -> Ends:
        if look_at(self.text[at : at + 2]).nature:
            yield at + 2, 0.0

    # ---- back ----------------------------------------------------------------------------------------------------

    def _trace(self, at: int, total: float) -> tuple[list[Token], Alignment]:
        """The tokens and rows of the best dealing."""
        found = Alignment()
        key: tuple[int, int] | None = (at, 0)
        rows: list[list[Span]] = []
        row: list[Span] = []
        while key is not None:
            _, back, cells, _ = self.table[key[0]][key[1]]
            if back is None:
                break
            if key[1] == 0 and back[1] == len(self.groups):
                row = []
                rows.append(row)
            elif key[1] == 0 and cells:
                rows.append(list(cells))
            elif key[1]:
                figures = self.columns[self.groups[key[1] - 1][0]].role in FIGURES
                row[:0] = cells if figures else [(a, self._bare(a, b)) for a, b in cells]
            key = back
        tokens: list[Token] = []
        merged = next((i for i, c in enumerate(self.columns) if c.role is Role.PROPERTY), None)
        rows.reverse()
        for spans in rows:
            if merged is not None and len(spans) > 1 and spans[merged][0] == spans[merged][1]:
                spans[merged] = self._above(rows, spans, merged)
            dealt: list[list[int]] = []
            for a, b in spans:
                dealt.append([len(tokens)] if b > a else [])
                if b > a:
                    tokens.append(Token(self.text[a:b], a, b, first=False))
            found.rows.append(dealt)
        found.stop = len(tokens)
        data = sum(len(row) > 1 for row in found.rows)
        # what a row costs is compared with other readings of the same header, and with other ways to read the rows
        found.total = total + data * (ROW + CELL * len(self.columns) - REWARD) + sum(c.role in (Role.PLACE, None) for c in self.columns)
        return tokens, found

    @staticmethod
    def _above(rows: list[list[Span]], spans: list[Span], column: int) -> Span:
        """What a merged cell above says, whose text stands once: a property."""
        at = next(i for i, row in enumerate(rows) if row is spans)
        return next((row[column] for row in reversed(rows[:at]) if len(row) > 1), spans[column])
