"""What the records and the document say about each other: placeholders, stated counts, arithmetic. Checks find; they change nothing."""

from __future__ import annotations

from planparse.checks.counts import stated_counts
from planparse.checks.placeholders import placeholders
from planparse.extract import Extraction
from planparse.model.document import Outline
from planparse.model.findings import Note

CHECKS = (placeholders, stated_counts)


def check(outline: Outline, found: Extraction) -> list[Note]:
    """Notes of all checks, with source spans."""
    return [note for one in CHECKS for note in one(outline, found)]
