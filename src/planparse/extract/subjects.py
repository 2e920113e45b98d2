"""What a quantity measures: the shortest noun phrase with its object, cut out of the clause around the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse.data import vocabulary
from planparse.language.alternation import alternation
from planparse.language.quantities import FoundQuantity
from planparse.language.time import MONTH, PERIOD, YEAR

_LONG_MODIFIER = 16
"""A modifier before 的 longer than this is no part of the shortest phrase (read off the annotated plans)."""
_SHORT_HEAD = 8
"""A head noun of at least this length says by itself what is counted."""
_SHORT_MEASURE = 4
"""A measure of at most this length (覆盖率, 占比) needs the thing that it is measured of."""

_SHORT_REST = 3
"""What is left of a phrase behind a verb that may belong to it (服务中心, 培训基地) must be longer than this."""

_SHORT_OWNER = 6
"""An owner of at most this length before a bare number (县城达到85%) shares the measure of the number before."""

_COUNTED_KINDS = ("count", "people", "money", "area", "length", "volume", "mass", "energy", "data")
_FREQUENCY = ("次", "轮", "遍", "场", "场次", "轮次")
_ADVERBS = (
    r"(?:力争|争取|努力|力求|确保|保证|务必|必须|坚决|严格|进一步|持续|不断|逐步|稳步|全面|基本(?!养老|医疗|公共|农田|生活|保险|药物|功能|单元|陈列)|大力|积极|着力|加快|深入|继续|"
    r"原则上|全部|(?<![户人亩年月地])均(?!衡)|都(?!市)|分别|各(?![界地区县市乡镇州省级])|须|(?<![响供适效反相对])应(?![急用届对])|要(?!素)|将|把|使(?!用)|让|可以|能够|累计|总计|合计|共计?|计划|预计|拟|约|总体(?=[达实稳保下上提控])|今后|年均|每年|全年|今年|"
    r"年底前|年内|当年|每(?:季度?|月|周|天|日|学期|学年)|[一二两三四五]年(?:内|来)?|(?<![0-9])[0-9]{1,2}(?:[至-][0-9]{1,2})?年(?:之?内|左右)?|同时|其中|以及|并|和(?!谐)|与|及|或|对(?![外口接])|所有|各类|再(?!生|制)|其他|届时|到时|至少|最多|不少于|一支|一个|一批|推进|推动|促进|"
    r"实现|达到|保持|完成(?!率)|初步|严守|守住|为|到(?![达位岗]))"
)
_REGION = r"(?:全[市省州县区国域镇乡盟旗]|[本我][市省州县区国盟旗])(?:范围内?)?"
_TIME = (
    rf"(?:(?:[到至在从自]|截至)?{YEAR}年?(?:年?[底末]|起)?(?:以?前|之前)?|到?(?:[“]?{PERIOD}[”]?[和、与])?[“]?{PERIOD}[”]?(?:规划)?(?:期末|末|期间|时期)|规划期末|{MONTH})"
)
_LEAD = re.compile(
    rf"(?:[，、；：。\s”）-]|由(?![于衷])|{_TIME}|{_ADVERBS}|{_REGION}|[一二三四五六七八九十]是|（[0-9一二三四五六七八九十]+）|[0-9]{{1,4}}[.、](?![0-9]))+"
)
_BASE = (
    rf"(?:(?:较|比|与|同|相比|在|以)(?:上年|上一年|去年|{YEAR}年?(?:底|末)?|[“]?{PERIOD}[”]?(?:末|期末|时期)?|现有|目前|基期)"
    r"(?:的?水平)?(?:相比|的?基础上|为基数)?|同比|环比)"
)
_TAIL = re.compile(
    rf"(?:{_BASE}|进行|(?:由|从)[^，。；]{{1,24}}[到至][^，。；]{{0,8}}|各建成?|各设|{_ADVERBS}|[（(][^（）()]*[)）]|[：:，、“]|的?幅度|是|占|[到至]|按照?|由(?=[^，。；]{{0,9}}[0-9一二三四五六七八九十目现原当])[^，。；]{{1,12}}|从[^，。；]{{1,12}}|原则|一般|数量|也|则|(?<![雷发传通直马])达|"
    r"提高|提升|缩短|缩小|压缩|控制|下降|降低|减少|增长|增加|稳定|维持|扩大|上升|(?<![一二两三四五十0-9])年|建有){1,40}+$"
)
_MEASURE = re.compile(
    r"(?:率|比例|比重|占比|面积|长度|半径|倍数|时间|时限|周期|水平|规模|产值|收入|指数|系数|强度|浓度|总量|数量|容量|产量|总数|[人户家起次件]数|"
    r"资金|投入|用时|时长|里程|密度|成本|费用|支出|精度|速度|带宽|分值|权重|满意度|覆盖面|能力|增速|增加值|排放量|减排量|投诉量|标准)$"
)
_AMOUNT = re.compile(rf"{_MEASURE.pattern}|[费金额量数值]$")
"""Measures and amounts: they need no measure of the number before."""
_DEPENDENT = re.compile(r"(?:率|占比|比例|比重|人数|收入|产值|总数|水平|满意度)$")
"""Measures that say nothing without the thing they are measured of."""
_ATTRIBUTE = re.compile(
    r"(?:总)?(?:[日年](?:均)?(?:供水|供气|供热|处理|加工|发电|接待|出栏|生产|吞吐|储存)(?:能力|规模)?|占地面积|建筑面积|用地面积|总面积|面积|服务半径|覆盖半径|半径|长度|总长|全长|容量|总规模|规模|库容|日?处理能力|"
    r"年?产值|产能|总?人数|占比|比例|比重|总?投资|投入|)"
)
_ACTION = (
    r"(?:布局|建设|改造|验收|整治|治理|修复|创建|工作|任务|达标|提升|加固|清淤|排查|登记|培训|普查|试点|评估|编制|维修|更新|保护|建队|升级|确权|清理|监测|检测)"
)
_ACTIONS = re.compile(rf"{_ACTION}{{1,4}}(?:行动|工程)?$")
_CARRIERS = re.compile(r"(?:布局建设|建队任务|建设任务|的?(?:建设|创建)?(?:任务|目标|标准|要求))$")
_LIGHT = re.compile(r"(?:进行|实施|开展|予以|逐项(?:开展)?|逐一(?:开展)?)(?=[^，。；]{2})")
_ENUMERATED = re.compile(rf"(?:实施|开展|进行)[^，。；、]{{1,8}}(?:、[^，。；、]{{1,10}}?){{1,4}}({_ACTION}{{1,2}})$")
_STOP = re.compile(
    r"[，。；：！？]|（(?![^）]{1,12}）[^，。；：、）])|(?:参加|参与|实现|纳入|到(?!位)|赴|用于|用来|以及|予以|给予|全部|[户人亩]均|均[^衡]|对(?![外口接比照]))"
)
_PREDICATE = re.compile(
    r"(?:常态|入场|参加|参与|投入|用于|开展|进行|实施|完成|到|赴|在|驻|上线|入驻|下沉|同步|全部|均|满足|纳入|实现|形成|持证|建成|投产|通过|增收|就业|脱贫|搬迁|入住|返乡|受益|并|用|，)"
)
_LEVEL = re.compile(r"(?:[甲乙丙]级|[1-5]A级|国家|省|市|县|区|乡|镇|乡镇|村|州|自治区)级?")
_YEARLY_OR_WHERE = re.compile(r"[^，。；]{0,8}每[年月季周学][度期年]?|在[^，。；、]{2,12}[上中内里]")
_ADDED = re.compile(r"(?:额|量|率|数|能力|面积|规模|里程|产能|学位|床位)$")
_PER_HEAD = re.compile(r"每[0-9十百千万]+[名位户个人]?")
_DOING_TO = re.compile(r"(?:^|[，；。])(?:每(?:[年季月周]度?|学期|学年|半年))?[对为]([^，。；：、对为]{2,16}?)(?:每(?:[年季月周]度?|学期|学年|半年))?(?:至少)?(?:开展|进行|实施)([^，。；：、0-9]{0,10})$")
_EACH = re.compile(r"每[支个家座所处辆名](?:[^，。；]{0,4})$")
_BOUND_BY = re.compile(r"(?:不低于|不少于|不超过|不高于)[^，。；]{2,20}的$")
_EACH_OWNER = re.compile(
    r"(?:原则上|[^，。；]{0,8}按照)?(每(?![年月季周天日学])[^，。；]{1,12}?)(?:原则上|应|要)?(?=至少|不少于|设立|建设|配备|开设|掌握|拥有|建成|打造|培育|设置|办好|建立|选派|确定|有|均|都)"
)
_HAPPENED = re.compile(r"(?:发生|接报|接到[^，]{2,8}|受理|收到[^，]{2,8})后?$")
_BOUND_NOUN = re.compile(r"(?:项目|工程|任务|行动|面积|规模|单位|中心|基地|标准|资金|用地|投资|对象|能力|产能)")
"""Nouns that need the word before them (创建单位, 新增产能)."""
_REMARK = re.compile(r"（[^（）]{9,}）")
_BY_STANDARD = re.compile(r"^的(?:标准|要求|比例|规模)(?=[^，。；])(?:建设|配备|设置|配置|组建|设立)?")
_USED = re.compile(r"使用[^，。；]{0,8}(?:年|以上)[^，。；]{0,4}的")
_DESCRIBING = re.compile(r"具[有备]|有|面向|集|融|以")
_REACHING = ("达", "提高", "提升", "不", "超", "控")
_QUOTES = str.maketrans("", "", "“”\"")


@dataclass(slots=True)
class Stretch:
    """The part of a paragraph that a quantity's subject is read from, and what stands around it."""

    text: str
    floor: int
    """Where the clause begins, or the quantity before ends."""
    ceiling: int
    """Where the clause ends, or the next quantity begins."""
    sentence: int
    """Where the sentence begins."""
    topic: str | None = None
    """Title of the goal, task or project that the paragraph stands in."""
    previous: str | None = None
    """The last thing that the same sentence counts or covers, whose measures may follow."""
    last: str | None = None
    """Subject of the last commitment of the same sentence."""


