"""The settings that a configuration file may hold, and what they become: options, and entries of the vocabularies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from planparse.concepts import concepts
from planparse.configuration.runaway import runs_away
from planparse.data import vocabulary
from planparse.language.conversion import unit_of
from planparse.model.options import STRICT, Limits, Options, Scoring, Thresholds
from planparse.model.records import Comparator, SectionKind

PARTS = ("limits", "thresholds", "evaluation")
"""The parts of a file that hold numbers."""
LONGEST_PATTERN = 300
ORDINARY = (
    "一、总体要求", "（一）健全应急预案体系。", "到2025年，建成应急避难场所30个。", "主要指标", "附件：重点工程表", "责任单位：市教育局",
    "2025年", "1",
)  # fmt: skip
"""Lines of any plan: a pattern for furniture that matches one of them would drop the plan."""
_OPTIONS = Options()


def _pattern(text: str) -> str:
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"the pattern has more than {LONGEST_PATTERN} characters")
    try:
        compiled = re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"this is no regular expression: {error}") from None
    if why := runs_away(text):
        raise ValueError(f"the pattern can take time without end: {why}")
    if compiled.search(""):
        raise ValueError("the pattern matches nothing at all, and so everything")
    return text


def _furniture(text: str) -> str:
    compiled = re.compile(_pattern(text))
    if caught := next((line for line in ORDINARY if compiled.fullmatch(line)), None):
        raise ValueError(f"the pattern would drop lines such as {caught}")
    return text


def _word(text: str) -> str:
    if text != text.strip() or "\n" in text:
        raise ValueError("a word has no blanks around it and no line breaks")
    return text


Word = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_word)]
Words = Annotated[list[Word], Field(min_length=1)]
Pattern = Annotated[str, Field(min_length=1), AfterValidator(_pattern)]


class _Part(BaseModel):
    model_config = STRICT


class SectionKindEntry(_Part):
    """Titles of sections, whole or as patterns searched in them (blanks left out), and the kind that they name."""

    kind: SectionKind
    titles: list[Word] = []
    patterns: list[Pattern] = []

    def entry(self) -> dict[str, Any]:
        whole = [f"^{re.escape(title)}$" for title in self.titles]
        return {"kind": self.kind.value, "patterns": [*whole, *(f".*(?:{pattern})" for pattern in self.patterns)], "examples": self.titles, "not": []}


class FurnitureEntry(_Part):
    """A line that pages put around a text; the pattern must match the whole line, blanks left out."""

    pattern: Annotated[str, Field(min_length=1), AfterValidator(_furniture)]
    where: Literal["any", "tail"] = "any"

    def entry(self) -> dict[str, Any]:
        return {"pattern": self.pattern, "where": self.where, "example": "", "own": True}


class DomainEntry(_Part):
    """A policy field, and the words of titles that name it."""

    domain: Word
    words: Words

    def entry(self) -> dict[str, Any]:
        return {"domain": self.domain, "words": self.words}


class OfficeWords(_Part):
    """Endings and whole names of units, and words that head a list of them."""

    endings: list[Word] = []
    words: list[Word] = []
    lead: list[Word] = []
    support: list[Word] = []

    def entry(self) -> dict[str, Any]:
        texts = {name: [{"text": text, "example": text} for text in getattr(self, name)] for name in ("endings", "words")}
        return texts | {"roles": {name: getattr(self, name) for name in ("lead", "support")}}


class ComparatorEntry(_Part):
    """Words right before a number (``before``) or behind its unit (``after``) that say how it binds."""

    comparator: Comparator
    before: list[Word] = []
    after: list[Word] = []

    def entry(self) -> dict[str, Any]:
        return {
            "comparator": self.comparator.value,
            "before": self.before,
            "after": self.after,
            "distant": [],
            "examples": [],
        }


class ConceptEntry(_Part):
    """More names of an indicator of the catalogue (data/concepts.yaml), or, with its unit, a new one."""

    concept: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
    names: Words
    unit: Word | None = None
    kind: Literal["level", "rate", "change", "cumulated", "yes_no"] | None = None
    direction: Literal["up", "down", "stay"] | None = None
    category: Word | None = None

    @model_validator(mode="after")
    def _has_a_unit(self) -> ConceptEntry:
        if self.unit is None and self.concept not in concepts():
            raise ValueError(f"the catalogue has no concept {self.concept}; give the unit of a new one")
        if self.unit is not None and unit_of(self.unit) is None:
            raise ValueError(f"the size of the unit {self.unit} is not known")
        return self

    def entry(self) -> dict[str, Any]:
        new = {} if self.concept in concepts() else {"kind": "level", "direction": "up", "category": "own"}
        return new | self.model_dump(exclude_none=True) | {"names": dict.fromkeys(self.names, ""), "own": True}


MetadataField = Literal[
    "doc_number", "index_number", "issuer", "issued_date", "printed_date", "published_date", "title", "keywords", "other"
]
ColumnRole = Literal[
    "number", "category", "name", "unit", "property", "growth", "investment", "lead", "support", "start", "end", "years",
    "content", "task", "project", "place", "remark",
]  # fmt: skip
UnitKind = Literal[
    "percent", "time", "length", "area", "volume", "mass", "energy", "data", "physical", "money", "multiple", "people",
    "count", "grade",
]  # fmt: skip


class Vocabulary(_Part):
    """Entries of the user's own; they stand before planparse's, and so decide where both match."""

    section_kinds: list[SectionKindEntry] = []
    furniture: list[FurnitureEntry] = []
    domains: list[DomainEntry] = []
    offices: OfficeWords | None = None
    metadata: dict[MetadataField, Words] = {}
    columns: dict[ColumnRole, Words] = {}
    units: dict[UnitKind, Words] = {}
    comparators: list[ComparatorEntry] = []
    heading_words: list[Word] = []
    concepts: list[ConceptEntry] = []

    def entries(self) -> dict[str, Any]:
        """The entries by the name of their vocabulary, in the form that the vocabulary has."""
        made = {
            "section_kinds": {"kinds": [one.entry() for one in self.section_kinds]} if self.section_kinds else {},
            "furniture": {"lines": [one.entry() for one in self.furniture]} if self.furniture else {},
            "domains": [one.entry() for one in self.domains],
            "offices": self.offices.entry() if self.offices else {},
            "metadata": dict(self.metadata),
            "columns": [{"role": role, "words": words, "examples": words} for role, words in self.columns.items()],
            "units": [
                {"kind": kind, "units": words, "small": [], "examples": []} for kind, words in self.units.items()
            ],
            "comparators": [one.entry() for one in self.comparators],
            "heading_words": {"words": self.heading_words} if self.heading_words else {},
            "concepts": [one.entry() for one in self.concepts],
        }
        return {name: entries for name, entries in made.items() if entries}


class Settings(_Part):
    """All that a configuration file may say."""

    convert: bool = _OPTIONS.convert
    copy_share: float = Field(default=_OPTIONS.copy_share, gt=0, le=1)
    limits: Limits = Limits()
    thresholds: Thresholds = Thresholds()
    evaluation: Scoring = Scoring()
    vocabulary: Vocabulary = Vocabulary()

    def options(self) -> Options:
        """The options of a run; what is not set stays as it is by default."""
        entries = self.vocabulary.entries()
        extra = json.dumps(entries, ensure_ascii=False, sort_keys=True) if entries else ""
        return Options(self.limits, self.convert, self.copy_share, self.thresholds, extra)

    def in_force(self) -> Iterator[tuple[str, Any]]:
        """Every setting by its dotted name with the value that holds, and the sizes of the vocabularies."""
        yield "convert", self.convert
        yield "copy_share", self.copy_share
        for part in PARTS:
            yield from ((f"{part}.{name}", value) for name, value in asdict(getattr(self, part)).items())
        own = self.vocabulary.entries()
        for name in Vocabulary.model_fields:
            yield f"vocabulary.{name}", {"planparse": _size(vocabulary(name)), "own": _size(own.get(name, []))}


def _size(entries: Any) -> int:
    """How many words and patterns there are."""
    if isinstance(entries, dict):
        return sum(_size(value) for key, value in entries.items() if key not in ("examples", "example", "not", "small", "own"))
    if isinstance(entries, list):
        return sum(_size(value) for value in entries)
    return len(entries.split()) if isinstance(entries, str) and len(entries) > LONGEST_PATTERN else 1
