"""What a plan says twice and differently is found with both places; what agrees, or may be meant, is not."""

from __future__ import annotations

import pytest

from planparse.model.findings import CONTRADICTIONS, Code, Note, other_place
from planparse.model.records import Finding
from planparse.pipeline import process

PLAN = """禾阳县“十四五”能源发展规划（2021-2025年）

一、发展基础
发展势头良好。
二、发展目标
{goals}
三、主要任务
（一）完善供应体系。{tasks}
（二）加强运行管理。完善制度，落实责任。
四、重点项目
{projects}
五、保障措施
加强组织领导。
"""
HEAD = "表1 主要指标\n序号 | 指标名称 | 单位 | 2020年 | 2025年 | {}\n"
TABLE = "表2 重点项目\n序号 | 项目名称 | 建设规模 | 总投资（万元） | 建设年限\n"


def read(goals: str = "到2025年，能源供应能力明显提升。", tasks: str = "做好各项工作。", projects: str = "加快项目建设。") -> tuple[str, list[Finding]]:
    text = PLAN.format(goals=goals, tasks=tasks, projects=projects)
    (records,) = process(text.encode(), "plan.txt")
    return text, [finding for finding in records.findings if finding.code in CONTRADICTIONS]


def indicators(column: str, *rows: str) -> str:
    """Goals with a table of indicators; each row is 名称 | 单位 | 2020年 | 2025年 | the column."""
    return "到2025年，能源供应能力明显提升。\n" + HEAD.format(column) + "\n".join(f"{n} | {row}" for n, row in enumerate(rows, 1))


FILLER = ("供电可靠率 | % | 99.8 | 99.9 | ——", "变电站数量 | 座 | 10 | 20 | ——")

CHANGES = [
    ("年均增速", "用电量 | 亿千瓦时 | 100 | 150 | 8.4%", None),
    ("年均增速", "用电量 | 亿千瓦时 | 100 | 150 | 8%", None),  # rounded
    ("年均增速", "用电量 | 亿千瓦时 | 100 | 150 | 7.4%", "8.45% a year"),
    ("年均增速", "用电量 | 亿千瓦时 | 100 | 150 | 50%", None),  # of the period, which some headers do not say
    ("年均增速", "清洁能源占比 | % | 20 | 30 | [10]", None),
    ("年均增速", "清洁能源占比 | % | 20 | 30 | [12]", "10"),
    ("增量", "光伏装机 | 万千瓦 | 15.5 | 40 | 24.5", None),
    ("增量", "光伏装机 | 万千瓦 | 15.5 | 40 | 25.5", "24.5"),
    ("增量", "供电煤耗 | 克/千瓦时 | 302 | 295 | -7", None),
    ("备注", "光伏装机 | 万千瓦 | 15.5 | 40 | 25.5", None),
    ("增量", "光伏装机 | 万千瓦 | 15.5 | ≥40 | 30", None),  # a floor may be passed
    ("2030年", "光伏装机 | 万千瓦 | 15.5 | 40 | 60", None),
]


@pytest.mark.parametrize(("column", "row", "wanted"), CHANGES)
def test_a_stated_change_leads_from_the_base_to_the_target(column: str, row: str, wanted: str | None) -> None:
    _, found = read(goals=indicators(column, row, *FILLER))
    assert [finding.code for finding in found] == ["arithmetic_mismatch"] * (wanted is not None)
    if wanted is not None:
        assert f" it is {wanted}" in found[0].message


SUMS = [
    (("60", "211", "225", "260"), "756", None),
    (("60", "211", "225", "260"), "766", "756"),
    (("60.4", "211.3", "225.2", "260.1"), "757", None),
    (("60", "211", "", "260"), "531", None),
    (("60", "待定", "225", "260"), "9999", None),  # one part is not known
    (("60", "211公里", "225"), "9999", None),  # things of several kinds
    (("60", "211", "225"), "9999公里", None),
    (("60", "211"), "9999", None),  # too few to tell parts from what belongs to them
]


@pytest.mark.parametrize(("parts", "total", "wanted"), SUMS)
def test_parts_add_up_to_their_total(parts: tuple[str, ...], total: str, wanted: str | None) -> None:
    rows = [f"{n} | {name}水库工程 | 新建水库 | {part} | 2021-2025" for n, (name, part) in enumerate(zip("甲乙丙丁", parts, strict=False), 1)]
    text, found = read(projects=TABLE + "\n".join([*rows, f" | 合计 | | {total} | "]))
    assert [finding.code for finding in found] == ["arithmetic_mismatch"] * (wanted is not None)
    if wanted is not None:
        other = other_place(found[0].arguments.items())
        assert f"add up to {wanted}" in found[0].message
        assert other is not None
        assert (found[0].excerpt_raw, text[other[0] : other[1]].startswith(parts[0])) == (total, True)


