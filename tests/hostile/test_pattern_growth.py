"""No pattern backtracks: ten times the text costs it no more than twelve times the time, whatever the text."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import regex
import yaml
from worst_inputs import pumps

import planparse
from planparse.extract.lexicon import Worded

pytestmark = pytest.mark.waits

MOST_GROWTH = 12
SHORT, LONG = 10_000, 100_000
FLOOR = 0.002
"""Seconds below which a time says nothing."""
STILL = 4
"""By how much the cost may grow from the long text to one three times as long."""
HOPELESS, CLEARLY, LEVEL = 0.5, 6, 3.2
"""What takes so long for the short text, or so many times as long for three times the text, is not tried with the long one;
nor what takes only so many times as long."""
TAILS = ("\x00", "a")
"""What the text ends in, so that what began to match fails: a sign that no class names, and one that is no Chinese."""
NO_NOISE = 1.0
"""Seconds of processor beyond which twice the growth that is enough is no accident."""
ROUNDS = 8
"""Rounds of measuring before a pattern is blamed."""
KINDS = (re.Pattern, regex.Pattern)
ANCHORED = {"match", "fullmatch"}
METHODS = {*ANCHORED, "search", "finditer", "findall", "sub", "subn", "split"}
KNOWN = yaml.safe_load((Path(__file__).parents[1] / "cases" / "growing_patterns.yaml").read_text(encoding="utf-8"))


def _within(value: Any, depth: int = 0) -> Iterator[Any]:
    """The patterns in a value: itself, or in what it holds."""
    if isinstance(value, KINDS):
        yield value
    elif isinstance(value, Worded):
        yield value.compiled
    elif depth > 4 or isinstance(value, (str, bytes, type)):
        return
    elif isinstance(value, dict):
        for item in value.values():
            yield from _within(item, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _within(item, depth + 1)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _within(getattr(value, item.name, None), depth + 1)


def _of_module(module: Any) -> Iterator[tuple[str, Any]]:
    """Module-level patterns, and those that cached functions without arguments make."""
    for name, value in vars(module).items():
        for pattern in _within(value):
            yield name, pattern
        if hasattr(value, "cache_info") and value.__module__ == module.__name__:
            required = [p for p in inspect.signature(value).parameters.values() if p.default is p.empty]
            for pattern in () if required else _within(value()):
                yield f"{name}()", pattern


@cache
def _uses() -> dict[tuple[str, str], set[str]]:
    """By module and name of a pattern, the methods that the module calls on it; by name alone for all modules."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    root = Path(planparse.__path__[0])
    for path in root.rglob("*.py"):
        module = ".".join(("planparse", *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unpacked = dict(_unpacked(tree))
        for node in ast.walk(tree):
            name = _pattern_name(node.value) if isinstance(node, ast.Attribute) and node.attr in METHODS else None
            for own in filter(None, (name, unpacked.get(name or ""))):
                found[module, own].add(node.attr)
                found["", own].add(node.attr)
    return found


def _unpacked(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Local names of patterns that a function gives: ``one, other = function()``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Tuple):
            for target in node.targets[0].elts:
                if isinstance(target, ast.Name) and isinstance(node.value.func, ast.Name):
                    yield target.id, f"{node.value.func.id}()"


def _pattern_name(node: ast.AST) -> str | None:
    """The name of what a method is called on: ``NAME``, ``made.NAME``, ``function()``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return f"{node.func.id}()"
    return None


@cache
def patterns() -> dict[str, list[tuple[str, Any, bool]]]:
    """All patterns by the first part of the package: name, pattern, and whether it is only tried at one place."""
    for module in pkgutil.walk_packages(planparse.__path__, "planparse."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    seen: set[Any] = set()
    found: dict[str, list[tuple[str, Any, bool]]] = defaultdict(list)
    for name in sorted(name for name in sys.modules if name.startswith("planparse.")):
        for own, pattern in _of_module(sys.modules[name]):
            if (pattern.pattern, pattern.flags) in seen:
                continue
            seen.add((pattern.pattern, pattern.flags))
            uses = _uses().get((name, own)) or _uses().get(("", own)) or set()
            found[name.split(".")[1]].append((f"{name}.{own}", pattern, bool(uses) and uses <= ANCHORED))
    return found


def seconds(pattern: Any, text: Any, anchored: bool) -> float:
    begun = time.thread_time()
    if anchored:
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.thread_time() - begun


def grows_clearly(pattern: Any, text: Callable[[int], Any], anchored: bool) -> bool:
    """Whether three times the text costs much more than three times as much: a quick look, enough for what is quadratic."""
    whole = text(3 * SHORT)
    return _growth(pattern, whole[-SHORT:], whole, anchored, CLEARLY) > CLEARLY


def grows(pattern: Any, text: Callable[[int], Any], anchored: bool) -> bool:
    """Whether the cost grows faster than it may with the length of a text.

    What else runs on the machine only ever adds to a time: of several rounds the least growth counts, and rounds end as
    soon as it is within bounds. And a long text lies elsewhere in memory than a short one, where each character may
    cost twice as much: what grows beyond bounds is blamed only if it goes on growing beyond the long text.
    """
    whole = text(3 * SHORT)
    tripled = _growth(pattern, whole[-SHORT:], whole, anchored, LEVEL)
    if not LEVEL < tripled <= CLEARLY:
        return tripled > CLEARLY
    whole = text(LONG)
    if _growth(pattern, whole[-SHORT:], whole, anchored, MOST_GROWTH) <= MOST_GROWTH:
        return False
    return _growth(pattern, whole, text(3 * LONG), anchored, STILL) > STILL


def _growth(pattern: Any, short: Any, long: Any, anchored: bool, enough: float) -> float:
    """How many times as much the long text costs as the short one; measured until it is found to be ``enough`` or less."""
    least = float("inf")
    times = len(long) // len(short)
    for _ in range(ROUNDS):
        cost = sum(seconds(pattern, short, anchored) for _ in range(times)) / times
        if len(short) <= SHORT and cost > HOPELESS:
            return float("inf")
        whole = seconds(pattern, long, anchored)
        least = min(least, whole / max(cost, FLOOR))
        if least <= enough or (whole > NO_NOISE and least > 2 * enough):
            break
    return least


def worst(pattern: Any, anchored: bool) -> str | None:
    """The text by which a pattern grows too fast, with its times; None if there is none."""
    raw = isinstance(pattern.pattern, bytes)
    form = pattern.pattern.decode("latin-1") if raw else pattern.pattern
    tails = TAILS if "(?=[^" in form or "(?!" in form else TAILS[:1]  # only what a negated sign may follow can end well with the first
    for piece, tail in product(pumps(form, pattern.flags), tails):

        def text(length: int, piece: str = piece, tail: str = tail) -> Any:
            whole = (piece * (length // len(piece) + 1))[: length - 1] + tail
            return whole.encode("latin-1", "replace") if raw else whole

        if (grows if tail == TAILS[0] else grows_clearly)(pattern, text, anchored):
            return f"{piece!r}: {seconds(pattern, text(SHORT), anchored):.4f} s for {SHORT:,} characters"
    return None


@pytest.mark.parametrize("part", sorted({name.split(".")[0] for name in patterns()}))
def test_no_pattern_backtracks(part: str) -> None:
    bad = {}
    for name, pattern, anchored in patterns()[part]:
        found = worst(pattern, anchored)
        if found:
            bad.setdefault(name, []).append(found)
    assert sorted(bad) == sorted(name for name in KNOWN if name.split(".")[1] == part), bad


def test_all_patterns_are_found() -> None:
    assert sum(map(len, patterns().values())) > 400


@pytest.mark.parametrize(
    ("pattern", "piece", "expected"),
    [
        (r"[a-z]+\d", "a", True),
        (r"(?:\s|，)*$", "，", True),
        (r"[a-z]{1,20}\d", "a", False),
        (r"\d+[年月日]", "计划", False),
        (r"[ \t]+(?=[^\x21-\x7e\s])", " ", True),
        (r"(?<![ \t])[ \t]+(?=[^\x21-\x7e\s])", " ", False),
    ],
)
def test_growth_is_told(pattern: str, piece: str, expected: bool) -> None:
    found = [grows(re.compile(pattern), lambda length, tail=tail: (piece * length)[: length - 1] + tail, False) for tail in TAILS]
    assert any(found) is expected
