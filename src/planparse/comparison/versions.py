"""One side of a comparison: a dataset in a folder, or a document read on the fly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.api import parse
from planparse.comparison.model import Row
from planparse.dataset.columns import BY_NAME
from planparse.dataset.reader import read
from planparse.dataset.stored import is_url
from planparse.model.findings import UsageError
from planparse.model.options import Options
from planparse.model.records import OF_PLANS
from planparse.model.schema import columns

READ = ("documents", *OF_PLANS)


@dataclass(frozen=True, slots=True)
class Version:
    """Documents with their records: by ``doc_id`` the rows of each compared table."""

    name: str
    documents: tuple[Row, ...]
    tables: Mapping[str, Mapping[str, list[Row]]]

    def rows(self, doc_id: str, table: str) -> list[Row]:
        """The rows of one document in one table, in order."""
        return self.tables[doc_id][table]


def version(path: Path, options: Options | None = None) -> Version:
    """The dataset in a folder, or the plans in a file. Raises UsageError where there is neither."""
    if path.is_dir() or is_url(path):
        dataset = read(path)
        return _version(str(path), {name: _whole(name, dataset.table(name).to_pylist()) for name in READ})
    if not path.exists():
        raise UsageError(f"There is no file or folder {path}.")
    try:
        found = parse(path, options)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if not found.documents:
        reasons = [finding.message for finding in found.findings if finding.severity == "error"]
        raise UsageError(f"{path} cannot be read. {reasons[0] if reasons else 'It holds no document.'}")
    return _version(str(path), {name: [row.model_dump() for row in getattr(found, name)] for name in READ})


def _whole(table: str, rows: list[Row]) -> list[Row]:
    """The rows with every column: an older dataset may lack some."""
    blank: Row = {column.name: [] if column.kind.startswith("list") else None for column in columns(BY_NAME[table])}
    return [blank | row for row in rows]


def _version(name: str, rows: Mapping[str, list[dict[str, Any]]]) -> Version:
    tables: dict[str, dict[str, list[Row]]] = {
        document["doc_id"]: {table: [] for table in OF_PLANS} for document in rows["documents"]
    }
    for table in OF_PLANS:
        for row in rows[table]:
            tables[row["doc_id"]][table].append(row)
    return Version(name, tuple(rows["documents"]), tables)
