"""Cleaning, step by step: what goes in, what is left, and that every character keeps its place."""

from __future__ import annotations

import pytest
from plans import cleaned

from planparse.language.script import script_of, to_simplified, traditional_share
from planparse.model.text import MappedText

BODY = "一、工作目标\n到2025年，建成示范社区12个。\n二、重点任务\n（一）加强宣传\n发放手册3万份。\n三、保障措施\n加强领导。\n"
WANTED = BODY.strip().split("\n")


def lines(text: str) -> list[str]:
    return cleaned(text).text.text.split("\n")


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("blank lines", BODY.replace("\n", "\n\n\n"), WANTED),
        ("indents", BODY.replace("\n", "\n　　"), WANTED),
        ("half-width punctuation", BODY.replace("，", ",").replace("（", "(").replace("）", ")"), WANTED),
        ("full-width digits", BODY.translate({0x30 + d: 0xFF10 + d for d in range(10)}), WANTED),
        ("zero-width characters", BODY.replace("建成", "建\u200b成"), WANTED),
        ("radicals", BODY.replace("工作", "⼯作"), WANTED),
        ("blanks around numbers", BODY.replace("到2025年", "到 2025 年"), WANTED),
        ("a blank between all characters", "\n".join(" ".join(line) for line in BODY.replace("2025", "").replace("12", "").replace("3", "").split("\n")), [w.replace("2025", "").replace("12", "").replace("3", "") for w in WANTED]),
        ("question marks for lost blanks", BODY.replace("二、", "????二、").replace("加强领导", "?? ?加强领导"), WANTED),
        ("tags in a text", "".join(f"<p style='a'>{line}</p>" for line in WANTED).replace("二、", "<strong>二、").replace("重点任务", "重点任务</strong>"), WANTED),
        ("page numbers between lines", BODY.replace("二、重点", "— 3 —\n第 3 页\n二、重点"), WANTED),
        ("furniture before, between and after", "首页 > 政务公开\n打印 关闭\n" + BODY.replace("二、重点", "分享到：微信\n二、重点") + "版权所有：某市\n云ICP备05000000号\n联系我们\n", WANTED),
        ("hijack markup", '<form id="a1"></form>\n' + BODY + '<address id="b2"></address>\n', WANTED),
        ("break after a semicolon", "一、任务\n建设平台；\n完善制度；\n培训人员。\n", ["一、任务", "建设平台；\n完善制度；培训人员。".replace("\n", "")]),
        ("readings", "加(jiā)强组织(zhī)领导，落实责任(rèn)。\n", ["加强组织领导，落实责任。"]),
        ("empty cells behind commas", "指标,单位,2020年,2025年\n渔港,座,3,\n渔船,艘,,400\n", ["指标，单位，2020年，2025年", "渔港，座，3,", "渔船，艘，,400"]),
        ("commas in a sentence", "要健全机制，压实责任，\n加强监管，完善制度。\n", ["要健全机制，压实责任，加强监管，完善制度。"]),
        ("a date before the preface", "禾阳县渔港规划\n2021 年 9 月 前    言\n渔港是渔业的基础。\n", ["禾阳县渔港规划", "2021 年 9 月", "前    言", "渔港是渔业的基础。"]),
        ("doubled quotes", "做好““十四五””规划，落实工作。\n", ["做好“十四五”规划，落实工作。"]),
    ],
)
def test_what_is_left(name: str, text: str, wanted: list[str]) -> None:
    assert lines(text) == wanted


def test_rows_of_columns_parted_by_wide_gaps_are_not_closed_up() -> None:
    """Sentences in cells, as wide as the page, are no lines of a paragraph; one wide gap makes no row."""
    rows = [f"完善第{n}项监测制度    开展业务培训和政策宣讲，按月通报进展情况；    青湾市林业局、岭东县政府" for n in "一二三四五六七八九"]
    body = [line for line in lines("任务    措施    单位\n" + "\n".join(rows) + "\n") if "监测制度" in line]
    assert len(body) == len(rows)
    assert lines("到2025年，建成示范站点，\n并  完善制度。\n") == ["到2025年，建成示范站点，并完善制度。"]


