"""Made corpora of any size: the sample documents in variations, so that no two are alike."""

from __future__ import annotations

import random
import re
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
NUMBER = re.compile(r"(?<![\d.第年])\d{1,4}(?![\d.年月日号、])")
PER_FOLDER = 500


def make(folder: Path, count: int, characters: int = 0) -> int:
    """Write ``count`` documents, cut to so many characters (0: whole). Returns their bytes of UTF-8."""
    sources = [text for text in map(_utf8, sorted(CORPUS.glob("*.txt"))) if text]
    rng = random.Random(count)
    total = 0
    for number in range(count):
        text = sources[number % len(sources)]
        text = text[: characters or len(text)]
        varied = NUMBER.sub(lambda match: str(max(1, int(match[0]) + rng.randrange(-9, 60))), text)
        data = f"{varied}\n第{number}份样本。\n".encode()
        place = folder / f"{number // PER_FOLDER:05}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:08}.txt").write_bytes(data)
        total += len(data)
    return total


def _utf8(path: Path) -> str:
    """The text of a sample; none of one in another encoding, which could not be varied as text."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return ""
