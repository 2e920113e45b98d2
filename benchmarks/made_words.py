"""The words that made commitments are put together from; all places and things are invented or common."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

D = Decimal
SPOKEN = frozenset(["个", "座", "家", "处", "所", "条", "支", "人", "名", "户", "套", "台", "辆", "亩", "公里", "元", "人次", "吨"])
"""Units that numbers in Chinese numerals stand before."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured; ``values`` are the least, the greatest and the step."""

    name: str
    unit: str
    values: tuple[D, D, D]
    direction: str
    """up: it is to rise; down: to fall; held: it has a bound from above that is a standard."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is made, trained, planted or mended, with its verbs."""

    name: str
    unit: str
    values: tuple[D, D, D]
    verbs: tuple[str, ...]


RATE = (D("20.5"), D("99.5"), D("0.5"))
WHOLE = (D(30), D(98), D(1))
SMALL = (D("0.5"), D("9.5"), D("0.1"))
MASS = (D(12_000), D(9_800_000), D(100))
MONEY = (D(120_000_000), D(980_000_000_000), D(10_000_000))

MEASURED = (
    *(Measured(name, "%", RATE, "up") for name in (
        "城乡供水普及率", "秸秆综合利用率", "和美乡村覆盖率", "畜禽粪污资源化利用率", "电子证照共享率", "公共数据归集率", "农作物良种覆盖率", "社区治安响应合格率",
        "城市绿色建筑占新建建筑比例", "数字政务服务满意度", "高铁站点公交接驳率", "再生水利用率", "新能源公交车占比", "老年教育参与率", "及时处置率",
        "非化石能源占能源消费总量比重", "数字经济核心产业增加值占地区生产总值比重", "家庭医生签约服务覆盖率", "城镇污泥无害化处置率", "河湖水质优良比例", "重点企业安全标准化达标率", "森林火灾人防设施完好率",
    )),
    *(Measured(name, "%", WHOLE, "down") for name in ("公共机构用水漏损率", "农药包装遗弃率", "电网综合线损率", "林地征占比例", "住房空置率")),
    *(Measured(name, "‰", SMALL, "down") for name in ("林业有害生物成灾率", "婴儿死亡率", "草原火灾受害率")),
    *(Measured(name, "元", MONEY, "up") for name in ("县域生产总值", "社会消费品零售总额", "竹木加工业产值", "数字文创产业规模", "外贸进出口总额", "研发经费投入")),
    Measured("农村居民人均可支配收入", "元", (D(12_000), D(48_000), D(100)), "up"),
    *(Measured(name, "吨", MASS, "up") for name in ("粮食总产量", "水产品产量", "应急成品粮储备规模")),
    *(Measured(name, "吨", MASS, "down") for name in ("氨氮排放总量", "二氧化硫排放量", "生活垃圾填埋量")),
    Measured("森林蓄积量", "立方米", (D(1_000_000), D(90_000_000), D(10_000)), "up"),
    Measured("泵站排涝能力", "m³/s", (D(20), D(480), D(5)), "up"),
    Measured("河道行洪流量", "立方米/秒", (D(200), D(4_800), D(50)), "held"),
    Measured("污水日处理能力", "吨/日", (D(12_000), D(480_000), D(1_000)), "up"),
    Measured("排水干管设计流速", "m/s", (D(2), D(9), D(1)), "held"),
    Measured("单位面积综合能耗", "千克标准煤/平方米", (D(4), D(30), D(1)), "held"),
    Measured("细颗粒物平均浓度", "微克/立方米", (D(18), D(60), D(1)), "held"),
    Measured("万元产值用水量", "立方米", (D(8), D(60), D(1)), "held"),
    Measured("人均公园绿地面积", "平方米", (D(5), D(25), D("0.5")), "up"),
    Measured("街区地块面积", "公顷", (D(2), D(9), D(1)), "held"),
    Measured("多层住宅层数", "层", (D(4), D(18), D(1)), "held"),
    Measured("工程建设项目审批时间", "个工作日", (D(8), D(90), D(1)), "held"),
    Measured("企业开办平均办理时限", "小时", (D(3), D(48), D(1)), "held"),
    Measured("全社会用电量", "千瓦时", (D(100_000_000), D(90_000_000_000), D(1_000_000)), "up"),
    Measured("分布式光伏装机容量", "千瓦", (D(20_000), D(9_000_000), D(10_000)), "up"),
)