@cache
def _verbs() -> re.Pattern[str]:
    """Making verbs at the head of a phrase, with the adverbs before them: 高标准建设, 新（改、扩）建, 选育或引进."""
    making = alternation(vocabulary("commitments")["making"]["words"])
    adverbs = (
        r"共|协同|主导或参与|参与|牵头|有效|高标准|高质量|统筹|联合|精心|重点|分期|分批|选址|针对性|同步|择优|优先|加密|轮值|分年度"
    )
    verb = rf"(?:{making}|(?:{adverbs})(?={making})|新|再)"
    return re.compile(rf"(?:新（[^）]{{0,20}}）建|{verb}(?:[并和及或以了]|、(?={making}))?)+")


@cache
def _pure_verbs() -> re.Pattern[str]:
    """Making verbs that never begin a noun: they are stripped even from a short one (新建泵站, 布设雷达)."""
    return re.compile(alternation(vocabulary("commitments")["pure"]["words"]))


@cache
def _verb_inside() -> re.Pattern[str]:
    """A making verb after other words of the clause (依托存量设施布局建设): only such as are seldom part of a noun."""
    return re.compile(alternation(vocabulary("commitments")["inside"]["words"]))


def find_subject(found: FoundQuantity, stretch: Stretch) -> str:
    """The subject of the quantity; never empty."""
    text = stretch.text
    before = text[stretch.floor : found.quantity.start]
    after = text[found.quantity.end : stretch.ceiling]
    subject = _choose(before, after, found, stretch)
    subject = _complete(subject, after, found, stretch)
    if found.before in ("增收", "增产") and subject.endswith("均"):
        subject += found.before
    subject = _REMARK.sub("", subject).translate(_QUOTES).strip("，。；：、,;: 的")
    if subject.count("（") != subject.count("）"):
        subject = subject.strip("（）")
    return subject or _fallback(found, stretch)


