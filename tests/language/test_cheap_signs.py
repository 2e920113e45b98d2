"""Signs that are looked for first, since they are cheap: whatever the pattern behind them would match holds one."""

from __future__ import annotations

from itertools import product

import pytest

from planparse.cleaning import characters
from planparse.data import vocabulary
from planparse.data.words import members
from planparse.language.shapes import lines
from planparse.language.shapes.markers import may_begin, patterns
from planparse.language.shapes.signs import BLANK, CHINESE, CLOSE, DASH, FORMAL, OPEN, POINT, STEMS
from planparse.outline import front, genre

NUMBERS = ("一", "十二", CHINESE[-1], "壹", "贰拾", *STEMS, "Ⅰ", "Ⅻ", "IV", "X", "3", "12")
SINGLE = [f"{number}{point}" for number, point in product(NUMBERS, POINT.replace("\\", ""))]
BRACKETS = [f"{left}{number}{right}" for (left, right), number in product(zip(OPEN.replace("\\", ""), CLOSE.replace("\\", ""), strict=True), ("一", "壹", "3", "Ⅳ", "IV"))]
OTHERS = ["第一章", "第 3 节", "1.2", "4.3.1", "3）", "二）", "（三、", "①", "❶", "㈠", "㊀", *(f"1{dash}1." for dash in DASH.replace("\\", "")), *(f"{n}{blank}" for n, blank in product(("一", "3", "壹", "Ⅰ", "IV"), BLANK))]
NAMED = [f"{word}一：" for word in vocabulary("shapes")["named"]["words"]]


@pytest.mark.parametrize("marker", [*SINGLE, *BRACKETS, *OTHERS, *NAMED])
def test_where_a_marker_may_begin_inside_a_line(marker: str) -> None:
    line = f"修好码头。{marker}疏浚航道"
    at = line.index(marker)
    assert patterns()[0].match(line, at) is None or may_begin().match(line, at)
    assert patterns()[0].match(line, at) is None or patterns()[1].match(line, at)


def test_most_of_them_are_markers() -> None:
    found = [marker for marker in (*SINGLE, *BRACKETS, *OTHERS, *NAMED) if patterns()[0].match(f"{marker}疏浚航道")]
    assert len(found) > 0.9 * len([*SINGLE, *BRACKETS, *OTHERS, *NAMED])
    assert FORMAL[0] in "".join(found)


@pytest.mark.parametrize("line", [f"{bracket}{sign}{behind}疏浚航道" for one in ("一", "1") for bracket in ("", "（") for sign, behind in product(*characters._MISREAD[one])])
def test_ones_that_were_misread(line: str) -> None:
    found = [one for one, pattern in characters._ONES.items() if pattern.search(line)]
    assert found
    assert all(characters._may_misread(line, one) for one in found)


@pytest.mark.parametrize("mark", ["**", "__", "*_", "_*", "***", "_**"])
def test_marks_of_emphasis(mark: str) -> None:
    line = f"{mark}疏浚航道{mark}"
    assert characters._EMPHASIS.match(line)
    assert any(sign in line for sign in characters._SIGNS_OF_EMPHASIS)


@pytest.mark.parametrize("marks", ["““", "“\"", "\"”", "””", "”””", "《《", "》》", "“““"])
def test_doubled_quotation_marks(marks: str) -> None:
    assert characters._DOUBLED.search(marks)
    assert any(sign in marks for sign in characters._DOUBLES)


@pytest.mark.parametrize("end", ["…12", "...- 6 -", "1411", "———3", "·····7", "．．．9", "（12）", "错误！未定义书签", " 8"])
def test_ends_of_entries_of_a_table_of_contents(end: str) -> None:
    assert lines.leaders(f"疏浚航道{end}") is not None


@pytest.mark.parametrize("line", ["问：禾阳县为何建设渔港", "记者问：禾阳县为何建设渔港", "为何建设渔港？", "为何建设渔港？ \t"])
def test_questions(line: str) -> None:
    assert genre._QUESTION.search(line)
    assert any(sign in line for sign in genre._QUESTION_SIGNS)


@pytest.mark.parametrize("word", [*vocabulary("shapes")["contents"]["words"], "CONTENTS", "Contents"])
@pytest.mark.parametrize("form", ["{}", "# {}", "【{}】：", "* {} 渔港"])
def test_heads_of_tables_of_contents(form: str, word: str) -> None:
    line = form.format(word)
    assert lines.contents_head(line)
    assert lines.names_contents(line)


@pytest.mark.parametrize("word", sorted(members("issuing")))
def test_words_that_send_out(word: str) -> None:
    assert front.names_sent_out([f"关于{word}《禾阳县渔港建设方案》的通知"]) == ["禾阳县渔港建设方案"]


@pytest.mark.parametrize("word", vocabulary("shapes")["annex"]["words"])
def test_words_of_annexes(word: str) -> None:
    assert lines.annex_caption(f"{word}2：渔港名录")
