"""Quantified commitments of one paragraph: which quantities are committed to, by when, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile, zip_longest

from planparse.extract.amounts import WORD_AFTER, is_size_of_name, qualifies
from planparse.extract.binding import is_commitment, is_dimension, is_rating_of_name
from planparse.extract.clauses import Clauses, Place
from planparse.extract.deadlines import JOINED, Deadlines
from planparse.extract.holders import Stretch
from planparse.extract.lexicon import MUST, STRIVES, worded
from planparse.extract.listings import distribute, owners, retold
from planparse.extract.nouns import ATTRIBUTE, LEAD, MAKING, MEASURE, noun_after, noun_before, without_adding
from planparse.extract.subjects import OTHER_UNIT, find_subject
from planparse.language.quantities import FoundQuantity, find_quantities
from planparse.language.quantity_grammar import CHANGES, grammar
from planparse.language.time import YEAR, Time, find_times, period_of
from planparse.model.drafts import Clock, FoundTarget, Quantity

_RAISED = worded("<raised>$")
_NEAR = 4
"""Right before a number, within so many characters, stands what is raised."""
_RANKS = ("位", "名", "次", "分", "人次")
"""Units of places in an order and of what is had rather than done."""
_STOCKS = ("percent", "mass", "volume", "energy", "money")
"""Kinds of which a reduction is a change (削减氮氧化物30吨); of counted things it is an act (压减机房40处)."""
_REDUCING = worded(r"<falling>(?![到至能])[^，。；：、]{2,24}$")
_CUTTING = worded(r"<cutting>(?![到至能])[^，。；：、]{2,24}$")
_RAISING = worded(r"<rising>(?![到至])[^，。；：、]{2,24}$")
_OF_RATE = re.compile(r"(?:率|占?(?<![同环])比|比例|比重|满意度|水平)[^，。；：、]{0,4}$")
"""提高资源利用率85%以上 reaches 85%, 压减一般性支出10%以上 falls by it."""
_COUNTED_COVER = re.compile(r"[^，。；：、]{1,12}[0-9一二两三四]+(?:轮|遍|次)")
_SIZE_BEHIND = worded(r"总?(?:<attributes>|[日年]均?<flows>(?:能力|规模)?|<rates_of_plants>|占地|)")
_AND_SUCH = re.compile("、[^，。；：、的0-9]{2,12}的(?=[^，。；：、的]{2})")
_SUBSTANCES = ("length", "area", "volume", "mass", "energy", "money")
_GOES_ON = worded(rf"(?:[、和及]|以及|，(?=[到至]?{YEAR}))(?:[到至]?{YEAR}年底?前?|[0-9一二三四五]年内|累计)?<making>?")
_LEVEL = re.compile("[0-9一二两三四五六七八九十百千万亿]{1,6}(?:级|千伏|亩|吨级?|元级)")
_OF_CLASS = re.compile(r"[^，。；：、和的]{2,8}")
_AIMS = worded(r"<aims_of>目标(?:任务)?(?:是|为|如下|包括)?[:：，]")
"""主要预期目标是：… speaks of the end of the plan, or of the year that an annual document is for."""
_RATHER = worded(r"，<strive>")
"""增长10%以上，力争12%"""
_LED = worded(rf"(?:[^，。；：]{{0,6}}{YEAR}[^，。；：]{{0,6}}，)?(?:(?P<strive>(?!争创)<strive>)|确保|务必)[^，。；]*?(?:[0-9]|努力)")
_YEARLY = worded(rf"<yearly>(?![^，。；：]{{0,40}}(?:累计|合计|、[到至]{YEAR}))")


@dataclass(slots=True)
class _Reading:
    """One paragraph while it is read."""

    text: str
    quantities: list[FoundQuantity]
    lists: dict[int, tuple[int, int]]
    """Index of a quantity that is listed with others → (index of the first of the list, its length)."""
    clauses: Clauses
    deadlines: Deadlines
    clock: Clock
    topic: str | None
    found: list[FoundTarget] = field(default_factory=list)
    taken: int = 0
    """Where the last commitment ended."""
    cut: int = 0
    """Where the noun behind the last number ends, if that of the next follows it."""
    sentence: int = -1
    """Where the sentence of the last commitment begins."""
    thing: str | None = None
    """The last thing that this sentence counts."""
    outside: str | None = None
    """The same of what stands around the bracket that is read."""
    inside: bool = False
    last: str | None = None
    """The last subject of this sentence."""
    earlier: str | None = None
    """The last subject of the sentence before."""
    shared: list[str] | None = None
    """The subjects of the last list of this sentence."""


def find_targets(
    text: str, clock: Clock, horizon_year: int | None = None, topic: str | None = None
) -> list[FoundTarget]:
    """The quantified commitments of one paragraph of normalised text, in order; offsets are within the paragraph.

    ``horizon_year`` is the year of the goal that the paragraph stands in; ``topic`` the title of the goal, task or
    project, by which a bare attribute (建筑面积) is completed. The offsets of ``quantity`` cover its comparator words,
    number and unit.
    """
    every = _joined(text, [_done_to(text, found) for found in find_quantities(text)])
    quantities = [a for a, b in zip_longest(every, every[1:]) if not (is_dimension(text, a) or is_size_of_name(text, a, b))]
    if not quantities:
        return []
    deadlines = Deadlines(text, find_times(text, clock), clock.annual_year or clock.period_start or clock.issued_year)
    reading = _Reading(text, quantities, _lists(text, quantities), Clauses(text), deadlines, clock, topic)
    for index in range(len(quantities)):
        _read(reading, index, horizon_year)
    return reading.found


def _read(reading: _Reading, index: int, horizon_year: int | None) -> None:
    """Decide on one quantity, and note it if it is a commitment; the first of a list decides for all of it."""
    text, found = reading.text, reading.quantities[index]
    first, count = reading.lists.get(index, (index, 1))
    head = reading.quantities[first]
    place = reading.clauses.place(head.number_start)
    times = reading.deadlines.before(place, head.quantity.start)
    final = reading.quantities[first + count - 1]
    if count > 1 and text.startswith("的", final.quantity.end) and qualifies(text, final, place):
        return  # 5亿元、10亿元及以上的企业: which ones
    if not is_commitment(text, head, place, times, reading.clock, horizon=horizon_year is not None):
        return
    place = reading.clauses.place(found.number_start) if first != index else place
    if reading.sentence != place.sentence[0]:
        reading.earlier, reading.sentence, reading.thing, reading.last, reading.shared = reading.last, place.sentence[0], None, None, None
    reading.cut = 0
    _enter(reading, text.rfind("（", place.sentence[0], found.number_start) > text.rfind("）", place.sentence[0], found.number_start))
    subject = _subject(reading, index, place)
    _levelled(reading.found, subject)
    reading.taken = max(found.quantity.end, reading.cut)
    if reading.last is None or not reading.inside:
        reading.last = subject  # 造林6万亩（人工造林2万亩），累计30万亩
    if reading.thing is None or found.kind in ("count", "people", "cover"):
        reading.thing = without_adding(subject)
    if count > 1:
        time = reading.deadlines.listed(place, found.number_start, index - first, count)
    else:
        time = reading.deadlines.of(place, found.number_start)
    quantity = _with_change(text, reading.quantities, index, (first, count), place)
    last = reading.found[-1].quantity if reading.found else None
    if last and quantity.comparator == "eq" and last.unit == quantity.unit and last.comparator in CHANGES and _RATHER.fullmatch(text, last.end, quantity.start):
        quantity = replace(quantity, comparator=last.comparator)
    reading.found.append(_target(text, quantity, subject, place, time, reading.clock, horizon_year))


def _enter(reading: _Reading, inside: bool) -> None:
    """Keep the thing that is counted around a bracket, to which the text returns: 床位200张（其中护理型120张），使用率…"""
    if reading.thing is None or (inside and not reading.inside):
        reading.outside = reading.thing
    elif reading.inside and not inside:
        reading.thing = reading.outside or reading.thing
    reading.inside = inside


def _levelled(found: list[FoundTarget], subject: str) -> None:
    """Give levels their noun, which stands behind the last of them: 1个千亿级、3个百亿级产业集群."""
    level = _LEVEL.match(subject)
    for index in range(len(found) - 1, -1, -1):
        if not level or not _LEVEL.fullmatch(found[index].subject):
            break
        found[index] = replace(found[index], subject=found[index].subject + subject[level.end() :])


def _done_to(text: str, found: FoundQuantity) -> FoundQuantity:
    """公园品质提升15个, 饮水巩固提升4万人: what is done to so many things, which grow by none."""
    things = found.kind in ("count", "people") and found.quantity.unit not in _RANKS
    if found.before != "提升" or not things or text.startswith("位次", found.quantity.end) or not _RAISED.search(text, max(0, found.quantity.start - _NEAR), found.quantity.start):
        return found
    quantity = replace(found.quantity, start=found.number_start, raw=text[found.number_start : found.quantity.end], comparator="eq")
    return replace(found, quantity=quantity, before="")


def _joined(text: str, quantities: list[FoundQuantity]) -> list[FoundQuantity]:
    """2次全覆盖 is 2次, and so is 全覆盖检查2次: the cover belongs to the count beside it; 百亿元以上产业链达到15条 is 15条."""
    if len(quantities) < 2:
        return quantities
    kept: list[FoundQuantity] = []
    for found in quantities:
        joins = kept and kept[-1].quantity.end == found.quantity.start and kept[-1].kind in ("count", "percent")
        if found.kind == "cover" and joins:
            last = kept[-1].quantity
            raw = text[last.start : found.quantity.end]
            kept[-1] = replace(kept[-1], quantity=replace(last, end=found.quantity.end, raw=raw))
        else:
            kept.append(found)
    counted = {id(a) for a, b in pairwise(kept) if a.kind == "cover" and _COUNTED_COVER.fullmatch(text[a.quantity.end : b.number_end])}
    counted |= {id(a) for a, b in pairwise(kept) if a.after and a.kind == "money" and b.before and _OF_CLASS.fullmatch(text, a.quantity.end, b.quantity.start)}
    return [found for found in kept if id(found) not in counted]


def _lists(text: str, quantities: list[FoundQuantity]) -> dict[int, tuple[int, int]]:
    """Numbers that share one verb (分别下降2%、1%和3%): index → (index of the first of the list, its length)."""
    lists: dict[int, tuple[int, int]] = {}
    index = 0
    while index < len(quantities):
        last = index
        mixed = text.startswith("分别", quantities[index].quantity.start - 2)
        while last + 1 < len(quantities) and _follows(text, quantities[last], quantities[last + 1], mixed=mixed):
            last += 1
        if last > index:
            lists |= dict.fromkeys(range(index, last + 1), (index, last - index + 1))
        index = last + 1
    return lists


def _follows(text: str, one: FoundQuantity, other: FoundQuantity, *, mixed: bool) -> bool:
    """Whether two numbers stand in one list; behind 分别 also such as measure different things (分别达到90%、13年和300元)."""
    return (one.kind == other.kind or mixed) and bool(JOINED.fullmatch(text, one.quantity.end, other.quantity.start))


def _closing(text: str, quantities: list[FoundQuantity], index: int, first: int, count: int) -> str | None:
    """The comparator of 以上 behind the last of a list with 分别, which binds the rest too."""
    last = quantities[first + count - 1]
    separate = text.startswith("分别", quantities[first].quantity.start - 2)
    plain = quantities[index].quantity.comparator == "eq" and quantities[index].kind == last.kind
    return last.quantity.comparator if separate and plain and last.after and last.quantity.comparator != "range" else None


def _with_change(text: str, quantities: list[FoundQuantity], index: int, listed: tuple[int, int], place: Place) -> Quantity:
    """The quantity, with a comparator that stands further off: before its list or its object (削减化学需氧量400万吨)."""
    first, count = listed
    quantity = quantities[index].quantity
    leading = quantities[first].quantity.comparator
    if closing := _closing(text, quantities, index, first, count):
        return replace(quantity, comparator=closing)  # 分别达到60%、50%以上
    its_own = quantities[first].after and grammar().comparators.get(quantities[first].before) != leading  # 9%以内、25%以上和99%
    if first != index and quantity.value_max is None and (leading in CHANGES or (quantity.comparator == "eq" and not its_own)):
        return replace(quantity, comparator=leading)
    of_rate = quantity.unit in ("%", "‰") and _OF_RATE.search(text, place.clause[0], quantity.start)
    floored = quantity.comparator == "ge" and not of_rate
    if not (quantity.comparator == "eq" or floored) or first != index or quantities[index].before:
        return quantity
    floor = max(place.clause[0], quantities[index - 1].quantity.end if index else 0)
    if text[quantity.start - 1 : quantity.start] in ("到", "至"):
        return quantity
    share = quantities[index].kind == "percent"
    if quantities[index].kind in _STOCKS and (_CUTTING if share or floored or text.endswith("量", 0, quantity.start) else _REDUCING).search(text, floor, quantity.start):
        return replace(quantity, comparator="decrease")
    if share and quantity.unit != "‰" and _RAISING.search(text, floor, quantity.start):
        return replace(quantity, comparator="increase")
    return quantity


def _stretch(reading: _Reading, index: int, place: Place) -> Stretch:
    """What the subject of quantity ``index`` is read from."""
    text, quantities = reading.text, reading.quantities
    other = OTHER_UNIT.match(text, reading.taken) if reading.taken > place.clause[0] else None
    floor = max(place.clause[0], other.end() if other else reading.taken)
    if text.startswith("）", floor) and quantities[index].quantity.start == floor + 1:
        floor = max([place.clause[0], *(found.quantity.end for found in quantities[: max(0, index - 1)])])  # 水厂（规模5万吨）12座
    unit = quantities[index].quantity.unit
    told = takewhile(lambda t: t.quantity.start >= place.segment[0], reversed(reading.found))
    nearest = next(told, None)
    apart = nearest and nearest.quantity.unit not in (unit, "%") and unit != "%"
    alike = next((t.subject for t in told if t.quantity.unit == unit), None) if apart else None
    return Stretch(text, floor, place.clause[1], place.sentence[0], reading.topic, reading.thing, reading.last, reading.earlier, alike)


def _of_list(reading: _Reading, stretch: Stretch, place: Place, first: int, count: int) -> list[str] | None:
    """The subjects of ``count`` numbers listed together, where each has its own."""
    text, start = reading.text, reading.quantities[first].quantity.start
    listed, measure = _before_separately(text[stretch.floor : start])
    split = distribute(listed, measure, count)
    if not split and reading.shared and len(reading.shared) == count:
        split = (MEASURE.search(listed) and retold(reading.shared, listed)) or reading.shared
    if not split and not listed and reading.last and text.endswith("分别", 0, start):
        split = distribute(reading.last, measure, count)  # 甲、乙数量均翻番，分别达到8家、20家
    told = reading.found[-count:]
    if not split and not listed and [t.quantity.unit for t in told] == [q.quantity.unit for q in reading.quantities[first : first + count]]:
        split = [t.subject for t in told]  # 绿化率41%，公园面积14平方米；到2025年，分别达到43%和15平方米
    if not split and MEASURE.search(listed) and "分别" in text[place.clause[0] : reading.quantities[first].number_start]:
        split = owners(text[place.sentence[0] : place.clause[0]], listed, count)
    return split


def _subject(reading: _Reading, index: int, place: Place) -> str:
    """The subject of quantity ``index``; one of a list shares what stands before the list."""
    text, quantities = reading.text, reading.quantities
    stretch = _stretch(reading, index, place)
    first, count = reading.lists.get(index, (index, 1))
    if count > 1:
        floor = text.rfind("，", place.clause[0], quantities[first].quantity.start) + 1
        stretch.floor = min(stretch.floor, max(floor, place.clause[0]))
        if split := _of_list(reading, stretch, place, first, count):
            reading.shared = split
            return split[index - first]
        index = first
    if shared := _noun_behind(text, stretch, quantities, index):
        return shared
    if index + 1 < len(quantities) and (told := _told_with_next(reading, stretch, index, place)):
        return told
    return find_subject(quantities[index], stretch)


def _told_with_next(reading: _Reading, stretch: Stretch, index: int, place: Place) -> str:
    """What the number behind tells of the subject, as a part of it or as its size; else the stretch ends before that number."""
    text, quantities = reading.text, reading.quantities
    found, following = quantities[index], quantities[index + 1]
    if _share_of_those(text, found, following, place):
        return text[found.quantity.end + 1 : following.quantity.end]
    rated = is_rating_of_name(text, found, following)
    if rated and index + 2 < len(quantities):
        stretch.ceiling = min(stretch.ceiling, quantities[index + 2].quantity.start)
    if not rated:
        stretch.ceiling = min(stretch.ceiling, following.quantity.start)
        reading.cut = _own_end(text, found.quantity.end, stretch.ceiling, following.quantity)
        stretch.ceiling = reading.cut or stretch.ceiling
    if sized := _size_of_next(text, stretch, quantities, index):
        return sized
    return "" if rated else _sized_thing(text[: place.clause[1]], stretch, found, following)


def _share_of_those(text: str, found: FoundQuantity, following: FoundQuantity, place: Place) -> bool:
    """30%的县森林覆盖率超过60%: a share of those that reach another value."""
    reached = following.before and following.kind != "count" and following.quantity.end <= place.clause[1]
    return bool(reached) and found.kind == "percent" and text.startswith("的", found.quantity.end)


def _noun_behind(text: str, stretch: Stretch, quantities: list[FoundQuantity], index: int) -> str:
    """What several numbers count whose noun stands behind the last of them: 2022年改造30个、2023年改造40个小区."""
    last = index
    unit = quantities[index].quantity.unit or ""
    while last + 1 < len(quantities) and (quantities[last + 1].quantity.unit or "").startswith(unit or "-") and _GOES_ON.fullmatch(text, quantities[last].quantity.end, quantities[last + 1].quantity.start):
        last += 1
    end = quantities[last].quantity.end
    if last == index or not WORD_AFTER.match(text, end + text.startswith("“", end)) or noun_before(text[stretch.floor : quantities[index].quantity.start], True):
        return ""
    stretch.floor = quantities[last].quantity.start
    following = quantities[last + 1].quantity.start if last + 1 < len(quantities) else len(text)
    stretch.ceiling = min(following, *(at for mark in "，。；：" if (at := text.find(mark, end)) >= 0), len(text))
    return find_subject(quantities[last], stretch)


def _sized_thing(text: str, stretch: Stretch, found: FoundQuantity, size: FoundQuantity) -> str:
    """What is counted right before its size: 1处不少于500平方米的活动空间, 3座500立方米蓄水池, 5座30万吨级码头; of 8个500千伏、50个220千伏线路 its rating."""
    start, end = size.quantity.start, size.quantity.end
    if found.kind != "count" or not _SIZE_BEHIND.fullmatch(text, found.quantity.end, start):
        return ""
    if size.before and (such := _AND_SUCH.match(text, end)):
        return noun_after(text[such.end() :], False)  # 2处面积不小于200亩、交通便利的园区
    bare = size.kind in _SUBSTANCES and not noun_before(text[stretch.floor : found.quantity.start], True)
    if bare and start == found.quantity.end and text.startswith("、", end):
        return text[start:end]
    if not (text.startswith("的", end) or size.after or (bare and WORD_AFTER.match(text, end))):
        return ""
    return noun_after(text[start if text.startswith("级", end) else end :], False)


def _own_end(text: str, end: int, ceiling: int, following: Quantity) -> int:
    """Where the noun behind a number ends if that of the next number follows it (3000辆整车、热电联供1万户); else 0."""
    mark = text.rfind("、", end + 1, ceiling)
    if mark < 0 or text[end] in "、，。；（）和" or ceiling < following.start:
        return 0
    tail = text[mark + 1 : ceiling]
    its_own = following.end == len(text) or text[following.end] in "，。、；）"
    return mark if tail and (its_own or tail.endswith("等") or MAKING.fullmatch(tail) or ATTRIBUTE.fullmatch(tail)) else 0


def _size_of_next(text: str, stretch: Stretch, quantities: list[FoundQuantity], index: int) -> str:
    """The thing that the next number counts, whose size this one is: 总面积309万亩的12个片区 → 片区总面积."""
    quantity, following = quantities[index].quantity, quantities[index + 1].quantity
    if following.start != quantity.end + 1 or text[quantity.end] != "的":
        return ""
    head = noun_before(text[stretch.floor : quantity.start], True)
    if not head or not ATTRIBUTE.fullmatch(head):
        return ""
    end = min((mark for sign in "、，。；和" if (mark := text.find(sign, following.end)) >= 0), default=len(text))
    return noun_after(text[following.end : end], False) + head


def _before_separately(shared: str) -> tuple[str, str]:
    """(甲、乙和丙, 占比) of 甲、乙和丙分别占比: what is listed, and the measure that stands behind 分别."""
    head, separator, tail = shared.rpartition("分别")
    return (noun_before(head, False), noun_before(tail, False)) if separator else (noun_before(shared, False), "")


def _target(
    text: str, quantity: Quantity, subject: str, place: Place, time: Time | None, clock: Clock, horizon_year: int | None
) -> FoundTarget:
    ahead = text[place.clause[0] : quantity.end]
    start, end = place.shown
    if time is None and horizon_year is None and (aims := _AIMS.search(text, place.sentence[0], quantity.start)):
        period = period_of(text[place.sentence[0] : aims.start()])  # “九五”水利建设的主要目标包括：…
        horizon_year = period[1] if period else clock.annual_year or clock.period_end
    return FoundTarget(
        subject=subject,
        quantity=quantity,
        sentence_start=start,
        sentence_end=end,
        deadline_year=time.year if time and not time.counted else horizon_year,
        deadline_raw=time.raw if time else None,
        commitment="strive" if _strives(text, ahead, time) else "must" if MUST.search(ahead) else _led(text, place, quantity),
        per_year=bool(_YEARLY.search(ahead)),
    )


def _led(text: str, place: Place, quantity: Quantity) -> str:
    """What the word at the head of its segment makes of a clause that goes on with it: 力争收入增长8%，产值达到5亿元."""
    led = _LED.match(text, place.segment[0], quantity.start)
    if led is None or led.end() > place.clause[0]:
        return "plain"
    lead = LEAD.match(text, place.clause[0])
    if MAKING.match(text, lead.end() if lead else place.clause[0]):
        return "plain"  # a verb of its own: 力争收入增长8%，新建渔港3座
    return "strive" if led["strive"] else "must"


def _strives(text: str, ahead: str, time: Time | None) -> bool:
    """力争 in the clause, or before its year (力争到2025年，…)."""
    return bool(STRIVES.search(ahead) or (time and STRIVES.search(text, max(0, time.start - 3), time.end)))
