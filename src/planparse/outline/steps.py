"""The ways to take a reading of a place in a state of the search, and what each is made of."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.language.shapes.markers import Rank, rank_of
from planparse.outline.places import Place
from planparse.outline.readings import (
    ANNEX,
    BOX,
    CONTAINERS,
    DOCUMENT,
    FRONT,
    HEADING,
    ITEM,
    NOTE,
    PLAIN,
    Reading,
    at_start,
)
from planparse.outline.stacks import Run, Stack, State, closed

FAR = 1_200
"""Characters behind its caption at which a box is long: of 96 boxes in gold files nine in ten are shorter."""
NEAR = 3
"""A count that leaves out so many numbers has a gap; beyond, it jumps."""

Step = tuple[Stack, Run | None, tuple[str, ...]]
"""What stays open, what is opened inside it, and what that is made of."""


def out_of_frames(state: State, place: Place) -> State:
    """A box that a frame is drawn around ends where the frame does."""
    container = state.stack.container
    if container is None or container.run.frame is None or container.run.frame == place.line.frame or container.outer is None:
        return state
    return State(container.outer, state.last)


def steps(state: State, place: Place, reading: Reading, begins: bool, beside: bool) -> Iterator[Step]:
    """The steps from a state; ``begins``, ``beside``: whether a run may still begin, or begin beside an open one."""
    kind, stack = reading.kind, state.stack
    if kind == PLAIN:
        yield stack, None, ()
    elif kind == DOCUMENT:
        if stack.depth and "below_first" in place.features:
            yield _outermost(stack), None, (*(f"document.{f}" for f in ("sent_out", "attached") if f in place.features), *closed(stack))
    elif kind in CONTAINERS:
        style = "list" if place.form == "annex" and "listed" not in place.features else place.style
        frame = place.line.frame if kind == BOX else None
        outer = stack.inner.outer if stack.inner else stack
        assert outer is not None
        yield outer, Run(kind, style, place.ordinals, True, "", True, 0, place.start, frame), ()
    elif kind in (ANNEX, FRONT):
        first = kind == ANNEX and not state.last.of and not stack.depth
        here = Run(kind, place.style, place.ordinals, True, "", True, 0)
        yield _outermost(stack), here, (*(("annex.first_of_all",) if first else ()), *closed(stack))
    else:
        yield from _counted(state, place, reading, begins, beside)


def _outermost(stack: Stack) -> Stack:
    while stack.outer is not None:
        stack = stack.outer
    return stack


def run_of(place: Place, reading: Reading) -> Run:
    """The run that a heading or an item is the last member of."""
    assert reading.title is not None
    return Run(reading.kind, place.style, place.ordinals, True, place.look, reading.title.why == "line", reading.title.size)


def _single(run: Run) -> Run:
    """A run that has one member so far."""
    return Run(run.kind, run.style, run.ordinals, False, run.look, run.whole_line, run.size)


def _counted(state: State, place: Place, reading: Reading, begins: bool, beside: bool) -> Iterator[Step]:
    """Headings and items: go on in an open run, or begin one below, behind or beside what is open."""
    stack, here, style, kind = state.stack, run_of(place, reading), place.style, reading.kind
    open_one: Stack | None = stack
    while open_one is not None and (open_one.run.style != style or open_one.run.kind != kind):
        open_one = open_one.outer
    if open_one is not None and open_one.outer is not None:
        yield open_one.outer, here, gone_on(stack, open_one, here, place)
    if not begins:
        return
    if kind == ITEM:
        yield _item_begun(state, stack, here, place)
        return
    inner = stack.inner
    if inner is None:
        if not stack.fronted:
            yield _begun(state, stack, here, place)
    elif inner.outer is not None and inner.outer.run.kind != FRONT:  # leave a list or a container
        left = "annex.left" if inner.run.kind == NOTE and inner.run.style in ("annex", "list") else "container.left_to_begin" if stack.box else "item.left_to_begin"
        yield _begun(state, inner.outer, here, place, (left, *closed(stack, inner.outer)))
    section = (inner.outer if inner else stack) if beside else None
    while section is not None and section.outer is not None:  # begin beside what is open, in another style
        run = section.run
        if run.kind == FRONT or (run.kind == HEADING and (place.form != "style" or run.style >= style)):
            free = run.kind == FRONT or place.form == "style"
            rises = section.outer.outer is None and rank_of(run.style) > rank_of(style)
            yield _begun(state, section.outer, here, place, (*(() if free else ("run.rises",) if rises else ("run.beside",)), *closed(stack, section.outer)))
        section = section.outer


def gone_on(stack: Stack, open_one: Stack, here: Run, place: Place) -> tuple[str, ...]:
    """How a member goes on from the one before it in its run, the innermost of ``open_one``."""
    run, above = open_one.run, open_one.outer
    assert above is not None
    features = [*closed(stack, open_one), *_count(run, place, above)]
    if stack.box and not open_one.box and _expects(stack, place):
        features.append("container.expects")
    if run.size != here.size:
        features += ["run.size"] * abs(run.size - here.size)
    if run.look != here.look:
        features.append("run.look")
    if run.whole_line != here.whole_line:
        features.append("run.ends")
    if here.kind == ITEM:
        features += _item(above, place)
    return tuple(features)


def _expects(stack: Stack | None, place: Place) -> bool:
    """Whether a count of items in a container goes on with the place, too."""
    while stack is not None and stack.run.kind == ITEM:
        if stack.run.style == place.style and stack.run.ordinals[-1] + 1 == place.ordinals[-1]:
            return True
        stack = stack.outer
    return False


def _item(above: Stack, place: Place) -> tuple[str, ...]:
    """What an item costs outside a container, and far behind the beginning of one."""
    box = above.box
    if box is None:
        return ("item.each" if at_start(place) else "item.inline",)
    return ("container.far",) if box.frame is None and place.start - box.begun > FAR else ()


def _count(run: Run, place: Place, above: Stack) -> tuple[str, ...]:
    """How ordinals go on from those of the run's last member."""
    old, new = run.ordinals, place.ordinals
    if not new or (new[-1] == old[-1] + 1 and new[:-1] == old[:-1]):
        return ("run.next", *_prefix(place, above))
    if run.kind == ITEM:
        return ("item.next",) if new[-1] == old[-1] + 1 else ("item.gap",)
    if new[-1] == 1:
        return ("run.next_prefix",) if len(old) > 1 and new[:-1] != old[:-1] else ("run.again",)
    if new[-1] == old[-1]:
        return ("run.same",)
    return ("run.gap",) if old[-1] < new[-1] <= old[-1] + NEAR else ("run.jump",)


