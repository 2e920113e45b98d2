"""Changes to a document that must not change what is read in it: small functions from a sample to another text.

A function gives None where it has nothing to do in a document (no table of contents to take out, no blank lines).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from metamorphic.samples import Heading, Sample

WRAP = 38
LONGEST_PARAGRAPH = 2000
"""A longer line is a whole document on one line: it has no paragraphs to wrap or to part."""
GARBLED_PARAGRAPHS = 20
INDENT = 4
"""How far into a line, indented as in print, its start is."""
PLACES = 5
"""How many gaps between paragraphs furniture is put into."""

_HEADING = re.compile(
    r"[#*\s]*(?:第[一二三四五六七八九十百]+[篇章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、]|专栏|表\s*\d|附)"
)
_TABLE_SIGNS = re.compile(r"[|\t┃│]|\S {2,}\S|<|https?:")
_BARE_HEADING = re.compile(_HEADING.pattern + "[^。；]{,45}")
_PAGE_NUMBER = re.compile(r"\s*[-—–]*\s*\d{1,3}\s*[-—–]*\s*$")
_SENTENCE_END = re.compile(r"[。！？：!?”）)]\s*$")


# ---- lines -----------------------------------------------------------------------------------------------------------


def _lines(sample: Sample) -> list[tuple[str, bool]]:
    """Each line, and whether it is a paragraph of prose: long, no row of a table, no markup, in the body."""
    spans, begin = sample.tables(), sample.body_start()
    found, at = [], 0
    for line in sample.text.split("\n"):
        end = at + len(line)
        free = at >= begin and not any(a < end and at < b for a, b in spans)
        found.append(
            (line, free and 20 <= len(line.strip()) <= LONGEST_PARAGRAPH and not _TABLE_SIGNS.search(line.strip()))
        )
        at = end + 1
    return found


def join_lines(sample: Sample) -> str | None:
    """No line break within a sentence: a line of prose that ends in mid-sentence goes on with the next."""
    out: list[str] = []
    open_line = False
    for line, prose in _lines(sample):
        begins = not line.strip() or line[0] in "\u3000 " or _HEADING.match(line) or _TABLE_SIGNS.search(line)
        goes_on = open_line and not begins and not _PAGE_NUMBER.match(line)
        if goes_on:
            out[-1] += line
        else:
            out.append(line)
        sentence = prose and ("，" in line or "," in line) and (goes_on or not _BARE_HEADING.fullmatch(line.strip()))
        open_line = (sentence or goes_on) and not _SENTENCE_END.search(line)
    text = "\n".join(out)
    return text if text != sample.text else None


def hard_wrap(sample: Sample) -> str | None:
    """Paragraphs broken every 38 characters, as a page or a mail shows them."""
    out = []
    for line, prose in _lines(sample):
        words = line.strip()
        if not prose or len(words) <= WRAP:
            out.append(line)
            continue
        margin = " " * (len(line) - len(line.lstrip(" ")))
        parts = [words[i : i + WRAP] for i in range(0, len(words), WRAP)]
        out += [line[: len(line) - len(line.lstrip())] + parts[0], *(margin + part for part in parts[1:])]
    text = "\n".join(out)
    return text if text != sample.text else None


def double_blank_lines(sample: Sample) -> str | None:
    """Two blank lines for one."""
    text = re.sub(r"\n([ \t\u3000]*)\n", r"\n\1\n\n", sample.text)
    return text if text != sample.text else None


def remove_blank_lines(sample: Sample) -> str | None:
    """No blank lines."""
    text = re.sub(r"\n(?:[ \t\u3000]*\n)+", "\n", sample.text)
    return text if text != sample.text else None


# ---- characters ------------------------------------------------------------------------------------------------------

_HALF = ",;:?!()%0123456789"
_TO_FULL = {ord(c): ord(c) + 0xFEE0 for c in _HALF}
_TO_HALF = {full: half for half, full in _TO_FULL.items()} | {ord("．"): ord(".")}
_POINT = re.compile(r"(?<=\d)\.")


def full_width(sample: Sample) -> str:
    """Punctuation and digits as wide as characters; lines with markup or addresses stay."""
    return "\n".join(
        line if "<" in line or "http" in line else _POINT.sub("．", line).translate(_TO_FULL)
        for line in sample.text.split("\n")
    )


def half_width(sample: Sample) -> str:
    """Punctuation and digits as narrow as letters."""
    return sample.text.translate(_TO_HALF)


@cache
def _converter(direction: str) -> Any:
    from opencc import OpenCC

    return OpenCC(direction)


# What mirrors write where OpenCC gives the rarer form, which Big5 lacks.
_MIRROR_FORMS = str.maketrans("爲羣衆裏啓峯", "為群眾裡啟峰")


def as_mirrored(text: str) -> str:
    """In traditional characters."""
    converted: str = _converter("s2t").convert(text)
    return converted.translate(_MIRROR_FORMS)


def traditional(sample: Sample) -> str | None:
    """In traditional characters, as a mirror shows it."""
    return None if sample.hant else as_mirrored(sample.text)


def simplified(sample: Sample) -> str | None:
    """A traditional document in simplified characters."""
    return str(_converter("t2s").convert(sample.text)) if sample.hant else None


READINGS = {"发": "fā", "發": "fā", "展": "zhǎn", "设": "shè", "設": "shè", "规": "guī", "規": "guī", "创": "chuàng", "创新": "xīn", "环": "huán", "環": "huán"}  # fmt: skip
EVERY = 4
"""A reading after every fourth such character."""


def pinyin(sample: Sample) -> str:
    """Readings put after some characters, as copy protection does: 发(fā)展."""
    count = 0

    def annotate(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{match[0]}({READINGS[match[0]]})" if count % EVERY == 1 else match[0]

    characters = "".join(c for c in READINGS if len(c) == 1)
    return re.sub(f"[{characters}]", annotate, sample.text)


def garble(sample: Sample) -> str | None:
    """Twenty paragraphs whose first sentence is decoded one byte out of step from its start, as a careless mirror shows it."""
    chosen: list[tuple[int, int, str]] = []
    at, spans = sample.body_start(), sample.tables()
    for line in sample.text[at:].split("\n"):
        if line.strip() and not any(a < at + len(line) and at < b for a, b in spans):
            length, shown = _garbled_start(line)
            chosen += [(at, at + length, shown)] if shown else []
        at += len(line) + 1
    if not chosen:
        return None
    step = max(1, len(chosen) // GARBLED_PARAGRAPHS)
    text = sample.text
    for start, end, shown in reversed(chosen[::step][:GARBLED_PARAGRAPHS]):
        text = text[:start] + shown + text[end:]
    return text


def _garbled_start(line: str) -> tuple[int, str]:
    """The length of a line's first sentence and how it shows; nothing where the mirror does no harm to its start."""
    from planparse.cleaning.garble import shift_garble

    length = line.find("。") + 1 or len(line)
    shown = shift_garble(line[:length], [0])
    begins = min((found.start for found in shown.damages), default=len(line))
    return length, shown.text if begins <= INDENT else ""


