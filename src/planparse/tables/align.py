"""Flattened rows told apart: the cheapest way to deal a stream of tokens out to the columns, row after row (Viterbi over tokens × columns)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.language.columns import NAMING, Role, fold_header
from planparse.language.offices import is_office
from planparse.language.shapes import Rank, find_marker
from planparse.tables.fit import COMPOUND, IMPOSSIBLE, Look, closes_plan, cost, look_at, missing, more
from planparse.tables.tokens import Layout, Token

REWARD = 4.0
"""What a row is worth. A row that costs more than this is not read: the table ends before it."""
GOOD_MEAN = 2.0
"""The mean cost of a table's rows up to which they count as told apart (rows of sound made tables stay below 1)."""

OWN_MEAN = 1.2
"""The same under a header with words of the document's own."""

GIVE_UP = 24.0
"""A row that begins so much dearer than the best end before it is not followed up, nor one that could but end so."""
NEXT = 0.5
"""What the next serial number is worth: the only cell that makes a row cheaper."""

LOST = 6.0
"""What a category costs that does not count on from one in the table, or is called as the last chapters of plans are."""

BODY, HALF = 2.0, 2.5
"""What a body costs in the place of a task, and what it costs that a row ends before the second of two halves side by side."""
BARE, NARROW = 1.0, 4
"""What it costs that a row has two cells alone, in a table of more columns than these."""

MERGED = 3.2
"""What it costs that a row begins behind merged cells."""
BEAM = 11.0
"""A reading so much dearer than the cheapest one of the same tokens is given up (more than a missing name and one missing cell cost)."""
_LIST = re.compile(r"[、，,；;]")
_START, _TAKEN, _SKIPPED = 0, 1, 2
"""Nothing of the row is read yet; its last column has a token; its last column has none."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be filled: what it is called, what it holds; whether its values are actual ones or aims."""

    name: str
    role: Role | None
    dated: bool = False
    goal: bool = False
    start: int = 0
    end: int = 0
    parent: str = ""
    """The header cell that spans this column and its neighbours, where the header has two rows."""


@dataclass(slots=True)
class Alignment:
    """Rows as token numbers by column; a category row has one list. ``stop`` is the first token that belongs to no row."""

    rows: list[list[list[int]]] = field(default_factory=list)
    stop: int = 0
    total: float = 0.0
    sums: int = 0
    """How many of the rows are sums of others."""
    merged: int = 0
    """How many of the rows begin behind merged cells."""

    @property
    def data_rows(self) -> int:
        return sum(len(row) > 1 for row in self.rows) - self.sums

    @property
    def mean(self) -> float:
        """Mean cost of a data row."""
        return (self.total - MERGED * self.merged) / self.data_rows + REWARD if self.data_rows else IMPOSSIBLE


_Back = tuple[int, int, int]
"""A state's place: token, column, kind."""
_State = tuple[float, _Back | None, str, int, int, bool]
"""Total cost; the state before; the step from there; the last serial number; how many cells are filled; no row since the last category.
A plain tuple, since thousands are made of one table."""


class Looks:
    """What the tokens look like, worked out when it is asked for: most of a long stream is never reached."""

    def __init__(self, tokens: list[Token], known: dict[str, Look]) -> None:
        self._tokens, self._known = tokens, known

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, number: int) -> Look:
        text = self._tokens[number].text
        look = self._known.get(text)
        if look is None:
            look = self._known[text] = look_at(text)
        return look


