"""Damages to the markers of headings: their points, brackets, digits and blanks, and how they are numbered."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping

from fitting.damage import Damage, damage, named
from fitting.edits import Edit, Page
from fitting.gold_places import Heading

CHINESE = "一二三四五六七八九十"
MOST_SIGNS = {"①": 20, "㈠": 10, "⒈": 20}
"""How far single signs count up."""
_POINTED = re.compile(r"([0-9]{1,3}|[一二三四五六七八九十百]{1,4})[ \t]?([、.．﹒﹑·])$")
_BRACKETED = re.compile(r"([（(])\s?([0-9]{1,3}|[一二三四五六七八九十百]{1,4})\s?([)）])$")
_PART = re.compile(r"第([一二三四五六七八九十百0-9]{1,4})([篇章节])$")
_DIGIT_ALPHABETS = (0x1D7CE, 0x1D7D8, 0x1D7EC, 0x1D7F6)
"""Mathematical digits: bold, double-struck, sans-serif bold, monospace."""
_TO_FULL = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


def marker(page: Page, heading: Heading) -> str:
    """A heading's marker as it stands."""
    return page.text[heading.start : heading.marker_end]


def replaced(page: Page, new: Callable[[str], str | None]) -> list[Edit]:
    """Edits that exchange the markers for which there is a new one."""
    edits: list[Edit] = []
    for one in page.headings:
        old = marker(page, one)
        wanted = new(old) if old else None
        if wanted is not None and wanted != old:
            edits.append((one.start, one.marker_end, wanted))
    return edits


def counts_elsewhere(page: Page, pattern: str) -> bool:
    """Whether lines that are no headings begin with such a marker, outside of boxes: the two could not be told apart."""
    begins = re.compile(rf"[\s\u3000]*(?:{pattern})")
    lines = (line for line in page.body if line.heading is None and not line.fixed)
    return any(begins.match(page.text, line.start, line.end) for line in lines)


# ---- points, brackets ------------------------------------------------------------------------------------------------


def _pointed(name: str, sign: str) -> Damage:
    def edits(page: Page, rng: random.Random) -> list[Edit]:
        kinds = [
            digits for digits in ("[0-9]", f"[{CHINESE}]")
            if not counts_elsewhere(page, f"{digits}+[ \t]?{re.escape(sign)}") and _one_level(page, digits)
        ]  # fmt: skip

        def new(old: str) -> str | None:
            found = _POINTED.match(old)
            return found[1] + sign if found and any(re.match(kind, old) for kind in kinds) else None

        return replaced(page, new)

    return named(name, "marker", f"1{sign} and 一{sign} for whatever point stands behind numbers.", edits)


def _one_level(page: Page, digits: str) -> bool:
    """Whether only one level counts with a point behind such digits."""
    pattern = re.compile(digits)
    levels = {one.level for one in page.headings if _POINTED.match(old := marker(page, one)) and pattern.match(old)}
    return len(levels) == 1


def _bracketed(name: str, opening: str, closing: str) -> Damage:
    def new(old: str) -> str | None:
        found = _BRACKETED.match(old)
        return opening + found[2] + closing if found else None

    doc = f"{opening}一{closing} for （一）."
    return named(name, "marker", doc, lambda page, rng: replaced(page, new))


# ---- digits ----------------------------------------------------------------------------------------------------------


@damage("marker")
def full_width_digits(page: Page, rng: random.Random) -> list[Edit]:
    """All digits outside of tables as wide as characters."""
    return [
        (line.start + found.start(), line.start + found.end(), found[0].translate(_TO_FULL))
        for line in page.lines
        if not line.fixed
        for found in re.finditer("[0-9]+", page.text[line.start : line.end])
    ]


@damage("marker")
def fancy_digits(page: Page, rng: random.Random) -> list[Edit]:
    """Mathematical digits in markers: 𝟏. for 1."""
    zero = rng.choice(_DIGIT_ALPHABETS)
    table = {ord(str(digit)): zero + digit for digit in range(10)}
    return replaced(page, lambda old: old.translate(table))


