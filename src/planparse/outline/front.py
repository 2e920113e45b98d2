"""The front of a document: the notice that sends the plan out, the plan's own title, and where its text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from planparse.data.words import worded
from planparse.language.regions import leading_region, region_of_title
from planparse.language.shapes import find_marker
from planparse.language.shapes.lines import (
    MAX_TITLE,
    annex_caption,
    is_aside,
    is_date,
    is_doc_number,
    is_lead_in,
    is_organ,
    is_period,
    reads_as_title,
    signs,
    unquoted,
    without_number,
)
from planparse.language.tidy import fold, tidy
from planparse.language.time import YEAR
from planparse.model.document import Paragraph
from planparse.model.source import TABLE_START

# 关于印发《甲规划》的通知 → name "甲规划"
_SENT_OUT = worded(r"(?:关于)?<issuing>(?:实施)?[《“〈]?(?P<name>.{4,120}?)[》〉]?(?:（[^（）]{1,20}）)?的(?:<notices>|批复)")
_SENDING = worded(r"<issuing>")
_SENDS_ANOTHER = worded(r"关于<issuing>")
_NAMED_IN_NOTICE = worded(r"《(?P<name>[^《》]{4,60}(?:〈[^〈〉]{1,30}〉[^《》]{0,40})?)》(?:（[^（）]{1,20}）)?\s*(?:已经?|业经|已由|现予?|经|<issuing>|已于|予以)")
# 新华社电 …印发了《甲意见》，… / 某委印发《甲预案》
_ANNOUNCED = worded(r"(?:<issuing>|发表)了?《(?P<name>[^《》]{4,80})》(?!的|和|、)")
# 关于公开征求《甲规划》意见的公告, 起草了《甲规划》，现向社会公开征求意见, 关于甲规划公开征求意见的公告
_LETS_COMMENT = re.compile(
    r"征[求集][^《》。]{0,10}《(?P<name>[^《》]{4,80})》|《(?P<before>[^《》]{4,80})》[^《》。]{0,30}征[求集]|关于(?:公开)?(?:征[求集])?(?P<bare>[^《》。]{6,60}?)(?:公开征[求集])?意见的"
)
_ABOUT_FORM = r"的<said_about>(?:[（(][^（）()]{1,24}[）)]){0,2}$"
_ABOUT_END = worded(_ABOUT_FORM)
# A line of a title that breaks off: 关于分解落实某年工作报告 ⏎ 主要任务的通知
_ABOUT = worded(rf"^[\u4e00-\u9fff]{{0,24}}关于(?!.*{_ABOUT_FORM})")
# What a page asks about a plan: 《甲方案》具体包括哪些内容？
_ASKED = re.compile(r"^(?:问题?[:：])?《(?P<name>[^《》]{4,80})》[^《》。]{0,60}[？?]$")
# Titles of what is whole by itself: no title below it, of a chapter or an attachment, takes its place
_WHOLE = worded(r"^(?:(?!关于|《).)*政府工作报告$|关于<founding>[^《》]{2,60}的通知$")
_SITE = re.compile(r"(?:网站|门户|官网)$")
_PAGES = re.compile(r"^\d{1,3}\s?(?=[\u4e00-\u9fff])")
# 新华社某地2月21日电关于…, 某县渔业局2022年3月5日甲办法: what a title follows on its line
_WIRED = worded(r"^(?:新华社[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电|[\u4e00-\u9fff]{2,20}<organs>20\d\d年\d{1,2}月\d{1,2}日(?=[\u4e00-\u9fff“《]{6}))")
_SENDER_END = worded(r"(?:<notices>|通告|批复|请示|令)$")
_NOTICE_END = re.compile(r"^.{0,6}的?通知$")
_ATTACHED = re.compile(r"^附\s?件?\s?[\d一二三四五六七八九十]{0,3}\s?[:：]\s?(?=.{4})")
# 某县人民政府办公室印发关于鼓励…的政策措施
_SENDS_ITSELF = worded(r"^[\u4e00-\u9fff]{2,30}<organs>印发(?=关于[^《》]{6,80}$)")
_MODEL = worded(r"<models>$")
_ANGLES = str.maketrans("〈〉<>", "《》《》")
_ADDRESS = re.compile(r"[：:]$")
# No line of a title names or addresses anybody, or bears a number or a time: 禾政发〔2021〕3号 签发人：张某, 2021年3月5日 18:42, 第12期, 来源：某网
_NO_PART = re.compile(r"[：:]$|^[^：:“《]{1,6}[：:]|签发人|\d[：:]\d|[〔\[](?:19|20)\d\d[〕\]]|\d{6}|\d月\d{1,2}日|^第\d{1,4}期$|^[\d\W]+$")
_SENTENCE = re.compile(r"[。；！？]")
# What a reposter counts or dates a title by: 20210530：甲方案, 2021-05-30 甲方案, 篇1：甲方案, 【篇一】甲方案
_REPOSTED = re.compile(r"^(?:20\d\d(?:[01]\d[0-3]\d|-\d{1,2}-\d{1,2})[:：]?(?=[\u4e00-\u9fff“《])|[【\[]?第?篇[\d一二三四五六七八九十]{1,3}(?:[:：]|[】\]][:：]?))")
_REPOSTED_YEAR = re.compile(r"^(?:19|20)\d\d年(?=.{2,60}(?:十[一二三四五六]五|第十[一二三四五六]个五年))")
SAME = 0.9
LEAST_SHARED = 0.8
"""A wording without so many of a name's characters cannot be so alike."""
SHORT = 4
"""A line that holds no more than the last word of a title: 发展规划."""


