"""Damages of layout are harmless: titles stay, chance is seeded, and the places of headings are told."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from fitting.damages import DAMAGES, combined
from fitting.edits import Edit, Page, edited, moved
from fitting.gold_places import Heading, locate
from fitting.gold_texts import GoldText, as_plain, read_texts
from planparse.evaluation.folding import fold, fold_title
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_END, TABLE_START

ROOT = Path(__file__).resolve().parents[2]
GOLD = sorted(path.stem for path in (ROOT / "tests" / "gold").glob("*.json"))
TEXT = """河湾县供水工作方案
目录
一、工作目标……1
二、重点任务……2
（一）建设水厂……2
为保障供水安全，制定本方案。
一、工作目标
到2025年，全县供水普及率达到98%以上，水质全部达标。
二、重点任务
（一）建设水厂
1.扩建东水厂。新增日供水能力2万吨，当年开工、次年通水。
2.改造管网。更换老旧管道60公里，漏损率降到9%以下。
（二）加强管护
组建管护队伍3支，每季度巡查一次，保证设施完好运行。
"""
ROWS = (
    (1, "一、", "工作目标"),
    (1, "二、", "重点任务"),
    (2, "（一）", "建设水厂"),
    (3, "1.", "扩建东水厂"),
    (3, "2.", "改造管网"),
    (2, "（二）", "加强管护"),
)
SECTIONS = [{"level": level, "number_raw": number, "title": title} for level, number, title in ROWS]


@cache
def texts() -> dict[str, GoldText]:
    return {one.gold.name: one for one in read_texts(ROOT / "tests" / "gold", [ROOT / "corpus"])}


def in_order(text: str, titles: list[str]) -> str | None:
    """The first title that does not follow on the ones before it, or None."""
    folded, at = fold(text), 0
    for title in titles:
        found = folded.find(fold_title(title), at)
        if found < 0:
            return title
        at = found + len(fold_title(title))
    return None


def shows(text: str, heading: Heading) -> bool:
    """Whether a heading's place holds its title; 附件1： before it may stand on another line, or be left out in gold."""
    shown = fold(text[heading.marker_end : heading.title_end])
    title = fold_title(heading.title)
    return shown == title or (heading.number_raw is None and shown.endswith(title) and shown.startswith("附"))


# ---- places ----------------------------------------------------------------------------------------------------------


def test_headings_are_those_of_the_body_not_of_its_contents() -> None:
    found = locate(TEXT, SECTIONS)
    assert not found.missing
    assert found.headings[0].start == TEXT.rindex("一、工作目标")
    assert [TEXT[one.start : one.marker_end] for one in found.headings] == [row["number_raw"] for row in SECTIONS]
    assert [TEXT[one.marker_end : one.title_end] for one in found.headings] == [row["title"] for row in SECTIONS]


def test_a_garbled_title_is_found_by_its_number_and_likeness() -> None:
    found = locate(TEXT.replace("2.改造管网", "2.改?管网"), [*SECTIONS[:4], {**SECTIONS[4], "title": "改造管网"}])
    assert found.headings[-1].number_raw == "2."


def test_a_section_that_is_nowhere_is_reported() -> None:
    lost = {"level": 1, "number_raw": "三、", "title": "组织保障"}
    found = locate(TEXT, [*SECTIONS, lost])
    assert found.missing == (lost,)
    assert found.indexes == tuple(range(len(SECTIONS)))


@pytest.mark.parametrize("name", GOLD)
def test_every_gold_section_is_located(name: str) -> None:
    one = texts()[name]
    assert [row["title"] for row in one.located.missing] == []
    for heading in one.located.headings:
        assert fold(heading.number_raw) == fold(one.text[heading.start : heading.marker_end])
        assert shows(one.text, heading)


# ---- damages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DAMAGES)
def test_titles_stay_in_order_where_the_damage_says_they_stand(name: str) -> None:
    damage, applied = DAMAGES[name], 0
    for one in texts().values():
        found = damage.damaged(one.text, one.located.headings, one.gold.name)
        if found is None:
            continue
        applied += 1
        assert bool(found.dropped) == damage.drops_gold
        assert found.text != one.text
        kept = [h.title for n, h in enumerate(one.located.headings) if n not in found.dropped]
        assert [heading.title for heading in found.headings] == kept
        for heading in found.headings:
            assert shows(found.text, heading)
        assert in_order(found.text, kept) is None
    assert applied, "it applies to no document of the corpus"


