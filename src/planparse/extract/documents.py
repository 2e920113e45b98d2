"""The document's own row: title, number, issuer, region, kind, period and dates (annotation guide, document)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from planparse.data import vocabulary
from planparse.extract.document_regions import level_of, national, region_of
from planparse.extract.keywords import extract_keywords
from planparse.extract.lexicon import members, worded
from planparse.language.regions import region_of_title
from planparse.language.shapes.lines import annex_caption, is_aside
from planparse.language.shapes.lines import reads_as_title as is_title
from planparse.language.shapes.signs import NUMBER_BEHIND, NUMBER_YEAR, YEAR_MONTH
from planparse.language.tidy import tidy
from planparse.language.time import YEAR, five_year_period, parse_date, parse_year, period_of
from planparse.model.document import Item, Outline, Paragraph
from planparse.model.findings import Code, Note
from planparse.model.options import USUAL, Thresholds
from planparse.model.records import PlanKind, SectionKind

_NUMBER = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,10}}[A-Za-z]{{0,4}}{NUMBER_YEAR}|[〔\[（(]\s?(?:19|20)\d\d\s?[〕\]）)][\u4e00-\u9fff]{{1,14}}){NUMBER_BEHIND}"
)
_NUMBER_LINE = re.compile(rf"^[（(]?(?:文\s?号\s?[:：]\s?)?(?P<number>{_NUMBER.pattern})(?:[\s，,]{{0,4}}(?P<date>20\d\d年\d{{1,2}}月\d{{1,2}}日))?[）)]?$")
# …规划的通知国发〔2007〕37号各省、自治区…：the number between the title and the addressees
# 甲政发〔2021〕1号关于印发…的通知: the number before the title
# 京管〔2021〕115号 签发人：某某 / 国办发〔2015〕94号各省、自治区…： the number before the addressees
_NUMBER_GLUED = worded(
    rf"<sent>[》\s]{{0,3}}(?P<number>(?!的){_NUMBER.pattern})(?=各|$)"
    rf"|^[（(]?(?P<before>{_NUMBER.pattern})[）)]?\s?《?(?=[\u4e00-\u9fff]{{0,24}}(?:关于|印发)|各|现将|现印发|《|签发|(?![文等精要规有）])[^。；]{{2,160}}[：:]$)"
)
_REST_OF_DATE = r".{1,3}日(?:[上下]午.{1,6})?[?？]{0,20}"
_DATE_LINE = re.compile(rf"^{YEAR_MONTH}{_REST_OF_DATE}$")
_MONTH_LINE = re.compile(rf"^[（(]?{YEAR_MONTH}(?:{_REST_OF_DATE})?[）)]?$|^20\d\d \d{{1,2}} \d{{1,2}}$")
# 2021 12 9: a date whose marks are lost
_LOST_MARKS = re.compile(r"^(20\d\d) (\d{1,2}) (\d{1,2})$")
_SENT_BY = worded(r"^(?:“[^”]{2,20}”\s?)?(?P<organ>(?!<sending>)[\u4e00-\u9fff、 ]{3,60}?)<sending>")
# 某市教育局2024年工作要点: an organ's own plan of the year
_OWN_YEAR = worded(rf"^(?P<organ>[\u4e00-\u9fff]{{3,30}}?<own_organs>)(?={YEAR}年)")
BASE = worded(r"<bases>(?:年)?(?:为|是|定为|：)?\s?(?P<a>20\d\d)年|以(?P<b>20\d\d)\s?年(?:为|作为)(?:规划)?<bases>|(?P<c>20\d\d)年(?:为|是|作为)(?:规划)?<bases>")
PERIOD_STATED = worded(
    r"<stretches>(?:为|是|：|至|定为)?\s?(?P<a>20\d\d)\s?年?\s?(?:[—\-–~～至－]|到){1,2}\s?(?P<b>20\d\d)\s?年?"
)
_ANNUAL = re.compile(rf"(?<!\d)(?P<year>{YEAR})年度?(?!前|底|以前|远景|之前)")
_KINDS: tuple[tuple[PlanKind, re.Pattern[str]], ...] = (
    (PlanKind.ANNUAL_WORK_POINTS, worded(r"<work_points>|年(?:度)?工作(?:计划|安排|打算)|年(?:度)?.{0,20}<of_the_year>|要点$")),
    (PlanKind.ACTION_PLAN, worded(r"<action_plans>$")),
    (
        PlanKind.IMPLEMENTATION_PLAN,
        worded(r"<carried_out>(?:总体)?方案|实施计划|任务分工|分工方案"),
    ),
)
_SHARED_OUT = worded(r"(?:方案|<shared_out>分[工解](?:表|清单)?)$")
"""A plan of who does what, also where it is of one year: 2024年重点任务分工方案, 2024年工作报告任务分解表."""
_ARRANGED = worded(r"<arranged>的通知$")
_BRACKET = re.compile(r"[（(][^（）()]{1,24}[）)]$")
_QUOTED = re.compile(r"(?<=.)《[^《》]{2,80}》(?=.)")
_LOST_DASH = re.compile(r"(?<!\d)(20\d\d)(20\d\d)年")
_NO_PLAN = worded(r"<no_plan_kinds>$")
_FIVE = re.compile(r"(?:十[一二三四五六]五|第?(?:九|十[一二三四五六]?)个?五|五年)")

_DELIVERED = re.compile(r"(?P<year>20\d\d)年\d{1,2}月\d{1,2}日\s?在(?P<where>[^，。\s]{2,16}?)第[^，。\s]{1,8}届[^，。\s]{0,8}(?:人民代表大会|人大)")
"""Where and when a government reported: 2024年1月9日在某县第十八届人民代表大会第三次会议上."""
DELIVERED_WITHIN = 600
_YEARS_WORK = worded(r"(?:关于)?(?P<year>20\d\d)年[^，。；]{0,16}(?:<tasks_called>|安排|重点|打算|部署)")
UNDER_TITLE = 3
"""So many paragraphs below a title may say its number or who passed it when."""


_INDEX_NUMBER = re.compile("[0-9A-Z]{6,24}/20[0-9]{2}-[0-9]{3,8}")
"""113300000000001234/2024-00017 on a line of its own"""
_ORGAN = worded(r"^(?P<organ>(?:中共中央|国务院)(?:办公厅)?|(?:中共|中国共产党)?[\u4e00-\u9fff“”（）()]{2,40}?<organs>)$")
"""The name of a body that signs, and nothing else."""
def extract_document(outline: Outline, notes: list[Note], thresholds: Thresholds = USUAL) -> dict[str, Any]:
    """Columns of ``documents`` that come from the text and the page; what fails its grammar is null and noted."""
    meta = outline.clean.metadata
    front = [tidy(p.text).strip("|") for p in outline.front]
    under = [tidy(item.text) for item in outline.preamble[:UNDER_TITLE] if isinstance(item, Paragraph)]
    body = outline.clean.text.text[outline.start : outline.end]
    title = outline.title
    first = outline.part == 1
    issuer = _issuer(outline, front, under, meta.get("issuer") if first else None)
    region = region_of(title or "", front, meta, issuer, body)
    start, end = period_stated(title or "", body) if outline.plan else (None, None)
    if is_work_report(title or ""):
        told = _DELIVERED.search(body, 0, DELIVERED_WITHIN)
        region = region or (region_of_title(told["where"]) if told else None)
        start, end = (start, end) if start else (_year_of_report(outline, told),) * 2
    return {
        "title": title,
        "doc_number": _doc_number([*front, *under], meta.get("doc_number") if first else None, notes),
        "index_number": (meta.get("index_number") or next(filter(_INDEX_NUMBER.fullmatch, front), None)) if first else None,
        "issuer": issuer,
        "region": region.name if region else None,
        "region_level": level_of(region, body, front) if region else national(issuer, title, front, body),
        "region_code": region.code if region else None,
        "domain": _domain(title or "", outline),
        "plan_kind": kind_of(title or "", start, end),
        "period_start": start,
        "period_end": end,
        "base_year": base_year_of(body),
        "issued_date": next(filter(None, map(parse_date, _dates(outline, front, under, meta if first else {}))), None),
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
            notes.append(Note.of(Code.METADATA_INVALID, "doc_number", found=declared[:40]))
    for line in front:
        if match := _NUMBER_LINE.match(line):
            return match["number"].replace(" ", "")
        if match := _NUMBER_GLUED.search(line):
            return str(match["number"] or match["before"]).replace(" ", "")
    return None


def _signers(lines: list[str]) -> list[str]:
    """Organs that sign: the lines directly above a date line. The lines come with their blanks, which part names."""
    for n, line in enumerate(lines):
        if line and len(line) <= MAX_DATE and _MONTH_LINE.match(tidy(line)):
            signers: list[str] = []
            m = n - 1
            while m >= 0 and len(lines[m]) <= MAX_SIGNERS:
                parts = _organ_names(lines[m])
                names = [o["organ"] for part in parts if (o := _ORGAN.match(part))]
                if len(lines[m]) > MAX_SIGNER and len(names) < len(parts):
                    break
                if not names and not (signers and m and len(lines[m]) <= MAX_DATE and _WORDS.fullmatch(lines[m]) and _ORGAN.match(tidy(lines[m - 1]))):
                    break  # a name that its line broke off stands between two whole ones
                signers = names + signers
                m -= 1
            if signers:
                return signers
    return []


def _parted(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Lines as worded; an organ and its date on one line are two."""
    lines = [_IN_BRACKETS.sub(r"\1", p.text.strip("| ")) for p in paragraphs]
    return [part for line in lines for part in (_SIGNED.sub(r"\1\n\2", line) if len(line) <= 2 * MAX_DATE and line[-1:] in ("日", "月") else line).split("\n")]


