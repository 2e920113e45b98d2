"""A small gold file with found rows to score against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planparse.evaluation.found import TABLES, Found
from planparse.evaluation.gold import Gold

TEXT = """临江县消防工作方案
一、工作目标
到2025年，应急队伍达到12支。
二、重点任务
（一）建设队伍
1、充实人员。招录消防员30名。
"""


def section(level: int, number: str | None, title: str, kind: str = "tasks") -> dict[str, Any]:
    return {"level": level, "number_raw": number, "title": title, "kind": kind}


@pytest.fixture
def gold() -> Gold:
    tables: dict[str, list[Any]] = {
        "sections": [
            section(1, "一、", "工作目标", "goals"),
            section(1, "二、", "重点任务"),
            section(2, "（一）", "建设队伍"),
        ],
        "tasks": [
            {
                "level": "group",
                "number_raw": "（一）",
                "title": "建设队伍",
                "source": "prose",
                "lead_units": ["县消防队"],
            }
        ],
        "targets": [
            {
                "subject": "应急队伍",
                "quantity_raw": "达到12支",
                "comparator": "eq",
                "value": 12,
                "unit": "支",
                "deadline_year": 2025,
                "anchor": "应急队伍达到12支",
            },
        ],
    }
    document = {"title": "临江县消防工作方案", "region": "临江县", "plan_kind": "implementation_plan"}
    return Gold("small", Path("small.json"), "small.txt", Path("small.txt"), "dev", document, tables)


@pytest.fixture
def found(gold: Gold) -> Found:
    """Rows that are right in everything."""
    tables: dict[str, list[Any]] = {table: [dict(row) for row in gold.tables.get(table, ())] for table in TABLES}
    tables["documents"] = [dict(gold.document)]
    tables["targets"][0]["sentence"] = "到2025年，应急队伍达到12支。"
    for rows in tables.values():
        for row in rows:
            row["source_start"] = max(0, TEXT.find(row["title"] if "title" in row else row.get("anchor", "")))
    return Found(tables, TEXT)
