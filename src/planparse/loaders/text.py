"""Plain text and Markdown → SourceDocument. The source text is the decoded file; the body has one line end, ``\\n``."""

from __future__ import annotations

import html
import re

from planparse.loaders.decoding import Decoded, decode
from planparse.loaders.markdown import is_markdown, read_markdown
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Limits
from planparse.model.source import BLANK_STRUCTURE_MARKS, SourceDocument
from planparse.model.text import MappedText

# What ends a line besides \n: a lone \r, form feed, NEL and the Unicode separators. All are one character, like \n.
_ONE_FOR_ONE: dict[int, str] = {
    **BLANK_STRUCTURE_MARKS,
    **dict.fromkeys((c for c in range(32) if c not in (9, 10, 13) and c not in BLANK_STRUCTURE_MARKS), " "),
    0x7F: " ",
    **dict.fromkeys(map(ord, "\r\x0c\x85\u2028\u2029"), "\n"),
}
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
# A character as HTML writes it, left over from a page: "&ldquo;", "&#8212;".
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});")
_CR = re.compile("\r(?=\n)")


def load_text(data: bytes, path: str, limits: Limits) -> SourceDocument:
    """Read a text file. Guarantees: no structure marks and no control characters in ``body`` but tab and line feed,
    except those of the table lines that Markdown tables become; every character of the body has its place in the file.
    Raises DocumentError where the bytes are no text or more than the limits allow.
    """
    decoded = decode(data)
    check_length(decoded.text, limits)
    body = normalise_lines(decoded.text)
    notes = undecodable(decoded)
    source = SourceDocument.of(data, path, "text/plain", decoded.encoding, text=decoded.text, body=body, notes=notes)
    return read_markdown(source) if is_markdown(body.text) else source


def normalise_lines(text: str) -> MappedText:
    """The text with ``\\n`` for every line end and blanks for control characters, each character with its offset."""
    body = _plain_lines(text) if _UNUSUAL.search(text) else MappedText.identity(text)
    return body.sub(_ENTITY, _character) if "&" in text else body


def _plain_lines(text: str) -> MappedText:
    dropped = [m.start() for m in _CR.finditer(text)]
    starts = (0, *(place - i for i, place in enumerate(dropped)))
    sources = (0, *(place + 1 for place in dropped))
    clean = text.replace("\r\n", "\n")
    for character in set(_UNUSUAL.findall(clean)):  # str.translate takes ten times as long
        clean = clean.replace(character, _ONE_FOR_ONE[ord(character)])
    return MappedText(clean, starts, sources)


def blank_controls(text: str) -> str:
    """The text with a blank for every control character but tab and line ends; of the same length."""
    for character in set(_UNUSUAL.findall(text)) - {"\r"}:
        text = text.replace(character, " ")
    return text


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; what is none stays as it is."""
    character = html.unescape(entity[0])
    return _ONE_FOR_ONE.get(ord(character), character) if len(character) == 1 else entity[0]


def check_length(text: str, limits: Limits) -> None:
    """Raise DocumentError for a text that is empty or longer than the limits allow."""
    if not text.strip("\x00\ufeff \t\r\n\u3000\xa0"):
        raise DocumentError(Code.EMPTY_DOCUMENT, "text")
    if len(text) > limits.max_chars:
        raise DocumentError(Code.LIMIT_EXCEEDED, "characters", size=len(text), limit=limits.max_chars)


def undecodable(decoded: Decoded) -> tuple[Note, ...]:
    """One note on the bytes that are no characters, at the first of them; also those that were lost before us."""
    first = decoded.text.find("\ufffd")
    if first < 0:
        return ()
    count = decoded.text.count("\ufffd")
    told = Note.of(Code.UNDECODABLE_BYTES, "before", first, first + 1, count=count)
    lost = Note.of(Code.UNDECODABLE_BYTES, "decoding", first, first + 1, count=count, encoding=decoded.encoding)
    return (lost if decoded.lost else told,)