MAX_DATE = 40
MAX_SIGNER, MAX_SIGNERS = 60, 600
"""A longer line signs only if it holds nothing but names, set apart."""
_IN_BRACKETS = re.compile(r"^[（(]([^（）()]{8,60}日)[）)]$")
"""（禾阳县人民政府 2022年11月3日）, below a title."""
_SIGNED = re.compile(rf"^([\u4e00-\u9fff、 ]{{3,40}}?)[^\u4e00-\u9fff\d]{{1,30}}({YEAR_MONTH}(?:.{{1,3}}日)?)$")
_WORDS = re.compile(r"[\u4e00-\u9fff（） ]{3,40}")


def _signed_inside(outline: Outline) -> list[str]:
    """The short lines of a text, the longer ones empty: a notice may be signed before what a page or an attachment adds."""
    items = (*outline.preamble, *(item for section in outline.sections() if section.kind != SectionKind.ANNEX for item in section.items))
    return [item.text.strip() if isinstance(item, Paragraph) and len(item.text) <= 2 * MAX_DATE else "" for item in items]


def _organ_names(line: str) -> list[str]:
    """The names on a signature line, as worded with its blanks; two set side by side without one are told by their common beginning."""
    apart = line.split()
    if len(apart) > 1 and all(len(name) >= 3 and _ORGAN.match(name) for name in apart):
        return apart
    line = tidy(line)
    parts = [p for p in re.split(r"\s+|、|(?<=中共中央)(?=国务院)|(?<=中共中央办公厅)(?=国务院)|(?<=[省市县区州]委)(?=(?!员会)[\u4e00-\u9fff]{2,8}人民政府)|(?<=委员会)(?=[\u4e00-\u9fff]{2,12}人民政府)", line) if p]
    if len(parts) == 1 and line.find(line[:3], 4) > 0:
        return re.split(rf"(?<=[会局部厅院室府委署办])(?=(?:中共)?{re.escape(line[:3])})", line)
    return parts


