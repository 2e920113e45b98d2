"""What a table lists: indicators, tasks, projects, or something that no table of the dataset holds."""

from __future__ import annotations

import re
from typing import Literal

from planparse.extract.table_columns import Columns, is_absent, read_columns, text_at
from planparse.language.columns import Role
from planparse.model.document import Grid

TableKind = Literal["indicators", "tasks", "projects"]

_INDICATOR = re.compile(r"指标|目标")
_PROJECT_TITLE = re.compile(r"项目|工程")
_TASK_TITLE = re.compile(r"任务|措施|分工|举措|行动|事项|工作要点|重点工作|责任清单|清单|实施方案|行动计划|分解")
_FIGURE = re.compile(r"[0-9]|不发生|[零无]")
_PROPERTY = re.compile(r"约束|预期")


def is_indicator_table(grid: Grid) -> bool:
    """Whether the rows of the grid are indicators: a column names them, and others hold values, units or properties."""
    columns = read_columns(grid)
    if not columns.names:
        return False
    roles = set(columns.roles)
    if Role.INVESTMENT in roles and Role.PROPERTY not in roles:
        return False
    if _strong_name(columns):
        return bool(roles & {Role.VALUE, Role.GROWTH, Role.PROPERTY, Role.UNIT, Role.NUMBER, Role.CATEGORY})
    if not roles & {Role.NAME, Role.PROJECT, Role.TASK, Role.CATEGORY, Role.CONTENT}:
        return False
    values = columns.of(Role.VALUE, Role.GROWTH)
    if Role.PROPERTY in roles and any(
        _PROPERTY.search(text_at(row, columns.first(Role.PROPERTY))) for row in grid.body
    ):
        return True
    if not _figures(grid, values) or roles & {Role.LEAD, Role.YEARS, Role.END, Role.START}:
        return False
    return Role.UNIT in roles or bool(grid.caption and _INDICATOR.search(grid.caption))


def _strong_name(columns: Columns) -> bool:
    return any("指标" in columns.names[i] or "目标" in columns.names[i] for i in columns.of(Role.NAME))


def _figures(grid: Grid, columns: list[int]) -> bool:
    """Whether most cells of the columns hold figures."""
    texts = [row[i].text for row in grid.body for i in columns if not is_absent(row[i].text)]
    return bool(texts) and sum(_FIGURE.search(t) is not None and len(t) <= 30 for t in texts) * 2 > len(texts)


def table_kind(grid: Grid, section_kind: str | None = None, title: str | None = None) -> TableKind | None:
    """What the rows of a grid are; ``title`` is the heading of the section in which it stands, and helps where the header leaves it open."""
    if is_indicator_table(grid):
        return "indicators"
    columns = read_columns(grid)
    roles = set(columns.roles)
    if not columns.names or len(grid.body) == 0 or section_kind == "background":
        return None
    named = f"{grid.caption or ''} {title or ''}"
    projects = _PROJECT_TITLE.search(grid.caption or title or "") is not None
    tasks = _TASK_TITLE.search(grid.caption or title or "") is not None
    schedule = bool(
        roles & {Role.LEAD, Role.SUPPORT, Role.YEARS, Role.START, Role.END, Role.CONTENT, Role.INVESTMENT, Role.REMARK}
    )
    if tasks and not projects and Role.PROJECT in roles and Role.END in roles and Role.INVESTMENT not in roles:
        return "tasks"  # the deeds of a year under 项目名称, with who answers for them by when
    if Role.PROJECT in roles and (schedule or projects or section_kind == "projects"):
        return "projects"
    if Role.INVESTMENT in roles and roles & {Role.NAME, Role.TASK, Role.CONTENT}:
        return "projects" if projects or Role.TASK not in roles else "tasks"
    if Role.TASK in roles and (schedule or tasks):
        return "tasks"
    if not roles & {Role.NAME, Role.CONTENT}:
        return None
    if projects and (roles & {Role.NAME} or section_kind == "projects") and schedule and not tasks:
        return "projects"
    dealt_out = Role.NUMBER in roles and Role.CONTENT in roles and Role.LEAD in roles and not projects
    return "tasks" if dealt_out or (_TASK_TITLE.search(named) and roles & {Role.LEAD, Role.END, Role.YEARS}) else None
