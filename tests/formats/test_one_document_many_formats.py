"""A plan gives the same records in every format: the six documents of the corpus that stand in all of them."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from formats.grids import grids
from metamorphic.comparing import Rows, Tally, rows, tally

from planparse.evaluation.folding import fold
from planparse.model.options import Options
from planparse.model.source import CELL_BREAK
from planparse.pipeline import process, stages

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
FORMATS = CORPUS / "formats"
BUILD = CORPUS / ".build" / "formats"
STEMS = sorted(path.stem for path in FORMATS.glob("*.pdf"))
FLOORS = {"html": 0.99, "docx": 0.99, "pdf": 0.97}
EXACT = ("indicators", "projects")
"""Tables that markup and Word give without any doubt."""
SHOWN = 12


def plain_text(stem: str) -> Path:
    """The document as plain text: the sample itself, or one written from the same source."""
    path = CORPUS / f"{stem}.txt"
    return path if path.is_file() else FORMATS / f"{stem}.txt"


@cache
def found(path: Path) -> Rows:
    return rows(process(path.read_bytes(), path.name, Options()))


def compared(suffix: str) -> dict[str, Tally]:
    total: dict[str, Tally] = {}
    for stem in STEMS:
        tally(total, stem, found(plain_text(stem)), found(FORMATS / f"{stem}.{suffix}"))
    return total


def test_six_documents_stand_in_every_format() -> None:
    assert len(STEMS) == 6
    names = [FORMATS / f"{stem}.{suffix}" for stem in STEMS for suffix in FLOORS] + [plain_text(stem) for stem in STEMS]
    assert [path.name for path in names if not path.is_file()] == []


@pytest.mark.parametrize("suffix", FLOORS)
def test_records_are_those_of_the_plain_text(suffix: str) -> None:
    total = compared(suffix)
    exact = EXACT if suffix != "pdf" else ()
    low = {t: one for t, one in total.items() if one.f1 < (1.0 if t in exact else FLOORS[suffix])}
    lines = [f"{table}: {one.f1:.4f} ({one.same} of {one.before}, now {one.after})" for table, one in low.items()]
    assert not low, "\n".join([*lines, *(d for one in low.values() for d in one.differences[:SHOWN])])


def test_the_plain_texts_have_rows_of_every_table() -> None:
    total = compared("html")
    assert {table for table, one in total.items() if one.before} == set(total)


@pytest.mark.parametrize("suffix", FLOORS)
@pytest.mark.parametrize("stem", STEMS)
def test_rows_and_merged_cells_are_those_of_the_source(stem: str, suffix: str) -> None:
    with build_modules():
        from marked import SOURCES, Table, read_source

    wanted = [grid_of(b) for b in read_source(SOURCES / f"{stem}.plan").blocks if isinstance(b, Table)]
    path = FORMATS / f"{stem}.{suffix}"
    found = [
        [[(fold(c.text.replace(CELL_BREAK, "")), c.propagated) for c in row] for row in grid.rows]
        for outline in stages(path.read_bytes(), path.name, Options()).outlines
        for grid in grids(outline)
    ]
    assert found == wanted


def grid_of(table: Any) -> list[list[tuple[str, bool]]]:
    """The rectangle of a source's table: wording, and whether it is a merged cell's copy."""
    grid = [[("", False)] * table.width for _ in table.rows]
    for row, column, cell in table.placed():
        for r in range(cell.rows):
            for c in range(cell.columns):
                grid[row + r][column + c] = (fold(cell.text), bool(r or c))
    return grid


@contextmanager
def build_modules() -> Iterator[None]:
    sys.path.insert(0, str(BUILD))
    try:
        yield
    finally:
        sys.path.remove(str(BUILD))


@cache
def made() -> dict[str, bytes]:
    import runpy

    with build_modules():
        return runpy.run_path(str(BUILD / "__main__.py"), run_name="formats")["made"]()


def comparable(data: bytes) -> Any:
    """What does not depend on the compressor's version: the parts of a package, the text of a PDF."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return {info.filename: (info.date_time, packed.read(info)) for info in packed.infolist()}
    if data.startswith(b"%PDF"):
        import pypdfium2

        with pypdfium2.PdfDocument(data) as document:
            return [page.get_textpage().get_text_bounded() for page in document]
    return data


def test_every_awkward_document_is_what_the_script_makes() -> None:
    folder = CORPUS / "awkward"
    with build_modules():
        from awkward import FILES

    differing = [n for n, make in FILES.items() if comparable((folder / n).read_bytes()) != comparable(make())]
    assert differing == []
    assert {path.suffix for path in folder.iterdir()} == {".html", ".docx", ".pdf"}


def test_every_document_is_what_its_source_makes() -> None:
    assert set(made()) == {path.name for path in FORMATS.iterdir()}
    assert [
        name for name, data in made().items() if comparable((FORMATS / name).read_bytes()) != comparable(data)
    ] == []


def test_a_source_says_what_the_sample_says() -> None:
    """The blocks of each source, closed up, stand in the sample that it belongs to."""
    with build_modules():
        from marked import SOURCES, Box, Contents, Line, read_source

    missing = []
    for path in sorted(SOURCES.glob("*.plan")):
        originals = [p for p in (BUILD.parent / f"{path.stem}.hans", *CORPUS.glob(f"{path.stem}.*")) if p.is_file()]
        wording = fold(re.sub(r"\*\*|\.{3,}", "", originals[0].read_text(encoding="utf-8")))
        for block in read_source(path).blocks:
            if isinstance(block, Line):
                words = [block.text, *block.more]
            elif isinstance(block, Box):
                words = [block.caption, *block.lines]
            elif isinstance(block, Contents):
                words = [entry for entry, _ in block.entries]
            else:
                words = [cell.text for row in block.rows for cell in row]
            missing += [f"{path.stem}: {word}" for word in words if fold(word) not in wording]
    assert missing == []
