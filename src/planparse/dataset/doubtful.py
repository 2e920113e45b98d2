"""Which documents of a dataset to look at first, and why: the ones that are not sound, the worst first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from planparse.checks.trust import POOR, SOUND, UNACCOUNTED
from planparse.data import vocabulary
from planparse.dataset.reader import Dataset
from planparse.model.findings import Code, Severity
from planparse.model.locale import Language
from planparse.model.records import OF_PLANS, Trust

ORDER = (Trust.POOR, Trust.DOUBTFUL, Trust.NOT_A_PLAN, Trust.SOUND)
"""Worst first; what is no plan has nothing that could be read badly, but may be a plan after all."""
COLUMNS = ("doc_id", "source_path", "title", "outline_trust", "trust", "coverage")
HEADING = 24
"""Characters of a heading that are shown."""
SECTIONS = 3
"""Sections shown of one document: its most doubtful ones."""


@dataclass(frozen=True, slots=True)
class Weak:
    """A section that may have been read wrongly."""

    section_id: str
    heading: str
    trust: float


@dataclass(slots=True)
class Doubt:
    """One document and what speaks against it. ``findings`` are counts by code, the gravest and most frequent first."""

    doc_id: str
    source_path: str
    title: str | None
    trust: str
    outline_trust: float
    coverage: float | None
    empty: bool = False
    """Nothing was read from it but sections."""
    sections: list[Weak] = field(default_factory=list)
    findings: dict[str, int] = field(default_factory=dict)
    said: str | None = None
    """Why it is no plan."""

    @property
    def reasons(self) -> list[str]:
        """What to say of it, the gravest first, findings by their codes."""
        return self.reasons_in(Language.EN)

    def reasons_in(self, language: str) -> list[str]:
        """The same in a language; in Chinese findings have their names. outline 0.07, no_headings: 大纲 0.07, 没有找到章节标题"""
        words, at = vocabulary("interface"), 0 if language == Language.ZH else 1
        if self.trust == Trust.NOT_A_PLAN:
            return [self.said or words["values"][Trust.NOT_A_PLAN][at]]
        named = words["codes"] if language == Language.ZH else {}
        reasons = {reason: both[at] for reason, both in words["reasons"].items()}
        told = [reasons["empty"]] if self.empty else []
        if self.outline_trust < SOUND:
            told.append(f"{reasons['outline']} {self.outline_trust:.2f}")
        findings = ((named[code][0] if code in named else code, count) for code, count in self.findings.items())
        told += [name if count == 1 else f"{name} ×{count}" for name, count in findings]
        if self.coverage is not None and self.coverage < UNACCOUNTED:
            told.append(f"{reasons['coverage']} {self.coverage:.2f}")
        return told + [f"{weak.heading} {weak.trust:.2f}" for weak in self.sections]


def doubtful(data: Dataset, *, sound: bool = False, language: str = "en") -> list[Doubt]:
    """The documents that are not sound, the worst first; with ``sound`` all documents. ``language`` is that of what findings say."""
    doubts = {
        row["doc_id"]: Doubt(**row) for row in data.rows("documents", COLUMNS) if sound or row["trust"] != Trust.SOUND
    }
    _add_records(data, doubts)
    _add_sections(data, doubts)
    _add_findings(data, doubts, "message_zh" if language == "zh" else "message")
    rank = {trust.value: place for place, trust in enumerate(ORDER)}
    return sorted(doubts.values(), key=lambda one: (rank[one.trust], one.outline_trust, one.source_path, one.doc_id))


def _add_records(data: Dataset, doubts: dict[str, Doubt]) -> None:
    filled = {row["doc_id"] for table in OF_PLANS for row in data.rows(table, ["doc_id"])}
    for doc_id, doubt in doubts.items():
        doubt.empty = doc_id not in filled


def _add_sections(data: Dataset, doubts: dict[str, Doubt]) -> None:
    weak: dict[str, list[Weak]] = defaultdict(list)
    for row in data.rows("sections", ["doc_id", "section_id", "number_raw", "title", "trust"]):
        if row["doc_id"] in doubts and row["trust"] < POOR:
            heading = f"{row['number_raw'] or ''}{row['title']}"[:HEADING]
            weak[row["doc_id"]].append(Weak(row["section_id"], heading, row["trust"]))
    for doc_id, sections in weak.items():
        doubts[doc_id].sections = sorted(sections, key=lambda one: (one.trust, one.section_id))[:SECTIONS]


def _add_findings(data: Dataset, doubts: dict[str, Doubt], message: str) -> None:
    counts: dict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for row in data.rows("findings", ["doc_id", "severity", "code", message]):
        doubt = doubts.get(row["doc_id"] or "")
        if doubt and row["code"] == Code.NOT_A_PLAN:
            doubt.said = row[message]
        elif doubt and row["severity"] != Severity.INFO:
            counts[doubt.doc_id][row["severity"] != Severity.ERROR, row["code"]] += 1
    for doc_id, found in counts.items():
        ordered = sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
        doubts[doc_id].findings = {code: count for (_, code), count in ordered}
