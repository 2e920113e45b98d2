"""The front of a document: the notice that sends the plan out, the plan's own title, and where its text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from planparse.language.markers import find_marker
from planparse.language.tidy import tidy
from planparse.model.document import Paragraph
from planparse.model.source import TABLE_START

PLAN_NOUNS = (
    "规划纲要|专项规划|总体规划|发展规划|规划|纲要|行动计划|工作计划|计划|行动方案|实施方案|工作方案|分工方案|试点方案|建设方案|方案|工作要点|要点|工作安排|安排"
    "|实施意见|指导意见|若干意见|意见|应急预案|预案|若干措施|政策措施|措施|实施细则|细则|管理办法|办法|规定|任务清单|重点任务|责任清单|措施清单|工作清单|清单"
    "|任务分解|工作报告|报告|决定|通知|公告|行动|指南|通告|任务|建议|意见稿|说明|责任分工|责任分解|分工|分解表|分工表|政策解读|解读|工作打算|工作思路|工作总结|路线图|计画"
)
# 关于印发《甲规划》的通知 → name "甲规划"
_SENT_OUT = re.compile(r"(?:关于)?(?:印发|转发|发布|下发|公布|批转)(?:实施)?(?P<quote>[《“]?)(?P<name>.{4,120}?)(?P=quote)?》?(?:（[^（）]{1,20}）)?的(?:通知|公告|函|批复)")
_SENDS_ANOTHER = re.compile(r"关于(?:印发|转发|发布|下发|批转)")
_NAMED_IN_NOTICE = re.compile(r"《(?P<name>[^《》]{4,60}(?:〈[^〈〉]{1,30}〉[^《》]{0,40})?)》(?:（[^（）]{1,20}）)?\s*(?:已经?|业经|已由|现予?|经|印发|已于|予以)")
# 新华社电 …印发了《甲意见》，… / 某委印发《甲预案》
_ANNOUNCED = re.compile(r"(?:印发|发布|公布|发表)了?《(?P<name>[^《》]{4,80})》(?!的|和|、)")
# A line of a title that breaks off: 关于分解落实某年工作报告 ⏎ 主要任务的通知
_ABOUT = re.compile(r"^[\u4e00-\u9fff]{0,24}关于(?!.*的(?:通知|意见|决定|公告|通告|批复|函|建议|报告|方案)$)")
_ABOUT_END = re.compile(r"的(?:通知|意见|实施意见|指导意见|若干意见|决定|公告|通告|批复|函|建议|报告|方案|规定|措施|若干措施)(?:[（(][^（）()]{1,24}[）)]){0,2}$")
_NOTICE_END = re.compile(r"^.{0,6}的?通知$")
_ATTACHED = re.compile(r"^附\s?件?\s?[\d一二三四五六七八九十]{0,3}\s?[:：]\s?(?=.{4})")
_MODEL = re.compile(r"(?:范文|模板|范本)$")
_ANGLES = str.maketrans("〈〉<>", "《》《》")
_TITLE_END = re.compile(rf"(?:{PLAN_NOUNS})(?:范文|模板|范本)?(?:[（(][^（）()]{{1,24}}[）)]){{0,2}}$")
_DOC_NUMBER = re.compile(r"^[（(]?[\u4e00-\u9fffA-Za-z]{1,14}[〔\[（(【]?(?:19|20)\d\d[〕\]）)】]?\s?第?\s?\d{1,5}\s?号[）)]?$")
_ORGAN = re.compile(r"^(?!.*[，。：；])[\u4e00-\u9fff（）()、 ]{4,36}(?:人民政府|办公[厅室]|办事处|委员会|[局厅委部院署])$")
_DATE = re.compile(r"^[（(]?(?:二[〇○零O0]|19|20)[\d〇○零一二三四五六七八九]{2}年(?:.{1,3}月(?:.{1,3}日)?)?(?:印发|发布)?[）)]?[?？]{0,20}$|^20\d\d \d{1,2} \d{1,2}$")
_PERIOD = re.compile(r"^[（(]\s?(?:19|20)\d\d\s?年?\s?[—\-–~～至－一]{1,2}\s?(?:19|20)\d\d\s?年?\s?[）)]$")
_ADDRESS = re.compile(r"[：:]$")
_SENTENCE = re.compile(r"[。；！？]")
_REPOSTED_YEAR = re.compile(r"^(?:19|20)\d\d年(?=.{2,60}(?:十[一二三四五六]五|第十[一二三四五六]个五年))")
MAX_TITLE = 90
SAME = 0.9


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
    return own_title(match["name"]) if match else own_title(title)


def _sent_out(text: str) -> re.Match[str] | None:
    """The innermost 关于印发…的通知 of a text: 发布通知 ⏎ 某厅关于印发《甲计划》的通知 sends out 甲计划."""
    match = _SENT_OUT.search(text)
    while match and _SENDS_ANOTHER.search(match["name"]):
        match = _SENT_OUT.search(text, match.start("name"))
    return match


def own_title(title: str) -> str:
    """A title as it stands on the title page: quotes around the whole and a reposter's year in front dropped, nested 〈〉 as 《》."""
    title = _ATTACHED.sub("", tidy(title).replace(" ", "").strip("|。：:"))
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        title = title[1:-1]
    title = _MODEL.sub("", title.translate(_ANGLES))
    return _REPOSTED_YEAR.sub("", title)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def is_title(line: str) -> bool:
    """Whether a line reads as the title of a plan."""
    line = line.strip("|　 ")
    if line.startswith("《") and line.endswith("》") and line.count("《") == 1 and not _SENT_OUT.search(line):
        line = line[1:-1]
    return 5 <= len(line) <= MAX_TITLE and not _SENTENCE.search(line) and _TITLE_END.search(line) is not None


