"""The document's own row: title, number, issuer, region, kind, period and dates (annotation guide, document)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from planparse.data import vocabulary
from planparse.extract.keywords import extract_keywords
from planparse.language.regions import Region, lookup, named_regions, region_of_title
from planparse.language.tidy import tidy
from planparse.language.time import five_year_period, parse_date, period_of
from planparse.model.document import Item, Outline, Paragraph
from planparse.model.findings import Code, Note
from planparse.model.options import USUAL, Thresholds
from planparse.model.records import PlanKind
from planparse.sections.titles import is_title

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}(?:[A-Za-z]{0,4})[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,5}\s?号")
_NUMBER_LINE = re.compile(rf"^[（(]?(?:文\s?号\s?[:：]\s?)?(?P<number>{_NUMBER.pattern})[）)]?$")
# …规划的通知国发〔2007〕37号各省、自治区…：the number between the title and the addressees
# 甲政发〔2021〕1号关于印发…的通知: the number before the title
_NUMBER_GLUED = re.compile(rf"(?:通知|意见|决定|公告|函)[》\s]{{0,3}}(?P<number>{_NUMBER.pattern})(?=各|$)|^(?P<before>{_NUMBER.pattern})\s?《?(?=[\u4e00-\u9fff]{{0,24}}(?:关于|印发)|各)")
_ORGAN = re.compile(
    r"^(?P<organ>(?:中共中央|国务院)(?:办公厅)?|(?:中共|中国共产党)?[\u4e00-\u9fff“”（）()]{2,40}?(?:人民政府办公[厅室]|人民政府|政府办公[厅室]|委员会办公室|委员会|领导小组办公室|领导小组|指挥部|办公[厅室]|办事处|管理处|支队|总队|[局厅部委院署会社]|集团|公司|中心))$"
)
_DATE_LINE = re.compile(r"^(?:二[〇○零O0]|19|20)[\d〇○零O一二三四五六七八九]{2}年.{1,3}月.{1,3}日[?？]{0,20}$")
_MONTH_LINE = re.compile(r"^[（(]?(?:二[〇○零O0]|19|20)[\d〇○零O一二三四五六七八九]{2}年.{1,3}月(?:.{1,3}日[?？]{0,20})?[）)]?$|^20\d\d \d{1,2} \d{1,2}$")
# 2021 12 9: a date whose marks are lost
_LOST_MARKS = re.compile(r"^(20\d\d) (\d{1,2}) (\d{1,2})$")
_SENT_BY = re.compile(r"^(?:“[^”]{2,20}”\s?)?(?P<organ>[\u4e00-\u9fff、 ]{3,60}?)(?:关于|印发|发布)")
# 某市教育局2024年工作要点: an organ's own plan of the year
_OWN_YEAR = re.compile(r"^(?P<organ>[\u4e00-\u9fff]{3,30}?(?:[局厅委部院署]|委员会|办公[厅室]|人民政府))(?=20\d\d年)")
_BASE = re.compile(r"(?:基期|基准年|基年)(?:年)?(?:为|是|定为|：)?\s?(?P<a>20\d\d)年|以(?P<b>20\d\d)年(?:为|作为)(?:规划)?(?:基期|基准年|基年)|(?P<c>20\d\d)年(?:为|是|作为)(?:规划)?(?:基期|基准年|基年)")
_PERIOD_STATED = re.compile(
    r"(?:期限|时限|期间|期|时段|年限)(?:为|是|：|至|定为)?\s?(?P<a>20\d\d)\s?年?\s?(?:[—\-–~～至－]|到){1,2}\s?(?P<b>20\d\d)\s?年?"
)
_ANNUAL = re.compile(r"(?<!\d)(?P<year>20\d\d)年度?(?!前|底|以前|远景|之前)")
_KINDS: tuple[tuple[PlanKind, re.Pattern[str]], ...] = (
    (PlanKind.ANNUAL_WORK_POINTS, re.compile(r"工作要点|重点工作安排|年(?:度)?工作(?:计划|安排|打算)|年(?:度)?.{0,20}(?:工作计划|重点任务|重点工作|任务清单|工作安排)|要点$")),
    (PlanKind.ACTION_PLAN, re.compile(r"行动(?:计划|方案)|行动(?:（.{1,20}）)?$|攻坚方案|攻坚计划")),
    (PlanKind.IMPLEMENTATION_PLAN, re.compile(r"(?:实施|工作|分工|试点|建设|改革|创建|招生|专项|整治|推进|分解|落实)(?:总体)?方案|实施计划|任务分工|分工方案|方案(?:（.{1,20}）)?$|(?:责任|任务|工作)(?:分工|分解)(?:方?案|表|清单)?$")),
)
_QUOTED = re.compile(r"(?<=.)《[^《》]{2,80}》(?=.)")
_LOST_DASH = re.compile(r"(?<!\d)(20\d\d)(20\d\d)年")
_NO_PLAN = re.compile(r"(?:意见|预案|办法|规定|条例|细则|决定|通告|解读|工作报告)(?:（.{1,20}）)?$")
_FIVE = re.compile(r"(?:十[一二三四五六]五|第?(?:九|十[一二三四五六]?)个?五|五年)")
_LOCAL = re.compile(r"(?:本|我|全)(?P<level>[省市县区州])(?![域场])")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|市|县|区|州|旗)")


_DELIVERED = re.compile(r"(?P<year>20\d\d)年\d{1,2}月\d{1,2}日\s?在(?P<where>[^，。\s]{2,16}?)第[^，。\s]{1,8}届[^，。\s]{0,8}(?:人民代表大会|人大)")
"""Where and when a government reported: 2024年1月9日在某县第十八届人民代表大会第三次会议上."""
DELIVERED_WITHIN = 600


def extract_document(outline: Outline, notes: list[Note], thresholds: Thresholds = USUAL) -> dict[str, Any]:
    """Columns of ``documents`` that come from the text and the page; what fails its grammar is null and noted."""
    meta = outline.clean.metadata
    front = [tidy(p.text).strip("|") for p in outline.front]
    body = outline.clean.text.text[outline.start : outline.end]
    title = outline.title
    first = outline.part == 1
    issuer = _issuer(outline, front, meta.get("issuer") if first else None)
    region = _region(title or "", front, meta, issuer, body)
    start, end = _period(title or "", body)
    if title and title.endswith("工作报告") and (told := _DELIVERED.search(body, 0, DELIVERED_WITHIN)):
        region = region or region_of_title(told["where"])
        start, end = (start, end) if start else (int(told["year"]), int(told["year"]))
    return {
        "title": title,
        "doc_number": _doc_number(front, meta.get("doc_number") if first else None, notes),
        "index_number": meta.get("index_number") if first else None,
        "issuer": issuer,
        "region": region.name if region else None,
        "region_level": _region_level(region, body, front) if region else _national(issuer, title, front, body),
        "region_code": region.code if region else None,
        "domain": _domain(title or "", outline),
        "plan_kind": _plan_kind(title or "", start, end),
        "period_start": start,
        "period_end": end,
        "base_year": _base_year(body),
        "issued_date": _issued(outline, front, meta.get("issued_date") if first else None),
        "published_date": _published(front, outline.preamble, meta.get("published_date") if first else None),
        "keywords": extract_keywords(outline, thresholds.keywords),
        "script": meta.get("script", "hans"),
    }


def _doc_number(front: list[str], declared: str | None, notes: list[Note]) -> str | None:
    if declared:
        match = _NUMBER.search(declared)
        if match:
            return match[0].replace(" ", "")
        if any(c.isdigit() for c in declared):
            notes.append(Note(Code.METADATA_INVALID, f"The page gives “{declared[:40]}” as document number, which has not the form of one."))
    for line in front:
        if match := _NUMBER_LINE.match(line):
            return match["number"].replace(" ", "")
        if match := _NUMBER_GLUED.search(line):
            return str(match["number"] or match["before"]).replace(" ", "")
    return None


def _signers(lines: list[str]) -> list[str]:
    """Organs that sign: the lines directly above a date line. The lines come with their blanks, which part names."""
    for n, line in enumerate(lines):
        if len(line) <= MAX_DATE and _MONTH_LINE.match(tidy(line)):
            signers: list[str] = []
            m = n - 1
            while m >= 0 and len(lines[m]) <= 60:
                names = [o["organ"] for part in _organ_names(lines[m]) if (o := _ORGAN.match(part))]
                if not names:
                    break
                signers = names + signers
                m -= 1
            if signers:
                return signers
    return []


MAX_DATE = 40


def _organ_names(line: str) -> list[str]:
    """The names on a signature line, as worded with its blanks; two set side by side without one are told by their common beginning."""
    apart = line.split()
    if len(apart) > 1 and all(len(name) >= 3 and _ORGAN.match(name) for name in apart):
        return apart
    line = tidy(line)
    parts = [p for p in re.split(r"\s+|、|(?<=中共中央)(?=国务院)|(?<=中共中央办公厅)(?=国务院)|(?<=[省市县区州]委)(?=[\u4e00-\u9fff]{2,8}人民政府)", line) if p]
    if len(parts) == 1 and line.find(line[:3], 4) > 0:
        return re.split(rf"(?<=[会局部厅院室府委署办])(?=(?:中共)?{re.escape(line[:3])})", line)
    return parts


def _issuer(outline: Outline, front: list[str], declared: str | None) -> str | None:
    signers = _signers([p.text.strip("| ") for p in outline.front]) or _signers([p.text.strip() for p in outline.back])
    if signers:
        return declared if declared in signers else signers[0]
    titled = [line for n, line in enumerate(front) if n and _ORGAN.match(line) and (is_title(front[n - 1]) or _ORGAN.match(front[n - 1]))]
    if titled:
        return _organ_names(titled[0])[0]
    if declared and (_ORGAN.match(declared) or region_of_title(declared)):
        return declared
    worded = [p.text.strip("| ") for p in outline.front[:6]]
    for n, line in enumerate((*worded, outline.title or "")):
        match = _SENT_BY.match(line) or (_OWN_YEAR.match(line) if n == len(worded) else None)
        named = match["organ"] if match else line if n + 1 < len(front) and front[n + 1].startswith("关于") else ""
        organ = _organ_names(named)[0] if named else ""
        if _ORGAN.match(organ):
            return organ
    return None


def _region(title: str, front: list[str], meta: Any, issuer: str | None, body: str) -> Region | None:
    region = region_of_title(title)
    if region:
        return region
    for source in (issuer or "", meta.get("issuer", ""), *front[:4]):
        if source and (found := region_of_title(source)):
            return found
    if (suited := _SUITED.search(body, 0, HEAD)) and (found := lookup(suited["name"])):
        return found
    if not _LOCAL.search(title + body[:6000]):
        return None
    return _of_body(title, body)


_SUITED = re.compile(r"结合(?P<name>[\u4e00-\u9fff]{2,10}?)(?:的)?实际")
"""Whose circumstances a plan is suited to: 结合某区实际."""


HEAD = 8_000
"""A text names its own region in its first pages more often than any other."""


def _of_body(title: str, body: str) -> Region | None:
    """Where the title says only 本市 or 区: the region of that level that the text names most."""
    level = _LOCAL.search(title + body[:6000])
    counts = {name: n for name, n in named_regions(body[:HEAD]).items() if name[-1] in "省市县区州旗" and len(name) >= 3}
    if level:
        counts = {name: n for name, n in counts.items() if name[-1] == level["level"]} or counts
    if not counts or max(counts.values()) < 2:
        return None
    return lookup(max(counts, key=lambda name: (counts[name], name)))


def _national(issuer: str | None, title: str | None, front: list[str], body: str) -> str | None:
    """A plan that names no region is the state's where it says so, goes to all provinces, or nowhere speaks of 本市, 我省 and the like."""
    if re.search(r"国务院|中共中央|国家|全国|各省、自治区", f"{issuer or ''}{title or ''}{''.join(front)}") or not _LOCAL.search(body[:6000]):
        return "national"
    return None


