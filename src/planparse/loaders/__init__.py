"""Bytes → SourceDocument: what the file is shows in its content; its name is never asked."""

from __future__ import annotations

from planparse.loaders.sniff import Format, Kind, sniff
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits, Options
from planparse.model.source import SourceDocument

_OFFICE_TYPES = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}

__all__ = ["Format", "Kind", "load", "sniff"]


def load(data: bytes, path: str, options: Options) -> SourceDocument:
    """Read one document. ``path`` only goes into the result.

    Raises DocumentError, with one sentence that says why and what to do, for whatever cannot be read.
    """
    limits = options.limits
    if not data:
        raise DocumentError(Code.EMPTY_DOCUMENT, "file")
    if len(data) > limits.max_bytes:
        raise DocumentError(Code.LIMIT_EXCEEDED, "bytes", size=len(data), limit=limits.max_bytes)
    found = sniff(data)
    if found.kind is Kind.OFFICE and options.convert:
        return _converted(data, path, limits, found)
    return _read(data, path, options, found)


def _read(data: bytes, path: str, options: Options, found: Format) -> SourceDocument:
    limits = options.limits
    if found.kind is Kind.TEXT:
        from planparse.loaders.text import load_text

        return load_text(data, path, limits)
    if found.kind is Kind.HTML:
        from planparse.loaders.html import load_html

        return load_html(data, path, limits)
    if found.kind is Kind.DOCX:
        from planparse.loaders.docx import load_docx

        return load_docx(data, path, limits)
    if found.kind is Kind.PDF:
        from planparse.loaders.pdf import load_pdf

        return load_pdf(data, path, limits, options.thresholds)
    advice = found.advice or "unpack it and give one of the files in it"
    raise DocumentError(Code.UNSUPPORTED_FORMAT, "format", format=found.name, advice=advice)


def _converted(data: bytes, path: str, limits: Limits, found: Format) -> SourceDocument:
    """An old Office document by way of .docx; identifier, size and media type stay those of the file itself."""
    import hashlib
    from dataclasses import replace

    from planparse.loaders.convert import to_docx
    from planparse.loaders.docx import load_docx

    source = load_docx(to_docx(data, found.suffix, limits), path, limits)
    media_type = _OFFICE_TYPES.get(found.suffix, source.media_type)
    return replace(source, sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
