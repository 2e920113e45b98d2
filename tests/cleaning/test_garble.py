"""Text decoded one byte out of step: the forward model, the repair, and what must stay as it is."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from opencc import OpenCC

from planparse.cleaning.garble import desk, repair, repair_garble, shift_garble
from planparse.cleaning.garble.codepage import characters, code_of, codes
from planparse.cleaning.garble.forward import fold, show
from planparse.data import vocabulary
from planparse.language.script import to_simplified
from planparse.model.findings import Code
from planparse.model.options import USUAL, Thresholds
from planparse.model.source import CELL_END, ROW_END, TABLE_END, TABLE_START
from planparse.model.text import MappedText

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents (../shared) are absent")

SOUND = """云岭市“十四五”应急体系建设规划
　　一、现状与形势
　　（一）主要成效
　　“十三五”以来，全市应急管理体系不断健全，安全生产形势总体稳定，救援队伍达到36支。基层应急能力明显增强。
　　（二）存在问题
　　应急物资储备种类偏少，部分乡镇没有专职人员，危化企业风险排查不够深入。科学研判能力有待提高。
　　二、总体要求
　　（一）指导思想
　　坚持人民至上、生命至上，统筹发展和安全，提高防灾减灾救灾能力。
　　（二）基本原则
　　坚持预防为主。开展隐患排查，落实安全责任。
　　（三）主要目标
　　到2025年，建成较为完善的应急体系。具体目标如下：
　　（1）市级救援队伍达到45支。
　　（2）避难场所达到120处。
　　（3）宣传教育覆盖九成以上人口。
"""
TRADITIONAL = """雲嶺市“十四五”應急體系建設規劃
　　一、現狀與形勢
　　（一）主要成效
　　“十三五”以來，全市應急管理體系不斷健全，安全生產形勢總體穩定，救援隊伍達到36支。基層應急能力明顯增強。
　　（二）存在問題
　　應急物資儲備種類偏少，部分鄉鎮沒有專職人員，危化企業風險排查不夠深入。科學研判能力有待提高。
　　二、總體要求
　　（一）指導思想
　　堅持人民至上、生命至上，統籌發展和安全，提高防災減災救災能力。
　　（二）應急管理體制機制
　　推動應急服務市場化和規模化。開展隱患排查，落實安全責任，資金專款專用。
　　（三）應急能力提升工程</p>
　　到2025年，建成較為完善的應急體系。具體目標如下：
　　（1）市級救援隊伍達到45支。
　　（2）避難場所達到120處。
　　（3）宣傳教育覆蓋九成以上人口。
"""


def repaired(text: str) -> str:
    return repair_garble(MappedText.identity(text))[0].text


class TestCodePage:
    def test_every_pair_has_a_character_of_its_own(self) -> None:
        assert len(characters()) == 126 * 190
        assert len(codes()) == len(characters())

    @pytest.mark.parametrize(
        ("pair", "char"),
        [
            (0xAAA1, "\ue000"),
            (0xAFFE, "\ue233"),
            (0xF8A1, "\ue234"),
            (0xFEFE, "\ue4c5"),
            (0xA140, "\ue4c6"),
            (0xA7A0, "\ue765"),
            (0xA2AB, "\ue766"),
            (0xFEA0, "\ue864"),
            (0xA1A3, "。"),
            (0xB0A1, "啊"),
            (0xA8D2, "ㄒ"),
        ],
    )
    def test_places_in_the_table(self, pair: int, char: str) -> None:
        assert characters()[pair] == char
        assert code_of(char) == pair

    def test_other_assignments_are_understood(self) -> None:
        assert code_of("㑳") == 0xFE55  # gb18030 has a character where Windows has a private one
        assert code_of("😀") is None


# What the mirror shows of a line, worked out by hand from the bytes.
FORWARD = [
    ("　　（一）指導思想</p>", "　?。ㄒ唬┲笇\ue7a9枷?/p>"),
    ("　（1）全面", "?。?）全面"),
    ("健全制度。基本配齊了", "健全制度?；\ue2a2九潺R了"),
    ("規模化。加強", "規?；?。加強"),
    ("坚持综合治理。科学研判，提高", "坚持综合治理?？蒲а信?，提高"),
    ("没有跨越的文字，也没有损坏。", "没有跨越的文字，也没有损坏。"),
    ("危化企业", "?；\ue1fb笠?"),
]


@pytest.mark.parametrize(("sound", "shown"), FORWARD)
def test_forward_model(sound: str, shown: str) -> None:
    result = show(sound)
    assert result.text == shown
    for damage in result.damages:
        assert sound[damage.sound_start : damage.sound_end] == damage.wording


def test_forward_model_damages_only_the_chosen_paragraphs() -> None:
    lines = SOUND.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in (2, 6, 7)]
    shown = shift_garble(SOUND, starts)
    changed = [n for n, (old, new) in enumerate(zip(lines, shown.text.split("\n"), strict=True)) if old != new]
    assert changed == [2, 7], "一、 has no mark across its characters and stays"
    assert [damage.wording for damage in shown.damages] == ["　（一）主要成效", "　（一）指导思想"]


@pytest.mark.parametrize("folded", [False, True])
def test_traditional_text_is_as_before(folded: bool) -> None:
    shown = shift_garble(TRADITIONAL, folded=folded)
    assert len(shown.damages) >= 10
    restored = repaired(shown.text)
    assert fold(restored) == fold(TRADITIONAL)
    if not folded:
        assert restored == TRADITIONAL


def test_simplified_text_is_right_or_noted() -> None:
    shown = shift_garble(SOUND)
    text, notes = repair_garble(MappedText.identity(shown.text))
    done = {note.start: note for note in notes}
    assert len(notes) == len(shown.damages) >= 8
    for damage in shown.damages:
        note = done[damage.start]
        assert note.end == damage.end
        if note.code == Code.REPAIRED_TEXT:
            assert note.message.endswith(f" → {damage.wording}")
        else:
            assert note.code == Code.GARBLED_TEXT
            assert shown.text[damage.start : damage.end] in note.message
    assert "（一）指导思想" in text.text
    assert "（二）基本原则" in text.text


@pytest.mark.parametrize(
    ("sound", "narrow"),
    [(SOUND, Thresholds(garble_margin=100)), (TRADITIONAL, Thresholds(garble_margin_traditional=100))],
)
def test_by_how_much_a_reading_must_lead_is_an_option(sound: str, narrow: Thresholds) -> None:
    shown = MappedText.identity(shift_garble(sound).text)
    counts = []
    for thresholds in (USUAL, narrow):
        _, notes = repair_garble(shown, thresholds=thresholds)
        counts.append(Counter(note.code for note in notes))
    assert counts[0].total() == counts[1].total()
    assert counts[1][Code.REPAIRED_TEXT] < counts[0][Code.REPAIRED_TEXT]


def test_replacement_characters_count_as_lost_bytes() -> None:
    shown = shift_garble(TRADITIONAL).text
    assert repaired(shown.replace("?", "\ufffd")) == TRADITIONAL


def test_spans_are_in_the_source() -> None:
    line = "　　（一）指導思想"
    shown = TRADITIONAL + show(line).text + "\n後記"
    text, notes = repair_garble(MappedText.identity(shown, source=1000))
    at = text.text.rindex("導")
    first, last = text.span(at, at + 1)
    assert notes[-1].start is not None
    assert notes[-1].end is not None
    assert notes[-1].start <= first < last <= notes[-1].end
    after = text.text.index("後記")
    assert text.span(after, after + 2) == (1000 + shown.index("後記"), 1000 + shown.index("後記") + 2)


CONTENTS = """目　录
　　一、现状………………………………………………1
　　（一）主要成效………………………………………2
　　（二）存在问题………………………………………9
　　二、总体要求…………………………………………12
　　（一）指导思想………………………………………12
　　（二）基本原则………………………………………13
　　三、主要任务…………………………………………14
"""


def test_page_numbers_come_back_from_their_order() -> None:
    shown = show(SOUND + CONTENTS).text
    restored = repaired(shown)
    assert "（一）指导思想………………………………………12\n" in restored
    assert "（二）基本原则………………………………………13\n" in restored


@pytest.mark.parametrize(
    "line",
    [
        "　　（1）市级救援队伍达到45支。\n　　另有其他。\n　　（2）避难场所达到120处。",  # the second may begin a new list
        "　　全市规模化养殖比例达到85%以上。",  # any digit may have been swallowed
        "　　安排危化品企业7家。",
    ],
)
def test_digits_are_never_guessed(line: str) -> None:
    shown = show(SOUND + "　　附记\n" + line)
    text, notes = repair_garble(MappedText.identity(shown.text))
    last = shown.damages[-1]
    note = next(note for note in notes if note.start == last.start)
    assert note.code == Code.GARBLED_TEXT
    assert shown.text[last.start : last.end] in text.text


def test_a_number_that_stands_elsewhere_comes_back() -> None:
    sound = TRADITIONAL + "　　並入110、119等專線。\n　　運行機制順暢。“一中心”：以公安110指揮中心為基礎。\n"
    assert repaired(show(sound).text) == sound


def best_readings(before: str, line: str) -> list[str]:
    """The likeliest wording of each run that the mirror makes of a line, behind sound text."""
    shown = show(line)
    assert shown.damages
    verdicts = dict(desk.judge_runs(before + shown.text + "\n"))
    assert len(verdicts) == len(shown.damages)
    return [verdicts[len(before) + damage.start].readings[0].wording for damage in shown.damages]


@pytest.mark.parametrize(
    ("line", "elsewhere"),
    [
        ("　　全国31个省（区、市）建立机制。", ""),  # provinces of every kind, no blank before the bracket
        ("　　推动企业出海。", ""),  # no two full stops
        ("　　修订《云岭市湿地保护条例》（2019年修正）。", ""),  # a year that lost its first digit
        ("　　编制《云岭市湿地保护规划（2021-2035年）》。", ""),
        ("　　（六）启动1+X证书制度试点。", "实施1+X证书制度试点。"),  # a digit before a sign, as elsewhere
        ("　　提升“互联网+政务服务”水平，推进安全规模化。", ""),
        ("　　处五万元以上十万元以下的罚款。", ""),  # both characters of a word are lost
        ("　　持续增进民生福祉，提高规模化程度。", ""),  # a character that hardly any word but this one has
    ],
)
def test_what_is_usual_in_plans_is_read(line: str, elsewhere: str) -> None:
    before = SOUND + f"　　{elsewhere}\n"
    assert best_readings(before, line) == [damage.wording for damage in show(line).damages]


def test_no_full_stop_ends_a_quoted_name() -> None:
    (best,) = best_readings(SOUND, "　　支持基层“三保”，严肃纪律。")
    assert best in {"保”", "粒”"}  # 三保 is in no dictionary


def test_blanks_without_end_are_read() -> None:
    line = "请认真贯彻实施。" + "\u3000" * 25 + " 云岭市政府"
    assert best_readings(SOUND, line) == ["。" + "\u3000" * 25 + " "]


def test_the_documents_own_words_decide() -> None:
    line = "　　完善监测体系。科学设置古树名木，落实责任"
    (damage,) = show(line).damages
    own = "　　保存古树名木，登记古树名木，公布古树名木，清点古树名木，评价古树名木。\n"
    assert best_readings(SOUND, line) != [damage.wording]
    assert best_readings(SOUND + own, line) == [damage.wording]


@pytest.mark.parametrize(
    ("line", "elsewhere"),
    [
        ("　　（三）2年内与对方有合作关系。", ""),  # a digit is as likely as a blank before what is counted
        ("　　建设综合防治先行区。开展1000万亩治理。", "累计治理2000万亩耕地。"),  # a round number is no witness
        ("　　加快推动建设。科学应对云岭港“8•12”事故。", ""),  # the sign has no bytes: a digit before it may be lost
        ("　　加强湿地保护", "加强监测 \n　　落实责任 \n　　压实责任 "),  # some lines end in blanks
    ],
)
def test_what_may_have_been_swallowed_is_not_guessed(line: str, elsewhere: str) -> None:
    before = SOUND + f"　　{elsewhere}\n"
    damage = show(line).damages[-1]
    notes = {note.start: note for note in repair_garble(MappedText.identity(before + show(line).text + "\n"))[1]}
    assert notes[len(before) + damage.start].code == Code.GARBLED_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "各单位是否达标?。请填写。",
        "请访问 http://example.org/a?;b=1 查询，谢谢。",
        "为什么??怎么办?!我们一起回答这个问题，请大家发言。",
        "2023?08?12，云岭市发布规划。",
        "指标（?，待定）由市应急管理局提出。",
        "有没有专职人员?,有没有值班制度?,有没有应急预案?",
        "\ue004 加强组织领导",
        "投资XX??。万元",
        "",
        "?",
        "?。",
    ],
)
def test_sound_text_stays(text: str) -> None:
    for whole in (text, SOUND + text, text + "\n" + TRADITIONAL):
        mended, notes = repair_garble(MappedText.identity(whole))
        assert mended.text == whole
        assert not notes


def test_sound_text_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the dictionary was loaded for sound text")

    monkeypatch.setattr(desk, "Lexicon", refuse)
    for text in (SOUND, TRADITIONAL, SOUND + "是否达标?请填写。"):
        assert repaired(text) == text


def test_private_characters_in_chinese_are_noted() -> None:
    text = SOUND + "　　全市\ue1ec\ue00f重大项目。\n"
    mended, notes = repair_garble(MappedText.identity(text))
    assert mended.text == text
    assert [(note.code, text[note.start : note.end]) for note in notes] == [(Code.GARBLED_TEXT, "\ue1ec\ue00f")]


def test_cells_of_a_table_are_read_apart() -> None:
    cells = [show(cell).text for cell in ("　（一）基本建設", "完成規劃。開展評估", "2025年")]
    table = TABLE_START + CELL_END.join(cells) + CELL_END + ROW_END + TABLE_END
    text = repaired(TRADITIONAL + table + "\n")
    assert "　（一）基本建設" + CELL_END + "完成規劃。開展評估" + CELL_END + "2025年" in text


@pytest.mark.parametrize("entry", vocabulary("damaged_words"), ids=lambda entry: entry["word"])
def test_damaged_words_are_damaged(entry: dict[str, str]) -> None:
    assert entry["word"] in entry["example"]
    assert to_simplified(entry["word"]) == entry["word"]
    for example in (entry["example"], OpenCC("s2t").convert(entry["example"])):
        at = example.find(OpenCC("s2t").convert(entry["word"]) if example != entry["example"] else entry["word"])
        if any(d.sound_start < at + len(entry["word"]) and at < d.sound_end for d in show(example).damages):
            return
    pytest.fail("the damage leaves the word sound")


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = ROOT / "benchmarks" / "garble.py"
    spec = importlib.util.spec_from_file_location("garble_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_shared
def test_documented_runs(bench: ModuleType) -> None:
    text, gold = bench.gold_runs(SHARED)
    found = {start: (end, wording) for start, end, wording in repair.find_repairs(text)}
    right = [a for a, damaged, wording in gold if found.get(a) == (a + len(damaged), wording)]
    assert len(right) >= 54
    assert sum(wording is not None for _, wording in found.values()) == len(right), "no accepted repair may be wrong"


@needs_shared
def test_forward_model_gives_back_the_documented_page(bench: ModuleType) -> None:
    text, gold = bench.gold_runs(SHARED)
    pieces, position = [], 0
    for start, damaged, wording in gold:
        pieces += (text[position:start], wording)
        position = start + len(damaged)
    sound = bench.full_width("".join((*pieces, text[position:])))
    shown = show(sound)
    assert fold(shown.text) == fold(text)
    assert len({text.count("\n", 0, damage.start) for damage in shown.damages}) == 53


@needs_shared
def test_sound_documents_stay(bench: ModuleType) -> None:
    for name, text in bench.sound_texts(SHARED):
        mended, notes = repair_garble(MappedText.identity(text))
        assert mended.text == text, name
        assert not notes, name


@needs_shared
@pytest.mark.parametrize(("script", "least"), [("simplified", 0.93), ("traditional", 0.98)])
def test_damaged_documents(bench: ModuleType, script: str, least: float) -> None:
    convert = OpenCC("s2t").convert if script == "traditional" else str
    runs = right = wrong = 0
    for _, sound in bench.sound_texts(SHARED):
        text = bench.in_print(convert(sound))
        counts = bench.score_damage(shift_garble(text, bench.heads(text)), False, [])
        runs, right, wrong = runs + counts[0], right + counts[1], wrong + counts[3]
    assert runs > 200
    assert right / runs >= least
    assert wrong == 0


@pytest.mark.parametrize("text", ["?" * 50_000, "?;abc defg " * 5_000, "是否达标?,有无人员?;" * 5_000])
def test_marks_behind_question_marks_do_not_hold_up(text: str) -> None:
    mended, notes = repair_garble(MappedText.identity(SOUND + text))
    assert mended.text == SOUND + text
    assert not notes


def test_too_many_runs_become_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MAX_RUNS", 3)
    shown = shift_garble(TRADITIONAL).text
    text, notes = repair_garble(MappedText.identity(shown))
    assert [note.code for note in notes] == [Code.REPAIRED_TEXT] * 3 + [Code.GARBLED_TEXT]
    assert notes[-1].end == len(shown)
    assert "（三）" not in text.text
