"""The closed list of finding codes, each with its severity and what it says; and the exceptions for unreadable files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """What can be found; the text after each says what it means for a reader of the data."""

    # the file
    UNREADABLE_FILE = "unreadable_file"  # could not be opened or is no document
    UNSUPPORTED_FORMAT = "unsupported_format"  # recognised, but not read; convert it first
    NO_TEXT_LAYER = "no_text_layer"  # a page that is only a picture
    BROKEN_TEXT_LAYER = "broken_text_layer"  # a page whose text is not what it shows
    LIMIT_EXCEEDED = "limit_exceeded"  # size, depth, ratio or time
    WORKER_DIED = "worker_died"  # the process that read it ended
    DUPLICATE_DOCUMENT = "duplicate_document"  # the same bytes stand at another path
    EMPTY_DOCUMENT = "empty_document"  # no text to read
    # its characters
    UNDECODABLE_BYTES = "undecodable_bytes"  # stray bytes shown as U+FFFD
    MOJIBAKE = "mojibake"  # text decoded with the wrong encoding
    GARBLED_TEXT = "garbled_text"  # damaged, not repaired with certainty
    REPAIRED_TEXT = "repaired_text"  # damaged, repaired with certainty
    INJECTED_TEXT = "injected_text"  # spam, hijack markup or hidden text
    IMAGE_TABLE = "image_table"  # a picture where a table may be
    # the document
    NO_HEADINGS = "no_headings"  # no section structure found
    NUMBERING_GAP = "numbering_gap"  # a heading's number is not the next
    TOC_BODY_MISMATCH = "toc_body_mismatch"  # the contents list a heading that the body lacks
    PLACEHOLDER = "placeholder"  # XX, ×× or ** where a value should be
    COUNT_MISMATCH = "count_mismatch"  # a stated count differs from what is listed
    METADATA_INVALID = "metadata_invalid"  # a document number or date that fails its grammar
    # the records
    TABLE_UNREAD = "table_unread"  # a table whose grid could not be rebuilt
    VALUE_UNREAD = "value_unread"  # a cell whose wording is kept but whose value is not read
    REJECTED_RECORD = "rejected_record"  # did not validate and was not written


SEVERITY: dict[Code, Severity] = {
    Code.UNREADABLE_FILE: Severity.ERROR,
    Code.UNSUPPORTED_FORMAT: Severity.ERROR,
    Code.NO_TEXT_LAYER: Severity.WARNING,
    Code.BROKEN_TEXT_LAYER: Severity.ERROR,
    Code.LIMIT_EXCEEDED: Severity.ERROR,
    Code.WORKER_DIED: Severity.ERROR,
    Code.DUPLICATE_DOCUMENT: Severity.INFO,
    Code.EMPTY_DOCUMENT: Severity.ERROR,
    Code.UNDECODABLE_BYTES: Severity.WARNING,
    Code.MOJIBAKE: Severity.ERROR,
    Code.GARBLED_TEXT: Severity.WARNING,
    Code.REPAIRED_TEXT: Severity.INFO,
    Code.INJECTED_TEXT: Severity.INFO,
    Code.IMAGE_TABLE: Severity.WARNING,
    Code.NO_HEADINGS: Severity.WARNING,
    Code.NUMBERING_GAP: Severity.WARNING,
    Code.TOC_BODY_MISMATCH: Severity.INFO,
    Code.PLACEHOLDER: Severity.INFO,
    Code.COUNT_MISMATCH: Severity.WARNING,
    Code.METADATA_INVALID: Severity.WARNING,
    Code.TABLE_UNREAD: Severity.WARNING,
    Code.VALUE_UNREAD: Severity.INFO,
    Code.REJECTED_RECORD: Severity.ERROR,
}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding on its way to the dataset. Spans are in the source text, or None where there is none."""

    code: Code
    message: str
    start: int | None = None
    end: int | None = None

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.code]


class PlanparseError(Exception):
    """Anything that planparse itself refuses. ::

    PlanparseError
    ├── DocumentError      one document cannot be read: carries its finding; the run goes on
    └── UsageError         wrong arguments or nothing to read: one sentence, exit code 2
    """


class DocumentError(PlanparseError):
    """One document cannot be read; ``note`` is the finding that says why and what to do."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.note = Note(code, message)


class UsageError(PlanparseError):
    """The call cannot be carried out; the message is one sentence that says what to do."""
