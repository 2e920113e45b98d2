"""PDF with a text layer → SourceDocument.

The way of a page: text layer → lines; ruling lines → tables and frames (``reading``). Then, over all pages: page numbers and running
heads go (``furniture``), tables over several pages are joined (``continuation``), lines become paragraphs (``paragraphs``, ``body``).
"""

from __future__ import annotations

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
    Raises DocumentError for what cannot be opened, is encrypted, has no text at all, or exceeds the limits.
    """
    if len(data) > limits.max_bytes:
        raise DocumentError(Code.LIMIT_EXCEEDED, "bytes", size=len(data), limit=limits.max_bytes)
    pages = _read_pages(data, limits, thresholds)
    broken = [page for page in pages if not page.sound]
    if len(broken) > thresholds.broken_share * max(1, sum(bool(p.blocks) or not p.sound for p in pages)):
        for page in pages:
            page.blocks = []
    notes = _notes(pages, broken)
    source, starts = lay_out_source(pages)
    notes += tuple(_picture_note(page, line) for page in pages for line in page.unread_captions if line.at >= 0)
    if len(source) > limits.max_chars:
        raise DocumentError(Code.LIMIT_EXCEEDED, "characters", size=len(source), limit=limits.max_chars)
    if not source:
        raise DocumentError(notes[0].code, notes[0].wording, **dict(notes[0].arguments)) if notes else DocumentError(Code.EMPTY_DOCUMENT, "pdf")
    furniture = find_furniture(pages)
    flow = join_tables([block for page in pages for block in page.blocks if id(block) not in furniture])
    layout = measure_layout([block for block in flow if isinstance(block, Line)])
    built = build_body(flow, source, layout)
    return SourceDocument.of(
        data,
        path,
        MEDIA_TYPE,
        None,
        text=source,
        body=built.body(),
        tables=tuple(built.shapes),
        hints=built.hints,
        pages=starts,
        notes=notes,
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
            raise DocumentError(Code.LIMIT_EXCEEDED, "pages", size=count, limit=limits.max_pages)
        pages: list[PdfPage] = []
        for number in range(count):
            try:
                page = document[number]
                pages.append(read_page(page, number, replacement, thresholds, pages[-1] if pages else None))
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
        locked = any(word in str(error).lower() for word in ("password", "security"))
        raise DocumentError(Code.UNREADABLE_FILE, "pdf_encrypted" if locked else "pdf_damaged") from error
    if len(document) == 0:
        document.close()
        raise DocumentError(Code.UNREADABLE_FILE, "pdf_no_pages")
    return document


def _notes(pages: list[PdfPage], broken: list[PdfPage]) -> tuple[Note, ...]:
    found = {
        Code.UNREADABLE_FILE: [page for page in pages if not page.readable],
        Code.NO_TEXT_LAYER: [page for page in pages if page.pictured],
        Code.BROKEN_TEXT_LAYER: broken,
    }
    return tuple(
        Note.of(code, "pages", pages=_listed(some), total=len(pages)) for code, some in found.items() if some
    )


def _picture_note(page: PdfPage, caption: Line) -> Note:
    about = {"page": page.number + 1, "caption": caption.text[:20]}
    return Note.of(Code.IMAGE_TABLE, "announced", caption.at, caption.end, **about)


def _listed(some: list[PdfPage]) -> str:
    """The numbers of pages: 3, 5–9."""
    runs: list[list[int]] = []
    for page in some:
        if runs and runs[-1][-1] == page.number:
            runs[-1][-1] += 1
        else:
            runs.append([page.number + 1, page.number + 1])
    named = [f"{a}" if a == b else f"{a}–{b}" for a, b in runs[:MAX_LISTED]]
    return ", ".join(named) + " …" * (len(runs) > MAX_LISTED)
