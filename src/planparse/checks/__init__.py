"""What the records and the document say about each other: placeholders, stated counts, arithmetic. Checks find; they change nothing."""

from __future__ import annotations

from planparse.checks.annexes import against_annex
from planparse.checks.changes import changes
from planparse.checks.contradictions import against_start, impossible_dates, table_against_prose
from planparse.checks.counts import stated_counts
from planparse.checks.coverage import account_of
from planparse.checks.sums import sums
from planparse.checks.totals import totals
from planparse.checks.trust import trust_of
from planparse.checks.unread import placeholders, unread_cells, unread_signs
from planparse.extract import Extraction
from planparse.model.document import Outline
from planparse.model.findings import Note

__all__ = ["account_of", "check", "trust_of"]

CHECKS = (placeholders, unread_signs, unread_cells, stated_counts, totals, sums, changes, table_against_prose, against_annex, against_start, impossible_dates)


def check(outline: Outline, found: Extraction) -> list[Note]:
    """Notes of all checks, with source spans."""
    return [note for one in CHECKS for note in one(outline, found)]
