"""The columns of a grid by what they hold, told from their headers and, where a header has two meanings, from their cells."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from planparse.language.columns import NAMING, Role, is_unit, role_of
from planparse.language.markers import Rank, find_marker
from planparse.language.tidy import tidy
from planparse.model.document import Cell, Grid

Row = tuple[Cell, ...]

_OPENS = re.compile(r"开工|起|开始|启动")
_CLOSES = re.compile(r"竣工|完工|[止终]|完成|建成|投产|结束")
_ABSENT = re.compile(r"[\s—_\-－–―/／\\*.·]*")
_CATEGORY_RANKS = (Rank.CHINESE, Rank.CHINESE_PAREN)
_ORDINAL_CELL = re.compile(r"([一二三四五六七八九十]{1,3})[、.．]?\s+(?=\S)")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)(?:[（(].*[）)])?[:：]?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers by role, in order; ``names`` are the headers."""

    names: tuple[str, ...]
    roles: tuple[Role | None, ...]

    def of(self, *roles: Role) -> list[int]:
        """Numbers of the columns with one of the roles, from left to right."""
        return [i for i, role in enumerate(self.roles) if role in roles]

    def first(self, *roles: Role) -> int | None:
        """The first column with the first of the roles that any column has."""
        for role in roles:
            found = self.of(role)
            if found:
                return found[0]
        return None


def read_columns(grid: Grid) -> Columns:
    """The roles of a grid's columns. 单位 over names of bodies is who is responsible, over measures a unit."""
    header = (
        [tuple(tidy(c.text) for c in column) for column in zip(*grid.rows[: grid.header_rows], strict=True)]
        if grid.header_rows
        else []
    )
    names = tuple(" ".join(dict.fromkeys(t for t in texts if t)) for texts in header)
    roles = [_role(tuple(dict.fromkeys(t for t in texts if t))) for texts in header]
    for i, role in enumerate(roles):
        if role is Role.UNIT and not _holds_units(grid, i):
            roles[i] = Role.LEAD
        if not names[i] and Role.NUMBER not in roles and _holds_serials(grid, i):
            roles[i] = Role.NUMBER
    unnamed = _unnamed(names, roles)
    if unnamed is not None:
        roles[unnamed] = Role.TASK
    return Columns(names, tuple(roles))


_SCHEDULE = (Role.LEAD, Role.SUPPORT, Role.END, Role.YEARS, Role.START)


def _unnamed(names: tuple[str, ...], roles: list[Role | None]) -> int | None:
    """The column that says what is to be done, under a word of the document's own: 序号 | 惠民十件事 | 责任单位 | 完成时限."""
    if Role.NUMBER not in roles or not any(r in roles for r in _SCHEDULE) or any(r in roles for r in (*NAMING, Role.CONTENT)):
        return None
    at = roles.index(Role.NUMBER) + 1
    return at if at < len(roles) and roles[at] is None and names[at] else None


def _role(texts: tuple[str, ...]) -> Role | None:
    """The role of a column from its header cells, top to bottom."""
    if not texts:
        return None
    if len(texts) == 1:
        return role_of(texts[0])
    top, last = role_of(texts[0]), role_of(texts[-1])
    if top in (Role.YEARS, Role.START, Role.END):
        return Role.START if _OPENS.search(texts[-1]) else Role.END if _CLOSES.search(texts[-1]) else top
    if top is Role.INVESTMENT and last is Role.VALUE:
        return Role.INVESTMENT if re.search(r"总|合计", texts[-1]) else None
    if last is not None:
        return last
    return role_of("".join(texts)) or top


def _holds_units(grid: Grid, column: int) -> bool:
    cells = [tidy(row[column].text).strip("（()）") for row in grid.body if row[column].text]
    cells = [c for c in cells if not is_absent(c) and not spans(grid, c, column)]
    return not cells or sum(is_unit(c) or len(c) <= 3 for c in cells) * 2 >= len(cells)


def _holds_serials(grid: Grid, column: int) -> bool:
    cells = [row[column].text for row in grid.body if len({c.start for c in row}) > 1]
    return len(cells) >= 2 and sum(c.isdecimal() and len(c) <= 3 for c in cells) * 3 >= len(cells) * 2


