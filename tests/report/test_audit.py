"""The page of contradictions: each in both languages, with links to both places; none where nothing contradicts itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planparse.dataset.audit import audit
from planparse.dataset.reader import read
from planparse.pipeline import process
from planparse.report.site import write_site
from tests import datasets as made

PLAN = """禾阳县“十四五”能源发展规划（2021-2025年）

一、发展基础
发展势头良好。
二、发展目标
到2025年，能源供应能力明显提升。
表1 主要指标
序号 | 指标名称 | 单位 | 2020年 | 2025年 | 属性
1 | 农村自来水普及率 | % | 88 | 95 | 预期性
2 | 供电可靠率 | % | 99.8 | 99.9 | 预期性
3 | 变电站数量 | 座 | 10 | 20 | 预期性
三、主要任务
（一）完善供应体系。到2025年，农村自来水普及率达到{}%。建设充电站40座、换电站50座，共计{}座。
（二）加强运行管理。完善制度，落实责任。
四、保障措施
加强组织领导。
"""


def site(folder: Path, text: str) -> Path:
    (records,) = process(text.encode(), "heyang.txt")
    write_site(made.write(folder / "data", records), folder / "site", plots=False)
    return folder / "site"


@pytest.mark.parametrize("rate", [93, 95])
def test_each_contradiction_links_to_both_places(tmp_path: Path, rate: int) -> None:
    pages = site(tmp_path, PLAN.format(rate, 80))
    shown = (pages / "audit" / "index.html").read_text(encoding="utf-8")
    found = audit(read(tmp_path / "data"))
    assert len(found) == (2 if rate == 93 else 1)
    assert "audit/index.html" in (pages / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="\.\./(documents/[^"#]+)#c([0-9]+)"', shown)
    assert len(links) == 2 * len(found)
    for one in found:
        assert one.message in shown
        assert one.message_zh in shown
    for file, _ in links:
        assert (pages / file).is_file()
    assert len({number for _, number in links}) == len(links)


def test_no_page_where_nothing_contradicts_itself(tmp_path: Path) -> None:
    pages = site(tmp_path, PLAN.format(95, 90))
    assert not (pages / "audit").exists()
    assert "audit/" not in (pages / "index.html").read_text(encoding="utf-8")