def _prefix(place: Place, above: Stack) -> tuple[str, ...]:
    """1.2 and 1.2.3 name the ordinals above them."""
    if len(place.ordinals) < 2 or above.counted is None:
        return ()
    return ("prefix.right",) if place.ordinals[-2] == above.counted.ordinals[-1] else ("prefix.wrong",)


def _begun(state: State, above: Stack, here: Run, place: Place, features: tuple[str, ...] = ()) -> Step:
    """A run of headings that begins below ``above``."""
    before = state.last.of.get(place.style)
    ordinals = place.ordinals
    if not ordinals or ordinals[-1] == 1:
        first = "run.first"
    elif before is not None and before[0] == ordinals[-1] - 1:
        first = "run.goes_on_below"
    else:
        first = "run.begins_late" if not state.last.of and above.outer is None else "run.lost_first"
    prefix = _prefix(place, above)
    known = before is not None and above.depth > 0 and before[1] == above.parent
    found = [*features, first, *["run.begins_long"] * here.size, *prefix]
    if before is not None and before[1] != above.parent and not above.annexed:
        found.append("nest.changed")
    if not known and rank_of(above.parent) >= rank_of(place.style) > Rank.FRONT:
        found.append("nest.unusual")
    if _inside(above, place.style):
        found.append("nest.itself")
    several = place.form == "style" or prefix == ("prefix.right",) or known or "known" in place.features  # （一）总体目标 may stand alone
    return above, here if several else _single(here), tuple(found)


def _inside(stack: Stack | None, style: str) -> bool:
    """Whether a run of a style is open."""
    while stack is not None:
        if stack.run.style == style:
            return True
        stack = stack.outer
    return False


def _item_begun(state: State, above: Stack, here: Run, place: Place) -> Step:
    """A count of items that begins below ``above``."""
    style = place.style
    begins = "item.lost_first" if place.ordinals[-1] != 1 else "item.first_inside" if above.box else "item.first"
    found = [begins, *["run.begins_long"] * here.size]
    outer = above.run
    if outer.kind == ITEM and outer.style != "条" and rank_of(outer.style) >= rank_of(style):
        found.append("nest.unusual")
    if _is_expected(above, place):
        found.append("item.was_expected")
    else:
        found += _item(above, place)
    if style in state.last.of and above.box is None:
        found.append("item.was_heading")
    return above, _single(here), tuple(found)


def _is_expected(stack: Stack | None, place: Place) -> bool:
    """Whether an open run of headings expects this very number."""
    while stack is not None:
        run = stack.run
        if run.style == place.style and run.kind == HEADING and (*run.ordinals[:-1], run.ordinals[-1] + 1) == place.ordinals:
            return True
        stack = stack.outer
    return False
