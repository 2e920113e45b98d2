"""Every entry of a vocabulary matches its example, and every example an entry."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml
from plans import cases

from planparse.cleaning.furniture import drop_furniture
from planparse.data import alternation, vocabulary
from planparse.extract.documents import domain_of_title
from planparse.extract.keywords import terms_of
from planparse.extract.nouns import noun_before
from planparse.language.offices import is_office
from planparse.model.text import MappedText
from planparse.outline.kinds.by_title import kind_of_title, leaning

FURNITURE = vocabulary("furniture")["lines"]
KINDS = vocabulary("section_kinds")["kinds"]
LEANS = vocabulary("section_kinds")["leans"]


@pytest.mark.parametrize("row", FURNITURE, ids=lambda row: row["example"])
def test_furniture_lines_match_their_examples(row: dict[str, str]) -> None:
    packed = re.sub(r"\s", "", row["example"])
    assert re.fullmatch(row["pattern"], packed)
    assert row["where"] == "tail" or not drop_furniture(MappedText.identity(row["example"]))[0].text


@pytest.mark.parametrize(
    "line",
    [
        "一、总体要求",
        "（一）健全应急预案体系。",
        "到2025年，建成应急避难场所30个。",
        "主要指标",
        "打印机更新工程",
        "分享改革发展成果",
        "首页建设与内容保障",
        "附件：重点工程表",
        "1",
        "2025年",
    ],
)
def test_lines_of_the_text_are_no_furniture(line: str) -> None:
    assert drop_furniture(MappedText.identity(line))[0].text == line


@pytest.mark.parametrize(("kind", "title"), [(row["kind"], title) for row in KINDS for title in row["examples"]])
def test_titles_have_their_kind(kind: str, title: str) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(("kind", "title"), [(row["kind"], title) for row in KINDS for title in row["not"]])
def test_titles_that_only_look_like_a_kind(kind: str, title: str) -> None:
    assert kind_of_title(title) != kind


@pytest.mark.parametrize(("kind", "title"), [(row["kind"], title) for row in LEANS for title in row["examples"]])
def test_titles_lean_to_their_kind(kind: str, title: str) -> None:
    assert leaning(title) == kind


@pytest.mark.parametrize("group", [name for name, row in vocabulary("section_kinds").items() if name not in ("kinds", "leans", "works_begin")])
def test_titles_whose_kind_depends_on_other_chapters(group: str) -> None:
    row = vocabulary("section_kinds")[group]
    assert all(any(re.search(p, title) for p in row["patterns"]) for title in row["examples"])


@pytest.mark.parametrize("example", [entry["example"] for entry in vocabulary("offices")["endings"]])
def test_office_endings_name_one_unit(example: str) -> None:
    assert is_office(example)


@pytest.mark.parametrize("row", vocabulary("domains"), ids=lambda row: row["domain"])
def test_domains_are_told_by_a_title(row: dict[str, str]) -> None:
    assert domain_of_title(row["example"]) == row["domain"]


@pytest.mark.parametrize("row", vocabulary("heading_words")["examples"], ids=lambda row: row["heading"])
def test_headings_name_their_terms(row: dict[str, object]) -> None:
    assert terms_of(str(row["heading"])) == row["terms"]


TITLES: dict[str, list[str]] = cases("section_titles")  # type: ignore[assignment]


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in TITLES.items() for title in titles])
def test_section_titles(kind: str, title: str) -> None:
    assert (kind_of_title(title) or "none") == kind


@pytest.mark.parametrize("word", vocabulary("commitments")["fresh"]["words"])
def test_nouns_that_begin_like_a_verb_or_an_adverb_are_kept_whole(word: str) -> None:
    assert noun_before(f"力争{word}规模", True) == f"{word}规模"


def test_a_list_without_words_matches_nothing() -> None:
    assert re.search(alternation([]), "渔港") is None
    assert re.search(alternation(["渔港"]), "渔港")


@pytest.mark.parametrize("group", vocabulary("region_words"))
def test_examples_of_words_of_regions_hold_one(group: str) -> None:
    row = vocabulary("region_words")[group]
    assert row["examples"]
    assert all(any(word in example for word in row["words"]) for example in row["examples"])


@pytest.mark.parametrize("name", sorted(file.name for file in files("planparse.data").iterdir() if file.name.endswith(".yaml")))
def test_both_parsers_of_yaml_read_the_same(name: str) -> None:
    """The one that is written in Python is used where there is no libyaml."""
    text = (files("planparse.data") / name).read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