def _choose(before: str, after: str, found: FoundQuantity, stretch: Stretch) -> str:
    follows = bool(after) and after[0] not in "，。；：、）！？和及与或并且（,;"
    if found.kind == "cover":
        return noun_before(before, False)
    if found.kind == "time" and not found.before and found.after in ("内", "以内", "之内") and after.startswith("，"):
        return _next_clause(before, found, stretch)
    if found.kind in _COUNTED_KINDS:
        return _counted(before, after, found, follows, stretch)
    head = noun_before(before, False)
    if not follows or (head and re.match(r"的?(?:目标|标准|要求|水平|速度|增速|比例)", after)):
        return head
    reached = bool(head) and found.before.startswith(_REACHING) and not after.startswith("的")
    if reached or _MEASURE.search(head):
        return head
    tail = noun_after(after, keep=True)
    if head.endswith("提供"):
        return tail
    return tail if after.startswith("的") or not head else head + tail


def _counted(before: str, after: str, found: FoundQuantity, follows: bool, stretch: Stretch) -> str:
    """建设20个左右X → X; X 3个 → X; 组建一支30人的X → X人数; 对12处X进行修复 → X修复."""
    reached = found.before.startswith(("达", "提", "增", "保", "控", "稳"))
    doing = _DOING_TO.search(before)
    if doing and (doing[2] or found.quantity.unit in _FREQUENCY):
        return doing[1] + (doing[2] or noun_after(after, keep=False))
    head = noun_before(before, not (reached and _MEASURE.search(noun_before(before, False))))
    if not follows or reached:
        return _last_item(head)
    if head and not after.startswith("的") and _ATTRIBUTE.fullmatch(head) and found.kind in ("volume", "mass", "energy"):
        return head
    if before.endswith("规模为"):
        return head
    measured = after.startswith("的") and (_MEASURE.search(head) or _ATTRIBUTE.fullmatch(head))
    if head and (measured or _PREDICATE.match(after)):
        return _last_item(head)
    after = _BY_STANDARD.sub("", after)
    if found.kind == "people" and after.startswith("的"):
        return noun_after(after, keep=False) + "人数"
    shared = before in ("和", "、", "及", "与", "以及")
    each = _EACH_OWNER.match(_clause_ahead(stretch) if shared else before)
    return (each[1] if each else "") + noun_after(after, keep=False) or _last_item(head)


