"""What a clause says of a number without committing to it: rates of grants, the state of things, classes, definitions, what is handed down."""

from __future__ import annotations

import re
from functools import cache

from planparse.data import alternation, vocabulary
from planparse.extract.clauses import Place
from planparse.language.quantities import FoundQuantity

_BOUND = ("ge", "gt", "le", "lt")
_ITEMS = ("项", "条", "件")
_COMPLAINTS = re.compile(r"(?:反馈|交办|通报|移送|指出)的(?:首批|[首第][一二三]批)?$")
"""Of these any number is handed down (对照巡视反馈的12个问题), of others only items (省级下放的12项许可)."""

# 大型养殖场是指年出栏5000头以上的养殖场 · 本办法所称小微企业，是指… · 中型水库指总库容1000万立方米以上的水库
_DEFINING = re.compile(
    r"(?:是|系|均|专)指(?![标导挥定引派南示令明])|指的是|所称|所谓|(?:^|[。；\n])(?:注[:：])?[^，。；：指]{2,14}(?<![引主])指(?![标数导挥定引出派南示令明纹认战])"
)
# The class that a rule holds for: 对床位数在50张以上的养老机构 · 凡连续3年未… · 加快更换使用年限超过20年的管道
_OF_WHOM = re.compile(r"(?:对(?![外口接标])|对于|凡是?|针对|鼓励|支持|引导|要求|重点?|加快|有序|优先)[^，。；：]*$")
_SHARE_OF = re.compile(r"(?:率|比例|比重|占比|股份?|额度?)(?:（[^（）]*）)?(?:在|达到?)?$")
"""对30%以上的县开展检查 tells how many, 对持股比例超过5%的股东 which ones."""
_BRACKET = re.compile(r"(?:（[^（）]{0,12}）)?")
_ALL_SUCH = re.compile(r"的[^，。；：、]{2,10}，|或[^，。；：]{2,30}的")
"""对造林3000亩以上的农户，… and 对功率低于2.5千瓦或利用率低于30%的机房… say which ones, whatever verbs stand among them."""
_NO_CLASS = re.compile(r"的?(?:目标|标准|要求|比例|速度|水平|增速)")
_BY = re.compile(r"(?:按照?|依照|参照)[^，。；：]{0,24}$")
_PER_UNIT = re.compile(r"(?:按照?|每(?![年月日季周])|单)(?:个|家|人|亩|吨|户|座|处|辆|台|张|平方米|立方米|千瓦|[^，。；：]{1,6}?)?(?:最高|最多)?$")
_STANDARD = re.compile(r"(?:标准|额度|比例|限额|金额)(?:为|是|最高)?(?:不[超高][过于][^，。；：]{0,10}的)?$")
_TARIFF = re.compile(r"标准[为是]?[:：]")
_REWARD = re.compile(r"(?:[、和][0-9.]+[万亿]?元){0,3}的?(?:一次性)?(?:奖励|补助|补贴|资助|奖金)(?:$|[，。；、])")
_MAY_GET = re.compile("可以?(?:分别)?(?:获|享受|领取|申领)|给予|授予")
_CAP = re.compile(r"(?:最高|最多|上限|(?:累计|合计|每[家户个]|单[个户家][^，。；：、]{0,4})(?:补助|奖励|补贴|资助)?(?:金额|总额)?)为?$")
_BEARS = re.compile(r"(?:财政|政府|企业|个人)(?:各?承担|分担|负担|出资|配套)$")


# The circumstances of a test: 在零下35摄氏度环境下容量保持率达到80%
_UNDER = re.compile(r"的?[^，。；：、0-9]{0,8}(?:环境|条件|工况|状态|温度|负荷|压力)下")
_IN = re.compile(r"在(?<![现正])[^，。；：、]{0,10}$")
# In what frame something is done: 在确保100%回灌的前提下 · 在考核的10个指标中，…
_PROVIDED = re.compile(r"[^，。；：、0-9]{0,10}的?前提下|[^，。；：、0-9]{1,8}中[，,]")
# 时速120公里以上线路 · 研制18兆瓦压缩机 · 开展18兆瓦压缩机研发
_RATED_BY = re.compile(r"时速$|(?:研制|研发|攻克|掌握|埋深)$")
_RESEARCHED = re.compile(r"[^，。；：、0-9]{0,24}(?:研制|研发|攻关|示范)")


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(alternation(vocabulary("commitments")[name]["words"]))


