"""The region that a title names: as worded, with its level; words that only look like a name are none."""

from __future__ import annotations

import pytest

from planparse.language.regions import region_of_title


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
