"""Changes to data: a cost without effect or of the other sign, a word or pattern less."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from mutants.mutant import Mutant, line_of, shown

LEAST_COST = 0.1
"""A cost nearer to zero decides nothing by itself: neither 0 nor the other sign can be told from it."""
LISTS = ("words", "patterns", "unless")

_WEIGHT = re.compile(r"^    (?P<name>\w+): \{cost: (?P<cost>-?[\d.]+)", re.MULTILINE)


def of_weights(path: str, text: str) -> Iterator[Mutant]:
    """``name: {cost: 2.0`` → 0 and −2.0."""
    for found in _WEIGHT.finditer(text):
        cost = float(found["cost"])
        if abs(cost) < LEAST_COST:
            continue
        for new in ("0.0", str(-cost)):
            what = f"{found['name']}: {found['cost']} → {new}"
            yield Mutant("weights", path, line_of(text, found.start()), *found.span("cost"), new, what)


def of_vocabulary(path: str, text: str) -> Iterator[Mutant]:
    """Each list of words or patterns with one entry less. A list of one is left alone: without it nothing could be read."""
    for name, entries in _lists(yaml.compose(text)):
        if name not in LISTS or len(entries) < 2:
            continue
        for n, entry in enumerate(entries):
            start = entry.start_mark.index if n + 1 < len(entries) else entries[n - 1].end_mark.index
            end = entries[n + 1].start_mark.index if n + 1 < len(entries) else entry.end_mark.index
            what = f"{name} without {shown(str(entry.value))}"
            yield Mutant("words", path, entry.start_mark.line + 1, start, end, "", what)


def _lists(node: yaml.Node | None) -> Iterator[tuple[str, list[yaml.Node]]]:
    """Every list under a key, however deep."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.SequenceNode) and value.flow_style:
                yield str(key.value), value.value
            else:
                yield from _lists(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _lists(value)
