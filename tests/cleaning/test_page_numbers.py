"""Numbers of printed pages in text: a line that only bears one goes, and what only looks like one stays."""

from __future__ import annotations

import pytest

from planparse.cleaning.page_numbers import drop_page_numbers, join_numbered_pieces
from planparse.model.text import MappedText

SENTENCE = "疏浚航道，修好码头，更新渔网，改善渔民作业条件，让全县渔港更加安全，"
PAGE = "\n".join([SENTENCE] * 8)
"""Lines that all break off inside a sentence, as those of a page do."""


def of(text: str) -> str:
    return drop_page_numbers(MappedText.identity(text)).text


@pytest.mark.parametrize("look", ["{}", "{}  ", "  {}", "- {} -", "—{}—", "·{}·", "\u3000{}"])
@pytest.mark.parametrize("numbers", [(1, 2), (1, 2, 3), (7, 8, 9, 10), (1, 3, 4), (98, 99, 100)])
def test_counted_pages(look: str, numbers: tuple[int, ...]) -> None:
    whole = [PAGE] * (len(numbers) + 1)
    text = PAGE + "".join(f"\n{look.format(number)}\n{PAGE}" for number in numbers)
    assert of(text) == "\n".join(whole)


def test_a_page_that_ends_with_its_sentence() -> None:
    text = f"{PAGE}\n1\n{PAGE}\n到此为止。\n2\n{PAGE}\n3\n{PAGE}"
    assert of(text) == f"{PAGE}\n{PAGE}\n到此为止。\n{PAGE}\n{PAGE}"


def test_pages_that_end_between_an_item_and_its_units() -> None:
    item = f"{PAGE}\n责任单位：县渔业局"
    text = "\n".join(f"{item}\n{number}\n配合单位：县水利局" for number in (3, 4, 5))
    assert of(text) == "\n".join([f"{item}\n配合单位：县水利局"] * 3)


def test_what_is_dropped_is_not_mapped() -> None:
    text = f"{PAGE}\n1\n甲{PAGE}\n2\n乙{PAGE}\n3\n丙{PAGE}"
    mended = drop_page_numbers(MappedText.identity(text, source=5))
    assert [mended.source_of(mended.text.index(sign)) for sign in "甲乙丙"] == [text.index(sign) + 5 for sign in "甲乙丙"]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{n}\n渔港改造\n疏浚航道，修好码头。\n县渔业局" for n in range(1, 30)),  # the rows of a table with a cell a line
        "\n".join(f"专栏\n{n}\n渔港工程\n{PAGE}" for n in range(1, 5)),  # numbers below a label
        f"{PAGE}\n12\n{PAGE}\n3\n{PAGE}\n40\n{PAGE}",  # no count
        f"{PAGE}\n7\n{PAGE}\n8\n{PAGE}",  # too few
        f"1\n{PAGE}\n2\n{PAGE}",  # the first before all text
        f"{PAGE}\n到此为止。\n1\n{PAGE}\n到此为止。\n2\n{PAGE}",  # neither inside a sentence
        f"{PAGE}\n2021\n{PAGE}\n2022\n{PAGE}\n2023\n{PAGE}",  # years
        "\n".join(f"{PAGE}\n到此为止。\n{n}\n渔港" for n in range(1, 6)),  # none inside a sentence
        f"{SENTENCE}\n1\n{SENTENCE}\n2\n{SENTENCE}\n3\n{SENTENCE}",  # too near to each other
    ],
    ids=["rows", "labels", "no count", "few", "before", "neither", "years", "whole sentences", "near"],
)
def test_what_only_looks_so(text: str) -> None:
    assert of(text) == text


def test_no_text() -> None:
    assert of("") == ""


def pieces(text: str) -> str:
    return join_numbered_pieces(MappedText.identity(text)).text


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"1、渔港方案\n{SENTENCE}扎实做好渔港安\n2、全工作。\n一、目标\n{SENTENCE}人人关\n3、心渔港。", f"渔港方案\n{SENTENCE}扎实做好渔港安全工作。\n一、目标\n{SENTENCE}人人关心渔港。"),
        (f"{SENTENCE}扎实做好渔港安\n2、全工作。\n{SENTENCE}到此为止。\n3、一、目标\n{SENTENCE}建成示范社\n4、区三个。", f"{SENTENCE}扎实做好渔港安全工作。\n{SENTENCE}到此为止。\n一、目标\n{SENTENCE}建成示范社区三个。"),
        (f"《渔港方案》由会员分享\n{SENTENCE}建成示范社\n2、区三个。", f"《渔港方案》由会员分享\n{SENTENCE}建成示范社区三个。"),
        (f"{SENTENCE}{SENTENCE}并\n2、在港口\n{SENTENCE}{SENTENCE}并\n3、在码头", f"{SENTENCE}{SENTENCE}并在港口\n{SENTENCE}{SENTENCE}并在码头"),
    ],
    ids=["words", "one behind a sentence", "one in a copy", "long lines"],
)
def test_numbered_pieces(text: str, whole: str) -> None:
    assert pieces(text) == whole


@pytest.mark.parametrize(
    "text",
    [
        "二、任务\n1、疏浚航道，修好码头\n2、更新渔网，改善条件\n3、加强管理，落实责任",  # items without a mark at their ends
        f"{SENTENCE}建成示范社\n2、区三个。",  # one alone, in no copy
        f"1、渔港\n{SENTENCE}建成示范社\n2、区三个。\n二、码头\n1、渔港\n{SENTENCE}扎实做好安\n2、全工作。",  # no count
        f"渔港\x1f2座\x1e\x03\n2、码头\n{SENTENCE}。\n渔港\x1f2座\x1e\x03\n3、航道",  # tables above headings
    ],
    ids=["items", "one", "twice", "tables"],
)
def test_what_is_no_piece(text: str) -> None:
    assert pieces(text) == text
