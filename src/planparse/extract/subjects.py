"""What a quantity measures: the shortest noun phrase with its object, cut out of the clause around the number."""

from __future__ import annotations

import re

from planparse.extract.holders import (
    CUT,
    ITS_SIZE,
    Stretch,
    before_bracket,
    earlier_noun,
    holder,
    last_item,
    of_lead,
    unled,
)
from planparse.extract.lexicon import RATED, members, worded
from planparse.extract.nouns import (
    ACT_ALONE,
    ADDING,
    AMONG,
    ATTRIBUTE,
    MAKING,
    MEASURE,
    MEASURE_FORM,
    OF_LEVELS,
    noun_after,
    noun_before,
    without_adding,
)
from planparse.language.quantities import FoundQuantity
from planparse.language.quantity_grammar import CHANGES

_SHORT_MEASURE = 4
"""A measure of at most this length (覆盖率, 占比) needs the thing that it is measured of."""
_SHORT_REST = 3
"""A longer run of verbs is an act of its own, named behind its thing."""
_SHORT_OWNER = 6
"""An owner of at most this length before a bare number (县城达到85%) shares the measure of the number before."""

_CHANGING = worded("增|<falling>")
_GROUP = worded(r"(?:<groups>|[省市县区镇乡村人])$")
"""Those whose share of the measure before is told by their name alone."""
OPPOSITE = worded(r"<opposites>")
_OF_GROUP = worded(r"([^的]{2,20}<measures>)(<opposites>(?:居民)?)")
_COUNTED_KINDS = ("count", "people", "money", "area", "length", "volume", "mass", "energy", "data")
_FREQUENCY = ("次", "轮", "遍", "场", "场次", "轮次")
_AMOUNT = worded(rf"{MEASURE_FORM}|[费金额量数值度感比]$|投资$")
"""Measures and amounts: they need no measure of the number before."""
_DEPENDENT = worded(r"<dependent>$")
"""Measures that say nothing without the thing they are measured of."""
_OF_THE_REGION = worded(r"<of_the_region>")
"""Short measures of the whole region."""
_PREDICATE = worded(r"<predicates>|，")
_LEVEL_FORM = r"(?:[甲乙丙]级|[1-5]A级|国家|省|市|县|区|乡|镇|乡镇|村|州|自治区)级?"
_LEVEL = re.compile(_LEVEL_FORM)
_OPPOSITE_OR_LEVELS = worded(rf"^(?:<opposites>|(?:{_LEVEL_FORM}){{1,3}})")
_DOING_TO = worded(r"(?:^|[，；。])(?:每(?:[年季月周]度?|学期|学年|半年))?[对为]([^，。；：、对为]{2,16}?)(?:每(?:[年季月周]度?|学期|学年|半年))?(?:至少)?<light>([^，。；：、0-9]{0,10})$")
_EACH = re.compile(r"每[支个家座所处辆名](?:[^，。；]{0,4})$")
_EACH_MAKES = worded(r"每(?:个[^，。；：、每]{1,6}|[村县镇乡市区])<making>")
"""设立担保机构，每个乡镇设立1家: of what was named before"""
_OFFERING = worded("(?:免费)?<offering>")
"""为10万名残疾人提供康复服务: 残疾人康复服务"""
_EACH_OWNER = worded(
    r"(?:<said_inside>|[^，。；]{0,8}按照)?(每(?![年月季周天日学])[^，。；]{1,12}?)(?:<said_inside>|应|要)?(?=<owning>)"
)
_PER_BEHIND = re.compile(r"([^，。；：、每]{2,20})(每(?:个|[0-9十百千万]{1,4})[^，。；、每年月日季周天]{1,6})(?<!数)")
_REGION = worded(r"[\u4e00-\u9fff]{1,5}(?:[省市州县区旗]|<landscapes>)")
_OVER = re.compile(r"(?:超过?|过)[0-9十百千]{0,6}[万亿]元的?|[0-9十百千]{0,6}[万亿]元以上的?")
_ITS_MEASURE = worded(r"[^的]{0,2}<dependent>$")
_CHANGED = worded(r"^(?:<rising>|<cutting>)(?=[^，]{3})")
"""压减许可事项10%，网办率达到95%: the rate is of what is cut, not of the cutting"""
_ITS_GROWTH = re.compile("(?:年均)?(?:增[速幅]|涨幅)$")
"""产值突破5亿元，增速保持在8%以上，占比…"""
_ITS_STOCK = re.compile("(?:保有|总)量$")
"""湿地保有量达到300万亩，保护率达到55%: the share is of what there is"""
_SIZE = worded(r"<sizes>$")
SHARED = worded(rf"[A-Za-z][A-Za-z0-9.]{{0,9}}{MEASURE_FORM}|[货客]运量$|[流交][通转]量$|[出存]栏量?$|投资额$")
"""Measures that end a list: PM10浓度, 货运量."""
_ENDS_LIST = re.compile(r"等(?:[，。；、）]|$)")
_ITEM = re.compile(r"^(?:[\u2460-\u249b\u3220-\u3229]|[—–―─●•◆■▲★※◇○]{1,4})\s?")
_INSIDE = worded(r"<said_inside>")
"""Words of manner inside a phrase: 课时原则上占总课时"""
_REMARK = re.compile(r"（(?:[^（）]{9,}|见[^（）]*)）")
OTHER_UNIT = re.compile(r"（[^（）0-9]{1,4}）")
"""保障性住房2万套（间）, 2.5万套（间）旧房: a second unit behind the first."""
_BY_STANDARD = worded(r"^(?:标准(?=<fitting_out>|落实)|的(?:<rated>(?!化)|规模)|规模的)(?=[^，。；])(?:<fitting_out>|落实)?")
_PERSONS = re.compile(r"^口(?=[\u4e00-\u9fff])")
"""百万人 + 口饮水问题"""
_BY_BASE = re.compile(r"(?<=[^，。；：、])按照?[^，。；：、按]{2,20}的?$")
"""供养标准按低保标准的1.6倍"""
_BY_SHARE = worded(r"的比例[^，。；：、]{0,3}?(<fitting_out>)([^，。；：、]{2,16})")
"""按总车位20%的比例配建充电桩 → 充电桩配建比例"""
_REACHING = ("达", "提高", "提升", "不", "超", "控")
_JOINS = worded(r"[，。；：、）！？与或并且（,;/]|<and>|其中|大关|关口|新?台阶|(?:安排|确定|执行|计算)(?:[，。；]|$)|(?:共计?|[合总]计)$")
_SHARE_OF_WHAT = re.compile("(?:大?约)?[需应]占")
_AVERAGES = ("人均", "户均", "亩均")
_DONE_IN_YEAR = re.compile(r"(?<=[\u4e00-\u9fff]{2})完成(?=年度)")
_LED_TO = worded(r"^(?:<light>|<furthers>)(?=[^，]{2})")
_SIDES = re.compile("[宽高深厚]度?[为约]?[0-9.]{1,6}[厘毫]?米(?:以[上下]|左右)?[、，]?(?=[全总]?长)|[0-9.]{1,6}[厘毫]?米[宽高深厚]的")
"""道路宽12米、长3公里, 1米宽的步道5公里: the other sides of what is so long"""
_AMONG = worded(r"[0-9]{1,4}[个处条座家所户名](?P<whole>[^，。；：、0-9]{1,12})" + AMONG + r"(?P<said>[^，。；：、0-9]*)$")
"""12个断面中优良比例达到50%, 12个断面中达标5个, 12个断面中的5个"""
_LENGTH = re.compile("(?<=[\u4e00-\u9fff]{2})(?<![增延生成河总])全?长$")
_QUOTES = str.maketrans("", "", "“”\"")


