"""What tells whether a file must be read again: its hash, and all else that its records depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from planparse.corpus.summary import Progress, Stage, versions
from planparse.engines.batch import File, open_file
from planparse.engines.core import Process
from planparse.model.findings import DocumentError
from planparse.model.options import Options

HEAD = 8
"""First bytes of a file that are kept: enough for a magic number."""


def look(found: Sequence[File], options: Options, progress: Progress) -> list[File]:
    """The files with their hashes and first bytes; without, where a file cannot be read or is too large to be.

    The engine finds the same out, and says so in a finding.
    """
    looked = []
    total = sum(file.size for file in found)
    size = 0
    for number, file in enumerate(found, 1):
        looked.append(_look(file, options))
        size += file.size
        progress(Stage("look", number, len(found), size, total))
    return looked


def _look(file: File, options: Options) -> File:
    if file.size > options.limits.max_bytes:
        return file
    try:
        with open_file(file.place) as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            return replace(file, sha256=hashlib.file_digest(stream, "sha256").hexdigest(), head=head)
    except (OSError, DocumentError):
        return file


def parser_key(options: Options, process: Process) -> str:
    """One hash for all that records depend on besides the bytes: versions, program text, options.

    The limits of time and memory are left out: they decide only over failures, and those are tried again anyway.
    """
    told = asdict(options)
    for limit in ("timeout", "memory"):
        told["limits"].pop(limit)
    about = [versions(), program_digest(), f"{process.__module__}.{process.__qualname__}", told]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:16]


@cache
def program_digest() -> str:
    """A hash of the package's own files: a version number does not change with every edit. What Python compiles comes and goes."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for path in sorted(path for path in root.rglob("*") if "__pycache__" not in path.parts and path.is_file()):
        digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()