class Aligner:
    """One alignment of one stream with one set of columns."""

    def __init__(self, tokens: list[Token], columns: list[Column], layout: Layout, looks: dict[str, Look]) -> None:
        self.tokens = tokens
        self.columns = columns
        self.layout = layout
        self.width = len(columns)
        self.has_number = any(c.role is Role.NUMBER for c in columns)
        self.looks = Looks(tokens, looks)
        self.numbers = [c.role is Role.NUMBER for c in columns]
        self.names = [c.role in NAMING for c in columns]
        self.bars, self.lines, self.blanks = (layout is one for one in (Layout.BARS, Layout.LINES, Layout.BLANKS))
        self.header = "".join(fold_header(c.name) for c in columns)
        self.money = [i for i, c in enumerate(columns) if c.role in (Role.INVESTMENT, Role.VALUE)]
        self.misses = [missing(c.role, dated=c.dated, goal=c.goal) for c in columns]
        self.parts = [i for i, c in enumerate(columns) if i and c.name and c.name == columns[0].name]
        self.merged = self._merged()
        self.table: list[dict[tuple[int, int], _State]] = [{} for _ in range(len(tokens) + 1)]
        self.in_stream = bool(tokens) and not tokens[0].first
        self.counted: dict[tuple[Rank, int], int] = {}
        """Where a category of each ordinal stands first."""

    def _merged(self) -> int:
        """How many of the first columns may hold merged cells that stand once for several rows: numbers and names before measures.
        Where none are told, bodies in a row of their own go on with the cell above."""
        roles = [c.role for c in self.columns]
        first = next((i for i, role in enumerate(roles) if role not in (*NAMING, Role.NUMBER, Role.CATEGORY)), 0)
        named = any(role in NAMING for role in roles[:first])
        return first if named and Role.CONTENT in roles[first:] and self.width - first > 1 else 0

    def run(self) -> Alignment:
        """The cheapest dealing of a prefix of the stream into whole rows."""
        self.table[0][(0, _START)] = (0.0, None, "", 0, 0, True)
        best, best_at = 0.0, 0
        for at in range(len(self.tokens) + 1):
            here = self.table[at]
            if not here:
                continue
            self._prune(here, best + GIVE_UP + REWARD + NEXT)
            self._close_row(at)
            start = here.get((0, _START))
            if start is not None:
                if start[0] < best - 1e-9:
                    best, best_at = start[0], at
                if start[0] > best + GIVE_UP:
                    del here[(0, _START)]
                else:
                    self._open_row(at, start)
            if at < len(self.tokens) and here:
                self._take(at)
        return self._trace(best_at, best)

    def _put(self, at: int, key: tuple[int, int], state: _State) -> None:
        here = self.table[at]
        held = here.get(key)
        if held is None or state[0] < held[0] - 1e-9:
            here[key] = state

    @staticmethod
    def _prune(here: dict[tuple[int, int], _State], most: float) -> None:
        limit = min(most, min([state[0] for state in here.values()]) + BEAM)
        for key in [key for key, state in here.items() if state[0] > limit]:
            del here[key]

    def _close_row(self, at: int) -> None:
        """Skip the columns that have nothing more, and end the row behind its last column."""
        here = self.table[at]
        first = min([column for column, _ in here], default=0)
        for column in range(max(1, first), self.width):
            for kind in (_TAKEN, _SKIPPED):
                state = here.get((column, kind))
                if state is not None:
                    total, _, _, serial, filled, fresh = state
                    if column in self.parts:  # the last row of halves side by side may be filled in the first only
                        self._put(at, (self.width, _SKIPPED), (total + HALF, (at, column, kind), "skip", serial, filled, fresh))
                    total += self.misses[column]
                    self._put(at, (column + 1, _SKIPPED), (total, (at, column, kind), "skip", serial, filled, fresh))
        for kind in (_TAKEN, _SKIPPED):
            state = here.get((self.width, kind))
            if state is not None:
                total, _, _, serial, filled, _ = state
                if filled >= 2:
                    total += BARE * (filled == 2 and self.width > NARROW)
                    self._put(at, (0, _START), (total - REWARD, (at, self.width, kind), "end", serial, 0, False))

    def _open_row(self, at: int, start: _State) -> None:
        """From a row's beginning: leave out its first columns, or read a category row, a repeated header, an empty cell."""
        begun, _, _, serial, filled, fresh = start
        total = begun
        for column in range(self.width - 1):
            total += self.misses[column]
            if total > begun + BEAM:
                break
            self._put(at, (column + 1, _START), (total, (at, column, _START), "skip", serial, filled, fresh))
        if self.merged and serial and not fresh:
            self._put(at, (self.merged, _START), (begun + MERGED, (at, 0, _START), "skip", serial, filled, fresh))
        if at >= len(self.tokens):
            return
        token, look = self.tokens[at], self.looks[at]
        here = (at, 0, _START)
        if not token.text:
            self._put(at + 1, (0, _START), (begun + 0.05, here, "pass", serial, filled, fresh))
            return
        price = self._category(at, look) + LOST * self._is_lost(at, look)
        names = 1
        if look.ordinal and self.has_number and at + 1 < len(self.tokens) and self.looks[at + 1].chinese:
            names, price = 2, 0.6  # 一 | 道路工程: number and name of a category
        if price < IMPOSSIBLE and at + names <= len(self.tokens):
            self._put(at + names, (0, _START), (begun + price, here, f"category{names}", serial, 0, True))
        last = self.looks[at + names - 1]
        for sums in self._sums(at + names - 1, last, ordinal=names == 2):
            total = begun + (-0.2 if last.total else 0.8)
            self._put(at + names + sums, (0, _START), (total, here, f"sums{names}{sums}", serial, 0, True))
        stop = self._repeated_header(at)
        if stop:
            self._put(stop, (0, _START), (begun + 0.1, here, f"pass{stop - at}", serial, filled, fresh))

    def _sums(self, at: int, look: Look, *, ordinal: bool) -> list[int]:
        """How many tokens may be the sums behind a category or 合计 that has no serial number: 一、产业项目 11.2 10.1."""
        if not self.has_number or not self.money or not (look.category or look.total or ordinal):
            return []
        found: list[int] = []
        figures = 0
        for count in range(1, self.width):
            if at + count >= len(self.looks):
                break
            following = self.looks[at + count]
            figures += bool(following.text)
            if (following.text and not following.number) or figures > len(self.money):
                break
            if figures:
                found.append(count)
        return found

    def _category(self, at: int, look: Look) -> float:
        if (look.figure and not look.category) or look.property or look.sentence or not look.chinese or (look.unit and len(look.text) < 2):
            return IMPOSSIBLE
        serial_next = self._next_serial(at) is not None
        if look.category:
            return 0.5 if serial_next or not self.has_number else 0.9
        if len(look.text) > 24:
            return IMPOSSIBLE
        return 1.0 if serial_next and self.has_number else 2.0 if not self.has_number and len(look.text) <= 14 else 2.8

    def _next_serial(self, at: int) -> int | None:
        """The serial number that stands behind a token."""
        return next((self.looks[i].serial for i in range(at + 1, min(at + 3, len(self.looks))) if self.looks[i].text), None)

    def _is_lost(self, at: int, look: Look) -> bool:
        """Whether the count of a category has begun above the table: 三、 where no 二、 stands in it is a chapter's number, but for the first
        of a part of a table that goes on behind a page break."""
        marker = find_marker(look.text) if look.category else None
        if marker is None or marker.ordinal is None:
            return False
        self.counted.setdefault((marker.rank, marker.ordinal), at)
        if marker.rank is Rank.CHINESE and closes_plan(look.text) and self._next_serial(at) is None:
            return True
        return at > 0 and marker.ordinal > 1 and self.counted.get((marker.rank, marker.ordinal - 1), at) >= at

    def _repeated_header(self, at: int) -> int:
        """Where the header that stands here again ends, or 0."""
        rest, number = self.header, at
        while rest and number < len(self.tokens):
            piece = fold_header(self.tokens[number].text)
            if not piece or not rest.startswith(piece):
                return 0
            rest = rest[len(piece) :]
            number += 1
        return 0 if rest else number

    def _take(self, at: int) -> None:
        """Read the token as the next column's cell, as more of the last column's, or pass an empty one over."""
        token, look = self.tokens[at], self.looks[at]
        joins = bool(token.text) and not self.tokens[at - 1].closed and not self._is_lost(at, look)
        prices: dict[int, float] = {}
        for (column, kind), state in list(self.table[at].items()):
            back = (at, column, kind)
            total, _, _, serial, filled, fresh = state
            if kind == _TAKEN and joins:
                before = self.looks[at - 1]
                price = more(self.columns[column - 1].role, before, look) + self._short(before, column)
                if self.bars and price < IMPOSSIBLE:
                    price = min(price, 0.5)  # no bar stands between the two
                if price < IMPOSSIBLE:
                    self._put(at + 1, (column, _TAKEN), (total + price, back, "more", serial, filled, fresh))
            if column < self.width:
                if column not in prices and not self.numbers[column]:
                    prices[column] = self._cost(column, look) if token.text else self.misses[column] * 0.3
                self._fill(at, column, prices.get(column), state, back)
            if not token.text and kind != _START:
                self._put(at + 1, (column, kind), (total + 0.3, back, "pass", serial, filled, fresh))

    def _cost(self, column: int, look: Look) -> float:
        """What the token costs by itself as the column's cell; a body is no task where a column holds who takes part."""
        body = look.office and self.columns[column].role is Role.TASK and any(c.role is Role.LEAD for c in self.columns)
        return cost(self.columns[column].role, look, dated=self.columns[column].dated) + BODY * body

    def _short(self, before: Look, column: int) -> float:
        """A cell is broken over lines where it is long; a short first piece is a cell of its own."""
        if not self.lines or not self.names[column - 1]:
            return 0.0
        length = len(before.text)
        return 1.6 if length <= 4 else 0.6 if length <= 6 else 0.0

    def _fill(self, at: int, column: int, price: float | None, state: _State, back: _Back) -> None:
        """Read the token as the cell of a column; ``price`` is what it costs there by itself, where no serial number stands before it."""
        token, look, opening = self.tokens[at], self.looks[at], back[2] == _START
        total, _, _, serial, filled, fresh = state
        if price is None and column > self.numbers.index(True) and look.serial is not None:
            price = 0.0  # halves side by side: each counts by itself
        elif price is None:
            price = self._serial(look, serial, fresh) if token.text else self.misses[column] * 0.3
            serial = look.serial if look.serial is not None else serial
        if look.category and not self.bars:
            price += LOST * self._is_lost(at, look)
        if self.bars and at and not self.tokens[at - 1].closed:
            price += 0.9  # the cell before has lost its bar
        if self.blanks:
            # in a stream of cells, line breaks stand where a page had them
            price += (0.4 if self.in_stream else 4.0) * (opening and not token.first)
            price += (0.2 if self.in_stream else 1.5) * (not opening and token.first)
        if price < IMPOSSIBLE:
            if token.text:
                self._put(at + 1, (column + 1, _TAKEN), (total + price, back, "take", serial, filled + 1, fresh))
            else:
                self._put(at + 1, (column + 1, _SKIPPED), (total + price, back, "void", serial, filled, fresh))

    @staticmethod
    def _serial(look: Look, last: int, fresh: bool) -> float:
        if look.serial is None:
            return 0.3 if COMPOUND.fullmatch(look.text) else 2.5 if look.total else IMPOSSIBLE if not look.absent else 4.0
        ahead = look.serial - last
        if ahead == 1:
            return -NEXT
        if look.serial == 1:
            return 0.2 if fresh else 2.5
        if fresh and ahead > 1:
            return min(1.0 * (ahead - 1), 2.0)  # what one body took out of a list counts on below each category
        return min(1.0 * (ahead - 1), 6.0) if 1 < ahead <= 30 else 6.0

    def _trace(self, at: int, total: float) -> Alignment:
        """Walk back from the best end."""
        found = Alignment(stop=at, total=total)
        key: _Back | None = (at, 0, _START)
        row: list[list[int]] = []
        while key is not None:
            _, back, step, *_ = self.table[key[0]][(key[1], key[2])]
            if back is None:
                break
            if step == "end":
                row = [[] for _ in self.columns]
                found.rows.append(row)
            elif step.startswith("category"):
                found.rows.append([list(range(back[0], back[0] + int(step[8:])))])
            elif step.startswith("sums"):
                found.sums += 1
                found.rows.append(self._sum_row(back[0], int(step[4]), int(step[5:])))
            elif step in ("take", "void"):
                row[back[1]].insert(0, back[0])
            elif step == "more":
                row[back[1] - 1].insert(0, back[0])
            key = back
        found.rows.reverse()
        while found.rows and len(found.rows[-1]) == 1:
            found.rows.pop()
        self._finish(found)
        found.merged = sum(len(row) > 1 and not any(row[: self.merged]) for row in found.rows) if self.merged else 0
        found.stop = max((n for row in found.rows for cell in row for n in cell), default=-1) + 1
        return found

    def _sum_row(self, at: int, names: int, count: int) -> list[list[int]]:
        """The row of a category or 合计 with its sums in the columns of values, as many as there are, from the left."""
        row: list[list[int]] = [[] for _ in self.columns]
        row[0] = list(range(at, at + names))
        figures = [n for n in range(at + names, at + names + count) if self.tokens[n].text]
        for number, column in zip(figures, self.money, strict=False):
            row[column] = [number]
        return row

    def _finish(self, found: Alignment) -> None:
        """Give the last row the lines in which its last cell goes on: a name of a body that was broken off."""
        while found.rows and found.rows[-1][-1]:
            cell, column = found.rows[-1][-1], self.columns[-1]
            following = cell[-1] + 1
            if column.role not in (Role.LEAD, Role.SUPPORT) or following >= len(self.tokens) or self.tokens[cell[-1]].closed:
                return
            last = _LIST.split(self.looks[cell[-1]].text)[-1]
            rest = _LIST.split(self.looks[following].text)[0]
            broken = not is_office(last) and is_office(last + rest)
            several = self.looks[following].office and any(len(row[-1]) > 1 for row in found.rows[:-1])
            if not (broken or several) or len(self.looks[following].text) > 40:
                return
            cell.append(following)
