"""Which quantities of a paragraph are commitments: not history, not description, not names, not attributes."""

from __future__ import annotations

import re

from planparse.extract.amounts import WORD_AFTER, frames_money, parts_sum, qualifies
from planparse.extract.clauses import Place
from planparse.extract.counting import DIVIDED, FOCUSED, counts
from planparse.extract.frames import describes
from planparse.extract.history import is_history
from planparse.extract.lexicon import (
    FORBIDS,
    MAKES,
    worded,
)
from planparse.extract.nouns import AMONG
from planparse.language.quantities import FoundQuantity
from planparse.language.time import YEAR, Time
from planparse.model.drafts import Clock

_WIDTH = 24
"""How far around a quantity its neighbourhood is read."""
_ROUND_THE_CLOCK = 24  # 24小时 without 内 means all day, not a limit
_RATE_AFTER = re.compile(r"[^，。；]{1,6}率")
_SUBSTANCE = ("length", "area", "volume", "mass", "energy", "money", "data", "physical", "people", "time")
_PLACED = re.compile(r"(?<![年月日底末度以之会])前$")
"""进入全市前3位: a place in an order"""
_OF_DAY = re.compile(r"[0-9]{1,2}[时点]$")
"""2026年2月1日7时41分"""
_DIMENSION = re.compile("[×✕*]")
"""10m×7m: how large a thing is, on both sides of the sign"""
_NEAR = 12
"""Characters within which an undecoded one makes a number doubtful."""
_POINTS = tuple("加扣减得")
"""扣0.3分: how something is scored"""
_NAME_AFTER = worded(r"等?[级号届版强]|<named>|工程(?!$)")
_POPULOUS = re.compile("人?口?以[上下]的?人?口?(?:特?大?中?小?城[市镇]|县|[乡集]?镇|村|聚居)")
"""20万人口以上城市, 30万以上人口县: which places are meant"""
_CAMPAIGN = worded(r"[^，。；：、的0-9]{0,8}<campaigns>")
_PER_SO_MANY = re.compile(r"口?[^，。；：、0-9]{0,10}率|口[^，。；：、0-9]{2,16}[数量额值]")
"""就业人员十万人死亡率, 百万人口专利授权数: the number belongs to the name of a rate"""
_RATINGS = ("千伏", "kV", "伏", "MHz", "GHz", "马力", "赫兹", "兆", "兆帕")
"""Units that mostly name a kind of thing (110千伏变电站)."""
_BASED = worded(r"<based>[^，。；：、]{0,6}$")
_AS_BASE = worded("<as_base>")
_DENOMINATOR = worded(r"每<for_each>?$")
_LISTED_NUMBER = r"[0-9.,]{1,12}[^，。；：、和及0-9]{0,5}"
_FROM = worded(
    rf"(?:由|从|自)(?:(?P<dated>(?:<at_present>|{YEAR}年?[底末]?)(?:值|水平)?的?约?)|[^，。；：、]{{0,14}}(?:年底?|<of_period>)(?:值|水平)?|[^，。；：、]{{0,14}}的)?"
    rf"的?约?(?:每[十百千万人户年月]{{1,3}})?(?:{_LISTED_NUMBER}[、和及]){{0,3}}$"
)
"""由2020年的65%, 从每千人4张, 由3万元、1.5万元; what is dated is where a change begins whatever follows."""
_TO = worded(rf"(?:[、和及]{_LISTED_NUMBER}){{0,3}}(?:[^，。；：]{{0,6}}?|[^，。；：]{{0,4}}，[^，。；：]{{0,4}}<turning>)[到至为]")
_COUNTED = re.compile("[0-9][个座处家条项片]$")
_ROUND_BASE = re.compile(r"[^，。；：、的]{2,12}(?:基地|产业|走廊|[^，。；：、的]带)(?![积业])")
"""千亿立方米天然气生产基地 is a name"""
_ROUND_NAME = re.compile(r"[十百千]+[万亿]*[^十百千万亿]")
_RATIO_BEFORE = ("比", "比例", "比值", "比为", "比例为")
"""A ratio without a reaching word counts behind its name only: 1:50000 alone is a scale."""
_OUT_OF = worded(r"[^，。；：、0-9]{1,12}" + AMONG + r"(?=[^，。；：、0-9]{0,12}[0-9.]{1,6}[%个处条座家所户名])")
"""12个断面中的5个: out of how many"""
_CONVERTED = worded(r"<converted>(?:人民币)?约?$")
"""A sum told in another currency is the same sum again."""
_COMPARED_WITH = re.compile(r"(?:较|比)[^，。；：]{2,40}的约?$")
_THEN_CHANGED = worded(r"[^，。；：0-9]{0,8}?<turning>")
"""较上一期的8万套增加约两成: what something is compared with"""
_ASIDE = re.compile(r"（(?!每|其中|不|年)[^（），。；：0-9]{0,8}$")
"""自然村（20户以上）: which ones are meant"""
_BRACKETED = re.compile(r"（(?:约|总|共)?$")
_COVERING = worded(r"<bringing>")
_COVER_END = re.compile(r"$|[，。；：！）、“”]|(?:的?目标|和|与|及|并|，|培训|检查|监管$)")
_IN_ASPECTS = re.compile(r"、[^，。；：]{2,40}等(?:方面|重点)")
_CLOCK_NAME = worded(r"(?:小时|分钟)(?:<clock_named>|[^，。；、]{0,6}圈)")
_TERM = worded(r"<terms>期限?|有效期|[任聘]期")
_RATIO_NAME = worded(r"<ratios>[^，。；：]{0,6}$")
_COND = worded(r"<lasting>(?:了)?$")


