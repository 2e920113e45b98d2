"""A Word document → SourceDocument. The source text is the text layer: the body as Word shows it, then footnotes."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import replace

from lxml import etree

from planparse.loaders.docx.chunks import Chunks
from planparse.loaders.docx.numbering import Element, local, read_numbering
from planparse.loaders.docx.styles import read_styles
from planparse.loaders.docx.tables import words
from planparse.loaders.docx.text import BodyReader
from planparse.loaders.markdown import is_markdown, read_markdown
from planparse.loaders.text import check_length
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits
from planparse.model.source import SourceDocument
from planparse.model.text import MappedText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACRO_MEDIA_TYPE = "application/vnd.ms-word.document.macroEnabled.12"
MIN_RATIO_BYTES = 10 * 1024 * 1024
"""Parts up to this size are read however well they were packed."""
_MAIN = "word/document.xml"


def load_docx(data: bytes, path: str, limits: Limits, *, nested: bool = False) -> SourceDocument:
    """Read a Word document. Guarantees: the source text begins with the body, automatic numbers where Word shows them, and
    embedded pages, texts and Word documents in their places (in one that is ``nested``, no more of these);
    deletions, headers, footers and hidden text are left out; no macro is run.
    Raises DocumentError where the package is damaged or more than the limits allow.
    """
    package = _Package(data, limits)
    main = package.main()
    # parts are parsed only where the text refers to them: an unused styles.xml is often larger than the document
    styled = package.content("styles.xml") if b"pStyle" in main else None
    numbered = package.content("numbering.xml") if b"numPr" in main or b"numPr" in (styled or b"") else None
    styles, default = read_styles(_optional(styled))
    chunks = Chunks(package.targets() if b"altChunk" in main else {}, package.part, limits, None if nested else lambda inner, within: load_docx(inner, "", within, nested=True))
    reader = BodyReader(read_numbering(_optional(numbered)), styles, default, chunks)
    try:
        root = _parse(main)
        reader.read(next((child for child in root if local(child) == "body"), root))
    except RecursionError:
        raise DocumentError(Code.LIMIT_EXCEEDED, "docx_nested") from None
    text = reader.text
    footnotes = _footnotes(_optional(package.content("footnotes.xml")))
    check_length(text + footnotes, limits)
    source = SourceDocument.of(
        data,
        path,
        MACRO_MEDIA_TYPE if package.has_macros else MEDIA_TYPE,
        None,
        text=text + footnotes,
        body=MappedText.identity(text),
        tables=tuple(reader.tables),
        hints=reader.hints,
        notes=tuple(reader.notes),
    )
    pasted = not reader.tables and all(hint.heading_level is None for hint in reader.hints.values()) and is_markdown(text)
    return replace(read_markdown(source), media_type=source.media_type) if pasted else source


class _Package:
    """The parts of a document, unpacked in memory within the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self.unpacked = 0
        self.main_name = _MAIN
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
            raise _damaged() from None
        self.names = {name.lower(): name for name in self.archive.namelist()}
        self.has_macros = any(name.endswith("vbaproject.bin") for name in self.names)

    def main(self) -> bytes:
        """The main part: the one that the package's relationships name, usually word/document.xml."""
        relations = _optional(self._read("_rels/.rels"))
        for relation in relations if relations is not None else ():
            if (relation.get("Type") or "").endswith("/officeDocument"):
                self.main_name = (relation.get("Target") or self.main_name).lstrip("/")
        content = self._read(self.main_name)
        if content is None:
            raise _damaged()
        return content

    def targets(self) -> dict[str, str | None]:
        """The parts that the main part refers to, by identifier; None for what lies outside of the package."""
        folder, name = posixpath.split(self.main_name)
        relations = _optional(self.part(posixpath.join(folder, "_rels", f"{name}.rels")))
        found: dict[str, str | None] = {}
        for relation in relations if relations is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
            found[relation.get("Id") or ""] = None if relation.get("TargetMode") == "External" else target.lstrip("/")
        return found

    def content(self, name: str) -> bytes | None:
        """Another part of the document by its usual name; None where it is missing or damaged."""
        return self.part(posixpath.join("word", name))

    def part(self, name: str) -> bytes | None:
        """A part by its full name; None where it is missing or damaged."""
        try:
            return self._read(name)
        except DocumentError as error:
            if error.note.code is Code.LIMIT_EXCEEDED:
                raise
            return None

    def _read(self, name: str) -> bytes | None:
        found = self.names.get(name.lower())
        if found is None:
            return None
        info = self.archive.getinfo(found)
        big = info.file_size > MIN_RATIO_BYTES and info.file_size > self.limits.max_ratio * max(1, info.compress_size)
        self.unpacked += info.file_size
        if big or self.unpacked > self.limits.max_archive_bytes:
            raise DocumentError(Code.LIMIT_EXCEEDED, "docx_bytes", size=info.file_size)
        try:
            with self.archive.open(info) as stream:
                return stream.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
            raise _damaged() from None


def _parse(content: bytes) -> Element:
    """The tree of a part; entities are not expanded and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise DocumentError(Code.LIMIT_EXCEEDED, "elements") from None
        raise _damaged() from None


def _optional(content: bytes | None) -> Element | None:
    """The tree of a part that the text can be read without."""
    try:
        return None if content is None else _parse(content)
    except DocumentError:
        return None


def _damaged() -> DocumentError:
    return DocumentError(Code.UNREADABLE_FILE, "docx_damaged")


def _footnotes(root: Element | None) -> str:
    """The footnotes, one a line, with a line end before each; separators have no text."""
    lines = []
    for note in root if root is not None else ():
        text = words(note).strip()
        if text:
            lines.append("\n" + " ".join(text.split()))
    return "".join(lines)
