"""Bytes → SourceDocument: what the file is shows in its content; its name is never asked."""

from __future__ import annotations

from planparse.loaders.sniff import Format, Kind, sniff
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits, Options
from planparse.model.source import SourceDocument

__all__ = ["Format", "Kind", "load", "sniff"]


def load(data: bytes, path: str, options: Options) -> SourceDocument:
    """Read one document. ``path`` only goes into the result.

    Raises DocumentError, with one sentence that says why and what to do, for whatever cannot be read.
    """
    limits = options.limits
    if not data:
        raise DocumentError(Code.EMPTY_DOCUMENT, "The file is empty.")
    if len(data) > limits.max_bytes:
        message = f"The file has {len(data):,} bytes; the limit is {limits.max_bytes:,} (Limits.max_bytes)."
        raise DocumentError(Code.LIMIT_EXCEEDED, message)
    found = sniff(data)
    return _read(data, path, limits, found)


def _read(data: bytes, path: str, limits: Limits, found: Format) -> SourceDocument:
    if found.kind is Kind.TEXT:
        from planparse.loaders.text import load_text

        return load_text(data, path, limits)
    if found.kind is Kind.HTML:
        from planparse.loaders.html import load_html

        return load_html(data, path, limits)
    if found.kind is Kind.DOCX:
        from planparse.loaders.docx import load_docx

        return load_docx(data, path, limits)
    raise DocumentError(Code.UNSUPPORTED_FORMAT, f"The file is {found.name}, which is not read: {found.advice}.")
