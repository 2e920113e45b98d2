"""Boxes of sections: their number and caption, and what stands in them: tests/cases/boxes.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, outlined

from planparse.model.document import Box, Grid

TABLE: dict[str, Any] = cases("boxes")  # type: ignore[assignment]


ROWS = [pytest.param(case, id=case["box"], marks=[pytest.mark.xfail(strict=True, reason=case["open"])] if "open" in case else []) for case in TABLE["boxes"]]


@pytest.mark.parametrize("case", ROWS)
def test_boxes(case: dict[str, Any]) -> None:
    (found,) = outlined(TABLE["frame"].format(case["box"]))
    boxes = [(s.title, box) for s in found.sections() for box in s.items if isinstance(box, Box)]
    assert [[box.number_raw, box.caption, [i.text for i in box.items if not isinstance(i, Grid)]] for _, box in boxes] == case["found"]
    assert {title for title, _ in boxes} <= {"疏浚航道"}
