"""What the index of the corpus shows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planparse.dataset.doubtful import ORDER
from planparse.report.gold import TABLES, period_of

Row = Mapping[str, Any]

SEVERITIES = ("error", "warning", "info")
FACETS = ("region", "plan_kind", "period", "domain", "trust")
FACET_WORDS = {"region": "by_region", "plan_kind": "by_kind", "period": "by_period", "domain": "by_domain", "trust": "by_trust"}
CHOICES = ("plan_kind", "trust")
"""Facets whose values are of a closed list, and translated."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the index."""

    document: Row
    file: str
    title: str
    period: str
    counts: dict[str, int]
    findings: dict[str, int]
    share: float | None
    wording: str
    """What search looks in: folded."""

    @property
    def rank(self) -> float:
        """Sorts what is to be looked at first before what is sound; of equal trust by that of the outline."""
        place = ORDER.index(self.document["trust"]) if self.document["trust"] in ORDER else len(ORDER)
        return place + float(self.document["outline_trust"]) / 2


@dataclass(frozen=True, slots=True)
class Facet:
    """How many documents have each value of one column; None for not stated."""

    name: str
    word: str
    values: list[tuple[str, int]]
    unstated: int
    scale: int
    """What the whole width of a bar is, in every facet: all documents."""

    @property
    def choice(self) -> bool:
        return self.name in CHOICES


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that the template of the index needs."""

    entries: list[Entry]
    totals: dict[str, int]
    findings: dict[str, int]
    share: float | None
    facets: list[Facet]
    unread: list[Row] = field(default_factory=list)


def entry(document: Row, tables: Mapping[str, Sequence[Row]], file: str, share: float | None) -> Entry:
    """The entry of one document, of its rows by table."""
    found = Counter(row["severity"] for row in tables["findings"])
    words = [document[name] or "" for name in ("title", "region", "issuer", "doc_number", "domain", "source_path")]
    return Entry(
        document=document,
        file=file,
        title=document["title"] or document["source_path"],
        period=period_of(document),
        counts={table: len(tables[table]) for table in TABLES},
        findings={severity: found[severity] for severity in SEVERITIES},
        share=share,
        wording=fold(" ".join([*words, *document["keywords"]])),
    )


def catalogue(entries: Sequence[Entry], numbers: Counter[str], unread: Sequence[Row]) -> Catalogue:
    """Put the entries together. ``numbers``: claimed and unclaimed numbers of the whole corpus."""
    measured = numbers["claimed"] + numbers["unclaimed"]
    findings = {severity: sum(one.findings[severity] for one in entries) for severity in SEVERITIES}
    for row in unread:
        findings[row["severity"]] += 1
    return Catalogue(
        entries=list(entries),
        totals={table: sum(one.counts[table] for one in entries) for table in TABLES},
        findings=findings,
        share=numbers["claimed"] / measured if measured else None,
        facets=[_facet(name, entries) for name in FACETS],
        unread=list(unread),
    )


def _facet(name: str, entries: Sequence[Entry]) -> Facet:
    values = [one.period if name == "period" else one.document[name] or "" for one in entries]
    counts: Counter[str] = Counter(values)
    unstated = counts.pop("", 0)
    return Facet(name, FACET_WORDS[name], sorted(counts.items(), key=lambda item: (-item[1], item[0])), unstated, max(1, len(entries)))


def fold(text: str) -> str:
    """Text as search compares it: widths and case folded, one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
