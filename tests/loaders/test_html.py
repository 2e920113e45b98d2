"""Web pages: the document without its page, tables as they span, metadata, and the place of every character."""

from __future__ import annotations

import re

import pytest
from plans import SHARED

from planparse.data import vocabulary
from planparse.loaders import load
from planparse.loaders.html import declared_encoding
from planparse.loaders.html.content import part_kind
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits, Options
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_START, SourceDocument

PROSE = "为加快推进水利高质量发展，统筹发展和安全，结合本市实际，制定本规划。到2025年，水安全保障能力明显增强。"
PLAN = f"<p>青石市水利发展规划</p><p>一、总体要求</p><p>{PROSE}</p><p>（一）加强领导。{PROSE}</p>"
PLAN_LINES = ["青石市水利发展规划", "一、总体要求", PROSE, f"（一）加强领导。{PROSE}"]


def read(html: str, limits: Limits | None = None) -> SourceDocument:
    """Load a page and check what holds for every page: each Chinese character stands where the body says."""
    source = load(html.encode(), "a.html", Options(limits=limits or Limits()))
    assert source.media_type == "text/html"
    assert source.text == html
    body = source.body
    for place, character in enumerate(body.text):
        if "\u4e00" <= character <= "\u9fff" and "&#" not in html:
            assert source.text[body.source_of(place)] == character
    assert all(a <= b for a, b in zip(body.sources, body.sources[1:], strict=False))
    return source


def body_lines(html: str) -> list[str]:
    return read(f"<div><p>{PROSE}</p>{html}</div>").body.text.split("\n")[1:]


def grids(source: SourceDocument) -> list[list[list[str]]]:
    lines = [line for line in source.body.text.split("\n") if line.startswith(TABLE_START)]
    return [[row.split(CELL_END)[:-1] for row in line[1:-1].split(ROW_END)[:-1]] for line in lines]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("<p>甲<p>乙<p>丙", ["甲", "乙", "丙"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p><b>一、</b><span>总体</span><font>要求</font></p>", ["一、总体要求"]),
        ("<p>全市新增\n    大棚</p>", ["全市新增大棚"]),
        ("<p>green\n  growth</p>", ["green growth"]),
        ("<p><b>GDP</b> <i>growth</i></p>", ["GDP growth"]),
        ("<p>&ldquo;十四五&rdquo;&mdash;&#8212;&#x4E00;</p>", ["“十四五”——一"]),
        ("<p>用水总量&lt;3亿m<sup>3</sup></p>", ["用水总量<3亿m³"]),
        ("<p>CO<sub>2</sub></p>", ["CO2"]),
        ("<p><ruby>强<rp>(</rp><rt>qiáng</rt><rp>)</rp></ruby>化</p>", ["强化"]),
        ("<p>甲<!-- 注释 -->乙</p><!--[if IE]><p>旧</p><![endif]-->", ["甲乙"]),
        ("<p>甲<script>document.write('丁。')</script>乙</p><style>p{}</style>", ["甲乙"]),
        ("<p>甲</p><noscript>请启用脚本。</noscript><template><p>模板</p></template>", ["甲"]),
        ("<ol><li>造林。</li><li>抚育。</li></ol>", ["1.造林。", "2.抚育。"]),
        ("<ol start=3><li>造林。</li><li>（一）抚育。</li></ol>", ["3.造林。", "（一）抚育。"]),
        ("<ol style='list-style:none'><li>造林。</li></ol>", ["造林。"]),
        ("<ul><li>造林。</li></ul>", ["造林。"]),
        ("<pre>第一行\n第二行</pre>", ["第一行", "第二行"]),
        ("<p>&nbsp;&nbsp;</p><p>甲&nbsp;&nbsp;</p>", ["甲"]),
        ("<p>3<5且7>6，<《规划》>。</p>", ["3<5且7>6，<《规划》>。"]),
        ('<p title="a>b">甲</p>', ["甲"]),
        ("<o:p>甲</o:p><p>乙</p>", ["甲", "乙"]),
        ("<p>甲</p><select><option>选项</option></select><button>提交</button>", ["甲"]),
    ],
)
def test_what_a_browser_would_show(html: str, lines: list[str]) -> None:
    assert body_lines(html) == lines


