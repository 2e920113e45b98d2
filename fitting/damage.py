"""What a damage is: a change to how a text looks, after which a reader still sees the same headings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from fitting.edits import Edit, Page, edited, moved
from fitting.gold_places import Heading

Edits = Callable[[Page, random.Random], list[Edit]]
"""What a damage changes on a page; nothing where it does not apply."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text, where its headings now stand, and the indexes of those that are lost."""

    text: str
    headings: tuple[Heading, ...]
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """A damage of layout. Called with a text, its headings and a source of chance, it gives the damaged text, or None
    where it does not apply; the same seed gives the same text.
    """

    name: str
    family: str
    """What it touches: look, marker, break, page, insert. Damages of different families can be combined."""
    doc: str
    """What it does, in a line."""
    run: Callable[[str, tuple[Heading, ...], random.Random], Damaged | None]
    renumbered: bool = False
    """``number_raw`` is another afterwards: not to be compared."""
    drops_gold: bool = False
    """Headings are lost (``Damaged.dropped``); gold must lose these rows, too."""
    loses_paragraphs: bool = False
    """Where paragraphs begin is lost: lead sentences (measures) can no longer be told from others."""
    loses_title_ends: bool = False
    """Where a title ends that does not run on to a full stop is lost: it can only be compared by how it begins."""

    def __call__(self, text: str, headings: Sequence[Heading], rng: random.Random) -> str | None:
        """The damaged text, or None."""
        found = self.run(text, tuple(headings), rng)
        return found.text if found else None

    def damaged(self, text: str, headings: Sequence[Heading], seed: int | str = 0) -> Damaged | None:
        """The damaged text with the places of its headings, or None."""
        return self.run(text, tuple(headings), random.Random(seed))


def edited_by(edits: Edits, text: str, headings: tuple[Heading, ...], rng: random.Random) -> Damaged | None:
    """Carry out the edits of a damage; headings that an edit takes away are dropped."""
    found = edits(Page(text, headings), rng)
    if not found:
        return None
    cut = [(start, end) for start, end, new in found if not new.strip()]
    dropped = [n for n, h in enumerate(headings) if any(a <= h.start and h.title_end <= b for a, b in cut)]
    kept = [h for n, h in enumerate(headings) if n not in dropped]
    return Damaged(edited(text, found), moved(kept, found), tuple(dropped))


def damage(family: str, **losses: bool) -> Callable[[Edits], Damage]:
    """Make a damage of a function that gives edits: named after it, told by the first line of its docstring."""

    def make(edits: Edits) -> Damage:
        return named(edits.__name__, family, (edits.__doc__ or "").split("\n")[0], edits, **losses)

    return make


def named(name: str, family: str, doc: str, edits: Edits, **losses: bool) -> Damage:
    """A damage that gives edits."""
    return Damage(name, family, doc, partial(edited_by, edits), **losses)


def chained(name: str, family: str, doc: str, parts: Iterable[Damage]) -> Damage:
    """Damages one after the other; it applies where all of them do."""
    steps = tuple(parts)

    def run(text: str, headings: tuple[Heading, ...], rng: random.Random) -> Damaged | None:
        now: Damaged | None = Damaged(text, headings)
        for step in steps:
            now = step.run(now.text, now.headings, rng) if now else None
        return now

    if any(step.drops_gold for step in steps):
        raise ValueError(f"{name}: a damage that drops gold stands alone")
    return Damage(
        name, family, doc, run,
        renumbered=any(step.renumbered for step in steps),
        loses_paragraphs=any(step.loses_paragraphs for step in steps),
        loses_title_ends=any(step.loses_title_ends for step in steps),
    )  # fmt: skip
