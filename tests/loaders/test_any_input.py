"""Whatever bytes come: a document whose parts fit each other, or one clear refusal."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.loaders import load
from planparse.model.findings import DocumentError
from planparse.model.options import Options
from planparse.model.source import CELL_END, ROW_END, TABLE_END, TABLE_START, SourceDocument

MARKUP = st.sampled_from(
    [
        *("<div>", "</div>", "<p class=a>", "</p>", "<br/>", "<h2>", "</h2>", "<span style='display:none'>", "</span>"),
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=2 colspan='3'>", "<th>", "<thead>"),
        *("<ul><li>", "<ol><li>", "</ol>", "<pre>", "</pre>", "<a href=x>", "</a>", "<sup>2</sup>", "<img src=a.png>"),
        *("<script>", "</script>", "<!--", "-->", "<style>", "&nbsp;", "&lt;", "&#0;", "<", ">", '"', "'", "="),
        *("一、总体要求", "建成120个。", "专栏1 工程", "索引号：", " ", "\n", "\r\n", "\x00", "\x02", "\x1f", "\ufffd"),
        *("# ", "## 二、", "**", "**重点**", "|", "\n|-|-|\n", "|甲|乙|", "- ", "> ", "\\", "`", "[a](b)", "---\n", "~~~"),
    ]
)
PIECES = st.lists(st.one_of(MARKUP, st.text(max_size=6)), max_size=60).map("".join)
HEADS = st.sampled_from(["", "<html><body>", "# 规划\n", "<div><p></p>"])


def check(source: SourceDocument) -> None:
    """What holds for every document that a loader gives."""
    body = source.body
    assert body.starts[0] == 0
    assert all(a <= b for a, b in pairwise(body.starts))
    if body.text:
        assert 0 <= body.source_of(0) <= body.source_of(len(body) - 1) <= len(source.text)
    lines = [line for line in body.text.split("\n") if TABLE_START in line or TABLE_END in line]
    assert len(lines) == len(source.tables)
    for line, shape in zip(lines, source.tables, strict=True):
        assert (line[0], line[-1]) == (TABLE_START, TABLE_END)
        rows = line[1:-1].split(ROW_END)[:-1]
        assert [row.count(CELL_END) for row in rows] == [len(row) for row in shape.rows]
        assert all(1 <= cell.rowspan <= len(rows) - n for n, row in enumerate(shape.rows) for cell in row)
    for start in source.hints:
        assert start == 0 or body.text[start - 1] == "\n"
    for note in source.notes:
        assert note.start is None or note.end is None or 0 <= note.start <= note.end <= len(source.text)


def outcome(data: bytes) -> SourceDocument | str:
    """The document, or the sentence by which it is refused."""
    try:
        return load(data, "a", Options())
    except DocumentError as error:
        return error.note.message


@settings(max_examples=300, deadline=None, derandomize=True)
@given(HEADS, PIECES)
def test_text_and_markup(head: str, text: str) -> None:
    found = outcome((head + text).encode("utf-8", "surrogatepass"))
    assert check(found) is None if isinstance(found, SourceDocument) else found.endswith(".")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_bytes(data: bytes) -> None:
    found = outcome(data)
    assert check(found) is None if isinstance(found, SourceDocument) else found.endswith(".")
