"""Pages, Word files and PDFs, each against the library that reads the same bytes without a thought for what they say."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measuring import Figure, best


def files_in(folder: Path, suffix: str) -> list[bytes]:
    """The files of a folder and the folders in it with one suffix."""
    return [path.read_bytes() for path in sorted(folder.rglob(f"*{suffix}"))]


SIZES = ((1, 10), (10, 50), (50, 100_000))
"""Pages are measured apart by size, in thousands of bytes: what a start costs counts for small ones only."""


def html(folder: Path) -> list[Figure]:
    """HTML → text and HTML → records, to trafilatura's extraction of the text (``pip install planparse[bench]``), by the size of the pages."""
    whats, pages = [f"time of HTML → {aim}, to trafilatura's text" for aim in ("text", "records")], files_in(folder, ".html")
    try:
        import trafilatura
    except ImportError:
        return [Figure(what, None, "trafilatura is not installed: pip install 'planparse[bench]'") for what in whats]
    from planparse.loaders import load
    from planparse.model.options import Options
    from planparse.pipeline import process

    figures: list[Figure] = []
    for least, most in SIZES:
        some = [page for page in pages if least * 1024 <= len(page) < most * 1024]
        detail = f"{len(some)} pages of {least}–{most} kB" if most < SIZES[-1][1] else f"{len(some)} pages of {least} kB and more"
        if not some:
            figures += [Figure(what, None, detail) for what in whats]
            continue
        readers = (lambda page: load(page, "page.html", Options()), lambda page: process(page, "page.html"), trafilatura.extract)
        *ours, theirs = best([partial(_each, reader, some) for reader in readers])
        figures += [Figure(what, one / theirs, detail) for what, one in zip(whats, ours, strict=True)]
    return figures


def _each(reader: Callable[[bytes], object], pages: list[bytes]) -> None:
    for page in pages:
        reader(page)


def docx(folder: Path) -> list[Figure]:
    """DOCX → records, to going through the paragraphs and tables with python-docx."""
    what, files = "time of DOCX → records, to python-docx's iteration", files_in(folder, ".docx")
    if not files:
        return [Figure(what, None, f"no .docx in {folder}")]
    from docx import Document
    from docx.table import Table

    from planparse.loaders import load
    from planparse.model.options import Options
    from planparse.pipeline import process

    def go_through(data: bytes) -> int:
        size = 0
        for item in Document(io.BytesIO(data)).iter_inner_content():
            rows = item.rows if isinstance(item, Table) else ()
            size += sum(len(cell.text) for row in rows for cell in row.cells) if rows else len(getattr(item, "text", ""))
        return size

    ours, theirs, alone = best(
        [lambda: [process(one, "file.docx") for one in files], lambda: list(map(go_through, files)), lambda: [load(one, "file.docx", Options()) for one in files]],
        rounds=3,
    )
    text = sum(len(load(one, "file.docx", Options()).text.encode()) for one in files)
    return [
        Figure(what, ours / theirs, f"{len(files)} files"),
        Figure("milliseconds of a DOCX's text, for each 64 kB of it", 1000 * alone / (text / 65536), f"{text // 1024} kB"),
    ]


def pdf(folder: Path, most: int = 12) -> list[Figure]:
    """The text of PDFs without tables, to pypdfium2's own: of all, and of that file which nine of ten stay below."""
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
        return [Figure(what, None, f"no .pdf without tables in {folder}")]
    times = [best([partial(read, data), partial(_own_text, data)], rounds=3) for data in plain]
    each = sorted(ours / theirs for ours, theirs in times)
    ours, theirs = map(sum, zip(*times, strict=True))
    return [
        Figure(what, ours / theirs, f"{len(plain)} files"),
        Figure(f"{what}: nine of ten files", each[min(len(each) - 1, int(0.9 * len(each)))], f"from {each[0]:.2f} to {each[-1]:.2f}"),
    ]


def _own_text(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_bounded()) for page in document)
