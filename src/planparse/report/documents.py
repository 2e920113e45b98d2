"""What the page of one document shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Any

from planparse.checks.trust import SOUND
from planparse.dataset.coverage import Claim, Coverage, coverage, locate, markup, target_places
from planparse.dataset.search import PLACES
from planparse.model.findings import Code
from planparse.model.records import IDENTIFIERS
from planparse.model.safe import cut
from planparse.report.gold import TABLES, gold_head, gold_row, period_of, plain
from planparse.report.grids import Drawn, drawn_tables, pairs
from planparse.report.marking import Line, Mark, line_starts, lines

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

SINGULAR = {table: table.removesuffix("s") for table in TABLES}
NAMES = {table: place.name for table, place in PLACES.items()}
"""The column that names a record."""
NOT_SHOWN = {
    "doc_id", "source_start", "source_end", "page", "section_id", "parent_id", "owner_id", "table_id", "seq", "path", "ordinal",
}  # fmt: skip
SHOWN_ONCE = {"sentence"}
"""Columns that the source text beside the record shows."""
PLAIN_VALUES = {"commitment": "plain", "approximate": False, "per_year": False, "basis": "end_of_period"}
"""What goes without saying on a card."""
CHOICES = {
    "level", "kind", "source", "comparator", "property", "basis", "context", "commitment", "approximate", "per_year",
}  # fmt: skip
"""Columns whose values are of a closed list."""
NAME_LENGTH = 60
AROUND = 18
"""Characters before and after a number in the list of numbers."""
HEADING_LENGTH = 400
FOLDED = 400
"""Characters of left-out text that are folded away."""
LEFT_OUT, RECORDED = {"markup", "left"}, {*SINGULAR.values()}
DOCUMENT_COLUMNS = (
    "doc_number", "issuer", "region", "region_level", "region_code", "domain", "plan_kind", "period", "base_year", "issued_date",
    "published_date", "index_number", "script", "keywords", "source_path", "media_type", "encoding", "char_count", "trust",
    "outline_trust", "coverage",
)  # fmt: skip
DOCUMENT_CHOICES = {"region_level", "plan_kind", "script", "trust"}


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a card: the column and its value; ``choice`` values are translated."""

    column: str
    text: str
    choice: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A record as the list beside the text shows it."""

    number: int
    table: str
    kind: str
    identifier: str
    name: str
    values: list[Value]
    page: int | None
    depth: int
    owner: int | None
    """Number of the record that it belongs to."""
    gold: Row
    """The record as a row of a gold file."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A number that no record claims, with the text around it."""

    number: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template of a document needs."""

    document: Row
    title: str
    about: list[Value]
    cards: list[Card]
    counts: dict[str, int]
    findings: list[tuple[int, Row]]
    loose: list[Loose]
    coverage: Coverage
    grids: list[Drawn]
    lines: list[Line]
    beside: dict[int, list[Card | tuple[int, Row] | Loose]]
    """Cards, findings and unclaimed numbers by the line in which they begin: there they are written, next to their wording."""
    folds: dict[int, tuple[int, int]]
    """Where lines begin that are left out of the text and folded away: the line behind them, and their characters."""
    data: dict[str, Any]
    """For the page's script: what a gold file says before its tables."""


def number_at(tables: Tables, start: int, end: int) -> int:
    """The number of what a page shows of a place: the finding of this span, else the smallest record that holds it, else the first."""
    ordered = in_order(tables)
    for number, row in enumerate(tables["findings"], len(ordered)):
        if (row["source_start"], row["source_end"]) == (start, end):
            return number
    holding = [(row["source_end"] - row["source_start"], number) for number, (_, row) in enumerate(ordered) if row["source_start"] <= start < row["source_end"]]
    return min(holding, default=(0, 0))[1]


def page(document: Row, tables: Tables) -> Page:
    """Make the page of one document of its rows by table."""
    text = tables["sources"][0]["text"] if tables["sources"] else ""
    ordered = in_order(tables)
    numbers = {row[IDENTIFIERS[table]]: index for index, (table, row) in enumerate(ordered)}
    cards = _cards(ordered, numbers)
    findings = list(enumerate(tables["findings"], len(ordered)))
    covered = coverage(text, tables)
    unclaimed = [number for number in covered.numbers if number.claim is Claim.UNCLAIMED]
    first = len(ordered) + len(findings)
    loose = [
        Loose(
            index,
            _line(text[max(0, n.start - AROUND) : n.start]),
            text[n.start : n.end],
            _line(text[n.end : n.end + AROUND]),
        )
        for index, n in enumerate(unclaimed, first)
    ]
    marks = _marks(text, ordered, tables)
    marks += [
        Mark(row["source_start"], max(row["source_end"], row["source_start"] + 1), f"finding {row['severity']}" + " left" * (row["code"] == Code.INJECTED_TEXT), index)
        for index, row in findings
        if row["source_start"] is not None
    ]
    marks += [Mark(n.start, n.end, "loose", index) for index, n in enumerate(unclaimed, first)]
    marks += [Mark(n.start, n.end, "past") for n in covered.numbers if n.claim is Claim.BACKGROUND]
    placed: list[tuple[int, Card | tuple[int, Row] | Loose]] = [
        *((row["source_start"], card) for card, (_, row) in zip(cards, ordered, strict=True)),
        *((row["source_start"] or 0, (index, row)) for index, row in findings),
        *((number.start, one) for one, number in zip(loose, unclaimed, strict=True)),
    ]
    drawn = lines(text, marks)
    return Page(
        document=document,
        title=document["title"] or document["source_path"],
        about=_about(document),
        cards=cards,
        counts=dict(Counter(card.table for card in cards)),
        findings=findings,
        loose=loose,
        coverage=covered,
        grids=drawn_tables(text, ((number, table, row) for number, (table, row) in enumerate(ordered))),
        lines=drawn,
        beside=_by_line(text, placed, len(drawn)),
        folds=_folds(drawn),
        data={"id": document["doc_id"], "gold": gold_head(document)},
    )


