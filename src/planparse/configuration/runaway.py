"""Patterns of a user's own that could run away: told from how they are built, before any text is tried.

A pattern runs away where one text can be divided in many ways between its repetitions: with ``(a+)+`` in as many as there
are subsets, with ``a*a*a*`` in as many as there are triples of places. The first is refused, and of the second what
would be more than two repetitions that can take each other's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

WIDE = 10
"""A repetition with so many lengths, or more, counts."""
MOST_OVERLAPPING = 2
"""Repetitions that may take each other's text: .*阅读.* is ordinary, and squares the length of a line."""
NARROW = 0.15
"""What a repetition of few lengths, such as a?, counts for."""
SAMPLE = " \t\n07aZ中、。（-_:|.,;!?\u3000"
"""Characters that stand for the classes of a pattern, beside those that it names."""
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT}
Part = tuple[Any, Any]


def runs_away(pattern: str) -> str | None:
    """Why a pattern can take time without end on some line, in words; None for one that cannot."""
    tree = list(_parser.parse(pattern))
    named = {chr(value) for kind, value in _leaves(tree) if kind in (sre.LITERAL, sre.NOT_LITERAL)}
    signs = sorted({*SAMPLE, *named})
    if any(kind is sre.GROUPREF for kind, _ in _walk(tree)):
        return "it refers back to a group"
    for kind, value in _walk(tree):
        if kind in _REPEATS and value[1] >= WIDE and not _is_even(list(value[2]), signs):
            return "a repetition holds what can be divided in several ways; write it once"
    if _most_overlapping(list(_sequence(tree)), signs) > MOST_OVERLAPPING:
        return f"more than {MOST_OVERLAPPING} repetitions can take the same text; write fewer"
    return None


def _bodies(part: Part) -> list[list[Part]]:
    """What stands in a part: the branches of a choice, the body of a group or a repetition."""
    kind, value = part
    if kind in _REPEATS:
        return [list(value[2])]
    if kind is sre.SUBPATTERN:
        return [list(value[-1])]
    if kind is sre.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(value[1])]
    return [list(value)] if kind is getattr(sre, "ATOMIC_GROUP", None) else []


def _walk(tree: Sequence[Part]) -> Iterator[Part]:
    for part in tree:
        yield part
        for body in _bodies(part):
            yield from _walk(body)


def _leaves(tree: Sequence[Part]) -> Iterator[Part]:
    for part in _walk(tree):
        if part[0] is sre.IN:
            for kind, value in part[1]:
                yield from ((sre.LITERAL, end) for end in value) if kind is sre.RANGE else [(kind, value)]
        else:
            yield part


def _is_wide(value: Any) -> bool:
    return bool(value[1] - value[0] >= WIDE or value[1] is sre.MAXREPEAT)


def _sequence(tree: Sequence[Part]) -> Iterator[Part]:
    """The parts in their order, groups opened; a choice stays one part."""
    for part in tree:
        if part[0] is sre.SUBPATTERN:
            yield from _sequence(list(part[1][-1]))
        else:
            yield part


def _takes(part: Part, sign: str) -> bool:
    """Whether a part can take the character somewhere."""
    kind, value = part
    bodies = _bodies(part)
    if bodies:
        return kind not in (sre.ASSERT, sre.ASSERT_NOT) and any(_takes(one, sign) for body in bodies for one in body)
    if kind is sre.LITERAL:
        return bool(value == ord(sign))
    if kind is sre.NOT_LITERAL:
        return bool(value != ord(sign))
    if kind is sre.ANY:
        return True
    return kind is sre.IN and _in_class(value, sign)


def _in_class(items: Sequence[Part], sign: str) -> bool:
    found = False
    for kind, value in items:
        if kind is sre.LITERAL:
            found |= value == ord(sign)
        elif kind is sre.RANGE:
            found |= value[0] <= ord(sign) <= value[1]
        elif kind is sre.CATEGORY:
            letter = str(value).rsplit("_", 1)[-1][0].lower()
            letter = letter.upper() if "_NOT_" in str(value) else letter
            found |= re.match(f"\\{letter}", sign) is not None
    return found != (bool(items) and items[0][0] is sre.NEGATE)


def _is_even(body: Sequence[Part], signs: Sequence[str]) -> bool:
    """Whether a repeated text shows where each turn ends: turns of one length, or with a sign that stands nowhere else in them."""
    parts = list(_sequence(body))
    if all(not _bodies(part) for part in parts):
        return True
    choices = [part for part in parts if part[0] is sre.BRANCH]
    if not all(_is_clear(choice, signs) for choice in choices):
        return False
    if len(choices) == len(parts) == 1:
        return all(body for body in _bodies(choices[0]))
    for place, part in enumerate(parts):
        others = [other for at, other in enumerate(parts) if at != place]
        mine = [sign for sign in signs if _takes(part, sign)]
        if not _bodies(part) and mine and not any(_takes(other, sign) for other in others for sign in mine):
            return _most_overlapping(parts, signs) <= 1
    return False


def _is_clear(choice: Part, signs: Sequence[str]) -> bool:
    """Whether the first character shows which branch is taken: no two begin alike, each is of one length, one at most is empty."""
    found: set[str] = set()
    empty = 0
    for branch in _bodies(choice):
        if any(_bodies(part) for part in branch):
            return False
        mine = {sign for sign in signs if branch and _takes(branch[0], sign)}
        empty += not branch
        if found & mine or empty > 1:
            return False
        found |= mine
    return True


def _most_overlapping(parts: Sequence[Part], signs: Sequence[str]) -> float:
    """The most repetitions in a row that one and the same character could fill, with all that stands between them."""
    most = 0.0
    for sign in signs:
        count = 0.0
        for part in parts:
            if part[0] in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
                continue
            if _takes(part, sign):
                count += sum(map(_weight, _walk([part])))
                most = max(most, count)
            elif part[0] not in _REPEATS or part[1][0]:
                count = 0.0
    return most


def _weight(part: Part) -> float:
    kind, value = part
    if kind not in _REPEATS or value[0] == value[1]:
        return 0.0
    return 1.0 if _is_wide(value) else NARROW
