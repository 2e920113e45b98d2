"""A comparison as lines of text, as JSON, or as a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from difflib import SequenceMatcher
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from planparse.comparison.model import KINDS, Change, Comparison, DocumentChange, Field, Row
from planparse.dataset import files
from planparse.dataset.export.cells import json_value, plain
from planparse.model.findings import UsageError
from planparse.model.libraries import need
from planparse.model.records import SCHEMA_VERSION
from planparse.model.safe import cut, safe

MARKS = {"came": "+", "went": "-", "changed": "~"}
SHOWN = 60
"""Characters of a wording in a line of text; JSON and the page have all of it."""
MOST_TOLD_APART = 4000
"""Characters of a text in which the page marks single words; longer ones stand side by side."""


def as_table(found: Comparison) -> str:
    """A table of counts, then a line for each change."""
    lines = [f"{'':<12} {'came':>7} {'went':>7} {'changed':>8} {'alike':>7}"]
    changed = sum(document.differs for document in found.documents)
    lines.append(f"{'documents':<12} {len(found.came):>7,} {len(found.went):>7,} {changed:>8,} {len(found.documents) - changed:>7,}")
    for table, counts in found.counts().items():
        cells = " ".join(f"{counts.get(kind, 0):>{8 if kind == 'changed' else 7},}" for kind in (*KINDS, "alike"))
        lines.append(f"{table:<12} {cells}")
    lines += [f"{mark} {_document(row)}" for mark, rows in (("+", found.came), ("-", found.went)) for row in rows]
    for document in found.documents:
        if document.differs:
            lines += ["", f"{document.title} ({document.old_path} → {document.new_path})", *_lines(document)]
    if not found.differs:
        lines += ["", "Nothing differs."]
    return "\n".join(safe(line.replace("\n", " ")) for line in lines) + "\n"


def _document(row: Row) -> str:
    return f"document {row['title']} ({row['source_path']})" if row["title"] else f"document {row['source_path']}"


def _lines(document: DocumentChange) -> Iterator[str]:
    for field in document.fields:
        yield f"  ~ {_field(field)}"
    for change in document.changes:
        yield f"  {MARKS[change.kind]} {change.table}: {cut(change.name, SHOWN)}{_told(change)}"


def _told(change: Change) -> str:
    if change.kind == "changed":
        return ": " + "; ".join(map(_field, change.fields))
    said = {field.name: _shown(field.new if change.kind == "came" else field.old) for field in change.fields}
    quantity = said.get("quantity_raw") or said.get("target_raw")
    return f" {quantity}" if quantity else ""


def _field(field: Field) -> str:
    return f"{field.name} {cut(_shown(field.old), SHOWN)} → {cut(_shown(field.new), SHOWN)}"


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "∅"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return plain(value) if isinstance(value, Decimal) else str(value)


def as_json(found: Comparison) -> str:
    """All of it as one JSON object."""
    body = {
        "schema_version": SCHEMA_VERSION,
        "old": found.old,
        "new": found.new,
        "differs": found.differs,
        "counts": found.counts(),
        "came": [_about(row) for row in found.came],
        "went": [_about(row) for row in found.went],
        "documents": [
            {
                "title": document.title,
                "old_path": document.old_path,
                "new_path": document.new_path,
                "fields": [asdict(field) for field in document.fields],
                "changes": [asdict(change) for change in document.changes],
            }
            for document in found.documents
            if document.differs
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=json_value) + "\n"


def _about(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("doc_id", "source_path", "title", "region")}


def as_html(found: Comparison) -> str:
    """One page that needs no other file; whatever a document says, it is text there."""
    need("jinja2")
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"shown": _shown, "apart": apart}
    template = (resources("planparse.comparison") / "templates" / "comparison.html").read_text(encoding="utf-8")
    return environment.from_string(template).render(found=found, counts=found.counts(), marks=MARKS) + "\n"


def apart(field: Field) -> list[tuple[str, str]]:
    """What stands in the old (``del``), the new (``ins``) or both (``same``), piece by piece."""
    old, new = _shown(field.old), _shown(field.new)
    if not isinstance(field.old, str) or not isinstance(field.new, str) or len(old) + len(new) > MOST_TOLD_APART:
        return [("del", old), ("same", " → "), ("ins", new)]
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", old[a:b]))
            continue
        pieces += [piece for piece in (("del", old[a:b]), ("ins", new[c:d])) if piece[1]]
    return pieces


def write(path: Path, text: str) -> None:
    """Write a file whole, or not at all. Raises UsageError where that cannot be done."""
    try:
        with files.whole(path) as file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror}.") from error