def _region_level(region: Region, body: str, front: list[str]) -> str | None:
    """Of a place that the table lacks, a 市 is a prefecture where it has counties or districts below it."""
    if region.level or not region.name.endswith("市"):
        return region.level
    text = "".join(front[:6]) + body[:12_000]
    below = len(re.findall(r"各(?:县|区|县区|区县|县市区|县（市、区）|县（市、区）|区（县|市县|县市)|县（市|县（区|区（县|县（市、区）", text))
    return "prefecture" if below else "county" if re.search(r"各(?:镇|乡镇|乡|镇街|街道|镇（)|镇（街道）", text) else "prefecture"


def _period(title: str, body: str) -> tuple[int | None, int | None]:
    explicit = re.search(r"20\d\d\s?年?\s?[—\-–~～至－]{1,2}\s?20\d\d", title)
    if explicit and (period := period_of(title)):
        return period
    stated = _PERIOD_STATED.search(body)
    if stated and int(stated["a"]) < int(stated["b"]) <= int(stated["a"]) + 20:
        return int(stated["a"]), int(stated["b"])
    if (lost := _LOST_DASH.search(title)) and int(lost[1]) < int(lost[2]) <= int(lost[1]) + 15:
        return int(lost[1]), int(lost[2])
    if period := period_of(title):
        return period
    numbered = re.search(r"第(十[一二三四五六七八九]?)个五年", title)
    if numbered and (period := five_year_period(f"{numbered[1]}五")):
        return period
    annual = _ANNUAL.search(title)
    if annual:
        return int(annual["year"]), int(annual["year"])
    return None, None


