"""What is told of numbers that nothing took, and of counts that begin late."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plans import cleaned, outlined

from planparse.outline import read_places
from planparse.outline.accounting import account, is_unread
from planparse.outline.readings import PLAIN, Reading
from planparse.outline.search import Choice
from planparse.outline.trust import evidence_of_trust

HEAD, TAIL = "一、主要任务\n疏浚航道。\n", "二、保障措施\n加强领导。\n"


def told(lines: str, before: str = "") -> list[tuple[str, dict[str, str]]]:
    """Findings on a text whose numbers between its two chapters, and before them, were read as plain text."""
    text = f"{before}{HEAD}{lines}{TAIL}"
    doc = cleaned(text)
    choices = [unread(c) if c.place.style != "一" else c for c in read_places(doc).choices]
    return [(str(n.code), dict(n.arguments)) for n in account(choices, doc.text, 0, len(text))]


def unread(choice: Choice) -> Choice:
    choice.place.features.clear()
    return replace(choice, reading=Reading(PLAIN, 0.0, ()), level=0, features=())


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("1.北港码头\n2.南港码头\n3.东港码头\n", ["unread_run"]),
        ("1.北港码头\n2.南港码头\n", ["unread_marker"] * 2),
        ("1.北港码头\n2.南港码头\n（3）东港码头\n", ["unread_marker"] * 3),
        ("1.北港码头\n2.南港码头\n4.东港码头\n", ["unread_marker"] * 3),
        ("1.北港码头\n2.南港码头\n3.东港码头\n（1）近岸渔船\n（2）远海渔船\n", ["unread_run", "unread_marker", "unread_marker"]),
        ("北港码头\n南港码头\n东港码头\n", []),
    ],
)
def test_so_many_that_count_on_are_one_finding(lines: str, codes: list[str]) -> None:
    assert [code for code, _ in told(lines)] == codes


def test_a_run_is_told_with_its_ends() -> None:
    ((code, values),) = told("1.北港码头\n2.南港码头\n3.东港码头\n4.西港码头\n")
    assert code == "unread_run"
    assert values == {"count": "4", "first": "1.", "last": "4."}


@pytest.mark.parametrize(("before", "codes"), [("1.北港码头\n2.南港码头\n", ["text_before_outline"]), ("1.北港码头\n", []), ("1.北港码头\n5.南港码头\n", []), ("1.北港码头\n（2）南港码头\n", [])])
def test_numbered_text_before_the_outline(before: str, codes: list[str]) -> None:
    assert [code for code, _ in told("", before)] == codes


@pytest.mark.parametrize(("first", "codes"), [("一、", []), ("四、", ["lost_rank"])])
def test_a_count_that_begins_late(first: str, codes: list[str]) -> None:
    text = f"{first}主要任务\n疏浚航道。\n五、重点工程\n修好码头。\n六、保障措施\n加强领导。\n"
    doc = cleaned(text)
    assert [str(n.code) for n in account(read_places(doc).choices, doc.text, 0, len(text)) if n.code == "lost_rank"] == codes


def test_what_nothing_took_speaks_against_an_outline() -> None:
    doc = cleaned(f"{HEAD}1.北港码头\n2.南港码头\n{TAIL}")
    read = read_places(doc).choices
    lost = [unread(c) if c.place.style != "一" else c for c in read]
    assert [is_unread(c) for c in lost] == [False, True, True, False]
    assert evidence_of_trust(read, 400, 400)["unread"] == 0 < evidence_of_trust(lost, 400, 400)["unread"]


GAPS: list[tuple[str, list[tuple[str, str]]]] = [
    ("一 二 三", []),
    ("一 三 四", [("三、", "2")]),
    ("一（一）（二） 二（一）（二）", []),
    ("一（一）（二） 二（三）（四）", []),
    ("一（一）（三） 二（一）（二）", [("（三）", "2")]),
    ("一（一）（二） 二（四）（五）", [("（四）", "1")]),
]


@pytest.mark.parametrize(("numbers", "gaps"), GAPS)
def test_gaps_in_counts(numbers: str, gaps: list[tuple[str, str]]) -> None:
    """A number is right when it is the next among its siblings, or the next of its style in the document."""
    text = "禾阳县渔港方案\n"
    for chapter in numbers.split():
        text += f"{chapter[0]}、修好第{chapter[0]}批码头\n更换缆桩。\n"
        text += "".join(f"（{n}）疏浚{chapter[0]}{n}航道\n清理淤泥。\n" for n in chapter[1:].strip("（）").split("）（") if n)
    (found,) = outlined(text)
    assert [tuple(dict(n.arguments)[key] for key in ("found", "expected")) for n in found.notes if n.code == "numbering_gap"] == gaps


def test_what_stands_before_and_behind() -> None:
    """Front, preamble and back of a document: the notice and the title, what is said before the first chapter, and what signs it."""
    notice, opening, back = ["关于印发禾阳县渔港方案的通知", "各乡镇：", "现将《禾阳县渔港方案》印发给你们。", "禾阳县渔业局", "2021年3月5日"], ["为建设渔港，制定本方案。", "渔港照常营业。"], ["禾阳县渔业局", "2021年3月6日", "抄送：县水利局。"]
    (found,) = outlined("\n".join([*notice, "禾阳县渔港方案", *opening, f"{HEAD}{TAIL}{chr(10).join(back)}"]))
    assert [p.text for p in found.front] == [*notice, "禾阳县渔港方案"]
    assert [getattr(item, "text", "") for item in found.preamble] == opening
    assert [p.text for p in found.back] == back
    assert [[getattr(item, "text", "") for item in s.items] for s in found.sections()] == [["疏浚航道。"], ["加强领导。"]]


def test_two_plans_of_one_notice_have_it_before_them() -> None:
    notice = ["关于印发两个方案的通知", "各乡镇：", "现将《禾阳县渔港方案》《禾阳县渔船方案》印发给你们。", "禾阳县渔业局", "2021年3月5日"]
    found = outlined("\n".join([*notice, *(f"{title}\n一、主要目标\n建港3处。\n二、主要任务\n疏浚航道。\n三、保障措施\n加强领导。" for title in ("禾阳县渔港方案", "禾阳县渔船方案"))]))
    assert [(one.title, [p.text for p in one.front]) for one in found] == [(title, [*notice, title]) for title in ("禾阳县渔港方案", "禾阳县渔船方案")]


def test_what_trust_is_made_of() -> None:
    """Margins as shares of a clear one, the least and the lowest tenth; titles that are long, and how few sections there are."""
    read = read_places(cleaned(f"{HEAD}{TAIL}")).choices
    clear, narrow = [replace(c, margin=4.0) for c in read], [replace(read[0], margin=0.4), replace(read[1], margin=4.0)]
    sound, odd = evidence_of_trust(clear, 400, 400), evidence_of_trust(narrow, 4_000, 4_000)
    assert {name: sound[name] for name in ("one", "least", "lowest_tenth", "narrow", "odd", "long_titles", "few")} == {"one": 1, "least": 1, "lowest_tenth": 1, "narrow": 0, "odd": 0, "long_titles": 0, "few": 1}
    assert (odd["least"], odd["lowest_tenth"], odd["narrow"]) == (0.1, 0.1, 0.5)
    assert odd["sparse"] > sound["sparse"]
    many = evidence_of_trust([*clear, *clear], 400, 400)
    assert many["few"] == 0
    assert evidence_of_trust([replace(c, features=("run.gap", "run.jump")) for c in clear], 400, 400)["odd"] > 0