def _clause_ahead(stretch: Stretch) -> str:
    """What the clause says before the stretch (每名学生掌握2项以上运动技能 before 和1项)."""
    ahead = stretch.text[max(stretch.sentence, stretch.floor - 40) : stretch.floor]
    return re.split(r"[，。；：]", ahead)[-1]


def _last_item(phrase: str) -> str:
    """举高喷射、化学洗消等特种车辆 → 特种车辆."""
    head, _, tail = phrase.rpartition("等")
    return tail if ("、" in head or "”" in head) and len(tail) >= _SHORT_MEASURE and not re.search("[、的]", tail) else phrase


def noun_before(before: str, made: bool) -> str:
    """The noun phrase that ends right before the number; ``made``: a making verb at its head is not part of it."""
    phrase = _BOUND_BY.sub("", re.split(r"[，；：。！？]", before.rstrip("，：、 "))[-1])
    if "基础上" in phrase:
        phrase = re.sub(r"在?[^，。；在]{0,12}基础上再?$", "", phrase)
    if phrase.count("（") != phrase.count("）"):
        phrase = phrase.rsplit("（", 1)[-1]
    previous = None
    while phrase != previous:
        previous = phrase
        phrase = _TAIL.sub("", phrase)
        lead = _LEAD.match(phrase)
        if lead and lead.end() < len(phrase):
            phrase = phrase[lead.end() :]
        elif lead:
            phrase = ""
    if made and not _ATTRIBUTE.fullmatch(phrase) and not _PER_HEAD.match(phrase):
        phrase = _strip_verbs(phrase)
    if before.startswith("、") or _USED.match(phrase):
        phrase = phrase.rpartition("的")[2] or phrase
    return phrase