def describes(text: str, found: FoundQuantity, place: Place, dated: bool) -> bool:
    """Whether the clause only describes by the number. ``dated``: its sentence names a year to come, or its goal has a horizon."""
    begin, start = place.sentence[0], found.number_start
    told = text.find("指", begin, start) >= 0 or text.find("所", begin, start) >= 0
    if told and _DEFINING.search(text, begin, start):
        return True
    in_which = _IN.search(text, place.clause[0], found.quantity.start)
    if in_which and (_UNDER.match(text, found.quantity.end, place.clause[1]) or _PROVIDED.match(text, found.quantity.end)):
        return True
    if _is_condition(text, found, place) or _is_size(text, found, place) or _is_selected(text, found, place):
        return True
    if _is_class(text, found, place) or _grants(text, found, place) or _handed_down(text, found, place):
        return True
    return not dated and _is_state(text, found, place)


# Whom a rule concerns: 达到25%（…的达到15%）的，可申请贷款 · 大于100万元（含）的项目，要提供审计报告 · 占比超过20%，视为虚报
_THEN = r"[，,](?:可以?(?!持续)|应当?|须|必须|要|不得|不予|免[于予交除]|给予|予以|视为|按|由|一次性|优先|经|依法|方可|需)"
_MAY = r"的(?:可以?(?![持以])|应当|须|必须|不得|不予|免[于予交除])"
_CONDITION = re.compile(rf"的{_THEN}|[，,](?:视为|视同|认定为|判定为|不予)")
_OF_SUCH = re.compile(rf"（不?含）(?:至|/|的)|(?:（含[^（）]{{0,4}}）)?的[^，。；：、的]{{0,6}}{_THEN}|{_MAY}")
_OCCURRING = re.compile(r"[^，。；：]{0,24}(?:出现|发生|遭受)")
_FORECAST = re.compile(r"预计可?将?(?:征收|收取|带来|产生)[^，。；：]{0,14}$")
_AS_PLANNED = re.compile(r"[^，。；：、]{0,4}的[^，。；：、]{0,8}目标[^，。；：]{0,16}(?:衔接|一致|相适应|匹配)")


def _is_condition(text: str, found: FoundQuantity, place: Place) -> bool:
    """Whom a rule concerns, when a grade is declared, what is expected: nobody promises it."""
    end = place.clause[1]
    if text.startswith("则", place.clause[0]):
        return True  # 若学位不足，则招满100%
    if _CONDITION.match(text, max(0, end - 2)) or _CONDITION.match(text, max(0, end - 1)):
        return not _words("strive").search(text, place.clause[0], found.quantity.start)
    if (found.quantity.comparator in _BOUND or text.startswith("（", found.quantity.end)) and _OF_SUCH.match(text, found.quantity.end):
        return not _words("pure").search(text, place.clause[0], found.quantity.start)
    served = found.kind == "count" and found.after and text.endswith("对", 0, found.quantity.start)
    if served and _words("granting").search(text, place.clause[0], place.segment[1]):
        return True
    declared = found.after and found.quantity.start - place.clause[0] <= 1 and (text.startswith("有", place.clause[0]) or _OCCURRING.match(text, found.quantity.end))
    forecast = _FORECAST.search(text, place.clause[0], found.quantity.start)
    return bool(declared or forecast or _AS_PLANNED.match(text, found.quantity.end))


_SIZED = ("volume", "mass", "energy", "data", "physical")
_BOUNDED = re.compile(r"[\u4e00-\u9fff](?<![的的和及与或并左上等，])")
_CAPACITY = re.compile("(?:能力|规模|容量)$")
_RATED = re.compile(r"(?:日产|年产|日处理|年处理|单机|单体)$")
_PLANT = re.compile(r"[^，。；：、0-9]{0,16}(?:生产线|装置|机组|企业|项目|厂|炉|窑)")
_STOREYS = re.compile(r"的?(?:居住|住宅|公共|高层|建筑|民用|房屋)")


