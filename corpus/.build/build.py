"""Write those sample documents whose noise is made by machine: another script, another encoding, garbled bytes.

The plain wording of each stands beside this file (`*.hans`, simplified, UTF-8). Run it after changing one of them:

    python corpus/.build/build.py

The same sources always give the same bytes.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from opencc import OpenCC

from planparse.cleaning.garble import shift_garble

HERE = Path(__file__).resolve().parent
Step = Callable[[str], str]

# What web mirrors write where OpenCC gives the rarer form.
MIRROR_FORMS = str.maketrans({"爲": "為", "羣": "群", "衆": "眾", "裏": "裡", "啓": "啟", "峯": "峰", "着": "著"})


def to_traditional(text: str) -> str:
    """Traditional characters, as a mirror's converter writes them."""
    converted: str = OpenCC("s2t").convert(text)
    return converted.translate(MIRROR_FORMS)


def out_of_step(text: str) -> str:
    """GBK bytes cut at punctuation and read one byte out of step, wherever that would have happened."""
    return shift_garble(text).text


def double_quotes(text: str) -> str:
    """Quotation marks doubled, as some content systems leave them."""
    return text.replace("“", "““").replace("”", "””")


def crlf(text: str) -> str:
    """Line ends of a file saved on Windows."""
    return text.replace("\n", "\r\n")


def one_line(text: str) -> str:
    """The whole plan on one line, a blank where each paragraph ended; page head and foot keep theirs."""
    head, *body, foot = text.rstrip("\n").split("\n")
    return "\n".join((head, " ".join(body), foot)) + "\n"


def hard_wrap(text: str, width: int = 38, page: int = 30) -> str:
    """Lines broken as on a printed page (numbers whole, no line begins with a mark), page numbers between the pages."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        if paragraph.startswith("|"):
            lines.append(paragraph)
            continue
        line = ""
        for token in re.findall(r"[0-9A-Za-z.%]+|.", paragraph):
            if line and len(line) + len(token) > width and token not in "，。；：、）”》":
                lines.append(line)
                line = ""
            line += token
        lines.append(line)
    pages = [lines[start : start + page] for start in range(0, len(lines), page)]
    return "\n".join("\n".join([*rows, f"— {number} —"]) for number, rows in enumerate(pages, 1)) + "\n"


def break_after_semicolons(text: str) -> str:
    """A line break in mid-sentence after every semicolon, as some mirrors leave it."""
    return text.replace("；", "；\n")


def with_readings(text: str) -> str:
    """Pinyin in brackets after a character here and there, as readers for the ear insert it."""
    for word, reading in (("展", "发(fā)展"), ("施", "设(shè)施")):
        plain = reading[0] + word
        parts = text.split(plain)
        links = (reading if index % 7 == 3 else plain for index in range(len(parts) - 1))
        text = "".join(part + link for part, link in zip(parts, [*links, ""], strict=True))
    return text


def _wide(text: str) -> int:
    """Width on a screen where a Chinese character takes two places."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _drawn_row(cells: list[str], widths: list[int]) -> str:
    """One row of a drawn table; a cell wider than its column goes on in the lines below."""
    columns = []
    for cell, width in zip(cells, widths, strict=True):
        lines, line = [], ""
        for token in re.findall(r"[0-9A-Za-z.%—-]+|.", cell):
            if line and _wide(line + token) > width:
                lines.append(line)
                line = ""
            line += token
        columns.append([*lines, line])
    height = max(map(len, columns))
    rows = zip(*([*column, *[""] * (height - len(column))] for column in columns), strict=True)
    return "\n".join(
        "┃" + "│".join(cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)) + "┃"
        for row in rows
    )


def draw_tables(text: str, widths: tuple[int, ...] = (4, 18, 26, 10, 12, 16)) -> str:
    """Rows between bars drawn with box characters; a row of one cell spans all columns."""
    columns = list(widths)
    span = [sum(columns) + len(columns) - 1]

    def drawn(match: re.Match[str]) -> str:
        rows = [line[1:-1].split("|") for line in match.group().splitlines()]
        body = [_drawn_row(row, columns if len(row) > 1 else span) for row in rows]
        rule = "\n┠" + "┼".join("─" * (width // 2) for width in columns) + "┨\n"
        top = "┏" + "┯".join("━" * (width // 2) for width in columns) + "┓\n"
        end = "\n┗" + "┷".join("━" * (width // 2) for width in columns) + "┛\n"
        return top + rule.join(body) + end

    return re.sub(r"(?:^\|.*\n)+", drawn, text, flags=re.MULTILINE)


# source, document, encoding, steps in order
DOCUMENTS: tuple[tuple[str, str, str, tuple[Step, ...]], ...] = (
    ("qingluo_emergency_system.hans", "qingluo_emergency_system.txt", "utf-8", (to_traditional, out_of_step)),
    ("linxi_city_management.hans", "linxi_city_management.txt", "gb18030", (double_quotes, crlf)),
    ("wuqiao_education.hans", "wuqiao_education.txt", "utf-8", (one_line,)),
    ("ningchuan_digital_economy.hans", "ningchuan_digital_economy.txt", "big5hkscs", (to_traditional,)),
    ("zeling_air_quality.hans", "zeling_air_quality.txt", "utf-8", (hard_wrap,)),
    ("wangzhou_riverside_outline.hans", "wangzhou_riverside_outline.txt", "utf-8", (to_traditional,)),
    ("boning_energy_plan.hans", "boning_energy_plan.txt", "utf-8", (draw_tables,)),
    (
        "yunling_facility_agriculture.hans",
        "yunling_facility_agriculture.txt",
        "utf-8",
        (break_after_semicolons, with_readings),
    ),
)


def made(source: str, encoding: str, steps: tuple[Step, ...]) -> bytes:
    """The bytes of a document: its source, put through the steps."""
    text = (HERE / source).read_text(encoding="utf-8")
    for step in steps:
        text = step(text)
    return text.encode(encoding)


def main() -> None:
    """Write every document of the list beside this folder."""
    for source, document, encoding, steps in DOCUMENTS:
        (HERE.parent / document).write_bytes(made(source, encoding, steps))


if __name__ == "__main__":
    main()
