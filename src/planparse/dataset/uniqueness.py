"""Every key once: checked as the rows are written, so that no corpus, however odd, gives a dataset that joins wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from planparse.model.findings import PlanparseError
from planparse.model.records import IDENTIFIERS, Record


def unique(batches: Iterable[pa.RecordBatch], model: type[Record]) -> Iterator[pa.RecordBatch]:
    """The same rows of a table. Raises PlanparseError at a key that was there before.

    The rows of one document stand together and their keys begin with its identifier: so those of one document are kept
    in memory, the identifiers of all documents, and the keys that belong to none (of findings about files).
    """
    column = IDENTIFIERS[model.table]
    done: set[str] = set()
    loose: set[str] = set()
    own: set[str] = set()
    current = ""
    for batch in batches:
        for document, key in zip(*(batch.column(name).to_pylist() for name in ("doc_id", column)), strict=True):
            if document is None or not key.startswith(document):
                known = loose
            else:
                if document != current:
                    done.add(current)
                    current, own = document, set()
                known = done if document in done else own
            if key in known or known is done:
                raise PlanparseError(f"Two rows of {model.table} have the identifier {key}: nothing was written; please report it.")
            known.add(key)
        yield batch
