"""Examples to fit on: gold documents and damaged copies of them, each with its places and what gold says of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from fitting.damages import DAMAGES
from fitting.gold_places import Heading, locate
from fitting.gold_texts import GoldText, as_plain, read_texts
from planparse.cleaning import clean
from planparse.evaluation.folding import fold
from planparse.loaders import load
from planparse.model.document import CleanDocument
from planparse.model.options import Options
from planparse.outline import read_evidence_of
from planparse.outline.evidence import Evidence

ROOT = Path(__file__).resolve().parents[1]
GOLD = ("tests/gold", "tests/gold/documents", "tests/gold/more", "../shared/gold")
SOURCES = ("corpus", "../shared/seeds", "../shared/documents")
NEAR = 6
"""Signs of decoration that may stand between a place and the heading that gold has there."""
BELOW = 30
"""The title of an annex stands within so many characters below its number."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text: its evidence, the level that gold gives to each place (0: no section), and where gold's titles end."""

    name: str
    group: str
    """The document that it is a copy of: folds keep a document and its copies together."""
    evidence: Evidence
    levels: tuple[int, ...]
    titles: tuple[str, ...]
    """Gold's title at each place, folded; blank where none is."""


def gold_texts() -> list[GoldText]:
    """All gold documents at hand that may be looked at (split dev, or none)."""
    found: dict[str, GoldText] = {}
    for folder in GOLD:
        path = ROOT / folder
        if path.is_dir():
            for one in read_texts(path, [ROOT / s for s in SOURCES]):
                if one.gold.split != "test" or folder in ("tests/gold", "tests/gold/documents"):
                    found[one.gold.source_file] = one
    return list(found.values())


def examples(texts: Sequence[GoldText], copies: int, seed: int) -> Iterator[Example]:
    """Each text as it is, and ``copies`` damaged copies of it."""
    names = list(DAMAGES)
    for text in texts:
        plain = load(text.gold.source.read_bytes(), text.gold.source.name, Options()) if text.gold.source else None
        if plain is not None:
            yield _example(text.gold.name, text.gold.name, clean(plain), text.located.headings, direct=True)
        rng = random.Random(f"{seed} {text.gold.name}")
        for name in rng.sample(names, min(copies, len(names))):
            damaged = DAMAGES[name].damaged(text.text, text.located.headings, f"{seed} {name}")
            if damaged is not None:
                source = load(as_plain(damaged.text).encode(), "damaged.txt", Options())
                yield _example(f"{text.gold.name}+{name}", text.gold.name, clean(source), damaged.headings, direct=False, plain=damaged.text)


def case_examples() -> Iterator[Example]:
    """The cases of tests/cases/outline: small texts, each of one kind, with the sections that they have."""
    cases = ROOT / "tests" / "cases"
    for path in (cases / "outline.yaml", *sorted((cases / "outline").glob("*.yaml"))):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            if not case.get("tree"):
                continue
            document = clean(load(case["text"].encode(), f"case.{case.get('format', 'txt')}", Options()))
            rows = [{"level": row[0], "number_raw": row[1], "title": row[2]} for row in case["tree"]]
            located = locate(document.text.text, rows)
            if not located.missing:
                yield _example(case["name"], f"case {path.stem} {case['name']}", document, located.headings, direct=True)


def _example(name: str, group: str, document: CleanDocument, headings: Sequence[Heading], *, direct: bool, plain: str = "") -> Example:
    evidence = read_evidence_of(document)
    text = document.text
    shift = _Shift(plain)
    starts = {h.start if direct else shift(h.start): h for h in headings}
    levels: list[int] = []
    titles: list[str] = []
    for place in evidence.places:
        at = place.start if direct else text.source_of(place.start)
        near = range(at - NEAR, at + (BELOW if place.form == "annex" else 1))
        heading = next((starts[s] for s in near if s in starts), None)
        if heading is not None:
            starts = {s: h for s, h in starts.items() if h is not heading}
        levels.append(heading.level if heading else 0)
        titles.append(fold(heading.title) if heading else "")
    return Example(name, group, evidence, tuple(levels), tuple(titles))


class _Shift:
    """Where a character of a damaged text stands once its table lines are shown as plain rows."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts: list[int] = []
        self._shown: list[int] = []
        at = shown = 0
        for line in self._lines:
            self._starts.append(at)
            self._shown.append(shown)
            at += len(line) + 1
            shown += len(as_plain(line)) + 1

    def __call__(self, offset: int) -> int:
        from bisect import bisect_right

        line = bisect_right(self._starts, offset) - 1
        return self._shown[line] + offset - self._starts[line]
