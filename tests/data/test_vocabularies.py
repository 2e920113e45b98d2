"""Every entry of a vocabulary matches its example, and every example an entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from planparse.cleaning.furniture import is_furniture
from planparse.data import vocabulary
from planparse.extract.documents import domain_of_title
from planparse.extract.keywords import terms_of
from planparse.language.offices import is_office
from planparse.sections.kinds import kind_of_title

FURNITURE = vocabulary("furniture")["lines"]
KINDS = vocabulary("section_kinds")["kinds"]


@pytest.mark.parametrize("row", FURNITURE, ids=lambda row: row["example"])
def test_furniture_lines_match_their_examples(row: dict[str, str]) -> None:
    packed = re.sub(r"\s", "", row["example"])
    assert re.fullmatch(row["pattern"], packed)
    assert is_furniture(row["example"]) or row["where"] == "tail"


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
    assert not is_furniture(line)


@pytest.mark.parametrize(("kind", "title"), [(row["kind"], title) for row in KINDS for title in row["examples"]])
def test_titles_have_their_kind(kind: str, title: str) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(("kind", "title"), [(row["kind"], title) for row in KINDS for title in row["not"]])
def test_titles_that_only_look_like_a_kind(kind: str, title: str) -> None:
    assert kind_of_title(title) != kind


@pytest.mark.parametrize("example", [entry["example"] for entry in vocabulary("offices")["endings"]])
def test_office_endings_name_one_unit(example: str) -> None:
    assert is_office(example)


@pytest.mark.parametrize("row", vocabulary("domains"), ids=lambda row: row["domain"])
def test_domains_are_told_by_a_title(row: dict[str, str]) -> None:
    assert domain_of_title(row["example"]) == row["domain"]


@pytest.mark.parametrize("row", vocabulary("heading_words")["examples"], ids=lambda row: row["heading"])
def test_headings_name_their_terms(row: dict[str, object]) -> None:
    assert terms_of(str(row["heading"])) == row["terms"]


TITLES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "section_titles.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in TITLES.items() for title in titles])
def test_section_titles(kind: str, title: str) -> None:
    assert (kind_of_title(title) or "none") == kind
