"""Sections, goals, tasks and projects, derived again from the source text; each function gives what does not hold of one row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planparse.dataset.verification.context import SHOWN, Checked, Row
from planparse.dataset.verification.faults import Failed, Failures, same
from planparse.dataset.verification.wording import characters
from planparse.extract.headings import step
from planparse.extract.leads import numbered_item
from planparse.language.money import UNIT, in_wan
from planparse.language.shapes import find_marker
from planparse.model.records import GoalKind

_SCALED = re.compile("[万亿]")
_BROKEN_UNITS = ("元", "万元", "亿元")
"""What a header may say whose lines are parted by those of other columns."""
_MARKS = re.compile(r"[.,:;?!()\[\]、…—\-~·•●■◆]+")
_BOUND = re.compile(r"[\s\u2500-\u257f|，。；：、！？,;:!?.（）()《》“”…—*#_<>●•◆■\-]")
SHORT = 2
SIGNED = 80
"""A section without text may have a signature in its span, or a table's number."""


def wordings(row: Row, doc: Checked, columns: Iterable[str], *, ordered: bool = True) -> Failures:
    """Columns whose characters do not stand in the row's span; of a row of a table each line, which was a cell, may do so by itself."""
    text = doc.own(row)
    for column in columns:
        wording = row[column]
        cells = wording.split("\n") if wording and not ordered else ()
        if wording and not doc.holds(row, wording, ordered=ordered) and not (len(cells) > 1 and all(doc.holds(row, cell) for cell in cells)):
            yield Failed(column, wording, text[:SHOWN])


def elsewhere(row: Row, doc: Checked, columns: Iterable[str]) -> Failures:
    """Columns whose characters may stand elsewhere in the document, and stand nowhere."""
    for column in columns:
        wording = row[column]
        if wording and not doc.holds(row, wording) and not doc.says(wording, row):
            yield Failed(column, wording)


def begins(row: Row, doc: Checked, *firsts: str | None) -> Failures:
    """The span's own beginning: it begins with one of these wordings, a marker or sign before it aside."""
    text = doc.own(row)
    heads = [_MARKS.sub("", characters(first))[:2] for first in firsts if first]
    head = _MARKS.sub("", text[:24])
    if heads and not any(head.startswith(one) for one in heads if one):
        marker = find_marker(text)
        rest = _MARKS.sub("", text[marker.end : marker.end + 24]) if marker else head
        if not any(rest.startswith(one) for one in heads if one):
            yield Failed("source_start", row["source_start"], text[:SHOWN])


def bounded(row: Row, doc: Checked, *wordings: str | None) -> Failures:
    """The span's bounds: where a line, a cell or a sentence begins and ends, or one of these wordings, or another record."""
    told = [characters(wording) for wording in wordings if wording]
    text = doc.own(row)
    worded = (any(text.startswith(one[:4]) for one in told if one), any(text.endswith(one[-4:]) for one in told if one))
    for column, known in zip(("source_start", "source_end"), worded, strict=True):
        at = row[column]
        inside = 0 < at < doc.source.length and not _BOUND.search(doc.source.plain(at - 1, at + 1))
        if inside and not known and doc.bounds[at] < 2:
            yield Failed(column, at, doc.source.plain(at - 5, at + 5))


def year(row: Row, column: str, allowed: Iterable[int | None]) -> Failures:
    years = set(allowed)
    if row[column] is not None and row[column] not in years:
        yield Failed(column, row[column], years - {None})


# ---- sections, goals, tasks ------------------------------------------------------------------------------------------


def sections(row: Row, doc: Checked) -> Failures:
    """Marker, title and text stand in the span, in this order; the ordinal is the marker's, the path ends with it."""
    if row["number_raw"] and not doc.own(row).startswith(characters(row["number_raw"])):
        yield from wordings(row, doc, ("number_raw",))
    for line in (row["text"] or "").split("\n"):
        if "\t" in line and characters(line) in doc.own(row):
            continue
        for part in line.split("\t"):
            headed = len(part) <= SHORT and "\t" in line and characters(part) in doc.own(row)  # 主要指标指标2015年: a header run together with its caption
            if part and not headed and not doc.holds(row, part, ordered=False):
                yield Failed("text", part, doc.own(row)[:SHOWN])
    title, text = row["title"], row["text"]
    if not doc.holds(row, f"{row['number_raw'] or ''}{title}") and not all(doc.holds(row, part) for part in title.split("：") if part):
        yield Failed("title", title, doc.own(row)[:SHOWN])  # 附件：清单 stands on two lines
    if text is None and len(doc.own(row)) > len(characters(f"{row['number_raw'] or ''}{title}")) + SIGNED:
        yield Failed("text", text, doc.own(row)[-SHOWN:])
    yield from begins(row, doc, row["number_raw"], row["title"])
    marker = find_marker(f"{row['number_raw']}总则") if row["number_raw"] else None
    if (marker is not None or row["number_raw"] is None) and row["ordinal"] != (marker and marker.ordinal):
        yield Failed("ordinal", row["ordinal"], marker and marker.ordinal)
    _, parent = doc.named.get(row["parent_id"] or "", ("", None))
    levels = {parent["level"] + 1} if parent else {1, *(other["level"] for other in doc.rows["sections"] if other is not row and not other["parent_id"])}
    if row["level"] not in levels:
        yield Failed("level", row["level"], levels)
    path = (f"{parent['path']}/" if parent else "") + step(row["number_raw"], row["title"])
    if row["path"] != path:
        yield Failed("path", row["path"], path)
    yield from bounded(row, doc, row["number_raw"], row["title"])