def find_subject(found: FoundQuantity, stretch: Stretch) -> str:
    """The subject of the quantity; never empty."""
    text = stretch.text
    quoted = text.rfind("“", stretch.floor, found.quantity.start) + 1
    closing = text.find("”", quoted, stretch.ceiling) if quoted else -1
    if closing >= found.quantity.end:  # 按照“产区保持四个月存量”的要求
        stretch.floor, stretch.ceiling = quoted, closing
    before = text[stretch.floor : found.quantity.start]
    before = _LENGTH.sub("", _SIDES.sub("", before)) if found.kind == "length" else before
    if "中" in before and (among := _AMONG.search(before)):
        said = among["said"]
        owned = len(said) <= _SHORT_MEASURE and _DEPENDENT.search(said)
        before = among["whole"] + said if owned else said if noun_before(said, True) else among["whole"]
    other = OTHER_UNIT.match(text, found.quantity.end, stretch.ceiling)
    after = text[other.end() if other else found.quantity.end : stretch.ceiling]
    subject = _choose(before, after, found, stretch)
    subject = _told_again(subject, found, stretch) or _complete(subject, after, found, stretch)
    if found.kind not in ("count", "people") and (turned := _OF_GROUP.fullmatch(subject)):
        subject = turned[2] + turned[1]  # 覆盖率县城达到100%
    if per := _PER_BEHIND.fullmatch(subject):
        subject = per[2] + per[1]  # 供应网点每个乡镇不少于1个
    if (average := text[found.number_start - 2 : found.number_start]) in _AVERAGES and found.quantity.start < found.number_start - 2:
        at = measure.start() if (measure := MEASURE.search(subject)) else 0
        subject = subject if average in subject else subject[:at] + average + subject[at:]  # 村集体收入保持在人均10元
    subject = _DONE_IN_YEAR.sub("", _SHARE_OF_WHAT.sub("占", subject))
    if found.before in ("增收", "增产") and subject.endswith("均"):
        subject += found.before
    subject = _INSIDE.sub("", _REMARK.sub("", _ITEM.sub("", subject))).translate(_QUOTES).strip("，。；：、,;: 的")
    if subject.count("（") != subject.count("）"):
        subject = subject.strip("（）")
    return subject or _fallback(found, stretch)