_UP, _DOWN, _ANY = ("up",), ("down", "held"), ("up", "down", "held")
_NEGATED = ("应", "宜", "能", "要", "得", "可")
WAYS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    *((f"{word}{{q}}", "eq", _UP) for word in ("达到", "达", "提高到", "提升至", "提高至", "增加到", "保持在", "{adverb}达到", "{adverb}提高到", "要达到", "应达到", "将达到", "总体达到")),
    *((f"{word}{{q}}以上", "ge", _UP) for word in ("达到", "保持在", "{adverb}保持在", "稳定在", "提高到", "{adverb}提升至", "")),
    *((f"{word}{{q}}左右", "eq", _UP) for word in ("达到", "保持在", "稳定在", "提高到约")),
    *((f"{word}{{q}}", "ge", _UP) for word in ("不低于", "不少于", "应不低于", "应当不低于", "原则上不低于", "{adverb}不低于", "至少达到", "不小于", "≥")),
    *((f"不{word}{comparative}{{q}}", "ge", _UP) for word in _NEGATED for comparative in ("低于", "少于", "小于")),
    *((f"不{word}{comparative}{{q}}", "le", _DOWN) for word in _NEGATED for comparative in ("超过", "高于", "大于")),
    *((f"{word}{{q}}", "gt", _UP) for word in ("超过", "突破", "高于", "{adverb}超过", "有望突破", "力争突破", "大于")),
    *((f"{word}{{q}}", "le", _DOWN) for word in ("不超过", "控制在", "不高于", "不大于", "不突破", "应不超过", "原则上不超过", "{adverb}不超过", "≤")),
    *((f"{word}{{q}}以内", "le", _DOWN) for word in ("控制在", "严格控制在", "{adverb}控制在", "始终控制在", "压缩至", "降到", "限制在")),
    *((f"{word}{{q}}以下", "le", _DOWN) for word in ("降至", "控制在", "下降到", "{adverb}降到", "保持在")),
    *((f"{word}{{q}}", "lt", _DOWN) for word in ("低于", "小于", "{adverb}低于", "要低于", "应低于")),
    *((f"{word}{{q}}", "eq", _DOWN) for word in ("降至", "下降到", "降低到", "{adverb}降低到")),
    *((f"{word}{{q}}", "range", _UP) for word in ("达到", "保持在", "稳定在")),
    ("控制在{q}", "range", _DOWN),
    *((f"{word}{{p}}提高到{{q}}", "eq", _UP) for word in ("由目前的", "由现在的", "从", "由", "从2020年的", "由2020年末的", "由当前", "由“十三五”末的", "由现状")),
    *((f"{word}{{p}}下降到{{q}}", "eq", _DOWN) for word in ("由目前的", "由现在的", "从", "由", "由2020年的", "从2019年的", "由基期的")),
    *((f"{word}{{q}}", "increase", _UP) for word in ("较2020年提高", "比2020年增长", "年均增长", "累计提高", "比上年增加", "较“十三五”末增长", "{adverb}增长", "至少提高", "增长不低于", "同比增长")),
    *((f"{word}{{q}}以上", "increase", _UP) for word in ("较2020年提高", "增长", "年均增长", "{adverb}增长")),
    *((f"{word}{{q}}", "decrease", _DOWN) for word in ("较2020年下降", "比2019年降低", "累计下降", "{adverb}下降", "下降超过", "同比减少", "比基期下降")),
    *((f"{word}{{q}}左右", "decrease", _DOWN) for word in ("较2020年下降", "下降")),
    *((word, "increase", _UP) for word in ("翻一番", "增加一倍", "比2020年增加一倍", "{adverb}实现翻一番", "较2020年增长一倍")),
)
SEVERAL: tuple[tuple[str, tuple[str, str]], ...] = (
    ("{a}达到{x}，{b}达到{y}", ("eq", "eq")),
    ("{a}、{b}分别达到{x}、{y}", ("eq", "eq")),
    ("{a}和{b}分别达到{x}和{y}", ("eq", "eq")),
    ("{a}达到{x}以上，{b}达到{y}以上", ("ge", "ge")),
    ("{a}、{b}分别达到{x}、{y}以上", ("ge", "ge")),
    ("{a}不低于{x}，{b}不应超过{y}", ("ge", "le")),
    ("{a}超过{x}，{b}控制在{y}以内", ("gt", "le")),
    ("{a}突破{x}、{b}突破{y}", ("gt", "gt")),
    ("力争{a}达到{x}，{b}不得低于{y}", ("eq", "ge")),
)
"""Two commitments of one sentence, with their comparators."""
ADVERBS = ("力争", "确保", "争取", "努力", "始终", "有望", "预计", "基本", "总体", "稳步", "平均", "原则上", "要", "应当", "将", "必须", "逐步", "全部", "整体", "进一步", "须", "可", "累计", "普遍", "稳定", "持续")
DOING = ("力争", "确保", "争取", "努力", "有望", "预计", "将", "要", "应当", "必须", "累计", "逐步", "稳步", "持续", "计划", "全部")
"""What stands before a making verb."""
WHERE = ("", "", "", "", "全县", "全市", "全省", "力争", "确保", "使", "全县的", "我市", "本区", "辖区内", "推动")


