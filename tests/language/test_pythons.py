"""Every supported Python reads the same rows: possessive repeats and atomic groups, which those before 3.11.5 get wrong, are not used."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import planparse

ROOT = Path(__file__).parents[2]
SOURCES = sorted(Path(planparse.__path__[0]).rglob("*.py"))
# The repeats of a pattern, its escapes and classes taken out first: a++, a*+, a?+, a{1,3}+, (?>a).
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_POSSESSIVE = re.compile(r"(?:[*+?]|\{[0-9]*,?[0-9]*\})\+|\(\?>")

# Prints one digest for each sample document, of all its records.
_DIGESTS = """
import hashlib, json, platform, sys
from pathlib import Path
from planparse.pipeline import process
found = {}
for name in sys.argv[1:]:
    rows = [records.model_dump_json() for records in process(Path(name).read_bytes(), Path(name).name)]
    found[Path(name).name] = hashlib.sha256("\\n".join(rows).encode()).hexdigest()
print(json.dumps([platform.python_version(), found]))
"""


def _wordings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings of a module, those of an f-string joined, with a letter for what is put in; adjacent literals are one already."""
    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.lineno, node.value


def _possessive(wording: str) -> re.Match[str] | None:
    return _POSSESSIVE.search(_CLASS.sub("c", _ESCAPED.sub("e", wording)))


@pytest.mark.parametrize("wording", [r"\d++", "[ab]*+", "(?:a|b){1,40}+$", "a?+", "x{2,}+", "(?>a|b)"])
def test_a_possessive_repeat_is_seen(wording: str) -> None:
    assert _possessive(wording)


@pytest.mark.parametrize("wording", [r"\++", r"[-*+]+", "a+", "a+?", "(?:a|b){1,40}", "[+]{2}", r"[^\]*+]+"])
def test_other_repeats_are_not(wording: str) -> None:
    assert not _possessive(wording)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(SOURCES[0].parent)))
def test_no_pattern_has_a_possessive_repeat(path: Path) -> None:
    found = [(line, wording) for line, wording in _wordings(ast.parse(path.read_text(encoding="utf-8"))) if _possessive(wording)]
    assert not found


def _run(python: str, names: list[str]) -> tuple[str, dict[str, str]] | None:
    """What a Python makes of the documents: its version and a digest of each; None if it cannot run the package."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(planparse.__path__[0]).parent), *filter(None, sys.path)])}
    asked = subprocess.run([python, "-c", _DIGESTS, *names], env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    if asked.returncode:
        return None
    version, found = json.loads(asked.stdout.splitlines()[-1])
    return version, found


@cache
def _other_python() -> str | None:
    """Another Python from 3.11 on that can load the packages of this one; the newest minor versions do not, having other binaries."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    names = ("python3", *(f"python3.{minor}" for minor in range(11, 20)))
    here = ".".join(map(str, sys.version_info[:3]))
    for folder in dict.fromkeys([*folders, "/usr/bin"]):
        for name in names:
            python = shutil.which(name, path=folder)
            known = _run(python, []) if python else None
            if python and known and known[0] != here and tuple(map(int, re.findall(r"\d+", known[0])[:2])) >= (3, 11):
                return python
    return None


def test_two_pythons_read_the_same_rows() -> None:
    other = _other_python()
    if other is None:
        pytest.skip("no other Python from 3.11 on that can load the packages of this one is on the PATH")
    names = [str(path) for path in sorted((ROOT / "corpus").rglob("*")) if path.suffix in (".txt", ".md", ".html", ".docx")]
    mine, theirs = _run(sys.executable, names), _run(other, names)
    assert mine is not None
    assert theirs is not None
    assert mine[1] == theirs[1], f"{mine[0]} and {theirs[0]}"
