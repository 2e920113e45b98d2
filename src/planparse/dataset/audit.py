"""What the documents of a dataset get wrong by their own word, each with both places: one against itself, and against a copy of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from planparse.data import vocabulary
from planparse.dataset.columns import strings
from planparse.dataset.reader import Dataset
from planparse.model.findings import CONTRADICTIONS, other_place

COPY_MISMATCH = "copy_mismatch"
"""The code of a contradiction between two copies of one plan: no finding of either document, since neither says it alone."""
LONGEST_EXCERPT = 200
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document's source text, offsets in code points."""

    doc_id: str
    source_path: str
    start: int
    end: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What does not agree; the second place is absent where one row of a table contradicts itself."""

    code: str
    message: str
    message_zh: str
    first: Place
    second: Place | None


def audit(data: Dataset) -> list[Contradiction]:
    """All contradictions, those within a document first, in the order of the documents and of their text."""
    found = [*_within(data), *_copies(data)]
    wanted = {doc_id for one in found for doc_id, *_ in one.spans}
    names = {row["doc_id"]: row["source_path"] for row in data.rows("documents", ["doc_id", "source_path"])}
    texts = {row["doc_id"]: row["text"] for row in data.rows("sources", at_once=64) if row["doc_id"] in wanted}

    def place(doc_id: str, start: int, end: int) -> Place:
        return Place(doc_id, names[doc_id], start, end, " ".join(texts[doc_id][start:end][:LONGEST_EXCERPT].split()))

    return [Contradiction(one.code, one.message, one.message_zh, place(*one.spans[0]), place(*one.spans[1]) if one.spans[1:] else None) for one in found]


@dataclass(frozen=True, slots=True)
class _Found:
    code: str
    message: str
    message_zh: str
    spans: tuple[tuple[str, int, int], ...]


def _within(data: Dataset) -> Iterator[_Found]:
    """The findings about contradictions, with the second place that their message names."""
    for row in data.rows("findings"):
        if row["code"] in CONTRADICTIONS and row["source_start"] is not None:
            other = other_place(row["arguments"])
            spans = [(row["source_start"], row["source_end"]), *([other] if other else [])]
            yield _Found(row["code"], row["message"], row["message_zh"] or row["message"], tuple((row["doc_id"], *span) for span in spans))


# ---- copies ----------------------------------------------------------------------------------------------------------


def _copies(data: Dataset) -> Iterator[_Found]:
    """A plan against the fullest copy of itself: sentences that differ in their numbers alone, indicators with other values."""
    links = {row["doc_id"]: row["duplicate_of"] for row in data.rows("documents", ["doc_id", "duplicate_of"]) if row["duplicate_of"]}
    involved = {*links, *links.values()}
    for table, key, told in (("targets", _sentence, _numbers), ("indicators", _indicator, _values)):
        rows = _by_document(data, table, involved)
        for copy, fuller in links.items():
            yield from _differing(rows[copy], rows[fuller], key, told)


def _by_document(data: Dataset, table: str, doc_ids: Iterable[str]) -> dict[str, list[Row]]:
    wanted = strings(sorted(doc_ids))
    rows: dict[str, list[Row]] = defaultdict(list)
    stored = data.table(table)
    for row in stored.filter(pc.is_in(stored.column("doc_id"), value_set=wanted)).to_pylist():
        rows[row["doc_id"]].append(row)
    return rows


def _differing(copy: list[Row], fuller: list[Row], key: Callable[[Row], Any], told: Callable[[Row], str]) -> Iterator[_Found]:
    """Rows that both copies have once and that do not say the same."""
    ours, theirs = _once(copy, key), _once(fuller, key)
    for name, row in ours.items():
        other = theirs.get(name)
        if other is not None and told(row) != told(other):
            spans = tuple((one["doc_id"], one["source_start"], one["source_end"]) for one in (row, other))
            chinese, english = (form.format(one=told(row), other=told(other)) for form in vocabulary("findings")["copies"])
            yield _Found(COPY_MISMATCH, english, chinese, spans)


def _once(rows: list[Row], key: Callable[[Row], Any]) -> dict[Any, Row]:
    """Rows by a key that only one of them has (targets of one sentence are one)."""
    by_place = {(row["source_start"], key(row)): row for row in rows}
    counts = Counter(name for _, name in by_place)
    return {name: row for (_, name), row in by_place.items() if counts[name] == 1}


def _sentence(row: Row) -> str:
    return _NUMBER.sub("0", re.sub(r"\s", "", row["sentence"]))


def _numbers(row: Row) -> str:
    return "、".join(_NUMBER.findall(row["sentence"]))


def _indicator(row: Row) -> tuple[Any, ...]:
    return row["name"], row["unit"], row["caption"], row["baseline_year"], row["target_year"], row["baseline_value"] is None, row["target_value"] is None


def _values(row: Row) -> str:
    return " → ".join(_plain(row[f"{column}_value"]) for column in ("baseline", "target"))


def _plain(value: Decimal | None) -> str:
    return "—" if value is None else f"{value.normalize():f}"
