"""Damages that put something in: page numbers, running heads, contents, boxes, notes, lists, a notice. All of it is our own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import groupby

from fitting.breaks import hard_wrapped
from fitting.damage import Damage, chained, damage, named
from fitting.edits import CAPTION, Edit, Line, Page
from fitting.gold_places import Heading
from fitting.markers import marker

PAGE_LINES = 18
"""Lines on a page."""
MOST_BOXES = 3
LEAST_ENTRIES = 4
LONGEST_ENTRY = 40
_NOTE, _BOX = re.compile("注[：:]"), re.compile(r"专\s?栏")
_TITLE = re.compile("[^。]{4,60}(?:规划|纲要|方案|计划|要点|意见|措施|报告)")

HEADS = ("云川市规划文件汇编", "青杨渡县工作文件", "临江区资料选编")
BOXES: Sequence[tuple[str, tuple[str, ...]]] = (
    ("青杨渡治水重点项目", ("水质监测站建设", "老旧闸门改造", "堤岸绿化补植", "排涝泵站更新")),
    ("云川市便民服务项目", ("社区食堂改造", "口袋公园建设", "夜间照明补盲")),
    ("临江区数字化项目", ("数据归集平台", "视频会议系统升级", "电子档案入库", "机房节能改造", "终端设备更新")),
)
BOX_TEXTS = ("由属地乡镇组织实施，做好日常管护。", "分批推进，建成后移交使用单位。", "先行试点，总结后再推广。")
QUOTED = ("节约每一度电。", "少开一天车。", "多种一棵树。")
QUOTED_INLINE = "不增加基层负担；不重复建设；不留卫生死角"
NOTES = (
    "注：1.数据为年末数。2.公共充电桩含在建数。3.口袋公园含街角绿地。",
    "注：1.本表由云川市统计机构提供。2.带星号的为试点。",
)
TABLE = ("表9 云川市公共设施情况", "| 序号 | 名称 | 数量 |", "| 1 | 公共充电桩 | 120 |", "| 2 | 口袋公园 | 14 |")
ATTACHED = ("云川市联络人名单", "云川市工作流程图", "青杨渡县材料目录")
NOTICE_END = ("云川市人民政府办公室", "2020年12月1日", "（此件公开发布）")


def below(line: Line, words: Sequence[str]) -> Edit:
    """Lines put in below a line."""
    return line.end, line.end, "\n" + "\n".join(words)


def spread(lines: Sequence[Line], count: int, rng: random.Random) -> list[Line]:
    """So many lines from all over the text."""
    return sorted(rng.sample(lines, min(count, len(lines))), key=lambda line: line.start)


# ---- pages -----------------------------------------------------------------------------------------------------------


def _page_ends(page: Page, rng: random.Random) -> list[Line]:
    """The lines at which pages end, at least two where there are breaks at all."""
    inside = [(one.start, one.title_end) for one in page.headings]
    uppers = [upper for upper, _ in page.breaks if not any(a < upper.end < b for a, b in inside)]
    step = max(2, min(PAGE_LINES, len(uppers) // 3))
    return uppers[rng.randrange(step) :: step]


@damage("page")
def page_numbers(page: Page, rng: random.Random) -> list[Edit]:
    """Page numbers on lines of their own."""
    form = rng.choice(("{}", "- {} -", "— {} —", "第{}页", "第 {} 页 共 48 页", "-{}-"))
    first = rng.randint(1, 6)
    return [below(line, (form.format(n),)) for n, line in enumerate(_page_ends(page, rng), first)]


@damage("page")
def running_heads(page: Page, rng: random.Random) -> list[Edit]:
    """The same line at the top of each page, with its number or without."""
    head, form = rng.choice(HEADS), rng.choice(("{0}", "{0} {1}", "{1} {0}"))
    return [below(line, (form.format(head, n),)) for n, line in enumerate(_page_ends(page, rng), 3)]


@damage("page")
def glued_page_numbers(page: Page, rng: random.Random) -> list[Edit]:
    """A page number right before some headings: 12一、."""
    fit = [one for one in page.leading if re.match("[一二三四五六七八九十（(第]", marker(page, one))]
    if not fit:
        return []
    taken = sorted(rng.sample(fit, max(1, len(fit) // 3)), key=lambda one: one.start)
    number, edits = rng.randint(1, 9), []
    for one in taken:
        edits.append((one.start, one.start, str(number)))
        number += rng.randint(1, 3)
    return edits


printed_pages = chained(
    "printed_pages", "page", "Lines of one width, with page numbers between them.", (hard_wrapped, page_numbers)
)

# ---- contents --------------------------------------------------------------------------------------------------------


def _entries(page: Page) -> list[Heading]:
    """The headings that a table of contents lists: of two levels, else of one."""
    for depth in (2, 1):
        found = [one for one in page.headings if one.level <= depth]
        longest = max((one.title_end - one.start for one in found), default=0)
        if len(found) >= LEAST_ENTRIES and longest <= LONGEST_ENTRY:
            return found
    return []


def _front(page: Page) -> int:
    """Where the plan's own text begins: at the paragraphs that lead up to the first heading."""
    begin = page.body[0].start
    for line in reversed([line for line in page.lines if line.end < begin]):
        if line.fixed or line.end - line.start < CAPTION or page.ends(line) not in "。：":
            break
        begin = line.start
    return begin