def _strip_verbs(phrase: str) -> str:
    yearly = _YEARLY_OR_WHERE.match(phrase)
    if yearly and _verbs().match(phrase, yearly.end()):
        phrase = phrase[yearly.end() :]
    match = _verbs().match(phrase)
    if match:
        rest = phrase[match.end() :]
        if not rest:
            return ""
        if _ATTRIBUTE.fullmatch(rest):
            return rest
        pure = len(rest) > 1 and len(rest) >= match.end() and not _BOUND_NOUN.fullmatch(rest) and _pure_verbs().fullmatch(match[0])
        return rest if pure or len(rest) > _SHORT_REST else phrase
    verbs = list(_verb_inside().finditer(phrase))
    inside = verbs[-1] if verbs else None
    if inside and len(phrase) > _SHORT_HEAD and not _ACTIONS.fullmatch(phrase[inside.start() :]):
        rest = phrase[inside.end() :]
        if not rest and inside[0] == "建成" and not re.match("[在于依以沿由]", phrase):
            return _TAIL.sub("", phrase[: inside.start()])
        if inside[0] == "新增" and _ADDED.search(rest):
            return phrase
        return rest if not rest or len(rest) > 2 else phrase[inside.start() :]
    return phrase


def noun_after(after: str, keep: bool) -> str:
    """The noun phrase right behind the number; ``keep``: with its predicate (100% + 持证上岗)."""
    phrase = after[1:] if after.startswith("的") else after
    if keep:
        phrase = re.split(r"[，。；：！？]", phrase)[0]
        return re.sub(r"的?(?:目标|标准|要求|原则)$", "", phrase)
    end = _STOP.search(phrase, 1)
    phrase = _CARRIERS.sub("", phrase[: end.start()] if end else phrase)
    phrase = _ENUMERATED.sub(r"\1", _LIGHT.sub("", phrase))
    head, separator, tail = phrase.rpartition("的")
    if separator and _ACTIONS.fullmatch(tail):
        phrase = head.rpartition("的")[2] + tail if len(head) > _LONG_MODIFIER + _SHORT_HEAD else head + tail
    elif separator and len(tail) >= 2:
        loose = len(head) > _LONG_MODIFIER or len(tail) >= _SHORT_HEAD or "、" in head
        phrase = tail if loose or _DESCRIBING.match(head) else phrase
    return re.sub(r"(?:和|及|与|以及|或|、)$", "", phrase)


def _complete(subject: str, after: str, found: FoundQuantity, stretch: Stretch) -> str:
    """Give a bare attribute, level or measure the thing that it belongs to."""
    if _EACH.match(subject):
        return (stretch.previous or stretch.topic or "") + subject + ("人数" if found.kind == "people" else "")
    if _LEVEL.fullmatch(subject):
        thing = stretch.previous or _earlier(stretch)
        return subject + re.sub(rf"^{_LEVEL.pattern}", "", thing)
    if not subject:
        verb = _verbs().fullmatch(stretch.text[stretch.floor : found.quantity.start].strip("，、"))
        if verb and stretch.last and found.kind in _COUNTED_KINDS:
            return verb[0] + (_verbs().sub("", stretch.last, count=1) or stretch.last)
        return stretch.last or _told(found, stretch) or _owner(after, stretch)
    reached = found.kind in ("percent", "time") and found.before and len(subject) <= _SHORT_OWNER
    last = stretch.last or ""
    shared = _MEASURE.search(last)
    if reached and shared and ("时" in shared[0]) == (found.kind == "time") and not _AMOUNT.search(subject):
        return subject + last
    if subject.startswith("占") and stretch.last:
        return stretch.last + subject
    if _ATTRIBUTE.fullmatch(subject):
        return _owner(after, stretch) + subject
    if len(subject) <= _SHORT_MEASURE and _DEPENDENT.search(subject) and stretch.floor > stretch.sentence:
        thing = re.sub(r"[^的]{0,2}(?:率|水平|比例|占比|数量|总数)$", "", stretch.previous or _earlier(stretch))
        if _MEASURE.search(thing):
            return subject
        return (thing[:-2] if thing.endswith(subject[:2]) else thing) + subject
    return subject