PROSE = [
    ("到2025年，农村自来水普及率达到95%。", None),
    ("到2025年，农村自来水普及率达到93%以上。", "达到93%以上"),
    ("到2025年，农村自来水普及率达到95.5%左右。", None),
    ("到2023年，农村自来水普及率达到93%。", None),  # another year
    ("到2025年，农村自来水普及率提高3个百分点。", None),  # a change
    ("到2025年，农村生活污水治理率达到40%。", None),  # another thing
]


@pytest.mark.parametrize(("sentence", "wanted"), PROSE)
def test_prose_and_table_state_one_value(sentence: str, wanted: str | None) -> None:
    text, found = read(goals=indicators("属性", "农村自来水普及率 | % | 88 | 95 | 预期性", *FILLER), tasks=sentence)
    assert [finding.code for finding in found] == ["prose_table_mismatch"] * (wanted is not None)
    if wanted is not None:
        other = other_place(found[0].arguments.items())
        assert found[0].excerpt_raw == wanted
        assert other is not None
        assert "88 | 95" in text[other[0] : other[1]]


def test_units_of_different_magnitude_are_compared() -> None:
    for value, count in (("120万千瓦", 0), ("130万千瓦", 1)):
        _, found = read(goals=indicators("属性", "光伏发电装机 | 万千瓦 | 80 | 120 | 预期性", *FILLER), tasks=f"到2025年，光伏发电装机达到{value}。")
        assert len(found) == count, value


TURNED = [
    ("集中供热率由60%提高到75%。", 0),
    ("集中供热率由75%提高到60%。", 1),
    ("综合线损率由4.2%下降到3.5%。", 0),
    ("综合线损率由3.5%下降到4.2%。", 1),
    ("换电站由12座增加到9座。", 1),
    ("换电站由12座扩大到900平方米。", 0),
    ("集中供热率达到75%，普及率提高到60%。", 0),
]


@pytest.mark.parametrize(("sentence", "count"), TURNED)
def test_a_target_lies_on_the_right_side_of_its_start(sentence: str, count: int) -> None:
    _, found = read(tasks=sentence)
    assert [finding.code for finding in found] == ["target_contradicted"] * count


YEARS = [("2021-2025", 0), ("2025-2023", 1), ("2019-2024", 0), ("2023-2032", 0), ("2002-2003", 1), ("1922-1924", 1)]


@pytest.mark.parametrize(("years", "count"), YEARS)
def test_years_are_near_the_period_and_in_order(years: str, count: int) -> None:
    rows = f"1 | 甲水库工程 | 新建水库1座 | 100 | {years}\n2 | 乙水库工程 | 新建水库1座 | 200 | 2021-2025"
    _, found = read(projects=TABLE + rows)
    assert [finding.code for finding in found] == ["impossible_date"] * count


def test_a_second_place_is_an_argument_and_said_in_both_languages() -> None:
    note = Note.of(Code.TARGET_CONTRADICTED, "change", 3, 9, base="60%", target="50%").beside(12, 20)
    assert other_place(note.arguments) == (12, 20)
    assert other_place(Note.of(Code.PLACEHOLDER, "sign", 3, 9, found="XX").arguments) is None
    assert all("12-20" in note.said(language) for language in ("en", "zh"))


# ---- numbers of one sentence -----------------------------------------------------------------------------------------