@pytest.mark.parametrize("name", DAMAGES)
def test_the_same_seed_gives_the_same_text(name: str) -> None:
    one = next(iter(texts().values()))
    first, again = (DAMAGES[name](one.text, one.located.headings, random.Random(7)) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("name", [name for name, damage in DAMAGES.items() if not damage.drops_gold])
def test_no_word_of_the_text_is_lost(name: str) -> None:
    for one in list(texts().values())[:4]:
        found = DAMAGES[name].damaged(one.text, one.located.headings, 3)
        if found is not None and not DAMAGES[name].renumbered:
            rest = iter(fold(found.text))
            assert all(character in rest for character in fold(one.text))


@pytest.mark.parametrize("name", DAMAGES)
def test_has_a_line_that_says_what_it_does(name: str) -> None:
    assert DAMAGES[name].name == name
    assert DAMAGES[name].doc.strip()
    assert "\n" not in DAMAGES[name].doc


CASES = {
    "bold_twice": "****二、重点任务****\n",
    "hashes_bold": "## **二、重点任务**\n",
    "small_full_stops": "1﹒扩建东水厂。",
    "shell_brackets": "〔一〕建设水厂\n",
    "circled_digits": "②改造管网。",
    "markers_alone": "二、\n重点任务\n",
    "headings_together": "二、重点任务（一）建设水厂1.扩建东水厂。",
    "headings_behind_text": "通水。2.改造管网。",
    "run_in_titles": "（二）加强管护。组建管护队伍",
    "renumbered_chapters": "第二章 重点任务\n第一节 建设水厂\n一、扩建东水厂。",
    "renumbered_paths": "2 重点任务\n2.1 建设水厂\n2.1.1 扩建东水厂。",
}


@pytest.mark.parametrize("name", CASES)
def test_shows_as_it_should(name: str) -> None:
    headings = locate(TEXT, SECTIONS).headings
    found = DAMAGES[name](TEXT, headings, random.Random(0)) or ""
    assert CASES[name] in found


def test_a_lost_chapter_is_named() -> None:
    more = TEXT + "三、组织保障\n县水务局牵头，各乡镇配合，抓好本方案的落实。\n"
    rows = [*SECTIONS, {"level": 1, "number_raw": "三、", "title": "组织保障"}]
    found = DAMAGES["chapter_lost"].damaged(more, locate(more, rows).headings)
    assert found is not None
    assert found.dropped == (1,)
    assert "\n二、重点任务\n" not in found.text


def test_what_is_combined_does_not_lose_headings() -> None:
    for seed in range(60):
        damage = combined(random.Random(seed))
        assert 2 <= damage.name.count("+") + 1 <= 3
        assert not any((damage.renumbered, damage.drops_gold, damage.loses_title_ends))


# ---- edits and pages -------------------------------------------------------------------------------------------------


def test_what_is_put_in_at_the_ends_of_a_heading_stays_outside() -> None:
    heading = Heading(2, 4, 8, 1, "一、", "总体要求")
    text = "前\n一、总体要求\n文"
    edits: list[Edit] = [(8, 8, "**"), (2, 2, "**"), (2, 4, "第一章"), (4, 4, " ")]
    (now,) = moved([heading], edits)
    new = edited(text, edits)
    assert new == "前\n**第一章 总体要求**\n文"
    assert (new[now.start : now.marker_end], new[now.start : now.title_end]) == ("第一章", "第一章 总体要求")


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        edited("一二三", [(0, 2, ""), (1, 3, "")])


def test_tables_and_boxes_are_left_alone() -> None:
    rows = "表1 主要指标\n序号\n名称\n单位\n数量\n"
    box = "专栏1 重点项目\n1.水厂。扩建。\n2.管网。更换。\n"
    text = TEXT.replace("二、重点任务\n（一）", f"{rows}二、重点任务\n（一）").replace("（二）加强", f"{box}（二）加强")
    text = text[text.index("为保障") :]
    page = Page(text, locate(text, SECTIONS).headings)
    assert "".join(page.words(line) + "\n" for line in page.lines if line.fixed) == rows + box
    one = DAMAGES["one_line_bare"](text, page.headings, random.Random(0)) or ""
    assert rows in one
    assert box in one


def test_table_lines_become_rows_with_bars() -> None:
    cells = f"序号{CELL_END}名{CELL_BREAK}称{CELL_END}{ROW_END}1{CELL_END}水厂{CELL_END}{ROW_END}"
    assert as_plain(f"表\n{TABLE_START}{cells}{TABLE_END}\n文") == "表\n| 序号 | 名 称 |\n| 1 | 水厂 |\n文"