def change(rng: random.Random) -> tuple[D, str]:
    """By how much something is to rise or fall."""
    return rng.choice(((D(rng.randrange(4, 60)) / 2, "%"), (D(rng.randrange(1, 20)), "个百分点")))


SITES, HEADS = (D(2), D(480), D(1)), (D(200), D(3_000_000), D(1))
BUILD = ("新建", "建成", "建设", "规划建设", "改造提升", "新建改建")
COUNTED = (
    Counted("110千伏变电站", "座", SITES, ("新建", "建成")),
    Counted("5G基站", "个", SITES, ("新建", "建成")),
    Counted("35千伏线路", "公里", SITES, ("新建", "改造")),
    Counted("和美乡村", "个", SITES, ("建设", "打造", "创建")),
    *(Counted(name, "座", SITES, BUILD) for name in ("小型泵站", "公共充电站", "垃圾中转站", "人行天桥")),
    *(Counted(name, "个", SITES, BUILD) for name in ("社区嵌入式养老服务站", "口袋公园", "农产品产地冷藏库", "智慧停车场", "村级文化礼堂", "标准化渔港")),
    *(Counted(name, "处", SITES, BUILD) for name in ("应急避难场所", "饮用水水源地监测点", "山洪沟防治工程")),
    *(Counted(name, "家", SITES, ("培育", "引进", "新增", "扶持")) for name in ("专精特新企业", "绿色工厂", "规上服务业企业", "家庭农场示范场", "孵化器")),
    *(Counted(name, "所", SITES, ("新建", "改扩建", "建成")) for name in ("公办幼儿园", "寄宿制学校", "特殊教育学校")),
    *(Counted(name, "支", SITES, ("组建", "培育", "建立")) for name in ("志愿消防队伍", "水上救援队伍", "基层宣讲队伍")),
    *(Counted(name, "人次", HEADS, ("培训", "轮训", "开展")) for name in ("高素质农民", "乡村医生", "安全员", "网格员")),
    *(Counted(name, "名", SITES, ("引进", "培养", "选派")) for name in ("高层次人才", "科技特派员", "全科医生")),
    *(Counted(name, "公里", SITES, ("新建", "改造", "铺设", "疏浚")) for name in ("农村公路", "供水管网", "城市绿道", "骨干渠道")),
    *(Counted(name, "亩", MASS, ("建设", "新增", "完成", "改造")) for name in ("高标准农田", "油茶基地", "设施蔬菜基地")),
    *(Counted(name, "公顷", HEADS, ("修复", "治理", "完成")) for name in ("废弃矿山", "退化湿地", "沙化土地")),
    *(Counted(name, "套", HEADS, ("建设", "筹集", "改造")) for name in ("保障性租赁住房", "安置房")),
    *(Counted(name, "户", HEADS, ("完成", "改造")) for name in ("农村危房", "老旧住宅")),
    *(Counted(name, "辆", SITES, ("更新", "新增", "购置")) for name in ("新能源公交车", "消防车")),
    *(Counted(name, "项", SITES, ("制定", "修订", "发布")) for name in ("地方标准", "团体标准")),
)
COUNTS: tuple[tuple[str, str], ...] = (
    *((pattern, "eq") for pattern in (
        "{v}{q}{n}", "{v}{n}{q}", "{adverb}{v}{n}{q}", "累计{v}{n}{q}", "{n}达到{q}", "{n}总量达到{q}", "计划{v}{q}{n}", "{v}约{q}{n}", "{v}{n}{q}左右", "全县{v}{n}{q}",
        "共{v}{n}{q}", "{adverb}{v}{q}{n}", "每年{v}{n}{q}", "{v}各类{n}{q}", "{n}发展到{q}",
    )),
    *((pattern, "ge") for pattern in (
        "{v}不少于{q}{n}", "至少{v}{q}{n}", "{v}{n}{q}以上", "{v}{q}以上{n}", "{v}{n}不少于{q}", "{adverb}{v}{n}{q}以上", "{n}不少于{q}", "{v}{n}不得少于{q}", "{v}{n}不应少于{q}",
        "{v}至少{q}{n}", "{v}{n}至少{q}", "累计{v}{q}以上{n}", "{n}保持在{q}以上", "{n}不宜少于{q}",
    )),
    *((pattern, "gt") for pattern in ("{v}{n}超过{q}", "{n}突破{q}", "{n}超过{q}", "{n}有望超过{q}")),
    *((pattern, "le") for pattern in ("{n}控制在{q}以内", "{n}不超过{q}", "{n}不得多于{q}", "{n}不应超过{q}")),
    *((pattern, "range") for pattern in ("{v}{q}{n}", "{v}{n}{q}", "{adverb}{v}{q}{n}")),
)