SENTENCES = [
    ("建成充电站、换电站、储能站分别为40座、50座、20座，合计110座。", None),
    ("建成充电站、换电站、储能站分别为40座、50座、20座，合计120座。", ("合计", "120座")),
    ("建设充电站40座、换电站50座，共计80座。", ("合计", "80座")),
    ("建设充电站40座，其中快充站10座，换电站50座，共计90座。", None),  # which of them are parts is not certain
    ("建设充电站40座、换电站50座以上，共计80座。", None),
    ("建设充电站40座、泵站50台，共计80座。", None),
    ("建成充电站100座，分别为城区40座、乡镇50座。", ("合计", "100座")),
    ("建成充电站90座，分别为城区40座、乡镇50座。", None),
    ("建成充电站100座，其中城区40座、乡镇50座。", None),  # there may be others
    ("建成充电站100座，其中城区40座、其余50座布局在乡镇。", ("合计", "100座")),
    ("建成充电站100座，其中城区40座、其余60座布局在乡镇。", None),
    ("总投资100万元，其中省级补助40万元、市级补助20万元，其余由县财政承担。", None),
    ("建成充电站100座以上，分别为城区40座、乡镇50座。", None),
    ("由2020年的400座增加到2025年的600座，年均增长8.4%。", None),
    ("由2020年的400座增加到2025年的600座，年均增长12.4%。", ("growth", "12.4")),
    ("由2020年的400座减少到2025年的300座，年均下降5.6%。", None),
    ("由2020年的400座增加到2025年的600座以上，年均增长12.4%。", None),  # a floor may be passed
    ("由2020年的400座增加到2025年的600座，年均增长7%以上。", None),
    ("由2020年的1,400座增至2025年的2,100座，年均增长12.4%。", ("growth", "12.4")),
    ("由2000年的400座增加到2025年的600座，年均增长1.6%。", None),
    ("从2020年的1.2万户增长至2025年的2.4万户，年均增长14.9%。", None),
    ("参保率达到95%，分别为城镇95%、农村96%。", None),  # rates are not added
    ("人均收入达到3万元，分别为城镇4万元、农村2万元。", None),
    ("建设充电站4.24万座、换电站2.13万座，共计6.4万座。", None),  # rounded
    ("建设充电站4.24万座、换电站2.13万座，共计6.5万座。", ("合计", "6.5万座")),
    ("建设充电站40座、换电站50座，共计91座。", ("合计", "91座")),
    ("到2025年，单位产值能耗比2020年累计下降12.5%，年均下降2.6%。", None),
    ("到2025年，单位产值能耗比2020年累计下降13%，年均下降2.6%。", None),
    ("到2025年，单位产值能耗比2020年累计下降18%，年均下降2.6%。", ("yearly", "2.6")),
    ("到2025年，单位产值能耗比2020年累计下降18%，单位产值水耗年均下降2.6%。", None),  # another thing
]


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_numbers_of_a_sentence_agree(sentence: str, wanted: tuple[str, str] | None) -> None:
    text, found = read(tasks=sentence)
    told = [finding for finding in found if finding.code == Code.ARITHMETIC_MISMATCH]
    assert len(told) == (wanted is not None), [finding.message for finding in told]
    for finding in told:
        assert finding.source_start is not None
        assert wanted is not None
        assert text[finding.source_start : finding.source_end].endswith(wanted[1])
        place = other_place(finding.arguments.items())
        assert place is not None
        assert text[slice(*place)]


ANNEX = """附件
禾阳县能源工作任务分工表
序号 | 工作任务 | 工作内容 | 责任单位 | 完成时限
1 | {} | {} | 县发展改革局 | {}
2 | 加强电网建设改造 | 完成农网改造12公里。 | 县供电公司 | 2024年底前
3 | 推进清洁取暖改造 | 完成改造3000户。 | 县住房城乡建设局 | 2025年底前
"""
ANNEXES = [
    ("建设乡镇充电设施", "建成充电站40座。", "2024年底前", 0),
    ("建设乡镇充电设施", "建成充电站45座。", "2024年底前", 1),
    ("建设乡镇充电设施", "建成换电站45座。", "2024年底前", 0),
    ("建设城区充电设施", "建成充电站45座。", "2024年底前", 0),
]


@pytest.mark.parametrize(("title", "content", "until", "count"), ANNEXES)
def test_a_task_is_compared_with_itself_in_the_annex(title: str, content: str, until: str, count: int) -> None:
    body = PLAN.format(goals="到2025年，能源供应能力明显提升。", tasks="落实责任。\\n1．建设乡镇充电设施。建成充电站40座。\\n2．落实运行维护责任。明确人员。", projects="加快项目建设。")
    (records,) = process((body.replace("\\n", "\n") + ANNEX.format(title, content, until)).encode(), "plan.txt")
    found = [finding for finding in records.findings if finding.code == Code.PROSE_TABLE_MISMATCH]
    assert {task.title for task in records.tasks} >= {"建设乡镇充电设施", title, "加强电网建设改造"}
    assert len(found) == count, [finding.message for finding in found]
