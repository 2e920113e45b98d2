"""Decoding and plain text: whatever the encoding, the same text, each character with its place."""

from __future__ import annotations

import os

import pytest

from planparse.loaders import load
from planparse.loaders.decoding import decode
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits, Options
from planparse.model.source import STRUCTURE_MARKS

SIMPLIFIED = (
    "明溪市应急管理“十四五”规划\n一、总体要求\n（一）指导思想。坚持人民至上、生命至上，统筹发展和安全。\n"
    "到2025年，全市建成避灾安置场所120个，森林覆盖率达到61.5%。\n"
) * 3
TRADITIONAL = (
    "明溪市應急管理「十四五」規劃\n一、總體要求\n（一）指導思想。堅持人民至上、生命至上，統籌發展和安全。\n"
    "到2025年，全市建成避災安置場所120個，森林覆蓋率達到61.5%。\n"
) * 3


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32-le"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        ("Plan 2025\nline two\n", "utf-16-le", "utf-16-le"),
        ("㐂邨" + SIMPLIFIED, "gb18030", "gb18030"),
    ],
)
def test_every_encoding_gives_the_same_text(text: str, encoding: str, found: str) -> None:
    source = load(text.encode(encoding), "a.txt", Options())
    assert (source.text, source.encoding) == (text, found)
    assert source.body.text == text
    assert source.notes == ()


def test_one_line_of_gbk_is_enough() -> None:
    assert decode("加强应急管理体系和能力建设。".encode("gbk")).text == "加强应急管理体系和能力建设。"


def test_an_encoding_of_another_language_is_left_to_charset_normalizer() -> None:
    text = "Программа развития региона на пятилетний период до две тысячи двадцать пятого года. " * 5
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_stray_bytes_are_shown_and_noted(encoding: str) -> None:
    text = TRADITIONAL if encoding == "big5hkscs" else SIMPLIFIED
    raw = text.encode(encoding)
    cut = raw.index("。".encode(encoding)) + len("。".encode(encoding))
    source = load(raw[:cut] + b"\xff" + raw[cut:], "a.txt", Options())
    assert source.encoding == encoding
    assert source.text == text[: text.index("。") + 1] + "\ufffd" + text[text.index("。") + 1 :]
    (note,) = source.notes
    assert note.code is Code.UNDECODABLE_BYTES
    assert note.start is not None
    assert source.text[note.start : note.end] == "\ufffd"


def test_a_file_cut_in_the_middle_of_a_character_is_read() -> None:
    source = load(SIMPLIFIED.encode()[:-2] + b"\xe6\x98", "a.txt", Options())
    assert source.encoding == "utf-8"
    assert source.body.text.startswith("明溪市")


def test_losses_from_before_are_noted_too() -> None:
    (note,) = load(f"总体\ufffd求。{SIMPLIFIED}".encode(), "a.txt", Options()).notes
    assert "before" in note.message
    assert (note.start, note.end) == (2, 3)


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("一\r\n二\r\n", "一\n二\n"),
        ("一\r二\r三", "一\n二\n三"),
        ("一\r\n\r二\n", "一\n\n二\n"),
        ("\r\n一", "\n一"),
        ("一\x0c二\u2028三\x85四", "一\n二\n三\n四"),
        ("一\x00二\x02三\x1f四\x0b五", "一 二 三 四 五"),
        ("&ldquo;十四五&rdquo;&nbsp;&#8212;", "“十四五”\xa0—"),
        ("A&B; &nosuch; R&D", "A&B; &nosuch; R&D"),
    ],
)
def test_lines_and_marks(raw: str, body: str) -> None:
    source = load((SIMPLIFIED + raw).encode(), "a.txt", Options())
    assert source.text == SIMPLIFIED + raw
    assert source.body.text == SIMPLIFIED + body
    for place, character in enumerate(source.body.text):
        if "\u4e00" <= character <= "\u9fff":
            assert source.text[source.body.source_of(place)] == character


def test_no_structure_mark_of_the_file_reaches_the_body() -> None:
    source = load((SIMPLIFIED + STRUCTURE_MARKS + SIMPLIFIED).encode(), "a.txt", Options())
    assert not set(source.body.text) & set(STRUCTURE_MARKS)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY_DOCUMENT),
        (b" \r\n\t \n", Code.EMPTY_DOCUMENT),
        (b"\xef\xbb\xbf", Code.EMPTY_DOCUMENT),
        (b"\x00" * 5000, Code.EMPTY_DOCUMENT),
        (bytes(range(256)) * 40, Code.UNREADABLE_FILE),
        (b"WordDocument\x05\x01\x02" + b"\x00\x01\x02\x03abc" * 900, Code.UNREADABLE_FILE),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, code: Code) -> None:
    with pytest.raises(DocumentError) as caught:
        load(data, "a.txt", Options())
    assert caught.value.note.code is code
    assert caught.value.note.message.endswith(".")


def test_random_bytes_never_pass_as_text() -> None:
    for _ in range(5):
        with pytest.raises(DocumentError):
            load(b"\x93" + os.urandom(20_000), "a.txt", Options())


def test_limits_are_findings() -> None:
    for limits in (Limits(max_bytes=100), Limits(max_chars=50)):
        with pytest.raises(DocumentError) as caught:
            load(SIMPLIFIED.encode(), "a.txt", Options(limits=limits))
        assert caught.value.note.code is Code.LIMIT_EXCEEDED


def test_a_file_padded_with_nuls_is_read_without_them() -> None:
    for encoding in ("utf-8", "utf-16-le"):
        assert load(SIMPLIFIED.encode(encoding) + b"\x00" * 4096, "a.txt", Options()).text == SIMPLIFIED
