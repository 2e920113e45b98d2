"""What the text or a cell does not tell: placeholders for names and values, signs that were not decoded, figures whose value was not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planparse.extract import Extraction
from planparse.language.quantities import UNKNOWN
from planparse.language.time import YEAR
from planparse.model.document import Outline
from planparse.model.drafts import Draft
from planparse.model.findings import Code, Note

# ---- placeholders ---------------------------------------------------------------------------------------------------

# XX人, ×××个, **市; not the roman numeral XX between letters, nor a wildcard inside a word (COVID-XX)
_PLACEHOLDER = re.compile(r"(?<![A-Za-z0-9\-])(?:[Xx]{2,8}|×{2,8}|\*{2,8}|□{2,8}|_{3,20})(?![A-Za-z0-9])")
_SIGNS = re.compile(r"[Xx×*□_][Xx×*□_]+")
_MARKS = ("XX", "Xx", "xx", "××", "**", "□□", "___")


def placeholders(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a placeholder, XX, ×× or ** where a name or a value should be: templates and anonymised copies carry them."""
    text = outline.clean.text
    if not any(mark in text.text for mark in _MARKS):
        return
    for signs in _SIGNS.finditer(text.text, outline.start, outline.end):
        for match in _PLACEHOLDER.finditer(text.text, signs.start(), min(signs.end() + 1, outline.end)):
            start, end = text.span(match.start(), match.end())
            yield Note.of(Code.PLACEHOLDER, "sign", start, end, found=match[0])


# ---- undecoded signs ------------------------------------------------------------------------------------------------

_CID = re.compile(r"[(（]cid:\d{1,6}[)）](?:\s?[(（]cid:\d{1,6}[)）]){0,400}")
NEAR = 200
"""Undecoded characters so near to each other are one stretch: a page of them is one finding, not a thousand."""
_UNKNOWN = re.compile(f"[{UNKNOWN}]")
_BESIDE_NUMBER = re.compile(rf"[0-9][0-9,.]{{0,30}}[{UNKNOWN}]{{1,9}}|[{UNKNOWN}]{{1,9}}[0-9]")


def _stretches(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that stand near each other as one."""
    begun: tuple[int, int] | None = None
    for start, end in spans:
        if begun is not None and start - begun[1] > NEAR:
            yield begun
            begun = None
        begun = (start, end) if begun is None else (begun[0], end)
    if begun is not None:
        yield begun


def unread_signs(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a stretch of undecoded characters, and one a number that such a sign stands beside."""
    text = outline.clean.text
    if "cid:" in text.text:
        for start, end in _stretches(match.span() for match in _CID.finditer(text.text, outline.start, outline.end)):
            told = text.text[start:end]
            yield Note.of(Code.GARBLED_TEXT, "undecoded", *text.span(start, end), count=told.count("cid:"), text=told[:40])
    if not _UNKNOWN.search(text.text, outline.start, outline.end):
        return
    for match in _BESIDE_NUMBER.finditer(text.text, outline.start, outline.end):
        yield Note.of(Code.GARBLED_TEXT, "sign", *text.span(*match.span()), text=ascii(match[0]))


# ---- cells ----------------------------------------------------------------------------------------------------------

_FIGURE = re.compile(rf"(?<![0-9])(?!{YEAR}年)[0-9]")
"""What is no year: 2025年前完成 has none."""


def unread_cells(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a cell of indicators and investments whose value is not known, which is not the same as not stated: 1：5 has no one value; 0.5亿 under 万吨 does not say of what it is a number, nor 900 under 总投资."""
    for draft in found.drafts["indicators"]:
        row = draft.values
        for column in ("baseline", "target"):
            cell = row[f"{column}_raw"]
            if cell and row[f"{column}_value"] is None and _FIGURE.search(cell):
                yield _unread(outline, draft, cell)
    for draft in found.drafts["projects"]:
        money = draft.values.get("investment_raw")
        if money and draft.values["investment_wan"] is None and _FIGURE.search(money):
            yield _unread(outline, draft, money)


def _unread(outline: Outline, draft: Draft, cell: str) -> Note:
    return Note.of(Code.VALUE_UNREAD, "cell", *outline.clean.text.span(draft.start, draft.end), name=draft.values["name"], cell=cell)
