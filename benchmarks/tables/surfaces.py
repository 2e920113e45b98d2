"""One made table on every surface that plans are published on: the bytes of a whole document around it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from benchmarks.tables import words
from benchmarks.tables.made import Cell, Row, Table

TITLE = "沙洲市高质量发展“十四五”规划"
BEFORE = ("一、发展基础", "全市发展取得新成效。", "二、发展目标", "到2025年，各项事业迈上新台阶，具体安排见下表。")
AFTER = ("三、保障措施", "（一）加强领导", "健全工作机制，压实各方责任，确保各项任务落到实处。", "（二）强化监督", "加强跟踪问效，及时总结推广经验。")
Surface = Callable[[Table], tuple[bytes, str]]
"""A table → the bytes of a document that holds it, and the document's name."""


def _lines(table: Table, body: list[str]) -> tuple[bytes, str]:
    unit = [f"单位：{table.unit}"] if table.unit else []
    lines = [TITLE, *BEFORE, table.caption, *unit, *body, *table.notes, *AFTER]
    return ("\n".join(lines) + "\n").encode(), "table.txt"


def _texts(row: Row) -> list[str]:
    """The cells from left to right; covered places are blank."""
    return [cell.text if cell else "" for cell in row]


def _alone(row: Row) -> str | None:
    """The text of a cell that fills its row."""
    return row[0].text if row[0] and row[0].columns == len(row) else None


def html(table: Table) -> tuple[bytes, str]:
    def cell(c: Cell) -> str:
        spans = (f' rowspan="{c.rows}"' if c.rows > 1 else "") + (f' colspan="{c.columns}"' if c.columns > 1 else "")
        return f"<td{spans}>{_escaped(c.text)}</td>"

    rows = "".join("<tr>" + "".join(cell(c) for c in row if c) + "</tr>" for row in table.rows)
    unit = f"<p>单位：{table.unit}</p>" if table.unit else ""
    lines = ["".join(f"<p>{_escaped(line)}</p>" for line in part) for part in (BEFORE, table.notes, AFTER)]
    page = f"<h1>{TITLE}</h1>{lines[0]}<p>{table.caption}</p>{unit}<table border=1>{rows}</table>{lines[1]}{lines[2]}"
    return f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>{page}</body></html>'.encode(), "table.html"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def docx(table: Table) -> tuple[bytes, str]:
    import docx as word

    document = word.Document()
    for line in (TITLE, *BEFORE, table.caption, *([f"单位：{table.unit}"] if table.unit else [])):
        document.add_paragraph(line)
    made = document.add_table(len(table.rows), len(table.rows[0]), style="Table Grid")
    grid = [list(row.cells) for row in made.rows]
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            first = grid[number][column]
            if cell.rows > 1 or cell.columns > 1:
                first = first.merge(grid[number + cell.rows - 1][column + cell.columns - 1])
            first.text = cell.text
    for line in (*table.notes, *AFTER):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), "table.docx"


# ---- text ------------------------------------------------------------------------------------------------------------


def markdown(table: Table) -> tuple[bytes, str]:
    width = len(table.rows[0])
    rows = ["| " + " | ".join(_texts(row)) + " |" for row in table.rows]
    rows.insert(1, "|" + " --- |" * width)
    unit = [f"单位：{table.unit}", ""] if table.unit else []
    around = [x for line in (*BEFORE, table.caption) for x in (f"## {line}" if line[1:2] == "、" else line, "")]
    after = [x for line in (*table.notes, *AFTER) for x in (f"## {line}" if line[1:2] == "、" else line, "")]
    return "\n".join([f"# {TITLE}", "", *around, *unit, *rows, "", *after]).encode(), "table.md"


def pipes(table: Table) -> tuple[bytes, str]:
    return _lines(table, ["| " + " | ".join(_texts(row)) + " |" for row in table.rows])


def tabs(table: Table) -> tuple[bytes, str]:
    return _lines(table, ["\t".join(_texts(row)).rstrip("\t") for row in table.rows])


