"""Archives → their members, in memory: nothing is written to disk, and no name in an archive is ever used as a path."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from planparse.loaders.sniff import GZIP, TAR, ZIP, Format, Kind, sniff
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Limits

MAX_NESTING = 3
"""Archives within archives."""
SMALL = 10 * 1024 * 1024
"""Members up to this size are read however well they were packed."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError),
    *(RuntimeError, ValueError),  # zipfile's for methods, passwords and fields that it lacks
)
_EXTENDED = {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
LONGEST_HEADER = 1 << 20
"""Bytes of what a tar says of one member; names and attributes take a thousandth of it."""
# So many digits in a row are in no name; tarfile reads numbers by a pattern that costs the square of their length.
_DIGITS = re.compile(rb"[0-9]{200}")
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(slots=True)
class _Budget:
    """What is left of the limits."""

    limits: Limits
    members: int = 0
    unpacked: int = 0

    def refusal(self, name: str, size: int, packed: int) -> Note | None:
        """Why a member is not read; None where it may be."""
        limits = self.limits
        if size > limits.max_bytes:
            return Note.of(Code.LIMIT_EXCEEDED, "member_bytes", name=name, size=size, limit=limits.max_bytes)
        if size > SMALL and size > limits.max_ratio * max(1, packed):
            return Note.of(Code.LIMIT_EXCEEDED, "member_ratio", name=name, limit=limits.max_ratio)
        if self.unpacked + size > limits.max_archive_bytes:
            return Note.of(Code.LIMIT_EXCEEDED, "members_bytes", name=name, limit=limits.max_archive_bytes)
        return None


class _Member(tarfile.TarInfo):
    """A member of a tar whose extended header is looked at before tarfile takes it apart."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        if self.type in _EXTENDED:
            assert archive.fileobj
            place = archive.fileobj.tell()
            if self.size > LONGEST_HEADER or _DIGITS.search(archive.fileobj.read(self.size)):
                raise tarfile.HeaderError("bad header")
            archive.fileobj.seek(place)
        found: tarfile.TarInfo | None = super()._proc_member(archive)  # type: ignore[misc]
        return found


def is_archive(data: bytes) -> bool:
    """Whether the bytes are an archive of documents (.zip, .tar, .tar.gz, .gz), not a document in a zip container."""
    return sniff(data).kind is Kind.ARCHIVE


def members(data: bytes, path: str, limits: Limits) -> Iterator[tuple[str, bytes] | Note]:
    """The files of an archive, also of archives in it: ``path!/name`` and content, or a Note on one that is not read.

    Names are decoded (GBK as well as UTF-8); directories, links and clutter of operating systems are passed over.
    Raises DocumentError where the archive itself cannot be opened.
    """
    return _members(data, path, sniff(data), _Budget(limits), 1)


def _members(data: bytes, path: str, found: Format, budget: _Budget, depth: int) -> Iterator[tuple[str, bytes] | Note]:
    if found == ZIP:
        inside = _zip(data, budget)
    elif found == TAR:
        inside = _tar(data, budget)
    elif found == GZIP:
        inside = _gzip(data, path, budget)
    else:
        raise DocumentError(Code.UNSUPPORTED_FORMAT, "no_archive", format=found.name)
    for member in inside:
        if isinstance(member, Note):
            yield member
            continue
        name, content = member
        inner_path = f"{path}!/{name}"
        inner = sniff(content)
        if inner.kind is not Kind.ARCHIVE:
            budget.members += 1
            yield inner_path, content
        elif depth >= MAX_NESTING:
            yield Note.of(Code.LIMIT_EXCEEDED, "nested", name=name, depth=depth)
        else:
            try:
                yield from _members(content, inner_path, inner, budget, depth + 1)
            except DocumentError as error:
                yield error.note.within(member=name)
        if budget.members >= budget.limits.max_members:
            yield Note.of(Code.LIMIT_EXCEEDED, "members", limit=budget.limits.max_members)
            return


def _zip(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes] | Note]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED:
        raise _damaged() from None
    for info in archive.infolist():
        name = safe_name(info.filename if info.flag_bits & _UTF8_NAME else _decoded(info.filename, "cp437"))
        if info.filename.endswith("/") or is_clutter(name):  # is_dir fails on a member without a name
            continue
        if info.flag_bits & _ENCRYPTED:
            yield Note.of(Code.UNREADABLE_FILE, "password", name=name)
            continue
        refusal = budget.refusal(name, info.file_size, info.compress_size)
        if refusal:
            yield refusal
            continue
        try:
            with archive.open(info) as stream:
                content = stream.read()
        except _DAMAGED:
            yield Note.of(Code.UNREADABLE_FILE, "member_damaged", name=name)
            continue
        budget.unpacked += len(content)
        yield name, content


def _tar(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes] | Note]:
    try:
        archive = tarfile.TarFile(fileobj=io.BytesIO(data), tarinfo=_Member, encoding="utf-8", errors="surrogateescape")
    except _DAMAGED:
        raise _damaged() from None
    broken = Note(Code.UNREADABLE_FILE, "archive_breaks_off")
    with archive:
        while True:
            try:
                info = archive.next()
            except _DAMAGED:
                yield broken
                return
            if info is None:
                if data[archive.offset : archive.offset + tarfile.BLOCKSIZE].strip(b"\0"):
                    yield broken  # tarfile ends at what is no header as it does at the end
                return
            name = safe_name(_decoded(info.name, "utf-8"))
            if not info.isreg() or is_clutter(name):
                continue
            refusal = budget.refusal(name, info.size, info.size)
            if refusal:
                yield refusal
                continue
            content = data[info.offset_data : info.offset_data + info.size]
            if len(content) < info.size or info.issparse():
                yield Note.of(Code.UNREADABLE_FILE, "cut_off", name=name)
                continue
            budget.unpacked += len(content)
            yield name, content


def _gzip(data: bytes, path: str, budget: _Budget) -> Iterator[tuple[str, bytes] | Note]:
    limits = budget.limits
    most = min(limits.max_archive_bytes - budget.unpacked, max(SMALL, limits.max_ratio * len(data)))
    try:
        content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(most + 1)
    except _DAMAGED:
        raise _damaged() from None
    name = safe_name(path.rsplit("/", 1)[-1])
    name = name.removesuffix(".gz") if name != ".gz" else "member"
    if len(content) > most:
        yield Note.of(Code.LIMIT_EXCEEDED, "member_unpacked", name=name)
    elif sniff(content) == TAR:
        yield from _tar(content, budget)
    else:
        budget.unpacked += len(content)
        yield name, content


def safe_name(name: str) -> str:
    """A member's name that only names: no drive, no leading slash, no ``..``, no control characters."""
    parts = name.replace("\\", "/").split("/")
    kept = ["".join(c for c in part if c >= " " and c != "\x7f") for part in parts if part not in ("", ".", "..")]
    if kept and len(kept[0]) == 2 and kept[0][1] == ":":
        kept = kept[1:]
    return "/".join(kept) or "member"


def _decoded(name: str, read_as: str) -> str:
    """A name whose bytes were read as ``read_as``, in the encoding that they are in: UTF-8 or GBK."""
    try:
        raw = name.encode(read_as, "surrogateescape")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def is_clutter(name: str) -> bool:
    """Whether a file is one that systems and Word leave beside documents."""
    last = name.rsplit("/", 1)[-1]
    return name.startswith(_CLUTTER[0]) or last in _CLUTTER or last.startswith(("._", "~$"))


def _damaged() -> DocumentError:
    return DocumentError(Code.UNREADABLE_FILE, "archive_damaged")