def _is_size(text: str, found: FoundQuantity, place: Place) -> bool:
    """How large the things are that something is done to: 2.0升及以下排量乘用车, 日产2500吨生产线, 12层以下住宅."""
    start, end = found.quantity.start, found.quantity.end
    rates = found.kind in (*_SIZED, "length") and not found.before and _BOUNDED.match(text, end)
    if rates and (_RATED_BY.search(text, place.clause[0], start) or _RESEARCHED.match(text, end)):
        return True
    if found.kind in _SIZED and not found.before and not _CAPACITY.search(text, place.clause[0], start):
        if found.after in ("及以下", "及以上", "或以上", "或以下") and _BOUNDED.match(text, end):
            return True
        rated = _RATED.search(text, place.clause[0], start) and _PLANT.match(text, end)
        return bool(rated and not _words("making").search(text, place.clause[0], start))
    if found.quantity.unit != "层" or found.before:
        return False
    if found.after:
        return _STOREYS.match(text, end) is not None
    return not _words("making").search(text, place.clause[0], start)  # 政务中心2层大厅


_CHOSEN = re.compile("确定|认定|命名|公布|授予")
_AS = re.compile(r"[^，。；：]{1,40}(?:作为|为)")
_PLANNED_ITEMS = re.compile(r"(?:本批|此次|本次)[^，。；：]{0,8}(?:共|安排|下达|立项)[^，。；：]{0,6}$")
_FINISHED = re.compile("加快建设|建成|投用|投产|完工|竣工")
_CLOSING = ("类", "种", "个", "项", "大")
ACTED_ON = re.compile(
    r"[^，。；：、的]{2,20}(?:(?<!和)新建|扩建|改建|迁建|(?<![工模])改造|修缮)(?:[及和与、]?[^，。；：、的]{2}){0,2}(?:工程|项目)?(?=[，。；：]|$)|(?:进行|实施|开展|予以|逐[项一个])[^，。；]{0,60}"
    r"(?:改造|整治|治理|修复|提升|排查|加固|检查|监测|升级|闭库|搬迁|建设|更新|维护|评估)"
)
"""What stands behind a number of things that something is done to: 2座泵站改造."""
_COUNTING = re.compile("[0-9一二两三四五六七八九十][个座处所家条支]")


def _is_selected(text: str, found: FoundQuantity, place: Place) -> bool:
    """What a notice names and counts: 确定云泽村等9个村为…, 本批安排项目9项, 单位共计90家（名单见附件）; and what a list closes with its own length (甲、乙和丙3类)."""
    if found.kind != "count" or found.before or found.after or found.quantity.value_max is not None or found.quantity.approximate:
        return False
    start = found.quantity.start
    listed = text.startswith("（名单", found.quantity.end) and _IN_ALL.search(text, place.clause[0], start)
    if listed or _PLANNED_ITEMS.search(text, place.clause[0], start):
        return True
    if text.endswith("等", 0, start) and _CHOSEN.search(text, place.segment[0], start) and _AS.match(text, found.quantity.end):
        return True
    ahead = text[place.clause[0] : start]
    items = re.split("[、和及与]", ahead)
    if found.chinese and found.quantity.value is not None and 1 < found.quantity.value <= len(items) and _BOUNDED.match(text, found.quantity.end):
        named = "、".join(items[-int(found.quantity.value) :])  # 甲、乙两个港区 that are there
        return not (_words("pure").search(named) or _COUNTING.search(ahead) or ACTED_ON.match(text, found.quantity.end))
    closes = found.quantity.value == len(items) > 2 and found.quantity.unit in _CLOSING
    made = _words("making").search(ahead) or _FINISHED.search(text, found.quantity.end, place.clause[1])
    return closes and not (found.quantity.unit == "个" and made) and not _words("pure").search(ahead)


