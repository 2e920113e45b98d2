"""Ruled tables become structured lines, frames ordinary lines; page breaks leave no trace in either."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from planparse.model.source import CELL_BREAK, TABLE_START

from .drawing import PROSE, TOP, Drawing, lines_of, tables_of

COLUMNS = (80, 130, 300, 370, 440, 510)
HEADER = ["序号", "指标名称", "单位", "2020年", "2025年"]
ROWS = [["1", "集中供水率", "%", "88", "95"], ["2", "水质达标率", "%", "90", "98"], ["3", "新建泵站", "座", "—", "12"]]


def test_a_table_is_one_line_of_cells() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.centre("表1 供水保障主要指标")
    drawing.grid(COLUMNS, [HEADER, *ROWS])
    drawing.prose(PROSE)
    document = drawing.read()
    assert tables_of(document) == [[HEADER, *ROWS]]
    lines = lines_of(document)
    assert [lines[0], lines[1], lines[2][0], lines[3]] == [PROSE, "表1 供水保障主要指标", TABLE_START, PROSE]


def test_merged_cells_span() -> None:
    drawing = Drawing()
    rows = [["类别", *HEADER[1:]], ["供水", *ROWS[0][1:]], ["", *ROWS[1][1:]], ["排水", *ROWS[2][1:]]]
    drawing.grid(COLUMNS, rows, skip=[(2, 0)])
    document = drawing.read()
    assert tables_of(document)[0][1] == ["供水", *ROWS[0][1:]]
    assert tables_of(document)[0][2] == ROWS[1][1:]
    spans = [[(cell.rowspan, cell.colspan) for cell in row] for row in document.tables[0].rows]
    assert spans[1][0] == (2, 1)
    assert len(spans[2]) == 4


def test_a_row_across_all_columns_spans_them() -> None:
    drawing = Drawing()
    drawing.grid(COLUMNS, [["一、水源工程（2项）"], *ROWS[:2]])
    document = drawing.read()
    assert tables_of(document) == [[["一、水源工程（2项）"], *ROWS[:2]]]
    assert document.tables[0].rows[0][0].colspan == 5


def test_a_wrapped_cell_is_closed_up_and_an_authors_break_is_kept() -> None:
    drawing = Drawing()
    narrow = (80, 130, 196, 400)
    rows = [
        ["序号", "工程名称", "建设内容"],
        ["1", "清溪河水源/工程", "1.新建取水口一处。/2.铺设输水管线。"],
        ["2", "石桥镇水厂/改造", "市水利局/市财政局"],
    ]
    drawing.grid(narrow, rows, height=40)
    assert tables_of(drawing.read())[0][1:] == [
        ["1", "清溪河水源工程", f"1.新建取水口一处。{CELL_BREAK}2.铺设输水管线。"],
        ["2", "石桥镇水厂改造", f"市水利局{CELL_BREAK}市财政局"],
    ]


def test_open_sides_are_closed() -> None:
    drawing = Drawing()
    drawing.grid(COLUMNS, [HEADER, *ROWS], open_sides=True)
    assert tables_of(drawing.read()) == [[HEADER, *ROWS]]


def test_a_table_over_two_pages_is_one_without_the_second_header() -> None:
    drawing = Drawing()
    drawing.foot = "— {} —"
    drawing.prose(PROSE)
    drawing.grid(COLUMNS, [HEADER, *ROWS])
    drawing.turn_page()
    more = [[str(int(row[0]) + 3), *row[1:]] for row in ROWS]
    drawing.grid(COLUMNS, [HEADER, *more])
    drawing.prose(PROSE)
    document = drawing.read()
    assert tables_of(document) == [[HEADER, *ROWS, *more]]
    assert [row[0].header for row in document.tables[0].rows] == [True] + [False] * 6


def test_a_line_that_says_continued_does_not_part_a_table() -> None:
    drawing = Drawing()
    drawing.grid(COLUMNS, [HEADER, *ROWS[:2]])
    drawing.turn_page()
    drawing.line("续表1")
    drawing.grid(COLUMNS, [HEADER, ROWS[2]])
    assert tables_of(drawing.read()) == [[HEADER, *ROWS]]


def test_a_part_whose_rows_all_span_the_same_columns_lacks_their_border_and_goes_on() -> None:
    drawing = Drawing()
    drawing.grid(COLUMNS, [HEADER, *ROWS])
    drawing.turn_page()
    drawing.grid((80, 130, 300, 370, 510), [["4", "完成管网改造", "项", "不分年度"], ["5", "新建水厂", "座", "另行公布"]])
    document = drawing.read()
    (table,) = tables_of(document)
    assert table[-2:] == [["4", "完成管网改造", "项", "不分年度"], ["5", "新建水厂", "座", "另行公布"]]
    assert [cell.colspan for cell in document.tables[0].rows[-1]] == [1, 1, 1, 2]


@pytest.mark.parametrize("caption", ["表2 排水指标", "专栏3 重点工程"])
def test_another_table_on_the_next_page_stays_apart(caption: str) -> None:
    drawing = Drawing()
    drawing.grid(COLUMNS, [HEADER, *ROWS])
    drawing.turn_page()
    drawing.line(caption)
    drawing.grid(COLUMNS, [HEADER, *ROWS])
    assert len(tables_of(drawing.read())) == 2


def test_a_merged_cell_cut_by_a_page_break_goes_on() -> None:
    drawing = Drawing()
    rows = [["1", "清溪泵站", "2023年"], ["2", "石桥泵站", ""], ["3", "南门泵站", ""], ["4", "西河泵站", "2024年"]]
    columns = (80, 130, 300, 400)
    drawing.grid(columns, rows[:2], skip=[(1, 2)])
    drawing.turn_page()
    drawing.grid(columns, rows[2:])
    document = drawing.read()
    assert tables_of(document) == [[rows[0], rows[1][:2], rows[2][:2], rows[3]]]
    assert document.tables[0].rows[0][2].rowspan == 3


def test_a_row_cut_by_a_page_break_is_one() -> None:
    drawing = Drawing()
    columns = (80, 130, 300, 500)
    drawing.grid(columns, [["1", "清溪泵站", "新建泵站一座。"], ["2", "石桥泵站", "改造机组三台，更换"]])
    drawing.turn_page()
    drawing.grid(columns, [["", "", "输水管道。"], ["3", "南门泵站", "新建泵房。"]])
    assert tables_of(drawing.read()) == [
        [
            ["1", "清溪泵站", "新建泵站一座。"],
            ["2", "石桥泵站", "改造机组三台，更换输水管道。"],
            ["3", "南门泵站", "新建泵房。"],
        ]
    ]


@pytest.mark.parametrize(("units", "more", "count"), [("市水利局", "市财政局、市林业局", 4), ("市水利局、", "市财政局", 3), ("市水利局、市财", "政局", 3), ("市住房城乡", "建设局", 3), ("市水利局", "", 3)])
def test_whole_lists_of_units_on_two_pages_are_of_two_rows(units: str, more: str, count: int) -> None:
    drawing = Drawing()
    columns = (80, 130, 220, 380, 510)
    drawing.grid(columns, [["1", "清溪泵站", "新建泵站一座", "市水利局"], ["2", "石桥泵站", "改造机组三台", units]])
    drawing.turn_page()
    drawing.grid(columns, [["", "", "更换输水管道", more], ["3", "南门泵站", "新建泵房", "市水利局"]])
    assert len(tables_of(drawing.read())[0]) == count


def box(drawing: Drawing, bottom: float) -> None:
    drawing.canvas.rect(80, bottom, 440, TOP - bottom + 20)


def test_a_frame_is_lines_with_its_number() -> None:
    drawing = Drawing()
    drawing.centre("专栏1 供水重点工程")
    drawing.prose(f"清溪河水源工程。{PROSE}", 10)
    box(drawing, drawing.y)
    drawing.y -= 40
    drawing.prose(PROSE)
    document = drawing.read()
    assert not document.tables
    lines = lines_of(document)
    assert lines == ["专栏1 供水重点工程", f"清溪河水源工程。{PROSE}", PROSE]
    starts = [0, len(lines[0]) + 1, len(lines[0]) + len(lines[1]) + 2]
    assert [document.hints[s].frame if s in document.hints else None for s in starts] == [1, 1, None]


def test_a_frame_over_two_pages_is_one() -> None:
    drawing = Drawing()
    text = PROSE * 4
    drawing.y = 200
    drawing.line(text[:33], 114)
    drawing.line(text[33:68])
    drawing.line(text[68:103])
    drawing.canvas.rect(80, drawing.y, 440, 150)
    drawing.turn_page()
    drawing.line(text[103:138])
    drawing.line(text[138:173])
    drawing.canvas.rect(80, drawing.y + 5, 440, 60)
    drawing.y -= 40
    drawing.prose(PROSE)
    document = drawing.read()
    assert lines_of(document) == [text[:173], PROSE]
    assert [hint.frame for hint in document.hints.values()] == [1]


def test_a_frame_without_colour_is_none() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.canvas.setStrokeColorRGB(1, 1, 1)
    drawing.canvas.rect(80, 700, 440, 90)
    assert not drawing.read().hints


def turned(rotation: bool) -> Callable[[Drawing], None]:
    def turn(drawing: Drawing) -> None:
        if rotation:
            drawing.canvas.setPageRotation(90)
        drawing.canvas.translate(595, 0)
        drawing.canvas.rotate(90)
        drawing.y = 500

    return turn


@pytest.mark.parametrize("rotation", [True, False])
def test_a_turned_page_is_read_as_it_is_shown(rotation: bool) -> None:
    drawing = Drawing()
    turned(rotation)(drawing)
    drawing.line("表1 供水保障主要指标", 300)
    drawing.grid([x * 1.5 for x in COLUMNS], [HEADER, *ROWS])
    drawing.line("注：数据由有关部门提供。", 120)
    document = drawing.read()
    assert tables_of(document) == [[HEADER, *ROWS]]
    assert [line for line in lines_of(document) if line[0] != TABLE_START] == [
        "表1 供水保障主要指标",
        "注：数据由有关部门提供。",
    ]


def test_a_three_line_table_is_a_table() -> None:
    drawing = Drawing()
    drawing.line("表1 供水保障主要指标", 220)
    top = drawing.y + 14
    for number, row in enumerate([HEADER, *ROWS]):
        for x, text in zip(COLUMNS, row, strict=False):
            drawing.put(x, top - 20 * number - 14, text, 10)
    for place in (0, 20, 80):
        drawing.canvas.line(75, top - place, 520, top - place)
    drawing.y = top - 120
    drawing.prose(PROSE)
    document = drawing.read()
    assert tables_of(document) == [[HEADER, *ROWS]]
    assert lines_of(document)[-1] == PROSE


def test_an_imprint_between_rules_is_no_table() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.put(90, 140, "抄送：市委办公室，市人大常委会办公室。")
    drawing.put(90, 116, "青石市人民政府办公室")
    drawing.put(380, 116, "2022年3月2日印发")
    for y in (155, 132, 110):
        drawing.canvas.line(85, y, 510, y)
    document = drawing.read()
    assert not document.tables
    assert lines_of(document)[1:] == ["抄送：市委办公室，市人大常委会办公室。", "青石市人民政府办公室 2022年3月2日印发"]


def columns_ruled(rows: Sequence[Sequence[str]], head: bool) -> list[list[list[str]]]:
    """A table in a frame with rules between its columns, and below its head if so asked, but between no other rows; as it is read."""
    drawing = Drawing()
    columns = (80, 130, 300, 400)
    bottom = 700 - 24 * len(rows)
    for x in columns:
        drawing.canvas.line(x, 700, x, bottom)
    for y in (700, bottom, *([676] if head else [])):
        drawing.canvas.line(columns[0], y, columns[-1], y)
    for number, row in enumerate(rows):
        for x, cell in zip(columns, row, strict=False):
            drawing.put(x + 5, 684 - 24 * number, cell, 10)
    return tables_of(drawing.read())


@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize("rows", [[["序号", "名称", "投资（万元）"], ["1", "清溪泵站", "500"], ["2", "石桥泵站", "300"]], [["指标", "2020年", "2025年"], ["渔港数量", "3", "≥5"], ["渔船数量", "12.5", "20%"], ["渔网数量", "3", "4"]]])
def test_rows_between_rules_of_columns_are_told_by_their_figures(rows: list[list[str]], head: bool) -> None:
    assert columns_ruled(rows, head) == [rows]


def test_figures_of_one_name_are_of_one_row() -> None:
    rows = [["序号", "名称", "投资（万元）"], ["", "", "500"], ["1", "清溪泵站", ""], ["", "", "300"]]
    assert len(columns_ruled(rows, True)[0]) == 2


@pytest.mark.parametrize(("font", "head", "size"), [("Helvetica", 10, 10), ("STSong-Light", 13, 10), ("Helvetica", 12, 9), ("STSong-Light", 10, 10)])
def test_an_open_table_has_figures_of_another_font_and_a_head_of_another_size(font: str, head: float, size: float) -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    rows = [["序号", "指标名称", "单位", "2020年", "2025年"], *([str(n), f"{name}数量", "个", str(n + 2), str(n + 5)] for n, name in enumerate(("渔港", "渔船", "渔网", "渔市", "码头"), 1))]
    for number, row in enumerate(rows):
        for x, cell in zip((90, 140, 260, 340, 420), row, strict=True):
            drawing.canvas.setFont(font if cell.isdecimal() else "STSong-Light", size if number else head)
            drawing.canvas.drawString(x, 600 - 20 * number, cell)
    assert tables_of(drawing.read()) == [rows]


def test_a_name_over_two_columns_is_no_column() -> None:
    drawing = Drawing()
    for x, y, text in [(90, 600, "序号"), (150, 600, "指标"), (315, 610, "数值"), (280, 592, "2020年"), (350, 592, "2025年"), (430, 600, "属性")]:
        drawing.put(x, y, text, 10)
    for n, name in enumerate(("渔港", "渔船", "渔网", "渔市", "码头"), 1):
        for x, cell in zip((90, 150, 280, 350, 430), (str(n), f"{name}数量（个）", str(n + 2), str(n + 5), "预期性"), strict=True):
            drawing.put(x, 590 - 20 * n, cell, 10)
    (rows,) = tables_of(drawing.read())
    assert rows[-1] == ["5", "码头数量（个）", "7", "10", "预期性"]
