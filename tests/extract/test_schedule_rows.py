"""Rows of task and project tables, and what they join: tests/cases/schedule_rows.yaml."""

from __future__ import annotations

from typing import Any

import pytest
import tablecases
from plans import cases

from planparse.extract.tables import extract_grid
from planparse.extract.target_rows import texts_of_row
from planparse.model.drafts import Clock
from planparse.tables import find_grids

NOT_STATED = ("caption", "source", "level")


@pytest.mark.parametrize("case", cases("schedule_rows"), ids=lambda case: str(case["rows"][1:3]))
def test_rows(case: dict[str, Any]) -> None:
    clock = Clock(None, None, case["year"], case["year"]) if "year" in case else tablecases.clock({})
    (grid,), _ = find_grids(tablecases.document({"text": case["caption"] + "\n{table}", "tables": [case["rows"]]}))
    found = [draft.values for draft in extract_grid(grid, None, clock, [])]
    stated = [{k: v for k, v in row.items() if v not in (None, [], {}) and k not in NOT_STATED} for row in found]
    assert [{k: v if isinstance(v, list | int) else str(v) for k, v in row.items()} for row in stated] == case["records"]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("2022年目标：建成3座", ("建成3座", 2022, "修好码头")),
        ("2022年：3公里", ("3公里", 2022, "修好码头")),
        ("年度目标：8个", ("8个", None, "修好码头")),
        ("二季度：完成60%", ("完成60%", None, "修好码头")),
        ("支持方向：补助3座", ("支持方向：补助3座", None, None)),
        ("更换缆桩20根", ("更换缆桩20根", None, None)),
    ],
)
def test_a_cell_of_a_period_is_of_what_its_row_names(line: str, read: tuple[str, int | None, str | None]) -> None:
    assert list(texts_of_row({"title": "修好码头", "text": line})) == [read]


def test_what_a_row_costs_in_a_year_is_no_commitment() -> None:
    assert list(texts_of_row({"name": "东湾渔港", "content": "投资（万元） 2022年：7000万元"})) == []


@pytest.mark.parametrize(
    ("header", "cell", "years"),
    [
        ("开工时间", "2021-2025", (2021, 2025)),
        ("计划开工时间", "2022年3月-2024年10月", (2022, 2024)),
        ("开工时间", "2021年", (2021, None)),
        ("开工年月", "2022.06", (2022, None)),
        ("开工时间", "2022年前", (None, None)),
        ("开工及竣工时间", "2021-2023", (2021, 2023)),
        ("实施年度", "2021、2022", (2021, 2022)),
        ("建设年限", "2022-23年", (2022, 2023)),
        ("建设年限", "2022-12", (2022, 2022)),
        ("建设年限", "2020年-2022年（续建）", (2020, 2022)),
        ("建设年限", "2024年后", (None, None)),
        ("建设年限", "2021—", (2021, None)),
        ("建设年限", "—2023", (None, 2023)),
        ("建设年限", "2021年12月31日前", (None, 2021)),
        ("建设工期", "24个月", (None, None)),
        ("完成时限", "2022-2025年", (2022, 2025)),
        ("完成时限", "2022年12月、2023年12月", (None, 2023)),
        ("投产年份", "2024-2025", (2024, 2025)),
    ],
)
def test_years(header: str, cell: str, years: tuple[int | None, int | None]) -> None:
    rows = [["序号", "项目名称", "建设内容", header, "责任单位"], *([n, f"{name}渔港工程", "扩建泊位", cell, "县渔业局"] for n, name in (("1", "东湾"), ("2", "西湾")))]
    (grid,), _ = find_grids(tablecases.document({"text": "重点项目表\n{table}", "tables": [rows]}))
    values = extract_grid(grid, None, tablecases.clock({}), [])[0].values
    assert (values["start_year"], values["end_year"]) == years
