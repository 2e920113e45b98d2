"""Texts that are no plans: they say so, and nothing is read from them that only plans have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planparse.cleaning import clean
from planparse.extract import extract
from planparse.loaders import load
from planparse.model.options import Options
from planparse.outline import outline
from planparse.pipeline import process

PLACE = Path(__file__).parents[1] / "cases" / "not_plans"
TEXTS = sorted(PLACE.glob("*.txt"))
PLAN = """禾阳县供水保障行动方案

一、主要目标
到2027年，供水普及率达到98%以上，建成水厂3座。

表1 主要指标
| 序号 | 指标名称 | 单位 | 2022年 | 2027年 | 属性 |
| --- | --- | --- | --- | --- | --- |
| 1 | 供水普及率 | % | 92 | 98 | 预期性 |
| 2 | 水质合格率 | % | 95 | 100 | 约束性 |

二、重点任务
（一）扩大供水能力。新建泵站5座，责任单位：县水利局。
（二）更新管网。更新老旧管网60公里。
三、保障措施
加强组织领导，健全工作机制。
"""
ONLY_OF_PLANS = ("goals", "tasks", "projects", "targets")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_plan_gives_no_goals_tasks_projects_or_targets(path: Path) -> None:
    (records,) = process(path.read_bytes(), path.name)
    (document,) = records.documents
    assert document.trust == "not_a_plan"
    assert {table: len(getattr(records, table)) for table in ONLY_OF_PLANS} == dict.fromkeys(ONLY_OF_PLANS, 0)
    (finding,) = [one for one in records.findings if one.code == "not_a_plan"]
    assert finding.severity == "info"
    assert finding.message.startswith("This is no plan (")


def test_there_are_texts_of_several_kinds() -> None:
    assert {path.name.partition(".")[0] for path in TEXTS} >= {"novel", "recipe", "email", "english", "code", "table"}


def test_a_plan_is_one() -> None:
    (records,) = process(PLAN.encode(), "a.txt")
    assert records.documents[0].trust != "not_a_plan"
    assert records.tasks
    assert records.targets
    assert "not_a_plan" not in {one.code for one in records.findings}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Chapter 1\nIt rained for 40 days.\n" * 9, "0% of its characters are Chinese"),
        ("某县公园管理办法\n" + "".join(f"第{n}条 园内保持安静。\n" for n in "一二三四"), "with 4 articles"),
        ("某县公园开放公告\n公园自今日起开放。\n", "neither “某县公园开放公告” nor its words"),
        ("雨下了一夜。\n天亮的时候停了。\n", "its words are not those of one"),
    ],
)
def test_the_finding_says_why_and_the_sections_stay(text: str, reason: str) -> None:
    (told,) = outline(clean(load(text.encode(), "a.txt", Options())))
    found = extract(replace(told, plan=False))
    (note,) = [one for one in found.notes if one.code == "not_a_plan"]
    assert reason in note.message


def test_sections_and_indicator_tables_of_what_is_no_plan_are_kept() -> None:
    (told,) = outline(clean(load(PLAN.encode(), "a.txt", Options())))
    plan, none = extract(told), extract(replace(told, plan=False))
    assert len(none.drafts["sections"]) == len(plan.drafts["sections"]) > 3
    assert len(none.drafts["indicators"]) == len(plan.drafts["indicators"]) == 2
    assert plan.drafts["tasks"]
    assert not any(none.drafts[table] for table in ONLY_OF_PLANS)


PHASES = "禾阳县校舍安全工作方案\n一、工作目标\n消除隐患。\n二、实施步骤\n" + "".join(f"{n}.排查阶段（2024年{n}月—2024年{n + 1}月）。逐校排查，2024年{n}月底前完成。\n" for n in range(1, 10))
TOLD = "".join(f"（{'一二三四五六七八九'[n - 1]}）成效不断显现\n2024年{n}月，三部门联合印发指南，建成站点{n}5座，覆盖率达到9{n}%。\n" for n in range(1, 10))
NOTICE = "禾阳县渔业局关于{}的通知\n一、有关事项\n推进渔港建设，落实项目责任。\n二、其他事项\n加强管理，完善服务。\n"
GUIDE = "禾阳县渔港补贴{}\n一、{}条件\n渔业企业发展良好，项目建设规范。\n二、{}材料\n1.项目建设方案\n三、{}流程\n网上服务平台。\n四、其他事项\n加强管理。\n"
BENEFITS = "面向渔业企业的扶持政策\n" + "".join(f"{n}、渔港{name}补贴\n企业可享受项目建设服务，累计不超过{n}年，加强管理。\n" for n, name in zip("一二三四", "船网灯冰", strict=True))
FREE = "渔民政策清单\n" + "".join(f"{n}、渔港{name}服务\n渔民可享受项目建设服务，加强管理。\n申领方式：登录服务平台。\n" for n, name in zip("一二三四五六", "船网灯冰油水", strict=True))
NEWS = "渔港新措今日起实施\n据悉，全县渔港推进项目建设，落实责任，加强管理，新增泊位34个。\n泊位管理\n{}，渔港完善服务，泊位达到50个。\n"
LINKS = "公告\n" + "".join(f"{n}、渔港建设工作安排公告{n}[2023-03-0{n}]\n" for n in range(1, 7))


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        (PLAN, True),
        (NOTICE.format("做好渔港管理"), True),
        (NOTICE.format("组织申报渔港项目"), False),
        (NOTICE.format("成立渔港建设领导小组"), False),
        (NOTICE.format("调整渔港建设委员会组成人员"), False),
        (NOTICE.format("成立渔港建设领导小组").replace("有关事项", "主要任务"), True),
        (NOTICE.format("组织申报渔港项目").replace("有关事项", "工作安排"), False),
        (GUIDE.format("", "申请", "申请", "申请"), False),
        (GUIDE.format("工作方案", "建设", "建筑", "管理"), True),
        (PLAN + "申报条件：项目规范。\n", True),
        (LINKS, False),
        (FREE, False),
        (FREE.replace("申领方式", "组织方式"), True),
        (NEWS.format("记者从县渔业局获悉"), False),
        (NEWS.format("到2025年"), True),
        (NEWS.format("记者从县渔业局获悉").replace("泊位管理", "一、泊位管理"), True),
        (NOTICE.format("2027年节假日安排"), False),
        (NOTICE.format("做好节假日渔港安全工作"), True),
        (NOTICE.format("开展渔港复核"), False),
        (PLAN.replace("行动方案", "实施办法"), True),  # only rules by articles, and such as set no aims, are no plans
        ("禾阳县渔港管理办法\n一、管理要求\n推进项目建设，落实责任，加强管理。\n二、监督检查\n健全机制，完善服务。\n", False),
        ("禾阳县2024年民生实事项目的公告\n一、新建渔港2座，完善服务。\n二、推进项目建设，落实责任，加强管理。\n", True),
        (BENEFITS, False),
        (BENEFITS.replace("补贴", "建设"), True),
        ("禾阳县人民政府关于表彰渔港建设先进单位的决定\n一、先进单位\n推进项目建设，落实责任，加强管理。\n", False),
        ("禾阳县人民政府关于加快渔港建设的决定\n一、主要任务\n推进项目建设，落实责任，加强管理。\n", True),
        ("《禾阳县渔港方案》包括哪些内容？\n一、疏浚航道\n推进项目建设，落实责任，加强管理。\n", False),
        (PHASES, True),
        (PLAN + "市民能否参加？能。具体怎么办？见附件。\n", True),
        (PLAN.replace("方案", "情况的通报"), False),
        (PLAN.replace("方案", "建议的答复"), False),
        (PLAN + "媒体：供水怎样保障？\n局长：新建水厂3座。\n媒体：管网怎样更新？\n局长：更新60公里。\n媒体：何时完成？\n局长：年底前完成。\n", False),
        ("禾阳县供水发展报告（2024）\n一、供水保障工作推进\n" + TOLD + "二、下一步\n到2025年，推进项目建设。\n", False),
    ],
    ids=["a plan", "a notice", "a call", "a group", "a committee", "a group with tasks", "a call with arrangements", "a guide", "no guide", "a plan with a condition", "links", "ways to apply", "ways to organise", "news", "no news", "reporters in a plan", "holidays", "work on holidays", "a review", "rules written as a plan", "rules", "an announcement of works", "benefits", "no benefits", "praise", "a decision", "a question", "phases in months", "a question in a plan", "a circular", "an answer", "an interview", "a report of what was done"],
)
def test_the_genre(text: str, plan: bool) -> None:
    (records,) = process(text.encode(), "a.txt")
    assert (records.documents[0].trust != "not_a_plan") is plan


@pytest.mark.parametrize("text", [NOTICE.format("成立渔港建设领导小组"), GUIDE.format("", "申请", "申请", "申请"), LINKS])
def test_all_chapters_of_what_serves_applicants_or_sets_up_are_other(text: str) -> None:
    (records,) = process(text.encode(), "a.txt")
    assert {str(section.kind) for section in records.sections} == {"other"}