@pytest.mark.parametrize(
    "style",
    ["display:none", "DISPLAY : none;top:0", "visibility:hidden", "opacity:0", "text-indent:-9999px", "left:-5000px"],
)
def test_hidden_text_is_left_out_and_noted(style: str) -> None:
    source = read(f"<div>{PLAN}<p>正文<span style='{style}'>推广甲乙丙丁戊己庚辛</span>继续。</p>{PLAN}</div>")
    assert "正文继续。" in source.body.text
    assert "推广" not in source.body.text
    (note,) = source.notes
    assert note.code is Code.INJECTED_TEXT
    assert source.text[note.start : note.end] == "推广甲乙丙丁戊己庚辛"


@pytest.mark.parametrize("style", ["opacity:0.9", "display:block", "margin-left:-20px", "font-size:0.9em"])
def test_visible_styles_hide_nothing(style: str) -> None:
    assert body_lines(f"<p style='{style}'>甲</p>") == ["甲"]


def test_classes_that_the_page_hides_are_hidden_but_not_those_of_other_media() -> None:
    css = "<style>@import 'a.css'; /* .c{display:none} */ .a, #b {color:red;display:none} @media print{.c{display:none}}</style>"
    source = read(f"{css}<div>{PLAN}<p class=a>甲甲</p><p id=b>乙乙</p><p class=c>丙丙</p></div>")
    assert source.body.text.endswith("\n丙丙")
    assert "甲甲" not in source.body.text
    assert "乙乙" not in source.body.text


def test_a_document_that_a_script_will_show_is_read() -> None:
    assert read(f"<div id=zoom style='display:none'>{PLAN}</div><p>加载中</p>").body.text.split("\n") == PLAN_LINES


def test_a_hidden_copy_of_what_can_be_seen_is_left_out() -> None:
    """Pages carry their text a second time to be read aloud; what stands only in the hidden part is the document."""
    aloud = f"<div class=aloud style='display:none'>禾阳县供水规划{PLAN}{PLAN}</div>"
    assert read(f"<div id=zoom>{PLAN}</div>{aloud}").body.text.split("\n") == PLAN_LINES
    assert len(read(f"<p>供水</p>{aloud}").body.text) > len("".join(PLAN_LINES))


PAGE = """<html><head><title>青石市水利发展规划_规划计划_青石市政府网</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/b">政务公开</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/c">规划计划</a></div>
<div {container}>{plan}</div>
<div class="share-box">分享到：<a href="#w">微信</a></div>
<div class="related"><p>相关解读：本规划由市水利局编制，现将有关情况说明如下，欢迎社会各界监督执行情况。</p></div>
<ul><li><a href="/1.html">青石市水利局召开防汛工作会议</a></li><li><a href="/2.html">青石市开展水库检查</a></li>
<li><a href="/3.html">青石市推进河湖治理</a></li></ul>
<div id="footer">主办：青石市人民政府办公室 承办：青石市政务服务中心 网站标识码：3300000001 某ICP备05000001号</div>
</body></html>"""


@pytest.mark.parametrize(
    "container",
    ["", "class=TRS_Editor", "id=UCAP-CONTENT", "id=zoom", 'class="pages_content"', "class=v_news_content", "id=x9"],
)
def test_only_the_document_is_read(container: str) -> None:
    source = read(PAGE.format(container=container, plan=PLAN * 3))
    assert source.body.text.split("\n") == PLAN_LINES * 3
    assert source.metadata["title"] == "青石市水利发展规划"


