"""Lists of words that patterns are made of: each list with its examples, and what a name in a pattern stands for."""

from __future__ import annotations

import ast
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

import planparse
from planparse.data import vocabulary
from planparse.extract.lexicon import Worded, listed, members, worded

FILES = ("commitments", "phrases", "document_words", "cell_words", "genres", "region_words")
NAMES = [name for file in FILES for name in vocabulary(file)]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_holds_a_word_of_its_list(name: str) -> None:
    entry = next(vocabulary(file)[name] for file in FILES if name in vocabulary(file))
    assert entry["examples"]
    for example in entry["examples"]:
        assert any(word in example for word in members(name)), example


@pytest.mark.parametrize("name", [n for f in FILES for n, entry in vocabulary(f).items() if entry.get("unless")])
def test_no_word_is_found_in_those_that_it_is_part_of(name: str) -> None:
    entry = next(vocabulary(file)[name] for file in FILES if name in vocabulary(file))
    pattern = re.compile(listed(name))
    for whole in entry["unless"]:
        if not whole.isascii():
            parts = [word for word in entry["words"] if word in whole and word != whole]
            assert parts, whole
            found = {match[0] for match in pattern.finditer(f"，{whole}，")}
            assert not found & set(parts) or whole in members(name), whole


def test_no_list_has_a_name_or_a_word_twice() -> None:
    assert not [name for name, times in Counter(NAMES).items() if times > 1]
    for file in FILES:
        for name, entry in vocabulary(file).items():
            assert not [word for word, times in Counter(entry["words"]).items() if times > 1], name


def test_no_two_lists_are_the_same() -> None:
    lists = {name: frozenset(entry["words"]) for file in FILES for name, entry in vocabulary(file).items() if len(entry["words"]) > 2}
    assert not [(a, b) for a, b in combinations(lists, 2) if lists[a] == lists[b]]


def test_every_list_is_used_by_a_pattern() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(planparse.__path__[0]).rglob("*.py")))
    names = set(re.findall(r"<([a-z_]+)>", code)) | {n for call in re.findall(r'(?:members|listed)\("([a-z_]+)"\)', code) for n in [call]}
    names |= {other for file in FILES for entry in vocabulary(file).values() for other in (*entry.get("with", ()), *entry.get("unless", ()))}
    assert not [name for name in NAMES if name not in names]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("and", "幼儿园和学校及时普及和谐", ["和"]),
        ("modal", "供应应急物资，应当应达到位", ["应当", "应"]),
        ("existing", "现有基础上，现有的水厂，和在建项目", ["现有"]),
        ("anew", "再建成，再建两座", ["再建"]),
    ],
)
def test_words_are_found_where_they_stand_alone(name: str, text: str, words: list[str]) -> None:
    assert re.findall(listed(name), text) == words


def test_a_pattern_is_forgotten_with_the_vocabularies() -> None:
    pattern = worded("<posts>$")
    assert isinstance(pattern, Worded)
    assert pattern.search("副组长")
    assert not pattern.search("组员")
    assert "search" in vars(pattern)
    pattern.cache_clear()
    assert "search" not in vars(pattern)
    assert pattern.search("副组长")


def test_no_list_stands_in_the_code_again() -> None:
    """A pattern that spells out four words or more of one list should name it."""
    again = []
    lists = {name: frozenset(w for w in vocabulary(file)[name]["words"] if len(w) > 1) for file in FILES for name in vocabulary(file)}
    for path in sorted(Path(planparse.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
                found = set(re.findall("[\u4e00-\u9fff]{2,}", node.value))
                again += [(path.name, name, sorted(found & words)) for name, words in lists.items() if len(found & words) >= LEAST and (path.name, name) not in GRAMMAR]
    assert not again


LEAST = 5
"""So many words of one list in one string are a copy of it."""
GRAMMAR = {("time.py", "sometime"), ("regions.py", "common_ends")}
"""Patterns in which each such word has a place of its own: how a time or a division is told."""
