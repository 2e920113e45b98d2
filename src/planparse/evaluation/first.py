"""What each gold file scored when it was first measured, kept beside the floors: as near to blind as it gets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from planparse.evaluation.figures import ORDER, share
from planparse.evaluation.scores import DocumentScore
from planparse.model.findings import UsageError

HEADER = """\
# What each gold file scored on the first run of the whole way from bytes to records: rows in gold, rows found, pairs;
# of `documents`, fields stated, fields stated, fields right. Written once for each file and never changed.
"""
First = dict[str, dict[str, tuple[int, int, int]]]


def read_first(path: Path) -> First:
    """The kept counts by gold file and table; empty where nothing was kept yet."""
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: {t: (int(c[0]), int(c[1]), int(c[2])) for t, c in row.items()} for name, row in content.items()}
    except (OSError, tomllib.TOMLDecodeError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def with_new(kept: First, scores: Iterable[DocumentScore]) -> First:
    """What is kept, and the counts of gold files that are measured for the first time."""
    return kept | {
        score.gold.name: _counts(score) for score in scores if score.gold.split and score.gold.name not in kept
    }


def _counts(score: DocumentScore) -> dict[str, tuple[int, int, int]]:
    counts = {table: (count.gold, count.found, count.matched) for table, count in score.counts.items()}
    if "documents" not in counts:
        return counts
    fields = score.counts["documents"].fields.values()
    stated = sum(item.stated for item in fields)
    return counts | {"documents": (stated, stated, sum(item.right for item in fields))}


def write_first(path: Path, kept: First) -> None:
    """Write the file; equal content gives equal bytes."""
    lines = [HEADER.rstrip("\n")]
    for name in sorted(kept):
        lines += ["", f"[{name}]", *(f"{table} = {list(kept[name][table])}" for table in ORDER if table in kept[name])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def first_figures(kept: First, names: Sequence[str]) -> dict[str, float]:
    """F1 by table (of ``documents``, the share of fields right) over the first runs of these gold files."""
    figures = {}
    for table in ORDER:
        counts = [kept[name][table] for name in names if table in kept.get(name, {})]
        gold, found, matched = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
        if gold + found:
            figures[table] = share(2 * matched, gold + found)
    return figures
