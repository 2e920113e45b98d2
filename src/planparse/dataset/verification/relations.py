"""What rows of one document say of each other: their order, what they stand in, and the concept that their columns link to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from planparse.concepts import LINKED
from planparse.dataset.verification.context import Checked, Row
from planparse.dataset.verification.faults import Failed, same
from planparse.model.records import IDENTIFIERS, Origin, TaskLevel

PDF = "application/pdf"
Found = Iterator[tuple[Row, Failed]]
_LINKS = ("concept", "scope", "unit_norm", "baseline_norm", "target_norm", "value_norm")
_RANKS = {"group": 0, "programme": 0, "task": 1, "project": 1, "measure": 2}


def relations(name: str, rows: list[Row], doc: Checked) -> Found:
    """What does not hold of a document's rows of one table."""
    yield from _numbers(rows)
    if name != "documents":
        yield from _places(name, rows, doc)
    if name in ("sections", "tasks", "projects"):
        yield from _parents(name, rows)
    if name in LINKED:
        yield from _links(name, rows)
    if name in ("tasks", "projects"):
        yield from _headings(name, rows, doc)
    if name == "targets":
        yield from _owners(rows, doc)
    if name == "indicators":
        yield from _captions(rows)


def _numbers(rows: list[Row]) -> Found:
    """Rows are numbered from 1 without a gap."""
    for number, row in enumerate(rows, 1):
        if row.get("seq", number) != number:
            yield row, Failed("seq", row["seq"], number)
            return


def _places(name: str, rows: list[Row], doc: Checked) -> Found:
    """Rows come in the order of the text, none begins with a blank, and each stands in the last section that begins before it."""
    placed = [row for row in rows if row["source_start"] is not None]
    for before, row in pairwise(placed):
        if row["source_start"] < before["source_start"]:
            yield row, Failed("source_start", row["source_start"], f"{before['source_start']} or more")
    sections = doc.rows["sections"]
    starts = [section["source_start"] for section in sections]
    unended = ("sections", "goals", "tasks", "projects") if doc.row["media_type"] == PDF else ()  # a page's number may stand at the end
    for row in placed:
        start, end = row["source_start"], row["source_end"]
        if name != "findings" and doc.source.text[start : start + 1].isspace():
            yield row, Failed("source_start", start, "where its text begins")
        if name not in ("findings", *unended) and doc.source.text[end - 1 : end].isspace():
            yield row, Failed("source_end", end, "where its text ends")
        place = bisect_right(starts, row["source_start"])
        section = sections[place - 1]["section_id"] if place else None
        if name != "sections" and row["section_id"] != section:
            yield row, Failed("section_id", row["section_id"], section)


def _parents(name: str, rows: list[Row]) -> Found:
    """The parent is the last row of a higher rank; a measure may stand in one, a project and an odd section in none, a row of a table does."""
    above: list[Row] = []
    for row in rows:
        while above and _rank(above[-1]) >= _rank(row):
            above.pop()
        nearest = above[-1][IDENTIFIERS[name]] if above else None
        may_be = {nearest}
        if name == "tasks" and row["source"] == Origin.TABLE:
            may_be = {None}
        elif name == "sections" or (name == "projects" and row["source"] != Origin.BOX):
            may_be = {nearest, None}
        elif row["level"] == TaskLevel.MEASURE and row["parent_id"] in {other[IDENTIFIERS[name]] for other in rows if other["level"] == TaskLevel.MEASURE}:
            may_be = {row["parent_id"]}
        if row["parent_id"] not in may_be:
            yield row, Failed("parent_id", row["parent_id"], nearest)
        if name != "tasks" or row["source"] != Origin.TABLE:
            above.append(row)


def _rank(row: Row) -> int:
    return row["level"] if isinstance(row["level"], int) else _RANKS.get(row["level"], 0)


def _links(name: str, rows: list[Row]) -> Found:
    """Concept, unit and values in it follow from the row's own columns."""
    for row in rows:
        values = {column: value for column, value in row.items() if column not in _LINKS}
        LINKED[name](values)
        for column in _LINKS:
            if column in row and not same(row[column], values.get(column)):
                yield row, Failed(column, row[column], values.get(column))


def _headings(name: str, rows: list[Row], doc: Checked) -> Found:
    """A task or project in prose has the number and title of the section that begins with it; only measures begin elsewhere."""
    column = "title" if name == "tasks" else "name"
    sections = {section["source_start"]: section for section in doc.rows["sections"]}
    for row in rows:
        section = sections.get(row["source_start"])
        if (row["source"] == Origin.PROSE) != (section is not None) and row["level"] != TaskLevel.MEASURE:
            yield row, Failed("source", row["source"])
        elif section is None and row["source"] == Origin.PROSE and row["number_raw"] is not None:
            yield row, Failed("number_raw", row["number_raw"], None)
        elif section is not None:
            pairs = (("number_raw", section["number_raw"]), (column, section["title"]))
            yield from ((row, Failed(told, row[told], said)) for told, said in pairs if row[told] != said)


def _owners(rows: list[Row], doc: Checked) -> Found:
    """A target stands in its owner's span; without one, in no record of its section or one above."""
    for row in rows:
        _, owner = doc.named.get(row["owner_id"] or "", ("", None))
        if owner is not None and not _is_in(row, owner):
            yield row, Failed("owner_id", row["owner_id"], f"what holds {row['source_start']}-{row['source_end']}")
        if row["owner_id"] is None:
            above = set(_above(row["section_id"], doc))
            holding = {key for key, (table, record) in doc.named.items() if table != "sections" and record["section_id"] in above and _is_in(row, record)}
            if holding:
                yield row, Failed("owner_id", None, holding)


def _is_in(row: Row, record: Row) -> bool:
    return bool(record["source_start"] <= row["source_start"] and row["source_end"] <= record["source_end"])


def _above(section_id: str | None, doc: Checked) -> Iterator[str]:
    """A section and those above it."""
    while section_id:
        yield section_id
        section_id = doc.named[section_id][1]["parent_id"] if section_id in doc.named else None


def _captions(rows: list[Row]) -> Found:
    """The rows of one table stand together, under one caption, in the order of their tables."""
    captions: dict[str, str | None] = {}
    for before, row in pairwise([None, *rows]):
        assert row is not None
        said = captions.setdefault(row["table_id"], row["caption"])
        if said != row["caption"]:
            yield row, Failed("caption", row["caption"], said)
        table = f"{row['doc_id']}-b{len(captions):02d}"
        if row["table_id"] != table or (before and before["table_id"] > row["table_id"]):
            yield row, Failed("table_id", row["table_id"], table)