def test_a_page_that_is_mostly_a_table_keeps_what_stands_above_it() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>第{n}水厂扩建工程</td><td>{n}200</td></tr>" for n in range(1, 9))
    table = f"<table><tr><td>序号</td><td>项目名称</td><td>总投资</td></tr>{rows}</table>"
    source = read(f"<div><a href='/'>首页</a></div><div><h1>青石市重点项目表</h1><p>单位：万元</p>{table}</div>")
    assert source.body.text.split("\n")[:2] == ["青石市重点项目表", "单位：万元"]


def test_a_page_laid_out_with_tables() -> None:
    source = read(
        "<table width=980><tr><td><table><tr><td><a href=/>首页</a><td><a href=/2>新闻</a></table></td></tr><tr><td>"
        f"<table><tr><td width=200><a href=1>通知公告</a><br><a href=2>政策</a></td><td>{PLAN * 3}"
        "<table><tr><th>任务<th>时限<tr><td>造林<td>6月<tr><td>抚育<td>9月</table></td></tr></table></td></tr></table>"
    )
    lines = source.body.text.split("\n")
    assert lines[:-1] == PLAN_LINES * 3
    assert grids(source) == [[["任务", "时限"], ["造林", "6月"], ["抚育", "9月"]]]


TABLE_CASES: list[tuple[str, list[list[str]], list[list[tuple[int, int, bool]]]]] = [
    (
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>",
        [["甲", "乙"], ["1", "2"]],
        [[(1, 1, False)] * 2] * 2,
    ),
    (
        "<table><thead><tr><td rowspan='2'>指标</td><td colspan=2>目标</td></tr><tr><td>2020年</td><td>2025年</td></tr>"
        "</thead><tbody><tr><td>普及率</td><td>91</td><td>96</td></tr></tbody></table>",
        [["指标", "目标"], ["2020年", "2025年"], ["普及率", "91", "96"]],
        [[(2, 1, True), (1, 2, True)], [(1, 1, True)] * 2, [(1, 1, False)] * 3],
    ),
    (
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td rowspan=9>丙</td><td>1</td></tr><tr><td>2</td></tr></table>",
        [["甲", "乙"], ["丙", "1"], ["2"]],
        [[(1, 1, False)] * 2, [(2, 1, False), (1, 1, False)], [(1, 1, False)]],
    ),
    (
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td rowspan=0>丙</td><td>1</td></tr><tr><td>2</td></tr></table>",
        [["甲", "乙"], ["丙", "1"], ["2"]],
        [[(1, 1, False)] * 2, [(2, 1, False), (1, 1, False)], [(1, 1, False)]],
    ),
    (
        "<table><thead><tr><td>甲</td><td>乙</td></tr></thead><tr><td>1</td><td>2</td></tr>"
        "<tr style='display:none'><td>3</td><td>4</td></tr></table>",
        [["甲", "乙"], ["1", "2"]],
        [[(1, 1, True)] * 2, [(1, 1, False)] * 2],
    ),
    (
        "<table><tr><th>甲<th>乙<tr><td>用水<br>总量<td><p>一</p><p>二</p></table>",
        [["甲", "乙"], [f"用水{CELL_BREAK}总量", f"一{CELL_BREAK}二"]],
        [[(1, 1, True)] * 2, [(1, 1, False)] * 2],
    ),
    (
        "<table><tr><td colspan=x>甲</td><td>&nbsp;</td></tr>"
        "<tr><td>1</td><td style='display:none'>密</td><td>2</td></tr></table>",
        [["甲", ""], ["1", "2"]],
        [[(1, 1, False)] * 2] * 2,
    ),
]


@pytest.mark.parametrize(("html", "cells", "shape"), TABLE_CASES)
def test_tables(html: str, cells: list[list[str]], shape: list[list[tuple[int, int, bool]]]) -> None:
    source = read(f"<div>{PLAN}{html}{PLAN}</div>")
    assert grids(source) == [cells]
    assert [[(c.rowspan, c.colspan, c.header) for c in row] for row in source.tables[0].rows] == shape


