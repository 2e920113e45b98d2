"""What a run may be told: one frozen object, handed down as it is. A configuration file may set each number, within its bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from pydantic import ConfigDict

STRICT: ConfigDict = {"extra": "forbid", "frozen": True, "allow_inf_nan": False}
"""What a part of a configuration file does not know is an error."""
MOST, MOST_BYTES, MOST_SECONDS = 1_000_000_000, 1 << 40, 1_000_000
"""The largest numbers that mean anything; systems count no further than some larger ones."""
MOST_DEPTH = 1_000
"""Deeper elements would be too many calls in one another."""


def number(default: Any, meaning: str, **bounds: float) -> Any:
    """A setting with a default, its meaning and its bounds (``ge``, ``gt``, ``le``), from which the reference is written."""
    return field(default=default, metadata={"description": meaning, **bounds})


def _share(default: float, meaning: str) -> Any:
    return number(default, meaning, ge=0, le=1)


def _alike(default: float, meaning: str) -> Any:
    return number(default, meaning, gt=0, le=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost before it becomes a ``limit_exceeded`` finding."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    max_bytes: int = number(256 << 20, "Bytes of a file.", gt=0, le=MOST_BYTES)
    max_chars: int = number(100_000_000, "Characters of a document.", gt=0, le=MOST_BYTES)
    max_pages: int = number(5_000, "Pages of a PDF.", gt=0, le=MOST)
    max_depth: int = number(256, "Nesting of HTML or XML elements.", gt=0, le=MOST_DEPTH)
    max_members: int = number(10_000, "Documents in one archive.", gt=0, le=MOST)
    max_ratio: int = number(200, "Unpacked over packed size of an archive's member.", gt=0, le=MOST)
    max_archive_bytes: int = number(1 << 30, "Bytes of all members of an archive.", gt=0, le=MOST_BYTES)
    timeout: float = number(60.0, "Seconds for one document; 0 for no limit.", ge=0, le=MOST_SECONDS)
    memory: int = number(2 << 30, "Bytes that reading may take of a process (on Linux); 0 for no limit.", ge=0, le=MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a share, length or likeness decides what is read. A change reads the documents again."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    garble_margin: float = number(
        4.5,
        "By how much (natural logarithm) the best reading of a damaged passage must lead the second to be taken, in "
        "simplified text. Higher: fewer repairs and more `garbled_text` findings.",
        ge=0,
        le=100,
    )
    """On 2,031 runs of documents that nothing was tuned on 4.5 accepts 69%, 0.34% of them wrongly: the lost last character of a
    clause often has rivals that only the sense rules out (材林, 材料)."""
    garble_margin_traditional: float = number(2.5, "The same in traditional text.", ge=0, le=100)
    """Most runs end in a character whose bytes are known. On 2,031 runs: 93% accepted, 0.92% of them wrongly."""
    traditional_share: float = _share(0.05, "Above this share of traditional-only characters `documents.script` is `hant`.")
    mixed_share: float = _share(0.01, "Above this share it is `mixed`.")
    strange_share: float = _share(
        0.03, "Above this share of characters that plans do not use, a PDF page's text layer is broken, and not read."
    )
    """38 sound files: none on any page; a file with a broken layer: up to 25%, above 3% on 56 of 58 pages."""
    common_share: float = _share(0.1, "The same below this share of common characters among a page's Chinese ones.")
    """38 sound files: at least 47% on a page of prose, 18% in a table of names; by chance alone it would be about 6%."""
    broken_share: float = _share(0.3, "Above this share of broken pages nothing of a PDF is read.")
    """(Its cover and contents use other fonts.)"""
    keywords: int = number(10, "Terms in `documents.keywords`, at most.", ge=0, le=1000)
    excerpt_length: int = number(200, "Characters in `findings.excerpt_raw`, at most.", ge=0, le=100_000)
    copy_likeness: float = _share(
        0.4, "Least likeness (Jaccard, of clauses) of near-duplicates, beside `copy_share`. Below 0.4 fewer of the pairs are found."
    )
    """Below it the longer text is another document that the shorter one stands in; sketches tell such pairs badly, too."""

    def __post_init__(self) -> None:
        if self.mixed_share > self.traditional_share:
            raise ValueError(f"mixed_share {self.mixed_share} is above traditional_share {self.traditional_share}")


USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class Scoring:
    """How ``planparse evaluate`` scores. It changes no record; figures scored otherwise are not to be compared."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    title_alike: float = _alike(0.9, "Least likeness at which titles and names of sections, tasks and projects are the same.")
    goal_alike: float = _alike(0.85, "The same of goals, by their labels.")
    indicator_alike: float = _alike(0.85, "The same of indicators' names.")
    subject_alike: float = _alike(0.6, "The same of what a target measures.")
    resamples: int = number(1000, "How often documents are drawn again for a 95% interval.", ge=100, le=100_000)
    seed: int = number(20_210_101, "What the draws begin with; the same seed gives the same intervals.", ge=0, le=MOST)


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read. Two runs with equal options and equal version give equal records."""

    limits: Limits = Limits()
    convert: bool = number(False, "Let LibreOffice convert .doc, .wps and .rtf.")
    copy_share: float = number(
        0.8,
        "Share of the clauses of the shorter of two documents that must stand in the longer one for it to be a "
        "near-duplicate (`documents.duplicate_of`).",
        gt=0,
        le=1,
    )
    thresholds: Thresholds = USUAL
    vocabulary: str = ""
    """Entries of the user's own for the vocabularies, as JSON by vocabulary: see ``planparse.configuration``."""
