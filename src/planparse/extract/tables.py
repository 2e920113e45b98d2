"""Which rows a table gives: indicators, tasks or projects, by its header and by where it stands."""

from __future__ import annotations

from planparse.extract.indicators import indicators
from planparse.extract.schedules import project_rows, table_kind, task_rows
from planparse.model.document import Box, Grid, Section
from planparse.model.drafts import Clock, Draft


def extract_grid(grid: Grid, section: Section | None, clock: Clock, box: Box | None = None) -> list[Draft]:
    """Drafts of a table's rows; of a table of no known kind, none."""
    title = " ".join(t for t in (grid.caption, box.caption if box else None, section.title if section else None) if t)
    kind = table_kind(grid, section.kind if section else None, title)
    if kind == "indicators":
        drafts = indicators(grid, clock, section)
        for draft in drafts:
            draft.values["table_id"] = grid.start  # numbered in reading order when all tables are known
        return drafts
    if kind == "tasks":
        return task_rows(grid, section, clock)
    if kind == "projects":
        return project_rows(grid, section, clock)
    return []