def _issuer(outline: Outline, front: list[str], under: list[str], declared: str | None) -> str | None:
    signers = _signers(_parted(outline.front)) or _signers([p.text.strip() for p in outline.back])
    if signers:
        return declared if declared in signers else signers[0]
    titled = [p.text.strip("| ") for n, (p, line) in enumerate(zip(outline.front, front, strict=True)) if n and _ORGAN.match(line) and (is_title(front[n - 1]) or is_aside(front[n - 1]))]
    if titled:
        return _organ_names(titled[0])[0]
    if declared and (_ORGAN.match(declared) or region_of_title(declared)):
        return declared
    worded = [p.text.strip("| ") for p in outline.front[:6]]
    for n, line in enumerate((*worded, outline.title or "")):
        match = _SENT_BY.match(line) or (_OWN_YEAR.match(line) if n == len(worded) else None)
        below = next((f for f in front[n + 1 : n + 4] if not _ORGAN.match(f)), "")  # of several signers the first
        named = match["organ"] if match else line if below.startswith("关于") or is_title(below) else ""
        organ = _organ_names(named)[0] if named else ""
        if _ORGAN.match(organ):
            return organ
    if inside := _signers(_signed_inside(outline)):
        return inside[0]
    announced = next((m for line in (*front[:6], *under) if (m := _ANNOUNCED_BY.search(line))), None)
    return _organ_names(announced["organ"])[0] if announced else _printed_by(outline.back)