TIMES: tuple[tuple[str, int | None], ...] = (
    ("到2025年，", 2025), ("到2024年底，", 2024), ("2023年底前，", 2023), ("至2025年，", 2025), ("2025年，", 2025), ("“十四五”期末，", 2025), ("“十四五”期间，", 2025),
    ("到“十四五”末，", 2025), ("到二〇二五年，", 2025), ("力争到2025年，", 2025), ("到2030年，", 2030), ("规划期末，", 2025), ("到2024年", 2024), ("2022年6月底前，", 2022),
    ("展望2035年，", 2035), ("确保2024年年底前", 2024), ("未来一段时期，", None), ("", None), ("", None), ("2025年前，", 2025), ("截至2025年，", 2025), ("至“十四五”末，", 2025),
    ("2021—2025年，", 2025), ("2021年至2025年，", 2025), ("预计到2025年，", 2025), ("到2025年末，", 2025), ("2024年年内，", 2024),
)
INNER_TIMES: tuple[tuple[str, int | None], ...] = (("到2025年", 2025), ("2024年底前", 2024), ("在“十四五”期末", 2025), ("2025年", 2025), ("至2030年", 2030))
"""What may stand between a subject and its verb."""
ANNUAL_TIMES = ("年底前，", "全年", "今年，", "年内", "到年底，", "2023年，", "本年度，", "6月底前，", "上半年，", "三季度末，", "全年，", "今年底前，")
FRAMES = (
    "{time}{clause}。", "{time}{clause}。", "{time}{clause}。", "强化要素保障，{time}{clause}。", "{time}{clause}，群众获得感明显增强。", "{time}{clause}；完善长效机制。",
    "加快补齐短板。{time}{clause}。", "（三）主要目标。{time}{clause}。", "——{time}{clause}。", "{time}{clause}，走在全省前列。", "一是{time}{clause}。", "实施提质行动，{time}{clause}，形成可复制经验。",
)

