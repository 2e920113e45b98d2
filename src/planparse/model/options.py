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


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read. Two runs with equal options and equal version give equal records."""

    limits: Limits = Limits()
    convert: bool = False
    """Let LibreOffice convert .doc, .wps and .rtf where it is installed."""
    copy_share: float = 0.8
    """Share of the clauses of the shorter of two documents that must stand in the longer one for it to be a near-duplicate."""
    vocabulary: str = ""
    """Entries of the user's own for the vocabularies, as JSON by vocabulary: see ``planparse.configuration``."""