_REALISED = re.compile("(?P<what>[^，。；：]{2,20}?)(?:基本)?实现(?P<where>[^，。；：、]{2,20})")
_SOMEWHERE = worded("[省市县区镇乡村全]域|<both>|<places>")
"""和美乡村实现省域全覆盖, but 园区内实现污染处理设施全覆盖"""

_SO_MANY_PLACES = worded(r"^[0-9]{1,4}个(?:<places>(?![级直区])(?=[^，。；：、]{3})|(?=<places>$))")
"""9个县养老中心全覆盖"""


def _choose(before: str, after: str, found: FoundQuantity, stretch: Stretch) -> str:
    follows = bool(after) and not _JOINS.match(after) and not _ENDS_LIST.match(after)
    if found.kind == "cover":
        head = _SO_MANY_PLACES.sub("", noun_before(before, False))
        through = _REALISED.fullmatch(head)
        where = _SO_MANY_PLACES.sub("", through["where"]) if through else ""
        return through["what"] + ("" if _SOMEWHERE.fullmatch(where) else where) if through else head
    if found.kind == "time" and not found.before and found.after in ("内", "以内", "之内") and after.startswith("，"):
        return _next_clause(before, found, stretch)
    persons = found.kind == "none" and follows and not found.before and not found.after  # 帮扶12万困难群众
    if found.kind in _COUNTED_KINDS or persons:
        return _counted(before, after, found, follows, stretch)
    if found.kind == "multiple":
        before = _BY_BASE.sub("", before)
    if (share := _BY_SHARE.match(after)) and "按" in before:
        return share[2] + share[1] + "比例"
    head = noun_before(before, found.kind == "none" and found.chinese)
    if found.quantity.comparator in CHANGES and f"{head}数量" in before and head:
        head += "数量"  # what grows by a share is the number of things
    if not follows or (head and RATED.match(after)):
        return head
    reached = bool(head) and found.before.startswith(_REACHING) and not after.startswith("的")
    if reached or MEASURE.search(head):
        return head
    tail = noun_after(after, keep=True)
    if head.endswith("提供"):
        return tail
    return tail if after.startswith("的") or not head else head + tail


