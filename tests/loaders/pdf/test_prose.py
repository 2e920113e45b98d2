"""Lines of a page become paragraphs; what belongs to the pages goes."""

from __future__ import annotations

import pytest

from planparse.loaders.pdf.furniture import _PAGE_NUMBER

from .drawing import PROSE, Drawing, lines_of

LONG = PROSE * 3


def test_wrapped_lines_are_one_paragraph_over_pages() -> None:
    drawing = Drawing()
    paragraphs = [f"{number}号工程。{LONG}" for number in range(1, 16)]
    for paragraph in paragraphs:
        drawing.prose(paragraph)
    document = drawing.read()
    assert lines_of(document) == paragraphs
    assert len(document.pages) == 3


def test_paragraphs_without_indent_end_at_a_short_line() -> None:
    drawing = Drawing()
    paragraphs = [f"{PROSE}{PROSE}甲", f"{PROSE}乙", f"到期时完成{PROSE}"]
    for paragraph in paragraphs:
        drawing.prose(paragraph, indent=0)
    assert lines_of(drawing.read()) == paragraphs


HEADINGS = [
    "一、总体要求",
    "（一）指导思想",
    "1.加强水源地保护",
    "第一章 总则",
    "附件2",
    "专栏1 供水重点工程",
    "表2 主要指标",
    "——坚持节水优先",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_begin_a_line(heading: str) -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.prose(heading)
    drawing.prose(PROSE)
    assert lines_of(drawing.read()) == [PROSE, heading, PROSE]


def test_a_heading_of_two_lines_is_one() -> None:
    drawing = Drawing()
    heading = "一、统筹推进城乡供水一体化和规模化建设，加快补齐农村供水设施短板和弱项，全面提高保障水平"
    drawing.prose(heading)
    drawing.prose(PROSE)
    assert lines_of(drawing.read()) == [heading, PROSE]


def test_items_within_running_text_do_not_begin_a_line() -> None:
    drawing = Drawing()
    text = "重点建设以下工程：（1）清溪河水源工程，总投资三千万元，由市水利局负责组织实施并验收；（2）石桥镇水厂改造；（3）管网延伸。"
    drawing.prose(text)
    drawing.prose(PROSE)
    assert lines_of(drawing.read()) == [text, PROSE]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("建成供水管网总长度达到一百二十公里以上全市供水管网平均漏损率由原来的百分之12.", "5降到百分之9以下。"),
        (
            "全市农村规模化供水工程覆盖农村人口的比例在本期末要达到全省先进水平达到百分之",
            "85以上，水质达标率稳步提高。",
        ),
        ("支持符合条件的地方开展水权水价综合改革试点和水利工程投融资改革试点并推广PPP", "等模式。"),
    ],
)
def test_numbers_and_words_over_lines(above: str, below: str) -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.line(above[:33], 114)
    drawing.line(above[33:] + above[:24] + above[33:])
    drawing.line(below)
    drawing.prose(PROSE)
    whole = above[:33] + above[33:] + above[:24] + above[33:] + below
    assert lines_of(drawing.read()) == [PROSE, whole, PROSE]


def test_a_title_of_several_lines_is_one() -> None:
    drawing = Drawing()
    for text in ("青石市人民政府办公室关于印发青石市", "城乡供水保障三年行动", "方案的通知"):
        drawing.centre(text, 20)
    drawing.centre("青政办〔2022〕8号")
    drawing.prose("各县区人民政府：", indent=0)
    drawing.prose(PROSE)
    assert lines_of(drawing.read())[:3] == [
        "青石市人民政府办公室关于印发青石市城乡供水保障三年行动方案的通知",
        "青政办〔2022〕8号",
        "各县区人民政府：",
    ]


def test_issuer_and_date_of_a_cover_stay_apart() -> None:
    drawing = Drawing()
    drawing.centre("青石市“十四五”水利发展规划", 22)
    drawing.y = 300
    drawing.centre("青石市水利局", 16)
    drawing.centre("2021年12月", 16)
    drawing.turn_page()
    drawing.prose(LONG)
    assert lines_of(drawing.read()) == ["青石市“十四五”水利发展规划", "青石市水利局", "2021年12月", LONG]


def test_signature_lines_stay_apart() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.line("青石市人民政府", 420)
    drawing.line("2022年3月1日", 430)
    drawing.prose(PROSE)
    assert lines_of(drawing.read()) == [PROSE, "青石市人民政府", "2022年3月1日", PROSE]


def test_contents_keep_their_lines() -> None:
    drawing = Drawing()
    drawing.centre("目录", 16)
    for entry in ("一、发展基础", "二、总体要求", "三、重点任务"):
        drawing.line(entry + "." * 110 + "3", size=12)
    drawing.turn_page()
    drawing.prose(LONG)
    lines = lines_of(drawing.read())
    assert [line[:6] for line in lines[:4]] == ["目录", "一、发展基础", "二、总体要求", "三、重点任务"]
    assert lines[4:] == [LONG]