@pytest.mark.parametrize("comma", [",", "，"])
def test_rows_of_cells_parted_by_commas_are_not_closed_up(comma: str) -> None:
    """As many lines of one width as a hard-wrapped page has; a sentence below the table is none of it."""
    rows = [f"{n},青石站点{n}覆盖率,%,{n + 20},{n + 30},预期性" for n in range(10, 60)]
    wanted = [line.replace(",", "，") for line in ("序号,指标,单位,2020年,2025年,属性", *rows)]
    text = "\n".join(["序号,指标,单位,2020年,2025年,属性", *rows]).replace(",", comma)
    assert [line.replace(",", "，") for line in lines(f"{text}\n到2025年，建成示范站点，\n并完善制度。\n")] == [*wanted, "到2025年，建成示范站点，并完善制度。"]


def test_hard_wraps_are_closed_up() -> None:
    sentence = "坚持预防为主、防治结合，健全监测预警和信息发布机制，推动各镇各部门落实主体责任，加强物资储备和队伍建设，提升基层应对能力，完成隐患点治理21处。"
    text = "".join(f"{n}、工作内容{n}\n{sentence}\n" for n in "一二三四五六七八")
    wrapped = "\n".join(line[i : i + 38] for line in text.split("\n") for i in range(0, max(1, len(line)), 38))
    assert lines(wrapped) == text.strip().split("\n")


SHORT = "二、整治重点。一是管住源头，冲洗设施配备率达到100%，监控安装率达到\n95%。二是管住运输，查处违规车辆，车辆定位安装率达到100%。三是新建处置\n中心1座。"
UNENDED = "建设产业园，引进龙头企业，带动农户增收，完善利益联结机制\n建设交易市场，开行冷链班列，拓展外销渠道，培育区域品牌，办好展会\n建设冷库。"


@pytest.mark.parametrize(("text", "left"), [(SHORT, 1), (UNENDED, 2)], ids=["a few wrapped lines", "items that end in no sign"])
def test_lines_go_on_to_where_the_sentence_ends(text: str, left: int) -> None:
    """A text of too few lines to have a width: what breaks off in mid-sentence goes on over several lines."""
    assert len(lines(text)) == left


def test_numbered_lines_of_like_length_are_no_hard_wraps() -> None:
    """Lines after which a number begins the next end where they do; so do those before 附件2."""
    items = [f"{n}.建设{n}处渔业产业园并带动就业" for n in range(1, 15)]
    text = ["2025年渔业重点工作任务清单", *items, "附件2", "2025年渔民实事任务分解清单"]
    assert lines("\n".join(text)) == text


def test_a_document_on_one_line_is_split() -> None:
    paragraph = "围绕重点领域开展专项整治，健全常态化监管机制，推动各项措施落到实处，确保年度目标如期完成。" * 6
    parts = ["禾阳县消防工作方案", "一、工作目标", paragraph, "二、重点任务", "（一）压实责任", paragraph, "（二）补齐短板", paragraph]
    assert lines(" ".join(parts)) == parts


def test_a_signature_and_its_date_on_one_line_are_parted() -> None:
    assert lines("禾阳县人民政府 2021年11月18日 （此件公开发布）\n禾阳县人民政府办公室      2021年11月18日印发\n") == [
        "禾阳县人民政府",
        "2021年11月18日",
        "禾阳县人民政府办公室      2021年11月18日印发",
    ]


def test_a_shorter_line_with_blanks_before_its_numbers_is_split() -> None:
    paragraph = "围绕重点领域开展专项整治，健全常态化监管机制，推动各项措施落到实处，确保年度目标如期完成。"
    parts = ["禾阳县消防工作方案", "一、工作目标", paragraph * 2, "二、重点任务", f"（一）压实责任。{paragraph}", f"（二）补齐短板。{paragraph * 3}"]
    assert lines(" ".join(parts)) == parts


def test_numbers_of_pieces_do_not_cut_sentences() -> None:
    whole = "围绕重点领域开展专项整治，健全常态化监管机制，推动各镇各部门落实主体责任，加强物资储备和队伍建设，提升基层应对能力，完成隐患点治理21处。"
    assert lines(f"禾阳县消防方案\n{whole}{whole[:40]}\n2、{whole[40:]}{whole[:30]}\n3、{whole[30:]}\n") == ["禾阳县消防方案", whole * 3]
    items = ["禾阳县消防方案", f"1、{whole}", f"2、{whole}", f"3、{whole}"]
    assert lines("\n".join(items)) == items


