"""Parts of other formats that a Word document embeds (``altChunk``). Word shows them as text, and takes them in when it saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planparse.loaders.sniff import Kind, sniff
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Limits
from planparse.model.source import SourceDocument

_MIME = b"mime-version:"
Load = Callable[[bytes, Limits], SourceDocument]
"""Reads a Word document within another; None where that is within one itself."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What stands where a part is embedded: its text as a document of its own, or why there is none."""

    source: SourceDocument | None = None
    note: Note | None = None


class Chunks:
    """The embedded parts of one document, by the identifiers of their relations. What they hold together stays within the limits."""

    def __init__(
        self, targets: Mapping[str, str | None], content: Callable[[str], bytes | None], limits: Limits, load: Load | None
    ) -> None:
        self._targets = targets
        self._content = content
        self._limits = limits
        self._load = load
        self._length = 0

    def __call__(self, identifier: str) -> Embedded:
        """Read an embedded part: a web page, text, or a Word document that embeds nothing itself. Nothing is fetched."""
        target = self._targets.get(identifier)
        data = self._content(target) if target else None
        if data is None:
            return Embedded(None, Note(Code.UNREADABLE_FILE, "part_missing" if target else "part_outside"))
        try:
            found = self._read(data)
        except DocumentError as error:
            if error.note.code is Code.EMPTY_DOCUMENT:
                return Embedded()
            return Embedded(None, error.note.within(embedded=""))
        if isinstance(found, Embedded):
            return found
        self._length += len(found.text)
        if self._length > self._limits.max_chars:
            raise DocumentError(Code.LIMIT_EXCEEDED, "parts", limit=self._limits.max_chars)
        return Embedded(found)

    def _read(self, data: bytes) -> SourceDocument | Embedded:
        page = _page_of(data)
        found = sniff(page)
        if found.kind is Kind.HTML:
            from planparse.loaders.html import load_html

            return load_html(page, "", self._limits)
        if found.kind is Kind.TEXT:
            from planparse.loaders.text import load_text

            return load_text(page, "", self._limits)
        if found.kind is Kind.DOCX and self._load:
            return self._load(page, self._limits)
        return Embedded(None, Note.of(Code.UNSUPPORTED_FORMAT, "part", format=found.name))


def _page_of(data: bytes) -> bytes:
    """The web page in a web archive (.mht), as programs embed that make documents of pages; anything else as it is."""
    if data.lstrip()[: len(_MIME)].lower() != _MIME:
        return data
    import email

    for part in email.message_from_bytes(data.lstrip()).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            return content
    return data
