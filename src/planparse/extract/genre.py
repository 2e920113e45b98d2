"""Why nothing but sections and indicator tables is read from a document: the finding of one that is no plan."""

from __future__ import annotations

import re
from typing import Any

from planparse.language.tidy import tidy
from planparse.model.document import Outline
from planparse.model.findings import Code, Note

_CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff]*")
_ARTICLE = re.compile(r"^第[\d〇零一二三四五六七八九十百]{1,6}条", re.MULTILINE)
SAMPLE = 20_000
"""Characters that are looked at."""
LITTLE_CHINESE = 0.3
MANY_ARTICLES = 3


def no_plan(outline: Outline) -> Note:
    """The finding ``not_a_plan``, with what a reader sees at first sight; its place is the title. (``outline.plan`` has decided.)"""
    span = outline.clean.text.span(*outline.title_span) if outline.title_span else (None, None)
    wording, arguments = _reason(outline)
    return Note.of(Code.NOT_A_PLAN, wording, *span, **arguments)


def _reason(outline: Outline) -> tuple[str, dict[str, Any]]:
    text = outline.clean.text.text[outline.start : min(outline.end, outline.start + SAMPLE)]
    signs = sum(map(len, text.split()))
    chinese = sum(map(len, _CHINESE.findall(text)))
    if chinese < LITTLE_CHINESE * signs:
        return "not_chinese", {"percent": round(100 * chinese / signs)}
    articles = len(_ARTICLE.findall(text))
    if articles >= MANY_ARTICLES:
        return "law", {"articles": articles}
    title = tidy(outline.title or "")
    return ("title", {"title": title[:40]}) if title else ("words", {})
