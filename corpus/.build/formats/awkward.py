"""Word files and PDFs with what makes them hard to read: numbers that only Word shows, merged cells, changes that are tracked, text in
boxes; tables over pages with and without their header, cells and rows cut by the page break."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from as_docx import DATE, repacked
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = nsdecls("w")
FONT = "STSong-Light"
CHAPTERS, COUNT = 901, 902


def _lists(document: Any, lists: dict[int, Sequence[tuple[str, str]]]) -> None:
    """Lists by their number: the formats and texts of their levels."""
    root = document.part.numbering_part.element
    for number, levels in lists.items():
        xml = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (form, text) in enumerate(levels)
        )
        root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{xml}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _numbered(paragraph: Any, depth: int = 0, number: int = CHAPTERS) -> Any:
    xml = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(1 if properties.pStyle is not None else 0, parse_xml(xml))
    return paragraph


def _headings(document: Any, lines: Sequence[tuple[int, str]]) -> None:
    """Lines of the document: -1 for a paragraph, else the depth of its automatic number."""
    for depth, text in lines:
        paragraph = document.add_paragraph(text)
        if depth >= 0:
            _numbered(paragraph, depth)


def _filled(
    document: Any, rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]], head: int
) -> Any:
    """A table; ``merged`` are first row, first column, last row, last column. Rows that are header rows say so."""
    table = document.add_table(len(rows), len(rows[0]), "Table Grid")
    for row, column, last_row, last_column in merged:
        table.cell(row, column).merge(table.cell(last_row, last_column))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text:
                table.cell(row, column).text = text
    for row in table.rows[:head]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    return table


def _saved(document: Any) -> bytes:
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = DATE
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def reading_plan() -> bytes:
    """Chapters and sections numbered by Word, changes tracked in prose and in a table, a box drawn as a shape, an indicator table of
    two header rows with cells merged both ways."""
    document = docx.Document()
    forms = [("chineseCountingThousand", "第%1章　"), ("chineseCountingThousand", "第%2节　"), ("decimal", "%3. ")]
    _lists(document, {CHAPTERS: forms})
    document.add_paragraph("柏川县全民阅读促进规划")
    document.add_paragraph("（2021—2025年）")
    document.add_paragraph("为推动全民阅读，制定本规划。")
    _headings(document, [(0, "发展目标"), (1, "总体目标")])
    goal = document.add_paragraph("到2025年，居民综合阅读率达到")
    goal._p.append(
        parse_xml(
            f'<w:del {W} w:id="1" w:author="" w:date="2021-01-01T00:00:00Z"><w:r><w:delText>75%</w:delText></w:r></w:del>'
        )
    )
    goal._p.append(
        parse_xml(f'<w:ins {W} w:id="2" w:author="" w:date="2021-01-01T00:00:00Z"><w:r><w:t>82%</w:t></w:r></w:ins>')
    )
    goal.add_run("以上。")
    _headings(document, [(1, "主要指标"), (-1, "表1　柏川县全民阅读主要指标")])
    rows = [
        ["类别", "指标名称", "", "目标值", "", "属性"],
        ["", "", "", "2020年", "2025年", ""],
        ["设施", "公共图书馆", "馆舍面积（平方米）", "6200", "9000", "预期性"],
        ["", "", "人均藏书量（册）", "0.8", "1.2", "约束性"],
        ["", "城市书房数量（个）", "", "7", "20", "预期性"],
        ["活动", "年阅读活动场次（场）", "", "310", "≥600", ""],
    ]
    merged = [
        (0, 0, 1, 0),
        (0, 1, 1, 2),
        (0, 3, 0, 4),
        (0, 5, 1, 5),
        (2, 0, 4, 0),
        (2, 1, 3, 1),
        (4, 1, 4, 2),
        (5, 1, 5, 2),
        (4, 5, 5, 5),
    ]
    table = _filled(document, rows, merged, 2)
    dropped = table.add_row()
    dropped.cells[1].text = "已删除的指标（个）"
    dropped._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="3" w:author="" w:date="2021-01-01T00:00:00Z"/>'))
    _headings(
        document,
        [
            (0, "主要任务"), (1, "完善阅读设施"), (2, "建设城市书房。新建城市书房13个。"), (2, "改造农家书屋。改造农家书屋96个。"),
            (1, "丰富阅读活动"), (2, "办好读书节。每年举办读书节1次。"), (0, "保障措施"), (1, "加强领导"), (-1, "建立联席会议制度。"),
        ],
    )  # fmt: skip
    _shape(
        document, ["专栏1　阅读重点工程", "1.图书馆新馆工程。建筑面积9000平方米。", "2.流动书车工程。购置流动书车4辆。"]
    )
    _headings(document, [(1, "落实经费"), (-1, "县财政每年安排经费300万元。")])
    return _saved(document)


def _shape(document: Any, lines: Sequence[str]) -> None:
    """A text box as Word writes it: as a drawing, and once more for older programs."""
    inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    xml = (
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="wps"><wps:wsp>'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(xml))


def work_division() -> bytes:
    """A task table whose serial numbers are Word's, with category rows across, units merged over rows and breaks inside cells."""
    document = docx.Document()
    _lists(
        document, {CHAPTERS: [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")], COUNT: [("decimal", "%1")]}
    )
    document.add_paragraph("禾渡市深化医药卫生体制改革2023年工作分工方案")
    document.add_paragraph("为落实年度改革任务，制定本方案。")
    _headings(
        document, [(0, "工作目标"), (-1, "2023年，县域内就诊率达到90%。"), (0, "重点任务"), (-1, "各项任务见下表。")]
    )
    rows = [
        ["序号", "重点任务", "主要内容", "牵头单位", "完成时间"],
        ["一、公立医院改革", "", "", "", ""],
        ["", "推进编制管理改革", "核定公立医院编制总量。", "市委编办", "2023年6月底前"],
        ["", "深化薪酬制度改革", "完善绩效考核办法。", "市人力资源社会保障局\n市财政局", "2023年9月底前"],
        ["", "加强运行监管", "开展经济运行评价。", "", "2023年12月底前"],
        ["二、医保支付改革", "", "", "", ""],
        ["", "扩大按病种付费", "覆盖所有二级以上医院。", "市医保局", "2023年11月底前"],
    ]
    table = _filled(document, rows, [(1, 0, 1, 4), (5, 0, 5, 4), (3, 3, 4, 3)], 1)
    for row in (2, 3, 4, 6):
        _numbered(table.cell(row, 0).paragraphs[0], 0, COUNT)
    _headings(
        document,
        [(0, "工作要求"), (1, "压实责任。牵头单位每季度报送1次进展。"), (1, "强化督导。对进展滞后的予以通报。")],
    )
    return _saved(document)


class Pages:
    """Lines and ruled rows on pages with numbers at their feet."""

    def __init__(self, title: str, size: tuple[float, float] = A4) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=size, invariant=1)
        self.canvas.setTitle(title)
        self.width, self.height = size
        self.page = 0
        self.turn()

    def turn(self) -> None:
        """Begin the next page."""
        if self.page:
            self.canvas.showPage()
        self.page += 1
        self.y = self.height - 85
        self.put(self.width / 2 - 15, 45, f"- {self.page} -", 10)

    def put(self, x: float, y: float, text: str, size: float = 12) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def centre(self, text: str, size: float = 16) -> None:
        self.put((self.width - size * len(text)) / 2, self.y, text, size)
        self.y -= size * 2

    def lines(self, *lines: str) -> None:
        """Paragraphs that fit on one line each."""
        for line in lines:
            self.put(114, self.y, line)
            self.y -= 21

    def rows(self, columns: Sequence[float], rows: Sequence[Sequence[Any]], heights: Sequence[float]) -> None:
        """Ruled rows. A cell is its text (/ between lines), None where the cell to the left spans it, or "^" where the one above does."""
        for row, (cells, height) in enumerate(zip(rows, heights, strict=True)):
            top, bottom = self.y + 12, self.y + 12 - height
            for column, text in enumerate(cells):
                left, right = columns[column], columns[column + 1]
                if text != "^":
                    self.canvas.line(left, top, right, top)
                if text is not None:
                    self.canvas.line(left, top, left, bottom)
                if row + 1 == len(rows):
                    self.canvas.line(left, bottom, right, bottom)
                for number, words in enumerate((text or "").strip("^").split("/")):
                    self.put(left + 3, top - 15 - 13 * number, words, 10)
            self.canvas.line(columns[-1], top, columns[-1], bottom)
            self.y -= height

    def saved(self) -> bytes:
        self.canvas.save()
        return self.stream.getvalue()


def flood_tasks() -> bytes:
    """A task table over three pages: its header on each, a category cell and a row that a page break cuts."""
    pages = Pages("洛屏市防洪能力提升行动方案")
    pages.centre("洛屏市防洪能力提升行动方案")
    pages.lines(
        "为提升全市防洪能力，制定本方案。", "一、工作目标", "到2024年，城市防洪达标率达到90%。", "二、重点任务",
        "各县区、各部门按照附件所列任务抓好落实。", "三、保障措施", "（一）加强领导。各级河长牵头推进。", "（二）保障资金。市财政安排资金2亿元。",
        "附件：洛屏市防洪能力提升任务清单",
    )  # fmt: skip
    pages.turn()
    pages.lines("附件")
    pages.centre("洛屏市防洪能力提升任务清单", 14)
    columns = [60.0, 120, 155, 290, 385, 470, 540]
    head = ["类别", "序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
    first = [
        head,
        ["工程措施", "1", "加固洛河左岸堤防", "市水利局", "洛东区政府", "2022年"],
        ["^", "2", "实施病险水库除险加固/（含小型水库）", "市水利局", "各县区政府", "2023年"],
        ["^", "3", "改造城市排涝泵站，更新老", "市住房城乡", "市财政局", "2024年"],
    ]
    pages.y = 230
    pages.rows(columns, first, [24, 30, 40, 30])
    pages.turn()
    second = [
        head,
        ["", "", "旧机组", "建设局", "", ""],
        ["^", "4", "疏浚中小河流", "市水利局", "各县区政府", "2024年"],
        ["非工程/措施", "5", "建设洪水预报系统", "市水文局", "市数据局", "2023年"],
    ]
    pages.rows(columns, second, [24, 30, 30, 40])
    pages.turn()
    third = [
        head,
        ["非工程/措施", "6", "修订防洪预案", "市应急局", "市水利局", "2022年"],
        ["^", "7", "开展联合演练", "市应急局", "各县区政府", "2024年"],
    ]
    pages.rows(columns, third, [24, 40, 30])
    return pages.saved()


def grain_indicators() -> bytes:
    """An indicator table of two header rows on a page and the next, where it goes on without them; then a project table with its
    total and a merged unit."""
    pages = Pages("粟原县“十四五”粮食安全规划")
    pages.centre("粟原县“十四五”粮食安全规划")
    pages.lines(
        "为保障粮食安全，制定本规划。", "一、发展目标", "到2025年，粮食总产量稳定在45万吨以上。", "二、主要任务", "（一）稳定种植面积。落实播种面积68万亩。",
        "（二）提升仓储能力。新建仓容6万吨。", "三、保障措施", "（一）加强组织领导。落实粮食安全责任制。", "（二）加大投入力度。统筹各类涉农资金。", "附件：1.主要指标表  2.重点项目表",
    )  # fmt: skip
    pages.turn()
    pages.lines("附件1")
    pages.centre("粟原县粮食安全主要指标表", 14)
    pages.y = 190
    columns = [60.0, 100, 290, 345, 405, 470, 540]
    head = [["序号", "指标名称", "单位", "指标值", None, "属性"], ["^", "^", "^", "2020年", "2025年", "^"]]
    body = [
        ["1", "粮食播种面积", "万亩", "66.5", "≥68", "约束性"],
        ["2", "粮食总产量", "万吨", "43.2", "≥45", "约束性"],
    ]
    pages.rows(columns, [*head, *body], [24, 24, 26, 26])
    pages.turn()
    rest = [
        ["3", "其中：优质稻谷产量", "万吨", "12.6", "18", "预期性"],
        ["4", "标准仓容", "万吨", "21", "27", "预期性"],
        ["5", "粮食产后损失率", "%", "6.5", "<4", "预期性"],
    ]
    pages.rows(columns, rest, [26, 26, 26])
    pages.y -= 20
    pages.lines("附件2")
    pages.centre("粟原县粮食安全重点项目表", 14)
    columns = [60.0, 95, 215, 330, 405, 465, 540]
    projects = [
        ["序号", "项目名称", "建设内容", "建设年限", "总投资/（万元）", "责任单位"],
        ["1", "中心粮库扩建项目", "新建仓容4万吨", "2022—2024年", "5200", "县发展改/革局"],
        ["2", "低温库建设项目", "新建低温仓2万吨", "2023—2025年", "3650", "^"],
        ["3", "农田水利提升项目", "改造渠道86公里", "2021—2025年", "7400.5", "县水利局"],
        ["合计", None, None, None, "16250.5", ""],
    ]
    pages.rows(columns, projects, [38, 38, 30, 30, 26])
    return pages.saved()


FILES = {
    "baichuan_reading_plan.docx": reading_plan,
    "hedu_work_division.docx": work_division,
    "luoping_flood_tasks.pdf": flood_tasks,
    "suyuan_grain_plan.pdf": grain_indicators,
}
