"""Clean text → outline: evidence is read once, then one search decides for the whole document.

The order of the steps: tables and paragraphs (``blocks``), what may begin where (``evidence``, ``comparing``), the table of contents
(``contents``), the cheapest reading of all places together (``readings``, ``search``), and what follows from it: documents, titles, sections
(``documents``, ``front``, ``tree``), their kinds (``kinds``).
"""

from __future__ import annotations

from dataclasses import dataclass

from planparse.model.document import CleanDocument, Outline
from planparse.model.findings import Note
from planparse.outline.blocks import Block, find_blocks
from planparse.outline.comparing import compare
from planparse.outline.contents import Contents, find_contents, mark_titles
from planparse.outline.documents import mark_documents, outlines_of
from planparse.outline.evidence import Evidence, read_evidence
from planparse.outline.search import Choice, Search
from planparse.outline.tree import cut_blocks
from planparse.outline.weights import weights

__all__ = ["Reading", "outline", "read_evidence_of", "read_places"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read: its blocks, the evidence, the table of contents, and what was taken at each place."""

    blocks: list[Block]
    evidence: Evidence
    contents: Contents
    choices: list[Choice]
    notes: tuple[Note, ...]


def outline(clean: CleanDocument) -> tuple[Outline, ...]:
    """The outlines of the documents that the text holds, in order (nearly always one)."""
    reading = read_places(clean)
    pieces = cut_blocks(reading.blocks, reading.evidence.lines, reading.choices, reading.contents)
    return outlines_of(clean, pieces, reading)


def read_places(clean: CleanDocument) -> Reading:
    """Evidence, contents and the cheapest reading of a text."""
    blocks, notes = find_blocks(clean)
    evidence, contents = _evidence(clean, blocks)
    return Reading(blocks, evidence, contents, Search(weights()).run(evidence.places), notes)


def read_evidence_of(clean: CleanDocument) -> Evidence:
    """All places of a text outside its table of contents, with all that speaks for and against them."""
    return _evidence(clean, find_blocks(clean)[0])[0]


def _evidence(clean: CleanDocument, blocks: list[Block]) -> tuple[Evidence, Contents]:
    evidence = read_evidence(clean.text.text, blocks, clean.hints)
    contents = find_contents(evidence, weights())
    evidence = _outside(evidence, contents)
    compare(evidence)
    mark_titles(evidence, contents)
    mark_documents(evidence)
    return evidence, contents


def _outside(evidence: Evidence, contents: Contents) -> Evidence:
    """The evidence without the places of the table of contents."""
    places = tuple(p for p in evidence.places if not contents.start <= p.start < contents.end)
    return Evidence(evidence.text, evidence.lines, places) if len(places) < len(evidence.places) else evidence