@dataclass(frozen=True, slots=True)
class Front:
    """How the lines before the first chapter fall: ``body`` is the index of the first line of the plan's own text."""

    title: str | None
    first: int
    """Index of the title's first line (equal to ``body`` where no line is the title)."""
    body: int


def strip_notice(title: str) -> str:
    """关于印发《甲规划》的通知 → 甲规划; a title without a notice is left as it is."""
    match = _sent_out(title)
    return own_title(_sent_name(match)) if match else own_title(_SENDS_ITSELF.sub("", title) if not _ABOUT_END.search(title) else title)


def _sent_out(text: str) -> re.Match[str] | None:
    """The innermost 关于印发…的通知 of a text: 发布通知 ⏎ 某厅关于印发《甲计划》的通知 sends out 甲计划."""
    match = _SENT_OUT.search(text) if _SENDING.search(text) else None
    while match and _SENDS_ANOTHER.search(match["name"]):
        match = _SENT_OUT.search(text, match.start("name"))
    return match


def _sent_name(match: re.Match[str]) -> str:
    """What a notice sends out, by its whole name: 转发某厅关于《甲规划》的通知 sends out 某厅关于《甲规划》."""
    name = match["name"]
    return f"{name}》" if name.count("《") > name.count("》") else name


def own_title(title: str) -> str:
    """A title as it stands on the title page: quotes around the whole, a number of pages and a reposter's year in front dropped, nested 〈〉 as 《》."""
    title = _REPOSTED.sub("", _ATTACHED.sub("", tidy(title).replace(" ", "").strip("|。")))
    title = without_number(_WIRED.sub("", title)).strip("|。：:")
    if (pages := _PAGES.match(title)) and leading_region(title[pages.end() :]):
        title = title[pages.end() :]
    title = _MODEL.sub("", unquoted(title).translate(_ANGLES))
    return _REPOSTED_YEAR.sub("", title)


def read_front(lines: list[Paragraph], declared: str | None) -> Front:
    """Find the title among the lines before the first chapter. ``declared`` is what the page's metadata call it."""
    texts = [without_number(tidy(p.text).strip("|")) for p in lines]
    if len(texts) > 1 and _REPORTED.match(texts[1]) and len(texts[0]) <= MAX_TITLE and not any(map(_FOLLOWS.search, texts)):
        return Front(own_title(texts[0]), 0, 1)
    names = _names(texts, None if declared and _SITE.search(declared) else declared)
    best: tuple[float, int, int, str] | None = None
    titles = [len(text) <= MAX_TITLE and not _SENTENCE.search(text) and not text.startswith(TABLE_START) and not find_marker(text) for text in texts]
    for name in names:
        found = _find_lines(texts, titles, name)
        if found and (best is None or found[0] > best[0] + 0.02 or (found[0] >= best[0] and len(found[3]) > len(best[3]))):
            best = found
    if best:
        _, first, last, wording = best
        return Front(own_title(wording), first, _after(texts, last))
    if declared and (n := _closed_by(texts, declared)) is not None:
        return Front(own_title(declared), n, _after(texts, n))
    lone = _lone_title(texts)
    if lone:
        first, last = lone
        if (body := _after_notice(texts)) > last and (sent := _sent_out("".join(texts[first : last + 1]))):
            return Front(own_title(_sent_name(sent)), body, body)  # the plan stands below its notice without a title of its own
        return Front(strip_notice(own_title("".join(texts[first : last + 1]))), first, _after(texts, last))
    told = next((n for n, text in enumerate(texts) if names and len(text) <= MAX_TITLE and text.endswith(f"印发《{names[0]}》")), None)
    if told is not None:
        return Front(own_title(names[0]), told, _after(texts, told))
    if not names and texts and _says_whose(texts[0]):
        return Front(own_title(texts[0]), 0, _after(texts, 0))
    title = strip_notice(names[0]) if names else None
    body = _after_notice(texts) if names else 0
    return Front(title, body, body)


