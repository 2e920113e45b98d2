"""Words of titles, and what they make of a chapter or a document: tests/cases/words.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from plans import cases, outlined

from planparse.model.document import Section
from planparse.outline.genre import genre_of, speaks_as_plans
from planparse.outline.kinds.by_title import leaning

WORDS: dict[str, dict[str, Any]] = cases("words")  # type: ignore[assignment]
PLAN = "为落实渔业发展规划，推进渔港建设，加强渔船管理，完善渔业服务，现将有关工作安排如下，请各单位落实责任。"


def is_plan(title: str | None, chapters: Sequence[Section], text: str, articles: int) -> bool:
    return genre_of(title, chapters, text, articles).plan


def serves(title: str, chapters: Sequence[Section], text: str) -> bool:
    return not genre_of(title, chapters, text, 0).chapters


def framed(name: str) -> list[str]:
    return [WORDS[name]["frame"].format(word) for word in WORDS[name]["words"]]


def kinds(*titles: str) -> list[str]:
    """The kinds of chapters with these titles."""
    text = "".join(f"{n}、{title}\n疏浚航道，修好码头。\n" for n, title in zip("一二三四五六", titles, strict=False))
    (found,) = outlined(f"禾阳县渔港方案\n{text}")
    return [str(section.kind) for section in found.chapters]


@pytest.mark.parametrize(("kind", "title"), [(n.removeprefix("leans_"), t) for n in WORDS if n.startswith("leans_") for t in framed(n)])
def test_titles_lean_to_a_kind(kind: str, title: str) -> None:
    assert leaning(title) == kind


def test_a_title_without_such_a_word_leans_to_none() -> None:
    assert leaning("渔港篇") is None


@pytest.mark.parametrize("title", framed("works"))
def test_titles_that_name_work_are_tasks(title: str) -> None:
    assert kinds("总体要求", "主要任务", title, "海上渔船", "保障措施") == ["other", "tasks", "tasks", "other", "safeguards"]


@pytest.mark.parametrize(("title", "kind"), [("海上渔船", "other"), ("近岸渔业码头航道", "other"), ("近岸渔业和码头航道", "tasks"), ("近岸渔业码头和远海渔业航道缆桩", "tasks")])
def test_short_titles_only_name_fields(title: str, kind: str) -> None:
    """annotation.md, sections: a chapter that only names products or fields beside a tasks chapter is other; ``SHORT`` says up to which length."""
    assert kinds("总体要求", "主要任务", title, "保障措施") == ["other", "tasks", kind, "safeguards"]


@pytest.mark.parametrize("title", framed("where"))
def test_titles_that_say_where(title: str) -> None:
    """annotation.md, tasks: other beside a chapter named as the tasks."""
    assert kinds("总体要求", title, "主要任务", "保障措施") == ["other", "other", "tasks", "safeguards"]


@pytest.mark.parametrize("title", framed("support"))
def test_titles_of_support(title: str) -> None:
    """annotation.md, tasks: they are tasks beside safeguards of their own."""
    assert kinds("总体要求", title, "保障措施") == ["other", "tasks", "safeguards"]


@pytest.mark.parametrize("title", framed("no_plans"))
def test_titles_of_what_is_no_plan(title: str) -> None:
    assert not is_plan(title, (), PLAN, 0)
    assert not is_plan(f"{title}（试行）", (), PLAN, 0)


@pytest.mark.parametrize("title", framed("calls"))
def test_notices_that_call_for_something(title: str) -> None:
    assert not is_plan(title, (), PLAN, 0)


@pytest.mark.parametrize("title", framed("manages"))
def test_notices_that_rule_what_others_call_for(title: str) -> None:
    assert is_plan(title, (), PLAN, 0)
    assert not is_plan(title.replace("进一步", "组织"), (), PLAN, 0)


@pytest.mark.parametrize("title", [*framed("sets_up"), *framed("set_up")])
def test_notices_that_set_up_a_body(title: str) -> None:
    assert serves(title, (), PLAN)


@pytest.mark.parametrize("title", framed("praises"))
def test_decisions_that_praise(title: str) -> None:
    chapter = Section(1, "一、", 1, "主要任务", 0, 0, 0)
    assert not is_plan(title, (chapter,), PLAN, 0)
    assert is_plan("关于建设渔港先进单位的决定", (chapter,), PLAN, 0)


@pytest.mark.parametrize("line", framed("services"))
def test_lines_of_a_guide(line: str) -> None:
    """Three different ones make a guide; two do not."""
    two = [other for other in ("申报条件：见附件", "补贴标准：见附件", "咨询电话：见附件") if other != line][:2]
    text = PLAN + "\n" + "\n".join(two)
    assert serves("禾阳县渔港方案", (), f"{text}\n{line}")
    assert not serves("禾阳县渔港方案", (), f"{text}\n渔港：见附件")


@pytest.mark.parametrize("line", framed("press"))
def test_lines_of_a_report(line: str) -> None:
    """Two make a report; one does not, nor do two beside chapters with numbers, or of a kind that plans have."""
    chapter = Section(1, "一、", 1, "渔港", 0, 0, 0)
    assert serves("禾阳县渔港见闻", (), f"{PLAN}\n{line}\n{line}")
    assert not serves("禾阳县渔港见闻", (), f"{PLAN}\n{line}")
    assert not serves("禾阳县渔港见闻", (chapter,), f"{PLAN}\n{line}\n{line}")
    assert not serves("禾阳县渔港见闻", (Section(1, None, 1, "发展目标", 0, 0, 0),), f"{PLAN}\n{line}\n{line}")


@pytest.mark.parametrize("title", framed("benefits"))
def test_chapters_of_a_list_of_benefits(title: str) -> None:
    chapters = [Section(1, None, n, f"第{n}类{title}", 0, 0, 0) for n in (1, 2, 3)]
    assert serves("禾阳县渔民政策", chapters, PLAN)
    assert not serves("禾阳县渔民政策", chapters[:2], PLAN)


@pytest.mark.parametrize("title", ["禾阳县渔港方案", "关于加强渔港工作的通知", "禾阳县渔港申报方案", "禾阳县渔港申报工作要点（2023年）", None])
def test_titles_of_plans(title: str | None) -> None:
    assert is_plan(title, (), PLAN, 0)
    assert not is_plan(title, (), PLAN, 12)


@pytest.mark.parametrize("title", ["一图读懂解读《禾阳县渔港方案》的要点", "县渔业局局长解读渔港方案", "专家解读渔港方案", "图文解读渔港方案", "县渔业局负责人解读渔港方案", "县渔业局主任解读渔港方案", "县渔业局厅长解读渔港方案", "李某同志解读渔港方案", "县渔业局就渔港方案答记者问", "问答实录：禾阳县渔港方案", "政策问答：禾阳县渔港方案"])
def test_titles_that_explain_a_plan(title: str) -> None:
    assert not is_plan(title, (), PLAN, 0)


@pytest.mark.parametrize("text", framed("plan_words"))
def test_a_text_that_speaks_as_plans(text: str) -> None:
    assert speaks_as_plans(text)


@pytest.mark.parametrize("text", [WORDS["plan_words"]["frame"].format("海鸥飞过"), "The harbour is being dredged, and quays are built for boats.", "12345", "for boat in fleet: 建设(boat); print(boat, harbour, quay, net, rope, sail)"])
def test_a_text_that_does_not(text: str) -> None:
    assert not speaks_as_plans(text)


def test_a_short_text_is_not_judged_by_its_words() -> None:
    assert speaks_as_plans("海鸥飞过渔船。")


HISTORY = ["渔港已建成三处", "已经完成疏浚", "取得明显进展", "截至去年底共有三处", "同比上升", "比2020年多三处", "较2020年多三处", "累计完成三处", "累计建成三处", "期间，全县疏浚了航道", "修好了3处", "存在短板", "能力不足", "仍然缓慢", "尚未完工", "基础薄弱", "面临压力", "成效明显", "达到了要求", "实现了目标"]


@pytest.mark.parametrize("told", HISTORY)
def test_chapters_that_tell_what_was_done(told: str) -> None:
    """annotation.md, sections: 现状, 成效, 问题 are background, whatever the title says."""
    text = f"禾阳县渔港方案\n一、海上渔港\n{told}。\n二、主要目标\n到2025年建成三处。\n三、主要任务\n疏浚航道。\n四、保障措施\n加强领导。\n"
    (found,) = outlined(text)
    assert str(found.chapters[0].kind) == "background"


@pytest.mark.parametrize("title", ["加强党的领导", "加强党对渔业工作的领导", "坚持党中央集中统一领导", "加强渔村党建"])
def test_leadership_in_the_middle_is_a_task(title: str) -> None:
    text = f"禾阳县渔港方案\n一、总体要求\n坚持生态优先。\n二、{title}\n（一）建好班子\n配强干部。\n（二）带好队伍\n加强培训。\n三、推进渔港建设\n（一）疏浚航道\n清理淤泥。\n（二）修好码头\n更换缆桩。\n四、保障措施\n加强宣传。\n"
    (found,) = outlined(text)
    assert [str(c.kind) for c in found.chapters] == ["other", "tasks", "tasks", "safeguards"]
