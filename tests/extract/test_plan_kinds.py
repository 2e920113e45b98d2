"""What kind of plan a title names: tests/cases/titles.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, records

KINDS: dict[str, Any] = cases("titles")["plan_kinds"]  # type: ignore[call-overload]


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in KINDS.items() for title in titles])
def test_plan_kinds(kind: str, title: str) -> None:
    found = records(f"{title}\n一、总体要求\n坚持生态优先。\n二、主要任务\n疏浚航道。\n三、保障措施\n加强领导。\n")
    assert [str(document.plan_kind) for document in found.documents] == [kind]
