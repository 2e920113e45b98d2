"""Files wherever Hadoop reads and writes them: through the file systems of a running Spark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Hadoop:
    """The file systems that a Spark session knows, by URL; a path without a scheme is one of its default system."""

    spark: Any

    def _open(self, url: str) -> tuple[Any, Any]:
        path = self.spark._jvm.org.apache.hadoop.fs.Path(url)
        return path.getFileSystem(self.spark._jsc.hadoopConfiguration()), path

    def qualified(self, url: str) -> str:
        """The full URL, as Spark shows it."""
        system, path = self._open(url)
        return str(system.makeQualified(path).toString())

    def exists(self, url: str) -> bool:
        system, path = self._open(url)
        return bool(system.exists(path))

    def is_folder(self, url: str) -> bool:
        system, path = self._open(url)
        return bool(system.getFileStatus(path).isDirectory())

    def is_empty(self, url: str) -> bool:
        system, path = self._open(url)
        return len(system.listStatus(path)) == 0

    def remove(self, url: str) -> None:
        """Remove a file, or a folder and all in it; it need not be there."""
        system, path = self._open(url)
        system.delete(path, True)

    def write(self, url: str, data: bytes) -> None:
        system, path = self._open(url)
        stream = system.create(path, True)
        stream.write(bytearray(data))
        stream.close()

    def count(self, url: str) -> int:
        """The number of files at and below a place, in one call."""
        system, path = self._open(url)
        return int(system.getContentSummary(path).getFileCount())

    def files(self, url: str) -> Iterator[tuple[str, int]]:
        """All files at and below a place, with their sizes: some thousands a second."""
        system, path = self._open(url)
        if not self.is_folder(url):
            yield url, int(system.getFileStatus(path).getLen())
            return
        found = system.listFiles(path, True)
        while found.hasNext():
            about = found.next()
            yield str(about.getPath().toString()), int(about.getLen())

    def read(self, url: str) -> bytes:
        system, path = self._open(url)
        stream = system.open(path)
        try:
            return bytes(stream.readAllBytes())
        finally:
            stream.close()