def _counted(before: str, after: str, found: FoundQuantity, follows: bool, stretch: Stretch) -> str:
    """建设20个左右X → X; X 3个 → X; 组建一支30人的X → X人数; 对12处X进行修复 → X修复."""
    reached = found.before.startswith(("达", "提", "增", "保", "控", "稳")) or found.before.endswith(("到", "至"))
    doing = _DOING_TO.search(before)
    if doing and (doing[2] or found.quantity.unit in _FREQUENCY):
        return doing[1] + (doing[2] or noun_after(after, keep=False))
    whole = noun_before(before, False) if reached else ""
    head = whole if MEASURE.search(whole) or whole.startswith("新建") else noun_before(before, True)
    if not follows or reached:
        return last_item(_between(found, stretch) or _shared_front(before, stretch) + head)
    if head and not after.startswith("的") and ATTRIBUTE.fullmatch(head) and found.kind in ("volume", "mass", "energy"):
        return head
    if before.endswith("规模为"):
        return head
    if not head and after.startswith("用于") and "中" in before:
        return ""  # 用地300公顷，其中不少于130公顷用于工业
    measured = (after.startswith("的") or found.before.startswith("超")) and (MEASURE.search(head) or ATTRIBUTE.fullmatch(head))
    if head and (measured or _PREDICATE.match(after)):
        return last_item(head)
    after = _BY_STANDARD.sub("", _PERSONS.sub("", after) if found.quantity.unit == "人" else after)
    if found.kind == "people" and after.startswith("的"):
        if head and found.quantity.unit in ("名", "位"):
            return last_item(head)  # 村级林长30名的体系
        if head and ATTRIBUTE.fullmatch(head):
            return noun_after(after, keep=False) + head
        return noun_after(after, keep=False) + next((f"{what}数" for what in ("床位", "学位", "户") if what[0] in (found.quantity.unit or "")), "人数")
    shared = before in members("joining")
    each = _EACH_OWNER.match(_clause_ahead(stretch) if shared else before)
    noun = noun_after(after, keep=False)
    if _COVERED.search(_clause_ahead(stretch) + before):
        noun = noun.partition("的")[0]  # 覆盖8个乡镇、126个行政村的物流网络
    if before.endswith(("为", "向", "让")):
        noun = _OFFERING.sub("", noun, count=1)
    return (each[1] if each else "") + noun or last_item(head)


_COVERED = re.compile("(?:覆盖|辐射|惠及|连接|串联)(?:[0-9]+[个座家所条][^，。；：、0-9]{1,10}[、和及与])*$")


def _between(found: FoundQuantity, stretch: Stretch) -> str:
    """What stands between a word that binds from afar and its number (每人每年至少义务植树5棵)."""
    gap = stretch.text[found.quantity.start + len(found.before) : found.number_start]
    return noun_before(gap, True) if found.before and len(gap) > 1 and gap[0] != "每" and gap not in _AVERAGES else ""


_PER_HEAD_OF = re.compile(r"(?P<front>每[十百千万]+名?[^，。；：、]{0,8}?人口?(?:拥有|配备)?)")
_ADDING_FIRST = re.compile(rf"[^，。；：、]{{0,12}}(?P<front>{ADDING.pattern})[^，。；：、0-9]{{2,20}}[0-9][^，。；：]*$")


def _shared_front(before: str, stretch: Stretch) -> str:
    """What stands before the first of a list and belongs to the next: 每千人口拥有医师3.2人、注册护士3.8人, 新增托位50个、床位80张."""
    if before[:1] not in ("、", "和") or MAKING.match(before, 1):
        return ""
    ahead = _clause_ahead(stretch)
    match = _PER_HEAD_OF.search(ahead) or _ADDING_FIRST.match(ahead)
    return match["front"] if match else ""


def _clause_ahead(stretch: Stretch) -> str:
    """What the clause says before the stretch (每名学生掌握2项以上运动技能 before 和1项)."""
    ahead = stretch.text[max(stretch.sentence, stretch.floor - 40) : stretch.floor]
    return re.split(r"[，。；：]", ahead)[-1]


_OF_LEVEL = re.compile(rf"(?<=.)（{OF_LEVELS}）$")
"""县（市）: a level, and what else stands on it"""
_LEVELS_AHEAD = re.compile(rf"^（{OF_LEVELS}）")


def _of_each(subject: str, after: str, found: FoundQuantity, stretch: Stretch) -> str:
    """What each of several has, named before: 组建救援队，每支30人; 设立担保机构，每个乡镇设立1家. Empty where it is no such phrase."""
    if found.kind == "count" and _EACH_MAKES.fullmatch(subject):
        return stretch.previous or earlier_noun(stretch)
    if _EACH.match(subject) and not (len(after) > 1 and subject.endswith(after[:2])):
        return (stretch.previous or stretch.topic or "") + subject + ("人数" if found.kind == "people" else "")
    return ""


