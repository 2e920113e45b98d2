"""Gold and found rows of one document → counts, and counts of many documents → figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from planparse.evaluation.found import Found
from planparse.evaluation.gold import Gold
from planparse.evaluation.matching import match
from planparse.evaluation.misses import Miss, extra_row, missed_row, wrong_field
from planparse.evaluation.tables import KIND_DEPTH, Row, TableRule, rules, same_document_field
from planparse.model.options import Scoring
from planparse.model.records import DOCUMENT_FIELDS


@dataclass(slots=True)
class FieldCount:
    """One field over matched rows: ``right`` of ``stated`` rows agree.

    ``wanted`` rows have a value in gold, ``given`` rows in what was found, ``hit`` rows the same one in both.
    """

    right: int = 0
    stated: int = 0
    wanted: int = 0
    given: int = 0
    hit: int = 0

    def add(self, agrees: bool, wanted: bool, given: bool) -> None:
        """Count one matched row."""
        self.right += agrees
        self.stated += 1
        self.wanted += wanted
        self.given += given
        self.hit += agrees and wanted and given

    def merge(self, other: FieldCount) -> None:
        for name in ("right", "stated", "wanted", "given", "hit"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class TableCount:
    """One table: rows in gold, rows found, pairs, pairs of exact wording, gold rows exact in every stated field."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    strict: int = 0
    exact: int = 0
    documents: int = 0
    exact_documents: int = 0
    fields: dict[str, FieldCount] = field(default_factory=dict)
    strict_fields: dict[str, FieldCount] = field(default_factory=dict)

    def merge(self, other: TableCount) -> None:
        """Add the counts of another document."""
        for name in ("gold", "found", "matched", "strict", "exact", "documents", "exact_documents"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for mine, others in ((self.fields, other.fields), (self.strict_fields, other.strict_fields)):
            for name, count in others.items():
                mine.setdefault(name, FieldCount()).merge(count)

    def close(self) -> TableCount:
        """Decide whether the document's table is right as a whole, after all its rows are counted."""
        whole = self.gold == self.found == self.matched == self.exact
        self.documents, self.exact_documents = 1, int(whole)
        return self


@dataclass(slots=True)
class DocumentScore:
    """What one document scored."""

    gold: Gold
    counts: dict[str, TableCount] = field(default_factory=dict)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(kind in gold, kind found) of matched sections."""
    misses: list[Miss] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        """Every table, and the document's own row, as in gold."""
        return all(count.exact_documents for count in self.counts.values())


def score_document(gold: Gold, found: Found, scoring: Scoring = Scoring()) -> DocumentScore:  # noqa: B008 (frozen)
    """Compare what was found in a document with its gold file."""
    score = DocumentScore(gold)
    if not gold.document.keys().isdisjoint(DOCUMENT_FIELDS):  # gold of one table alone says nothing of the document's own row
        score.counts["documents"] = _score_own_row(score, found, scoring.title_alike)
    for rule in rules(scoring):
        if rule.name in gold.tables:
            score.counts[rule.name] = _score_table(score, rule, found)
    return score


def _score_own_row(score: DocumentScore, found: Found, floor: float) -> TableCount:
    wanted = score.gold.document
    got = found.document_like(wanted.get("title"))
    count = TableCount(gold=1, found=int(got is not None), matched=int(got is not None))
    exact = got is not None
    for name in DOCUMENT_FIELDS:
        if name not in wanted:
            continue
        value = got.get(name) if got else None
        agrees = got is not None and same_document_field(name, wanted[name], value, floor)
        strictly = got is not None and same_document_field(name, wanted[name], value)
        _count(count, name, agrees, strictly, wanted[name], value)
        exact = exact and strictly
        if not agrees:
            title = str(wanted.get("title"))
            score.misses.append(wrong_field(score.gold, "documents", name, title, wanted[name], value, 1))
    count.strict = count.exact = int(exact)
    return count.close()


def _count(count: TableCount, name: str, agrees: bool, strictly: bool, wanted: Any, given: Any) -> None:
    has = (wanted not in (None, [], ""), given not in (None, [], ""))
    count.fields.setdefault(name, FieldCount()).add(agrees, *has)
    count.strict_fields.setdefault(name, FieldCount()).add(strictly, *has)


def with_units_stated(rows: Sequence[Row]) -> list[Row]:
    """In a gold file that states units anywhere in a table, a row without them says that it has none."""
    if not any(row.get("lead_units") for row in rows):
        return list(rows)
    return [{**row, "lead_units": row.get("lead_units", [])} for row in rows]


def _score_table(score: DocumentScore, rule: TableRule, found: Found) -> TableCount:
    gold = with_units_stated([row for row in score.gold.tables[rule.name] if rule.keep(row)])
    rows = [row for row in found.tables[rule.name] if rule.keep(row)]
    pairs = match(gold, rows, rule, rule.floor)
    strict = dict(match(gold, rows, rule, rule.strict_floor))
    count = TableCount(len(gold), len(rows), len(pairs), len(strict))
    for i, j in pairs:
        _score_fields(score, count, rule, gold[i], rows[j], found)
    count.exact = sum(all(item.agrees(gold[i], rows[j], strict=True) is not False for item in rule.fields) for i, j in strict.items())
    if rule.name == "sections":
        stated = [(gold[i], rows[j]) for i, j in pairs if gold[i].get("kind") and gold[i]["level"] <= KIND_DEPTH]
        score.kinds.update((g["kind"], str(row.get("kind"))) for g, row in stated)
    answered, used = {i for i, _ in pairs}, {j for _, j in pairs}
    unanswered = [row for i, row in enumerate(gold) if i not in answered]
    unused = [row for j, row in enumerate(rows) if j not in used]
    score.misses += [missed_row(score.gold, rule, row, unused, found) for row in unanswered]
    score.misses += [extra_row(score.gold, rule, row, unanswered, gold, found) for row in unused]
    return count.close()


def _score_fields(score: DocumentScore, count: TableCount, rule: TableRule, gold: Row, row: Row, found: Found) -> None:
    for item in rule.fields:
        agrees = item.agrees(gold, row)
        if agrees is None:
            continue
        wanted, given = gold.get(item.key), row.get(item.key)
        _count(count, item.name, agrees, bool(item.agrees(gold, row, strict=True)), wanted, given)
        if not agrees:
            line = found.line_of(row)
            score.misses.append(wrong_field(score.gold, rule.name, item.name, rule.label(gold), wanted, given, line))


def pooled(scores: Iterable[DocumentScore]) -> dict[str, TableCount]:
    """The counts of many documents, added up by table."""
    total: dict[str, TableCount] = {}
    for score in scores:
        for table, count in score.counts.items():
            total.setdefault(table, TableCount()).merge(count)
    return total