def _says_whose(line: str) -> bool:
    """Whether a first line is a title, whatever word it ends with: it says whose it is or of which year, and nothing else (禾阳县2023年民生实事)."""
    if not LEAST_NAME <= len(line) <= MAX_TITLE // 2 or _NO_TITLE.search(line) or line.startswith(TABLE_START) or find_marker(line):
        return False
    return not (is_organ(line) or is_date(line) or is_doc_number(line)) and bool(region_of_title(line) or _OF_YEAR.search(line))


_NO_TITLE = re.compile(r"[。；！？：:，,>|\t]|月\d{1,2}日|(?:网站?|门户|官网|公报|日报|文件|新闻|年|期)$")
_OF_YEAR = re.compile(rf"{YEAR}年|“?十[一二三四五六]五”?")


def _names(texts: list[str], declared: str | None) -> list[str]:
    """What the notice, the metadata and the heading of the page call the plan, the notice first."""
    joined = "".join(t for t in texts[:12] if len(t) <= MAX_TITLE and not _SENTENCE.search(t))
    names = []
    for text in (*texts[:30], joined, declared or ""):
        if match := _ASKED.match(text):
            names.append(match["name"])
        if match := _NAMED_IN_NOTICE.search(text):
            names.append(match["name"])
        if (match := _sent_out(text)) and not _refers(text, match.start()):
            names.append(unquoted(_sent_name(match)))
        elif match := _ANNOUNCED.search(text):
            names.append(match["name"])
    if declared and not _SENT_OUT.search(declared):
        names.append(declared)
    return [name for name in dict.fromkeys(names) if not is_lead_in(name)]


def _refers(text: str, at: int) -> bool:
    """Whether a place stands inside a title that a sentence refers to: 根据《甲关于印发乙方案的通知》，…"""
    opened = text.rfind("《", 0, at)
    return opened > 0 and opened > text.rfind("》", 0, at)


def names_sent_out(lines: list[str]) -> list[str]:
    """What notices among the lines send out, by name."""
    sending = [line for line in lines if _SENDING.search(line)]
    found = [name for line in sending for name in _names([tidy(line)], None)]
    found += [name for line in sending for name in re.findall(r"《([^《》]{4,80})》(?=《|、|和|已|经|印发|，现)", line)]
    return list(dict.fromkeys(found))


def names_to_comment(lines: list[str]) -> list[str]:
    """What calls for comments among the lines let comment on, by name."""
    found = (match for line in lines if "征" in line for match in _LETS_COMMENT.finditer(tidy(line)))
    return list(dict.fromkeys(match["name"] or match["before"] or match["bare"] for match in found))


def notice_title(lines: list[str]) -> str | None:
    """The title of a notice by itself, on one line or two: 关于印发甲方案的通知."""
    texts = [tidy(line) for line in lines]
    whole = (text for pair in zip(texts, [*(a + b for a, b in pairwise(texts)), ""], strict=True) for text in pair)
    return next((text for text in whole if len(text) <= MAX_TITLE and _SENT_OUT.search(text) and _ABOUT_END.search(text) and not _SENTENCE.search(text)), None)


def _find_lines(texts: list[str], titles: list[bool], name: str) -> tuple[float, int, int, str] | None:
    """The last one to four lines that together are the name: (score, first, last, wording). ``titles``: which lines may be of one."""
    want = fold(own_title(name))
    alike = SequenceMatcher(None, "", want, autojunk=False)
    best: tuple[float, int, int, str] | None = None
    for first in range(len(texts) - 1, -1, -1):
        wording = ""
        for last in range(first, min(first + 4, len(texts))):
            if not titles[last]:
                break
            wording += texts[last]
            if sum(map(wording.__contains__, want)) < LEAST_SHARED * len(want):
                continue
            got = fold(own_title(wording))
            if len(got) > len(want) + 12:
                break
            alike.set_seq1(got)
            if abs(len(got) - len(want)) > 8 or wording.count("《") > wording.count("》") or alike.quick_ratio() < SAME:  # it is never below the ratio
                continue
            score = alike.ratio()
            if score >= SAME and (best is None or score > best[0] + 0.02):
                best = (score, first, last, wording)
    return best


def _closed_by(texts: list[str], declared: str) -> int | None:
    """The line that the page's own name for its text closes, behind the columns of a site: 首页 政务 甲方案."""
    name = fold(declared)
    if len(name) < LEAST_NAME or strip_notice(declared) != own_title(declared):
        return None
    return next((n for n, text in enumerate(texts) if len(text) <= MAX_TITLE and fold(text).endswith(name)), None)


LEAST_NAME = 8


