"""Targets read again from the text of their section or row, by the functions that read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from planparse.dataset.verification.context import SHOWN, Checked, Row
from planparse.dataset.verification.faults import Failed, Failures, same
from planparse.dataset.verification.wording import characters, stands_in
from planparse.extract.target_rows import columns_of, context_of, texts_of_row
from planparse.extract.targets import find_targets
from planparse.language.tidy import closed_up, tidy

BEFORE = 400
"""How far before a sentence its paragraph may begin."""
Reading = dict[str, Any]


def targets(row: Row, doc: Checked) -> Failures:
    """The sentence stands in the span; all else that the row says is read from its paragraph again."""
    text, sentence = doc.own(row), characters(row["sentence"])
    table, owner = doc.named.get(row["owner_id"] or "", ("", None))
    cell = owner is not None and _is_of_a_row(row, owner)
    if not stands_in(sentence, text):
        yield Failed("sentence", row["sentence"], text[:SHOWN])
    elif not cell and not (text[:2] == sentence[:2] and text[-2:] == sentence[-2:]):
        yield Failed("source_start", row["source_start"], text[:SHOWN])
    yield from _told(row, list(_readings(row, doc, table, owner)))
    section = doc.section(row)
    context = context_of(table or None, section["kind"] if section else None)
    if row["context"] != context:
        yield Failed("context", row["context"], context)


def _is_of_a_row(row: Row, owner: Row) -> bool:
    """Whether a target was read from a cell, whose place is that of its row: of a table, or of a table in a box."""
    if owner.get("source") == "box":
        return bool((row["source_start"], row["source_end"]) == (owner["source_start"], owner["source_end"]))
    return bool(owner.get("source") == "table")


def _told(row: Row, readings: list[Reading]) -> Failures:
    """Where the row differs from the reading that is nearest to it."""
    alike = [reading for reading in readings if reading["quantity_raw"] == row["quantity_raw"]]
    if not alike:
        yield Failed("quantity_raw", row["quantity_raw"], {reading["quantity_raw"] for reading in readings})
        return
    differing = ([column for column, said in reading.items() if not same(row[column], said)] for reading in alike)
    wrong, nearest = min(zip(differing, alike, strict=True), key=lambda pair: len(pair[0]))
    yield from (Failed(column, row[column], nearest[column]) for column in wrong)


def _readings(row: Row, doc: Checked, table: str, owner: Row | None) -> Iterator[Reading]:
    """What the paragraphs that hold the row's sentence commit to."""
    horizon = owner["horizon_year"] if owner is not None and table == "goals" else None
    topic = owner["name"] if owner is not None and table == "projects" else None
    sentence = characters(row["sentence"])
    texts = [(text, horizon, topic) for found, text in _paragraphs(row, doc) if sentence in found]
    if owner is not None and _is_of_a_row(row, owner):
        texts += texts_of_row(owner)
    for key in texts or [(row["sentence"], horizon, topic)]:
        if key not in doc.read:
            text, year, of = key
            doc.read[key] = [columns_of(found) for found in find_targets(closed_up(text, 0).text, doc.clock, year, of)]
        yield from doc.read[key]


def _paragraphs(row: Row, doc: Checked) -> Iterator[tuple[str, str]]:
    """What the row may have been read from, with its characters: a paragraph of its section, a goal that ends within one, a cell of its row."""
    section = doc.section(row)
    if section is None:  # in front of the first heading: from wherever in the text before it the paragraph may begin
        ahead = doc.source.plain(row["source_start"] - BEFORE, row["source_end"])
        texts = [row["sentence"], *(tidy(ahead[match.end() :]) for match in re.finditer("^|\n|[ \t]{2,}", ahead))]
        yield from ((characters(text), text) for text in texts)
    for key, texts_of in ((row["section_id"], _of_section), (row["owner_id"], _of_owner)):
        record = doc.named.get(key or "", ("", None))[1]
        if record is not None:
            if key not in doc.paragraphs:
                doc.paragraphs[key] = [(characters(text), text) for text in texts_of(record)]
            yield from doc.paragraphs[key]


def _of_section(section: Row) -> Iterator[str]:
    first, *more = (section["text"] or "").split("\n")
    yield from (first, *more)
    if section["number_raw"]:
        yield from (f"{section['title']}{first}", f"{section['title']}。{first}", section["title"])


def _of_owner(owner: Row) -> Iterator[str]:
    name, text = owner.get("name") or owner.get("title") or owner.get("label") or "", owner.get("content") or owner.get("text") or ""
    yield from (name, text, f"{name}。{text}")