def _plan_kind(title: str, start: int | None, end: int | None) -> PlanKind:
    title = _QUOTED.sub("", title) or title  # 贯彻《甲行动计划》实施方案 is no action plan
    if re.search(r"规划(?:纲要)?(?:（.{1,20}）)?$|规划纲要|纲要(?:（.{1,20}）)?$", title) and not re.search(r"实施(?:方案|意见)|行动", title):
        five = _FIVE.search(title) or (start is not None and end is not None and end - start in (4, 5))
        return PlanKind.FIVE_YEAR_PLAN if five else PlanKind.OTHER
    if _NO_PLAN.search(title):
        return PlanKind.OTHER
    if re.search(r"方案(?:（.{1,20}）)?$", title):
        action = _KINDS[1][1].search(title)
        return PlanKind.ACTION_PLAN if action else PlanKind.IMPLEMENTATION_PLAN
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return kind
    return PlanKind.NOTICE if title.endswith("通知") else PlanKind.OTHER


def _base_year(body: str) -> int | None:
    match = _BASE.search(body) if any(word in body for word in ("基期", "基准年", "基年")) else None
    return int(match["a"] or match["b"] or match["c"]) if match else None


def _issued(outline: Outline, front: list[str], declared: str | None) -> Any:
    if declared and (day := parse_date(declared)):
        return day
    back = [tidy(p.text) for p in outline.back]
    for n, line in enumerate(front):
        if _DATE_LINE.match(line) and not _under_title(front, n) and (day := parse_date(line)):
            return day
    for line in front:  # （2021年3月1日） under the title of an opinion
        if line.startswith(("（", "(")) and _DATE_LINE.match(line.strip("（）()")) and (day := parse_date(line)):
            return day
    for lost in filter(None, map(_LOST_MARKS.match, (*front, *back))):
        if day := parse_date("-".join(lost.groups())):
            return day
    for line in back:
        if _DATE_LINE.match(line) and (day := parse_date(line)):
            return day
    for line in (*front, *back):
        if "印发" in line and len(line) < 80 and (day := parse_date(line)):
            return day
    return None


