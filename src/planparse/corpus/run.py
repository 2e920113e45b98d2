"""One run: from paths to a published dataset, doing again only what has changed."""

from __future__ import annotations

import json
import os
import time
import zipfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa

from planparse.corpus.batches import divide, in_place
from planparse.corpus.discovery import discover
from planparse.corpus.looking import look, parser_key
from planparse.corpus.summary import Progress, Stage, Summary, versions
from planparse.dataset import files, publish
from planparse.dataset.assembly import Located, assemble, failures, locate, unread
from planparse.dataset.describing import describe
from planparse.dataset.lock import LOCK, writing
from planparse.dataset.manifest import MANIFEST, Entry, Manifest, corpus_digest
from planparse.dataset.ownership import RUN, foreign
from planparse.dataset.shards import SUFFIX, OldRows, Shard
from planparse.dataset.writer import Part, count_rows, write_tables
from planparse.engines import inline, pool
from planparse.engines.batch import Done, File, Work
from planparse.engines.core import Process, read_document
from planparse.model.findings import PlanparseError, UsageError
from planparse.model.options import Options

SHOWN_FAILURES = 100


def ingest(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str] = "outputs",
    *,
    jobs: int | None = None,
    options: Options | None = None,
    full: bool = False,
    force: bool = False,
    ignore: Sequence[str] = (),
    progress: Progress = lambda stage: None,
    process: Process | None = None,
) -> Summary:
    """Read all files at ``paths`` and write the dataset of what they hold to the folder ``out``.

    ``jobs`` is the number of processes (default: the processors there are); ``full`` reads unchanged files again, too;
    ``force`` replaces files in ``out`` that are no dataset's; ``ignore`` holds patterns of files and folders to leave out (see ``discover``).
    Raises UsageError where nothing can be done: paths that are not there, no files, an output that cannot be written or
    is being written. Documents that cannot be read are findings, not errors.
    """
    process = process or read_document
    options = options or Options()
    if not os.fspath(out):
        raise UsageError("The name of the folder to write to is empty; give one with --out.")
    folder = Path(out)
    _may_write(folder, paths, force)
    found = discover(paths, folder, ignore)
    if not found:
        but = " but what is to be ignored" if ignore else ""
        raise UsageError(f"There are no files to read in {', '.join(map(str, paths))}{but}.")
    with writing(folder), _system_memory():
        work = Work(process, options, folder / files.STATE / "shards", parser_key(options, process))
        run = _Run(folder, work, max(1, jobs or os.cpu_count() or 1), progress)
        try:
            return run.go(found, full)
        except OSError as error:
            raise UsageError(_unwritten(folder, error)) from error
        except (zipfile.BadZipFile, ValueError) as error:
            raise PlanparseError(f"What is in {folder} is damaged ({error}); run again with --full.") from error


@contextmanager
def _system_memory() -> Iterator[None]:
    """Have Arrow take its memory from the system: its own pool keeps a third more of it than is in use."""
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def _may_write(out: Path, paths: Sequence[str | os.PathLike[str]], force: bool) -> None:
    """Raise UsageError where a run would write into what it reads, or over what is not its own."""
    files.refuse_bytes(out)
    for path in paths:
        if os.path.isdir(path) and os.path.realpath(path) == os.path.realpath(out):
            raise UsageError(f"{path} is both read and written; choose another --out.")
    found = [] if force else foreign(out)
    if found:
        what = f"{found[0]} and {len(found) - 1} more files" if len(found) > 1 else found[0]
        raise UsageError(f"{out} holds {what}, which planparse did not write; choose another --out, or replace with --force.")


def _unwritten(out: Path, error: OSError) -> str:
    """Why a run could not write."""
    if not (out / files.STATE / LOCK).exists():
        return f"{out} is gone: it was removed or renamed while the run wrote to it. Run again."
    return f"Cannot write to {out}: {error.strerror or error}. The dataset that was there is as it was."


