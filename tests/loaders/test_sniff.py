"""What a file is: by its bytes, whatever its name says; and archives, which are opened in memory only."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from planparse.loaders import Kind, load, sniff
from planparse.loaders.archives import is_archive, members, safe_name
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Limits, Options

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
TEXT = "一、总体要求\n坚持人民至上、生命至上。\n"


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tarred(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", encoding=encoding, format=tarfile.GNU_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "suffix"),
    [
        (TEXT.encode(), Kind.TEXT, ".txt"),
        (TEXT.encode("gbk"), Kind.TEXT, ".txt"),
        (b"# \xe8\xa7\x84\xe5\x88\x92\n<p>a</p><p>b</p><p>c</p>", Kind.TEXT, ".txt"),
        ('<form id="x"></form>\n<address></address><nobr></nobr>\n规划'.encode(), Kind.TEXT, ".txt"),
        ("贯彻《<十四五>规划》，3<5。".encode(), Kind.TEXT, ".txt"),
        (b"<!DOCTYPE html><title>a</title>", Kind.HTML, ".html"),
        (b"\xef\xbb\xbf\r\n<HTML><body>", Kind.HTML, ".html"),
        ("<html><p>规划</p>".encode("utf-16"), Kind.HTML, ".html"),
        (b"<div class='wrap'><p>a</p></div>", Kind.HTML, ".html"),
        ("标题<br><p>一</p><p>二</p>".encode(), Kind.HTML, ".html"),
        (b"%PDF-1.7\n", Kind.PDF, ".pdf"),
        (b"\x00\n\n%PDF-1.4\n", Kind.PDF, ".pdf"),
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), Kind.DOCX, ".docx"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), Kind.REFUSED, ".xlsx"),
        (zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), Kind.REFUSED, ".pptx"),
        (zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), Kind.REFUSED, ".ofd"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), Kind.OFFICE, ".odt"),
        (zipped({"a.txt": b"a"}), Kind.ARCHIVE, ".zip"),
        (zipped({"word/notes.txt": b"a"}), Kind.ARCHIVE, ".zip"),
        (tarred({"a.txt": b"a"}), Kind.ARCHIVE, ".tar"),
        (gzip.compress(b"a", mtime=0), Kind.ARCHIVE, ".gz"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\x00\x00", Kind.OFFICE, ".doc"),
        (OLE + "Workbook".encode("utf-16-le") + b"\x00\x00", Kind.REFUSED, ".xls"),
        (OLE, Kind.OFFICE, ".doc"),
        (b"{\\rtf1\\ansi", Kind.OFFICE, ".rtf"),
        (b"\x89PNG\r\n\x1a\n", Kind.REFUSED, ".png"),
        (b"\xff\xd8\xff\xe0", Kind.REFUSED, ".jpg"),
        (b"CAJ\x00", Kind.REFUSED, ".caj"),
        (b"HN\xc8\x00", Kind.REFUSED, ".caj"),
        (b"HNA is a word of text", Kind.TEXT, ".txt"),
        (b"\x7fELF\x02", Kind.REFUSED, ""),
        (b"MZ\x90\x00\x03\x00", Kind.REFUSED, ".exe"),
        (b"MZ is a word too", Kind.TEXT, ".txt"),
        (b"Rar!\x1a\x07\x00", Kind.REFUSED, ".rar"),
        (b"7z\xbc\xaf\x27\x1c", Kind.REFUSED, ".7z"),
        (b"BM in a text", Kind.TEXT, ".txt"),
        (b"MIME-Version: 1.0\r\n", Kind.REFUSED, ".mht"),
        (b"<?xml version='1.0'?><w xmlns='http://schemas.microsoft.com/office/word/2003/w'/>", Kind.OFFICE, ".xml"),
    ],
)
def test_formats(data: bytes, kind: Kind, suffix: str) -> None:
    found = sniff(data)
    assert (found.kind, found.suffix) == (kind, suffix)
    if kind in (Kind.REFUSED, Kind.OFFICE, Kind.ARCHIVE):
        with pytest.raises(DocumentError) as caught:
            load(data, "plan.txt", Options())
        note = caught.value.note
        assert note.code is Code.UNSUPPORTED_FORMAT
        assert found.name in note.message
        assert note.message.endswith(".")


def test_an_archive_is_told_from_a_document_in_a_container() -> None:
    assert is_archive(zipped({"a.txt": b"a"}))
    assert not is_archive(zipped({"[Content_Types].xml": b"", "word/document.xml": b""}))


def read(data: bytes, limits: Limits | None = None) -> tuple[dict[str, bytes], list[Code]]:
    found = list(members(data, "a.zip", limits or Limits()))
    notes = [item.code for item in found if isinstance(item, Note)]
    return dict(item for item in found if not isinstance(item, Note)), notes


FILES = {"规划/正文.txt": TEXT.encode(), "b.html": b"<p>b</p>"}
EXPECTED = {f"a.zip!/{name}": content for name, content in FILES.items()}


def test_members_of_every_archive() -> None:
    clutter = {"__MACOSX/._a": b"x", "规划/.DS_Store": b"x", "~$a.docx": b"x"}
    assert read(zipped(FILES | clutter)) == (EXPECTED, [])
    assert read(tarred(FILES)) == (EXPECTED, [])
    assert read(gzip.compress(tarred(FILES))) == (EXPECTED, [])
    assert list(members(gzip.compress(b"text"), "x/b.txt.gz", Limits())) == [("x/b.txt.gz!/b.txt", b"text")]


def test_archives_in_archives() -> None:
    inner = zipped({"c.txt": b"c"})
    assert read(zipped({"in.zip": inner})) == ({"a.zip!/in.zip!/c.txt": b"c"}, [])
    deep = zipped({"3.zip": zipped({"2.zip": zipped({"1.zip": inner})})})
    assert read(deep) == ({}, [Code.LIMIT_EXCEEDED])


def test_names_in_gbk() -> None:
    raw = zipped({"AAAA.txt": b"x"}).replace(b"AAAA", "规划".encode("gbk"))
    assert read(raw) == ({"a.zip!/规划.txt": b"x"}, [])
    assert read(tarred({"规划.txt": b"x"}, encoding="gbk")) == ({"a.zip!/规划.txt": b"x"}, [])


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\plans\\a.txt", "plans/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("..", "member"),
        ("a\nb\x00.txt", "ab.txt"),
        ("规划/一.txt", "规划/一.txt"),
    ],
)
def test_names_only_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_limits() -> None:
    bomb = zipped({"bomb.txt": b"0" * 30_000_000, "a.txt": b"a"})
    assert read(bomb) == ({"a.zip!/a.txt": b"a"}, [Code.LIMIT_EXCEEDED])
    assert read(gzip.compress(b"0" * 30_000_000))[1] == [Code.LIMIT_EXCEEDED]
    three = zipped({f"{n}.txt": b"x" * 100 for n in range(3)})
    assert len(read(three, Limits(max_members=2))[0]) == 2
    assert read(three, Limits(max_members=2))[1] == [Code.LIMIT_EXCEEDED]
    assert len(read(three, Limits(max_archive_bytes=250))[0]) == 2
    assert read(three, Limits(max_bytes=50)) == ({}, [Code.LIMIT_EXCEEDED] * 3)


def test_damaged_archives() -> None:
    data = zipped({"a.txt": bytes(range(256)) * 50, "b.txt": b"b"})
    broken = bytearray(data)
    broken[60:70] = b"\x00" * 10
    assert read(bytes(broken)) == ({"a.zip!/b.txt": b"b"}, [Code.UNREADABLE_FILE])
    for cut in (data[: len(data) // 2], gzip.compress(TEXT.encode() * 50)[:40]):
        with pytest.raises(DocumentError) as caught:
            read(cut)
        assert caught.value.note.code is Code.UNREADABLE_FILE
    assert read(tarred({"a.txt": b"a" * 5000})[:3000]) == ({}, [Code.UNREADABLE_FILE] * 2)


def test_a_member_with_a_password_is_noted() -> None:
    data = bytearray(zipped({"a.txt": b"a"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert read(bytes(data)) == ({}, [Code.UNREADABLE_FILE])


CONVERTER = """#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in --outdir) out="$2";; esac
  shift
done
mkdir -p "$out"
cp "{result}" "$out/document.docx"
"""


def test_old_documents_are_converted_where_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("一、总体要求")
    result = tmp_path / "result.docx"
    document.save(str(result))
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(CONVERTER.format(result=result))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    data = b"{\\rtf1 x}"
    source = load(data, "a.rtf", Options(convert=True))
    assert source.body.text == "一、总体要求"
    assert (source.size, source.media_type) == (len(data), "application/rtf")
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(DocumentError, match="could not convert"):
        load(data, "a.rtf", Options(convert=True))
    program.write_text("#!/bin/sh\nsleep 5\n")
    with pytest.raises(DocumentError, match="longer than"):
        load(data, "a.rtf", Options(convert=True, limits=Limits(timeout=0.2)))
    program.unlink()
    monkeypatch.setenv("PATH", str(program.parent))
    with pytest.raises(DocumentError, match="LibreOffice is needed"):
        load(data, "a.rtf", Options(convert=True))
