"""What lies beside the tables and tells people, catalogues and other programs what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from planparse.dataset import files
from planparse.dataset.describing.card import card
from planparse.dataset.describing.citation import citation
from planparse.dataset.describing.croissant import croissant
from planparse.dataset.describing.datapackage import datapackage
from planparse.dataset.describing.facts import WRITTEN, Facts, gather

NEAR = 4096
"""Bytes in which the mark of our own files is looked for."""
_WRITERS: dict[str, Callable[[Facts], str]] = {
    "CITATION.cff": citation,
    "README.md": card,
    "croissant.json": croissant,
    "datapackage.json": datapackage,
}


def describe(folder: Path, out: Path, about: Mapping[str, str]) -> None:
    """Write the descriptions of the tables in ``folder`` beside them: the same tables, the same bytes.

    They are to be published to ``out``: a file of somebody's own that stands there under such a name is left alone.
    """
    for name, text in descriptions(gather(folder, about)):
        if _own(out / name):
            continue
        with files.create(folder / name) as file:
            file.write(text)
            files.settle(file)


def descriptions(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Each description by the name of its file: what is written wherever the tables are."""
    for name, write in _WRITERS.items():
        yield name, write(facts).encode()


def _own(path: Path) -> bool:
    """Whether the file there is not ours to replace."""
    try:
        with open(path, "rb") as file:
            return WRITTEN.encode() not in file.read(NEAR)
    except OSError:
        return False