def _single_signs(name: str, first: str, pattern: str, level: int | None = None) -> Damage:
    """One sign for a whole marker, where one level alone is numbered so, and no further than there are signs."""
    last = chr(ord(first) + MOST_SIGNS[first] - 1)

    def edits(page: Page, rng: random.Random) -> list[Edit]:
        numbered = [(one, found[1]) for one in page.headings if (found := re.match(pattern, marker(page, one)))]
        levels = {one.level for one, _ in numbered}
        values = [_value(digits) for _, digits in numbered]
        if len(levels) != 1 or level not in (None, *levels) or not all(0 < v <= MOST_SIGNS[first] for v in values):
            return []
        if counts_elsewhere(page, f"[{first}-{last}]"):
            return []
        return [
            (one.start, one.marker_end, chr(ord(first) + v - 1)) for (one, _), v in zip(numbered, values, strict=True)
        ]

    return named(name, "marker", f"{first} for a marker.", edits)


def _value(digits: str) -> int:
    """The number that digits stand for, where it is plain; else 0."""
    return int(digits) if digits.isdecimal() else CHINESE.find(digits) + 1


# ---- blanks ----------------------------------------------------------------------------------------------------------


def _gap(name: str, gap: str, what: str) -> Damage:
    def edits(page: Page, rng: random.Random) -> list[Edit]:
        numbered = [one for one in page.headings if one.marker_end > one.start]
        spans = [(one.marker_end, page.title_start(one)) for one in numbered]
        return [(a, b, gap) for a, b in spans if page.text[a:b] != gap and "\n" not in page.text[a:b]]

    return named(name, "marker", f"{what} between marker and title.", edits)


@damage("marker")
def blanks_in_markers(page: Page, rng: random.Random) -> list[Edit]:
    """Blanks inside markers: （ 一 ） and 第 一 章."""
    blank = rng.choice((" ", "\u3000"))

    def new(old: str) -> str | None:
        if found := _BRACKETED.match(old):
            return f"{found[1]}{blank}{found[2]}{blank}{found[3]}"
        found = _PART.match(old)
        return f"第{blank}{found[1]}{blank}{found[2]}" if found else None

    return replaced(page, new)


@damage("marker")
def blanks_before_points(page: Page, rng: random.Random) -> list[Edit]:
    """A blank before what closes a marker: 一 、 and （一 ）."""

    def new(old: str) -> str | None:
        if found := _BRACKETED.match(old):
            return f"{found[1]}{found[2]} {found[3]}"
        found = _POINTED.match(old)
        return f"{found[1]} {found[2]}" if found else None

    return replaced(page, new)


# ---- numbering -------------------------------------------------------------------------------------------------------


def chinese(number: int) -> str:
    """A number below 100 as it is counted: 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    if number <= len(CHINESE):
        return CHINESE[number - 1]
    return ("" if tens == 1 else CHINESE[tens - 1]) + "十" + (CHINESE[ones - 1] if ones else "")


def ordinals(headings: Iterable[Heading]) -> list[tuple[int, ...]]:
    """What a heading's number is, with those of the headings above it, when each count starts at 1 below a heading."""
    path: list[int] = []
    found: list[tuple[int, ...]] = []
    for one in headings:
        if one.number_raw is None:
            found.append(())
            continue
        path = path[: one.level] + [0] * (one.level - len(path))
        path[one.level - 1] += 1
        found.append(tuple(path))
    return found


NUMBERINGS: Mapping[str, tuple[tuple[str, str, str], str]] = {
    "chapters": (("第{}章 ", "第{}节 ", "{}、"), f"第[{CHINESE}]+[篇章节]|[{CHINESE}]+、"),
    "brackets": (("{}、", "（{}）", "{}."), f"[{CHINESE}]+、|（[{CHINESE}]+）|[0-9]+[.．]"),
    "formal": (("{}、", "（{}）", "{}."), f"[{CHINESE}]+、|（[{CHINESE}]+）|[0-9]+[.．]"),
    "paths": (("{} ", "{}.{} ", "{}.{}.{} "), r"[0-9]+(?:\.[0-9]+){0,2}(?:[.、．]|\s)"),
}
"""How the levels are numbered, and what no other line may begin with then."""
RUN_IN_FROM = {"chapters": 3, "brackets": 1, "formal": 1, "paths": 2}
"""The level from which on a heading so numbered may run on into its text."""
_FORMAL = str.maketrans(CHINESE, "壹贰叁肆伍陆柒捌玖拾")


