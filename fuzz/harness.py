"""Fuzzing with atheris (libFuzzer), which finds its inputs by the branches that they reach::

    pip install atheris
    python fuzz/harness.py html -max_total_time=300 -artifact_prefix=found-

The first argument names a target of ``TARGETS``, the others are libFuzzer's. What crashes belongs into ``tests/crashers``,
where ``tests/hostile`` reads it for good.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("", "loaders", "hostile")]

with atheris.instrument_imports(include=["planparse"]):
    from planparse.cleaning import clean
    from planparse.cleaning.garble import repair_garble, shift_garble
    from planparse.language.quantities import find_quantities
    from planparse.loaders import load
    from planparse.loaders.archives import members
    from planparse.loaders.docx import load_docx
    from planparse.loaders.html import load_html
    from planparse.loaders.markdown import is_markdown
    from planparse.loaders.pdf import load_pdf
    from planparse.loaders.text import load_text
    from planparse.model.findings import DocumentError
    from planparse.model.options import Limits, Options
    from planparse.model.source import SourceDocument
    from planparse.model.text import MappedText
    from planparse.outline import outline
    from planparse.pipeline import process

from test_any_document import hold_records  # noqa: E402 (from the tests' folders)
from test_any_input import check  # noqa: E402

LIMITS = Limits(max_archive_bytes=1 << 22, max_pages=20, timeout=0)
OPTIONS = Options(limits=LIMITS)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
}
PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>"
)
PAGE = b"BT /F 12 Tf 72 700 Td (1. A plan) Tj 0 -20 Td (2. of 30%) Tj ET 72 600 m 300 600 l S 72 500 100 50 re S"


def _refused(error: DocumentError) -> None:
    assert error.note.message.endswith("."), error.note


def _loaded(read: Callable[[bytes, str, Limits], SourceDocument], data: bytes) -> None:
    try:
        check(read(data, "a", LIMITS))
    except DocumentError as error:
        _refused(error)


def _text(data: bytes) -> None:
    _loaded(load_text, data)


def _html(data: bytes) -> None:
    _loaded(load_html, data)


def _markdown(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    is_markdown(text)
    _loaded(load_text, f"# 规划\n## 一、目标\n{text}\n**重点**\n".encode())


def _docx(data: bytes) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, part in PARTS.items():
            archive.writestr(name, part)
        body = data.decode("utf-8", "replace")
        archive.writestr("word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
    _loaded(load_docx, sink.getvalue())


def _docx_bytes(data: bytes) -> None:
    _loaded(load_docx, data)


def _pdf(data: bytes) -> None:
    """The first byte decides whether the rest is a file, or what is drawn on a page."""
    _loaded(load_pdf, data[1:] if data[:1] < b"\x40" else PDF % (len(data) - 1, data[1:]))


def _archive(data: bytes) -> None:
    try:
        for member in members(data, "a", LIMITS):
            assert not isinstance(member, tuple) or ".." not in member[0].split("/")
    except DocumentError as error:
        _refused(error)


def _garble(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for shown in (text, shift_garble(text).text):
        repaired, notes = repair_garble(MappedText.identity(shown))
        assert all(0 <= repaired.source_of(at) <= len(shown) for at in range(len(repaired)))
        assert all(note.start is None or note.end is None or note.start <= note.end for note in notes)


def _outline(data: bytes) -> None:
    try:
        source = load(b"\xef\xbb\xbf" + data.decode("utf-8", "replace").encode(), "a", OPTIONS)
        for one in outline(clean(source)):
            assert 0 <= one.start <= one.end
    except DocumentError:
        return


def _quantities(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for found in find_quantities(text):
        assert text[found.quantity.start : found.quantity.end] == found.quantity.raw


def _whole(data: bytes) -> None:
    for one in process(data, "a", OPTIONS):
        hold_records(one)


TARGETS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "text": (_text, ("一、总体要求\n建成120个。".encode("gb18030"), "目標".encode("big5"), "规划".encode("utf-16"))),
    "html": (_html, ("<html><body><table><tr><td rowspan=2>一、目标</td></tr></table><p>建成3个。</p>".encode(),)),
    "markdown": (
        _markdown,
        ("|序号|指标|\n|---|---|\n|1|比例|\n\n- **一** [a](b)\n<table><tr><td>甲</table>".encode(),),
    ),
    "docx": (_docx, ("<w:p><w:r><w:t>一、目标</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>".encode(),)),
    "docx_bytes": (_docx_bytes, ()),
    "pdf": (_pdf, (b"\x00" + PDF % (len(PAGE), PAGE), b"\xff" + PAGE)),
    "archive": (_archive, ()),
    "garble": (_garble, ("　　（一）指导思想。坚持以人民为中心；建成3个；危化品".encode(),)),
    "outline": (_outline, ("规划\n第一章 总则\n一、目标\n（一）甲\n1.乙\n专栏1 丙\n附件：表".encode(),)),
    "quantities": (_quantities, ("到2025年，建成不少于120个、2—3家，增长5.5%以上，3。5万元，100%全覆盖。".encode(),)),
    "whole": (_whole, ()),
}


def is_utf8(data: bytes) -> bool:
    return data.decode("utf-8", "ignore").encode() == data


def _seeds(name: str, folder: Path) -> None:
    for number, data in enumerate(TARGETS[name][1]):
        (folder / f"{number}").write_bytes(data)
    if name in ("outline", "whole", "garble"):
        for path in sorted((ROOT / "corpus").glob("*.txt"))[:6]:
            if is_utf8(path.read_bytes()):
                (folder / path.name).write_bytes(path.read_bytes()[:1500])
    if name in ("archive", "docx_bytes"):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as archive:
            for part, content in (PARTS | {"word/document.xml": "<a/>", "甲/../一.txt": "一、目标"}).items():
                archive.writestr(part, content)
        (folder / "zip").write_bytes(sink.getvalue())


def main() -> None:
    """Fuzz the target that the first argument names."""
    name = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as folder:
        _seeds(name, Path(folder))
        atheris.Setup([sys.argv[0], folder, "-timeout=120", "-rss_limit_mb=4096", *sys.argv[1:]], TARGETS[name][0])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
