"""The gold is about the sample corpus: every wording in it stands in its document."""

import json
import re
import runpy
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
GOLD = sorted(path for path in Path(__file__).parent.glob("*.json"))
ENCODINGS = ("utf-8", "gb18030", "big5hkscs")
PLAIN_SUFFIXES = (".txt", ".md")


def fold(text: str | None) -> str:
    """Wording without blanks, widths, punctuation and case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "")).lower()


@cache
def gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


@cache
def wording(name: str) -> str:
    """The document's simplified wording: of its source where it is made from one, else of the file."""
    source = (CORPUS / ".build" / name).with_suffix(".hans")
    if source.is_file():
        return source.read_text(encoding="utf-8")
    data = (CORPUS / name).read_bytes()
    for encoding in ENCODINGS:
        try:
            text: str = OpenCC("t2s").convert(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        return text
    raise AssertionError(f"{name} is in none of {ENCODINGS}")


def plain(path: Path) -> bool:
    return Path(gold_of(path)["source_file"]).suffix in PLAIN_SUFFIXES


def quoted(gold: dict[str, Any]) -> list[str]:
    """Every wording that the gold takes from its document."""
    document = gold["document"]
    return [
        *(document.get(field) for field in ("doc_number", "index_number", "issuer", "region")),
        *re.split(r"(?=（)", document["title"]),
        *(re.sub(r"^附件?\d*：", "", row["title"]) for row in gold["sections"]),
        *(row[field] for row in gold["goals"] for field in ("label", "text_start")),
        *(row["title"] for row in gold["tasks"]),
        *(row["name"] for row in gold["projects"] + gold["indicators"]),
        *(unit for row in gold["tasks"] + gold["projects"] for unit in row.get("lead_units", [])),
        *(row["anchor"] for row in gold["targets"]),
    ]


def test_there_is_gold_of_both_splits() -> None:
    assert {gold_of(path)["split"] for path in GOLD} == {"dev", "test"}


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_names_a_document_of_the_corpus(path: Path) -> None:
    assert Path(gold_of(path)["source_file"]).stem == path.stem
    assert (CORPUS / gold_of(path)["source_file"]).is_file()


@pytest.mark.parametrize("path", [path for path in GOLD if plain(path)], ids=lambda path: path.stem)
def test_every_wording_stands_in_the_document(path: Path) -> None:
    gold = gold_of(path)
    text = fold(wording(gold["source_file"]))
    assert [words for words in quoted(gold) if fold(words) not in text] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_anchor_holds_its_quantity(path: Path) -> None:
    rows = gold_of(path)["targets"]
    assert [row["anchor"] for row in rows if fold(row["quantity_raw"]) not in fold(row["anchor"])] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_range_has_two_values_and_nothing_else_has(path: Path) -> None:
    rows = gold_of(path)["targets"]
    assert [row["anchor"] for row in rows if (row["comparator"] == "range") != ("value_max" in row)] == []


def test_every_made_document_is_what_its_source_makes() -> None:
    build = runpy.run_path(str(CORPUS / ".build" / "build.py"))
    differing = [
        document
        for source, document, encoding, steps in build["DOCUMENTS"]
        if (CORPUS / document).read_bytes() != build["made"](source, encoding, steps)
    ]
    assert differing == []