SLOTS: dict[str, tuple[str, ...]] = {
    "thing": ("冷链物流企业", "养老机构", "家庭农场", "科技服务机构", "文创园区", "农民合作社", "民宿", "绿色工厂"),
    "asset": ("设备投资额", "实际投资额", "贷款额", "年度研发费用", "合同金额", "场地租金"),
    "act": ("奖励", "补助", "补贴", "资金支持", "一次性奖补"),
    "unit": ("家", "个", "座", "处"),
    "place": ("全县", "青川", "本区", "该流域", "临溪镇"),
    "object": ("小型水库", "乡村卫生室", "农贸市场", "公共厕所", "规上企业"),
    "old": ("城镇燃气管道", "电梯", "公交车辆", "供水管网", "烟花爆竹仓库"),
    "issuer": ("国务院", "省政府", "市里", "上级"),
}
NEGATIVES: dict[str, tuple[str, ...]] = {
    "grant": (
        "对新认定的{thing}按{asset}的{p}给予{act}。", "按每平方米{n}元给予{act}。", "按照{asset}的{p}给予贴息。", "给予每{unit}{n}万元的{act}。", "对{thing}给予最高{n}万元的{act}。",
        "每吨补贴{n}元，每户最高不超过{small}万元。", "一次性奖励{n}万元。", "按{asset}的{p}、最高不超过{n}万元给予{act}。", "奖励标准为每人{n}元。", "对符合条件的{thing}，按{asset}的{p}予以{act}。",
        "县财政按每亩{n}元的标准给予{act}。", "{act}标准不超过{asset}的{p}。", "省级财政承担{p}，市县承担其余部分。", "凡落户的{thing}，三年内按{asset}的{p}给予{act}。",
    ),
    "state": (
        "户籍人口{big}万人，其中老年人口占{p}。", "{place}国土面积{n}平方公里，耕地面积{big}万亩。", "{place}现有{object}{n}座，总库容{big}万立方米。", "{place}辖{small}个乡镇、{n}个行政村。",
        "{place}常住人口{big}万人，城镇人口占总人口的{p}。", "{place}地处北纬30度，年平均降水量{n}毫米。", "{place}有{object}{n}{unit}，其中公办{small}{unit}。", "{place}境内河流总长{n}公里，流域面积{big}平方公里。",
        "目前{place}共有{object}{n}{unit}。", "{place}林地面积占土地总面积的{p}。", "{object}共计{n}{unit}，分布在{small}个乡镇。", "{place}总面积{n}平方公里，总人口{big}万人。",
    ),
    "condition": (
        "对床位数在{n}张以上的{thing}实行分类管理。", "加快更换使用年限超过{small}年的{old}。", "有序退出{small}万吨以下煤矿。", "年销售额{n}万元以上的{thing}应当建立台账。", "建筑面积{n}平方米以上的公共建筑应当安装分项计量装置。",
        "从业人员在{n}人以上的{thing}应当设立安全总监。", "鼓励注册资本{n}万元以上的{thing}参与。", "凡连续{small}年未开展业务的{thing}，依法予以注销。", "对库龄超过{small}年的储备物资及时轮换。",
        "支持年营业收入超过{n}万元的{thing}做优做强。", "距离居民区不足{n}米的{old}依法搬迁。", "对持股比例超过{p}的股东加强审查。", "列入名录的{thing}，其注册地须在{place}且经营满{small}年。",
        "重点整治使用超过{small}年的{old}。", "对出口额达到{n}万元以上的{thing}优先服务。",
    ),
    "definition": (
        "大型养殖场是指年出栏{n}头以上的养殖场。", "本办法所称小微企业，是指从业人员不超过{n}人的企业。", "高层建筑是指建筑高度大于{n}米的建筑。", "所谓规模以上企业，是指年营业收入{n}万元以上的企业。", "绿色建筑占比指绿色建筑面积占新建建筑面积超过{p}的情形。",
        "重度失能老人指失能等级为{small}级以上、年满{n}岁的老年人。", "中型水库指总库容{n}万立方米以上的水库。", "注：偏远乡镇是指距离县城{n}公里以上的乡镇。",
    ),
    "handed": (
        "承接省级下放的{small}项行政许可事项。", "落实{issuer}出台的{small}条稳增长措施。", "贯彻{issuer}印发的{small}项配套文件。", "全面落实{issuer}确定的{small}项重点任务。", "做好{issuer}交办的{small}件信访事项。", "执行{issuer}公布的{small}项收费目录。",
        "对照巡视反馈的{n}个问题逐项整改。", "承接{issuer}委托的{small}项审批权限。",
    ),
    "past": (
        "上一规划期内，新建{object}{n}{unit}。", "“十三五”期间，建成{object}{n}{unit}。", "截至2020年底，{object}达到{n}{unit}。", "{past}年，新建{object}{n}{unit}。", "五年来，累计改造{object}{n}{unit}。", "已累计建成{object}{n}{unit}。",
        "“十三五”以来，{object}覆盖率由{p}提高到95%。", "{past}年底，覆盖率达到{p}。", "过去五年，{object}新增{n}{unit}。", "上一轮规划实施以来，培育{object}{n}{unit}。", "{place}先后建成{object}{n}{unit}。", "前期共排查{object}{n}{unit}。",
        "去年，{place}新增{object}{n}{unit}。", "经过五年努力，{object}达到{n}{unit}。", "较{past}年的{p}有所提高。", "{past}年至2020年，建成{object}{n}{unit}。", "近三年来，{place}投入资金{n}万元。",
    ),
    "name": (
        "完善“{small}+{small}”产业体系。", "打造15分钟便民生活圈。", "实行24小时值班制度。", "实施110千伏线路迁改。", "办好第{small}个安全宣传月活动。", "开展“{n}”工程。", "提供7×24小时服务。", "推进G{n}国道改线。", "拨打12345热线反映诉求。", "落实《质量强县建设纲要（2021—2025年）》。",
        "发展5G应用。", "治理PM2.5污染。", "成立“{small}个一”专班。", "推广A{small}型设备。",
    ),
    "rhetoric": (
        "坚持{small}项原则。", "抓好四个方面工作。", "构建三大体系。", "把握{small}个重点环节。", "围绕五大领域发力。", "处理好三对关系。", "健全{small}项工作机制。", "强化六个统筹。", "按照三个阶段推进。", "分两步实施。", "实施{small}大行动。", "形成一批示范项目。", "建立一支队伍。",
    ),
    "year": ("力争2025年完成立项。", "2023年6月15日前上报方案。", "{year}年启动前期工作。", "于{year}年3月底前完成摸底。", "每年第{small}季度开展一次评估。", "规划期限为2021—2025年。"),
}
