"""The closed list of finding codes, each with its severity and what it says; and the exceptions for unreadable files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from planparse.data import vocabulary
from planparse.model.locale import Language


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
    NOT_A_PLAN = "not_a_plan"  # the text is none: no goals, tasks, projects or targets are read from it
    NUMBERING_GAP = "numbering_gap"  # a heading's number is not the next
    LOST_RANK = "lost_rank"  # a count begins above one, with nothing before it
    TEXT_BEFORE_OUTLINE = "text_before_outline"  # numbered text before the first section
    UNREAD_MARKER = "unread_marker"  # a numbered line that no section, item, row or list took
    UNREAD_RUN = "unread_run"  # several numbers in order that nothing took
    TOC_BODY_MISMATCH = "toc_body_mismatch"  # the contents list a heading that the body lacks
    PLACEHOLDER = "placeholder"  # XX, ×× or ** where a value should be
    COUNT_MISMATCH = "count_mismatch"  # a stated count differs from what is listed
    ARITHMETIC_MISMATCH = "arithmetic_mismatch"  # parts do not add up to their total, or a change to its end value
    PROSE_TABLE_MISMATCH = "prose_table_mismatch"  # prose and table give one indicator different values
    TARGET_CONTRADICTED = "target_contradicted"  # a target lies on the wrong side of where it starts from
    IMPOSSIBLE_DATE = "impossible_date"  # an end before its beginning, a deadline far from the plan's period
    METADATA_INVALID = "metadata_invalid"  # a document number or date that fails its grammar
    # the records
    UNREAD_TABLE = "unread_table"  # a table whose grid could not be rebuilt
    VALUE_UNREAD = "value_unread"  # a cell whose wording is kept but whose value is not read
    UNKNOWN_ROLE_WORD = "unknown_role_word"  # units behind a word that is no known role
    REJECTED_RECORD = "rejected_record"  # did not validate and was not written


CONTRADICTIONS = (
    Code.COUNT_MISMATCH, Code.ARITHMETIC_MISMATCH, Code.PROSE_TABLE_MISMATCH, Code.TARGET_CONTRADICTED, Code.IMPOSSIBLE_DATE,
)  # fmt: skip
"""What a document gets wrong by its own word."""
_CODES: dict[Severity, tuple[Code, ...]] = {
    Severity.ERROR: (
        Code.UNREADABLE_FILE, Code.UNSUPPORTED_FORMAT, Code.BROKEN_TEXT_LAYER, Code.LIMIT_EXCEEDED, Code.WORKER_DIED,
        Code.EMPTY_DOCUMENT, Code.MOJIBAKE, Code.REJECTED_RECORD,
    ),
    Severity.WARNING: (
        Code.NO_TEXT_LAYER, Code.UNDECODABLE_BYTES, Code.GARBLED_TEXT, Code.IMAGE_TABLE, Code.NO_HEADINGS, Code.NUMBERING_GAP,
        Code.LOST_RANK, Code.TEXT_BEFORE_OUTLINE, Code.UNREAD_MARKER, Code.UNREAD_RUN, *CONTRADICTIONS, Code.METADATA_INVALID,
        Code.UNREAD_TABLE,
    ),
    Severity.INFO: (
        Code.DUPLICATE_DOCUMENT, Code.REPAIRED_TEXT, Code.INJECTED_TEXT, Code.NOT_A_PLAN, Code.TOC_BODY_MISMATCH, Code.PLACEHOLDER,
        Code.VALUE_UNREAD, Code.UNKNOWN_ROLE_WORD,
    ),
}  # fmt: skip
SEVERITY = {code: severity for severity, codes in _CODES.items() for code in codes}


class _Argument(str):
    """An argument within a wording: ``,`` separates thousands, ``Page|Pages`` chooses by whether it is one number or several."""

    def __format__(self, form: str) -> str:
        if form == ",":
            return f"{int(self):,}"
        one, _, several = form.partition("|")
        return (one if self.isdecimal() else several) if several else str(self)


@dataclass(frozen=True, slots=True)
class Note:
    """A finding on its way to the dataset. Spans are in the source text, or None where there is none.

    ``wording`` names one of the code's wordings in ``data/findings.yaml`` (any other stands as it is), which ``arguments``
    complete: ``numbering_gap``, ``gap``, found 三、 and expected 2 give “标题编号为三、，此处应为第 2。”
    """

    code: Code
    wording: str
    start: int | None = None
    end: int | None = None
    arguments: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: Code, wording: str, start: int | None = None, end: int | None = None, **arguments: object) -> Self:
        """A note with its arguments by name, of any type; numbers are kept without separators."""
        return cls(code, wording, start, end, tuple((name, str(value)) for name, value in arguments.items()))

    def within(self, **more: object) -> Self:
        """The note with what stands around its wording: ``around`` in the file of wordings."""
        return replace(self, arguments=(*self.arguments, *((name, str(value)) for name, value in more.items())))

    def beside(self, start: int, end: int) -> Self:
        """The note with the span in the source text of a second place that it is about."""
        return self.within(compare=f"{start}-{end}")

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.code]

    @property
    def message(self) -> str:
        """What it says in English."""
        return self.said("en")

    def said(self, language: str) -> str:
        """What it says, ``zh`` or ``en``."""
        at, told = [*Language].index(Language(language)), vocabulary("findings")
        words = told["words"] if language == "zh" else {}
        filled = {name: _Argument(words.get(value, value)) for name, value in self.arguments}
        forms = told["wordings"].get(self.code, {}).get(self.wording)
        said = forms[at].format_map(filled) if forms else self.wording
        for name in filled.keys() & told["around"].keys():
            said = told["around"][name][at].format_map(filled | {"said": said})
        return said

    def columns(self) -> dict[str, Any]:
        """What the table of findings holds of it, but for its place."""
        said = {"message": self.message, "message_zh": self.said("zh"), "arguments": dict(self.arguments)}
        return {"severity": self.severity, "code": self.code} | said

    def packed(self) -> str:
        """The note without its span as one line, from which ``unpacked`` makes it again."""
        return json.dumps([self.code, self.wording, dict(self.arguments)], ensure_ascii=False)

    @classmethod
    def unpacked(cls, line: str) -> Self:
        code, wording, arguments = json.loads(line)
        return cls(Code(code), wording, arguments=tuple(arguments.items()))


def other_place(arguments: Iterable[tuple[str, str]]) -> tuple[int, int] | None:
    """The second place of a finding about two, as a span in the source text: what ``Note.beside`` gave it."""
    found = dict(arguments).get("compare")
    if found is None:
        return None
    start, _, end = found.partition("-")
    return int(start), int(end)


class PlanparseError(Exception):
    """Anything that planparse itself refuses. ::

    PlanparseError
    ├── DocumentError      one document cannot be read: carries its finding; the run goes on
    └── UsageError         wrong arguments or nothing to read: one sentence, exit code 2
    """


class DocumentError(PlanparseError):
    """One document cannot be read; ``note`` is the finding that says why and what to do."""

    def __init__(self, code: Code, wording: str, **arguments: object) -> None:
        self.note = Note.of(code, wording, None, None, **arguments)
        super().__init__(self.note.message)


class UsageError(PlanparseError):
    """The call cannot be carried out; the message is one sentence that says what to do."""
