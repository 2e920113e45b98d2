"""Gold documents as damages take them: the cleaned text, and where its gold headings stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fitting.gold_places import Located, locate
from planparse.cleaning import clean
from planparse.evaluation.gold import Gold, read_folder
from planparse.loaders import load
from planparse.model.options import Options
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_END, TABLE_START


@dataclass(frozen=True, slots=True)
class GoldText:
    """A gold document: its cleaned text, and its headings in it."""

    gold: Gold
    text: str
    located: Located


def read_texts(folder: Path, sources: Sequence[Path], names: Sequence[str] = ()) -> Iterator[GoldText]:
    """The gold documents of a folder that state sections and whose documents are there; with ``names``, only those."""
    for gold in read_folder(folder, sources, None, names):
        sections = gold.tables.get("sections")
        if sections and gold.source is not None:
            text = clean(load(gold.source.read_bytes(), gold.source.name, Options())).text.text
            yield GoldText(gold, text, locate(text, sections))


def as_plain(text: str) -> str:
    """The text with its table lines as rows of cells between bars, as a plain text shows them."""
    return "\n".join(_rows(line) if line.startswith(TABLE_START) else line for line in text.split("\n"))


def _rows(line: str) -> str:
    rows = line.strip(TABLE_START + TABLE_END).split(ROW_END)
    cells = [row.replace(CELL_BREAK, " ").split(CELL_END)[:-1] for row in rows if row]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