def test_tables_side_by_side_and_one_in_another() -> None:
    one = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    outer = f"<table><tr><td>丙</td><td>丁</td></tr>{'<tr><td>长的单元格内容</td><td>说明文字</td></tr>' * 6}"
    inner = "<tr><td>戊</td><td><table><tr><td>子</td><td>丑</td></tr></table></td></tr></table>"
    found = grids(read(f"<div>{PLAN}{one}{one}{outer}{inner}</div>"))
    assert len(found) == 3
    assert found[0] == found[1] == [["甲", "乙"], ["1", "2"]]
    assert found[2][-1] == ["戊", f"子{CELL_BREAK}丑"]


@pytest.mark.parametrize(
    ("html", "is_table"),
    [
        ("<table><tr><td>专栏1 重点工程</td></tr><tr><td><p>1.甲工程。</p><p>2.乙工程。</p></td></tr></table>", True),
        ("<table><tr><td><p>专栏2 工程</p><p>1.甲工程。</p></td></tr></table>", True),
        ("<table><tr><td><p>普通段落。</p></td></tr></table>", False),
        ("<table role=presentation><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>", False),
    ],
)
def test_boxes_are_tables_and_frames_are_not(html: str, is_table: bool) -> None:
    source = read(f"<div>{PLAN}{html}</div>")
    assert bool(source.tables) is is_table
    assert ("工程" in source.body.text) or ("甲" in source.body.text) or ("普通段落" in source.body.text)


METADATA_TABLE = """<table><tr><td>索 引 号：</td><td>QS01/2021-00012</td><td>发布机构</td><td>青石市水利局</td></tr>
<tr><td>文　　号：</td><td>青水发〔2021〕15号</td><td>成文日期：</td><td>2021-09-01</td></tr>
<tr><td>标　　题：</td><td colspan=3>青石市水利发展规划</td></tr></table>"""
METADATA_CASES = [
    (
        METADATA_TABLE,
        {
            "index_number": "QS01/2021-00012",
            "issuer": "青石市水利局",
            "doc_number": "青水发〔2021〕15号",
            "issued_date": "2021-09-01",
            "title": "青石市水利发展规划",
        },
    ),
    (
        '<meta name="ArticleTitle" content="青石市水利发展规划"><meta name="PubDate" content="2021-09-10 11:19">'
        '<meta name="ContentSource" content="青石市水利局">',
        {"title": "青石市水利发展规划", "published_date": "2021-09-10 11:19", "issuer": "青石市水利局"},
    ),
    ('<meta name="ContentSource" content="青石日报">', {}),
    (
        '<script type="application/ld+json">{"@type":"Article","headline":"青石市水利发展规划",'
        '"datePublished":"2021-09-10","publisher":{"@type":"Organization","name":"青石市水利局"}}</script>',
        {"title": "青石市水利发展规划", "published_date": "2021-09-10", "issuer": "青石市水利局"},
    ),
    ('<script type="application/ld+json">{broken</script>', {}),
    (
        "<ul class=info><li>索引号：QS01/2021-00012</li><li>发布机构：青石市水利局 成文日期：2021年9月1日</li></ul>",
        {"index_number": "QS01/2021-00012", "issuer": "青石市水利局", "issued_date": "2021年9月1日"},
    ),
    (
        "<ul><li>索 引 号：QS01/2021-00012</li><li>发布机构：青石市水利局 成 文 日 期：2021年9月1日</li></ul>",
        {"index_number": "QS01/2021-00012", "issuer": "青石市水利局", "issued_date": "2021年9月1日"},
    ),
    ("<h1>青石市水利发展规划（全文）</h1>", {"title": "青石市水利发展规划（全文）"}),
    ("<title>青石市水利发展规划 - 青石市政府网</title>", {"title": "青石市水利发展规划"}),
    ("<title>青石市水利规划（2021—2025年）-青石市政府网</title>", {"title": "青石市水利规划（2021—2025年）"}),
    ("<h1>青石市人民政府门户网站</h1><title>青石市水利发展规划|公开</title>", {"title": "青石市水利发展规划"}),
    ('<meta name="keywords" content="青石市人民政府门户网站">', {}),
    ('<meta name="author" content="王小明">', {}),
    (
        "<ul><li><span>文　　号：</span>\n\t青水发〔2021〕15号\n</li>"
        "<li><span>发布机关：</span>\n青石市水利局 </li></ul>",
        {"doc_number": "青水发〔2021〕15号", "issuer": "青石市水利局"},
    ),
]