def read_front(lines: list[Paragraph], declared: str | None) -> Front:
    """Find the title among the lines before the first chapter. ``declared`` is what the page's metadata call it."""
    texts = [tidy(p.text).strip("|") for p in lines]
    names = _names(texts, declared)
    best: tuple[float, int, int, str] | None = None
    for name in names:
        found = _find_lines(texts, name)
        if found and (best is None or found[0] > best[0] + 0.02 or (found[0] >= best[0] and len(found[3]) > len(best[3]))):
            best = found
    if best:
        _, first, last, wording = best
        return Front(own_title(wording), first, _after(texts, last))
    lone = _lone_title(texts)
    if lone:
        first, last = lone
        if (body := _after_notice(texts)) > last and (sent := _sent_out("".join(texts[first : last + 1]))):
            return Front(own_title(sent["name"]), body, body)  # the plan stands below its notice without a title of its own
        return Front(strip_notice(own_title("".join(texts[first : last + 1]))), first, _after(texts, last))
    title = strip_notice(names[0]) if names else None
    body = _after_notice(texts) if names else 0
    return Front(title, body, body)


def _names(texts: list[str], declared: str | None) -> list[str]:
    """What the notice, the metadata and the heading of the page call the plan, the notice first."""
    joined = "".join(t for t in texts[:12] if len(t) <= MAX_TITLE and not _SENTENCE.search(t))
    names = []
    for text in (*texts[:30], joined, declared or ""):
        if match := _NAMED_IN_NOTICE.search(text):
            names.append(match["name"])
        if (match := _sent_out(text)) and not _refers(text, match.start()):
            names.append(match["name"].strip("《》"))
        elif match := _ANNOUNCED.search(text):
            names.append(match["name"])
    if declared and not _SENT_OUT.search(declared):
        names.append(declared)
    return list(dict.fromkeys(names))


def _refers(text: str, at: int) -> bool:
    """Whether a place stands inside a title that a sentence refers to: 根据《甲关于印发乙方案的通知》，…"""
    opened = text.rfind("《", 0, at)
    return opened > 0 and opened > text.rfind("》", 0, at)


