"""The documents that transformations are tried on: our own corpus, and the seeds where they are at hand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planparse.cleaning.garble import repair_garble
from planparse.loaders import load
from planparse.model.options import Options
from planparse.model.records import Records
from planparse.model.text import MappedText
from planparse.pipeline import process

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
TEXT_FORMATS = (".txt", ".md")
RUN_IN = 8
"""Characters after its title from which a heading's line is a paragraph."""
_LEFT_TAG = re.compile("</p>")
"""What a repair gives back of a page's markup."""


@dataclass(frozen=True)
class Heading:
    """A heading of the untransformed run, by its place in the text."""

    start: int
    number: str
    title: str
    level: int
    ordinal: int
    run_in: bool


@dataclass(frozen=True)
class Sample:
    """A document as text, and what planparse reads in it as it is."""

    name: str
    text: str
    records: tuple[Records, ...]
    as_found: tuple[Records, ...] = ()
    """What is read in the file as it lies in its folder: with its encoding, its line ends, its garble."""

    @property
    def title(self) -> str | None:
        return self.records[0].documents[0].title if self.records and self.records[0].documents else None

    @property
    def hant(self) -> bool:
        return bool(self.records) and self.records[0].documents[0].script == "hant"

    def headings(self, depth: int) -> list[Heading] | None:
        """The numbered headings down to a level; None where the number of one does not stand where the record says."""
        found = []
        for row in (row for records in self.records for row in records.sections):
            if row.level > depth or not row.number_raw or not row.ordinal:
                continue
            number = self.text[row.source_start : row.source_start + len(row.number_raw)]
            if unicodedata.normalize("NFKC", number) != unicodedata.normalize("NFKC", row.number_raw):
                return None
            line = self.text[row.source_start :].split("\n", 1)[0]
            run_in = len(line.strip()) > len(number) + len(row.title) + RUN_IN
            found.append(Heading(row.source_start, number, row.title, row.level, row.ordinal, run_in))
        return found

    def body_start(self) -> int:
        """Where the first section begins."""
        starts = [row.source_start for records in self.records for row in records.sections]
        return min(starts, default=0)

    def tables(self) -> list[tuple[int, int]]:
        """The spans of rows that were read from tables: their lines are not paragraphs."""
        rows: list[Any] = []
        for records in self.records:
            rows += records.indicators
            rows += [row for row in (*records.tasks, *records.projects) if row.source == "table"]
        return [(row.source_start, row.source_end) for row in rows]


def read(data: bytes, name: str) -> tuple[Records, ...]:
    """All records of one file."""
    return tuple(process(data, name, Options()))


@cache
def samples() -> tuple[Sample, ...]:
    """Every plain text of the corpus and the seeds, decoded, with line ends as on Unix.

    The garble that some of them carry is undone: it is a transformation of its own, and damaged bytes cannot be taken
    through another one.
    """
    folders = [ROOT / "corpus", SEEDS]
    paths = [p for folder in folders if folder.is_dir() for p in sorted(folder.iterdir()) if p.suffix in TEXT_FORMATS]
    found = []
    for path in paths:
        text = load(path.read_bytes(), path.name, Options()).text.replace("\r\n", "\n")
        text = text if "?" not in text else _LEFT_TAG.sub("", repair_garble(MappedText.identity(text))[0].text)
        found.append(Sample(path.name, text, read(text.encode(), path.name), read(path.read_bytes(), path.name)))
    return tuple(found)
