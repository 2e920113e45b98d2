"""The metadata block of a page (索引号, 文号, 发布机构, 成文日期 …) in list, pipe, tab and inline form: parsed, then taken out."""

from __future__ import annotations

import re
from functools import cache

from planparse.data import vocabulary
from planparse.language.shapes import Rank, find_marker
from planparse.language.shapes.lines import is_organ
from planparse.language.shapes.signs import NUMBER_BEHIND, NUMBER_YEAR
from planparse.language.tidy import tidy
from planparse.model.source import CELL_END, ROW_END, STRUCTURE_MARKS, TABLE_START
from planparse.model.text import Edit, MappedText

HEAD_LINES = 60
"""A metadata block stands within the first lines of a page."""
HEAD_CHARS = 6000
MIN_KEYS = 3
"""From this many keys on, a stretch is a metadata block; fewer are read only with a colon at a line's start."""
MAX_VALUE = 120
_SHORT_KEY = 2
"""日期 and 时间 and the like are keys only with a colon or a cell's end after them."""
_NEXT_KEY = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
"""A key that is not known, after an index number, which holds no Chinese word with a colon."""


@cache
def _keys() -> tuple[dict[str, str], re.Pattern[str]]:
    fields = {key: field for field, keys in vocabulary("metadata").items() for key in keys}
    spaced = ("[ \\u3000]{0,12}".join(map(re.escape, key)) for key in sorted(fields, key=len, reverse=True))
    dated = "|".join(key for key, field in fields.items() if field.endswith("_date") and len(key) > _SHORT_KEY)
    # a key, not inside a word unless a date tells it (来源：某局发布时间：2024-3-2), closed by a colon, a pipe, a tab, a cell or (in the inline form) a blank
    pattern = re.compile(
        rf"(?:(?<=[\s|｜:：，*\-\[【\x02\x1f\x1e])|^|(?=(?:{dated})[:：][ \u3000]{{0,4}}20[0-9]{{2}}))\*{{0,4}}[\[【]?(?P<key>{'|'.join(spaced)})[\]】]?\*{{0,4}}(?P<close>[ \u3000]{{0,40}}[:：|｜\t\x1f][|｜\s*\x1f]*|[ \u3000]+|\s*$|(?<=[】\]]))",
        re.MULTILINE,
    )
    return fields, pattern


# The first words of a page in one line: its title and the site's name, as browsers show them, and when it was put up
_SHOWN = re.compile(r"\s*(?P<title>[^\s_|][^_|\n]{4,79})_[^\s_|]{4,40}(?:办公[厅室]|委员会|[局厅部]|政府|网站?|门户)\s")
_PUT_UP = re.compile(r"(?P<day>20\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}))\s{0,4}\d{1,2}:\d\d(?::\d\d)?\s{0,4}来源\s?[:：]")


def read_metadata(text: MappedText) -> tuple[MappedText, dict[str, str]]:
    """The fields found in the page's metadata block; its lines are out of the text afterwards. What a block lacks, the words that a browser shows may tell."""
    rest, values = _read_block(text)
    if shown := _SHOWN.match(text.text):
        put_up = _PUT_UP.search(text.text, shown.end(), HEAD_CHARS)
        values = {"title": tidy(shown["title"])} | ({"published_date": put_up["day"]} if put_up else {}) | values
    return rest, values


def _read_block(text: MappedText) -> tuple[MappedText, dict[str, str]]:
    head = _head(text.text)
    fields, pattern = _keys()
    found = [m for m in pattern.finditer(text.text, 0, head) if _is_apart(m) and (_closed(m) or _says_itself(m, fields))]
    colons = [m for m in found if re.search(r"[:：|｜\t\x1f]", m["close"]) or _says_itself(m, fields)]
    if len(found) < MIN_KEYS and not colons:
        return text, {}
    if len(found) < MIN_KEYS:
        found = colons
    values: dict[str, str] = {}
    edits: list[Edit] = []
    for n, match in enumerate(found):
        limit = found[n + 1].start() if n + 1 < len(found) else head
        value, end = ("", _end_of_line(match.string, match.end("key"))) if _ends_pairs(match) else _value(text.text, match.end(), limit, piped="|" in match["close"])
        field = fields[re.sub(r"[ \u3000]", "", match["key"])]
        # a title or an issuer is only believed in a block; a lone 来源： line is furniture of its own
        if (blank := _BLANK.search(text.text, match.end(), end)) and _IS_TEXT.search(text.text[blank.end() : end].rstrip()):
            end = blank.start()  # behind it the page's text runs on: 浏览次数：103 禾阳县渔港规划 为建设渔港，…。
            value = _bare(text.text[match.end() : end])
        if field == "index_number":
            value = _NEXT_KEY.split(value)[0].rstrip()
        if field == "issuer" and len(names := text.text[match.end() : end].split()) > 1 and all(len(name) >= SHORTEST_NAME for name in names):
            value = _bare(names[0])  # the first of several signers
        if field != "other" and value and field not in values:
            values[field] = value
        _take_out(edits, text.text, match.start(), end)
    return text.edit(edits), values