def test_figures_behind_blanks_cut_no_sentence() -> None:
    limits = "到2025年，大型渔港冷库电能利用效率不超过 1.3，集群内冷库电能利用效率不得超过 1.25，普遍不超过 1.5。加快优化冷库布局，"
    whole = limits + "新建大型冷库原则上布局在渔港集群范围内，统筹好在建和拟建项目，设置合理过渡期，确保平稳有序发展。"
    assert lines(whole) == [whole.replace(" ", "")]


def test_a_square_bracket_ends_its_paragraph() -> None:
    item = "推动渔港清洁生产，支持渔港应用节能减排技术、先进制冷技术、系统优化技术实施提效降耗改造。［责任单位：县渔业局、县财政局］"
    last = "本措施自2022年7月15日起施行，有效期5年，施行期间如国家政策等因素发生变化，适时对相关条款进行调整，从其规定。"
    assert lines("\n".join([f"1．{item}", f"2．{item}", last]))[-1] == last


def test_a_signature_below_a_telephone_number_is_kept() -> None:
    signed = ["禾阳县住建局关于召开培训会的通知", "一、时间地点", "县住建局会议室。", "联系人：建设科 刘芩", "禾阳县住建局", "2021 年 11 月 30 日"]
    assert lines("\n".join([*signed[:4], "联系电话：0431-8275", *signed[4:]])) == signed
    assert lines("\n".join([*signed, "联系电话：0431-8275", "县政府大楼五层"])) == signed


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("索引号：AB01-2022-1\n文号：禾政〔2022〕3号\n发布机构：禾阳县人民政府\n", {"index_number": "AB01-2022-1", "doc_number": "禾政〔2022〕3号", "issuer": "禾阳县人民政府"}),
        ("- 索引号:\n- AB01\n- 发布机构:\n- 禾阳县应急管理局\n- 成文日期:\n- 2022-01-12\n", {"index_number": "AB01", "issuer": "禾阳县应急管理局", "issued_date": "2022-01-12"}),
        ("索引号 | AB01 | 文号 | 禾政〔2022〕3号 | 发布日期 | 2022-03-01 |\n", {"index_number": "AB01", "doc_number": "禾政〔2022〕3号", "published_date": "2022-03-01"}),
        ("索 引 号\tAB01\t发文机关\t禾阳县人民政府\t成文日期\t2022年1月5日\n", {"index_number": "AB01", "issuer": "禾阳县人民政府", "issued_date": "2022年1月5日"}),
        ("索引号: | AB01/2022-3 | 信息分组: | 规范性文件 |\n发布机构: | 禾阳县政府 | 主题分类: | 综合政务 |\n成文日期: | 发布日期: | 2022-04-09 08:44 | |\n", {"index_number": "AB01/2022-3", "issuer": "禾阳县政府", "published_date": "2022-04-09 08:44"}),
        ("发布机构 禾阳县渔业局 组配分类 工作计划\n成文日期 2024-04-02 失效日期\n", {"issuer": "禾阳县渔业局", "issued_date": "2024-04-02"}),
    ],
    ids=["list", "dashes", "pipes", "tabs", "pipes with keys of no field", "pairs by blanks, the last key without a value"],
)
def test_metadata_blocks(block: str, wanted: dict[str, str]) -> None:
    clean = cleaned(block + BODY)
    assert {k: v for k, v in clean.metadata.items() if k != "script"} == wanted
    assert clean.text.text.split("\n") == WANTED


JOINED = "禾阳县渔港工作要点_禾阳县渔业局 首页 > 公开 > 要点 发布时间：2022-02-18 15:40 来源：{} "


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("综合科 浏览次数：1032 分享到： 2022年渔港工作要点 2022年渔港工作的总体要求是：修好码头。", ["2022年渔港工作要点", "2022年渔港工作的总体要求是：修好码头。"]),
        ("综合科 【字体：大 中 小】 禾渔发〔2022〕3号 各乡镇渔业站：", ["禾渔发〔2022〕3号 各乡镇渔业站："]),
        ("综合科 各乡镇渔业站： 为修好码头，制定本要点。", ["为修好码头，制定本要点。"]),
        ("综合科 各乡镇渔业站： 现将要点印发。 禾阳县渔业局 2022年2月18日 2022年渔港工作要点 为修好码头，制定本要点。", ["禾阳县渔业局", "2022年2月18日", "2022年渔港工作要点", "为修好码头，制定本要点。"]),
    ],
)
def test_values_end_where_a_joined_page_goes_on(before: str, kept: list[str]) -> None:
    item = "修好渔港的码头，疏浚进港的航道，更换破损的缆桩和航标，清理近岸的淤泥。"
    found = lines(JOINED.format(before) + f" 一、修好码头 （一）更换缆桩。{item} （二）加固栈桥。{item} 二、疏浚航道 （三）清理淤泥。{item}（航道科、财务科） 【打印】 【关闭】 版权所有：禾阳县渔业局")
    at = found.index("一、修好码头")
    assert found[at - len(kept) : at] == kept
    assert found[-1].endswith("（航道科、财务科）")


