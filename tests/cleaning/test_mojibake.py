"""Whole-text mojibake: what can be decoded again is, what has lost bytes is noted, and sound text stays."""

from __future__ import annotations

import pytest

from planparse.cleaning.mojibake import share_of_common, undo_mojibake
from planparse.model.findings import Code
from planparse.model.text import MappedText

SOUND = "云岭市应急体系建设规划\n一、总体要求\n到2025年，全市安全生产形势总体稳定，防灾减灾救灾能力明显提升。\nabc 123\n加强组织领导，落实责任。"
TRADITIONAL = "雲嶺市應急體系建設規劃\n到2025年，全市安全生產形勢總體穩定，防災減災救災能力明顯提升。"


def misread(text: str, encoding: str, as_: str) -> str:
    if as_ == "windows":  # as browsers do: what Windows-1252 leaves out shows as the control character
        data = text.encode(encoding)
        return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)
    return "\n".join(line.encode(encoding).decode(as_, "replace") for line in text.split("\n"))


@pytest.mark.parametrize("text", [SOUND, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize(
    ("encoding", "as_"), [("gbk", "latin-1"), ("gbk", "windows"), ("utf-8", "latin-1"), ("utf-8", "windows")]
)
def test_lossless_mojibake_is_undone(text: str, encoding: str, as_: str) -> None:
    shown = misread(text, encoding, as_)
    mended, notes = undo_mojibake(MappedText.identity(shown, source=7))
    assert mended.text == text
    assert [note.code for note in notes] == [Code.REPAIRED_TEXT]
    assert notes[0].start == 7
    at = text.index("2025")
    first, last = mended.span(at, at + 4)
    assert shown[first - 7 : last - 7] == "2025"


def test_every_character_stands_at_its_first_byte() -> None:
    shown = misread(TRADITIONAL, "gbk", "latin-1")
    mended, _ = undo_mojibake(MappedText.identity(shown))
    for i in range(len(TRADITIONAL)):
        assert mended.source_of(i) == len(TRADITIONAL[:i].encode("gbk"))


def test_utf8_read_as_gbk_is_undone_where_no_byte_is_lost() -> None:
    whole, broken = "全市安全生产，落实责任和制度", "加强组织领导。落实责任"
    assert len(whole.encode()) % 2 == 0
    shown = "\n".join([misread(whole, "utf-8", "gb18030"), misread(broken, "utf-8", "gb18030")])
    assert "\ufffd" in shown
    mended, notes = undo_mojibake(MappedText.identity(shown))
    assert mended.text.split("\n")[0] == whole
    assert mended.text.split("\n")[1] == shown.split("\n")[1]
    assert [note.code for note in notes] == [Code.REPAIRED_TEXT, Code.MOJIBAKE]
    assert notes[1].start is not None
    assert shown[notes[1].start : notes[1].end] == shown.split("\n")[1]


def test_text_that_is_mostly_lost_is_noted() -> None:
    shown = "第\ufffd\ufffd章\ufffd\ufffd则\n" * 5
    mended, notes = undo_mojibake(MappedText.identity(shown))
    assert mended.text == shown
    assert [(note.code, note.start, note.end) for note in notes] == [(Code.MOJIBAKE, 0, len(shown))]


def test_text_that_was_lost_twice_is_noted() -> None:
    shown = "锟斤拷锟斤拷锟斤拷\n一、总体要求"
    mended, notes = undo_mojibake(MappedText.identity(shown))
    assert mended.text == shown
    assert [note.code for note in notes] == [Code.MOJIBAKE]


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        TRADITIONAL,
        "",
        "一、总体要求……………………………………12",
        "引进 Société Générale、Zürich Re 等机构，ÆØÅ 三家参会。",
        "指标“±5%”“≥90%”，××市 §3，10³㎡，±·×÷°",
        "涓滴成河，锦绣山川，鐵路銜接，浣纱溪治理",
        "少量\ufffd坏字不算",
    ],
)
def test_sound_text_stays(text: str) -> None:
    mended, notes = undo_mojibake(MappedText.identity(text + "\n" + SOUND))
    assert mended.text == text + "\n" + SOUND
    assert not notes


def test_share_of_common_tells_sound_from_misread() -> None:
    assert share_of_common(SOUND) > 0.97
    assert share_of_common(TRADITIONAL) > 0.9
    assert share_of_common(misread(SOUND, "utf-8", "gb18030")) < 0.6
    assert share_of_common("") == 0.0
