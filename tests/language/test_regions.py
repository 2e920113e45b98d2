"""The region that a title names: as worded, with its level; words that only look like a name are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from plans import cases

import planparse
from planparse.language.regions import (
    leading_region,
    level_of_code,
    lookup,
    named_regions,
    official_name,
    parents,
    region_of_title,
)

TABLE = Path(planparse.__file__).parent / "data" / "regions.tsv"


@pytest.mark.parametrize(
    ("title", "name", "level"),
    [
        ("禾阳县工业强县三年行动方案", "禾阳县", "county"),
        ("石泉镇2022年工作要点", "石泉镇", "township"),
        ("清水乡乡村振兴规划", "清水乡", "township"),
        ("和平街道工作要点", "和平街道", "township"),
        ("西双版纳州“十四五”旅游业发展规划", "西双版纳州", "prefecture"),
        ("关于支持青海省高质量发展的意见", "青海省", "province"),
        ("关于推进数字乡村建设的实施意见", None, None),
        ("宜居宜业和美乡村建设方案", None, None),
        ("规范市场秩序工作方案", None, None),
        ("发展县域经济行动方案", None, None),
        ("统筹区域协调发展规划", None, None),
        ("整治市容环境方案", None, None),
        ("城乡居民增收行动方案", None, None),
    ],
)
def test_region(title: str, name: str | None, level: str | None) -> None:
    found = region_of_title(title)
    assert (found and found.name, found and found.level) == (name, level)


@pytest.mark.parametrize("row", cases("regions"), ids=lambda row: row[0])
def test_regions(row: list[str]) -> None:
    """tests/cases/regions.yaml."""
    found = region_of_title(row[0])
    assert ([found.name, found.level, found.code is not None] if found else [None]) == row[1:]


@pytest.mark.parametrize(("code", "level"), [("330000", "province"), ("110000", "province"), ("330100", "prefecture"), ("330102", "county"), ("110100", "county"), ("120100", "county"), ("310100", "county"), ("500200", "county")])
def test_levels_of_codes(code: str, level: str) -> None:
    """Below a municipality there are districts and counties alone."""
    assert level_of_code(code) == level


@pytest.mark.parametrize(
    ("code", "name", "above"),
    [
        ("330482", "平湖市", ("330400", "330000", "000000")),
        ("330400", "嘉兴市", ("330000", "000000")),
        ("330000", "浙江省", ("000000",)),
        ("110105", "朝阳区", ("110000", "000000")),
        ("469001", "五指山市", ("460000", "000000")),
        ("000000", "全国", ()),
        ("999999", None, ("000000",)),
    ],
)
def test_what_stands_above_a_division(code: str, name: str | None, above: tuple[str, ...]) -> None:
    assert (official_name(code), parents(code)) == (name, above)


@pytest.mark.parametrize(
    ("text", "within", "name", "code", "end"),
    [
        ("浙江省嘉兴市平湖市渔业局", None, "平湖市", "330482", 9),
        ("嘉兴市渔业局", None, "嘉兴市", "330400", 3),
        ("鼓楼区渔业局", None, "鼓楼区", "320106", 3),
        ("鼓楼区渔业局", "350100", "鼓楼区", "350102", 3),
        ("鼓楼区渔业局", "410000", "鼓楼区", "410204", 3),
        ("福州市鼓楼区渔业局", None, "鼓楼区", "350102", 6),
        ("浙江省江苏省渔业厅", None, None, None, None),
        ("渔业局", None, None, None, None),
        ("嘉兴渔业局", None, None, None, None),
    ],
)
def test_the_region_that_a_text_begins_with(text: str, within: str | None, name: str | None, code: str | None, end: int | None) -> None:
    found = leading_region(text, within)
    assert ((found[0].name, found[0].code, found[1]) if found else (None, None, None)) == (name, code, end)


@pytest.mark.parametrize(("name", "within", "code"), [("朝阳区", None, "110105"), ("朝阳区", "220100", "220104"), ("朝阳区", "220000", "220104"), ("平湖市", None, "330482"), ("渔港县", None, None)])
def test_divisions_of_one_name(name: str, within: str | None, code: str | None) -> None:
    found = lookup(name, within)
    assert (found and found.code) == code


def test_how_often_regions_are_named() -> None:
    assert named_regions("浙江省嘉兴市平湖市和平湖市、嘉善县的渔港") == {"浙江省": 1, "嘉兴市": 1, "平湖市": 2, "嘉善县": 1}
    assert named_regions("我省、我市的渔港") == {}


def test_the_table_has_each_division_once_and_below_one_that_it_has() -> None:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    current = {code: name for code, name, *_ in lines}
    assert len(current) == len(lines)
    former = [tuple(one.split(" ")) for _, _, *before in lines for one in before]
    assert len(set(former)) == len(former)
    assert not {code for code, name in former if current.get(code) == name}
    assert all(len(code) == 6 and code.isdigit() for code in [*current, *(code for code, _ in former)])
    assert all(f"{code[:2]}0000" in current for code in current)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("繁昌县农业规划", "340212"),
        ("繁昌区农业规划", "340212"),
        ("榆林市神木县能源规划", "610881"),
        ("毕节地区教育规划", "520500"),
        ("杭州市下城区商贸规划", "330103"),  # merged: it keeps its own
        ("桥东区教育规划", "130702"),  # of another city's, which was renamed, only where that is named
        ("邢台市桥东区教育规划", "130502"),
    ],
)
def test_divisions_have_the_code_of_today_under_former_names_too(title: str, code: str) -> None:
    found = region_of_title(title)
    assert found is not None
    assert found.code == code