SHORTEST_NAME = 3
_BLANK = re.compile(r"(?<=\S)[ \u3000]")
# The page's text, not a value: 禾阳县渔港规划 为建设渔港，…。 / 禾政发〔2021〕3号 各乡镇：
_IS_TEXT = re.compile(rf"[。；]|{NUMBER_YEAR}{NUMBER_BEHIND}.|[：:]$")


def _head(text: str) -> int:
    """Where the head of the page ends: at the first chapter, or after HEAD_LINES lines."""
    position = 0
    for _ in range(HEAD_LINES):
        end = text.find("\n", position, HEAD_CHARS)
        if end < 0:
            return min(len(text), HEAD_CHARS)
        line = text[position:end].strip()
        marker = find_marker(line)
        if marker is not None and marker.rank <= Rank.CHINESE and len(line) < 60:
            return position
        position = end + 1
    return position


def _is_apart(match: re.Match[str]) -> bool:
    """Whether a key stands apart from what is before it, or behind a source that it is glued to, and not inside a sentence."""
    start, text = match.start(), match.string
    line = text.rfind("\n", 0, start) + 1
    return start == line or not _HAN.match(text[start - 1]) or "来源" in text[line:start]


_HAN = re.compile("[\u4e00-\u9fff]")


def _closed(match: re.Match[str]) -> bool:
    return len(match["key"]) > _SHORT_KEY or re.search(r"[:：|｜\t\x1f]", match["close"]) is not None or " " in match["key"]


# A number or a date tells what it is without a colon: 文号 禾政发〔2021〕3号 成文日期 2021年3月5日
_NUMBER_VALUE = re.compile(rf"[\u4e00-\u9fff]{{1,14}}{NUMBER_YEAR}{NUMBER_BEHIND}(?=\s|$)")
_ISSUING = "发制印颁"
"""What a key of who issued begins with; a table of tasks has a 责任部门, too."""
_ALONE = re.compile(r"[ \u3000]*\n\s*")
_DATE_VALUE = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})(?=\s|$)")


def _says_itself(match: re.Match[str], fields: dict[str, str]) -> bool:
    """Whether the value behind a key is of its kind by its own form, whatever parts them: a blank, or the line's end where the key is all of a line."""
    key, text = re.sub(r"[ \u3000]", "", match["key"]), match.string
    alone = _ALONE.match(text, match.end("key")) if match.start() == text.rfind("\n", 0, match.start()) + 1 else None
    at = alone.end() if alone else match.end()
    if fields[key] == "doc_number":
        return _NUMBER_VALUE.match(text, at) is not None
    if fields[key] == "issuer":
        return alone is not None and key[0] in _ISSUING and is_organ(text[at : _end_of_line(text, at)])
    return len(key) > _SHORT_KEY and fields[key].endswith("_date") and _DATE_VALUE.match(text, at) is not None


def _ends_pairs(match: re.Match[str]) -> bool:
    """Whether a key closes a line of keys with their values, so that nothing is said of it: 成文日期 2024-04-02 失效日期."""
    line = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return len(line.split()) > 1 and not match.string[match.end("key") : _end_of_line(match.string, match.end("key"))].strip()


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _value(text: str, start: int, limit: int, *, piped: bool = False) -> tuple[str, int]:
    """The value from ``start`` on: to the line's end (or the next key); where the line is empty, the next line."""
    line_end = text.find("\n", start, limit)
    end = min(limit, line_end if line_end >= 0 else limit)
    value = _bare(text[start:end])
    if not value and line_end >= 0 and line_end < limit:
        following = text.find("\n", line_end + 1)
        following = len(text) if following < 0 else following
        if following - line_end <= MAX_VALUE and following <= limit:
            candidate = _bare(text[line_end + 1 : following])
            if candidate and not _sentence(candidate):
                return candidate, following
    if piped and (bar := text.find("|", start, end)) > 0:
        value = _bare(text[start:bar])  # what stands behind the bar has a key that is not known; it goes with the row
    for mark in (CELL_END, ROW_END):
        cut = text.find(mark, start, end)
        if cut > 0:
            end = cut
            value = _bare(text[start:end])
            break
    return (value, end) if len(value) <= MAX_VALUE else ("", start)


def _sentence(value: str) -> bool:
    return value.endswith("。") or ("，" in value and len(value) > 40)


def _bare(value: str) -> str:
    value = tidy(re.sub(f"[{STRUCTURE_MARKS}*|｜]+", " ", value)).strip(" -－—:：，")
    return "" if value in ("_", "无", "/", "null", "None") else value


def _take_out(edits: list[Edit], text: str, start: int, end: int) -> None:
    if TABLE_START in text[text.rfind("\n", 0, start) + 1 : start + 1]:
        return  # a table of metadata goes as a table: outline leaves tables before the title out
    line_start = text.rfind("\n", 0, start) + 1
    if not text[line_start:start].strip(" -－—*|"):
        start = line_start
    if edits and start < edits[-1][1]:
        start = edits[-1][1]
    if end > start:
        edits.append((start, end, ""))