def _numbered(style: str, path: tuple[int, ...]) -> str:
    form = NUMBERINGS[style][0][len(path) - 1]
    if style == "paths":
        return form.format(*path)
    count = str(path[-1]) if form == "{}." else chinese(path[-1])
    return form.format(count.translate(_FORMAL) if style == "formal" and len(path) == 1 else count)


def _renumbering(style: str, doc: str) -> Damage:
    def edits(page: Page, rng: random.Random) -> list[Edit]:
        numbered = [one for one in page.headings if one.number_raw]
        paths = ordinals(numbered)
        if not numbered or counts_elsewhere(page, NUMBERINGS[style][1]) or _unfit(page, style, paths):
            return []
        new = [(one, _numbered(style, path)) for one, path in zip(numbered, paths, strict=True)]
        if any(marker(page, one).strip() == wording.strip() for one, wording in new if one.level == 1):
            return []
        return [edit for one, wording in new for edit in _exchanged(page, one, wording)]

    return named(f"renumbered_{style}", "marker", doc, edits, renumbered=True)


def _exchanged(page: Page, one: Heading, wording: str) -> tuple[Edit, Edit]:
    """A new marker, and the blank behind it."""
    bare = wording.rstrip()
    return (one.start, one.marker_end, bare), (one.marker_end, page.title_start(one), wording[len(bare) :])


def _unfit(page: Page, style: str, paths: Iterable[tuple[int, ...]]) -> bool:
    """Whether the numbering cannot be carried over: a level was left out, or a heading runs on as no 第一节 does."""
    bare = {line.heading for line in page.lines if line.bare}
    lowest = RUN_IN_FROM[style]
    runs_in = any(one not in bare and one.number_raw and one.level < lowest for one in page.headings)
    gaps = any(0 in path or len(path) > 3 or path[-1] > 99 for path in paths)
    return gaps or runs_in


MARKERS = (
    _pointed("small_full_stops", "﹒"),
    _pointed("middle_dots", "·"),
    _pointed("wide_points", "．"),
    _pointed("commas", "、"),
    _pointed("points", "."),
    _pointed("small_commas", "﹑"),
    _bracketed("shell_brackets", "〔", "〕"),
    _bracketed("thick_brackets", "【", "】"),
    _bracketed("square_brackets", "[", "]"),
    _bracketed("angle_brackets", "〈", "〉"),
    _bracketed("narrow_brackets", "(", ")"),
    _bracketed("half_brackets", "", "）"),
    full_width_digits,
    fancy_digits,
    _single_signs("circled_digits", "①", "([0-9]+)[.．、]$", level=3),
    _single_signs("signs_with_points", "⒈", "([0-9]+)[.．、]$"),
    _single_signs("signs_in_brackets", "㈠", f"[（(]([{CHINESE}]+)[)）]$"),
    _gap("blank_behind_marker", " ", "A blank"),
    _gap("tab_behind_marker", "\t", "A tab"),
    _gap("fixed_blank_behind_marker", "\u00a0", "A no-break space"),
    _gap("wide_blank_behind_marker", "\u3000", "An ideographic space"),
    blanks_in_markers,
    blanks_before_points,
    _renumbering("chapters", "第一章, 第一节 and 一、 for the numbers of the three levels."),
    _renumbering("brackets", "一、, （一） and 1. for the numbers of the three levels."),
    _renumbering("paths", "1, 1.1 and 1.1.1 for the numbers of the three levels."),
    _renumbering("formal", "壹、, （一） and 1. for the numbers of the three levels."),
)
