"""Text → Parquet, against cutting the same text into words with jieba in the same run."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Figure, best, cost, cpu_seconds

COPIES = 40


def texts_in(folder: Path) -> list[str]:
    """The texts of a folder, smallest name first; those that are not UTF-8 are left out."""
    found = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".md"}):
        try:
            found.append(path.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            continue
    return found


def write_copies(texts: list[str], folder: Path, copies: int) -> int:
    """Every text so many times, each with a line of its own, so that no two are the same file. Returns the characters."""
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for copy in range(copies):
        for number, text in enumerate(texts):
            own = f"{text}\n{hashlib.sha256(f'{copy}/{number}'.encode()).hexdigest()[:12]}\n"
            (folder / f"{copy:03}_{number:02}.txt").write_text(own, encoding="utf-8")
            total += len(own)
    return total


def to_parquet(texts: list[str], copies: int = COPIES) -> Figure:
    """One job over every text ``copies`` times, its start and the writing of the dataset included."""
    import jieba

    from planparse import ingest

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    once = sum(map(len, texts))
    cut = min(cost(lambda: [jieba.lcut(text) for text in texts]) for _ in range(2)) / once
    with tempfile.TemporaryDirectory() as place:
        corpus, out = Path(place) / "corpus", Path(place) / "out"
        characters = write_copies(texts, corpus, copies)
        begun = cpu_seconds()
        summary = ingest([corpus], out, jobs=1)
        spent = cpu_seconds() - begun
    cut = min(cut, cost(lambda: [jieba.lcut(text) for text in texts]) / once)
    speed = cut * characters / spent
    detail = f"{summary.documents} documents, {characters:,} characters, {spent / characters * 1e9:.0f} ns each"
    return Figure("speed of text → Parquet, one job, to jieba.lcut", speed, detail)


def to_records(texts: list[str]) -> Figure:
    """The parser alone, warm, each text once a round."""
    from planparse.pipeline import stages

    data = [text.encode() for text in texts]
    return _to_cutting("text → records", texts, lambda: [stages(one, "text.txt") for one in data])


def to_outlines(texts: list[str]) -> Figure:
    """Cleaning and outline alone, tables included, likewise."""
    from planparse.cleaning import clean
    from planparse.loaders import load
    from planparse.model.options import Options
    from planparse.outline import outline

    sources = [load(text.encode(), "text.txt", Options()) for text in texts]
    return _to_cutting("text → outlines", texts, lambda: [outline(clean(source)) for source in sources])


def _to_cutting(what: str, texts: list[str], work: Callable[[], object]) -> Figure:
    """How fast some work is, warm, against cutting the same texts."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    cut, spent = best([lambda: [jieba.lcut(text) for text in texts], work])
    detail = f"{len(texts)} documents, {spent / sum(map(len, texts)) * 1e9:.0f} ns a character, least of five"
    return Figure(f"speed of {what}, warm, to jieba.lcut", cut / spent, detail)
