"""Write the six sample documents that stand in every format, from one source each (`sources/*.plan`), and four awkward ones:

    python corpus/.build/formats

The same sources always give the same documents.
"""

from __future__ import annotations

from pathlib import Path

from as_docx import write_docx
from as_html import write_html
from as_pdf import write_pdf
from as_text import write_text
from awkward import FILES
from marked import SOURCES, read_source

CORPUS = Path(__file__).resolve().parents[2]
FOLDER = CORPUS / "formats"
AWKWARD = CORPUS / "awkward"


def made() -> dict[str, bytes]:
    """Every document by its name. A plain text is written only where the corpus has the document as Markdown."""
    found = {}
    for shape, path in enumerate(sorted(SOURCES.glob("*.plan"))):
        source = read_source(path)
        found[f"{path.stem}.html"] = write_html(source, shape)
        found[f"{path.stem}.docx"] = write_docx(source)
        found[f"{path.stem}.pdf"] = write_pdf(source)
        if not (CORPUS / f"{path.stem}.txt").is_file():
            found[f"{path.stem}.txt"] = write_text(source)
    return found


def main() -> None:
    """Write them into `corpus/formats/` and `corpus/awkward/`."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in made().items():
        (FOLDER / name).write_bytes(data)
    for name, make in FILES.items():
        (AWKWARD / name).write_bytes(make())


if __name__ == "__main__":
    main()
