"""How far a document's tables can be trusted, in one word: by the trust of its outline, what was found, and what was left unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from planparse.checks.coverage import Account
from planparse.extract import Extraction
from planparse.model.document import Outline
from planparse.model.findings import Code, Note
from planparse.model.records import OF_PLANS, Trust

SOUND = 0.75
"""Least trust of an outline at which a document is sound: the issue asks that of such documents 95% have their sections right."""
POOR = 0.4
"""Below this trust an outline is more likely wrong than right, and with it whatever is read by chapters."""
DAMAGED = 0.02
"""Share of the text that is garbled, or decoded wrongly, above which a document is poor: one character in fifty spoils every
second sentence."""
SERIOUS: dict[Code, int] = {
    Code.UNREADABLE_FILE: 1,  # pages that cannot be opened: what stands on them is missing
    Code.NO_TEXT_LAYER: 1,  # the same, unless it is the cover
    Code.BROKEN_TEXT_LAYER: 1,  # the same; often it is the cover, so that no document is poor by this alone
    Code.LIMIT_EXCEEDED: 1,  # part of the document was not read as it is
    Code.MOJIBAKE: 1,  # a stretch is lost
    Code.GARBLED_TEXT: 3,  # one or two damaged words spoil a title or a value at most
    Code.IMAGE_TABLE: 1,  # a table is missing
    Code.UNREAD_TABLE: 1,  # the same
    Code.UNREAD_RUN: 1,  # several numbered items are missing
    Code.UNREAD_MARKER: 4,  # single ones are mostly numbers in running text
    Code.TEXT_BEFORE_OUTLINE: 1,  # what stands there is in no section
    Code.LOST_RANK: 2,  # one is mostly the document's own slip
    Code.NUMBERING_GAP: 4,  # the same
    Code.REJECTED_RECORD: 1,  # a row is missing
}
"""Findings by which a document is doubtful, and how many of each it takes."""
UNACCOUNTED = 0.5
"""Least share of accounted numbers of a sound document. Of 202 real ones four have less: rules for grants, an award, a page of questions,
and a plan that is read badly; one in ten has less than 0.74, half have more than 0.96."""
ENOUGH_NUMBERS = 10
"""With fewer numbers unaccounted for, the share says little."""
BLANK = 2
"""Characters of a page without text: the breaks between pages."""
LONG_PROSE = 600
"""Characters of prose that want headings; a shorter text around tables needs none."""


def trust_of(outline: Outline, found: Extraction, notes: Sequence[Note], account: Account) -> Trust:
    """The trust of one document. ``notes`` are all that will be its findings."""
    if not outline.plan:
        return Trust.NOT_A_PLAN
    if outline.trust < POOR or _damaged(notes, outline) or not any(found.drafts[table] for table in OF_PLANS):
        return Trust.POOR
    if outline.trust < SOUND or _is_serious(notes, outline) or _unaccounted(account):
        return Trust.DOUBTFUL
    return Trust.SOUND


def _damaged(notes: Sequence[Note], outline: Outline) -> bool:
    spoilt = sum(
        note.end - note.start
        for note in notes
        if note.code in (Code.GARBLED_TEXT, Code.MOJIBAKE) and note.start is not None and note.end is not None
    )
    return spoilt > DAMAGED * max(1, outline.end - outline.start)


def _is_serious(notes: Sequence[Note], outline: Outline) -> bool:
    counts = Counter(note.code for note in notes)
    if not _lacks_pages(outline.clean.source.pages):
        counts.pop(Code.NO_TEXT_LAYER, None)
    return any(counts[code] >= least for code, least in SERIOUS.items())


def _lacks_pages(pages: Sequence[int]) -> bool:
    """Whether a page between the first and the last has no text."""
    return any(end - start <= BLANK for start, end in pairwise(pages[1:]))


def _unaccounted(account: Account) -> bool:
    return account.open >= ENOUGH_NUMBERS and account.share is not None and account.share < UNACCOUNTED