def _is_class(text: str, found: FoundQuantity, place: Place) -> bool:
    """Which things are meant (对床位数在50张以上的养老机构), where nothing is made of so many."""
    bracket = _BRACKET.match(text, found.quantity.end)
    end = bracket.end() if bracket else found.quantity.end
    such = _ALL_SUCH.match(text, end)
    if not (text.startswith("的", end) or such) or found.quantity.comparator not in _BOUND or _NO_CLASS.match(text, end):
        return False
    if found.kind == "percent" and not _SHARE_OF.search(text, place.clause[0], found.quantity.start):
        return False
    opening = _OF_WHOM.search(text, place.clause[0], found.quantity.start)
    if not opening:
        return False
    if such and opening[0].startswith("对") and opening.start() == place.clause[0]:
        return True
    verbs = [m[0] for m in _words("making").finditer(text, opening.start(), found.quantity.start)]
    return all(verb in vocabulary("commitments")["standing"]["words"] for verb in verbs)


def _grants(text: str, found: FoundQuantity, place: Place) -> bool:
    """A rate or sum of a grant: 按设备投资额的15%给予奖励, 补贴标准不超过30%, 省级财政承担40%."""
    if found.kind not in ("percent", "money") or found.quantity.comparator == "ge":
        return False  # 按照每生每年不低于500元予以奖补 is a floor that is promised
    giving = _words("granting")
    start = found.quantity.start
    if _BEARS.search(text, place.clause[0], start):
        return True
    if found.quantity.comparator == "le" and _CAP.search(text, place.clause[0], start) and giving.search(text, place.sentence[0], start):
        return True
    if _TARIFF.search(text, place.sentence[0], start) and giving.search(text, place.sentence[0], start):
        return True
    rated = _BY.search(text, place.segment[0], start) or _PER_UNIT.search(text, place.clause[0], start)
    if rated and giving.search(text, place.sentence[0], place.segment[1]):
        return True
    if found.kind == "money" and _REWARD.match(text, found.quantity.end) and _MAY_GET.search(text, place.clause[0], start):
        return True
    given = giving.search(text, place.clause[0], start)
    limited = found.quantity.comparator == "le" or not found.before
    closes = text.startswith("的", found.quantity.end) or giving.match(text, found.quantity.end)
    return bool(given and limited and (closes or _STANDARD.search(text, place.clause[0], start)))


def _handed_down(text: str, found: FoundQuantity, place: Place) -> bool:
    """Items that another body made or passed on: 承接省级下放的12项行政许可事项."""
    if found.kind != "count" or found.before or found.after or "的" not in text[max(0, found.quantity.start - 4) : found.quantity.start]:
        return False
    ahead = (place.clause[0], found.quantity.start)
    if _COMPLAINTS.search(text, *ahead):
        return True
    handed = _words("handed").search(text, *ahead)
    return bool(handed and found.quantity.unit in _ITEMS and text[: found.quantity.start].endswith("的"))


# The state of things: 户籍人口38万人，其中老年人口占19% · 境内河流总长297公里 · 全县有卫生室120个 · 卫生室共计120个，分布在…
_REACHING = re.compile("新增|净增|完成|实现|增加|规划(?!范围|期|区域|面积)|达到|提高|提升|保持|稳定|控制|每[^，。；]{1,6}拥有")
_WE_HAVE = re.compile("[全我本][省市州县区镇乡]拥有")
_HAVING = re.compile(r"有(?<![具拥占没保富享]有)(?![机效色线轨害偿关序限望])(?=[^，。；：、0-9]{2,14}(?:[0-9]|$))")
_SHARE = re.compile(r"(?:人口|面积|比重)[^，。；：、]{0,8}占[^，。；：、]{0,10}$")
_IN_ALL = re.compile(r"共计?$|计$")


def _is_state(text: str, found: FoundQuantity, place: Place) -> bool:
    if found.before or found.after or found.quantity.comparator != "eq" or found.kind == "time":
        return False
    begin, start = place.sentence[0], found.number_start
    told = bool(_words("state").search(text, begin, start) or _SHARE.search(text, place.clause[0], start))
    if told or _WE_HAVE.search(text, begin, start):
        return not any(verbs.search(text, begin, start) for verbs in (_words("pure"), _words("strive"), _REACHING))
    told = bool(_HAVING.search(text, begin, start) and found.kind in ("count", "people"))
    told = told or bool("分布" in text[found.quantity.end : place.sentence[1]] and _IN_ALL.search(text, place.clause[0], start))
    return told and not any(verbs.search(text, begin, start) for verbs in (_words("making"), _words("strive")))
