"""A figure in an indicator table whose value is not read is told; a cell without a figure aims at no number, and is not."""

from __future__ import annotations

import pytest

from planparse.pipeline import process

TABLE = "泊渔县“十四五”渔业发展规划\n\n一、发展目标\n\n到2025年，渔业更强。\n\n表1 主要指标\n\n指标 | 单位 | 2020年 | 2025年\n捕捞量 | 万吨 | {} | {}\n渔港 | 座 | 3 | 5\n\n二、重点任务\n\n（一）建设渔港。修建渔港。\n"


@pytest.mark.parametrize(
    ("cells", "unread"),
    [
        (("0.5亿", "95"), ["0.5亿"]),
        (("1：3", "1：5"), ["1：3", "1：5"]),
        (("5000吨", "1亿吨"), []),
        (("5000美元", "95"), ["5000美元"]),
        (("30公里", "95万亩"), ["30公里", "95万亩"]),
        (("80", "95%"), ["95%"]),
        (("80", "-3.2%"), ["-3.2%"]),
        (("80", "前10"), ["前10"]),
        (("80", "内港90，外港80"), ["内港90，外港80"]),
        (("80", "1 500"), []),
        (("80", "增长95%"), []),  # a change may be of anything
        (("—", "95"), []),
        (("80", "持续增长"), []),
        (("80", "2025年前完成"), []),
    ],
)
def test_unread_cells(cells: tuple[str, str], unread: list[str]) -> None:
    (records,) = process(TABLE.format(*cells).encode(), "plan.txt")
    found = [f for f in records.findings if f.code == "value_unread"]
    assert [dict(f.arguments)["cell"] for f in found] == unread
    assert all("捕捞量" in f.message_zh for f in found)


@pytest.mark.parametrize(("header", "money", "unread"), [("（万元）", "900", 0), ("（万元）", "500+400", 1), ("", "900", 1), ("", "900万元", 0), ("", "待定", 0)])
def test_unread_investments(header: str, money: str, unread: int) -> None:
    text = f"泊渔县渔港建设规划（2021—2025年）\n\n一、重点项目\n\n表1 重点项目投资表\n\n项目名称 | 总投资{header}\n修建渔港工程 | {money}\n修建码头工程 | 300万元\n"
    (records,) = process(text.encode(), "plan.txt")
    assert [dict(f.arguments)["cell"] for f in records.findings if f.code == "value_unread"] == [money] * unread
    assert records.projects[0].investment_raw == money


@pytest.mark.parametrize(("rows", "unread"), [("小计 | 300\n合计 | 500", 1), ("修建渔港 | 300\n合计 | 500", 0)])
def test_a_table_of_projects_that_gives_none_is_told(rows: str, unread: int) -> None:
    text = f"泊渔县渔港建设规划（2021—2025年）\n\n一、重点项目\n\n表1 重点项目投资表\n\n项目名称 | 总投资（万元）\n{rows}\n\n二、保障措施\n\n（一）加强领导。各部门各司其职。\n"
    (records,) = process(text.encode(), "plan.txt")
    assert sum(f.code == "unread_table" for f in records.findings) == unread
    assert len(records.projects) == 1 - unread


def test_a_numbered_table_without_a_header_is_told() -> None:
    rows = "1 | 修建渔港工程 | 300万元\n2 | 修建码头工程 | 200万元\n3 | 建设冷库工程 | 100万元"
    text = f"泊渔县渔港建设规划（2021—2025年）\n\n## 一、重点项目\n\n{rows.splitlines()[0]}\n--- | --- | ---\n" + "\n".join(rows.splitlines()[1:])
    (records,) = process(text.encode(), "plan.md")
    assert [f.code for f in records.findings if f.code == "unread_table"] == ["unread_table"]
    assert not [p for p in records.projects if p.source == "table"]