@pytest.mark.parametrize(("html", "metadata"), METADATA_CASES)
def test_metadata(html: str, metadata: dict[str, str]) -> None:
    source = read(f"<div>{html}</div><div id=zoom>{PLAN * 3}</div>")
    assert dict(source.metadata) == metadata
    assert source.body.text.split("\n") == PLAN_LINES * 3


@pytest.mark.parametrize(
    ("page", "wording"),
    [
        ('<html><frameset cols="20%,80%"><frame src="a.html"><frame src="b.html"></frameset></html>', "frames"),
        ('<html><body><iframe src="a.html"></iframe></body></html>', "frames"),
        ('<html><body><div id="app"></div><script>load()</script></body></html>', "page"),
    ],
)
def test_pages_without_text_say_why(page: str, wording: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(page)
    assert caught.value.note.wording == wording


@pytest.mark.parametrize(
    ("line", "heavy"),
    [
        ("<b>甲</b>", 0),
        ('<b style="font-size:16pt">甲</b>', 160),
        ('<span style="font-weight:700">甲</span>', 0),
        ('<b><span style="font-size:12pt">甲</span></b>', 120),
        ('<b><span style="font-weight:normal">甲</span></b>', None),
        ('<b style="font-weight: 400">甲</b>', None),
        ('<b>甲<span style="font-weight:normal">乙</span></b>', None),
        ('<span style="font-weight:normal"><b>甲</b></span>', 0),
    ],
)
def test_heavy_type_is_a_hint(line: str, heavy: int | None) -> None:
    source = read(f"<div><p>{PROSE}</p><p>{line}</p></div>")
    hint = source.hints.get(source.body.text.index("甲"))
    assert (hint.heavy if hint else None) == heavy


def test_headings_are_hints() -> None:
    source = read(f"<div><h2>一、总体要求</h2><p>{PROSE}</p><h3>（一）<b>思想</b></h3><p>{PROSE}</p></div>")
    levels = {source.body.text[start:].split("\n")[0]: hint.heading_level for start, hint in source.hints.items()}
    assert levels == {"一、总体要求": 2, "（一）思想": 3}


@pytest.mark.parametrize(
    ("tag", "noted"),
    [
        ('<img src="/u/2021/W02.png" width="600" height="400">', True),
        ('<img src="/images/icon_pdf.gif">', False),
        ('<img src="/u/a.png" width="16" height="16">', False),
        ('<img src="/u/share_wx.png">', False),
    ],
)
def test_pictures_that_may_be_tables_are_noted(tag: str, noted: bool) -> None:
    source = read(f"<div>{PLAN}<p>{tag}</p>{PLAN}</div>")
    assert [note.code for note in source.notes] == [Code.IMAGE_TABLE] * noted
    assert all(source.text[note.start : note.end] == tag for note in source.notes)


def test_a_picture_behind_the_last_line_of_the_document_is_noted() -> None:
    tag = '<img src="/u/2021/W03.png" width="600" height="800">'
    source = read(f"<div><div id=zoom>{PLAN}<p>{tag}</p></div><p>打印</p><p><img src=/u/w.png></p></div>")
    assert [source.text[note.start : note.end] for note in source.notes] == [tag]


@pytest.mark.parametrize(
    ("head", "encoding", "found"),
    [
        ('<meta charset="gb2312">', "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030", "gb18030"),
        ('<meta charset="utf-8">', "gb18030", "gb18030"),
        ('<meta charset="iso-8859-1">', "gb18030", "gb18030"),
        ('<meta charset="gb2312">', "utf-8", "utf-8"),
        ("", "utf-16", "utf-16-le"),
        ('<meta charset="big5">', "gb18030", "gb18030"),
    ],
)
def test_encodings(head: str, encoding: str, found: str) -> None:
    html = f"<html><head>{head}</head><body>{PLAN}</body></html>"
    source = load(html.encode(encoding), "a.html", Options())
    assert source.encoding == found
    assert source.body.text.split("\n") == PLAN_LINES


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (b'<meta charset="gb2312">', "gb18030"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=x-gbk'>", "gb18030"),
        (b"<meta charset=big5>", "big5hkscs"),
        (b"<?xml version='1.0' encoding='gb18030'?>", "gb18030"),
        (b"<meta charset=latin1>", None),
        (b"<meta charset=utf-8>", None),
        (b"<p>", None),
    ],
)
def test_declared_encodings(data: bytes, codec: str | None) -> None:
    assert declared_encoding(data) == codec


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + PLAN + "</div>" * 5000,
        "<font>" * 5000 + PLAN,
        "<table><tr><td>" * 400 + PLAN,
        "<ul><li>" * 2000 + PLAN,
        "<div></span>" * 3000 + PLAN,
        "<p><b>" * 3000 + PLAN,
        PLAN + "<script>" * 20000,
        PLAN + "<!--" * 20000,
        "<style>display:none" + "@a " * 50000 + "</style>" + PLAN,
        "<style>" + ".a," * 100000 + "{display:none}" + "@a{b{" * 50000 + "</style>" + PLAN,
        PLAN + '<p class="' * 20000,
        PLAN + "<" * 100_000,
        PLAN + "&" * 100_000,
        "<p>" + PLAN.replace("<p>", "<p" + " a=1" * 3000 + ">"),
    ],
)
def test_hostile_markup_neither_crashes_nor_loses_the_text(html: str) -> None:
    text = load(html.encode(), "a.html", Options()).body.text
    assert f"（一）加强领导。{PROSE}" in text


