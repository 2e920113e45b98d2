"""What a page says about its document: <meta> elements, JSON-LD, and the block with 索引号, 文号 and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from planparse.data import alternation, vocabulary
from planparse.language.shapes.lines import signs
from planparse.loaders.html.blocks import Block
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, STRUCTURE_MARKS

MIN_KEYS = 3
"""From this many keys on, a table is a metadata block."""
MAX_TABLE_CHARS = 1500
MAX_VALUE = 200
_BLANK = re.compile(r"[\s\u3000]+")
_GAP = "[ \u3000\xa0]{0,4}"
"""What may stand between the characters of a key: 索 引 号, 文　　号."""
_EDGE = " \t\u3000\xa0:：|｜*[]【】-—"
_EMPTY = frozenset(("", "无", "/", "_", "暂无", "null", "-", "—"))
# What parts a page's title: "规划_规划计划_某市政府网", "规划 - 某市政府"; not the dash of 2021—2025.
_SITE = re.compile(
    r"(?:(?<!\s)\s+)?[_|｜]\s*|(?<!\s)\s+[-–—]+\s+|(?<![-–—])[-–—]+(?=[^-–—_|｜]{2,30}(?:网站?|门户|平台|政府|[局厅]|委员会)\s*$)"
)
_SITE_NAME = re.compile(r"(?:网站?|门户|平台|频道|客户端|人民政府)$")


@cache
def _keys() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Field by key, the pattern of a key with its colon, and that of a key alone."""
    fields = {key: field for field, keys in vocabulary("metadata").items() for key in keys if not key.isascii()}
    spaced = "|".join(_GAP.join(map(re.escape, key)) for key in sorted(fields, key=len, reverse=True))
    colon = re.compile(rf"(?<![\u4e00-\u9fff])(?P<key>{spaced}){_GAP}[：:]")
    return fields, colon, re.compile(rf"(?P<key>{alternation(fields)})[：:]?")


def is_metadata_table(block: Block) -> bool:
    """Whether a table line is the page's metadata block."""
    if block.shape is None or len(block.text) > MAX_TABLE_CHARS:
        return False
    return len(set(_table_fields(block.text))) >= MIN_KEYS


def read_metadata(
    metas: Iterable[tuple[str, str]],
    linked_data: Sequence[str],
    blocks: Sequence[Block],
    heading: str | None,
    title: str | None,
) -> dict[str, str]:
    """The fields of ``documents`` that the page states, in its own wording.

    ``metas`` are names and contents of <meta>; ``blocks`` are those of the page's head and of its metadata tables;
    ``heading`` is the first <h1>, ``title`` the page's <title>. What a metadata block says goes before the rest.
    """
    values: dict[str, str] = {}
    for block in blocks:
        pairs = _table_pairs(block.text) if block.shape is not None else _line_pairs(block.text)
        for field, value in pairs:
            values.setdefault(field, value)
    named: dict[str, str] = {}
    for source in (metas, _properties(linked_data)):
        for name, value in source:
            named.setdefault(name.lower(), value)
    for field, names in vocabulary("html")["meta"].items():
        for name in names:
            value = _clean(named.get(name.lower(), ""))
            if value and field not in values and _believed(field, value):
                values[field] = value
    if "title" not in values:
        guess = heading if heading and not _SITE_NAME.search(heading) else _without_site(title)
        if guess:
            values["title"] = guess
    values.pop("other", None)
    return values


def _believed(field: str, value: str) -> bool:
    """Whether what <meta> or JSON-LD say fits the field: sites often give their own name for all of them."""
    if field == "issuer":
        return signs(value)  # a website, a paper or a person that a text came from is no issuer
    return not _SITE_NAME.search(value) if field in ("title", "keywords") else True


def _clean(value: str) -> str:
    value = _BLANK.sub(" ", value.translate(dict.fromkeys(map(ord, STRUCTURE_MARKS), " "))).strip(_EDGE)
    return "" if value in _EMPTY or len(value) > MAX_VALUE else value


def _cells(line: str) -> list[list[str]]:
    rows = line[1:-1].split(ROW_END)
    return [[cell.replace(CELL_BREAK, " ") for cell in row.split(CELL_END)[:-1]] for row in rows]


def _table_fields(line: str) -> list[str]:
    fields, _, alone = _keys()
    found = []
    for row in _cells(line):
        for cell in row:
            match = alone.match(_BLANK.sub("", cell))
            if match and (match.end() == len(_BLANK.sub("", cell)) or match[0][-1] in "：:"):
                found.append(fields[match["key"]] if fields[match["key"]] != "other" else match["key"])
    return found


def _table_pairs(line: str) -> list[tuple[str, str]]:
    """Keys with their values: in one cell (文号：…), or a cell and the next."""
    fields, _, alone = _keys()
    pairs: list[tuple[str, str]] = []
    for row in _cells(line):
        key: str | None = None
        for cell in row:
            bare = _BLANK.sub("", cell)
            match = alone.match(bare)
            if match and match.end() == len(bare):
                key = fields[match["key"]]
            elif match and match[0][-1] in "：:":
                pairs += _line_pairs(cell)
                key = None
            elif key is not None:
                value = _clean(cell)
                if value and key != "other":
                    pairs.append((key, value))
                key = None
    return pairs


def _line_pairs(line: str) -> list[tuple[str, str]]:
    """The keys of one line with what stands between them."""
    if len(line) > 4 * MAX_VALUE or ("：" not in line and ":" not in line):
        return []
    fields, pattern, _ = _keys()
    found = list(pattern.finditer(line))
    pairs = []
    for n, match in enumerate(found):
        value = _clean(line[match.end() : found[n + 1].start() if n + 1 < len(found) else len(line)])
        field = fields[_BLANK.sub("", match["key"])]
        if value and field != "other":
            pairs.append((field, value))
    return pairs


def _properties(linked_data: Sequence[str]) -> list[tuple[str, str]]:
    """Names and values of JSON-LD; objects stand for their ``name``."""
    pairs: list[tuple[str, str]] = []

    def visit(value: Any, name: str, depth: int) -> None:
        if isinstance(value, str) and name:
            pairs.append((name, value))
        elif isinstance(value, Mapping) and depth < 6:
            if name and isinstance(value.get("name"), str):
                pairs.append((name, value["name"]))
            for key, inner in value.items():
                if not (name and key == "name"):
                    visit(inner, str(key), depth + 1)
        elif isinstance(value, list) and depth < 6:
            for inner in value:
                visit(inner, name, depth + 1)

    for text in linked_data:
        try:
            visit(json.loads(text, strict=False), "", 0)
        except (ValueError, RecursionError):
            continue
    return pairs


def _without_site(title: str | None) -> str | None:
    """The longest part of a <title> between its separators: 文件_公开_某市政府网 is about 文件."""
    if not title:
        return None
    parts = [_clean(part) for part in _SITE.split(title)]
    longest = max(parts, key=len)
    return longest if len(longest) >= 8 else None
