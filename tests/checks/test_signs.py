"""Undecoded text is told, and a number beside a sign that nothing explains has no value."""

from __future__ import annotations

import pytest

from planparse.language.quantities import find_quantities
from planparse.pipeline import process

FRAME = "云泽县消防建设规划\n\n为推动消防事业发展，制定本规划。\n\n一、主要目标\n\n（一）总体目标\n\n到2025年，消防能力明显提升。\n\n二、重点任务\n\n（一）建设队站。{}\n\n三、保障措施\n\n（一）加强领导。各部门各司其职。\n"


def told(text: str) -> tuple[list[str], list[str]]:
    (records,) = process(FRAME.format(text).encode(), "plan.txt")
    return [f.message for f in records.findings if f.code == "garbled_text"], [t.quantity_raw for t in records.targets]


def test_undecoded_characters_are_found_with_their_place() -> None:
    found, targets = told("到2024年，(cid:310)(cid:88)(cid:4021)建成消防站9座。")
    assert len(found) == 1
    assert "3 characters" in found[0]
    assert targets == ["9座"]


@pytest.mark.parametrize("text", ["达到86\U001001c55%", "新增2\ufffd3万吨", "提高到\U001001c55%", "建成1\U000f00012处"])
def test_digits_beside_an_unknown_sign_are_no_value(text: str) -> None:
    assert list(find_quantities(text)) == []


def test_a_number_beside_an_unknown_sign_is_told() -> None:
    found, targets = told("到2024年，覆盖率达到86\U001001c55%，建成消防站9座。")
    assert len(found) == 1
    assert "has no value" in found[0]
    assert targets == ["9座"]


def test_sound_text_says_nothing() -> None:
    assert told("到2024年，覆盖率达到86.5%，建成消防站9座。") == ([], ["达到86.5%", "9座"])
