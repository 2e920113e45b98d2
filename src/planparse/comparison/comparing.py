"""Two versions → what differs: documents are paired first, then the records of each pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from planparse.comparison.matching import Wording, match
from planparse.comparison.model import Change, Comparison, DocumentChange, Field, Row
from planparse.comparison.versions import Version
from planparse.evaluation.folding import fold, fold_value
from planparse.evaluation.matching import one_to_one
from planparse.language.likeness import Sketch
from planparse.model.records import IDENTIFIERS, OF_PLANS

LEAST_CONTAINED = 0.4
"""Share of the shorter document's clauses in the longer one from which they are two versions of one plan."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """By which columns the records of a table are told and compared."""

    name: tuple[str, ...]
    text: str | None
    fields: tuple[str, ...]


def _rule(name: str, text: str | None, fields: str) -> _Rule:
    return _Rule(tuple(name.split()), text, tuple(fields.split()))


RULES = {
    "goals": _rule("label text", "text", "kind label text horizon_year"),
    "tasks": _rule("title", "text", "level title text lead_units support_units start_year end_year"),
    "projects": _rule("name", "content", "level name content category start_year end_year investment_wan lead_units support_units"),
    "indicators": _rule(
        "name", None, "name category unit baseline_year baseline_value target_year target_value target_raw comparator property basis"
    ),
    "targets": _rule("subject", "sentence", "subject quantity_raw comparator value value_max unit deadline_year commitment"),
}
"""The name is the first of its columns that is filled."""
ABOUT = (
    "title", "doc_number", "issuer", "region", "plan_kind", "period_start", "period_end", "base_year", "issued_date",
)  # fmt: skip
"""Columns of documents that are compared."""


def compare(old: Version, new: Version) -> Comparison:
    """All that differs. Differences of blanks, widths and Chinese punctuation alone are none."""
    pairs = _pair(old.documents, new.documents)
    documents = [_documents(old, old.documents[a], new, new.documents[b]) for a, b in pairs]
    used_old, used_new = {a for a, _ in pairs}, {b for _, b in pairs}
    came = tuple(row for at, row in enumerate(new.documents) if at not in used_new)
    went = tuple(row for at, row in enumerate(old.documents) if at not in used_old)
    return Comparison(old.name, new.name, tuple(documents), came, went)


def _pair(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[int, int]]:
    """Documents by bytes, by path, by wording; where each side has one, they are the two versions."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    pairs: list[tuple[int, int]] = []
    for ways in (_by_column("doc_id"), _by_column("source_path"), _by_wording):
        used_old, used_new = {a for a, _ in pairs}, {b for _, b in pairs}
        left_old = [(at, row) for at, row in enumerate(old) if at not in used_old]
        left_new = [(at, row) for at, row in enumerate(new) if at not in used_new]
        pairs += ways(left_old, left_new)
    return sorted(pairs, key=lambda pair: pair[1])


_Places = Sequence[tuple[int, Row]]


def _by_column(name: str) -> Any:
    def pairs(old: _Places, new: _Places) -> list[tuple[int, int]]:
        waiting = {row[name]: at for at, row in reversed(old)}
        return [(waiting.pop(row[name]), at) for at, row in new if row[name] in waiting]

    return pairs


def _by_wording(old: _Places, new: _Places) -> list[tuple[int, int]]:
    """The likest bodies first; without a sketch, equal titles of equal regions."""
    weighed: list[tuple[float, int, int]] = []
    sketches = [(at, row, Sketch.decode(row["body_sketch"] or "")) for at, row in new]
    for at, row in old:
        own = Sketch.decode(row["body_sketch"] or "")
        for other, row_new, sketch in sketches:
            if own and sketch:
                share = own.containment(sketch)
                if share >= LEAST_CONTAINED:
                    weighed.append((-share, at, other))
            elif row["title"] and (row["title"], row["region"]) == (row_new["title"], row_new["region"]):
                weighed.append((-LEAST_CONTAINED, at, other))
    return one_to_one(weighed)


def _documents(old: Version, one: Row, new: Version, other: Row) -> DocumentChange:
    changes: list[Change] = []
    alike: dict[str, int] = {}
    for table in OF_PLANS:
        before, after = old.rows(one["doc_id"], table), new.rows(other["doc_id"], table)
        found = list(_changes(table, before, after))
        same = len(after) - sum(change.kind != "went" for change in found)
        alike[table] = same
        changes += found
    title = other["title"] or one["title"] or other["source_path"]
    fields = tuple(_differences(ABOUT, one, other))
    return DocumentChange(one["source_path"], other["source_path"], title, fields, tuple(changes), alike)


def _changes(table: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    """Changes in the order of the new version, then what went."""
    rule, key = RULES[table], IDENTIFIERS[table]
    pairs = {b: a for a, b in match([_wording(rule, row) for row in old], [_wording(rule, row) for row in new])}
    for at, row in enumerate(new):
        if at not in pairs:
            yield Change(table, "came", _name(rule, row), None, row[key], _said(rule, row, new=True))
            continue
        before = old[pairs[at]]
        fields = tuple(_differences(rule.fields, before, row))
        if fields:
            yield Change(table, "changed", _name(rule, row), before[key], row[key], fields)
    kept = set(pairs.values())
    for at, row in enumerate(old):
        if at not in kept:
            yield Change(table, "went", _name(rule, row), row[key], None, _said(rule, row, new=False))


def _wording(rule: _Rule, row: Row) -> Wording:
    whole = tuple(_folded(row[name]) for name in rule.fields)
    text = row[rule.text] if rule.text else None
    return Wording(whole, fold(_name(rule, row)), fold(text or ""))


def _name(rule: _Rule, row: Row) -> str:
    return next((str(row[name]) for name in rule.name if row[name]), "")


def _said(rule: _Rule, row: Row, new: bool) -> tuple[Field, ...]:
    filled = [(name, row[name]) for name in rule.fields if row[name] not in (None, [], "")]
    return tuple(Field(name, None, value) if new else Field(name, value, None) for name, value in filled)


def _differences(names: Sequence[str], old: Row, new: Row) -> Iterator[Field]:
    for name in names:
        if _folded(old[name]) != _folded(new[name]):
            yield Field(name, old[name], new[name])


def _folded(value: Any) -> Any:
    """A value such that two that say the same are equal."""
    if isinstance(value, str):
        return fold_value(value)  # which keeps what carries value: 4.2 is not 42
    return tuple(sorted(map(fold_value, value))) if isinstance(value, list) else value
