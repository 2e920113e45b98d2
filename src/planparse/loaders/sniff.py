"""What a file is, by its bytes and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from typing import NamedTuple

from planparse.loaders.markdown import is_markdown


class Kind(StrEnum):
    """How a file is read; ``office`` only after conversion, ``refused`` not at all."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    ARCHIVE = "archive"
    OFFICE = "office"
    REFUSED = "refused"


class Format(NamedTuple):
    """A recognised format: ``name`` as a noun with its article, ``advice`` for what is not read as it is."""

    kind: Kind
    name: str
    suffix: str
    advice: str = ""


TEXT = Format(Kind.TEXT, "plain text", ".txt")
HTML = Format(Kind.HTML, "a web page", ".html")
PDF = Format(Kind.PDF, "a PDF document", ".pdf")
DOCX = Format(Kind.DOCX, "a Word document", ".docx")
ZIP = Format(Kind.ARCHIVE, "a zip archive", ".zip")
TAR = Format(Kind.ARCHIVE, "a tar archive", ".tar")
GZIP = Format(Kind.ARCHIVE, "a gzip file", ".gz")

_TO_DOCX = "convert it to .docx (soffice --convert-to docx) or run with --convert"
_TO_TABLE = "save the sheet as HTML or as a .docx table"
_UNPACK = "unpack it and give the files in it, or pack them as .zip"
_OCR = "put it through OCR first and give the text or a PDF with a text layer"
_CAJ = "export it as PDF from CAJViewer"
_PROGRAM = "give the document itself"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", Format(Kind.OFFICE, "an old Word or WPS document", ".doc", _TO_DOCX)),
    ("Workbook", Format(Kind.REFUSED, "an Excel workbook", ".xls", _TO_TABLE)),
    ("Book", Format(Kind.REFUSED, "an Excel workbook", ".xls", _TO_TABLE)),
    ("PowerPoint Document", Format(Kind.REFUSED, "a PowerPoint file", ".ppt", "save its text as .docx")),
    ("EncryptedPackage", Format(Kind.REFUSED, "an Office document with a password", ".docx", "save it without one")),
)
_OLE_OTHER = Format(Kind.OFFICE, "an old Office or WPS document", ".doc", _TO_DOCX)
# The part of a zip container that says what it is.
_ZIP_PARTS = (
    ("word/", DOCX),
    ("xl/", Format(Kind.REFUSED, "an Excel workbook", ".xlsx", _TO_TABLE)),
    ("ppt/", Format(Kind.REFUSED, "a PowerPoint file", ".pptx", "save its text as .docx")),
    ("OFD.xml", Format(Kind.REFUSED, "an OFD document", ".ofd", "open it in an OFD reader and export it as PDF")),
    ("META-INF/container.xml", Format(Kind.REFUSED, "an EPUB book", ".epub", "convert it to HTML or .docx")),
)
_ODF = Format(Kind.OFFICE, "an OpenDocument file", ".odt", _TO_DOCX)
_MAGIC: tuple[tuple[tuple[bytes, ...], Format], ...] = (
    ((b"{\\rtf",), Format(Kind.OFFICE, "an RTF document", ".rtf", _TO_DOCX)),
    ((b"\x1f\x8b",), GZIP),
    ((b"7z\xbc\xaf\x27\x1c",), Format(Kind.REFUSED, "a 7z archive", ".7z", _UNPACK)),
    ((b"Rar!\x1a\x07",), Format(Kind.REFUSED, "a RAR archive", ".rar", _UNPACK)),
    ((b"\xfd7zXZ\x00",), Format(Kind.REFUSED, "an xz file", ".xz", _UNPACK)),
    ((b"BZh",), Format(Kind.REFUSED, "a bzip2 file", ".bz2", _UNPACK)),
    ((b"\x89PNG\r\n",), Format(Kind.REFUSED, "a PNG image", ".png", _OCR)),
    ((b"\xff\xd8\xff",), Format(Kind.REFUSED, "a JPEG image", ".jpg", _OCR)),
    ((b"GIF8",), Format(Kind.REFUSED, "a GIF image", ".gif", _OCR)),
    ((b"II*\x00", b"MM\x00*"), Format(Kind.REFUSED, "a TIFF image", ".tif", _OCR)),
    ((b"CAJ\x00", b"HN\x0f", b"HN\xc8\x00", b"\xc8\x00\x00\x00"), Format(Kind.REFUSED, "a CAJ document", ".caj", _CAJ)),
    ((b"KDH ",), Format(Kind.REFUSED, "a KDH document", ".kdh", _CAJ)),
    ((b"%!PS",), Format(Kind.REFUSED, "a PostScript file", ".ps", "convert it to PDF (ps2pdf)")),
    ((b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"), Format(Kind.REFUSED, "a program", "", _PROGRAM)),
    ((b"SQLite format 3",), Format(Kind.REFUSED, "a database", ".sqlite", _PROGRAM)),
    ((b"PAR1",), Format(Kind.REFUSED, "a Parquet file", ".parquet", _PROGRAM)),
)
_BMP = Format(Kind.REFUSED, "a BMP image", ".bmp", _OCR)
_WEBP = Format(Kind.REFUSED, "a WebP image", ".webp", _OCR)
_EXE = Format(Kind.REFUSED, "a program", ".exe", _PROGRAM)
_WORD_XML = Format(Kind.OFFICE, "a Word 2003 XML document", ".xml", _TO_DOCX)
_MHTML = Format(Kind.REFUSED, "a web archive (MHTML)", ".mht", "open it in a browser and save it as HTML")

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta)[\s>]", re.I)
_BLOCK_TAG = re.compile(rb"</?(?:p|div|span|h[1-6]|table|tr|td|tbody|ul|li|section|article)(?:\s[^<>]*)?>", re.I)
_PROSE_TAG = re.compile(rb"</?(?:p|div|span|h[1-6])(?:\s[^<>]*)?>", re.I)
HEAD = 1 << 16
"""Bytes that decide between HTML and text."""
FEW_TAGS = 3
"""A text may speak of a tag or two; a fragment of a page has more."""


def sniff(data: bytes) -> Format:
    """The format that the bytes are in; ``TEXT`` where nothing else is recognised."""
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if b"%PDF-" in data[:1024] and not _PAGE.search(data[:1024]):
        return PDF
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data[257:262] == b"ustar":
        return TAR
    if data.startswith(b"BM") and data[2:6] == len(data).to_bytes(4, "little"):
        return _BMP
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _WEBP
    if data.startswith(b"MZ") and b"\x00" in data[:64]:
        return _EXE
    return _markup(data)


TAGGED_SHARE = 2
"""One line in so many has a tag in a page without a head; hijacked texts have one in five at most."""


def _markup(data: bytes) -> Format:
    """Text, HTML, or an XML document that must be converted."""
    head = data[:HEAD].replace(b"\x00", b"")  # UTF-16 shows its ASCII so
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<?xml") and b"schemas.microsoft.com/office/word/2003" in start:
        return _WORD_XML
    if start[:13].lower() == b"mime-version:" or start[:10].lower() == b"from: <sav":
        return _MHTML
    if b"<" not in head:
        return TEXT
    first = _PAGE.search(head)
    if first and (start.startswith(b"<") or first.start() < 2048):
        return HTML
    if not _mostly_tagged(head):
        return TEXT
    if start.startswith(b"<") and _BLOCK_TAG.match(start) and len(_BLOCK_TAG.findall(head)) >= FEW_TAGS:
        return HTML
    many = len(_PROSE_TAG.findall(head)) >= FEW_TAGS
    return HTML if many and not is_markdown(head.decode("latin-1")) else TEXT


def _mostly_tagged(head: bytes) -> bool:
    """Whether tags stand on many of the lines: a few lines of hijack markup do not make a text a page."""
    lines = [line for line in head.splitlines() if line.strip()]
    return sum(b"<" in line for line in lines) * TAGGED_SHARE >= len(lines)


def _ole(data: bytes) -> Format:
    """Which program wrote a compound file: the names of its streams stand in it as UTF-16."""
    for stream, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return found
    return _OLE_OTHER


def _zip(data: bytes) -> Format:
    """A document in a zip container, or an archive."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError):
        return DOCX if b"[Content_Types].xml" in data and b"word/" in data else ZIP  # damaged, but known
    if "[Content_Types].xml" in names or "OFD.xml" in names or "META-INF/container.xml" in names:
        for part, found in _ZIP_PARTS:
            if part in names or (part.endswith("/") and any(name.startswith(part) for name in names)):
                return found
    return _ODF if "mimetype" in names and "content.xml" in names else ZIP
