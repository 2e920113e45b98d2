"""A table with more columns than are read is a finding, not silence."""

import pytest

from planparse.cleaning import clean
from planparse.loaders import load
from planparse.model.findings import Code
from planparse.model.options import Options
from planparse.tables import find_grids
from planparse.tables.raw import MAX_COLUMNS


def table(columns: int) -> str:
    head = "| " + " | ".join(f"指标{n}" for n in range(columns)) + " |"
    return "\n".join((head, "|" + " --- |" * columns, *("| " + " | ".join(str(n + row) for n in range(columns)) + " |" for row in range(3)))) + "\n"


@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
@pytest.mark.parametrize(("columns", "expected"), [(8, 0), (MAX_COLUMNS + 40, 1)])
def test_noted_once(name: str, columns: int, expected: int) -> None:
    text = f"霁湾县节水行动方案\n\n{table(columns)}\n一、总体目标\n用水量下降。\n"
    _, notes = find_grids(clean(load(text.encode(), name, Options())))
    found = [note for note in notes if note.code == Code.LIMIT_EXCEEDED]
    assert len(found) == expected
    assert all(text[note.start : note.end].strip().startswith("|") for note in found)
