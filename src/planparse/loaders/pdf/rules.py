"""Ruling lines of a page: thin rectangles, stroked lines and the edges of stroked rectangles, joined into long rules."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

THIN = 3.0
"""Points: a filled rectangle not thicker than this is a line (producers draw borders 0.5 to 2.3 points thick)."""
GAP = 3.0
"""Points: pieces of one rule may stand this far apart (corner pieces are drawn apart)."""
SNAP = 1.6
"""Points: pieces this close to one axis are on it."""
MIN_LENGTH = 8.0
MIN_FRAME = 20.0
MAX_SEGMENTS = 400
"""A path of more segments is a drawing."""
MAX_OUTLINES = 24
"""A filled path of more segments is a drawing."""

MAX_FORMS = 4
"""Forms within a form."""
_PATH, _FORM = 2, 5
_BEZIER_TO, _MOVE_TO = 1, 2
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: the axis position ``at`` and its extent along the other axis."""

    at: float
    low: float
    high: float

    @property
    def length(self) -> float:
        """Its extent in points."""
        return self.high - self.low


def find_rules(page: Any, turn: Callable[[Box], Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and vertical rules of a page (a pypdfium2 page), in points of the reading frame that ``turn`` maps into."""
    boxes = list(_thin_boxes(page))
    if len(boxes) < 2:
        return [], []
    level: list[Rule] = []
    upright: list[Rule] = []
    for raw in boxes:
        left, bottom, right, top = turn(raw)
        if right - left >= top - bottom:
            level.append(Rule((bottom + top) / 2, left, right))
        else:
            upright.append(Rule((left + right) / 2, bottom, top))
    return _join(level), _join(upright)


def _join(pieces: list[Rule]) -> list[Rule]:
    """Pieces on one axis that touch become one rule; what stays short is dropped."""
    rules: list[Rule] = []
    axis: list[Rule] = []
    for piece in sorted(pieces, key=lambda r: r.at):
        if axis and piece.at - axis[0].at > SNAP:
            rules += _join_axis(axis)
            axis = []
        axis.append(piece)
    rules += _join_axis(axis)
    return [rule for rule in rules if rule.length >= MIN_LENGTH]


def _join_axis(axis: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for piece in sorted(axis, key=lambda r: r.low):
        if joined and piece.low - joined[-1].high <= GAP:
            last = joined[-1]
            at = last.at if last.length >= piece.length else piece.at
            joined[-1] = Rule(at, last.low, max(last.high, piece.high))
        else:
            joined.append(piece)
    return joined


def objects(page: Any, form: Any = None) -> Iterator[tuple[Any, int]]:
    """What is drawn on a page (a pypdfium2 page), or in a form on it, each with its kind (``FPDF_PAGEOBJ_…``)."""
    import pypdfium2.raw as pdfium

    if form is None:
        count, get, holder = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page.raw
    else:
        count, get, holder = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, form
    get_type = pdfium.FPDFPageObj_GetType
    for index in range(count(holder)):
        item = get(holder, index)
        yield item, get_type(item)


def bounds_of(item: Any) -> Box | None:
    """The bounds of an object: left, bottom, right, top."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    found = pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return (left.value, bottom.value, right.value, top.value) if found else None


def _thin_boxes(page: Any, form: Any = None, outer: Matrix | None = None, depth: int = 0) -> Iterator[Box]:
    """The thin boxes of a page, or of a form on it, in which others may be."""
    matrix = None if form is None else _times(_matrix_of(form), outer)
    for item, kind in objects(page, form):
        if kind == _PATH:
            yield from _path_boxes(item, matrix)
        elif kind == _FORM and depth <= MAX_FORMS:
            yield from _thin_boxes(page, item, matrix, depth + 1)


def _path_boxes(path: Any, outer: Matrix | None) -> Iterator[Box]:
    """The thin boxes that a path object draws: itself, or its straight edges where it is a frame."""
    import pypdfium2.raw as pdfium

    bounds = bounds_of(path)
    if bounds is None:
        return
    left, bottom, right, top = _map_box(bounds, outer)
    wide, high = right - left, top - bottom
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    if wide <= THIN or high <= THIN:
        if max(wide, high) > THIN:
            yield left, bottom, right, top
        return
    if wide < MIN_FRAME and high < MIN_FRAME:
        return  # a letter, or a piece of a seal
    count = pdfium.FPDFPath_CountSegments(path)
    # A filled rectangle of one outline is a background; two outlines, one in the other, are a frame.
    if (count <= MAX_SEGMENTS if stroke.value else 9 <= count <= MAX_OUTLINES) and not _is_white(
        path, bool(stroke.value)
    ):
        yield from _edges(path, count, _times(_matrix_of(path), outer))


def _is_white(path: Any, stroke: bool) -> bool:
    """Whether it is drawn in white: frames that cover what was printed before, such as page numbers, cannot be seen."""
    import pypdfium2.raw as pdfium

    colour = [ctypes.c_uint() for _ in range(4)]
    read = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    return bool(read(path, *colour)) and (min(c.value for c in colour[:3]) >= 250 or colour[3].value == 0)


def _edges(path: Any, count: int, matrix: Matrix) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    found: list[Box] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _map_point(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _BEZIER_TO:
            return  # a drawing, or rounded corners
        if kind == _MOVE_TO:
            first = point
        else:
            found.append(_between(last, point))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            found.append(_between(last, first))
    yield from (box for box in found if box[2] - box[0] <= SNAP or box[3] - box[1] <= SNAP)


def _between(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _matrix_of(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _map_point(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _map_box(box: Box, m: Matrix | None) -> Box:
    if m is None:
        return box
    return _between(_map_point(box[0], box[1], m), _map_point(box[2], box[3], m))