def _under_title(front: list[str], n: int) -> bool:
    """A date on the line below a title is the page's, not a signature's."""
    return n > 0 and is_title(front[n - 1])


def _published(front: list[str], preamble: Sequence[Item], declared: str | None) -> Any:
    if declared:
        return parse_date(declared)
    for n, line in enumerate(front):
        if _DATE_LINE.match(line) and _under_title(front, n):
            return parse_date(line)
    head = [*front[:STAMPED], *(tidy(item.text) for item in preamble[:STAMPED] if isinstance(item, Paragraph))]
    stamped = next((m for line in head if (m := _STAMP.match(line))), None)
    return parse_date(stamped[0]) if stamped else None


STAMPED = 8
_STAMP = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s{0,4}\d{1,2}:\d\d(?::\d\d)?)?(?![\d/.-])(?=\s|$|[\u4e00-\u9fff])")
"""When a page was put up, at the head of a line near its top: 2022-05-23 18:42 来源：…"""


@cache
def _domains() -> tuple[tuple[str, str], ...]:
    pairs = [(word, row["domain"]) for row in vocabulary("domains") for word in row["words"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def domain_of_title(title: str) -> str | None:
    """The policy field of the longest word of ``data/domains.yaml`` that the title holds."""
    return next((domain for word, domain in _domains() if word in title), None)


def _domain(title: str, outline: Outline) -> str | None:
    if domain := domain_of_title(title):
        return domain
    headings = "".join(s.title for c in outline.chapters for s in c.walk())
    counts: dict[str, int] = {}
    for word, domain in _domains():
        counts[domain] = counts.get(domain, 0) + headings.count(word)
    best = max(counts, key=lambda d: counts[d])
    return best if counts[best] >= 2 else None
