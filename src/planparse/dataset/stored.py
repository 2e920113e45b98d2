"""The files that a table lies in: one of a run on this machine, a folder of many that Spark wrote, here or in an object store."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem

from planparse.dataset.columns import BY_NAME, strings
from planparse.dataset.files import refuse_bytes
from planparse.model.findings import UsageError
from planparse.model.records import IDENTIFIERS
from planparse.model.schema import arrow_schema

NAMES = tuple(BY_NAME)
ATTEMPTS = 5
"""A run may put a new dataset in place while the files of the old one are being opened."""
SUFFIX = ".parquet"
CITATION = "CITATION.cff"
# A URL, also one that went through pathlib, which makes one slash of two. Example: s3a:/bucket/dataset
_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9]+):/+(?P<rest>.*)", re.DOTALL)
# What the citation says. Example: version: "0.1.0+schema1.0.corpus…" … value: "sha256:e25b…"
_CITED = re.compile(
    rb'^version: "(?P<planparse_version>[^"+]*)\+.*?"sha256:(?P<corpus_digest>[0-9a-f]{64})"', re.MULTILINE | re.DOTALL
)
_IN_URLS = "%:/?#[]@!$&'()*,;=~+"
"""What stands in a URL as it is; other characters (输出) are put as their codes."""
_SAME = {"s3a": "s3", "s3n": "s3", "gcs": "gs"}
"""Hadoop's names of object stores, and Arrow's."""


class Stored:
    """One table: its files, opened, whose rows are taken for one table.

    The rows of one file keep their order. Those of a folder have none: they are put in that of documents and records.
    """

    def __init__(
        self, name: str, files: Sequence[pq.ParquetFile], places: Sequence[str], system: Any, folder: bool
    ) -> None:
        self.name = name
        self.system = system
        self.files = files
        self.places = places
        self.folder = folder
        self.schema = files[0].schema_arrow if files and not folder else arrow_schema(BY_NAME[name])
        self.rows = sum(file.metadata.num_rows for file in files)

    @property
    def metadata(self) -> Mapping[bytes, bytes]:
        return self.schema.metadata or {}

    @cached_property
    def ordered(self) -> pa.Table:
        """All rows of a folder, as the schema says, by document and identifier."""
        parts = [_cast(file.read(), self.schema) for file in self.files]
        table = pa.concat_tables(parts) if parts else self.schema.empty_table()
        keys = dict.fromkeys(("doc_id", IDENTIFIERS[self.name]))
        return table.sort_by([(key, "ascending") for key in keys])

    def read(self) -> pa.Table:
        """The whole table."""
        return self.ordered if self.folder else self.files[0].read()

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows in batches; a folder is read as a whole for it."""
        if self.folder:
            yield from self.ordered.to_batches(max_chunksize=rows)
        else:
            yield from self.files[0].iter_batches(batch_size=rows, use_threads=False)

    def scan(self) -> Any:
        """The files as one Arrow dataset."""
        import pyarrow.dataset as scanning

        if not self.places:
            return scanning.dataset(self.ordered)
        return scanning.dataset(list(self.places), format="parquet", filesystem=self.system)

    def find(self, column: str, value: str) -> dict[str, Any] | None:
        """The first row with this value; row groups that cannot hold it are not read."""
        wanted = strings([value])[0]
        for file in self.files:
            at = file.schema_arrow.get_field_index(column)
            for group in range(file.num_row_groups):
                statistics = file.metadata.row_group(group).column(at).statistics
                if statistics and statistics.has_min_max and not statistics.min <= value <= statistics.max:
                    continue
                place = pc.index(file.read_row_group(group, columns=[column]).column(0), wanted).as_py()
                if place >= 0:
                    return dict(_cast(file.read_row_group(group).slice(place, 1), self.schema).to_pylist()[0])
        return None


def _cast(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table in the types of the schema: Spark has no fields that are never null, and other names inside lists."""
    return table if table.schema.equals(schema) else table.select(schema.names).cast(schema)


def open_tables(outputs: str | os.PathLike[str]) -> dict[str, Stored]:
    """All tables of a dataset: a folder, or a URL of an object store. Raises UsageError, saying what to do, for anything else."""
    system, root = _place(outputs)
    for _ in range(ATTEMPTS):
        try:
            tables = {name: _open(system, root, name) for name in NAMES}
        except FileNotFoundError:
            raise UsageError(f"There is no dataset in {named(outputs)}, or not all of it; run planparse ingest.") from None
        except (OSError, pa.ArrowException) as error:
            told = str(error).splitlines()[0].rstrip(".")
            raise UsageError(
                f"The dataset in {named(outputs)} cannot be read: {told}. Run planparse ingest again, with --full."
            ) from error
        if len({table.metadata.get(b"corpus_digest") for table in tables.values()}) == 1:
            return tables
    raise UsageError(f"The files in {named(outputs)} are not of one dataset; run planparse ingest.")


def _open(system: Any, root: str, name: str) -> Stored:
    single, folder = f"{root}/{name}{SUFFIX}", f"{root}/{name}"
    kinds = [about.type for about in system.get_file_info([single, folder])]
    whole = kinds[0] == FileType.File or kinds[1] != FileType.Directory
    places = [single] if whole else sorted(about.path for about in system.get_file_info(FileSelector(folder)) if _is_data(about.path))
    return Stored(name, [pq.ParquetFile(system.open_input_file(place)) for place in places], places, system, folder=not whole)


def _is_data(place: str) -> bool:
    name = place.rpartition("/")[2]
    return name.endswith(SUFFIX) and not name.startswith(("_", "."))


def _place(outputs: str | os.PathLike[str]) -> tuple[Any, str]:
    """The file system and the path in it."""
    refuse_bytes(outputs)
    found = _URL.fullmatch(str(outputs))
    if not found:
        return LocalFileSystem(), str(Path(outputs))
    scheme = _SAME.get(found["scheme"], found["scheme"])
    if scheme == "file":
        return LocalFileSystem(), "/" + unquote(found["rest"])
    address = f"{scheme}://{quote(found['rest'], safe=_IN_URLS)}"
    try:
        system, root = FileSystem.from_uri(address)
    except (OSError, pa.ArrowException) as error:
        told = str(error).splitlines()[0].replace(address, named(outputs))
        raise UsageError(f"{named(outputs)} cannot be reached: {told}.") from None
    return system, root.rstrip("/")


def named(outputs: str | os.PathLike[str]) -> str:
    """A place as it may be shown: of a URL neither the keys that open it nor its options."""
    found = _URL.fullmatch(str(outputs))
    return f"{found['scheme']}://{found['rest'].partition('?')[0].rpartition('@')[2]}" if found else str(outputs)


def is_url(place: str | os.PathLike[str]) -> bool:
    """Whether a place is no path of this machine, such as ``s3://bucket/dataset``."""
    return bool(_URL.fullmatch(str(place)))


def said(outputs: str | os.PathLike[str]) -> dict[bytes, bytes]:
    """What the citation beside a dataset of folders says of it: digest and version, under the names of the files' metadata."""
    system, root = _place(outputs)
    try:
        with system.open_input_stream(f"{root}/{CITATION}") as file:
            found = _CITED.search(file.read())
    except OSError:
        return {}
    return {key.encode(): value for key, value in found.groupdict().items()} if found else {}
