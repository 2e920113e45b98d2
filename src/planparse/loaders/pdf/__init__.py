"""PDF with a text layer → SourceDocument.

The way of a page: text layer → lines; ruling lines → tables and frames (``reading``). Then, over all pages: page numbers and running
heads go (``furniture``), tables over several pages are joined (``continuation``), lines become paragraphs (``paragraphs``, ``body``).
"""

from __future__ import annotations

import hashlib
from typing import Any

from planparse.loaders.pdf.body import build_body, lay_out_source
from planparse.loaders.pdf.continuation import join_tables
from planparse.loaders.pdf.furniture import find_furniture
from planparse.loaders.pdf.layout import measure_layout
from planparse.loaders.pdf.shapes import Line, PdfPage
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import USUAL, Limits, Thresholds
from planparse.model.source import SourceDocument

__all__ = ["load_pdf"]

MEDIA_TYPE = "application/pdf"
MAX_LISTED = 12
"""Pages named in a finding, at most."""


def load_pdf(data: bytes, path: str, limits: Limits, thresholds: Thresholds = USUAL) -> SourceDocument:
    """Read a PDF. Guarantees: the source text is the text layer in reading order, one printed line a line; the body has one
    paragraph a line, tables as structured lines, no page numbers or running heads, no radicals for characters, and no text of a
    page whose text layer is broken. Pages without text are reported, once a document.
    Raises DocumentError for what cannot be opened, is encrypted, or exceeds the limits.
    """
    if len(data) > limits.max_bytes:
        raise DocumentError(
            Code.LIMIT_EXCEEDED,
            f"The file has {len(data):,} bytes; the limit is {limits.max_bytes:,} (Limits.max_bytes).",
        )
    pages = _read_pages(data, limits, thresholds)
    broken = [page for page in pages if not page.sound]
    if len(broken) > thresholds.broken_share * max(1, sum(bool(p.blocks) or not p.sound for p in pages)):
        for page in pages:
            page.blocks = []
    notes = _notes(pages, broken)
    source, starts = lay_out_source(pages)
    notes += tuple(_picture_note(page, line) for page in pages for line in page.unread_captions if line.at >= 0)
    if len(source) > limits.max_chars:
        message = f"The document has {len(source):,} characters; the limit is {limits.max_chars:,} (Limits.max_chars)."
        raise DocumentError(Code.LIMIT_EXCEEDED, message)
    if not source and not notes:
        raise DocumentError(Code.EMPTY_DOCUMENT, "The PDF has no text and no pictures on its pages.")
    furniture = find_furniture(pages)
    flow = join_tables([block for page in pages for block in page.blocks if id(block) not in furniture])
    layout = measure_layout([block for block in flow if isinstance(block, Line)])
    built = build_body(flow, source, layout)
    return SourceDocument(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=MEDIA_TYPE,
        encoding=None,
        text=source,
        body=built.body(),
        tables=tuple(built.shapes),
        hints=built.hints,
        pages=starts,
        notes=notes,
        hard_wrapped=False,
    )


def _read_pages(data: bytes, limits: Limits, thresholds: Thresholds) -> list[PdfPage]:
    import pypdfium2

    from planparse.loaders.pdf.reading import read_page
    from planparse.loaders.pdf.replacement import Replacement

    document = _open(data)
    replacement = Replacement(data)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise DocumentError(
                Code.LIMIT_EXCEEDED,
                f"The PDF has {count:,} pages; the limit is {limits.max_pages:,} (Limits.max_pages).",
            )
        pages: list[PdfPage] = []
        for number in range(count):
            try:
                page = document[number]
                pages.append(read_page(page, number, replacement, thresholds))
                page.close()
            except pypdfium2.PdfiumError:
                pages.append(PdfPage(number, 0.0, 0.0, [], readable=False))
        return pages
    finally:
        replacement.close()
        document.close()


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            message = "The PDF is encrypted: save a copy without its password (qpdf --decrypt) and read that."
        else:
            message = "The PDF is damaged and cannot be opened: get another copy, or repair it (qpdf in.pdf out.pdf)."
        raise DocumentError(Code.UNREADABLE_FILE, message) from error
    if len(document) == 0:
        document.close()
        raise DocumentError(Code.UNREADABLE_FILE, "The PDF has no pages that can be read: get another copy.")
    return document


def _notes(pages: list[PdfPage], broken: list[PdfPage]) -> tuple[Note, ...]:
    notes: list[Note] = []
    unreadable = [page for page in pages if not page.readable]
    if unreadable:
        notes.append(
            Note(
                Code.UNREADABLE_FILE,
                f"{_listed(unreadable, pages)} cannot be opened: the file is damaged; get another copy.",
            )
        )
    pictured = [page for page in pages if page.pictured]
    if pictured:
        message = (
            f"{_listed(pictured, pages)} without a text layer, only pictures: recognise the text first "
            "(ocrmypdf -l chi_sim in.pdf out.pdf) and read the result."
        )
        notes.append(Note(Code.NO_TEXT_LAYER, message))
    if broken:
        message = (
            f"{_listed(broken, pages)} with a text layer that is not what the page shows (its fonts map to wrong characters): "
            "recognise the text anew (ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf) or read another format of the document."
        )
        notes.append(Note(Code.BROKEN_TEXT_LAYER, message))
    return tuple(notes)


def _picture_note(page: PdfPage, caption: Line) -> Note:
    message = f"Page {page.number + 1} has a picture and no table where {caption.text[:20]} is announced: what it holds is not read."
    return Note(Code.IMAGE_TABLE, message, caption.at, caption.end)


def _listed(some: list[PdfPage], pages: list[PdfPage]) -> str:
    """Pages 3, 5–9 of 20: in words of a finding."""
    runs: list[list[int]] = []
    for page in some:
        if runs and runs[-1][-1] == page.number:
            runs[-1][-1] += 1
        else:
            runs.append([page.number + 1, page.number + 1])
    named = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs[:MAX_LISTED]]
    more = " and more" if len(runs) > MAX_LISTED else ""
    return f"{'Page' if len(some) == 1 else 'Pages'} {', '.join(named)}{more} of {len(pages)}"