_ANNOUNCED_BY = worded(r"(?:近日|日前)[，,]\s?(?P<organ>[\u4e00-\u9fff、 ]{3,40}?)(?:联合)?<issuing>了?《")
"""近日，中共中央、国务院印发了《…》: who issued what a report gives the text of."""
_IMPRINT = re.compile(rf"^(?P<organ>[\u4e00-\u9fff]{{4,30}}?(?:(?:政府|[省市县区]委)办公[厅室]|(?P<inner>办公室|秘书处)|[局厅委]))\s{{0,20}}{YEAR_MONTH}.{{1,3}}日\s?印发$")


def _printed_by(back: Sequence[Paragraph]) -> str | None:
    """Who had a text printed that nobody signs: 禾阳县人民政府办公室 2022年3月9日印发, of a bureau's own office the bureau."""
    printed = next((m for p in reversed(back) if (m := _IMPRINT.match(tidy(p.text)))), None)
    return printed["organ"].removesuffix(printed["inner"] or "") if printed else None


def is_work_report(title: str) -> bool:
    """Whether a title is that of a government's report on its work, whatever a bracket behind it says (摘要, 节选)."""
    return _BRACKET.sub("", title).endswith("工作报告")


def _year_of_report(outline: Outline, told: re.Match[str] | None) -> int | None:
    """The year of a report that its title does not name: that of its sitting, else that of the chapter which says what is to be done (2024年工作安排)."""
    if told:
        return int(told["year"])
    chapters = (match for c in outline.chapters if c.kind == SectionKind.TASKS and (match := _YEARS_WORK.match(tidy(c.title))))
    return next((int(match["year"]) for match in chapters), None)


def period_stated(title: str, body: str) -> tuple[int | None, int | None]:
    """The first and last year of a plan, by its title and by what its text says of it."""
    explicit = re.search(r"20\d\d\s?年?\s?[—\-–~～至－]{1,2}\s?20\d\d", title)
    if explicit and (period := period_of(title)):
        return period
    stated = PERIOD_STATED.search(body)
    if stated and int(stated["a"]) < int(stated["b"]) <= int(stated["a"]) + 20:
        return int(stated["a"]), int(stated["b"])
    if (lost := _LOST_DASH.search(title)) and int(lost[1]) < int(lost[2]) <= int(lost[1]) + 15:
        return int(lost[1]), int(lost[2])
    if period := period_of(title):
        return period
    numbered = re.search(r"第(十[一二三四五六七八九]?)个五年", title)
    if numbered and (period := five_year_period(f"{numbered[1]}五")):
        return period
    years = [year for annual in _ANNUAL.finditer(title) if (year := parse_year(annual["year"]))]
    if years and not _OTHER_YEARS.search(title):
        year = years[-1] if years[-1] == years[0] + 1 else years[0]  # 2023年计划执行情况与2024年计划草案
        return year, year
    year = _year_led_in(title, body)
    return year, year


def _year_led_in(title: str, body: str) -> int | None:
    """The year of a plan of work whose title tells none, by its first sentences: 2022年是抢抓机遇的重要一年。 / 现将2022年工作目标任务呈报如下.
    A text without a title that speaks of a longer period may be the plan of that."""
    if PERIOD_STATED.search(body, 0, LED_WITHIN):
        return None
    longer = _LONGER.search(title) if title else period_of(body[:LED_WITHIN])
    led = None if longer or (title and not _OF_WORK.search(title)) else _LED_IN.search(body, 0, LED_WITHIN)
    return int(led["year"]) if led else None


_LONGER = re.compile("20[0-9]{2}|[一二三四五][年届]|总结")
_OF_WORK = worded("<works_of_year>")
_LED_IN = worded(
    r"(?:(?:^|[。，\n])(?:我?[省市县区乡镇局])?(?=20[0-9]{2}年(?:是[^。]{2,60}年[，。]|(?:度|的)?[^。，\n]{0,12}工作的?(?:总体要求|总体思路|指导思想)))"
    r"|现将(?=20[0-9]{2}年[^。，\n]{0,12}<works_of_year>(?!任?务?(?:完成|情况|取得|执行|进展))))(?P<year>20[0-9]{2})"
)
LED_WITHIN = 400


_OTHER_YEARS = worded(r"<other_years>")
"""Words of titles whose year is that of an award or a fund: 2021年度补贴资金."""


