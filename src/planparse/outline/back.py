"""What stands behind a text and signs, dates or distributes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.language.shapes.lines import LONGEST_SIGNER, is_full_date, many_sign, signs
from planparse.language.tidy import tidy
from planparse.model.document import Item, Paragraph, Section

_PRINTED = re.compile(r"\d日\s?印发$")
_BACK = re.compile(r"[（(]?(?:抄\s?送|抄\s?报|主\s?送|信息公开选项|公开(?:属性|方式|类型)|初\s?校|终\s?校|校对|打\s?印|联系人|联系电话|印发机关)")
# What stands below a signature and is no text: （此件公开发布，…）, a reader's 【…】 and •, telephone numbers, files to load. （一） heads a chapter.
_BELOW = re.compile(r"[（(](?![一二三四五六七八九十\d]{1,3}[）)])|[【<〈•●]|[^\u4e00-\u9fff]*$|相关附件$|[^。]{2,100}\.(?:xlsx?|docx?|pdf|zip|rar|wps)")
MAX_LINES = 8
MAX_LINE, MAX_COPIES = 60, 300
"""A line that lists who gets copies may be longer."""


def back_lines(items: Sequence[Item]) -> list[Paragraph]:
    """The lines at the end of a text that sign, date or distribute it."""
    signed = _signature(items)
    taken = [item for item in reversed(items[signed:]) if isinstance(item, Paragraph)]
    for item in reversed(items[:signed]):
        if not isinstance(item, Paragraph) or len(taken) == MAX_LINES:
            break
        text = tidy(item.text).strip("|")
        many = many_sign(item.text)
        if len(text) > (MAX_COPIES if _BACK.match(text) or many else MAX_LINE):
            break
        signs = (_signs(text) or many) and any(is_full_date(tidy(t.text)) for t in taken)
        if not (is_full_date(text) or _BACK.match(text) or signs or _PRINTED.search(text)):
            break
        taken.append(item)
    return taken[::-1]


def _signs(text: str) -> bool:
    return len(text) <= LONGEST_SIGNER and "，" not in text and signs(text)


def _signature(items: Sequence[Item]) -> int:
    """Where what only a page sets below a signed date begins; the number of items where there is nothing of the kind."""
    texts = [tidy(item.text) if isinstance(item, Paragraph) and len(item.text) <= MAX_COPIES else "" for item in items[-MAX_LINES:]]
    for n in range(len(texts) - 2, 0, -1):
        if not (texts[n + 1] and (_BELOW.match(texts[n + 1]) or _BACK.match(texts[n + 1]) or _PRINTED.search(texts[n + 1]))):
            break
        if is_full_date(texts[n]) and _signs(texts[n - 1]):
            return len(items) - len(texts) + n + 1
    return len(items)


def take_back_matter(chapters: Sequence[Section]) -> tuple[Paragraph, ...]:
    """The signature, date and 抄送 lines at the end of each chapter are taken out of it."""
    back: list[Paragraph] = []
    for chapter in chapters:
        last = list(chapter.walk())[-1]
        kept = len(last.items) - len(back_lines(last.items))
        back += [item for item in last.items[kept:] if isinstance(item, Paragraph)]
        del last.items[kept:]
    return tuple(back)
