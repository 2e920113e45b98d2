"""What findings say: every wording that the code names is there in both languages, with the arguments that it gets."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from planparse.data import vocabulary
from planparse.engines.batch import _KINDS, too_large
from planparse.model.findings import SEVERITY, Code, Note
from planparse.model.locale import Language, chosen

TOLD = vocabulary("findings")
WORDINGS = {(code, name): forms for code, named in TOLD["wordings"].items() for name, forms in named.items()}
GIVEN = {"start", "end"}


def arguments(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Code, wording and names of arguments of every note that the code makes; None for names that are not written there."""
    for path in sorted(Path(str(files("planparse"))).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            if ast.unparse(node.func) not in ("Note", "Note.of", "DocumentError"):
                continue
            code, wording = node.args[:2]
            if not isinstance(code, ast.Attribute) or ast.unparse(code.value) != "Code":
                continue
            names = {word.arg for word in node.keywords if word.arg} - GIVEN
            known = None if any(word.arg is None for word in node.keywords) else names
            for choice in (wording.body, wording.orelse) if isinstance(wording, ast.IfExp) else (wording,):
                if isinstance(choice, ast.Constant):
                    yield Code[code.attr].value, choice.value, known


def test_what_the_code_says_is_there_with_its_arguments() -> None:
    found = list(calls())
    assert len(found) > 50
    assert [(code, wording) for code, wording, _ in found if (code, wording) not in WORDINGS] == []
    wrong = [one for one in found if one[2] is not None and one[2] != arguments(WORDINGS[one[:2]][0])]
    assert wrong == []


def test_what_is_there_is_said_somewhere() -> None:
    assert set(TOLD["wordings"]) == {code.value for code in Code}
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(str(files("planparse"))).rglob("*.py"))
    assert [name for name in WORDINGS if f'"{name[1]}"' not in source] == []


@pytest.mark.parametrize("forms", [*WORDINGS.values(), *TOLD["around"].values()], ids=str)
def test_both_languages_say_the_same(forms: list[str]) -> None:
    chinese, english = forms
    assert arguments(chinese) == arguments(english)
    assert re.search("[\u4e00-\u9fff：]", re.sub(r"\{.*?\}", "", chinese))
    assert not re.search("[\u4e00-\u9fff]", english)
    assert english[-1] in ".}", english
    assert chinese[-1] in "。}", chinese


def test_words_within_them_are_translated() -> None:
    sniff = import_module("planparse.loaders.sniff")  # the package has a function of that name
    formats = [one for one in vars(sniff).values() if isinstance(one, sniff.Format)]
    for table in (sniff._OLE_STREAMS, sniff._ZIP_PARTS, sniff._MAGIC):
        formats += [one for _, one in table]
    words = {word for one in formats for word in (one.name, one.advice) if word} | {name for _, name in _KINDS}
    assert words - set(TOLD["words"]) == set()


@pytest.mark.parametrize(
    ("note", "chinese", "english"),
    [
        (
            Note.of(Code.NUMBERING_GAP, "gap", 3, 5, found="三、", expected=2),
            "标题编号为三、，此处应为第 2。",
            "Heading 三、 follows where 2 was expected.",
        ),
        (
            Note.of(Code.LIMIT_EXCEEDED, "pages", size=12345, limit=2000),
            "PDF 有 12,345 页；上限为 2,000（Limits.max_pages）。",
            "The PDF has 12,345 pages; the limit is 2,000 (Limits.max_pages).",
        ),
        (
            Note.of(Code.UNREADABLE_FILE, "kind", kind="a folder"),
            "这是文件夹，不是可读取的文件。",
            "This is a folder, not a file that can be read.",
        ),
        (
            Note.of(Code.UNREADABLE_FILE, "pages", pages="7", total=9),
            "共 9 页，第 7 页无法打开：文件已损坏；请另找副本。",
            "Page 7 of 9 cannot be opened: the file is damaged; get another copy.",
        ),
        (
            Note(Code.EMPTY_DOCUMENT, "text").within(member="a/{b}.zip"),
            "a/{b}.zip：文件里没有文字。",
            "a/{b}.zip: The file holds no text.",
        ),
        (Note(Code.EMPTY_DOCUMENT, "A wording of a {stranger}."), *["A wording of a {stranger}."] * 2),
    ],
)
def test_a_note_in_both_languages(note: Note, chinese: str, english: str) -> None:
    assert (note.said("zh"), note.said("en"), note.message) == (chinese, english, english)
    again = Note.unpacked(note.packed())
    assert again == Note(note.code, note.wording, arguments=note.arguments)
    columns = note.columns()
    assert columns["severity"] is SEVERITY[note.code]
    assert (columns["message"], columns["message_zh"]) == (english, chinese)


@pytest.mark.parametrize(
    ("given", "surroundings", "language"),
    [
        (None, {}, Language.EN),
        (None, {"LANG": "zh_CN.UTF-8"}, Language.ZH),
        (None, {"LANG": "zh_TW.UTF-8", "LC_ALL": "C.UTF-8"}, Language.EN),
        (None, {"LANG": "en_GB.UTF-8", "LC_ALL": "", "LC_MESSAGES": "zh_CN"}, Language.ZH),
        ("en", {"LANG": "zh_CN.UTF-8"}, Language.EN),
        ("zh", {"LANG": "C"}, Language.ZH),
    ],
)
def test_the_language_that_is_wanted(given: str | None, surroundings: dict[str, str], language: Language) -> None:
    assert chosen(given, surroundings) is language


def test_a_size_may_be_filled_in_later() -> None:
    """Spark writes the size into the packed note."""
    note = Note.unpacked(too_large("%d", 1000).packed() % 123_456)
    assert note.message == "The file has 123,456 bytes; the limit is 1,000 (Limits.max_bytes)."