def blanks(table: Table) -> tuple[bytes, str]:
    """Columns that stand under each other by blanks, as wide as their widest cell."""
    texts = [_texts(row) for row in table.rows if not _alone(row)]
    widths = [max(_width(text[i]) for text in texts) for i in range(len(texts[0]))]
    lines = []
    for row in table.rows:
        cells = [_alone(row) or ""] if _alone(row) else [t + " " * (w - _width(t)) for t, w in zip(_texts(row), widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return _lines(table, lines)


def _width(text: str) -> int:
    return sum(1 if c < "\u2000" else 2 for c in text)


def row_line(table: Table) -> tuple[bytes, str]:
    """A row a line, a blank between the cells; blank cells are lost."""
    return _lines(table, [" ".join(t for t in _texts(row) if t) for row in table.rows])


def cell_line(table: Table) -> tuple[bytes, str]:
    """A cell a line; blank cells are lost."""
    return _lines(table, [t for row in table.rows for t in _texts(row) if t])


def tells_rows(table: Table, surface: str) -> bool:
    """Whether the rows can still be told on the surface: run together, not where free texts or categories stand side by side."""
    names = {c.text for row in table.rows[: table.header] for c in row if c}
    return surface != "run" or (table.kind == "indicators" and not names & {*words.REMARK, *words.CATEGORY, "一级指标"})


def run_together(table: Table) -> tuple[bytes, str]:
    """Nothing between the cells."""
    return _lines(table, ["".join(t for row in table.rows for t in _texts(row))])


# ---- PDF -------------------------------------------------------------------------------------------------------------


def pdf(rules: str, *, height: float = 842, repeat: bool = True) -> Surface:
    """PDFs by reportlab. ``rules``: all, rows (level ones only), three (above and below the header, and at the end), none."""

    def surface(table: Table) -> tuple[bytes, str]:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

        font = "STSong-Light"
        pdfmetrics.registerFont(UnicodeCIDFont(font))
        body = ParagraphStyle("body", fontName=font, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
        small = ParagraphStyle("cell", fontName=font, fontSize=9, leading=12, wordWrap="CJK")
        middle = ParagraphStyle("middle", parent=body, alignment=1, firstLineIndent=0)
        widths = _pdf_widths(table, 470)
        pieces: list[Any] = []
        room = height - 340
        for part in _parts(table, widths, small, (room, height - 190), repeat=repeat):
            pieces += [PageBreak()] * bool(pieces) + [_drawn_part(part, widths, small, rules, table.header if repeat or not pieces else 0)]
        unit = [Paragraph(f"单位：{table.unit}", middle)] if table.unit else []
        story = [
            Paragraph(TITLE, middle), *(Paragraph(line, body) for line in BEFORE), Paragraph(table.caption, middle), *unit,
            *pieces, Spacer(1, 12), *(Paragraph(line, body) for line in (*table.notes, *AFTER)),
        ]  # fmt: skip
        stream = io.BytesIO()
        SimpleDocTemplate(stream, pagesize=(595, height), margin=60, leftMargin=62, rightMargin=62, invariant=1).build(
            story, onFirstPage=_foot, onLaterPages=_foot
        )
        return stream.getvalue(), "table.pdf"

    return surface


def _foot(canvas: Any, template: Any) -> None:
    canvas.setFont("STSong-Light", 10)
    canvas.drawCentredString(297, 35, f"— {template.page} —")


def _parts(table: Table, widths: list[float], style: Any, room: tuple[float, float], *, repeat: bool) -> list[list[Row]]:
    """The rows page by page; a merged cell that the page cuts goes on as a blank one. ``room``: points on the first page, on others."""
    from reportlab.platypus import Paragraph

    parts: list[list[Row]] = [[]]
    left, header = room[0], 0.0
    for number, row in enumerate(table.rows):
        cells = [(c, sum(widths[i : i + c.columns])) for i, c in enumerate(row) if c]
        high = max((Paragraph(_escaped(c.text), style).wrap(w - 12, 999)[1] for c, w in cells if c.rows == 1), default=12) + 6
        header += high if number < table.header else 0
        if high > left and number > table.header:
            parts.append([*table.rows[: table.header]] if repeat else [])
            left = room[1] - (header if repeat else 0)
            row = _cut_spans(table.rows, number)
        parts[-1].append(row)
        left -= high
    return parts


def _cut_spans(rows: list[Row], number: int) -> Row:
    """The row at a page's head: what cells from above cover there begins anew, without text."""
    row = list(rows[number])
    for column in range(len(row)):
        up = next((n for n in range(number, -1, -1) if rows[n][column] is not None), number)
        above = rows[up][column]
        if up < number and above and up + above.rows > number:
            row[column] = Cell("", rows=above.rows - (number - up))
    return row


def _drawn_part(part: list[Row], widths: list[float], small: Any, rules: str, header: int) -> Any:
    from reportlab.platypus import Paragraph
    from reportlab.platypus import Table as Drawn

    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    if rules == "all":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "#000000"))
    elif rules != "none":
        if rules == "three":
            style += [("LINEABOVE", (0, n), (-1, n), 0.7, "#000000") for n in (0, header) if n < len(part)]
        else:  # no rule runs through a merged cell
            begins = [(n, i, c) for n, row in enumerate(part) for i, c in enumerate(row) if c]
            style += [("LINEABOVE", (i, n), (i + c.columns - 1, n), 0.7, "#000000") for n, i, c in begins]
        style.append(("LINEBELOW", (0, len(part) - 1), (-1, len(part) - 1), 0.7, "#000000"))
    for number, row in enumerate(part):
        for column, cell in enumerate(row):
            if cell and (cell.rows > 1 or cell.columns > 1):
                last = min(number + cell.rows, len(part)) - 1
                style.append(("SPAN", (column, number), (column + cell.columns - 1, last)))
    cells = [[Paragraph(_escaped(c.text), small) if c else "" for c in row] for row in part]
    return Drawn(cells, colWidths=widths, style=style)


def _pdf_widths(table: Table, total: float) -> list[float]:
    longest = [3.0] * len(table.rows[0])
    for row in table.rows:
        for column, cell in enumerate(row):
            if cell and cell.columns == 1:
                longest[column] = max(longest[column], min(14.0, _width(cell.text) / 2 + 1.4))
    return [total * length / sum(longest) for length in longest]


SURFACES: dict[str, Surface] = {
    "html": html,
    "docx": docx,
    "pdf_ruled": pdf("all"),
    "pdf_pages": pdf("all", height=420),
    "pdf_pages_bare": pdf("all", height=420, repeat=False),
    "pdf_rows": pdf("rows"),
    "pdf_three": pdf("three"),
    "pdf_open": pdf("none"),
    "markdown": markdown,
    "pipes": pipes,
    "tabs": tabs,
    "blanks": blanks,
    "row_line": row_line,
    "cell_line": cell_line,
    "run": run_together,
}
