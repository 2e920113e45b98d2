"""Indicators and targets under the name of what they measure: a catalogue, links to it, values in its units."""

from planparse.concepts.catalogue import Concept, concept_of, concepts
from planparse.concepts.linking import LINKED, Link, link, link_drafts, meanings

__all__ = ["LINKED", "Concept", "Link", "concept_of", "concepts", "link", "link_drafts", "meanings"]