def test_every_character_keeps_its_place() -> None:
    text = "首页 > 规划\n" + BODY.replace("建成示范社区", "建\u200b成  示范社区")
    clean = cleaned(text)
    for start, end in clean.text.lines():
        a, b = clean.text.span(start, end)
        kept = text[a:b].replace("\u200b", "").replace(" ", "")
        assert kept == clean.text.text[start:end]


@pytest.mark.parametrize(
    ("text", "simplified"),
    [("應急管理體系", "应急管理体系"), ("乾安縣", "乾安县"), ("乾旱", "干旱"), ("發展規劃", "发展规划"), ("裏程碑", "里程碑"), ("瞭解", "了解")],
)
def test_simplified(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified


def test_script() -> None:
    assert script_of(traditional_share("應急管理體系建設規劃")) == "hant"
    assert script_of(traditional_share("应急管理体系建设规划")) == "hans"
    assert script_of(traditional_share("应急管理体系建设规划" * 4 + "體")) == "mixed"


def test_mapped_text_edits_and_slices() -> None:
    text = MappedText.identity("abcdefghij")
    edited = text.edit([(1, 3, ""), (5, 6, "XYZ")])
    assert edited.text == "adeXYZghij"
    assert edited.span(1, 3) == (3, 5)
    assert edited.span(6, 8) == (6, 8)
    part = edited.slice(1, 8)
    assert part.text == "deXYZgh"
    assert part.span(0, 1) == (3, 4)
    joined = MappedText.join([part, text.slice(8, 10)], "\n")
    assert joined.text == "deXYZgh\nij"
    assert joined.span(8, 10) == (8, 10)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("提交申请表（一式三份，加盖公\n章）及证明", True),
        ("（责任单位：县发改局、县\n财政局、各镇）", True),
        ("渔港总体布局为“两点四\n区两片”。完善设施", True),
        ("2026\n年底前，新建渔港4座。", True),
        ("渔港产值到2026\n年达到9亿元。", True),
        ("2020\n2026\n年均增长\n属性", False),
        ("建成“渔港“名片\n“十四五”期间，渔业发展", False),
        ("推进试点（第一批\n（一）完善制度）", False),
        ("打造“渔港名片\n加强领导。办好“渔家乐”", False),
        ("推进试点（第一批。\n加快建设）", False),
    ],
)
def test_a_bracket_or_a_year_that_the_next_line_closes_is_one_line(lines: str, joined: bool) -> None:
    text = f"禾阳县申报指南\n一、提交材料\n{lines}\n二、其他\n按时提交。\n"
    assert (lines.replace("\n", "") in cleaned(text).text.text) is joined


def test_square_brackets_of_full_width_close_with_units() -> None:
    assert "新建水厂3座。[责任单位：县水利局、县财政局]" in cleaned("禾阳县供水方案\n一、重点任务\n（一）扩能。新建水厂３座。［责任单位：县水利局、县财政局］\n").text.text


@pytest.mark.parametrize(
    ("heading", "joined"), [("一、重点支持方向", False), ("一、提升渠道灌溉和供水的标准化、规范化和信", True)], ids=["whole", "broken at the page's edge"]
)
def test_a_heading_that_ends_before_the_page_does_is_whole(heading: str, joined: bool) -> None:
    prose = [f"{name}渠道要按照统一的标准疏浚并管护好，保证沿线各镇供水" for name in "东西南北中上下前后左右"]
    text = cleaned("\n".join(["禾阳县渠道项目申报通知", *prose, heading, "息化管护能力", "支持修复闸门和渠道，每个项目补助不超过总额的三成。"])).text.text
    assert (f"{heading}息化管护能力" in text) is joined


