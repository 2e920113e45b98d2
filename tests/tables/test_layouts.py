"""One table in every way in which pages flatten it: the same rows come out."""

from __future__ import annotations

import pytest
import tablecases

from planparse.language.tidy import tidy
from planparse.tables import find_grids

INDICATORS = [
    ["类别", "序号", "指标名称", "单位", "2020年", "2025年", "属性"],
    ["安全生产", "1", "生产安全事故死亡人数", "人", "27", "下降15%", "约束性"],
    ["", "2", "重特大生产安全事故起数", "起", "0", "不发生", "约束性"],
    ["防灾减灾", "3", "年均因自然灾害直接经济损失占地区生产总值比例", "%", "0.81", "≤1.5", "预期性"],
    ["", "4", "应急广播终端覆盖率（含行政村）", "%", "80", "≥95", "预期性"],
    ["", "5", "每万人专职消防员数", "名", "2.6", "4.2", "预期性"],
]
PROJECTS = [
    ["序号", "项目名称", "建设内容", "建设年限", "总投资（万元）", "责任单位"],
    ["1", "应急指挥中心", "建设指挥大厅、会商室，配套设备。", "2021-2022年", "900", "县应急管理局"],
    [
        "2",
        "城北消防救援站",
        "新建一级消防站，建筑面积4180平方米。",
        "2022-2024年",
        "3000",
        "县消防救援大队、城北镇政府",
    ],
    ["3", "智慧消防平台", "改造升级物联网监测系统。", "2023年", "560.5", "县消防救援大队"],
]
TASKS = [
    ["重点任务", "牵头单位", "配合单位", "完成时限"],
    ["建立联席会议制度", "市发展改革委", "市财政局、市教育局", "2022年底前"],
    ["开展隐患排查整治", "市应急管理局", "各县（市、区）政府", "2023年6月底"],
    ["完善考核评价办法", "市委组织部", "市统计局", "持续推进"],
]
BEFORE = "三、发展目标\n到2025年，应急体系更加完善。\n表1 某县主要内容\n"
AFTER = "\n四、保障措施\n（一）加强领导\n健全机制，压实责任，确保各项任务落到实处。\n"


def flatten(table: list[list[str]], layout: str) -> str:
    filled = [[cell for cell in row if cell] for row in table]
    match layout:
        case "cells a line":
            return "\n".join(cell for row in filled for cell in row)
        case "cells a line, closed by bars":
            return "\n".join(f"{cell} |" if cell else "|" for row in table for cell in row)
        case "rows a line, blanks":
            return "\n".join(" ".join(row) for row in filled)
        case "rows a line, tabs":
            return "\n".join("\t".join(row) for row in table)
        case "rows a line, bars":
            return "\n".join("| " + " | ".join(row) + " |" for row in table)
        case "all on one line":
            return " ".join(cell for row in filled for cell in row)
        case _:
            raise AssertionError(layout)


LAYOUTS = (
    "cells a line",
    "cells a line, closed by bars",
    "rows a line, blanks",
    "rows a line, tabs",
    "rows a line, bars",
    "all on one line",
)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("table", [INDICATORS, PROJECTS, TASKS], ids=["indicators", "projects", "tasks"])
def test_every_layout_gives_the_same_rows(table: list[list[str]], layout: str) -> None:
    grids, notes = find_grids(tablecases.document({"text": BEFORE + flatten(table, layout) + AFTER}))
    assert not notes
    assert len(grids) == 1
    assert list(grids[0].header) == table[0]
    assert [[tidy(cell.text) for cell in row] for row in grids[0].body] == table[1:]
    assert grids[0].number_raw == "表1"