def test_depth_beyond_the_limit_is_noted() -> None:
    source = load(("<div>" * 400 + PLAN).encode(), "a.html", Options())
    assert [note.code for note in source.notes] == [Code.LIMIT_EXCEEDED]


def test_nothing_is_fetched_and_no_entity_is_expanded() -> None:
    html = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x;</p>{PLAN}'
    assert "&x;" in load(html.encode(), "a.html", Options()).body.text


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        load(b"<html><body><script>go()</script></body></html>", "a.html", Options())
    assert caught.value.note.code is Code.EMPTY_DOCUMENT


def test_names_of_parts() -> None:
    words = vocabulary("html")
    for entry in words["content"]:
        assert all(part_kind(name) == "content" for name in entry["names"]), entry
    for names in words["furniture"].values():
        assert all(part_kind(name) == "furniture" for name in names), names
    assert part_kind("TRS_Editor main") == "content"
    assert part_kind("footer-copyright") == "furniture"
    assert part_kind("article-box p2") == ""


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")
def test_real_pages_keep_their_chapters_and_nothing_of_the_page() -> None:
    pages = sorted((SHARED / "documents").glob("*.html"))
    assert pages
    for path in pages:
        source = load(path.read_bytes(), path.name, Options())
        lines = source.body.text.split("\n")
        assert sum(1 for line in lines if re.match(r"\s*[一二三四五六七八九十]{1,2}、", line)) >= 2, path.name
        assert not re.search("当前位置|网站标识码|分享到|索 引 号", source.body.text), path.name
        assert source.metadata["title"], path.name