def _owner(after: str, stretch: Stretch) -> str:
    """Whose attribute it is: the head noun further on (年产值…的龙头企业), the topic, or the last thing before."""
    ahead = re.search(r"的([^，。；、的0-9]{2,12})", after) or re.match(r"()(?![左以及和与的])([^，。；、的0-9]{2,12})$", after)
    if ahead and not after.startswith(("，", "。", "；")):
        return ahead[ahead.lastindex or 1]
    previous = stretch.previous and re.sub(r"(?:占地面积|建筑面积|用地面积|面积|半径)$", "", stretch.previous)
    return stretch.topic or _last_item(previous or _earlier(stretch))


def _earlier(stretch: Stretch) -> str:
    """The noun of the nearest clause before that has one."""
    begin = max(stretch.sentence, stretch.floor - 80)
    for clause in reversed(re.split(r"[，；。,（]", stretch.text[begin : stretch.floor].rstrip("，；。、,（"))):
        noun = noun_before(re.sub(r"[0-9.]+.*$", "", clause), True).removeprefix("现有")
        if noun and not _ATTRIBUTE.fullmatch(noun):
            return noun
    return ""


def _told(found: FoundQuantity, stretch: Stretch) -> str:
    """What the clause before tells the present state of (平均耗时6天，压减到2天)."""
    if not found.before or stretch.floor <= stretch.sentence:
        return ""
    clause = re.split(r"[，。；]", stretch.text[max(stretch.sentence, stretch.floor - 80) : stretch.floor - 1])[-1]
    clause = _LEAD.sub("", clause, count=1)
    number = re.search(r"[0-9]", clause)
    return noun_before(clause[: number.start()], False) if number else ""


def _next_clause(before: str, found: FoundQuantity, stretch: Stretch) -> str:
    """接报30分钟内，救援力量应当到达现场 → what stands behind the limit, with who owes it."""
    rest = re.split(r"[，。；]", stretch.text[found.quantity.end + 1 : found.quantity.end + 60])[0]
    rest = _LEAD.sub("", rest, count=1).replace("能够", "")
    owner = re.match(r"([^，。；]{2,16}?)(?:应当?|须|要|必须)[于在]?", before)
    return (owner[1] if owner else "") + rest


def _fallback(found: FoundQuantity, stretch: Stretch) -> str:
    """Something to call it by where no phrase was found: the last words before it, the topic, or the wording itself."""
    ahead = stretch.text[max(0, stretch.floor - 30) : found.quantity.start]
    phrase = re.split(r"[，；。]", ahead.rstrip("，；。、"))[-1]
    return phrase.translate(_QUOTES).strip("，。；：、 |（") or stretch.topic or found.quantity.raw


def distribute(phrase: str, measure: str, count: int) -> list[str] | None:
    """Subjects of numbers listed with 分别: 甲、乙和丙排放总量 → 甲排放总量, 乙…, 丙…; None if they do not fit.

    ``measure`` is what stands behind 分别 (占比) and belongs to each.
    """
    parts = [p for p in re.split(r"、|和|与|及", phrase) if p]
    if len(parts) < count:
        return None
    if len(parts) > count:
        parts = ["、".join(parts[: len(parts) - count + 1]), *parts[len(parts) - count + 1 :]]
    last = parts[-1] + measure
    shared = _MEASURE.search(last)
    sizes = {len(p) for p in parts[:-1]}
    bare = not any(_MEASURE.search(p) for p in parts[:-1])
    if shared and bare and len(sizes) == 1 and len(last) >= 2 * min(sizes) + 2:
        return [*(p + last[len(p) :] for p in parts[:-1]), last]
    subjects = []
    for part in parts[:-1]:
        suffix = _shared_tail(part, last)
        if not suffix and shared and not _MEASURE.search(part):
            suffix = ("排放" if last.endswith("排放" + shared[0]) else "") + shared[0]
        subjects.append(part + suffix)
    return [*subjects, last]


def _shared_tail(part: str, last: str) -> str:
    """一星级 | 二星级项目绿色建材比例 → 项目绿色建材比例."""
    for size in range(min(4, len(part)), 1, -1):
        at = last.find(part[-size:])
        if 0 <= at <= len(part):
            return last[at + size :]
    return ""
