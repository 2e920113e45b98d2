"""Gold files: what they say, and where the documents are that they speak of."""

from __future__ import annotations

import glob
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.evaluation.tables import RULES, Row
from planparse.model.findings import UsageError

SEARCH_DEPTH = 2
"""How far below a folder its documents are looked for."""
SPLITS = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file. A table that it does not have is not scored; a field that a row does not have neither."""

    name: str
    path: Path
    source_file: str
    source: Path | None
    """The document, where it was found."""
    split: str | None
    document: Row
    tables: dict[str, list[Row]]

    @property
    def format(self) -> str:
        """How the document is written: txt, md, html, docx, pdf."""
        return Path(self.source_file).suffix.lstrip(".").lower() or "txt"

    @property
    def plan_kind(self) -> str:
        return str(self.document.get("plan_kind") or "other")


def read_gold(path: Path, sources: Sequence[Path]) -> Gold:
    """Read one gold file and look for its document in ``sources``."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        document, source_file = content["document"], content["source_file"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        needs = "it needs `source_file`, `document` and a list for each table"
        raise UsageError(f"{path} is not a gold file ({error!r}): {needs}") from error
    return Gold(
        name=path.stem,
        path=path,
        source_file=source_file,
        source=find_source(source_file, sources),
        split=content.get("split"),
        document=document,
        tables={rule.name: content[rule.name] for rule in RULES if rule.name in content},
    )


def find_source(name: str, folders: Iterable[Path]) -> Path | None:
    """The file of this name in one of the folders or up to two levels below; the first in order."""
    for folder in folders:
        for depth in range(SEARCH_DEPTH + 1):
            found = sorted(path for path in folder.glob("*/" * depth + glob.escape(Path(name).name)) if path.is_file())
            if found:
                return found[0]
    return None


def gold_files(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """The gold files of a folder in order of their names (or the file itself); with ``names``, only those stems."""
    if folder.is_file():
        return [folder]
    found = sorted(folder.glob("*.json"))
    return [path for path in found if path.stem in names] if names else found


def usual_sources(folder: Path) -> list[Path]:
    """Where documents are looked for when nobody says: with the gold, beside it, and in ``corpus``."""
    home = folder if folder.is_dir() else folder.parent
    return [home, Path("corpus"), home.resolve().parent]


def read_folder(folder: Path, sources: Sequence[Path], split: str | None, names: Sequence[str] = ()) -> Iterator[Gold]:
    """The gold files of a folder, of one split where one is asked for."""
    for path in gold_files(folder, names):
        gold = read_gold(path, sources or usual_sources(folder))
        if split is None or gold.split == split:
            yield gold
