"""A made corpus of four levels: copies, conflicts, places named in a subject, what tables state of the level above."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import datasets as made

from planparse.concepts import Link, link
from planparse.model.records import Indicator, Records, Target

PLANS: dict[str, dict[str, Any]] = {
    "cn": {"region": None, "region_level": "national"},
    "zj": {"region": "浙江省", "region_level": "province", "region_code": "330000"},
    "jx": {"region": "嘉兴市", "region_level": "prefecture", "region_code": "330400"},
    "ph": {"region": "平湖市", "region_level": "county", "region_code": "330482"},
    "zone": {"region": "禾阳新区", "region_level": "county"},
}
INDICATORS: list[tuple[Any, ...]] = [
    # document, name, unit, baseline in 2020, target, year, further cells
    ("cn", "森林覆盖率（%）", "%", 23, 24.1, 2025, {}),
    ("zj", "森林覆盖率", "%", None, 61.5, 2025, {}),
    ("jx", "全市森林覆盖率（%）", "%", 15, 18, 2025, {"浙江省2025年目标": "61.5", "国家2020年目标": "23"}),
    ("ph", "森林覆盖率", "%", None, 19, 2025, {"嘉兴市“十四五”目标": "17"}),
    ("zone", "森林覆盖率", "%", None, 9, 2025, {}),
    ("jx", "农村森林覆盖率", "%", None, 12, 2025, {}),
    ("zj", "地区生产总值（亿元）", "亿元", None, 85000, 2025, {"全国2025年目标": "140万亿"}),
    ("jx", "地区生产总值", "万元", None, 85000000, 2025, {}),
    ("ph", "林木绿化率", "%", None, 30, 2025, {}),
    ("jx", "单位GDP能耗降低（%）", "%", None, 14, 2025, {}),
    ("ph", "森林覆盖率", "%", None, 20, 2030, {}),
]
TARGETS: list[tuple[Any, ...]] = [
    # document, subject, unit, comparator, value, year
    ("ph", "森林覆盖率", "%", "ge", 19, 2025),  # the table's own, said again
    ("jx", "森林覆盖率", "%", "eq", 18.5, 2025),  # contradicts the table
    ("jx", "平湖市森林覆盖率", "%", "ge", 18, 2025),  # of a place below; contradicts that place's own plan
    ("zj", "单位地区生产总值能耗", "%", "decrease", 15, 2025),
    ("zj", "森林覆盖率", "%", "eq", 62, None),  # no year
]


def told(found: Link | None) -> dict[str, str | None]:
    """What a record says of its concept."""
    return {"concept": found.concept.name, "scope": found.scope, "unit_norm": found.concept.unit} if found else {}


def records(name: str, about: dict[str, Any], **more: Any) -> Records:
    rows = [(number, row) for number, row in enumerate(INDICATORS, 1) if row[0] == name]
    indicators = []
    for number, (_, called, unit, base, aim, year, cells) in rows:
        found = link(called, unit)
        values = [None if one is None else Decimal(str(one)) for one in (base, aim)]
        norms = [found.norm(one, None) if found else None for one in values]
        indicators.append(
            Indicator(
                indicator_id=f"{name}-i{number}", table_id=f"{name}-b1", name=called, unit=unit, baseline_year=2020 if base else None,
                baseline_value=values[0], target_value=values[1], target_year=year, comparator="eq", other_cells=cells,
                **told(found), baseline_norm=norms[0], target_norm=norms[1],
                **made.place(name, number),
            )
        )  # fmt: skip
    targets = []
    for number, (owner, subject, unit, comparator, value, year) in enumerate(TARGETS, 1):
        found = link(subject, unit, comparator)
        assert found
        if owner == name:
            targets.append(
                Target(
                    target_id=f"{name}-q{number}", context="goal", subject=subject, quantity_raw="…", comparator=comparator,
                    value=value, unit=unit, deadline_year=year, sentence=subject, **told(found),
                    value_norm=found.norm(Decimal(str(value)), comparator), **made.place(name, number),
                )
            )  # fmt: skip
    document = made.document(name, period_start=2021, period_end=2025, **about, **more)
    return Records(documents=[document], indicators=indicators, targets=targets, sources=[made.source(name)])


def write(folder: Path) -> Path:
    """The dataset of all its plans."""
    return made.write(folder, *(records(name, about) for name, about in PLANS.items()))