def is_commitment(
    text: str, found: FoundQuantity, place: Place, times: list[Time], clock: Clock, *, horizon: bool = False
) -> bool:
    """Whether the quantity is one that its clause commits to; ``horizon``: it stands in a goal that names a year."""
    if found.kind == "cover":
        return _covers(text, found, place) and not is_history(text, found, place, times, clock)
    if _is_name(text, found) or _is_part(text, found, place) or parts_sum(text, found, place):
        return False
    if FORBIDS.search(text, place.clause[0], found.quantity.start):
        return False
    if is_history(text, found, place, times, clock) or not _reaches(text, found, place):
        return False
    return not describes(text, found, place, horizon or any(not time.base for time in times))


def _reaches(text: str, found: FoundQuantity, place: Place) -> bool:
    """Whether a quantity of its kind is one that a clause may commit to."""
    if found.kind == "time":
        return _is_limit(text, found, place)
    if found.kind == "money":
        return not frames_money(text, found, place)
    if found.kind in ("count", "people"):
        return counts(text, found, place)
    if found.kind == "grade":
        return bool(found.before)  # 提升1个等级, not 分为3个等级
    if found.kind == "ratio":
        return bool(found.before) or text[: found.number_start].endswith(_RATIO_BEFORE)
    if found.kind == "none":
        return _is_plain_number(text, found)
    return not _is_rating(text, found, place)


def _is_name(text: str, found: FoundQuantity) -> bool:
    """5个早 in quotes, 《…》, 百亿级, 24小时值班, 15分钟生活圈."""
    start, end = found.quantity.start, found.quantity.end
    opening = text.rfind("“", max(0, start - _WIDTH), start)
    if opening >= 0 and not (found.before and found.kind in ("time", "percent")) and text.find("”", opening, start) < 0 and 0 <= text.find("”", end) - opening <= _WIDTH + 6:
        return True
    if found.after and text.startswith("）", end) and _ASIDE.search(text, max(0, start - 10), start):
        return True
    if found.kind in ("mass", "energy", "volume") and text.startswith("级", end) and found.before in ("超", "超过"):
        return True
    if _DIMENSION.match(text, end) or _DIMENSION.match(text, start - 1) or "(cid:" in text[max(0, start - _NEAR) : end + _NEAR]:
        return True
    title = text.rfind("《", max(0, start - 80), start)
    if title >= 0 and text.find("》", title, start) < 0:
        return True
    if found.quantity.unit == "分" and text.endswith(_POINTS, 0, found.quantity.start):
        return True
    if found.quantity.unit in ("分", "分钟") and _OF_DAY.search(text, max(0, start - 3), start):
        return True
    if found.kind == "time" and _CLOCK_NAME.match(text, found.number_end - len(found.quantity.unit or "")):
        return True
    if found.chinese and found.kind == "people" and not found.before and not found.after and _PER_SO_MANY.match(text, end):
        return True
    if found.kind in ("people", "none") and _POPULOUS.match(text, found.number_end):
        return True
    return _is_ordinal(text, found) or (not found.after and bool(_NAME_AFTER.match(text, end)) and not found.before)


