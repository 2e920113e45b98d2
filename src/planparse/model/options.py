"""What a run may be told: one frozen object, handed down as it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost before it becomes a ``limit_exceeded`` finding."""

    max_bytes: int = 256 * 1024 * 1024
    max_chars: int = 100_000_000
    max_pages: int = 5_000
    max_depth: int = 256
    """Nesting of HTML or XML elements."""
    max_members: int = 10_000
    """Documents in one archive."""
    max_ratio: int = 200
    """Unpacked over packed size of an archive member."""
    max_archive_bytes: int = 1024 * 1024 * 1024
    timeout: float = 60.0
    """Seconds for one document; 0 for no limit."""
    memory: int = 2 * 1024 * 1024 * 1024
    """Bytes that reading may take of a process, where the system can hold it to that; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a document's or a record's share, length or likeness decides. The defaults were set on real plans, as said beside each."""

    garble_margin: float = 4.5
    """By how much (natural logarithm) the best reading of damaged simplified text must lead the second. On 2,031 runs of
    documents that nothing was tuned on 4.5 accepts 69%, 0.34% of them wrongly: the lost last character of a clause often has rivals that only the sense rules out (材林, 材料)."""
    garble_margin_traditional: float = 2.5
    """The same for traditional text, where most runs end in a character whose bytes are known. On 2,031 runs: 93% accepted,
    0.92% of them wrongly."""
    traditional_share: float = 0.05
    """Above this share of traditional-only characters a text is traditional (annotation guide, document.script)."""
    mixed_share: float = 0.01
    """Above this share it is mixed."""
    strange_share: float = 0.03
    """Share of characters that plans do not use, above which a PDF page's text layer is broken. 38 sound files: none on any page; a
    file with a broken layer: up to 25%, above 3% on 56 of 58 pages."""
    common_share: float = 0.1
    """Least share of common characters among a PDF page's Chinese ones. 38 sound files: at least 47% on a page of prose, 18% in a
    table of names; by chance alone it would be about 6%."""
    broken_share: float = 0.3
    """With more of its pages broken, nothing in a PDF is to be trusted (its cover and contents use other fonts)."""
    keywords: int = 10
    """Terms in ``documents.keywords``, at most."""
    excerpt_length: int = 200
    """Characters in ``findings.excerpt_raw``, at most."""
    copy_likeness: float = 0.4
    """Least likeness (Jaccard, of clauses) of near-duplicates, beside ``Options.copy_share``: below it the longer text is another
    document that the shorter one stands in; sketches tell such pairs badly, too."""


USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class Scoring:
    """How records are scored against gold. It says nothing of how documents are read."""

    title_alike: float = 0.9
    """Least likeness at which titles and names of sections, tasks and projects are the same; this and the next are the guide's."""
    goal_alike: float = 0.85
    indicator_alike: float = 0.85
    subject_alike: float = 0.6
    """The same of what a target measures."""
    resamples: int = 1000
    """How often documents are drawn again for an interval."""
    seed: int = 20_210_101
    """The same documents always give the same intervals."""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read. Two runs with equal options and equal version give equal records."""

    limits: Limits = Limits()
    convert: bool = False
    """Let LibreOffice convert .doc, .wps and .rtf where it is installed."""
    copy_share: float = 0.8
    """Share of the clauses of the shorter of two documents that must stand in the longer one for it to be a near-duplicate."""
    thresholds: Thresholds = USUAL
    vocabulary: str = ""
    """Entries of the user's own for the vocabularies, as JSON by vocabulary: see ``planparse.configuration``."""
