"""Which numbers count as numbers, who claims them, and where a wording stands."""

from __future__ import annotations

from typing import Any

import pytest

from planparse.dataset.coverage import Claim, coverage, locate, target_places


def section(text: str, kind: str = "tasks", start: int = 0) -> dict[str, Any]:
    return {"source_start": start, "source_end": len(text), "kind": kind, "number_raw": None, "title": "任务"}


def found(text: str, **tables: Any) -> list[str]:
    numbers = coverage(text, {"sections": [section(text)]} | tables).numbers
    return [text[number.start : number.end] for number in numbers]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("覆盖率达到43.6%，新建1,200万平方米", ["43.6%", "1,200万"]),
        ("死亡率低于0.8 ‰", ["0.8 ‰"]),
        ("新建３０个", ["３０"]),
        ("到2025年，2022年3月18日，2021—2025年，3月底前", []),
        ("禾政办发〔2022〕9号", []),
        ("（1）队伍建设\n1.健全体系\n2、完善制度", []),
        ("第20个安全生产月，专栏3，表1，附件2", []),
        ("“123”框架，“1+1+1”签约，PM2.5，5G基站，5A级", []),
        ("— 2 —\n建设2座", ["2"]),
        ("比例1:50000", []),
        ('<td width="120">30个</td>&#8212;', ["30"]),
        ("<script>var a = 5</script>6座", ["6"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


def test_claims() -> None:
    text = "建成9座，又建3座。新建5座，改造7座，覆盖率80%。指标 42"
    background = section(text[:10], "background")
    tasks = section(text, start=10)
    target = {"source_start": 10, "source_end": 27, "quantity_raw": "新建5座"}
    lost = {"source_start": 21, "source_end": 27, "quantity_raw": "八成"}
    indicator = {"source_start": text.index("指标"), "source_end": len(text)}
    made = coverage(text, {"sections": [background, tasks], "targets": [target, lost], "indicators": [indicator]})
    claims = {text[number.start : number.end]: number.claim for number in made.numbers}
    assert claims == {
        "9": Claim.BACKGROUND,
        "3": Claim.BACKGROUND,
        "5": Claim.CLAIMED,
        "7": Claim.UNCLAIMED,
        "80%": Claim.CLAIMED,
        "42": Claim.CLAIMED,
    }
    assert made.share == 3 / 4
    assert coverage("没有数字", {}).share is None


@pytest.mark.parametrize(
    ("text", "wording", "place"),
    [
        ("达到３０ 个以上", "达到30个", "达到３０ 个"),
        ("達到30萬人", "达到30万人", "達到30萬人"),
        ("不少<b>于</b>30个", "少于30个", "少<b>于</b>30个"),
        ("达到30个", "40个", None),
        ("达到30个", None, None),
    ],
)
def test_locate(text: str, wording: str | None, place: str | None) -> None:
    span = locate(text, wording, 0, len(text))
    assert (text[span[0] : span[1]] if span else None) == place


def test_the_same_wording_twice_takes_two_places() -> None:
    text = "甲新建5座，乙新建5座"
    row = {"source_start": 0, "source_end": len(text), "quantity_raw": "新建5座"}
    assert target_places(text, [row, row, row]) == [(1, 5), (7, 11), (1, 5)]
