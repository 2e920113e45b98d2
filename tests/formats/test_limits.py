"""A document that passes a limit becomes a finding, and the others are read all the same."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from planparse.corpus.run import ingest
from planparse.engines.core import documents_in
from planparse.model.findings import Code
from planparse.model.options import Limits, Options
from planparse.model.records import Records
from planparse.pipeline import process

pytestmark = pytest.mark.waits

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PROSE = "为提高供水保障能力，结合本市实际，制定本方案。到2025年，新建水厂3座，供水普及率达到98%以上。"
PLAN = f"青石市供水保障方案\n一、工作目标\n{PROSE}\n二、重点任务\n（一）建设水厂。{PROSE}\n（二）改造管网。{PROSE}\n"
PAGE = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
QUICK = 20.0
"""Seconds within which a hostile document must be done with, on a slow machine."""


def word(body: str, doctype: str = "", extra: bytes = b"") -> bytes:
    """A Word package with this body, and a part of zeros that unpacks to many times its size."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f"<?xml version='1.0'?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        if extra:
            package.writestr("word/footnotes.xml", extra)
    return stream.getvalue()


def paragraphs() -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PLAN.splitlines())


def packed(content: bytes, name: str = "plan.txt") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        archive.writestr("sound.txt", PLAN.encode())
    return stream.getvalue()


def one(data: bytes, limits: Limits | None = None) -> Records:
    (found,) = process(data, "a", Options(limits=limits or Limits()))
    return found


LAUGHS = "<!DOCTYPE x [<!ENTITY a '哈哈哈哈哈哈哈哈哈哈'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY i SYSTEM 'file:///etc/passwd'>]>"

REFUSED = [
    ("text of too many bytes", PLAN.encode(), Limits(max_bytes=100)),
    ("text of too many characters", PLAN.encode(), Limits(max_chars=100)),
    ("a page of too many characters", PAGE.encode(), Limits(max_chars=100)),
    ("a Word file of too many characters", word(paragraphs()), Limits(max_chars=100)),
    ("a Word file nested too deep", word("<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000), Limits()),
    ("a Word file that unpacks to much", word(paragraphs(), extra=b" " * 30_000_000), Limits()),
    ("a PDF of too many pages", (CORPUS / "formats" / "lanjin_transport_plan.pdf").read_bytes(), Limits(max_pages=2)),
]


@pytest.mark.parametrize(("data", "limits"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_passes_a_limit_is_one_finding(data: bytes, limits: Limits) -> None:
    begun = time.perf_counter()
    found = one(data, limits)
    assert [finding.code for finding in found.findings] == [Code.LIMIT_EXCEEDED]
    assert not found.documents
    assert time.perf_counter() - begun < QUICK


def test_a_page_nested_too_deep_is_read_and_noted() -> None:
    found = one(("<div>" * 5000 + PAGE).encode())
    assert [finding.code for finding in found.findings] == [Code.LIMIT_EXCEEDED]
    assert [row.title for row in found.sections] == ["工作目标", "重点任务", "建设水厂", "改造管网"]


@pytest.mark.parametrize(
    ("doctype", "name"), [(LAUGHS, "i"), (OUTSIDE, "i")], ids=["a billion laughs", "a file of the machine"]
)
def test_entities_are_neither_expanded_nor_fetched(doctype: str, name: str) -> None:
    begun = time.perf_counter()
    for data in (
        f"{doctype}<html><body><p>&{name};</p>{PAGE}</body></html>".encode(),
        word(f"<w:p><w:r><w:t>&{name};</w:t></w:r></w:p>{paragraphs()}", doctype),
    ):
        found = one(data)
        text = "".join(source.text for source in found.sources).replace(doctype, "")
        assert "哈哈" not in text
        assert "root:" not in text
        assert len(found.sections) == 4 or [finding.code for finding in found.findings] == [Code.UNREADABLE_FILE]
    assert time.perf_counter() - begun < QUICK


def test_a_member_that_unpacks_to_much_is_noted_and_the_others_are_read() -> None:
    members = list(documents_in("a.zip", packed(b"\xe4\xb8\x80" * 20_000_000), Options()))
    refused = [content for _, content in members if not isinstance(content, bytes)]
    assert [note.code for note in refused] == [Code.LIMIT_EXCEEDED]
    assert [content for _, content in members if isinstance(content, bytes)] == [PLAN.encode()]


def test_a_run_goes_on_after_documents_that_pass_a_limit(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "sound.txt").write_text(PLAN.replace("青石市", "白石县"), encoding="utf-8")
    (corpus / "long.html").write_text(PAGE * 200, encoding="utf-8")
    (corpus / "bomb.docx").write_bytes(word(paragraphs(), extra=b" " * 30_000_000))
    (corpus / "bomb.zip").write_bytes(packed(b"\xe4\xb8\x80" * 20_000_000))
    summary = ingest([corpus], tmp_path / "out", jobs=1, options=Options(limits=Limits(max_chars=5000)))
    codes = {failure.path: failure.code for failure in summary.failures}
    assert codes == {
        "long.html": "limit_exceeded",
        "bomb.docx": "limit_exceeded",
        "bomb.zip": "limit_exceeded",
    }
    import pyarrow.parquet as pq

    paths = pq.read_table(tmp_path / "out" / "documents.parquet").column("source_path").to_pylist()
    assert paths == ["bomb.zip!/sound.txt", "sound.txt"]
