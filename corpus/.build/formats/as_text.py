"""A source as plain text: what stands in the other formats, one paragraph a line."""

from __future__ import annotations

from marked import Box, Contents, Line, Source, Table

LEADER = "……"


def write_text(source: Source) -> bytes:
    """UTF-8 text; the cells of a table's row are parted by bars, a merged cell stands in its first row."""
    lines = [*source.page, *("：".join(pair) for row in source.meta for pair in _pairs(row)), ""]
    for block in source.blocks:
        if isinstance(block, Line):
            lines += [block.text, *block.more]
        elif isinstance(block, Contents):
            lines += [block.heading, *(f"{entry}{LEADER}{page}" for entry, page in block.entries)]
        elif isinstance(block, Box):
            lines += [block.caption, *block.lines, ""]
        else:
            lines += ["", *_rows(block), ""]
    return "\n".join([*lines, *source.foot, ""]).encode()


def _pairs(row: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(key.strip("： "), value) for key, value in zip(row[::2], row[1::2], strict=True)]


def _rows(table: Table) -> list[str]:
    grid = [[""] * table.width for _ in table.rows]
    whole = set()
    for row, column, cell in table.placed():
        grid[row][column] = cell.text.replace("\n", "")
        if cell.columns == table.width:
            whole.add(row)
    return [f"| {cells[0]} |" if row in whole else "| " + " | ".join(cells) + " |" for row, cells in enumerate(grid)]