# ---- what pages add --------------------------------------------------------------------------------------------------

FURNITURE = {
    "font_bar": "【字体：大 中 小】 打印本页 关闭窗口",
    "share_bar": "分享到： 微信 微博 QQ空间 复制链接",
    "breadcrumb": "当前位置：首页 > 政务公开 > 规划计划 > 正文",
    "view_count": "浏览次数：1286",
    "footer": "版权所有：某某市人民政府办公室 备案号：某ICP备05012345号-1 网站标识码：3300000012",
    "recommended": "推荐访问：工作方案 发展规划 范文大全",
    "neighbours": "上一篇：没有了\n下一篇：关于公布权责清单的公告",
    "hijack_markup": '<div id="x9k2f"></div>',
    "qr_code": "扫一扫在手机打开当前页",
    "navigation": "无障碍阅读 | 长者模式 | 网站地图 | 联系我们",
}


def with_furniture(kind: str) -> Callable[[Sample], str]:
    """A transformation that puts one kind of furniture before, after and between paragraphs."""
    piece = FURNITURE[kind]

    def add(sample: Sample) -> str:
        lines = _lines(sample)
        gaps = [i for i, (line, prose) in enumerate(lines) if prose and len(line) > 60 and line.rstrip().endswith("。")]
        chosen = set(gaps[:: max(1, len(gaps) // PLACES)][:PLACES])
        body = [part for i, (line, _) in enumerate(lines) for part in ((line, piece) if i in chosen else (line,))]
        return "\n".join([piece, *body, piece]) + "\n"

    add.__doc__ = f"With {kind} before, after and between paragraphs."
    return add


TITLE_END = 10
"""A title may stand on two lines; its last characters tell where it ends."""
LOOSE_LINES = 3
"""Lines without a page number between entries: an entry over two lines, a blank line, a page's edge."""
_CONTENTS_LINE = re.compile(r"^.*(?:\.{4,}|…{2,}|·{4,}|\s{2,})\s*[（(]?\d{1,3}[)）]?\s*$")


def add_contents(sample: Sample) -> str | None:
    """A table of contents after the title, with leaders and ascending pages."""
    headings = sample.headings(2) or []
    at = _after_title(sample)
    if "目" in sample.text[: sample.body_start()] and re.search(r"目\s*[录錄]", sample.text[: sample.body_start()]):
        return None
    if at is None or len(headings) < 4:
        return None
    entries = [f"{h.number}{h.title}{'…' * 12}{2 + i}" for i, h in enumerate(headings)]
    return "\n".join((sample.text[:at].rstrip("\n"), "目  录", *entries, sample.text[at:]))


def _after_title(sample: Sample) -> int | None:
    """Behind the plan's title and what goes with it (year, number, source, addressees): before the first sentence."""
    if not sample.title:
        return None
    begin, at, found = sample.body_start(), 0, None
    for line in sample.text.split("\n"):
        if at >= begin or (found is not None and line.rstrip().endswith("。")):
            break
        at += len(line) + 1
        if found is not None or sample.title[-TITLE_END:] in line:
            found = min(at, begin)
    return found


def remove_contents(sample: Sample) -> str | None:
    """Without its table of contents, where that stands one entry a line."""
    lines = sample.text.split("\n")
    head = next((i for i, line in enumerate(lines) if re.fullmatch(r"[#*\s]*目\s*[录錄][*\s]*", line)), None)
    if head is None:
        return None
    end = head + 1
    for i, line in enumerate(lines[end:], end):
        if _CONTENTS_LINE.match(line):
            end = i + 1
        elif i > end + LOOSE_LINES:
            break
    entries = sum(bool(line.strip()) for line in lines[head + 1 : end])
    return "\n".join(lines[:head] + lines[end:]) if entries >= 4 else None


def in_notice(sample: Sample) -> str | None:
    """A plan that stands alone, sent out with a notice."""
    if not sample.title or re.search(r"[现現]印[发發]|通知", sample.text[: sample.body_start()]):
        return None
    head = (
        f"关于印发《{sample.title}》的通知", "云政发〔2020〕8号", "各有关单位：",
        f"《{sample.title}》已经研究同意，现印发给你们，请认真贯彻执行。", "办公室", "2020年12月1日", "（此件公开发布）",
    )  # fmt: skip
    text = "\n".join((*head, sample.text))
    return as_mirrored(text) if sample.hant else text


# ---- numbering -------------------------------------------------------------------------------------------------------

_DIGITS = "零一二三四五六七八九十"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


CHAPTERS = {1: "第{}章 ", 2: "第{}节 ", 3: "{}、"}
NUMBERS = {1: "{}、", 2: "（{}）", 3: "{}."}


def exchange_numbering(sample: Sample) -> str | None:
    """一、（一）1. become 第一章 第一节 一、 and the other way round; deeper levels and unnumbered headings stay."""
    headings = sample.headings(3)
    if not headings or any(h.run_in and h.level < 3 for h in headings) or any("篇" in h.number for h in headings):
        return None
    chapters = "章" in headings[0].number
    style = NUMBERS if chapters else CHAPTERS
    return _renumbered(sample.text, headings, style)


def _renumbered(text: str, headings: Iterable[Heading], style: dict[int, str]) -> str:
    pieces, at = [], 0
    for heading in headings:
        count = str(heading.ordinal) if heading.level == 3 and style is NUMBERS else _chinese(heading.ordinal)
        pieces += [text[at : heading.start], style[heading.level].format(count)]
        at = heading.start + len(heading.number)
        at += len(text[at:]) - len(text[at:].lstrip(" \u3000、.．"))
    return "".join(pieces) + text[at:]


# ---- encodings -------------------------------------------------------------------------------------------------------

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5hkscs")


def encoded(sample: Sample, encoding: str) -> bytes | None:
    """The document's bytes in another encoding; Big5 for traditional characters. None where it cannot hold them."""
    text = sample.text
    if encoding == "big5hkscs" and not sample.hant:
        text = as_mirrored(text)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None
