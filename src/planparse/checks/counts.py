"""A count that a text states against what it lists: 共8项指标 above a table of seven rows."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.data.words import worded
from planparse.extract import Extraction
from planparse.language.numerals import parse_int
from planparse.model.document import Outline, Paragraph
from planparse.model.findings import Code, Note

# 设置5类20项指标 / 共12个主要指标 → count 20 / 12
_INDICATORS = worded(r"(?:<listing>|设置|设定|提出)[^。；，]{0,16}?(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?:项|个)(?:<weighty>|<aims_of>|<binding>|核心|量化|规划)*(?:性)?指标")


def stated_counts(outline: Outline, found: Extraction) -> Iterator[Note]:
    """A stated number of indicators that the table of the same chapter does not have."""
    rows = found.drafts["indicators"]
    if not rows:
        return
    for section in outline.sections():
        listed = [r for r in rows if r.section is not None and r.section.chapter is section.chapter]
        if not listed:
            continue
        for item in section.items:
            if not isinstance(item, Paragraph):
                continue
            for match in _INDICATORS.finditer(item.text):
                count = parse_int(match["count"])
                if count and count != len(listed):
                    start, end = outline.clean.text.span(item.start + match.start(), item.start + match.end())
                    yield Note.of(Code.COUNT_MISMATCH, "indicators", start, end, stated=count, listed=len(listed))
