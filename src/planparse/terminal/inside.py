"""The stages of one document, as a tree or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from planparse.model.document import Box, Grid, Item, Outline, Paragraph, Section
from planparse.model.findings import Note
from planparse.model.records import TABLES, Finding, Record, Records
from planparse.model.safe import cut, safe
from planparse.model.text import MappedText

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.tree import Tree

    from planparse.pipeline import Stages

SHORT = 60
LABELS = ("title", "name", "subject", "label", "text", "message", "source_path")
"""Columns that tell rows apart for a reader, best first."""


def as_json(stages: Stages, stage: str) -> Any:
    """One stage (source, clean, outline, records) as plain values: dictionaries, lists, strings, numbers."""
    if stage == "records":
        return [one.model_dump(mode="json") for one in stages.records]
    if stage == "outline":
        return [_plain(one, leave=("clean",)) for one in stages.outlines]
    return _plain(stages.source if stage == "source" else stages.clean, leave=("source",))


def _plain(value: Any, leave: tuple[str, ...] = ()) -> Any:
    """A value without classes. ``parent`` links go up a tree that is already going down, and are left out."""
    if isinstance(value, MappedText):
        return {"text": value.text, "starts": list(value.starts), "sources": list(value.sources)}
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in ("parent", *leave)]
        return {"type": type(value).__name__.lower()} | {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value


def as_tree(stages: Stages, stage: str, language: str = "en") -> RenderableType:
    """One stage for a reader; findings in ``language``."""
    from rich.console import Group

    findings = folded((one for records in stages.records for one in records.findings), language)
    if stage == "records" or stages.source is None:
        return Group(*[_records(one, language) for one in stages.records])
    if stage == "source":
        head = stages.source
        about = {"path": head.path, "bytes": head.size, "type": head.media_type, "encoding": head.encoding} | dict(
            head.metadata
        )
        return Group(*_facts(about), *map(_text, folded(head.notes, language)), "", _text(head.text))
    if stages.clean is None or not stages.outlines:
        return Group(*map(_text, findings))
    if stage == "clean":
        clean = stages.clean
        about = {**clean.metadata, "steps": ", ".join(clean.steps)}
        return Group(*_facts(about), *map(_text, folded(clean.notes, language)), "", _text(clean.text.text))
    return Group(*[_outline(one, found) for one, found in zip(stages.outlines, stages.records, strict=True)])


def _text(value: str) -> Any:
    from rich.text import Text

    return Text(safe(value))


def _facts(about: Mapping[str, object]) -> list[Any]:
    return [_text(f"{name}: {value}") for name, value in about.items() if value not in (None, "", ())]


def folded(findings: Iterable[Note | Finding], language: str) -> list[str]:
    """One line for the findings of each code, with their number and what the first of them says."""
    groups: dict[tuple[str, str], list[Note | Finding]] = {}
    for one in findings:
        groups.setdefault((one.severity, one.code), []).append(one)
    return [
        f"{severity} {code}{f' ×{len(group)}' if len(group) > 1 else ''}: {group[0].said(language)}"
        for (severity, code), group in groups.items()
    ]


def _short(text: str) -> str:
    return cut(text.replace("\n", " "), SHORT)


def _outline(one: Outline, found: Records) -> Tree:
    from rich.tree import Tree

    trust = f"{found.documents[0].trust}, outline {one.trust:.2f}"
    tree = Tree(_text(f"{one.title or '(no title)'}  [{trust}]"))
    for item in one.preamble:
        tree.add(_text(_item(item)))
    for chapter in one.chapters:
        _branch(tree, chapter)
    return tree


def _branch(tree: Tree, section: Section) -> None:
    trust = "" if section.trust == 1 else f", {section.trust:.2f}"
    branch = tree.add(_text(f"{section.number_raw or ''} {section.title}  [{section.kind}{trust}]".strip()))
    for item in section.items:
        branch.add(_text(_item(item)))
    for child in section.children:
        _branch(branch, child)


def _item(item: Item) -> str:
    if isinstance(item, Paragraph):
        return f"¶ {_short(item.text)}"
    if isinstance(item, Grid):
        size = f"{len(item.body)} × {len(item.rows[0]) if item.rows else 0}"
        return f"▦ {item.number_raw or ''} {item.caption or 'table'} ({size}): {_short(' | '.join(item.header))}"
    assert isinstance(item, Box)
    return f"▣ {item.number_raw or ''} {item.caption} ({len(item.items)})"


def _records(one: Records, language: str) -> Tree:
    from rich.tree import Tree

    title = one.documents[0].title if one.documents else None
    tree = Tree(_text(title or "(no plan)"))
    for model in TABLES:
        rows: list[Record] = getattr(one, model.table)
        if not rows or model.table == "sources":
            continue
        branch = tree.add(_text(f"{model.table} ({len(rows)})"))
        lines = folded(one.findings, language) if model.table == "findings" else [_row(model.table, row) for row in rows]
        for line in lines:
            branch.add(_text(line))
    return tree


def _row(table: str, row: Record) -> str:
    values = {name: value for name, value in row.__dict__.items() if value not in (None, "", [], {})}
    if table == "documents":
        return ", ".join(f"{name} {value}" for name, value in values.items() if not name.startswith("source_"))
    if table == "targets":
        return f"{values['subject']}: {values['quantity_raw']} → {_quantity(values)}"
    if table == "indicators":
        baseline, target = values.get("baseline_raw", "—"), values.get("target_raw", "—")
        return f"{values['name']}: {baseline} → {target} {values.get('unit', '')}"
    label = next((str(values[name]) for name in LABELS if name in values), "")
    return f"{values.get('level') or values.get('kind') or ''} {values.get('number_raw', '')} {_short(label)}".strip()


def _quantity(values: Mapping[str, Any]) -> str:
    parts = map(values.get, ("comparator", "value", "value_max", "unit", "deadline_year"))
    return " ".join(str(part) for part in parts if part is not None)
