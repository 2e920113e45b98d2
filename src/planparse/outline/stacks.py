"""What is open at a place of the search: runs and containers inside each other, and the last number of each style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planparse.outline.places import Place
from planparse.outline.readings import ANNEX, CONTAINERS, DOCUMENT, FRONT, HEADING, SECTIONS


class Run(NamedTuple):
    """An open run of headings or items, or an open container."""

    kind: str
    style: str
    ordinals: tuple[int, ...]
    several: bool
    """It has two members at least."""
    look: str
    whole_line: bool
    size: int
    begun: int = 0
    """Where a container begins in the text."""
    frame: int | None = None
    """The frame drawn around a box, where the format knows it: the box ends where the frame does."""


@dataclass(slots=True, eq=False)
class Stack:
    """The innermost open run with those around it (``outer``; None: nothing is open), and what the search asks of them all.

    Sections stand around a container, and it around items. Of the same runs there is one object, so stacks are told apart at no cost.
    """

    run: Run
    outer: Stack | None
    depth: int = 0
    """How many headings are open."""
    parent: str = ""
    """The style of the innermost section."""
    counted: Run | None = None
    """The innermost heading with a number."""
    annexed: bool = False
    fronted: bool = False
    container: Stack | None = None
    box: Run | None = None
    """The container, but for a list of attachments that was doubted."""
    inner: Stack | None = None
    """The outermost that is no section."""
    closing: tuple[str, ...] = ()
    """What it costs to end the innermost run: one of a single member is odd."""


@dataclass(frozen=True, slots=True, eq=False)
class Last:
    """The last ordinal of each style, and the style that it stood below. Of the same ones there is one object."""

    of: dict[str, tuple[int, str]]


class State(NamedTuple):
    """What is open, and what was."""

    stack: Stack
    last: Last


class States:
    """All states of one search."""

    def __init__(self) -> None:
        self.start = State(Stack(Run("", "", (), True, "", True, 0), None), Last({}))
        self._stacks: dict[tuple[Stack, Run], Stack] = {}
        self._lasts: dict[tuple[tuple[str, tuple[int, str]], ...], Last] = {(): self.start.last}
        self._later: dict[tuple[Last, str, int, str], Last] = {}

    def after(self, state: State, place: Place, kind: str, outer: Stack, run: Run | None) -> State:
        """The state behind a place that was read as ``kind``: ``run`` is open inside ``outer``."""
        if run is None:
            return self.start if kind == DOCUMENT else State(outer, state.last)
        stack = self._stacks.get((outer, run))
        if stack is None:
            stack = self._stacks[outer, run] = within(outer, run)
        if kind != HEADING or not place.ordinals or outer.annexed:
            return State(stack, state.last)
        key = (state.last, place.style, place.ordinals[-1], outer.parent)
        last = self._later.get(key)
        if last is None:
            of = {style: entry for style, entry in state.last.of.items() if style != place.style} | {place.style: key[2:]}
            last = self._later[key] = self._lasts.setdefault(tuple(of.items()), Last(of))
        return State(stack, last)


def within(outer: Stack, run: Run) -> Stack:
    """The stack with a run inside it."""
    kind = run.kind
    if kind in SECTIONS:
        counted = run if kind == HEADING and run.ordinals else outer.counted
        closing = () if run.several else ("run.single",)
        return Stack(run, outer, outer.depth + 1, run.style, counted, outer.annexed or kind == ANNEX, outer.fronted or kind == FRONT, closing=closing)
    stack = Stack(run, outer, outer.depth, outer.parent, outer.counted, outer.annexed, outer.fronted, outer.container, outer.box, outer.inner)
    stack.inner = stack.inner or stack
    if kind in CONTAINERS:
        stack.container, stack.box, stack.closing = stack, None if run.style == "list" else run, ("container.closed",)
    elif not run.several:
        stack.closing = ("item.single",)
    return stack


def closed(stack: Stack, until: Stack | None = None) -> tuple[str, ...]:
    """What it costs to end what is open inside ``until``."""
    found: tuple[str, ...] = ()
    while stack is not until and stack.outer is not None:
        found, stack = stack.closing + found, stack.outer
    return found
