"""Damages to line breaks and blank lines: taken away, put in, put elsewhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from fitting.damage import damage
from fitting.edits import Edit, Line, Page
from fitting.looks import chosen

WIDTHS = (30, 45)
"""Characters in a line of a page, from and to."""
LONG_TITLE = 12
"""A heading of fewer characters is not broken over two lines."""
_STOP = "。"
_STOPS = "。！？；："
_CLOSED = _STOPS + "”）》"
"""Signs behind which a line does not run into the next."""
_NOT_FIRST = "，。、；：！？）”》%．"
"""Signs with which no printed line begins."""

Glue = Callable[[Line, Line], str | None]
"""What stands in the place of the break between two lines; None where the break stays."""


def joined(page: Page, glue: Glue) -> list[Edit]:
    """Exchange the breaks in the body for what holds the lines together."""
    edits: list[Edit] = []
    for upper, lower in page.breaks:
        new = glue(upper, lower)
        if new is not None:
            edits.append((upper.end, lower.start, new or _between_digits(page, upper, lower)))
    return edits


def _between_digits(page: Page, upper: Line, lower: Line) -> str:
    """A blank where two numbers would become one."""
    return " " if page.text[upper.end - 1].isdigit() and page.text[lower.start].isdigit() else ""


def _runs_into_text(page: Page, upper: Line, lower: Line) -> bool:
    """Whether a line that no sign closes would run into text: a title, a signature."""
    return lower.heading is None and page.ends(upper) not in _CLOSED


@damage("break", loses_paragraphs=True)
def one_line(page: Page, rng: random.Random) -> list[Edit]:
    """The body on one line; only a title that would run into its text keeps a blank behind it."""
    blank = rng.choice((" ", "\u3000"))
    return joined(page, lambda upper, lower: blank if _runs_into_text(page, upper, lower) else "")


@damage("break", loses_paragraphs=True)
def one_line_blanks(page: Page, rng: random.Random) -> list[Edit]:
    """The body on one line, with blanks for the breaks."""
    blanks = rng.choice((" ", "  ", "\u3000", "\u3000\u3000"))
    return joined(page, lambda upper, lower: blanks)


@damage("break", loses_paragraphs=True, loses_title_ends=True)
def one_line_bare(page: Page, rng: random.Random) -> list[Edit]:
    """The body on one line with nothing for the breaks: titles run into their text."""
    return joined(page, lambda upper, lower: "")


@damage("break", loses_paragraphs=True)
def chapter_lines(page: Page, rng: random.Random) -> list[Edit]:
    """Each chapter on one line."""
    highest = min((one.level for one in page.headings), default=1)
    blank = rng.choice((" ", "\u3000"))

    def glue(upper: Line, lower: Line) -> str | None:
        if lower.heading is not None and lower.heading.level == highest:
            return None
        return blank if _runs_into_text(page, upper, lower) else ""

    return joined(page, glue)


@damage("break", loses_paragraphs=True)
def run_in_titles(page: Page, rng: random.Random) -> list[Edit]:
    """Titles that end their line run on into their text behind a full stop."""

    def glue(upper: Line, lower: Line) -> str | None:
        if not upper.bare or lower.heading is not None:
            return None
        return "" if page.ends(upper) in _STOPS else _STOP

    return joined(page, glue)


@damage("break", loses_paragraphs=True)
def blanks_behind_titles(page: Page, rng: random.Random) -> list[Edit]:
    """Heading and paragraph on one line, parted by blanks."""
    blanks = rng.choice(("  ", "    ", "\u3000", "\u3000\u3000"))
    return joined(page, lambda upper, lower: blanks if upper.bare and lower.heading is None else None)


@damage("break")
def headings_together(page: Page, rng: random.Random) -> list[Edit]:
    """A heading right behind the one above it: 一、总体要求（一）指导思想."""
    return joined(page, lambda upper, lower: "" if upper.bare and lower.heading is not None else None)


@damage("break")
def headings_together_blank(page: Page, rng: random.Random) -> list[Edit]:
    """A heading behind the one above it and a blank: 一、总体要求 （一）指导思想."""
    return joined(page, lambda upper, lower: " " if upper.bare and lower.heading is not None else None)


@damage("break", loses_paragraphs=True)
def open_ends(page: Page, rng: random.Random) -> list[Edit]:
    """No break behind lines that end in ） or ；."""

    def glue(upper: Line, lower: Line) -> str | None:
        ends = page.ends(upper) in "）；" and not (upper.bare and lower.heading is None)
        return "" if ends else None

    return joined(page, glue)


@damage("break")
def headings_behind_text(page: Page, rng: random.Random) -> list[Edit]:
    """No break between a paragraph and the heading below it."""
    return joined(page, lambda upper, lower: "" if lower.heading and page.ends(upper) == _STOP else None)


@damage("break")
def markers_alone(page: Page, rng: random.Random) -> list[Edit]:
    """The marker on a line of its own, the title below it."""
    edits: list[Edit] = []
    for one in chosen(page, rng):
        wording = page.text[one.start : one.marker_end]
        if wording and not wording.isdigit():  # 3 alone on a line is a page number
            edits.append((one.marker_end, page.title_start(one), "\n"))
    return edits


@damage("break")
def hard_wrapped(page: Page, rng: random.Random) -> list[Edit]:
    """Lines of 30 to 45 characters, paragraphs and headings alike."""
    width = rng.randint(*WIDTHS)
    kept = [(one.start, page.title_start(one)) for one in page.headings]
    edits: list[Edit] = []
    for line in page.lines:
        at = line.start + width
        while not line.fixed and at < line.end:
            at = _fit_to_break(page.text, at, [span for span in kept if line.start <= span[0] < line.end])
            edits.append((at, at, "\n"))
            at += width
    return edits


def _fit_to_break(text: str, at: int, markers: Sequence[tuple[int, int]]) -> int:
    """Where a page would break a line that must end by ``at``: not in a number or marker, not before a sign that closes."""
    at = next((start for start, end in markers if start < at <= end), at)
    lowest = at - WIDTHS[0] // 2
    while at > lowest and (text[at] in _NOT_FIRST or (text[at - 1].isdigit() and text[at].isdigit())):
        at -= 1
    return at


@damage("break")
def titles_over_two_lines(page: Page, rng: random.Random) -> list[Edit]:
    """Long titles that end their line broken in the middle, as in print."""
    edits: list[Edit] = []
    for line in page.lines:
        one = line.heading
        if one is None or not line.bare or "\n" in page.text[one.start : one.title_end]:
            continue
        first = page.title_start(one)
        if one.title_end - first >= LONG_TITLE and one.title_end <= line.end:
            middle = first + (one.title_end - first) * 3 // 5
            edits.append((middle, middle, "\n"))
    return edits


@damage("break")
def blank_lines(page: Page, rng: random.Random) -> list[Edit]:
    """An empty line between all lines."""
    return [(line.end, line.end, "\n") for line in page.lines if not line.fixed]


@damage("break")
def blank_lines_here_and_there(page: Page, rng: random.Random) -> list[Edit]:
    """One to three empty lines at some breaks, some of them with blanks in them."""
    lines = [line for line in page.lines if not line.fixed and rng.random() < 0.5]
    return [(line.end, line.end, rng.choice(("\n", "\n\n", "\n  \n", "\n\u3000\u3000\n\n"))) for line in lines]


@damage("break")
def indented(page: Page, rng: random.Random) -> list[Edit]:
    """Every line begins with blanks, as paragraphs in print do."""
    indent = rng.choice(("\u3000\u3000", "    ", "  ", "\u00a0\u00a0\u00a0\u00a0", "\t"))
    return [(line.start, line.start, indent) for line in page.lines if not line.fixed]


@damage("break")
def centred(page: Page, rng: random.Random) -> list[Edit]:
    """Headings of the highest level stand in the middle of their line, behind many blanks."""
    highest = min((one.level for one in page.headings), default=1)
    indent = rng.choice((" " * 16, "\u3000" * 8))
    lines = [line for line in page.lines if line.bare and not line.fixed and line.heading]
    return [(line.start, line.start, indent) for line in lines if line.heading and line.heading.level == highest]


@damage("break")
def blanks_at_line_ends(page: Page, rng: random.Random) -> list[Edit]:
    """Blanks at the ends of lines."""
    blanks = rng.choice((" ", "   ", "\u3000", "\u00a0"))
    return [(line.end, line.end, blanks) for line in page.lines if not line.fixed]


BREAKS = (
    one_line,
    one_line_blanks,
    one_line_bare,
    chapter_lines,
    run_in_titles,
    blanks_behind_titles,
    headings_together,
    headings_together_blank,
    open_ends,
    headings_behind_text,
    markers_alone,
    hard_wrapped,
    titles_over_two_lines,
    blank_lines,
    blank_lines_here_and_there,
    indented,
    centred,
    blanks_at_line_ends,
)
