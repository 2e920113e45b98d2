"""The interface says everything in both languages, and its colours can be read."""

from __future__ import annotations

import re
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from planparse.data import vocabulary
from planparse.model.findings import Code
from planparse.model.records import DOCUMENT_FIELDS, TABLES
from planparse.report.gold import TABLES as GOLD

PACKAGE = Path(str(files("planparse")))
INTERFACE = vocabulary("interface")
SOURCES = [
    path.read_text(encoding="utf-8")
    for folder in ("report", "plots")
    for path in sorted((PACKAGE / folder).rglob("*"))
    if path.suffix in (".py", ".js", ".html")
]
CONTRAST = 4.5
"""WCAG AA for text."""


@pytest.mark.parametrize("group", list(INTERFACE))
def test_every_entry_has_two_languages(group: str) -> None:
    for key, entry in INTERFACE[group].items():
        assert len(entry) == 2, key
        assert all(isinstance(word, str) and word for word in entry), key
        assert not re.search("[\u4e00-\u9fff]", entry[1].replace("万元", "")) or key == "language", key


def test_every_word_is_used() -> None:
    quoted = set(re.findall(r"[\"'.:](\w+)(?=[\"' ])", "\n".join(SOURCES)))
    assert [key for key in INTERFACE["words"] if key not in quoted] == []


def test_every_word_used_is_there() -> None:
    source = "\n".join(SOURCES)
    used = set(re.findall(r"(?<!row\.)words\.(\w+)\b(?!\()", source)) | set(
        re.findall(r"m\.w(?:ord)?\([\"'](\w+)[\"']\)", source)
    )
    used |= set(re.findall(r"\bword\(\"(\w+)\"", source)) | set(re.findall(r"(?<!\.)\badd\(\"(\w+)\"", source))
    assert {"search", "correct", "plot_own"} <= used
    assert sorted(key for key in used if key not in INTERFACE["words"]) == []


def test_codes_values_and_columns() -> None:
    assert set(INTERFACE["codes"]) == {code.value for code in Code}
    values = {
        member.value
        for model in TABLES
        if model.table != "findings"
        for info in model.model_fields.values()
        for kind in get_args(info.annotation) or (info.annotation,)
        if isinstance(kind, type) and issubclass(kind, Enum)
        for member in kind
    }
    assert values <= set(INTERFACE["values"])
    fields = {name for _, names in GOLD.values() for name in names} | set(DOCUMENT_FIELDS)
    assert fields <= set(INTERFACE["columns"])


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [r":root \{", r":root\[data-theme=dark\] \{"])
@pytest.mark.parametrize(
    "ink", ["ink", "faint", "accent", "goal", "task", "project", "indicator", "target", "finding", "loose", "section"]
)
def test_text_stands_out(theme: str, ink: str) -> None:
    style = (PACKAGE / "report" / "assets" / "style.css").read_text(encoding="utf-8")
    block = re.search(rf"^{theme}(.*?)\}}", style, re.DOTALL | re.MULTILINE)
    assert block
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block[1]))
    for ground in ("paper", "card"):
        high, low = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= CONTRAST, (ink, ground)


def test_dark_is_the_same_by_system_and_by_button() -> None:
    style = (PACKAGE / "report" / "assets" / "style.css").read_text(encoding="utf-8")
    by_system, by_button = (
        re.findall(r"(--[\w-]+): ([^;]+);", block)
        for block in re.findall(
            r":root(?::not\(\[data-theme=light\]\)|\[data-theme=dark\]) \{(.*?)\}", style, re.DOTALL
        )[:2]
    )
    assert by_system
    assert by_system == by_button