Lay = Callable[[list[str], list[int], random.Random], str]
"""Entries and their pages → the list as it is shown."""


def _contents(name: str, doc: str, lay: Lay) -> Damage:
    def edits(page: Page, rng: random.Random) -> list[Edit]:
        headings = _entries(page)
        if not headings or "目录" in page.text.replace(" ", "")[: page.body[0].start]:
            return []
        wordings = ["".join(page.text[one.start : one.title_end].split("\n")) for one in headings]
        pages: list[int] = []
        for _ in headings:
            pages.append((pages[-1] if pages else 1) + rng.randint(0, 2))
        at = _front(page)
        return [(at, at, f"{rng.choice(('目录', '目 录', '目　　录'))}\n{lay(wordings, pages, rng)}\n")]

    return named(name, "insert", doc, edits)


def _bare(entries: list[str], pages: list[int], rng: random.Random) -> str:
    return "\n".join(entries)


def _leaders(entries: list[str], pages: list[int], rng: random.Random) -> str:
    leader = rng.choice(("…………", "........", "······", "⋯⋯⋯"))
    form = rng.choice(("{}", "-{}-", "（{}）", " {}"))
    return "\n".join(f"{entry}{leader}{form.format(n)}" for entry, n in zip(entries, pages, strict=True))


def _glued(entries: list[str], pages: list[int], rng: random.Random) -> str:
    return "".join(f"{entry}{n}" for entry, n in zip(entries, pages, strict=True))


def _two_up(entries: list[str], pages: list[int], rng: random.Random) -> str:
    shown = [f"{entry}……{n}" for entry, n in zip(entries, pages, strict=True)]
    return "\n".join("  ".join(shown[n : n + 2]) for n in range(0, len(shown), 2))


def _pages_odd(entries: list[str], pages: list[int], rng: random.Random) -> str:
    lost = rng.choice(("错误！未定义书签。", "-{}-", "{}"))
    return "\n".join(f"{entry} {lost.format(n)}" for entry, n in zip(entries, pages, strict=True))


# ---- boxes, notes, lists ---------------------------------------------------------------------------------------------


@damage("insert")
def boxes(page: Page, rng: random.Random) -> list[Edit]:
    """Boxes with items that have numbers and words of their own, at the ends of sections."""
    if _BOX.search(page.text):
        return []
    form = rng.choice(("{}.", "（{}）", "{}、"))
    edits = []
    for n, line in enumerate(spread(page.section_ends, MOST_BOXES, rng), 1):
        caption, names = BOXES[(n - 1) % len(BOXES)]
        items = [f"{form.format(i)}{name}。{rng.choice(BOX_TEXTS)}" for i, name in enumerate(names, 1)]
        edits.append(below(line, (f"专栏{n} {caption}", *items)))
    return edits