def _lone_title(texts: list[str]) -> tuple[int, int] | None:
    """The last line that reads as a title, with the lines above that it goes on from; one that is whole by itself before all others."""
    whole_ones = {text for n, text in enumerate(texts) if _WHOLE.search(text) or (n and _ABOUT.match(texts[n - 1]) and _WHOLE.search(texts[n - 1] + text))}
    before_all = sorted((n for n, text in enumerate(texts) if text in whole_ones), key=lambda n: (texts.index(texts[n]), -n))  # of one that is repeated the last
    head = next((n for n, text in enumerate(texts) if "。" in text), len(texts))
    sends = any(_SENDER_END.search(text) for text in texts[:head])
    last_at = {fold(text): n for n, text in enumerate(texts)}
    own = [] if sends else [last_at[fold(text)] for text in reversed(texts[:head])]  # below what sends nothing out, other titles are only named
    for last in (*before_all, *own, *range(len(texts) - 1, -1, -1)):
        whole = texts[last] if len(texts[last]) > SHORT or not last or _SENTENCE.search(texts[last - 1]) else texts[last - 1] + texts[last]
        if not reads_as_title(whole) or _ADDRESS.search(texts[last]) or find_marker(texts[last]) is not None or (_SENT_OUT.search(texts[last]) and last < len(texts) - 1 and any(reads_as_title(t) for t in texts[last + 1 :])):
            continue
        first = last
        while first > 0 and last - first < 3:
            begins = _ABOUT.match(texts[first - 1]) is not None and _ABOUT_END.search("".join(texts[first : last + 1])) is not None
            if not (begins and len(texts[first - 1]) <= 40) and not _goes_on(texts[first - 1], texts[first]):
                break
            first -= 1
        return first, last
    return None


def _goes_on(line: str, following: str) -> bool:
    """Whether a title line is the beginning of the one below it."""
    if not 3 <= len(line) <= 40 or is_aside(line) or _SENTENCE.search(line) or _NO_PART.search(line) or is_doc_number(line) or is_date(line):
        return False
    if _NOTICE_END.match(following) or (is_aside(following) and reads_as_title(line)):
        return True
    if following.startswith(("和", "暨", "及")) and reads_as_title(following):
        return True
    if is_organ(line) and (is_organ(following) or _SIGNED_TITLE.match(following)):
        return True
    if reads_as_title(line) or ((above := annex_caption(line)) and not above.title) or (signs(line) and not _has_signer(following)):
        return False
    return line.endswith(("关于", "的", "和", "、", "与")) or len(following) < 16 or following.startswith(("“", "关于", "第", "《"))


_SIGNED = worded(r"[（(][^（）()，。：]{3,40}20\d\d年\d{1,2}月\d{1,2}日[）)]$|[\u4e00-\u9fff]{3,28}<organs>[ \u3000]{0,20}20\d\d年\d{1,2}月(?:\d{1,2}日)?$")
"""（禾阳县人民政府 2022年11月3日）, （禾政发〔2022〕3号 2022年11月3日）, 禾阳县渔业局 2022年11月, below a title."""


def _has_signer(title: str) -> bool:
    """Whether a title is one that the name of its body stands above: 关于…, 工作要点, 2023年重点工作责任分解."""
    return len(title) <= 12 or title.startswith("关于") or (_OF_YEAR.match(title) is not None and region_of_title(title) is None)


_SIGNED_TITLE = worded(r"[\u4e00-\u9fff]{2,20}<organs>关于")
"""某县水利局关于…: the last of several bodies, each on a line of its own, before what they decide."""


def _after(texts: list[str], last: int) -> int:
    """The first line of the text after the title: its period, date and issuer lines are passed over."""
    n = last + 1
    while n < len(texts) and n <= last + 6 and (is_date(texts[n]) or is_period(texts[n]) or is_doc_number(texts[n]) or is_organ(texts[n]) or is_aside(texts[n]) or _SIGNED.match(texts[n])):
        n += 1
    return n


def _after_notice(texts: list[str]) -> int:
    for n in range(len(texts) - 1, -1, -1):
        if is_date(texts[n]) or _FOLLOWS.search(texts[n]):
            return n + 1
    return 0


_REPORTED = re.compile(r"本报讯|本[报网台].{0,12}(?:记者|通讯员)|[（(]?(?:记者|通讯员)\s?[\u4e00-\u9fff]{2,4}[）)]")
"""What a report of a plan begins with below its headline."""
_FOLLOWS = re.compile(r"(?:全文|详情|原文|正文)(?:内容)?(?:如下|：|:)[。：:]?$")
"""What a report of a plan says before its text: 《甲方案》全文如下。"""


def period_line(texts: list[str], last: int) -> str | None:
    """A line （2021—2025年） or （试行） directly under the title, which belongs to it."""
    return texts[last + 1] if last + 1 < len(texts) and (is_period(texts[last + 1]) or _STATE.fullmatch(texts[last + 1])) else None


_STATE = worded(r"[（(]<drafts>[）)]")