def goals(row: Row, doc: Checked) -> Failures:
    yield from wordings(row, doc, ("text",), ordered=False)
    _, item = numbered_item(doc.own(row)) or ("", doc.own(row))
    if not (row["label"] and item.startswith(characters(row["label"]))):
        yield from (*wordings(row, doc, ("label",)), *begins(row, doc, row["label"], row["text"]))
    yield from bounded(row, doc, row["label"], row["text"])
    if (row["kind"] == GoalKind.OVERALL) and row["label"] is not None:
        yield Failed("kind", row["kind"], GoalKind.SPECIFIC)
    own = doc.years(row["source_start"], row["source_end"])
    ahead = max(own, default=0) > max(doc.clock.period_start or 0, doc.clock.issued_year or 0)
    yield from year(row, "horizon_year", own if ahead else doc.years(*doc.around(row)) | doc.plan_years)


def tasks(row: Row, doc: Checked) -> Failures:
    yield from wordings(_without_headers(row, doc, "text"), doc, ("title", "text"), ordered=row["source"] == "prose")
    yield from number(row, doc)
    yield from _begins_as_source(row, doc, row["title"])
    yield from bounded(row, doc, row["number_raw"], row["title"])
    yield from _answerable(row, doc)


def _without_headers(row: Row, doc: Checked, column: str) -> Row:
    """The row of a table without the headers that stand before what its cells say of single years: 2022年目标：建成3座."""
    if row["source"] != "table" or "：" not in (row[column] or ""):
        return row
    grids = doc.grids(row)
    ahead = "" if grids.lines else doc.source.between(*doc.around(row))  # of a document without sections
    lines = (line.partition("：") for line in row[column].split("\n"))
    return row | {column: "\n".join(rest if all(word in grids or characters(word) in ahead for word in head.split()) else f"{head}{mark}{rest}" for head, mark, rest in lines)}


def number(row: Row, doc: Checked) -> Failures:
    """The number stands at the row's head, or in a cell; a row of a table has what it says on one line of it."""
    told, grids = row["number_raw"], doc.grids(row)
    if told and not (told in grids if grids.lines and row.get("source", "table") == "table" else doc.numbers(row, told)) and not doc.own(row).startswith(characters(told)):
        yield Failed("number_raw", told, doc.own(row)[:SHOWN])


def _begins_as_source(row: Row, doc: Checked, name: str) -> Failures:
    if row["source"] != "table":
        yield from begins(row, doc, row["number_raw"], name)


def _answerable(row: Row, doc: Checked) -> Failures:
    """Units and years of a task or project."""
    for column in ("lead_units", "support_units"):
        for unit in row[column]:
            if not doc.names(row, unit) and not doc.says(unit, row):
                yield Failed(column, unit)
    for column in ("start_year", "end_year"):
        if row[column] is not None and row[column] not in doc.years(row["source_start"], row["source_end"]) | doc.plan_years:
            yield from year(row, column, doc.years(*doc.around(row)) | doc.plan_years)


# ---- projects -----------------------------------------------------------------------------------------------------


def projects(row: Row, doc: Checked) -> Failures:
    wording, value = row["investment_raw"], row["investment_wan"]
    yield from wordings(_without_headers(row, doc, "content"), doc, ("name", "content", "investment_raw"), ordered=row["source"] == "prose")
    yield from elsewhere(row, doc, ("category",))
    yield from number(row, doc)
    cells = {row["name"], wording} if wording else {row["name"]}
    if row["source"] == "table" and doc.grids(row).lines and not doc.grids(row).rows(cells):
        yield Failed("investment_raw", wording, "the cell of its row")
    yield from _begins_as_source(row, doc, row["name"])
    yield from bounded(row, doc, row["number_raw"], row["name"])
    yield from _answerable(row, doc)
    if wording:
        units = {match[0] for match in UNIT.finditer(doc.source.between(*doc.around(row)))}
        amounts = {in_wan(wording)} - {None} or {in_wan(wording, unit) for unit in ("", *units, *(() if any(map(_SCALED.search, units)) else _BROKEN_UNITS))}
        if not any(same(value, one) for one in amounts):
            yield Failed("investment_wan", value, amounts)
    elif value is not None:
        yield Failed("investment_wan", value, {None})