def _is_ordinal(text: str, found: FoundQuantity) -> bool:
    """《…》三条, 进入前3名, 九届十一次、十二次全会, 新突破三年行动."""
    unit, start = found.quantity.unit, found.quantity.start
    if unit == "年":
        return not found.after and _CAMPAIGN.match(text, found.quantity.end) is not None
    if unit == "次":
        return text.endswith("届", 0, start)
    if unit in ("名", "位"):
        return _PLACED.search(text, max(0, start - 2), start) is not None
    return found.chinese and unit in ("条", "款", "项") and text.endswith("》", 0, start)


def _is_part(text: str, found: FoundQuantity, place: Place) -> bool:
    """The denominator of a rate (每10万人) or where a change comes from (由65%提升到75%)."""
    ahead = text[place.clause[0] : found.number_start]
    if _DENOMINATOR.search(ahead[-6:]) or text.startswith("的基础上", found.quantity.end):
        return True
    if found.kind == "count" and not found.before and _OUT_OF.match(text, found.quantity.end):
        return True
    if text.endswith("一式", 0, start := found.quantity.start) or _AS_BASE.match(text, found.quantity.end) or DIVIDED.search(ahead):
        return True
    begin = text[max(place.clause[0], start - _WIDTH) : found.number_start]
    if found.kind == "money" and _CONVERTED.search(begin):
        return True
    if "较" in ahead or "比" in ahead:
        base = _COMPARED_WITH.search(ahead) and _THEN_CHANGED.match(text, found.quantity.end)
        if base and not found.before:
            return True
    start_of_change = _FROM.search(begin)
    return bool(start_of_change and (start_of_change["dated"] or _TO.match(text, found.quantity.end)))


def _is_limit(text: str, found: FoundQuantity, place: Place) -> bool:
    """Whether a time is a limit or an amount of time owed, not an age, a term or a duration told."""
    unit = found.quantity.unit or ""
    ahead = text[place.clause[0] : found.quantity.start]
    within = found.after in ("内", "以内", "之内")
    if unit in ("年一遇", "周年"):
        return unit == "年一遇"
    if unit == "年":
        lasting = found.after == "以上" and found.before.startswith(("达", "提", "延")) and not text.startswith("的", found.quantity.end)
        return bool(found.before) and (lasting or found.after in ("", "以内", "以下")) and not _COND.search(ahead) and not _TERM.search(ahead)
    if unit == "日":
        return bool(found.before) or within
    if unit in ("岁", "周岁"):
        told = (bool(found.before) and not WORD_AFTER.match(text, found.quantity.end)) or ahead.endswith(("寿命", "年龄"))
        return told and found.quantity.comparator in ("eq", "ge", "gt", "range", "increase")
    if ahead.endswith("按"):
        return False  # 按6个月的失业保险金确定
    if not found.before and not within and (_COND.search(ahead[-4:]) or found.quantity.value == _ROUND_THE_CLOCK):
        return False
    following = text[found.quantity.end : found.quantity.end + 8]
    return not _RATE_AFTER.match(following) and not (found.after == "以上" and following.startswith("的"))


_OF_PERSONS = worded(r"[^，。；：、的0-9]{0,8}?<persons>")
_FOR_THEM = worded(r"[^，。；：]{2,16}?(?:<making>|<granting>|免费|<enjoying>)")
"""为40万老年人免费体检"""
_CARING = worded(r"(?:<making>|<furthers>|<caring>)[^，。；：]{0,6}$")
"""帮扶12万困难群众: persons need no measure word"""


_HEADS = re.compile(r"(?:人次|人数|人口|户数|客流量?)$")
"""接待游客人次900万: the measure says what is counted"""


