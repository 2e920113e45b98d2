"""Word documents: numbers that only Word shows, merged cells, text boxes, tracked changes. All are made here."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from planparse.loaders import load
from planparse.loaders.docx.chunks import Chunks
from planparse.loaders.docx.numbering import FORMATS
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits, Options
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_START, SourceDocument

W = nsdecls("w")


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(document: Document) -> SourceDocument:
    source = load(saved(document), "a.docx", Options())
    assert source.text.startswith(source.body.text)
    assert source.body.span(0, len(source.body)) == (0, len(source.body))
    return source


def grids(source: SourceDocument) -> list[list[list[str]]]:
    lines = [line for line in source.body.text.split("\n") if line.startswith(TABLE_START)]
    return [[row.split(CELL_END)[:-1] for row in line[1:-1].split(ROW_END)[:-1]] for line in lines]


def with_lists(document: Document, levels: list[tuple[str, str]], *, number: int = 900, extra: str = "") -> None:
    """Add a list whose levels have these formats and texts (numFmt, lvlText)."""
    xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{xml}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{extra}</w:num>'))


def numbered(document: Document, text: str, depth: int = 0, number: int = 900) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    xml = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties.append(parse_xml(xml))


def test_paragraphs_and_tables_stand_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("一、总体要求")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["指标", "目标", "普及率", "96%"], strict=True):
        cell.text = text
    document.add_paragraph("二、保障措施\n（一）加强领导")
    source = read(document)
    lines = source.body.text.split("\n")
    assert [lines[0], lines[2], lines[3]] == ["一、总体要求", "二、保障措施", "（一）加强领导"]
    assert grids(source) == [[["指标", "目标"], ["普及率", "96%"]]]
    assert source.encoding is None
    assert source.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("levels", "items", "lines"),
    [
        (
            [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
            [(0, "要求"), (1, "思想"), (1, "原则"), (2, "统筹"), (2, "协同"), (0, "任务"), (1, "水利"), (2, "灌区")],
            ["一、要求", "（一）思想", "（二）原则", "1.统筹", "2.协同", "二、任务", "（一）水利", "1.灌区"],
        ),
        (
            [("chineseCounting", "第%1章"), ("chineseCounting", "第%2节"), ("decimal", "%1.%2.%3")],
            [(0, "总则"), (1, "目的"), (2, "范围"), (2, "依据")],
            ["第一章 总则", "第一节 目的", "一.一.1 范围", "一.一.2 依据"],
        ),
        (
            [("decimal", "%1"), ("decimal", "%1.%2")],
            [(0, "总则"), (1, "目的"), (1, "依据")],
            ["1 总则", "1.1 目的", "1.2 依据"],
        ),
        ([("decimalEnclosedCircleChinese", "%1")], [(0, "甲"), (0, "乙")], ["① 甲", "② 乙"]),
        ([("ideographTraditional", "%1、")], [(0, "x"), (0, "y")], ["甲、x", "乙、y"]),
        ([("lowerLetter", "%1)")], [(0, "甲"), (0, "乙")], ["a)甲", "b)乙"]),
        ([("upperRoman", "%1.")], [(0, "甲")] * 4, ["I.甲", "II.甲", "III.甲", "IV.甲"]),
        ([("decimal", "%1.")], [(0, "2025年目标")], ["1. 2025年目标"]),
        ([("bullet", "\uf0b7")], [(0, "甲")], ["甲"]),
        ([("bullet", "——")], [(0, "坚持改革")], ["——坚持改革"]),
        ([("none", "附件")], [(0, "甲")], ["附件 甲"]),
        (
            [("chineseCounting", "%1、")],
            [(0, "项")] * 12,
            [*(f"{number}、项" for number in "一二三四五六七八九十"), "十一、项", "十二、项"],
        ),
    ],
)
def test_automatic_numbers(levels: list[tuple[str, str]], items: list[tuple[int, str]], lines: list[str]) -> None:
    document = docx.Document()
    with_lists(document, levels)
    for depth, text in items:
        numbered(document, text, depth)
    assert read(document).body.text.split("\n") == lines


def test_a_second_list_goes_on_unless_it_starts_anew() -> None:
    document = docx.Document()
    with_lists(document, [("decimal", "%1.")])
    root = document.part.numbering_part.element
    same = f'<w:num {W} w:numId="901"><w:abstractNumId w:val="900"/></w:num>'
    anew = (
        f'<w:num {W} w:numId="902"><w:abstractNumId w:val="900"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    root.append(parse_xml(same))
    root.append(parse_xml(anew))
    for number in (900, 900, 901, 902, 902):
        numbered(document, "项", 0, number)
    assert read(document).body.text.split("\n") == ["1.项", "2.项", "3.项", "5.项", "6.项"]


def test_numbers_come_from_styles_and_their_ancestors() -> None:
    document = docx.Document()
    with_lists(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")])
    for name, depth in (("Heading 1", 0), ("Heading 2", 1)):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="900"/></w:numPr>'))
    child = document.styles.add_style("章标题", 1)
    child.base_style = document.styles["Heading 1"]
    document.add_paragraph("背景", style="Heading 1")
    document.add_paragraph("现状", style="Heading 2")
    document.add_paragraph("任务", style="章标题")
    plain = document.add_paragraph("无号标题", style="Heading 1")._p.get_or_add_pPr()
    plain.append(parse_xml(f'<w:numPr {W}><w:numId w:val="0"/></w:numPr>'))
    source = read(document)
    assert source.body.text.split("\n") == ["一、背景", "（一）现状", "二、任务", "无号标题"]
    levels = [hint.heading_level for _, hint in sorted(source.hints.items())]
    assert levels == [1, 2, 1, 1]
    assert [source.body.text[start] for start in sorted(source.hints)] == ["一", "（", "二", "无"]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 103, "一百零三"),
        ("chineseCounting", 110, "一百一十"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 13, "拾叁"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("ideographZodiac", 2, "丑"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("decimalEnclosedCircle", 33, "33"),
        ("lowerLetter", 27, "aa"),
        ("lowerRoman", 49, "xlix"),
        ("decimalZero", 7, "07"),
    ],
)
def test_number_formats(form: str, number: int, shown: str) -> None:
    assert FORMATS[form](number) == shown


def test_merged_cells() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    for first, last, text in (((0, 0), (1, 0), "指标"), ((0, 1), (0, 2), "目标")):
        table.cell(*first).merge(table.cell(*last)).text = text
    source = read(document)
    assert grids(source) == [[["指标", "目标"], ["11", "12"], ["20", "21", "22"]]]
    shape = [[(c.rowspan, c.colspan) for c in row] for row in source.tables[0].rows]
    assert shape == [[(2, 1), (1, 2)], [(1, 1), (1, 1)], [(1, 1)] * 3]


def test_header_rows_numbers_breaks_and_tables_in_cells() -> None:
    document = docx.Document()
    with_lists(document, [("decimal", "%1")])
    table = document.add_table(3, 2)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    table.cell(0, 0).text, table.cell(0, 1).text = "序号", "内容"
    for row in (1, 2):
        properties = table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="900"/></w:numPr>'))
    table.cell(1, 1).text = "第一行\n第二行"
    inner = table.cell(2, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "子", "丑"
    source = read(document)
    assert grids(source) == [[["序号", "内容"], ["1", f"第一行{CELL_BREAK}第二行"], ["2", "子 丑"]]]
    assert [row[0].header for row in source.tables[0].rows] == [True, False, False]


def test_frames_are_lines_and_boxes_are_tables() -> None:
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "普通说明。"
    box = document.add_table(2, 1)
    box.cell(0, 0).text, box.cell(1, 0).text = "专栏1 重点工程", "1.水库加固。"
    source = read(document)
    assert source.body.text.split("\n")[0] == "普通说明。"
    assert grids(source) == [[["专栏1 重点工程"], ["1.水库加固。"]]]


def add_xml(paragraph: Any, xml: str) -> None:
    paragraph._p.append(parse_xml(xml))


RUN_CASES: list[tuple[str, str]] = [
    (f"<w:ins {W} w:id='1'><w:r><w:t>插入</w:t></w:r></w:ins>", "正文插入"),
    (f"<w:del {W} w:id='1'><w:r><w:delText>删除</w:delText></w:r></w:del>", "正文"),
    (f"<w:moveFrom {W} w:id='1'><w:r><w:t>移走</w:t></w:r></w:moveFrom>", "正文"),
    (f"<w:moveTo {W} w:id='1'><w:r><w:t>移来</w:t></w:r></w:moveTo>", "正文移来"),
    (f"<w:hyperlink {W}><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "正文链接"),
    (f"<w:sdt {W}><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "正文控件"),
    (f"<w:fldSimple {W} w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>", "正文7"),
    (f"<w:r {W}><w:instrText>TOC \\o</w:instrText></w:r>", "正文"),
    (f"<w:r {W}><w:tab/><w:t>后</w:t></w:r>", "正文\t后"),
    (f"<w:r {W}><w:br/><w:t>后</w:t></w:r>", "正文\n后"),
    (f"<w:r {W}><w:br w:type='page'/><w:t>后</w:t></w:r>", "正文后"),
    (f"<w:r {W}><w:noBreakHyphen/></w:r>", "正文-"),
    (f"<w:r {W}><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "正文"),
    (f"<w:r {W}><w:t>m</w:t></w:r>", "正文m"),
    (f"<w:r {W}><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>3</w:t></w:r>", "正文³"),
    (f"<w:smartTag {W}><w:r><w:t>标记</w:t></w:r></w:smartTag>", "正文标记"),
    (
        f"<w:r {W}><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "正文拼",
    ),
]


@pytest.mark.parametrize(("xml", "text"), RUN_CASES)
def test_runs(xml: str, text: str) -> None:
    document = docx.Document()
    add_xml(document.add_paragraph("正文"), xml)
    assert read(document).body.text == text


def test_paragraphs_that_are_all_heavy_are_told_with_their_size() -> None:
    document = docx.Document()
    for words in (["主要任务"], ["疏浚航道。", "清理淤泥。"], ["保障措施"]):
        paragraph = document.add_paragraph()
        for n, text in enumerate(words):
            paragraph.add_run(text).bold = n == 0
    document.paragraphs[-1].runs[0].font.size = Pt(16)
    source = read(document)
    assert {source.body.text[at:].split("\n")[0]: hint.heavy for at, hint in source.hints.items()} == {"主要任务": 0, "保障措施": 160}


def test_hidden_text_is_left_out_and_noted() -> None:
    document = docx.Document()
    add_xml(document.add_paragraph("正文"), f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>隐藏文字</w:t></w:r>")
    source = read(document)
    assert source.body.text == "正文"
    assert [note.code for note in source.notes] == [Code.INJECTED_TEXT]


def test_text_boxes_stand_once_in_their_place() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent>"
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    xml = (
        f"<w:r {W} {names}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = docx.Document()
    add_xml(document.add_paragraph("前"), xml)
    document.add_paragraph("后")
    assert read(document).body.text.split("\n") == ["前", "框内文字", "后"]


def test_headers_and_footers_are_not_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    assert read(document).text == "正文"


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content)
    return stream.getvalue()


def test_footnotes_stand_after_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    notes = f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>注释一</w:t></w:r></w:p></w:footnote></w:footnotes>"
    source = load(with_part(saved(document), "word/footnotes.xml", notes.encode()), "a.docx", Options())
    assert source.body.text == "正文"
    assert source.text == "正文\n注释一"


CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
PAGE = (
    "<html><head><meta charset='utf-8'></head><body><h2>二、嵌入的任务</h2><p>建成避难场所30个。</p>"
    "<table><tr><th>指标</th><th>目标</th></tr><tr><td>覆盖率</td><td>95%</td></tr></table></body></html>"
)
WEB_ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
    b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    + base64.encodebytes(PAGE.encode())
    + b"\r\n--B--\r\n"
)


def with_chunk(content: bytes | None, name: str = "chunk.bin", *, in_cell: bool = False, target: str = "") -> bytes:
    """A document with a part embedded between two paragraphs, or in a cell of a table between them."""
    document = docx.Document()
    document.add_paragraph("一、总体要求")
    after = document.add_paragraph("三、保障措施")
    part = document.part
    relation = part.rels.get_or_add_ext_rel(CHUNK, target or name)
    chunk = parse_xml(f"<w:altChunk {nsdecls('w', 'r')} r:id='{relation}'/>")
    if in_cell:
        table = document.add_table(2, 2)
        table.rows[1].cells[1]._tc.insert(1, chunk)
        after._p.addprevious(table._tbl)
    else:
        after._p.addprevious(chunk)
    data = saved(document)
    relations = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = archive.read(relations)
    if not target:
        data = with_part(data, relations, told.replace(b' TargetMode="External"', b""))
    return data if content is None else with_part(data, f"word/{name}", content)


def plain() -> bytes:
    document = docx.Document()
    document.add_paragraph("二、嵌入的任务")
    document.add_paragraph("建成避难场所30个。")
    return saved(document)


@pytest.mark.parametrize(
    ("content", "tables"),
    [(PAGE.encode(), 1), (WEB_ARCHIVE, 1), (plain(), 0), ("二、嵌入的任务\n建成避难场所30个。".encode("gb18030"), 0)],
    ids=["page", "web archive", "document", "text"],
)
def test_embedded_parts_stand_in_their_places(content: bytes, tables: int) -> None:
    source = load(with_chunk(content), "a.docx", Options())
    lines = [line for line in source.body.text.split("\n") if not line.startswith(TABLE_START)]
    assert lines == ["一、总体要求", "二、嵌入的任务", "建成避难场所30个。", "三、保障措施"]
    assert len(source.tables) == len(grids(source)) == tables
    assert not tables or grids(source) == [[["指标", "目标"], ["覆盖率", "95%"]]]
    assert source.text == source.body.text
    assert not source.notes


def test_headings_of_embedded_pages_are_headings() -> None:
    source = load(with_chunk(PAGE.encode()), "a.docx", Options())
    at = source.text.index("二、嵌入的任务")
    assert source.hints[at].heading_level == 2


def test_an_embedded_part_in_a_cell() -> None:
    source = load(with_chunk("避难场所\n30个".encode(), in_cell=True), "a.docx", Options())
    assert grids(source) == [[["", ""], ["", f"避难场所{CELL_BREAK}30个"]]]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (with_chunk(rb"{\rtf1\ansi task}"), Code.UNSUPPORTED_FORMAT, "save it again"),
        (with_chunk(with_chunk(rb"{\rtf1\ansi task}")), Code.UNSUPPORTED_FORMAT, "save it again"),
        (with_chunk(with_chunk(plain())), Code.UNSUPPORTED_FORMAT, "a Word document"),
        (with_chunk(b"PK\x03\x04[Content_Types].xml word/"), Code.UNREADABLE_FILE, "is not read"),
        (with_chunk(None), Code.UNREADABLE_FILE, "missing"),
        (with_chunk(None, target="https://example.org/plan.html"), Code.UNREADABLE_FILE, "outside"),
    ],
    ids=["rtf", "rtf in a document", "document in a document", "damaged", "missing", "elsewhere"],
)
def test_embedded_parts_that_are_not_read_are_noted(data: bytes, code: Code, said: str) -> None:
    source = load(data, "a.docx", Options())
    assert source.text.startswith("一、总体要求\n")
    assert source.text.endswith("三、保障措施")
    (note,) = source.notes
    assert (note.code, said in note.message) == (code, True)
    assert note.start is not None
    assert source.text[: note.start][:7] == "一、总体要求\n"


def test_embedded_parts_stay_within_the_limits() -> None:
    text = ("避难场所。" * 1000).encode()
    (note,) = load(with_chunk(text), "a.docx", Options(limits=Limits(max_chars=4_000))).notes
    assert note.code is Code.LIMIT_EXCEEDED
    chunks = Chunks({"one": "word/one.txt"}, lambda name: text, Limits(max_chars=9_000), load=None)
    assert chunks("one").source is not None
    with pytest.raises(DocumentError, match="max_chars"):
        chunks("one")


def test_an_empty_embedded_part_holds_nothing_that_could_be_lost() -> None:
    source = load(with_chunk(b" "), "a.docx", Options())
    assert (source.text, source.notes) == ("一、总体要求\n三、保障措施", ())


def test_macros_are_only_named() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    source = load(with_part(saved(document), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "a.docm", Options())
    assert source.body.text == "正文"
    assert "macroEnabled" in source.media_type


def test_pictures_of_tables_are_noted() -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735"
        "81e40000000049454e44ae426082"
    )
    document = docx.Document()
    document.add_paragraph("表1 主要指标")
    document.add_picture(io.BytesIO(png), width=Cm(14), height=Cm(8))
    document.add_picture(io.BytesIO(png), width=Cm(1), height=Cm(1))
    assert [note.code for note in read(document).notes] == [Code.IMAGE_TABLE]


def test_markdown_pasted_into_a_document_is_read_as_such() -> None:
    document = docx.Document()
    for line in ("# 规划", "**发布日期**: 2022年", "## 一、要求"):
        document.add_paragraph(line)
    source = load(saved(document), "a.docx", Options())
    assert source.body.text == "规划\n发布日期: 2022年\n一、要求"
    assert source.media_type.endswith("wordprocessingml.document")


def damaged(change: Callable[[bytes], bytes]) -> bytes:
    document = docx.Document()
    document.add_paragraph("正文")
    return change(saved(document))


def with_main(content: bytes) -> Callable[[bytes], bytes]:
    return lambda data: with_part(data, "word/document.xml", content)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_main(b"<w:document"), Code.UNREADABLE_FILE),
        (with_main(b"<d>" * 400 + b"</d>" * 400), Code.LIMIT_EXCEEDED),
        (with_main(f"<w:document {W}><w:body/></w:document>".encode()), Code.EMPTY_DOCUMENT),
        (with_main(b"<d>" + b" " * 30_000_000 + b"</d>"), Code.LIMIT_EXCEEDED),
        (lambda data: data[: len(data) // 2], Code.UNREADABLE_FILE),
    ],
)
def test_damaged_documents_are_refused(change: Callable[[bytes], bytes], code: Code) -> None:
    with pytest.raises(DocumentError) as caught:
        load(damaged(change), "a.docx", Options(limits=Limits()))
    assert caught.value.note.code is code
    assert caught.value.note.message.endswith(".")


def test_entities_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "十"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>正文&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = damaged(with_main(bomb.encode()))
    assert load(data, "a.docx", Options()).text == "正文"