def in_order(tables: Tables) -> list[tuple[str, Row]]:
    """All records as the text has them; of those that begin together, the larger kinds first. A record's number is its place."""
    rank = {table: index for index, table in enumerate(TABLES)}
    rows = [(table, row) for table in TABLES for row in tables[table]]
    return sorted(rows, key=lambda item: (item[1]["source_start"], rank[item[0]], item[1]["seq"]))


def _cards(ordered: Sequence[tuple[str, Row]], numbers: Mapping[str, int]) -> list[Card]:
    levels = {row["section_id"]: row["level"] for table, row in ordered if table == "sections"}
    cards = []
    for number, (table, row) in enumerate(ordered):
        owner = row.get("owner_id") or (row.get("parent_id") if table != "sections" else None) or row.get("section_id")
        cards.append(
            Card(
                number=number,
                table=table,
                kind=SINGULAR[table],
                identifier=row[IDENTIFIERS[table]],
                name=name_of(table, row),
                values=_values(table, row),
                page=row["page"],
                depth=levels.get(row["section_id"], 1),
                owner=None if table == "sections" else numbers.get(owner or ""),
                gold=gold_row(table, row),
            )
        )
    return cards


def _by_line(text: str, placed: Sequence[tuple[int, Any]], count: int) -> dict[int, list[Any]]:
    starts = line_starts(text)
    found: dict[int, list[Any]] = {}
    for place, item in placed:
        found.setdefault(min(bisect_right(starts, place), count - 1), []).append(item)
    return found


def _folds(drawn: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Runs of lines that hold nothing but markup, hidden text and blanks, where they are long."""
    folds: dict[int, tuple[int, int]] = {}
    for left, run in groupby(enumerate(drawn), key=lambda item: _is_left_out(item[1])):
        several = list(run)
        size = sum(len(segment.text) for _, line in several for segment in line)
        if left and size >= FOLDED:
            folds[several[0][0]] = (several[-1][0] + 1, size)
    return folds


def _is_left_out(line: Line) -> bool:
    names = [set(segment.names.split()) for segment in line if segment.text.strip()]
    return all(found & LEFT_OUT and not found & RECORDED for found in names)


def name_of(table: str, row: Row) -> str:
    """What a record is called in a list: its marker and name, or how its text begins."""
    name = row[NAMES[table]] or row.get("text") or ""
    marker = row.get("number_raw") if table != "indicators" else None
    return cut(f"{marker or ''}{name}".replace("\n", " "), NAME_LENGTH)


def _values(table: str, row: Row) -> list[Value]:
    own = {IDENTIFIERS[table], NAMES[table], "number_raw"} | NOT_SHOWN | SHOWN_ONCE
    values = []
    for column, value in row.items():
        if column in own or value in (None, [], "") or PLAIN_VALUES.get(column) == value:
            continue
        if table == "sections" and (column in ("text", "level") or (column == "trust" and value >= SOUND)):
            continue
        if column == "other_cells":
            values += [Value(f"={header}", cell) for header, cell in pairs(row)]
        else:
            choice = column in CHOICES and isinstance(value, (str, bool, Enum))
            values.append(Value(column, _shown(value), choice))
    return values


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(plain(value))


def _about(document: Row) -> list[Value]:
    row = dict(document) | {"period": period_of(document) or None}
    return [
        Value(column, _shown(row[column]), column in DOCUMENT_CHOICES)
        for column in DOCUMENT_COLUMNS
        if row[column] not in (None, [])
    ]


def _marks(text: str, ordered: Sequence[tuple[str, Row]], tables: Tables) -> list[Mark]:
    targets = dict(
        zip((row["target_id"] for row in tables["targets"]), target_places(text, tables["targets"]), strict=True)
    )
    marks = [Mark(start, end, "markup") for start, end in markup(text)]
    starts = sorted(row["source_start"] for row in tables["sections"])
    for number, (table, row) in enumerate(ordered):
        start, end = row["source_start"], row["source_end"]
        if table == "sections":
            level = min(row["level"], 4)
            end = _heading_end(text, row, starts)
            marks.append(Mark(start, end, f"section h{level}", number, f"s{number}"))
            continue
        marks.append(Mark(start, end, SINGULAR[table], number))
        place = targets.get(row["target_id"]) if table == "targets" else None
        if place:
            marks.append(Mark(place[0], place[1], "quantity", number, exact=True))
    return marks


def _heading_end(text: str, row: Row, starts: Sequence[int]) -> int:
    """Where the heading of a section ends: with its title, else with its line."""
    start = row["source_start"]
    following = bisect_right(starts, start)
    end = min(starts[following] if following < len(starts) else len(text), start + HEADING_LENGTH)
    place = locate(text, row["title"], start, end)
    if place:
        return place[1]
    line = re.compile("\n").search(text, start + 1, end)
    return line.start() if line else max(start + 1, min(row["source_end"], end))


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
