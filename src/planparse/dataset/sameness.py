"""A digest of the rows of a dataset, by which two machines can tell whether they hold the same data, however it is stored."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planparse.dataset.stored import NAMES

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset


def digest_of_rows(data: Dataset) -> str:
    """One SHA-256 for all rows, table by table; the order in which they are stored, files and compression do not count."""
    whole = hashlib.sha256()
    for name in NAMES:
        rows = sorted(
            hashlib.sha256(repr(sorted(row.items())).encode(errors="surrogatepass")).digest() for batch in data.batches(name) for row in batch.to_pylist()
        )
        whole.update(f"{name} {len(rows)}\0".encode())
        whole.update(b"".join(rows))
    return whole.hexdigest()
