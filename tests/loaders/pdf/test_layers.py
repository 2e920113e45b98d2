"""What the text layer holds: characters under other names, no text at all, text that is not what the page shows."""

from __future__ import annotations

import pytest

from planparse.loaders.pdf import load_pdf
from planparse.loaders.pdf.characters import readable
from planparse.loaders.pdf.soundness import is_sound
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits, Thresholds

from .drawing import PROSE, Drawing, lines_of, read


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("⼀、⼯作⽬标", "一、工作目标"),
        ("⼈⺠政府", "人民政府"),
        ("⻅⻋⻓⻔⻛⻝⻢⻥⻩⻰", "见车长门风食马鱼黄龙"),
        ("\uf0b7重点\uf0fc", "•重点√"),
        ("\uf0b385%", "≥85%"),
        ("甲\ue5e5乙", "甲\u3000乙"),
        ("水体\ufffe入河", "水体-入河"),
        ("\x02甲\x1f", " 甲 "),
        ("10³ ㎡ ①", "10³ ㎡ ①"),
        ("一、总体要求", "一、总体要求"),
    ],
)
def test_characters_are_exchanged_one_for_one(shown: str, meant: str) -> None:
    assert readable(shown) == meant
    assert len(shown) == len(meant)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("目　　录", "目录"),
        ("各 级 各 部 门", "各级各部门"),
        ("各 级 各 部 门 要 加 强 组 织 领 导 确 保 任 务 落 实", "各级各部门要加强组织领导确保任务落实"),
        ("第一章　总则", "第一章　总则"),
        ("市财政局　市水利局", "市财政局　市水利局"),
    ],
)
def test_blanks_of_the_layout(printed: str, text: str) -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.line(printed, 250)
    drawing.prose(PROSE)
    assert lines_of(drawing.read())[1].replace(" ", "　") == text


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (PROSE * 5, True),
        ("為保障全縣城鄉供水安全，提高供水能力和水質，制定本規劃，請各部門認真組織實施並按時報告進展情況。" * 5, True),
        ("新增供水能力≥20万m³/日，水质达标率±2%，Ⅲ类水体占比85%，CO₂减排α级①②③℃×·—…" * 3, True),
        ("西ſˏ人民ɶ府њ各直属机构ћ认真ǂ贯彻Ŵ发执行Ŏ学τ化" * 4, False),
        ("ÖÐ¹úÈËÃñÕþ¸®¹¤×÷±¨¸æ" * 10, False),
        ("\ufffd\ufffd供水\ufffd保障" * 20, False),
        ("".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(400)), False),
        ("1 2 3 4 5 2020 2025 88 95 % — " * 10, True),
        ("12", True),
    ],
)
def test_sound_text_is_told_from_nonsense(text: str, sound: bool) -> None:
    assert is_sound(text) is sound


def draw_broken(drawing: Drawing, lines: int) -> None:
    """Lines whose text layer is read in the wrong encoding."""
    drawing.canvas.setFont("Helvetica", 12)
    for number in range(lines):
        drawing.canvas.drawString(90, 700 - 20 * number, "ÖÐ¹úÈËÃñÕþ¸®¹¤×÷±¨¸æÐ§ÂÊ")


def test_a_broken_text_layer_is_reported_and_not_read() -> None:
    drawing = Drawing()
    for _ in range(2):
        draw_broken(drawing, 20)
        drawing.canvas.showPage()
    drawing.prose(PROSE)
    with pytest.raises(DocumentError, match="Pages 1–2 of 3 with a text layer") as caught:
        drawing.read()
    assert caught.value.note.code is Code.BROKEN_TEXT_LAYER


def test_one_broken_page_of_many_is_left_out_alone() -> None:
    drawing = Drawing()
    for number in range(6):
        drawing.prose(f"{'甲乙丙丁戊己'[number]}项工程。{(PROSE * 3)[5 * number :]}")
        drawing.turn_page()
    draw_broken(drawing, 5)
    document = drawing.read()
    assert len(lines_of(document)) == 6
    assert "Ö" not in document.text
    assert [note.code for note in document.notes] == [Code.BROKEN_TEXT_LAYER]
    assert "Page 7 of 7" in document.notes[0].message


def test_how_much_may_be_broken_is_an_option() -> None:
    drawing = Drawing()
    for number in range(3):
        drawing.prose(f"{'甲乙丙'[number]}项工程。{(PROSE * 9)[5 * number :]}")
        drawing.turn_page()
    draw_broken(drawing, 5)
    data = drawing.finish()
    with pytest.raises(DocumentError, match="Page 4 of 4"):
        load_pdf(data, "plan.pdf", Limits(), Thresholds(broken_share=0.2))
    assert load_pdf(data, "plan.pdf", Limits(), Thresholds(broken_share=0.25)).body.text.count("项工程") == 3
    whole = load_pdf(data, "plan.pdf", Limits(), Thresholds(strange_share=1))
    assert "Ö" in whole.text
    assert not whole.notes
    with pytest.raises(DocumentError, match="Pages 1–4 of 4"):
        load_pdf(data, "plan.pdf", Limits(), Thresholds(common_share=1))