def plan_after_notice(lines: list[Paragraph]) -> int | None:
    """Index of the line with which the plan's own title begins, where a notice with a text of its own stands before it.

    The notice sends the plan out by name; that name stands again as a title, below the date with which the notice ends.
    """
    date = next((n for n, p in enumerate(lines) if len(p.text) <= MAX_DATE and "年" in p.text and _DATE.match(tidy(p.text))), None)
    if date is None:
        return None
    head = [p.text for p in lines[: min(date, NOTICE_HEAD)] if len(p.text) <= MAX_SENT_OUT and _SENDS.search(p.text)]
    names = dict.fromkeys(name for text in head for name in _names([tidy(text)], None))
    below = [tidy(p.text).strip("|") if len(p.text) <= MAX_TITLE else "" for p in lines[date + 1 :]] if names else []
    for name in names:
        begins = _fold(own_title(name))[:3]
        for n in [n for n, text in enumerate(below) if begins in text and begins in _fold(text)[:8]][::-1]:
            if found := _find_lines(below[n : n + 4], name):
                return date + 1 + n + found[1]
    return None


_SENDS = re.compile("印发|发布|转发")
MAX_DATE = 40
MAX_SENT_OUT = 400
"""The sentence that sends a plan out is shorter."""
NOTICE_HEAD = 20


def _find_lines(texts: list[str], name: str) -> tuple[float, int, int, str] | None:
    """The last one to four lines that together are the name: (score, first, last, wording)."""
    want = _fold(own_title(name))
    best: tuple[float, int, int, str] | None = None
    for first in range(len(texts) - 1, -1, -1):
        wording = ""
        for last in range(first, min(first + 4, len(texts))):
            if len(texts[last]) > MAX_TITLE or _SENTENCE.search(texts[last]) or texts[last].startswith(TABLE_START):
                break
            wording += texts[last]
            got = _fold(own_title(wording))
            if len(got) > len(want) + 12:
                break
            score = 1.0 if got == want else SequenceMatcher(None, got, want, autojunk=False).ratio() if abs(len(got) - len(want)) <= 8 else 0
            if score >= SAME and (best is None or score > best[0] + 0.02):
                best = (score, first, last, wording)
    return best


def _lone_title(texts: list[str]) -> tuple[int, int] | None:
    """The last line that reads as a title, with the lines above that it goes on from."""
    for last in range(len(texts) - 1, -1, -1):
        if not is_title(texts[last]) or find_marker(texts[last]) is not None or (_SENT_OUT.search(texts[last]) and last < len(texts) - 1 and any(is_title(t) for t in texts[last + 1 :])):
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
    if not 3 <= len(line) <= 40 or _SENTENCE.search(line) or _ADDRESS.search(line) or _DOC_NUMBER.match(line) or _DATE.match(line):
        return False
    if _NOTICE_END.match(following):
        return True
    if _TITLE_END.search(line) or (re.search(r"(?:局|厅|委员会|政府|办公室|部|院|委)$", line) and len(following) > 12 and not following.startswith("关于")):
        return False
    return line.endswith(("关于", "的", "和", "、", "与")) or len(following) < 16 or following.startswith(("“", "关于", "第", "《"))


def _after(texts: list[str], last: int) -> int:
    """The first line of the text after the title: its period, date and issuer lines are passed over."""
    n = last + 1
    while n < len(texts) and n <= last + 6 and (_DATE.match(texts[n]) or _PERIOD.match(texts[n]) or _DOC_NUMBER.match(texts[n]) or _ORGAN.match(texts[n])):
        n += 1
    return n


def _after_notice(texts: list[str]) -> int:
    for n in range(len(texts) - 1, -1, -1):
        if _DATE.match(texts[n]) or _FOLLOWS.search(texts[n]):
            return n + 1
    return 0


_FOLLOWS = re.compile(r"(?:全文|详情|原文|正文)(?:内容)?(?:如下|：|:)[。：:]?$")
"""What a report of a plan says before its text: 《甲方案》全文如下。"""


def period_line(texts: list[str], last: int) -> str | None:
    """A line （2021—2025年） directly under the title, which belongs to it."""
    return texts[last + 1] if last + 1 < len(texts) and _PERIOD.match(texts[last + 1]) else None
