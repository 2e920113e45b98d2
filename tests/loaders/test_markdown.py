"""Markdown: marks are taken out, what they mean is kept, and every character keeps its place."""

from __future__ import annotations

import pytest

from planparse.loaders import load
from planparse.loaders.markdown import is_markdown
from planparse.model.options import Options
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_START, SourceDocument

HEAD = "# 题目\n"


def read(text: str) -> SourceDocument:
    source = load((HEAD + text).encode(), "a.txt", Options())
    for place, character in enumerate(source.body.text):
        if "\u4e00" <= character <= "\u9fff":
            assert source.text[source.body.source_of(place)] == character
    return source


@pytest.mark.parametrize(
    ("markdown", "body"),
    [
        ("## 一、总体要求 ##", "一、总体要求"),
        ("##二、重点任务", "二、重点任务"),
        ("**发布日期**: 2022年1月", "发布日期: 2022年1月"),
        ("***重点***任务", "重点任务"),
        ("## **一、总体要求**", "一、总体要求"),
        ("**市**县2024年", "**市**县2024年"),
        ("带*为约束性指标，带**为预期性指标。", "带*为约束性指标，带**为预期性指标。"),
        ("[附件.pdf](/a/b.pdf)", "附件.pdf"),
        ("前![图](a.png)后", "前后"),
        ("- 项目", "项目"),
        ("> - 引用", "引用"),
        ("—— 目标", "—— 目标"),
        ("-5℃以下", "-5℃以下"),
        ("1\\. 加强领导", "1. 加强领导"),
        ("---", ""),
        ("```", ""),
        ("`名称`", "名称"),
        ("第一行<br/>第二行", "第一行\n第二行"),
        ("<u>划线</u>与<font color=red>颜色</font>", "划线与颜色"),
        ("#1号泵站", "#1号泵站"),
        ("城乡建设\\环境保护", "城乡建设\\环境保护"),
    ],
)
def test_marks_are_taken_out(markdown: str, body: str) -> None:
    source = read(markdown)
    assert source.media_type == "text/markdown"
    assert source.body.text == f"题目\n{body}"


@pytest.mark.parametrize("hostile", ["# " + " " * 50_000 + "x" + " " * 50_000 + "x", "**" * 50_000, "[a](" * 50_000, "`a" * 50_000])
def test_hostile_lines_take_no_time(hostile: str) -> None:
    assert read(f"{hostile}\n正文").body.text.endswith("\n正文")


def test_headings_become_hints_at_their_lines() -> None:
    source = read("引言\n\n## 一、要求\n正文\n### （一）思想\n")
    lines = {source.body.text[start:].split("\n")[0]: hint.heading_level for start, hint in source.hints.items()}
    assert lines == {"题目": 1, "一、要求": 2, "（一）思想": 3}


def test_tables_become_table_lines() -> None:
    source = read("|序号|指标 | 目标|\n|--|:-:|---:|\n|1|森林<br>覆盖率|≥10%|\n| 2 | 甲\\|乙 | |\n\n表后")
    (line,) = [line for line in source.body.text.split("\n") if line.startswith(TABLE_START)]
    rows = [row.split(CELL_END)[:-1] for row in line[1:-1].split(ROW_END)[:-1]]
    assert rows == [["序号", "指标", "目标"], ["1", f"森林{CELL_BREAK}覆盖率", "≥10%"], ["2", "甲|乙", ""]]
    (shape,) = source.tables
    assert [len(row) for row in shape.rows] == [3, 3, 3]
    assert [row[0].header for row in shape.rows] == [True, False, False]
    assert source.body.text.endswith("\n表后")


def test_two_tables_stay_two() -> None:
    source = read("|甲|乙|\n|-|-|\n|1|2|\n\n|丙|丁|\n|-|-|\n|3|4|")
    assert len(source.tables) == 2
    assert source.body.text.count(TABLE_START) == 2


def test_html_tables_span() -> None:
    source = read(
        "前<table><tr><td rowspan=2>指标</td><td colspan=2>目标</td></tr>"
        "<tr><td>2020年</td><td>2025<br>年</td></tr>\n<tr><td>**普及率**</td><td>&lt;91</td><td>96</td></tr></table>后\n|甲|乙|\n|-|-|\n|1|2|"
    )
    lines = source.body.text.split("\n")
    assert [lines[1], lines[3]] == ["前", "后"]
    rows = [row.split(CELL_END)[:-1] for row in lines[2][1:-1].split(ROW_END)[:-1]]
    assert rows == [["指标", "目标"], ["2020年", f"2025{CELL_BREAK}年"], ["普及率", "<91", "96"]]
    assert [(c.rowspan, c.colspan) for c in source.tables[0].rows[0]] == [(2, 1), (1, 2)]
    assert [len(table.rows) for table in source.tables] == [3, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 规划\n正文", True),
        ("a | b\n---|---\n1 | 2", True),
        ("**甲乙** **丙丁** **戊己**", True),
        ("正文\n<table><tr><td>甲</td></tr></table>", True),
        ("一、总体要求\n正文。", False),
        ("**市**县**年**", False),
        ("- 索引号：1\n- 文号：2", False),
        ("|||||||\n|\n", False),
    ],
)
def test_markdown_is_known_by_its_marks(text: str, expected: bool) -> None:
    assert is_markdown(text) is expected