def kind_of(title: str, start: int | None, end: int | None) -> PlanKind:
    """What kind of plan a title and a period are of."""
    title = _QUOTED.sub("", title) or title  # 贯彻《甲行动计划》实施方案 is no action plan
    while _BRACKET.search(title):
        title = _BRACKET.sub("", title)
    if title.endswith("通知"):  # of what it arranges itself; one about 重点工作 or an 行动 only speaks of them
        return next((kind for kind, pattern in _KINDS if _ARRANGED.search(title) and pattern.search(title[: -len("的通知")])), PlanKind.NOTICE)
    if re.search(r"规划(?:纲要)?$|规划纲要|纲要$", title) and not re.search(r"实施(?:方案|意见)|行动", title):
        five = _FIVE.search(title) or (start is not None and end is not None and end - start in (4, 5))
        return PlanKind.FIVE_YEAR_PLAN if five else PlanKind.OTHER
    if _NO_PLAN.search(title):
        return PlanKind.OTHER
    if _SHARED_OUT.search(title):
        action = _KINDS[1][1].search(title)
        return PlanKind.ACTION_PLAN if action else PlanKind.IMPLEMENTATION_PLAN
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return kind
    return PlanKind.OTHER


def base_year_of(body: str) -> int | None:
    """The year that a text calls its base (基期)."""
    match = BASE.search(body) if any(word in body for word in members("bases")) else None
    return int(match["a"] or match["b"] or match["c"]) if match else None


def _dates(outline: Outline, front: list[str], under: list[str], meta: Mapping[str, str]) -> Iterator[str]:
    """What may say when a text was issued: 成文日期, else the date under a signature, else when it was printed (annotation guide, document)."""
    yield meta.get("issued_date", "")
    back = [tidy(p.text) for p in outline.back]
    yield from (line for n, line in enumerate(front) if _DATE_LINE.match(line) and not _under_title(front, n))
    parted = pairwise(_parted(outline.front))
    yield from (line for organ, line in parted if organ not in front and line not in front and _ORGAN.match(tidy(organ)))
    yield from (m["date"] for line in front if (m := _NUMBER_LINE.match(line)) and m["date"])  # （禾政发〔2021〕3号 2021年3月1日）
    for line in (*front, *under):  # （2021年3月1日） under the title of an opinion, （2021年3月1日某委全体会议通过） of a decision
        if line.startswith(("（", "(")) and (_DATE_LINE.match(line.strip("（）()")) or _PASSED.match(line)):
            yield line
    yield from ("-".join(lost.groups()) for lost in filter(None, map(_LOST_MARKS.match, (*front, *back))))
    yield from filter(_DATE_LINE.match, back)
    signed = ((organ, tidy(line)) for organ, line in pairwise(_signed_inside(outline)) if organ and line)
    yield from (line for organ, line in signed if _DATE_LINE.match(line) and _ORGAN.match(tidy(organ).replace(" ", "")))
    yield meta.get("printed_date", "")
    yield from (line for line in (*front, *back) if "印发" in line and len(line) < 80)


_PASSED = worded(r"[（(][\d年月日〇○零一二三四五六七八九十 ]{8,20}[^（）()。]{2,60}<passing>[）)]$")


def _under_title(front: list[str], n: int) -> bool:
    """A date on the line below a title is the page's, not a signature's; below what is attached, it is that of a notice whose seal is a picture."""
    return n > 0 and is_title(front[n - 1]) and annex_caption(front[n - 1]) is None


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
_STAMP = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s{0,4}\d{1,2}:\d\d(?::\d\d)?)?(?![\d/.-])(?=\s|$|[\u4e00-\u9fff])|20\d\d年\d{1,2}月\d{1,2}日\s{0,4}\d{1,2}[:时]\d\d")
"""When a page was put up, at the head of a line near its top: 2022-05-23 18:42 来源：…"""


@cache
def _domains() -> tuple[tuple[str, str], ...]:
    pairs = [(word, row["domain"]) for row in vocabulary("domains") for word in row["words"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def domain_of_title(title: str) -> str | None:
    """The policy field of the longest word of ``data/domains.yaml`` that the title holds, behind the names of those who speak in it rather than in them."""
    title = _HEALTHILY.sub("", title)
    about = title.partition("关于")[2]
    return next((domain for text in (about, title) for word, domain in _domains() if word in text), None)


_HEALTHILY = worded(r"(?<!卫生)<healthily>")
"""健康有序发展 says nothing of health."""


def _domain(title: str, outline: Outline) -> str | None:
    if domain := domain_of_title(title):
        return domain
    headings = "".join(s.title for c in outline.chapters for s in c.walk())
    counts: dict[str, int] = {}
    for word, domain in _domains():
        counts[domain] = counts.get(domain, 0) + headings.count(word)
    best = max(counts, key=lambda d: counts[d])
    return best if counts[best] >= 2 else None