def _complete(subject: str, after: str, found: FoundQuantity, stretch: Stretch) -> str:
    """Give a bare attribute, level or measure the thing that it belongs to."""
    if bracket := _OF_LEVEL.search(subject):
        bare = subject[: bracket.start()]
        return subject + _LEVELS_AHEAD.sub("", _complete(bare, after, found, stretch).removeprefix(bare))
    if each := _of_each(subject, after, found, stretch):
        return each
    if _LEVEL.fullmatch(subject) and not (len(subject) == 1 and after.startswith(subject)):
        measured = stretch.last if found.kind == "percent" and MEASURE.search(stretch.last or "") else None
        thing = measured or stretch.previous or earlier_noun(stretch)
        return subject + _OPPOSITE_OR_LEVELS.sub("", thing)
    if not subject:
        return _measured_ahead(found, stretch) or _unsaid(after, found, stretch)
    reached = found.kind in ("percent", "time") and found.before and len(subject) <= _SHORT_OWNER
    reached = reached and not (found.kind == "percent" and _SIZE.search(stretch.last or ""))
    if _CHANGING.match(found.before) and not _GROUP.search(subject):
        reached = False  # 固定资产投资增长12% says itself what grows, 农村居民增长8% does not
    last = stretch.last or ""
    shared = MEASURE.search(last)
    if reached and OPPOSITE.fullmatch(subject) and not shared and OPPOSITE.match(last):
        return subject + _measured(subject, last)  # 城区带病树木不超过5%，农村不超过10%
    if reached and shared and ("时" in shared[0]) == (found.kind == "time") and not _AMOUNT.search(subject):
        return subject + _measured(subject, last)
    if found.before and _REGION.fullmatch(subject) and shared and found.kind not in ("count", "people"):
        return subject + (SHARED.search(last) or shared)[0]
    if _OVER.fullmatch(subject) and stretch.last:
        return subject.removesuffix("的") + "的" + _OVER.sub("", stretch.last, count=1)
    if _ITS_GROWTH.fullmatch(subject) and shared:
        return last + subject
    if subject.startswith("占") and last and not ATTRIBUTE.fullmatch(subject):
        return _ITS_GROWTH.sub("", last) + subject
    return _owned(subject, after, found, stretch)


def _owned(subject: str, after: str, found: FoundQuantity, stretch: Stretch) -> str:
    """An attribute or a measure that says nothing alone (库容, 覆盖率), with the thing that has it."""
    if ATTRIBUTE.fullmatch(bare := without_adding(subject)):
        owner = ITS_SIZE.sub("", before_bracket(subject, stretch) or holder(after, stretch))
        if subject in ("长", "全长") and found.kind == "length" and owner:
            return owner
        if not owner.endswith(subject) and owner[-2:] == bare[-2:]:
            return subject  # 受益人口5万人，覆盖人口10万人: the same of others, not of those
        return owner if owner.endswith(subject) else owner.removesuffix(bare) + subject
    grown = _GROWN_ON.match(stretch.last or "") if _YIELD.fullmatch(subject) else None
    if grown:
        return grown["crop"] + subject
    if len(subject) > _SHORT_MEASURE or not _DEPENDENT.search(subject) or _OF_THE_REGION.fullmatch(subject) or stretch.floor <= stretch.sentence:
        return subject
    last = stretch.last or ""
    thing = _ITS_STOCK.sub("", last) if _ITS_STOCK.search(last) else _ITS_MEASURE.sub("", _CHANGED.sub("", stretch.previous or earlier_noun(stretch), count=1))
    if MEASURE.search(thing):
        return subject
    return (thing[:-2] if thing.endswith(subject[:2]) else thing) + subject


_YIELD = re.compile("总?产量|总产")
_GROWN_ON = worded(r"(?P<crop>[\u4e00-\u9fff、（）]{2,16}?)<acts>面积$")
"""蔬菜播种面积80万亩，产量300万吨: of 蔬菜"""


def _told_again(subject: str, found: FoundQuantity, stretch: Stretch) -> str:
    """The measure of the thing before, which is all that its clause names: 风电新增装机容量50万千瓦，累计装机容量达到…"""
    last, told = stretch.last or "", re.split("[，；]", stretch.text[stretch.floor : found.quantity.start].strip("，、；"))[-1]
    bare = last != subject and last.endswith(subject) and told.removeprefix("累计") == subject
    return last.removesuffix(subject).removesuffix("新增") + told if found.before and bare and MEASURE.search(subject) else ""