def spans(grid: Grid, text: str, column: int) -> bool:
    """Whether the text is that of a row that one cell fills (a category row)."""
    return any(tidy(row[column].text) == text and len({c.start for c in row}) == 1 for row in grid.body)


def is_absent(text: str) -> bool:
    """Whether a cell says nothing: empty, or a dash, stroke or underline."""
    return _ABSENT.fullmatch(text) is not None


def is_total(text: str) -> bool:
    """Whether a cell names a sum of other rows (合计, 小计)."""
    return _TOTAL.fullmatch(tidy(text)) is not None


def category_of(row: Row, columns: Columns) -> str | None:
    """The category that a row states for those below it: one cell over all columns, or alone in its row and numbered 一、 or （一）."""
    if _is_numbered_heading(row, columns):
        return text_at(row, columns.first(*NAMING))
    first = tidy(row[0].text)
    ordinal = _ORDINAL_CELL.match(row[0].text)
    if ordinal:
        first = f"{ordinal[1]}、{tidy(row[0].text[ordinal.end() :])}"
    marker = find_marker(first)
    if (
        marker is not None
        and marker.rank in _CATEGORY_RANKS
        and not any(row[i].text and row[i].start != row[0].start for i in columns.of(*NAMING) if i > 0)
    ):
        return first
    held = {(c.start, c.end): c for c in row if c.text and not is_absent(c.text)}
    if len(held) != 1:
        return None
    cell = next(iter(held.values()))
    text = tidy(cell.text)
    if len(row) > 1 and all(c.start == cell.start and c.text for c in row):
        return text
    marker = find_marker(text)
    if marker is not None and marker.rank in _CATEGORY_RANKS and len(text) <= 40:
        return text
    number = columns.first(Role.NUMBER)
    alone_first = bool(row[0].text) and (number is None or not row[number].text or number == 0)
    return text if alone_first and number is not None and len(text) <= 30 and not text.isdecimal() else None


def _is_numbered_heading(row: Row, columns: Columns) -> bool:
    """Whether a row has a Chinese ordinal for its serial number and nothing but a name and sums: 一 | 水源工程（2项） |  |  | 12000."""
    number = columns.first(Role.NUMBER)
    if number is None or _ORDINAL.fullmatch(tidy(row[number].text)) is None or not text_at(row, columns.first(*NAMING)):
        return False
    told = columns.of(Role.CONTENT, Role.LEAD, Role.SUPPORT, Role.END, Role.YEARS, Role.START, Role.PLACE, Role.UNIT, Role.PROPERTY)
    return bool(told) and not any(text_at(row, i) for i in told)


@dataclass(slots=True)
class Categories:
    """The category that a row stands under: of a row that only names one, and of the category columns, whose cells often stand once."""

    columns: Columns
    numbers: list[int]
    heading: str | None = None
    carried: dict[int, str] = field(default_factory=dict)

    def is_heading(self, row: Row) -> bool:
        """Whether the row only names a category; it then holds for the rows below."""
        heading = category_of(row, self.columns)
        if heading is not None:
            self.name(heading)
        return heading is not None

    def name(self, heading: str) -> None:
        """Let a category hold for the rows below."""
        self.heading = heading
        self.carried.clear()

    def of(self, row: Row, name: str = "") -> str | None:
        """The row's category: its own cells, those above it, or the heading above."""
        for column in self.numbers:
            text = text_at(row, column)
            if text:
                self.carried[column] = text
        own = dict.fromkeys(t for column in self.numbers if (t := self.carried.get(column)) and t != name)
        return " ".join(own) or self.heading


def span_of(row: Row) -> tuple[int, int]:
    """The stretch of clean text in which the row's own cells stand."""
    own = [c for c in row if c.text and not c.propagated] or [c for c in row if c.text] or list(row)
    return min(c.start for c in own), max(c.end for c in own)


def text_at(row: Row, column: int | None) -> str:
    """The cell's wording with line breaks closed up; "" where there is no such column or it says nothing."""
    if column is None:
        return ""
    text = tidy(row[column].text)
    return "" if is_absent(text) else text


def merged_columns(grid: Grid, columns: list[int]) -> dict[int, int]:
    """How many body rows of each column repeat the cell above."""
    counts: dict[int, int] = defaultdict(int)
    for row in grid.body:
        for column in columns:
            if row[column].propagated and row[column].text and len({c.start for c in row}) > 1:
                counts[column] += 1
    return dict(counts)