CELLS = [f"市{a}{b}局、市发展改革委、高新区管委会" for a in "教科民财" for b in "育技政务水林农"]
HEADS = ("序号", "改革举措", "牵头单位", "配合单位")


@pytest.mark.parametrize(("heads", "apart"), [(HEADS, True), (("  ".join(HEADS),), True), (("一、分工",), False)], ids=["a cell a line", "a row a line", "prose"])
def test_cells_that_fill_a_page_s_width_stand_apart(heads: tuple[str, ...], apart: bool) -> None:
    """Lines of one width are joined as a page's are, unless the names of columns stand above them."""
    rows = [line for n, (a, b) in enumerate(zip(CELLS[::2], CELLS[1::2], strict=True), 1) for line in (str(n), a, b)]
    text = "\n".join(("禾阳县重点任务分工方案", *heads, *(rows if apart else CELLS))) + "\n"
    assert (CELLS[2] + CELLS[3] not in cleaned(text).text.text) is apart


@pytest.mark.parametrize("heading", ["第二章 渠道建设", "第二章  渠道建设", "第二节  渠道建设", "第二篇 渠道建设"])
def test_a_chapter_below_a_table_ends_it(heading: str) -> None:
    """With blanks in it, too, and where the wrapped lines below are few: their paragraph is closed up."""
    prose = [f"第{n}条渠道要按照统一的标准疏浚并管护好，保证沿线各镇的灌溉和供水安全，" for n in range(1, 12)]
    table = ["表1 主要指标", "序号  指标  单位  2020年  2025年", "1  灌溉面积  万亩  3  5", "2  渠道长度  公里  30  52"]
    below = [heading, "疏浚全部渠道。以东片、西片为重点，完善闸站和沿线的配套设施，灌区用水计量", "率达到90%。"]
    text = cleaned("\n".join(["禾阳县渠道规划", "第一章 总则", *prose, *table, *below]) + "\n").text.text
    assert text.endswith("灌区用水计量率达到90%。")
    assert text.split("\n")[-5:-2] == table[1:]


def test_cells_below_a_category_stand_apart_from_their_caption_and_from_each_other() -> None:
    """The table makes the page's width: its caption and lists of bodies are as long as its other cells."""
    rows = [line for n, unit in enumerate(CELLS) for line in (f"推行第{n}项改革事项的落实工作和评估", unit, "2024年12月底", "压减审批的时限和环节，推行一网通办。")]
    heads = ["附表1 禾阳县重点任务分工和进度表", "改革举措", "牵头单位", "完成时限", "主要内容"]
    table = [*heads, "一、渔港建设方面", *rows[:24], "二、渔船管理方面", *rows[24:]]
    assert cleaned("\n".join(["禾阳县渔业改革方案", *table, "三、工作要求", "加强领导。"]) + "\n").text.text.split("\n")[1 : 1 + len(table)] == table


@pytest.mark.parametrize("head", ["改革事项 责任部门", "改革举措 主要内容 责任单位"])
def test_rows_without_numbers_keep_their_blanks_and_lines(head: str) -> None:
    """Also below a category, in a text whose lines fill a page now and then, and under a head of two names."""
    own = {"改革事项 责任部门": "", "改革举措 主要内容 责任单位": "逐项核对，建立台账。 "}[head]
    rows = [f"{name} {own}县渔业局、县交通局、县水利局、{unit}" for name in ("推行年检", "扩建码头", "疏浚航道") for unit in ("县林业局", "县财政局")]
    table = [head, "一、渔港建设方面", *rows[:3], "二、渔船管理方面", *rows[3:]]
    prose = [f"第{n}条渠道要按照统一的标准疏浚并管护好，保证沿线各镇的灌溉和供水安全，" for n in range(1, 12)]
    assert cleaned("\n".join(["禾阳县渔业改革方案", "附件 任务分工表", *table, "三、工作要求", *prose])).text.text.split("\n")[2 : 2 + len(table)] == table


def test_a_sentence_below_a_heading_keeps_no_blanks_for_cells() -> None:
    text = "禾阳县渔业改革方案\n改革举措 主要内容 责任单位\n推行年检 逐船检验，建立台账。 县渔业局\n二、工作要求\n到 2025 年，年检率达到 95%，各镇按月通报。\n"
    assert "到2025年，年检率达到95%，各镇按月通报。" in cleaned(text).text.text