@damage("insert")
def table_notes(page: Page, rng: random.Random) -> list[Edit]:
    """Numbered notes under a table: 注：1.… 2.…, under a small table of ours where the text has none."""
    runs = [list(run) for fixed, run in groupby(page.body, key=lambda line: line.fixed) if fixed]
    tables = [run[-1] for run in runs if not (_NOTE.search(page.words(run[-1])) or _BOX.search(page.words(run[0])))]
    note = rng.choice(NOTES)
    if tables:
        return [below(rng.choice(tables), (note,))]
    return [below(line, (*TABLE, note)) for line in spread(page.paragraphs, 1, rng)]


@damage("insert")
def quoted_lists(page: Page, rng: random.Random) -> list[Edit]:
    """A numbered list in quotation marks, on lines of its own or within a line."""
    lines = [f"{n}.{words}" for n, words in enumerate(QUOTED, 1)]
    within = "；".join(f"{n}.{words}" for n, words in enumerate(QUOTED_INLINE.split("；"), 1))
    own = ("云川市的倡议书这样写道：", f"“{lines[0]}", *lines[1:-1], f"{lines[-1]}”")
    words = rng.choice((own, (f"青杨渡县的“三不”约定写道：“{within}。”",)))
    return [below(line, words) for line in spread(page.paragraphs, 1, rng)]


@damage("insert")
def attachments(page: Page, rng: random.Random) -> list[Edit]:
    """A numbered list of attachments at the end of the text."""
    if not page.paragraphs or re.search(r"附件?\s*[0-9]?\s*[:：]", page.text):
        return []
    indent = rng.choice(("", "      ", "\u3000\u3000\u3000"))
    first, *others = ATTACHED
    words = [f"附件：1.{first}", *(f"{indent}{n}.{name}" for n, name in enumerate(others, 2))]
    return [below(page.paragraphs[-1], words)]


@damage("insert")
def notice_before(page: Page, rng: random.Random) -> list[Edit]:
    """A notice that sends the plan out, before it."""
    title = page.words(page.lines[0])
    front = page.text[: page.body[0].start]
    if "通知" in front or "印发" in front or not _TITLE.fullmatch(title):
        return []
    words = (
        f"关于印发《{title}》的通知", "云政办发〔2020〕8号", "各乡镇人民政府，市政府各部门：",
        f"《{title}》已经市人民政府同意，现印发给你们，请结合实际认真贯彻执行。", *NOTICE_END,
    )  # fmt: skip
    return [(0, 0, "\n".join(words) + "\n")]


@damage("insert", drops_gold=True)
def chapter_lost(page: Page, rng: random.Random) -> list[Edit]:
    """The heading of one chapter in the middle is lost, and gold loses its row."""
    chapters = [one for one in page.headings if one.level == 1 and one.number_raw]
    bare = {line.heading: line for line in page.lines if line.bare and not line.fixed}
    fit = [one for one in chapters[1:-1] if one in bare]
    if not fit:
        return []
    line = bare[rng.choice(fit)]
    return [(line.start, line.end + 1, "")]


PAGES = (page_numbers, running_heads, glued_page_numbers, printed_pages)
INSERTIONS = (
    _contents("contents_bare", "A table of contents without leaders and page numbers.", _bare),
    _contents("contents_leaders", "A table of contents with leaders and page numbers.", _leaders),
    _contents("contents_glued", "A table of contents on one line: 一、总体要求1二、…", _glued),
    _contents("contents_two_up", "A table of contents with two entries a line.", _two_up),
    _contents("contents_odd_pages", "A table of contents with -6-, bare or lost page numbers.", _pages_odd),
    boxes,
    table_notes,
    quoted_lists,
    attachments,
    notice_before,
    chapter_lost,
)
