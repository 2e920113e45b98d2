"""The one reader of places: what may begin at a place, and what a line is by its form. It decides nothing."""

from __future__ import annotations

from planparse.language.shapes.markers import Marker, Rank, find_marker, rank_of
from planparse.language.shapes.signs import ordinal

__all__ = ["Marker", "Rank", "find_marker", "ordinal", "rank_of"]
