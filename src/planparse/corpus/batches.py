"""How the files of a run are divided over processes."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.engines.batch import File
from planparse.engines.core import NATIVE

BATCH_FILES = 50
"""With fewer files in a batch, what a shard costs is felt."""
BATCH_BYTES = 64 << 20
"""What a batch gives is held in memory until its shard is written."""
INLINE_FILES, INLINE_BYTES = 16, 2 << 20
"""So little is read in the time that a process takes to come up."""


def in_place(files: Sequence[File]) -> bool:
    """Whether the files are few, small and harmless enough to be read without another process."""
    few = len(files) <= INLINE_FILES and sum(file.size for file in files) <= INLINE_BYTES
    return few and not any(file.head.startswith(NATIVE) for file in files)


def divide(files: Sequence[File], jobs: int) -> list[list[File]]:
    """Batches of neighbouring files, alike in bytes and as many for each process; of ``BATCH_FILES`` at least."""
    total = sum(file.size for file in files)
    rounds = max(1, len(files) // (BATCH_FILES * jobs), total // (BATCH_BYTES * jobs))
    count = min(len(files), rounds * jobs)
    batches: list[list[File]] = [[] for _ in range(count)]
    weight = len(files) + total  # an empty file has its cost, too
    before = 0
    for file in files:
        batches[before * count // weight].append(file)
        before += 1 + file.size
    return [batch for batch in batches if batch]
