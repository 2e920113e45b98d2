"""Tables of a Word document: rows, and the cells that begin in them with what they span."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from planparse.loaders.docx.numbering import Element, attribute, integer, local, val

# Elements that only wrap content.
WRAPPERS = frozenset(
    (
        *("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo", "r"),
        *("ruby", "rubyBase", "Choice", "Fallback"),
        *("oMath", "oMathPara", "num", "den", "e", "sup", "sub", "f", "sSup", "sSub", "d", "rad"),  # of formulas
    )
)


@dataclass(slots=True)
class GridCell:
    """A cell where it begins, at the grid column ``column``."""

    element: Element
    column: int
    colspan: int
    rowspan: int = 1
    merged: list[Element] = field(default_factory=list)
    """Cells that it was merged with and that hold text nevertheless."""


@dataclass(slots=True)
class GridRow:
    """The cells that begin in one row; ``header`` rows are repeated on every page."""

    cells: list[GridCell]
    header: bool


def _rows(container: Element, name: str) -> list[Element]:
    """Rows of a table or cells of a row, also those in content controls and insertions."""
    found: list[Element] = []
    for child in container:
        if local(child) == name:
            found.append(child)
        elif local(child) in WRAPPERS:
            found += _rows(child, name)
    return found


def grid_of(table: Element) -> list[GridRow]:
    """Rows with the cells that begin in them; vertical merges counted as rowspans."""
    rows: list[GridRow] = []
    open_merges: dict[int, GridCell] = {}
    for row in _rows(table, "tr"):
        if row.find("{*}trPr/{*}del") is not None:
            continue
        column = 0
        cells: list[GridCell] = []
        merges: dict[int, GridCell] = {}
        if skip := integer(val(row, "{*}trPr/{*}gridBefore"), 0):
            cells.append(GridCell(etree.Element("empty"), 0, skip))
            column = skip
        for element in _rows(row, "tc"):
            colspan = max(1, integer(val(element, "{*}tcPr/{*}gridSpan"), 1))
            across = element.find("{*}tcPr/{*}hMerge")
            if across is not None and attribute(across, "val") != "restart" and cells:
                cells[-1].colspan += 1
                column += 1
                continue
            down = element.find("{*}tcPr/{*}vMerge")
            owner = open_merges.get(column)
            continues = down is not None and attribute(down, "val") != "restart"
            if continues and owner is not None and owner.colspan == colspan:
                owner.rowspan += 1
                if words(element).strip():
                    owner.merged.append(element)
                merges[column] = owner
            else:
                cell = GridCell(element, column, colspan)
                cells.append(cell)
                if down is not None:
                    merges[column] = cell
            column += colspan
        open_merges = merges
        heading = row.find("{*}trPr/{*}tblHeader")
        rows.append(GridRow(cells, heading is not None and attribute(heading, "val") not in ("0", "false", "off")))
    return rows


def words(element: Element) -> str:
    """All text below an element, without line ends."""
    return "".join(t.text or "" for t in element.iter("{*}t"))