def _measured_ahead(found: FoundQuantity, stretch: Stretch) -> str:
    """The measure that the clause before ends with: 持有证书的执法人员数量，不低于总数的60%."""
    clause = re.split(r"[，。；]", stretch.text[max(stretch.sentence, stretch.floor - 60) : stretch.floor].rstrip("，"))[-1]
    said = unled(stretch.text[stretch.floor : found.quantity.start])
    noun = noun_before(clause, found.kind in _COUNTED_KINDS) if found.before and not said and _AMOUNT.search(clause) else ""
    return noun if noun and noun != stretch.last else ""


_SPENT_ON = worded(r"(?<=[\u4e00-\u9fff]{2})<works>?投资$")
"""完成省道建设投资2亿元，建设95公里 of 省道"""


def _unsaid(after: str, found: FoundQuantity, stretch: Stretch) -> str:
    """What a number counts that has no noun: what was made before, what the clause tells, or the owner."""
    verb = MAKING.fullmatch(stretch.text[stretch.floor : found.quantity.start].strip("，、"))
    if verb and found.quantity.unit in _FREQUENCY and ACT_ALONE.fullmatch(verb[0]):
        return verb[0]  # 组织演练3次、培训5次
    if verb and stretch.last and found.kind in _COUNTED_KINDS:
        if len(verb[0]) > _SHORT_REST:
            return stretch.last + verb[0]  # 新建圩堤…，改造提升20公里 → 圩堤改造提升
        made = MAKING.sub("", stretch.last, count=1) or stretch.last
        spent = _SPENT_ON.search(made) if found.kind != "money" else None
        return made[: spent.start()] if spent else verb[0] + made
    last = stretch.alike or stretch.last or ""
    counted = found.kind in ("count", "people")
    return (last.removesuffix("数量") if counted else last) or _told(found, stretch) or holder(after, stretch)


def _measured(subject: str, last: str) -> str:
    """What is measured of another thing, without that thing: 农村居民 after 城镇居民人均可支配收入 → 人均可支配收入."""
    at = last.find(subject[-2:]) if len(subject) > 1 else -1
    if at >= 0:
        return last[at + 2 :]
    opposite = OPPOSITE.match(last) if OPPOSITE.match(subject) else None
    return last[opposite.end() :] if opposite else last


def _told(found: FoundQuantity, stretch: Stretch) -> str:
    """What the clause before tells the present state of (平均耗时6天，压减到2天)."""
    if not found.before or stretch.floor <= stretch.sentence:
        return ""
    clause = re.split(r"[，。；]", stretch.text[max(stretch.sentence, stretch.floor - 80) : stretch.floor - 1])[-1]
    clause = unled(clause)
    noun = noun_before(CUT.sub("", clause), False).rstrip("从由自仅") if re.search(r"[0-9]", clause) else ""
    return noun if len(noun) > 1 else ""


def _next_clause(before: str, found: FoundQuantity, stretch: Stretch) -> str:
    """接报30分钟内，救援力量应当到达现场 → what stands behind the limit, with who owes it."""
    rest = re.split(r"[，。；]", stretch.text[found.quantity.end + 1 : found.quantity.end + 60])[0]
    rest = unled(rest).replace("能够", "").replace("应当", "")
    owner = re.match(r"([^，。；]{2,16}?)(?:应当?|须|要|必须)[于在]?", before)
    return (owner[1] if owner else "") + rest


def _fallback(found: FoundQuantity, stretch: Stretch) -> str:
    """Something to call it by where no phrase was found: the last words before it, the topic, or the wording itself."""
    ahead = stretch.text[max(0, stretch.floor - 30) : found.quantity.start]
    phrase = re.split(r"[，；。]", ahead.rstrip("，；。、"))[-1]
    phrase = _LED_TO.sub("", unled(phrase), count=1) or stretch.earlier or phrase
    phrase = of_lead(phrase, stretch) or phrase
    return phrase.translate(_QUOTES).strip("，。；：、 |（") or stretch.topic or found.quantity.raw