def _is_plain_number(text: str, found: FoundQuantity) -> bool:
    """A number without unit counts where a word reaches it and nothing that is counted follows (指数达到0.85)."""
    follow = text[found.quantity.end : found.quantity.end + 1]
    ahead = text[max(0, found.quantity.start - 12) : found.quantity.start]
    if found.after and ahead.endswith("在") and _RATIO_NAME.search(ahead):
        return True  # 能效值须在1.25以下
    if found.number_end > found.number_start and not found.before and not found.chinese and _OF_PERSONS.match(text, found.quantity.end):
        for_them = ahead.endswith(("为", "让")) and _FOR_THEM.match(text, found.quantity.end)
        return bool(text[found.number_end - 1] in "万亿" and (for_them or _CARING.search(ahead)))
    if _HEADS.search(ahead) and text[found.number_end - 1] in "万亿" and not follow.strip("，。；、"):
        return True
    return bool(found.before) and (not follow or follow in "，。；、）：和且并与及的左" or text.startswith("规模", found.quantity.end) or bool(found.after))


def is_rating_of_name(text: str, found: FoundQuantity, following: FoundQuantity) -> bool:
    """Whether the next number belongs to the name of what is counted: 新建20座 + 110千伏变电站."""
    return (
        following.quantity.unit in _RATINGS
        and found.quantity.end == following.number_start
        and bool(WORD_AFTER.match(text, following.quantity.end))
    )


_THICK = re.compile(r"(?:[^水纵加浚增挖]深|[^拓加增]宽|[^提拔加增抬新]高|(?<![加增])厚|[直管胸口跨]径|跨)度?[为约]?$")
_THICK_BEHIND = re.compile("[宽高深厚](?=[的，。；、])")


def is_dimension(text: str, found: FoundQuantity) -> bool:
    """How wide, high, deep or thick a thing is, which is not how much of it is built: 宽30米, 坝高60米, 3米高的围墙."""
    start = found.quantity.start
    if found.kind != "length" or found.before or text.endswith(("到", "至"), 0, start):
        return False
    return bool(_THICK_BEHIND.match(text, found.quantity.end) or _THICK.search(text, max(0, start - _NEAR), start))


def _is_rating(text: str, found: FoundQuantity, place: Place) -> bool:
    """Ratings and classes (110千伏变电站, 99米以上高层建筑, 占65%以上的企业)."""
    unit = found.quantity.unit or ""
    end = found.quantity.end
    if unit in _RATINGS and not (found.before and found.number_start == found.quantity.start + len(found.before)):
        return True
    if found.kind == "length" and text.startswith("范围", end):
        return True
    if found.kind in _SUBSTANCE:
        begin = found.quantity.start
        if not (found.before or found.after) and _BASED.search(text, place.clause[0], begin):
            return True
        if found.chinese and not found.before and not found.after and _ROUND_NAME.match(text, found.number_start):
            return bool(_COUNTED.search(text, max(0, begin - 3), begin) or _ROUND_BASE.match(text, end)) or not MAKES.search(text, place.clause[0], begin)  # 百万亩造林, 10个百万亩基地
        if not found.before and text[end : end + 1] not in "，。；、" and _RATE_AFTER.match(text, end, end + 8):
            return True
        if _BRACKETED.search(text, max(0, begin - 3), begin) and text[end : end + 1] in "），":
            return True
        return bool(FOCUSED.search(text, place.clause[0], begin)) or qualifies(text, found, place)
    if found.kind == "percent" and found.after and text.startswith("的", end):
        ahead = text[place.clause[0] : found.quantity.start]
        return bool(re.search(r"占[^，。；]*$", ahead)) and not _COVERING.search(ahead)
    return False


def _covers(text: str, found: FoundQuantity, place: Place) -> bool:
    """全覆盖 counts where something is brought to it, not as attribute (全覆盖的网络) or slogan (全覆盖、零容忍)."""
    start, end = found.number_start, found.number_end
    if not _COVER_END.match(text, end) or text.startswith(("率", "、全"), end) or _IN_ASPECTS.match(text, end):
        return False
    ahead = text[place.clause[0] : start]
    if _COVERING.search(ahead):
        return not (ahead.endswith("、") and not _COVERING.search(ahead[-8:]))
    return len(ahead) > 3 and not ahead.endswith(("、", "”"))
