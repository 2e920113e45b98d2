"""All damages of layout by name, and pairs of them that fit together.

``DAMAGES["bold"](text, headings, rng)`` gives the damaged text or None; ``DAMAGES["bold"].damaged(text, headings, seed)``
also tells where the headings now stand and which are lost.
"""

from __future__ import annotations

import random

from fitting.breaks import BREAKS
from fitting.damage import Damage, Damaged, chained
from fitting.gold_places import Heading
from fitting.insertions import INSERTIONS, PAGES
from fitting.looks import LOOKS
from fitting.markers import MARKERS

FAMILIES = (
    ("insert", "marker"), ("insert", "look"), ("insert", "break"), ("marker", "look"), ("marker", "break"),
    ("page", "marker"), ("page", "look"), ("insert", "marker", "look"), ("insert", "marker", "break"),
)  # fmt: skip
"""Families of which one damage each can be combined, in this order: what is put in is then changed with the rest.

Signs around headings do not go with lost breaks (## in mid-line is no heading to anybody), nor two of one family.
"""
APART = frozenset(
    (
        frozenset(("tab_behind_marker", "indented")),
        frozenset(("circled_digits", "signs_with_points")),
        frozenset(("half_brackets", "glued_page_numbers")),
    )
)
"""Damages that do not go together though their families do."""
TRIES = 8
_SINGLE = (*LOOKS, *MARKERS, *BREAKS, *PAGES, *INSERTIONS)


def combined(rng: random.Random) -> Damage:
    """Two or three damages that fit together, drawn by chance: none that renumbers, loses a heading or its end."""
    while True:
        parts = [rng.choice(_fit(family)) for family in rng.choice(FAMILIES)]
        if not any(apart <= {one.name for one in parts} for apart in APART):
            name = "+".join(one.name for one in parts)
            return chained(name, "+".join(one.family for one in parts), " ".join(one.doc for one in parts), parts)


def _fit(family: str) -> list[Damage]:
    return [
        one for one in _SINGLE
        if one.family == family and not (one.renumbered or one.drops_gold or one.loses_title_ends)
    ]  # fmt: skip


def _run_combined(text: str, headings: tuple[Heading, ...], rng: random.Random) -> Damaged | None:
    for _ in range(TRIES):
        found = combined(rng).run(text, headings, rng)
        if found:
            return found
    return None


DAMAGES: dict[str, Damage] = {one.name: one for one in _SINGLE}
DAMAGES["combined"] = Damage(
    "combined", "combined", "Two or three damages that fit together.", _run_combined, loses_paragraphs=True
)
