"""One page → its lines, tables and frames in reading order."""

from __future__ import annotations

import re
from typing import Any

from planparse.loaders.pdf.characters import BLANKS
from planparse.loaders.pdf.columns import join_pieces, order_lines
from planparse.loaders.pdf.grids import RuledGrid, find_grids
from planparse.loaders.pdf.half_ruled import divide_rows
from planparse.loaders.pdf.open_tables import find_open_tables
from planparse.loaders.pdf.replacement import Replacement, open_layer
from planparse.loaders.pdf.rules import Rule, bounds_of, find_rules, objects
from planparse.loaders.pdf.shapes import Line, PdfPage, RuledTable, TableCell
from planparse.loaders.pdf.soundness import is_sound
from planparse.loaders.pdf.textlayer import TextLayer
from planparse.model.options import USUAL, Thresholds

MAX_FRAME = 0.92
"""Share of the page's height: a higher frame is the page's border."""
FEW_CHARACTERS = 12
"""With no more characters than this (a page number), a page of pictures has no text layer."""
SCAN = 1 / 3
PICTURE = 0.06
"""Shares of the page that a picture covers, at least, which is the page or may be a table."""
OVERFLOW = 0.15
"""Em: characters closer than this belong together, even across a border that the first of them runs over."""
# 表1 主要指标, 附表2, 专栏3 重点工程: a caption on a line of its own.
_CAPTION = re.compile(r"附?表\s?\d{1,2}(?:[-.—]\d{1,2})?[\s：:].{2,40}$|专栏\s?[\d一二三四五六七八九十].{2,40}$")


def read_page(
    page: Any, number: int, replacement: Replacement, thresholds: Thresholds = USUAL, before: PdfPage | None = None
) -> PdfPage:
    """Read a page (a pypdfium2 page). A page whose text layer is broken has no blocks and ``sound`` False. ``before``: the page before."""
    layer = open_layer(page, number, replacement)
    try:
        width, height = (layer.width, layer.height) if layer.turns % 2 == 0 else (layer.height, layer.width)
        result = PdfPage(number, width, height, [])
        if not is_sound(layer.text, thresholds):
            result.sound = False
            return result
        if len("".join(layer.text.split())) <= FEW_CHARACTERS:
            result.pictured = sum(_picture_shares(page)) >= SCAN
        spans = layer.lines()
        if not spans:
            return result
        level, upright = find_rules(page, layer.turn_rule)
        grids = [grid for grid in find_grids(level, upright) if grid.top - grid.bottom < MAX_FRAME * height]
        if grids:
            result.blocks = _read_ruled(layer, spans, grids, level)
        else:
            result.blocks = _open_page(layer, layer.place_lines(spans), level, before.open_end if before else None)
        result.unread_captions = _unread_captions(page, result)
        return result
    finally:
        layer.close()


def _open_page(layer: TextLayer, lines: list[Line], level: list[Rule], before: RuledTable | None = None) -> list[Line | RuledTable]:
    """The lines that no rules enclose in reading order, with the tables among them."""
    tables, rest = find_open_tables(layer, lines, level, before)
    blocks: list[Line | RuledTable] = []
    for table in tables:
        above = [line for line in rest if line.base > table.top - 1]
        rest = [line for line in rest if line.base <= table.top - 1]
        blocks += [*order_lines(layer, above), table]
    return [*blocks, *order_lines(layer, rest)]


def _unread_captions(page: Any, read: PdfPage) -> list[Line]:
    """Captions of tables on a page where no table was found but a picture stands that may be it."""
    if any(isinstance(block, RuledTable) or block.zone[0] > 0 for block in read.blocks):
        return []
    captions = [line for line in read.lines if _CAPTION.match(line.text) and not line.text.endswith(("。", "；", "，"))]
    return captions if captions and max(_picture_shares(page), default=0.0) >= PICTURE else []


