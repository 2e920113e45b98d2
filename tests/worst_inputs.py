"""Texts that make a pattern try as much as it can: found from the pattern itself."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
LEAST = 8
"""A repeat of fewer cannot cost much."""
WORDS = {sre.CATEGORY_DIGIT: "7", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "文", sre.CATEGORY_NOT_SPACE: "文"}
ORDINARY = "建7a一 、（：-|<"


def _of_class(items: list[tuple[Any, Any]], rng: random.Random) -> str:
    """A character that a class takes."""
    negated = bool(items) and items[0][0] is sre.NEGATE
    if negated:
        taken = re.compile(_unparse(items))
        return next((c for c in ORDINARY if taken.match(c)), "文")
    kind, value = rng.choice(items)
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(rng.choice(value))
    return WORDS.get(value, "文")


def _unparse(items: list[tuple[Any, Any]]) -> str:
    parts = []
    for kind, value in items[1:]:
        if kind is sre.LITERAL:
            parts.append(re.escape(chr(value)))
        elif kind is sre.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif kind is sre.CATEGORY:
            name = str(value).rsplit("_", 1)[-1][0].lower()
            parts.append("\\" + (name.upper() if "NOT" in str(value) else name))
    return f"[^{''.join(parts)}]"


def sample(tree: Any, rng: random.Random, most: int = 2) -> str:
    """A text that a parsed pattern takes, but for what it asserts."""
    return "".join(_sample(kind, value, rng, most) for kind, value in tree)


def _sample(kind: Any, value: Any, rng: random.Random, most: int) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return next(c for c in ORDINARY if ord(c) != value)
    if kind is sre.ANY:
        return "文"
    if kind is sre.IN:
        return _of_class(value, rng)
    if kind is sre.BRANCH:
        return sample(rng.choice(value[1]), rng, most)
    if kind is sre.SUBPATTERN:
        return sample(value[-1], rng, most)
    if kind is sre.ATOMIC_GROUP:
        return sample(value, rng, most)
    if kind in REPEATS:
        low, high, body = value
        return "".join(sample(body, rng, most) for _ in range(min(max(low, 1), high, max(low, most))))
    if kind is sre.ASSERT and value[0] == 1:
        return sample(value[1], rng, most)
    return ""


def repeats(tree: Any) -> Iterator[Any]:
    """The bodies of all that a parsed pattern repeats often."""
    for kind, value in tree:
        if kind in REPEATS:
            if value[1] >= LEAST:
                yield value[2]
            yield from repeats(value[2])
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from repeats(branch)
        elif kind is sre.SUBPATTERN:
            yield from repeats(value[-1])
        elif kind is sre.ATOMIC_GROUP:
            yield from repeats(value)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeats(value[1])


def pumps(pattern: str, flags: int, limit: int = 16) -> list[str]:
    """Pieces of which a bad text consists: what is repeated, whole matches, beginnings of matches, single signs."""
    rng = random.Random(pattern)
    try:
        tree = _parser.parse(pattern, flags & ~re.DEBUG)
    except (re.error, OverflowError):  # what only the module regex knows
        signs = [c for c in dict.fromkeys(pattern) if not c.isascii()] or ["文"]
        return [*ORDINARY, *rng.sample(signs, min(limit, len(signs)))]
    found = [sample(body, rng) for body in repeats(tree)]
    whole = [sample(tree, rng) for _ in range(4)]
    found += [part for text in whole for part in (text, text[:-1], text[: len(text) // 2], text[-1:], text[:1])]
    found += [*ORDINARY]
    unique = [piece for piece in dict.fromkeys(found) if piece]
    return unique if len(unique) <= limit else [*unique[: limit // 2], *rng.sample(unique[limit // 2 :], limit // 2)]
