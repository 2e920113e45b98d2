"""What a document costs grows with its length, whatever it consists of: each pattern and loop is met where it is really used."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from planparse.cleaning.chapter_numbers import join_chapter_numbers
from planparse.cleaning.lost_layout import part_signatures
from planparse.cleaning.page_numbers import join_numbered_pieces
from planparse.model.text import MappedText
from planparse.pipeline import stages

pytestmark = pytest.mark.waits

SHORT, TIMES = 10_000, 4
MOST = 2.2 * TIMES
"""What four times the text may cost; a loop in a loop costs sixteen times as much."""
FLOOR = 0.04
"""Seconds of processor below which a cost says nothing."""
ROUNDS = 4
"""What else runs on the machine only ever adds: of several rounds the least growth counts."""
CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile"
HEAD = "某市示范发展行动计划\n一、总体要求\n到2027年，建成公园3个。\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
Made = Callable[[int], bytes]


def line(piece: str) -> Made:
    """One line of nothing but this."""
    return lambda size: f"{HEAD}{piece * (size // len(piece))}\n二、重点任务\n（一）建设。新建道路5公里。\n".encode()


def lines(piece: str) -> Made:
    """Lines of nothing but this."""
    return lambda size: f"{HEAD}{(piece + chr(10)) * (size // (len(piece) + 1))}二、重点任务\n".encode()


def tenth(made: Made) -> Made:
    """A tenth of the length, of what costs much a character: all that may be a table is tried as one."""
    return lambda size: made(size // 10)


def page(piece: str, around: str = "%s") -> Made:
    return lambda size: f"<html><body><h1>某市规划</h1><p>一、总体要求</p>{around % (piece * (size // len(piece)))}</body></html>".encode()


def columns(size: int) -> bytes:
    width = size // 10
    rows = ["|" + "a|" * width, "|" + "-|" * width, *(["|" + "1|" * width] * 3)]
    return (HEAD + "\n".join(rows)).encode()


def word(body: str, styles: str = "") -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Override PartName="/word/document.xml" ContentType="{OFFICE}"/></Types>',
        )
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
    return sink.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def chained(size: int) -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:name w:val="a"/><w:basedOn w:val="s{}"/></w:style>'
    return word(paragraph("某市规划"), "".join(style.format(n, n + 1) for n in range(size // 5)))


def word_rows(size: int) -> bytes:
    row = f"<w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('1')}</w:tc></w:tr>"
    return word(f"{paragraph('某市规划')}<w:tbl>{row * (size // 20)}</w:tbl>")


def rows(form: str, head: str = "") -> Made:
    return lambda size: (HEAD + head + "".join(form.format(n) for n in range(size // 20))).encode()


MADE: dict[str, Made] = {
    **{f"a line of {piece!r}": line(piece) for piece in (" ", "\t", "\u3000", " \t", "\xa0", "，", "。", "1,", "2025年", "<", "**a", "[a](", "| a ", "《", "“", "1.1", "①")},
    **{f"lines of {piece!r}": lines(piece) for piece in ("—1—", "---", "1", "。", "| a | b |", "责任单位：市局", "```", "<table><tr><td>a</td></tr></table>")},
    **{f"header words {piece!r}": tenth(line(piece)) for piece in ("项目", "序号名称单位", "序号 项目 ", "序号 指标 单位 2020年 2025年 ")},
    **{f"header lines {piece!r}": tenth(lines(piece)) for piece in ("序号", "序号 项目 单位 目标\n1 甲 % 5")},
    "leads of one chapter": lambda size: f"{HEAD}二、重点任务\n".encode() + "推进渔港改造。加快建设渔港，完善设施。\n".encode() * (size // 4),
    "CDATA": page("<![CDATA[a]]>"),
    "CDATA that is not closed": lambda size: b"<html><body>" + b"<![CDATA[" * (size // 9),
    "comments that are not closed": page("<!--"),
    "elements that are not closed": page("<div>"),
    "cells of HTML": page("<td>a</td>", "<table><tr>%s</tr></table>"),
    "rows of HTML": page("<tr><td>a</td><td>b</td></tr>", "<table>%s</table>"),
    "columns of Markdown": columns,
    "rows of Markdown": rows("| {0} | 人口{0} | 万人 | {0} |\n", "| 序号 | 指标 | 单位 | 2025年 |\n|---|---|---|---|\n"),
    "rows with tabs": rows("{0}\t人口{0}\t万人\t{0}\n", "序号\t指标\t单位\t2025年\n"),
    "rows of Word": word_rows,
    "styles in a chain": chained,
}  # fmt: skip


def cost(data: bytes) -> float:
    begun = time.process_time()
    stages(data, "a")
    return time.process_time() - begun


@pytest.mark.parametrize("name", MADE)
def test_a_document_costs_in_proportion(name: str) -> None:
    stages(HEAD.encode(), "a")  # what is only made once
    short, long = MADE[name](SHORT), MADE[name](SHORT * TIMES)
    growth = []
    for _ in range(ROUNDS):
        growth.append(cost(long) / max(cost(short), FLOOR))
        if growth[-1] <= MOST:
            return
    pytest.fail(f"{TIMES} times as much costs {min(growth):.1f} times as much")


@pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases/hostile")
@pytest.mark.parametrize("name", ["spaces_quadratic.txt", "wide_table.md", "docx_style_chain_quadratic.docx"])
def test_the_hostile_documents_cost_no_more_than_others_of_their_size(name: str) -> None:
    """As many times an ordinary text of their length as no loop in a loop could keep to."""
    data = (CASES / name).read_bytes()
    ordinary = (HEAD + "（一）建设。新建道路5公里，改造公园3个。\n" * 20_000).encode()[: max(len(data), 60_000)]
    ordinary = ordinary.decode("utf-8", "ignore").encode()
    stages(HEAD.encode(), "a")
    assert cost(data) < 20 * max(cost(ordinary), FLOOR)


PROSE = "疏浚航道，修好码头，更新渔网，改善渔民作业条件，扎实做好渔港安"
# Steps that look at the lines around a place, alone: in a whole document what else it costs would hide them.
STEPS: dict[str, tuple[Callable[[MappedText], MappedText], str]] = {
    "numbers of chapters": (join_chapter_numbers, "01\n渔港\n"),
    "numbered pieces": (join_numbered_pieces, f"2、全工作。{PROSE}\n"),
    "dates before annexes": (part_signatures, "2021年3月5日 附件：任务清单\n"),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_costs_in_proportion(name: str) -> None:
    step, piece = STEPS[name]

    def took(times: int) -> float:
        text = MappedText.identity(piece * times)
        begun = time.process_time()
        step(text)
        return time.process_time() - begun

    took(10)
    assert min(took(SHORT * TIMES) / max(took(SHORT), FLOOR) for _ in range(ROUNDS)) <= MOST