def _picture_shares(page: Any) -> list[float]:
    """The share of the page that each of its pictures covers (forms, which may hold pictures, among them)."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    pictures = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    boxes = [box for item, kind in objects(page) if kind in pictures and (box := bounds_of(item))]
    return [max(0.0, right - left) * max(0.0, top - bottom) / max(1.0, width * height) for left, bottom, right, top in boxes]


class _Region:
    """A ruled region while it is filled: the pieces of text in each of its cells."""

    def __init__(self, grid: RuledGrid) -> None:
        self.grid = grid
        self.pieces: list[list[Line]] = [[] for _ in grid.cells]


def _read_ruled(
    layer: TextLayer, spans: list[tuple[int, int]], grids: list[RuledGrid], level: list[Rule]
) -> list[Line | RuledTable]:
    """Blocks of a page with ruled regions: every stretch of characters goes to the cell it stands in, or to the open page."""
    order = sorted(grids, key=lambda g: (g.is_frame, g.left - g.right))  # tables in a frame come before the frame
    regions = [_Region(grid) for grid in order]
    outside: list[Line] = []
    for start, end in spans:
        for low, high, place in _pieces(layer, start, end, order):
            if place is None:
                outside += layer.place_lines([(low, high)])
            else:
                regions[place[0]].pieces[place[1]] += layer.place_lines([(low, high)])
    blocks: list[tuple[float, list[Line | RuledTable]]] = []
    for index, region in enumerate(r for r in regions if any(r.pieces)):
        if region.grid.is_frame or _single_column(region):
            blocks += [(line.base, [line]) for line in _frame_lines(layer, region, index + 1)]
        else:
            blocks.append((region.grid.top, [_table(layer, region)]))
    merged: list[tuple[float, list[Line | RuledTable]]] = sorted(blocks, key=lambda b: -b[0])
    return _weave(_open_page(layer, outside, level), merged)


def _weave(lines: list[Line | RuledTable], regions: list[tuple[float, list[Line | RuledTable]]]) -> list[Line | RuledTable]:
    """Lines in their order, each region before the first line that stands below its top."""
    result: list[Line | RuledTable] = []
    waiting = list(regions)
    for line in lines:
        top = line.top if isinstance(line, RuledTable) else line.base + line.size * 0.8
        while waiting and waiting[0][0] >= top:
            result += waiting.pop(0)[1]
        result.append(line)
    for _, blocks in waiting:
        result += blocks
    return result


def _pieces(
    layer: TextLayer, start: int, end: int, grids: list[RuledGrid]
) -> list[tuple[int, int, tuple[int, int] | None]]:
    """Cut a line where it passes from one cell to another, or in or out of a region."""
    pieces: list[tuple[int, int, tuple[int, int] | None]] = []
    low = start
    place: tuple[int, int] | None = None
    begun = False
    edge = bottom = 0.0
    text = layer.text
    for index in range(start, end):
        if text[index] in BLANKS:
            continue
        left, foot, right, top = layer.box(index)
        if right <= left and top <= foot:
            continue
        here = _place((left + right) / 2, (foot + top) / 2, grids)
        touching = begun and index > 0 and text[index - 1] not in BLANKS and -1 < left - edge < OVERFLOW * (top - foot)
        if begun and here != place and not (touching and abs(foot - bottom) < 3):
            pieces.append((low, index, place))
            low, begun = index, False
        if not begun:
            place, begun = here, True
        edge, bottom = right, foot
    if begun:
        pieces.append((low, end, place))
    return [(low, low + len(text[low:high].rstrip(BLANKS)), place) for low, high, place in pieces]


def _place(x: float, y: float, grids: list[RuledGrid]) -> tuple[int, int] | None:
    for index, grid in enumerate(grids):
        if grid.holds(x, y):
            return index, grid.cell_at(x, y)
    return None


def _single_column(region: _Region) -> bool:
    """Whether all text stands in cells as wide as the region: a frame whose rows were drawn with spare borders."""
    wide = len(region.grid.columns) - 1
    return all(cell.colspan == wide for cell, pieces in zip(region.grid.cells, region.pieces, strict=True) if pieces)


def _frame_lines(layer: TextLayer, region: _Region, number: int) -> list[Line]:
    result: list[Line] = []
    for cell, pieces in zip(region.grid.cells, region.pieces, strict=True):
        lines = join_pieces(layer, pieces)
        for line in lines:
            line.zone = (number, cell.row)
        result += lines
    return result


def _table(layer: TextLayer, region: _Region) -> RuledTable:
    grid = region.grid
    cells = []
    for cell, pieces in zip(grid.cells, region.pieces, strict=True):
        width = grid.columns[cell.column + cell.colspan] - grid.columns[cell.column]
        cells.append(TableCell(cell.row, cell.column, cell.rowspan, cell.colspan, width, join_pieces(layer, pieces)))
    table = RuledTable(cells, list(grid.columns), len(grid.rows) - 1, grid.top, grid.bottom, layer.number)
    divide_rows(layer, table)
    return table