def picture(drawing: Drawing) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawing.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 40, 40, 500, 750)


def test_pages_without_text_are_reported_once() -> None:
    drawing = Drawing()
    picture(drawing)
    drawing.turn_page()
    picture(drawing)
    drawing.put(290, 30, "2")
    drawing.turn_page()
    drawing.prose(PROSE)
    document = drawing.read()
    assert lines_of(document)[-1] == PROSE
    assert [note.code for note in document.notes] == [Code.NO_TEXT_LAYER]
    assert "Pages 1–2 of 3" in document.notes[0].message
    assert "ocrmypdf" in document.notes[0].message


def test_a_scan_is_not_read() -> None:
    drawing = Drawing()
    picture(drawing)
    with pytest.raises(DocumentError, match="Page 1 of 1 without a text layer") as caught:
        drawing.read()
    assert caught.value.note.code is Code.NO_TEXT_LAYER


def test_a_picture_where_a_table_is_announced_is_reported() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.centre("表1 供水保障主要指标")
    drawing.canvas.drawImage(ImageReader(Image.new("L", (60, 40), 200)), 90, 400, 400, 200)
    document = drawing.read()
    (note,) = document.notes
    assert note.code is Code.IMAGE_TABLE
    assert document.text[note.start : note.end] == "表1 供水保障主要指标"


def test_blank_pages_are_nothing_to_report() -> None:
    drawing = Drawing()
    drawing.prose(PROSE)
    drawing.turn_page()
    assert not drawing.read().notes


def test_single_characters_of_a_font_that_is_not_embedded_are_read() -> None:
    drawing = Drawing()
    for number, text in enumerate("供水保障工程"):
        drawing.put(200, 700 - 30 * number, text)
    drawing.put(90, 400, PROSE[:30])
    document = drawing.read()
    assert set("供水保障工程") <= set(document.body.text)
    assert PROSE[:30] in document.body.text


def error_of(data: bytes, limits: Limits | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        load_pdf(data, "plan.pdf", limits or Limits())
    return caught.value


def test_an_encrypted_file_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    drawing = Drawing(encrypt=StandardEncryption("geheim", canPrint=0))
    drawing.prose(PROSE)
    error = error_of(drawing.finish())
    assert error.note.code is Code.UNREADABLE_FILE
    assert "encrypted" in str(error)


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    drawing = Drawing(encrypt=StandardEncryption("", ownerPassword="geheim"))
    drawing.prose(PROSE)
    assert lines_of(drawing.read()) == [PROSE]


@pytest.mark.parametrize("data", [b"%PDF-1.7\nno document", b"%PDF-1.4\n%%EOF", b"", b"\x00" * 64])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    error = error_of(data)
    assert error.note.code is Code.UNREADABLE_FILE
    assert str(error).endswith(".")


def test_a_truncated_file_is_refused_or_read() -> None:
    drawing = Drawing()
    drawing.prose(PROSE * 3)
    data = drawing.finish()
    codes = {code_of(data[:length]) for length in range(100, len(data), len(data) // 12)}
    assert codes <= {None, Code.UNREADABLE_FILE, Code.EMPTY_DOCUMENT}


def code_of(data: bytes) -> Code | None:
    try:
        load_pdf(data, "plan.pdf", Limits())
    except DocumentError as error:
        return error.note.code
    return None


@pytest.mark.parametrize(
    ("limits", "named"),
    [(Limits(max_pages=1), "max_pages"), (Limits(max_bytes=500), "max_bytes"), (Limits(max_chars=50), "max_chars")],
)
def test_limits_are_kept(limits: Limits, named: str) -> None:
    drawing = Drawing()
    drawing.prose(PROSE * 2)
    drawing.turn_page()
    drawing.prose(PROSE)
    error = error_of(drawing.finish(), limits)
    assert error.note.code is Code.LIMIT_EXCEEDED
    assert named in str(error)


def test_no_text_and_no_picture_is_an_empty_document() -> None:
    drawing = Drawing()
    assert error_of(drawing.finish()).note.code is Code.EMPTY_DOCUMENT


def test_reading_twice_gives_the_same() -> None:
    drawing = Drawing()
    drawing.prose(PROSE * 4)
    data = drawing.finish()
    assert read(data) == read(data)
