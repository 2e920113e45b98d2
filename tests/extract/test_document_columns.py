"""Columns of documents, by the lines around a plan: tests/cases/document_columns.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plans import cases, records

TABLE: dict[str, Any] = cases("document_columns")  # type: ignore[assignment]
BODY = "一、主要任务\n疏浚航道。\n二、保障措施\n加强领导。\n"


def rows() -> Iterator[Any]:
    """Cases, and the words of each frame in its lines and columns."""
    for case in TABLE["cases"]:
        yield pytest.param(case["lines"], case["is"], id=case["lines"])
    for frame in TABLE["frames"]:
        for word in frame["words"]:
            lines = frame["lines"].format(word)
            yield pytest.param(lines, {column: value and value.format(word) for column, value in frame["is"].items()}, id=lines)


@pytest.mark.parametrize(("lines", "columns"), list(rows()))
def test_columns(lines: str, columns: dict[str, str | None]) -> None:
    before, _, behind = lines.partition("\n----\n")
    (document,) = records(f"{before}\n{BODY}{behind}\n").documents
    found = document.model_dump(mode="json")
    assert {column: None if found[column] is None else str(found[column]) for column in columns} == columns
