"""Pages, Word files and PDFs, each against the library that reads the same bytes without a thought for what they say."""

from __future__ import annotations

import io
from pathlib import Path

from benchmarks.measuring import Figure, best


def files_in(folder: Path, suffix: str) -> list[bytes]:
    """The files of a folder and the folders in it with one suffix."""
    return [path.read_bytes() for path in sorted(folder.rglob(f"*{suffix}"))]


def html(folder: Path) -> Figure:
    """HTML → records, to trafilatura's extraction of the text alone (``pip install planparse[bench]``)."""
    what, pages = "time of HTML → records, to trafilatura's text", files_in(folder, ".html")
    try:
        import trafilatura
    except ImportError:
        return Figure(what, None, "trafilatura is not installed: pip install 'planparse[bench]'")
    if not pages:
        return Figure(what, None, f"no .html in {folder}")
    from planparse.pipeline import process

    ours, theirs = best([lambda: [process(page, "page.html") for page in pages], lambda: [trafilatura.extract(page) for page in pages]])
    return Figure(what, ours / theirs, f"{len(pages)} pages")


def docx(folder: Path) -> Figure:
    """DOCX → records, to going through the paragraphs and tables with python-docx."""
    what, files = "time of DOCX → records, to python-docx's iteration", files_in(folder, ".docx")
    if not files:
        return Figure(what, None, f"no .docx in {folder}")
    from docx import Document
    from docx.table import Table

    from planparse.pipeline import process

    def go_through(data: bytes) -> int:
        size = 0
        for item in Document(io.BytesIO(data)).iter_inner_content():
            rows = item.rows if isinstance(item, Table) else ()
            size += sum(len(cell.text) for row in rows for cell in row.cells) if rows else len(getattr(item, "text", ""))
        return size

    ours, theirs = best([lambda: [process(one, "file.docx") for one in files], lambda: list(map(go_through, files))], rounds=3)
    return Figure(what, ours / theirs, f"{len(files)} files")


def pdf(folder: Path, most: int = 12) -> Figure:
    """The text of PDFs without tables, to pypdfium2's own."""
    what = "time of a PDF's text, to pypdfium2's own"
    from planparse.loaders import load
    from planparse.model.findings import DocumentError
    from planparse.model.options import Options

    def read(data: bytes) -> int | None:
        """How many tables the file has; None where it is not read."""
        try:
            return len(load(data, "file.pdf", Options()).tables)
        except DocumentError:
            return None

    plain = [data for data in files_in(folder, ".pdf")[: 3 * most] if read(data) == 0][:most]
    if not plain:
        return Figure(what, None, f"no .pdf without tables in {folder}")
    ours, theirs = best([lambda: list(map(read, plain)), lambda: list(map(_own_text, plain))], rounds=2)
    return Figure(what, ours / theirs, f"{len(plain)} files")


def _own_text(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_bounded()) for page in document)
