"""What the columns of a table hold: the best assignment of roles to all columns together, from the header's words and from the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planparse.language.cells import parse_cell
from planparse.language.columns import NAMING, Role, closes, is_unit, is_whole, opens, other_roles, role_of
from planparse.language.tidy import tidy
from planparse.model.document import Grid
from planparse.tables.fit import Look, cost, is_total, look_at
from planparse.tables.weights import weights

MOST_CELLS = 40
"""Cells of a column that are looked at."""
WIDTH = 48
"""Assignments that are followed up side by side."""
CHOICES = 5
"""Roles of a column that are followed up."""
DEAREST = 4.0
"""What one cell may cost at most: a single odd one does not decide."""
_ONCE = (Role.NUMBER, Role.UNIT, Role.PROPERTY, *NAMING)
_TOLD = (Role.GROWTH, Role.INVESTMENT, Role.SCORE, Role.START, Role.SUPPORT)
_NO_EVIDENCE = 0.2

Texts = tuple[str, ...]
"""The header cells of one column from top to bottom, each wording once."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers by role, in order. ``margin``: how much dearer the best assignment with other roles is; ``price``: what each column costs."""

    texts: tuple[Texts, ...]
    roles: tuple[Role | None, ...]
    margin: float = 9.0
    prices: tuple[float, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The headers."""
        return tuple(" ".join(texts) for texts in self.texts)

    def of(self, *roles: Role) -> list[int]:
        """Numbers of the columns with one of the roles, from left to right."""
        return [i for i, role in enumerate(self.roles) if role in roles]

    def first(self, *roles: Role) -> int | None:
        """The first column with the first of the roles that any column has."""
        return next((self.roles.index(role) for role in roles if role in self.roles), None)


def type_columns(header: Sequence[Texts], body: Sequence[Sequence[str]]) -> Columns:
    """The roles of the columns. ``body`` are the rows that hold data, tidied; a merged cell stands in the first of its rows only."""
    rows = body[:MOST_CELLS]
    choices = [_choices(texts, [row[i] for row in rows]) for i, texts in enumerate(header)]
    found = [(0.0, ())] if not choices else _search(header, choices)
    best, roles = found[0]
    margin = next((price - best for price, other in found[1:] if _tells(other, roles)), 9.0)
    prices = tuple(next(p for p, r in options if r is role) for options, role in zip(choices, roles, strict=True))
    return Columns(tuple(header), roles, round(margin, 3), prices)


def read_columns(grid: Grid) -> Columns:
    """The roles of a grid's columns; none where it has no header."""
    if not grid.header_rows:
        return Columns((), ())
    header = [tuple(dict.fromkeys(t for c in column if (t := tidy(c.text)))) for column in zip(*grid.rows[: grid.header_rows], strict=True)]
    return type_columns(header, data_texts(grid))


def data_texts(grid: Grid) -> list[list[str]]:
    """The rows of data as wording, without those that one cell fills; what a merged cell says stands in its first row only."""
    rows = [row for row in grid.body if len({c.start for c in row if c.text}) > 1]
    return [["" if c.propagated else tidy(c.text) for c in row] for row in rows]


def _tells(other: tuple[Role | None, ...], best: tuple[Role | None, ...]) -> bool:
    """Whether the second assignment reads another thing in the table than the first, and not only another remark."""
    idle = (None, Role.REMARK, Role.NATURE, Role.PLACE, Role.SCORE)
    return any(a is not b and not (a in idle and b in idle) for a, b in zip(other, best, strict=True))


# ---- one column ------------------------------------------------------------------------------------------------------


def _choices(texts: Texts, cells: list[str]) -> list[tuple[float, Role | None]]:
    """The roles that a column may have, the cheapest first."""
    w = weights("roles")
    looks = [look for look in map(look_at, cells) if look.text and not look.absent and not look.total]
    named = header_roles(texts)
    exact = any(level in ("word", "joined") for level in named.values())
    options: list[tuple[float, Role | None]] = []
    for role in Role:
        level = named.get(role, "against" if exact else "blind" if role in _TOLD else "unnamed" if not texts else "unknown")
        options.append((w[level] + _cells(role, looks), role))
    options.append((w["other_word" if exact else "other"], None))
    return sorted(options, key=lambda option: option[0])[:CHOICES]


def _cells(role: Role, looks: list[Look]) -> float:
    """What the column's cells cost in the role: the mean of all, the less told the fewer there are."""
    w = weights("roles")
    if not looks:
        return _NO_EVIDENCE if role is not Role.NUMBER and role not in NAMING else 1.0
    share = len(looks) / (len(looks) + w["few"])
    if role is Role.NUMBER:
        return share * (w["serials"] if _count_up(looks) else w["no_serials"])
    prices: dict[str, float] = {}
    for look in looks:
        if look.text not in prices:
            prices[look.text] = min(DEAREST, _one(role, look))
    mean = sum([prices[look.text] for look in looks]) / len(looks)
    if role in NAMING:
        mean += w["unlike"] * (1 - len(prices) / len(looks))
    return w["cells"] * share * mean


def _one(role: Role, look: Look) -> float:
    if role is Role.UNIT:
        return 0.0 if look.unit or is_unit(look.text.strip("（()）")) else 3.0
    if role is Role.VALUE and look.sentence and look.figure:
        return 0.2 if parse_cell(look.text).value is not None else 3.0
    if role is Role.REMARK and (look.figure or look.office):
        return 1.8
    return cost(role, look)


def _count_up(looks: list[Look]) -> bool:
    serials = [look.serial for look in looks if look.serial is not None]
    if len(serials) * 3 < len(looks) * 2:
        return all(look.ordinal for look in looks)
    steps = sum(b == a + 1 or b == 1 for a, b in pairwise(serials))
    return steps * 3 >= (len(serials) - 1) * 2


def header_roles(texts: Texts) -> dict[Role, str]:
    """The roles that a column's header cells speak for, with how plainly they do: word, joined, also, stem."""
    found: dict[Role, str] = {}
    if not texts:
        return found
    top, last = role_of(texts[0]), role_of(texts[-1])
    exact = _of_two(top, last, texts) if len(texts) > 1 else last
    if exact is not None:
        found[exact] = "word" if exact is last else "joined"
    for text in (texts[-1], *texts[:-1]):
        for role, said in other_roles(text).items():
            found.setdefault(role, "also" if said else "stem" if exact is None else "against")
    return found


def _of_two(top: Role | None, last: Role | None, texts: Texts) -> Role | None:
    """The role of a header of several rows: the lowest cell tells, under years and money the uppermost."""
    if top in (Role.YEARS, Role.START, Role.END) and last is not Role.VALUE:
        return Role.START if opens(texts[-1]) else Role.END if closes(texts[-1]) else top
    if top is Role.INVESTMENT or (top is None and Role.INVESTMENT in other_roles(texts[0])):
        return Role.REMARK if last is Role.VALUE and not is_whole(texts[-1]) else Role.INVESTMENT if last in (None, Role.VALUE) else last
    return last or role_of("".join(texts)) or top


# ---- all columns -----------------------------------------------------------------------------------------------------


_Assigned = tuple[float, tuple[Role | None, ...]]


def _search(header: Sequence[Texts], choices: list[list[tuple[float, Role | None]]]) -> list[_Assigned]:
    """The cheapest assignments, the best first: columns from left to right, so many followed up as ``WIDTH``."""
    beam: list[_Assigned] = [(0.0, ())]
    for column, options in enumerate(choices):
        beam = sorted(_extended(beam, header, column, options), key=lambda one: one[0])[:WIDTH]
    nameless = weights("roles")["nameless"]
    return sorted(((price + nameless * (not any(r in NAMING for r in roles)), roles) for price, roles in beam), key=lambda one: one[0])


def _extended(beam: Iterable[_Assigned], header: Sequence[Texts], column: int, options: list[tuple[float, Role | None]]) -> Iterator[_Assigned]:
    for price, roles in beam:
        for own, role in options:
            yield price + own + _again(roles, role, header, column), (*roles, role)


def _again(roles: tuple[Role | None, ...], role: Role | None, header: Sequence[Texts], column: int) -> float:
    """What a further column of a role costs that a table has once; names may stand in two columns under one header cell."""
    w = weights("roles")
    if role is Role.CATEGORY and any(r is Role.NAME for r in roles):
        return w["behind"]
    if role not in _ONCE:
        return 0.0
    same = (role,) if role not in NAMING else NAMING
    before = [i for i, other in enumerate(roles) if other in same]
    if not before:
        return 0.0
    if role in NAMING and before[-1] == column - 1 and header[column - 1][:1] == header[column][:1]:
        return w["beside"]
    return w["again"]


def is_sum(text: str) -> bool:
    """Whether a cell names a sum of other rows (合计, 小计)."""
    return is_total(text.rstrip(":："))