def test_contents_without_leaders_keep_their_lines() -> None:
    drawing = Drawing()
    drawing.centre("目录", 16)
    entries = ["一、总体要求", "1.指导思想", "2.基本原则", "3.主要目标", "二、重点任务"]
    for number, entry in enumerate(entries):
        drawing.put(90, drawing.y, entry)
        drawing.put(498, drawing.y, str(number + 3))
        drawing.y -= 20
    drawing.turn_page()
    for _ in range(4):
        drawing.prose(LONG)
    assert lines_of(drawing.read())[1:6] == [f"{entry} {number + 3}" for number, entry in enumerate(entries)]


@pytest.mark.parametrize("foot", ["— {} —", "- {} -", "第 {} 页", "第{}页 共4页", "{}/4", "{}", "·{}·"])
def test_page_numbers_go(foot: str) -> None:
    drawing = Drawing()
    drawing.foot = foot
    paragraphs = [f"{number}号工程。{LONG}" for number in range(1, 30)]
    for paragraph in paragraphs:
        drawing.prose(paragraph)
    document = drawing.read()
    assert len(document.pages) >= 4
    assert lines_of(document) == paragraphs


@pytest.mark.parametrize("text", ["— 12 —", "－3－", "第3页", "第 3 页 共 20 页", "3 / 20", "12", "Ⅱ", "iv", "―７―"])
def test_what_a_page_number_looks_like(text: str) -> None:
    assert _PAGE_NUMBER.fullmatch(text.translate({0xFF10 + i: ord("0") + i for i in range(10)}))


@pytest.mark.parametrize("text", ["12个", "第3条", "一、", "2025年", "（3）供水", "3.5万吨", "页"])
def test_what_no_page_number_looks_like(text: str) -> None:
    assert not _PAGE_NUMBER.fullmatch(text)


def test_a_bare_number_that_does_not_count_with_the_pages_stays() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.put(300, 50, "365")
    drawing.turn_page()
    drawing.prose(LONG)
    drawing.turn_page()
    drawing.prose(LONG)
    assert "365" in drawing.read().body.text


def test_running_heads_go_and_annex_headings_stay() -> None:
    drawing = Drawing()
    drawing.head = "青石市人民政府公报 2022年第{}期"
    for number in range(1, 5):
        drawing.line(f"附件{number}")
        drawing.prose(LONG[7 * number :])
        drawing.turn_page()
    lines = lines_of(drawing.read())
    assert not any("公报" in line for line in lines)
    assert [line for line in lines if line.startswith("附件")] == ["附件1", "附件2", "附件3", "附件4"]


def test_two_columns_are_read_one_after_the_other() -> None:
    drawing = Drawing()
    drawing.centre("青石市供水保障实施方案", 18)
    top = drawing.y
    left = [f"{number}.{PROSE}{PROSE}" for number in (1, 2, 3)]
    right = [f"{number}.{PROSE}{PROSE}" for number in (4, 5, 6)]
    for margins, paragraphs in (((60, 276), left), ((320, 536), right)):
        drawing.margins, drawing.y = margins, top
        for paragraph in paragraphs:
            drawing.prose(paragraph)
    assert lines_of(drawing.read()) == ["青石市供水保障实施方案", *left, *right]


def test_two_columns_written_row_by_row() -> None:
    drawing = Drawing()
    texts = [f"{number}.{PROSE}{PROSE}" for number in (1, 2)]
    columns = [[text[:16], *(text[i : i + 18] for i in range(16, len(text), 18))] for text in texts]
    for number, (west, east) in enumerate(zip(*columns, strict=True)):
        indent = 0 if number else 24
        drawing.put(60 + indent, drawing.y, west)
        drawing.put(320 + indent, drawing.y, east)
        drawing.y -= 20
    assert lines_of(drawing.read()) == texts


def test_lines_in_another_order_than_they_stand() -> None:
    drawing = Drawing()
    drawing.put(114, 700, "（一）加强领导。各县区要压实责任。")
    drawing.put(114, 740, "三、保障措施")
    drawing.put(114, 680, "（二）加大投入。落实建设资金。")
    assert lines_of(drawing.read()) == [
        "三、保障措施",
        "（一）加强领导。各县区要压实责任。",
        "（二）加大投入。落实建设资金。",
    ]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    """Whatever order they are painted in; names of columns of a table that stand beside each other by chance make none."""
    left = ["一、重点任务", *[f"第{n}条渠道要疏浚{n}公里并管护好" for n in range(1, 9)], "责任单位"]
    right = ["二、工作要求", *[f"第{n}座泵站要更新机组{n}台套并验收" for n in range(1, 9)], "完成时限"]
    drawing = Drawing()
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        drawing.put(90, 700 - 20 * n, a, 11)
        drawing.put(310, 700 - 20 * n, b, 11)
    document = drawing.read()
    text = "".join(lines_of(document))
    assert [text.index(line) for line in (*left, *right)] == sorted(text.index(line) for line in (*left, *right))
    assert not document.tables
