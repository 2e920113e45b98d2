"""A web page → SourceDocument. The source text is the decoded page; the body is the document, without the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.loaders.decoding import decode
from planparse.loaders.html.blocks import Block, Page, read_blocks
from planparse.loaders.html.content import choose
from planparse.loaders.html.metadata import is_metadata_table, read_metadata
from planparse.loaders.html.segments import Piece, Skeleton, cut
from planparse.loaders.text import blank_controls, check_length, undecodable
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Limits
from planparse.model.source import LineHint, SourceDocument, TableShape
from planparse.model.text import MappedText

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
_MULTIBYTE = {"gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs"}
"""Declared encodings that are believed; a page that calls itself iso-8859-1 decodes as that whatever it is in."""
_OTHERS = frozenset(("utf-16-le", "utf-16-be", "euc_kr", "cp949", "euc_jp", "shift_jis", "cp932", "iso2022_jp"))
HEAD_BYTES = 4096
HEAD_BLOCKS = 80
"""Lines before the document in which its metadata is looked for."""
MIN_HIDDEN = 8
"""Fewer hidden Chinese characters are an interface's, not an injected text."""
MAX_IMAGE_NOTES = 20
_META = re.compile(r"<meta\s[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![A-Za-z:-])([A-Za-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_FRAME = re.compile(r"<i?frame\s", re.IGNORECASE)
_CHINESE = re.compile("[\u3400-\u9fff]")
# A picture that is part of the page's dress: small, or named so.
_SMALL = re.compile(r"(?:width|height)\s*[=:]\s*[\"']?\s*(?:1?\d{1,2})(?:px)?\s*[\"';\s>]", re.IGNORECASE)
_DRESS = re.compile(
    r"icon|logo|btn|button|arrow|blank|spacer|ewm|qrcode|erweima|weixin|wechat|weibo|share|print|close|filetype|file_type"
    r"|ico[_/.]|/bg[_.]|line\.|\.ico\b|banner|_doc\.gif|_pdf\.gif|beian",
    re.IGNORECASE,
)


def declared_encoding(data: bytes) -> str | None:
    """The Python codec of the encoding that a page names (<meta>, XML declaration), as browsers read it.

    gb2312 and gbk mean gb18030, big5 means big5-hkscs; None where it names none, UTF-8, or a single-byte one.
    """
    import webencodings

    for match in _CHARSET.finditer(data[:HEAD_BYTES]):
        encoding = webencodings.lookup(match[1].decode("ascii"))
        if encoding is not None:
            name = encoding.codec_info.name.lower()
            return _MULTIBYTE.get(name, name if name in _OTHERS else None)
    return None


def load_html(data: bytes, path: str, limits: Limits) -> SourceDocument:
    """Read a web page. Guarantees: every character of the body has its place in the decoded page, tables with data are
    table lines, hidden text, scripts and the page's furniture are left out (hidden text with a note).
    Raises DocumentError where the bytes are no text, hold none, or more than the limits allow.
    """
    decoded = decode(data, declared_encoding(data))
    check_length(decoded.text, limits)
    skeleton = cut(blank_controls(decoded.text), limits.max_depth)
    page = read_blocks(skeleton)
    metadata_tables = {n for n, block in enumerate(page.blocks) if is_metadata_table(block)}
    chosen, start, end = choose(page, metadata_tables)
    tables = [page.blocks[n] for n in sorted(metadata_tables)]
    head = [block for block in page.blocks[max(0, start - HEAD_BLOCKS) : start] if block.shape is None]
    blocks = [block for block, keep in zip(page.blocks, chosen, strict=True) if keep] or page.blocks
    if not blocks:
        raise DocumentError(Code.EMPTY_DOCUMENT, "frames" if _FRAME.search(decoded.text) else "page")
    body, shapes, hints = _body(blocks)
    metas = _metas(decoded.text)
    metadata = read_metadata(metas, skeleton.linked_data, tables + head, _heading(page, end), skeleton.title)
    return SourceDocument.of(
        data,
        path,
        "text/html",
        decoded.encoding,
        text=decoded.text,
        body=body,
        tables=tuple(shapes),
        hints=hints,
        metadata=metadata,
        notes=(*undecodable(decoded), *_notes(skeleton, page, chosen, blocks)),
    )


def _body(blocks: list[Block]) -> tuple[MappedText, list[TableShape], dict[int, LineHint]]:
    """The blocks, one a line."""
    pieces: list[Piece] = []
    shapes: list[TableShape] = []
    hints: dict[int, LineHint] = {}
    length = 0
    for block in blocks:
        if pieces:
            pieces.append(("\n", pieces[-1][1] + len(pieces[-1][0])))
            length += 1
        if block.level is not None or block.heavy is not None:
            hints[length] = LineHint(heading_level=block.level, heavy=block.heavy)
        if block.shape is not None:
            shapes.append(block.shape)
        pieces += block.pieces
        length += len(block.text)
    return MappedText.of(pieces), shapes, hints


def _metas(text: str) -> Iterator[tuple[str, str]]:
    """Names and contents of the <meta> elements."""
    import html

    for tag in _META.finditer(text, 0, 100_000):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag[0])}
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        if name and attributes.get("content"):
            yield name, html.unescape(attributes["content"])


def _heading(page: Page, end: int) -> str | None:
    """The first <h1> that reads like a document's title, before the document's end."""
    for block in page.blocks[:end]:
        if block.level == 1 and block.linked == 0 and 8 <= len(block.text.strip()) <= 120:
            return block.text.strip()
    return None


def _notes(skeleton: Skeleton, page: Page, chosen: list[bool], blocks: list[Block]) -> Iterator[Note]:
    """Findings: hidden text, pictures, and a page that is nested too deep."""
    for span in page.hidden:
        if len(_CHINESE.findall(skeleton.text, *span)) >= MIN_HIDDEN and _inside(span[0], blocks):
            yield Note(Code.INJECTED_TEXT, "hidden", *span)
    for part in page.parts:
        if part.hidden and part.end > part.start and not any(chosen[part.start : part.end]):
            pieces = [piece for block in page.blocks[part.start : part.end] for piece in block.pieces]
            span = (pieces[0][1], pieces[-1][1] + len(pieces[-1][0]))
            if sum(len(_CHINESE.findall(text)) for text, _ in pieces) >= MIN_HIDDEN and _inside(span[0], blocks):
                yield Note(Code.INJECTED_TEXT, "hidden", *span)
    images = [number for block in blocks for number in block.images]
    for number in images[:MAX_IMAGE_NOTES]:
        start, end = skeleton.spans[number]
        tag = skeleton.text[start:end]
        if not _SMALL.search(tag) and not _DRESS.search(tag):
            yield Note(Code.IMAGE_TABLE, "picture", start, end)
    if skeleton.flattened is not None:
        yield Note(Code.LIMIT_EXCEEDED, "page_nested", skeleton.flattened, skeleton.flattened)


def _inside(place: int, blocks: list[Block]) -> bool:
    """Whether a place lies between the document's first and last character."""
    return bool(blocks) and blocks[0].pieces[0][1] <= place <= blocks[-1].pieces[-1][1]