class _Run:
    """What the steps of a run share."""

    def __init__(self, out: Path, work: Work, jobs: int, progress: Progress) -> None:
        self.out = out
        self.work = work
        self.progress = progress
        self.summary = Summary(str(out), jobs=jobs)
        self.manifest: Manifest | None = None
        self.old: OldRows | None = None

    def go(self, found: Sequence[File], full: bool) -> Summary:
        begun = time.perf_counter()
        publish.recover(self.out)
        files.make_folder(self.work.shards)
        parts, entries = self._parts(found, full)
        with self._timed("write"):
            self._write(parts, entries)
        self.summary.seconds = time.perf_counter() - begun
        self._tell()
        return self.summary

    def _parts(self, found: Sequence[File], full: bool) -> tuple[list[Part], list[Entry]]:
        """Read what is not known yet: the rows of the dataset in order, and its manifest's entries.

        What else is known of the files goes when this returns, so that writing takes its place in memory.
        """
        with self._timed("look"):
            looked = look(found, self.work.options, self.progress)
            known = {} if full else self._known()
            if full:
                self._clear_shards()
        located, todo = _choose(looked, known)
        self.summary.reused = sum(one.source is not None for one in located.values())
        with self._timed("read"):
            while todo:
                self._read(todo, located)
                behind = {entry.path for entry in unread(located[file.path] for file in looked)}
                todo = [file for file in looked if file.path in behind]
        order = [located[file.path] for file in looked]
        parts, entries = assemble(order)
        self._count(order, entries)
        return parts, entries

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.summary.timings[name] = time.perf_counter() - begun

    def _known(self) -> dict[tuple[str, str], Located]:
        """What need not be read again, by path and hash: from the dataset, and from shards of a stopped run."""
        located: list[Located] = []
        manifest = Manifest.load(self.out)
        if manifest and manifest.key == self.work.key:
            self.old = OldRows.open(self.out)
            if self.old:
                self.manifest = manifest
                located.extend(locate(manifest.entries, self.old))
        for path in sorted(self.work.shards.iterdir()):
            shard = Shard.open(path) if path.suffix == SUFFIX else None
            if shard and shard.key == self.work.key:
                located.extend(locate(shard.entries, shard))
            else:
                path.unlink()
        return {(one.entry.path, one.entry.sha256): one for one in located if one.entry.reusable}

    def _clear_shards(self) -> None:
        files.remove_folder(self.work.shards)
        files.make_folder(self.work.shards)

    def _read(self, todo: Sequence[File], located: dict[str, Located]) -> None:
        total = sum(file.size for file in todo)
        done = size = 0

        def progress(file: File) -> None:
            nonlocal done, size
            done, size = done + 1, size + file.size
            self.progress(Stage("read", done, len(todo), size, total))

        self.progress(Stage("read", 0, len(todo), 0, total))
        with closing(self._engine(todo, progress)) as shards:
            for one in shards:
                self.summary.add_timing(one.timing.stages, one.timing.documents)
                shard = Shard(one.shard)
                located.update((one.entry.path, one) for one in locate(shard.entries, shard))
        self.summary.read += len(todo)
        self.summary.bytes_read += total

    def _engine(self, todo: Sequence[File], progress: Callable[[File], None]) -> Generator[Done, None, None]:
        if in_place(todo):
            return inline.run([todo], self.work, progress)
        return pool.run(divide(todo, self.summary.jobs), self.work, self.summary.jobs, progress)

    def _count(self, order: Sequence[Located], entries: Sequence[Entry]) -> None:
        pieces = [piece for entry in entries for piece in entry.pieces]
        self.summary.files = len(entries)
        self.summary.duplicates = sum(piece.duplicate_of is not None for piece in pieces)
        self.summary.unreadable = sum(not piece.read and piece.duplicate_of is None for piece in pieces)
        self.summary.documents = sum(piece.rows[0] for piece in pieces)
        if self.summary.unreadable:
            self.summary.failures = list(failures(order))

    def _write(self, parts: Sequence[Part], entries: Sequence[Entry]) -> None:
        if self._unchanged(entries):
            self.summary.changed = self.summary.written = False
        elif not self.summary.documents and (self.out / MANIFEST).exists():
            self.summary.written = False
            return
        else:
            self.progress(Stage("write", 0, len(entries), 0, 0))
            self._publish(parts, entries)
        self._clear_shards()

    def _unchanged(self, entries: Sequence[Entry]) -> bool:
        """Whether the dataset that is there says just this. (Failures that were tried again may say another thing.)"""
        if not self.manifest or not self.old:
            return False
        if [entry.content for entry in self.manifest.entries] != [entry.content for entry in entries]:
            return False
        return list(failures(locate(self.manifest.entries, self.old))) == self.summary.failures

    def _publish(self, parts: Sequence[Part], entries: Sequence[Entry]) -> None:
        about = versions()
        digest = corpus_digest(entries)
        os.stat(self.out)  # a folder that was removed meanwhile is not to be made again
        folder = publish.staging(self.out)
        try:
            metadata = {"planparse_version": about["planparse"], "corpus_digest": digest}
            write_tables(folder, parts, metadata, self.work.options)
            describe(folder, self.out, metadata)
            with files.create(folder / MANIFEST) as file:
                file.writelines(Manifest(self.work.key, metadata | {"versions": about}, tuple(entries)).lines())
                files.settle(file)
            publish.publish(self.out)
        except BaseException:
            publish.recover(self.out)
            raise

    def _tell(self) -> None:
        """Count the findings of the dataset, and leave ``run.json`` beside it."""
        if self.summary.written or not self.summary.changed:
            counts = count_rows(self.out)
            self.summary.records, self.summary.trust = counts.rows, counts.trust
            self.summary.findings, self.summary.findings_by_code = counts.severities, counts.codes
        about = self.summary.to_json()
        about["failures"] = about["failures"][:SHOWN_FAILURES]
        with files.whole(self.out / RUN, self.out / files.STATE) as file:
            file.write(json.dumps(about, ensure_ascii=False, indent=1).encode() + b"\n")


def _choose(looked: Sequence[File], known: dict[tuple[str, str], Located]) -> tuple[dict[str, Located], list[File]]:
    """What is known already, by path, and what is to be read: of equal files the first."""
    located: dict[str, Located] = {}
    todo: list[File] = []
    seen: set[str] = set()
    for file in looked:
        if file.sha256 and file.sha256 in seen:
            located[file.path] = Located(Entry(file.path, file.sha256, file.size), None)
        elif (file.path, file.sha256) in known:
            located[file.path] = known[file.path, file.sha256]
        else:
            todo.append(file)
        seen.add(file.sha256)
    return located, todo
