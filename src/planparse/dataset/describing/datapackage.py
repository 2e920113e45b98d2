"""``datapackage.json``: the tables as a Frictionless Data Package.

It is written so that ``frictionless validate`` holds the Parquet files to it, which reads them as data frames: lists and
maps reach it as things it has no type for, whole numbers that are missing as ``nan``, and it counts no bytes.
"""

from __future__ import annotations

import json
from typing import Any

from planparse.dataset.describing.facts import ABOUT, KEYWORDS, NAME, TITLE, WRITTEN, Facts, TableFiles
from planparse.dataset.describing.keys import foreign_keys
from planparse.model.records import IDENTIFIERS
from planparse.model.schema import Column, columns, table_description

KINDS = {"string": "string", "bool": "boolean", "int32": "integer", "int64": "integer", "double": "number", "date32": "date"}


def datapackage(facts: Facts) -> str:
    """The descriptor, with the schema, keys, size and hash of every table."""
    body = {
        "name": NAME,
        "title": TITLE,
        "description": f"{ABOUT} {WRITTEN}",
        "version": facts.edition,
        "keywords": list(KEYWORDS),
        "resources": [_resource(table) for table in facts.tables],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _resource(table: TableFiles) -> dict[str, Any]:
    model = table.model
    keys = [
        {"fields": [column], "reference": {"resource": "" if other == model.table else other, "fields": [there]}}
        for column, other, there in foreign_keys(model)
    ]
    return {
        "name": model.table,
        "type": "table",
        "description": table_description(model),
        "path": [part.path for part in table.parts] if table.folder else table.path,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_hashes(table),
        "schema": {
            "fields": [_field(column) for column in columns(model)],
            "primaryKey": [IDENTIFIERS[model.table]],
        }
        | ({"foreignKeys": keys} if keys else {}),
    }


def _hashes(table: TableFiles) -> dict[str, Any]:
    """The hash of the file; of several, for which the specification has no word, that of each."""
    if not table.folder:
        return {"hash": f"sha256:{table.parts[0].sha256}"}
    return {"parts": [{"path": p.path, "bytes": p.size, "hash": f"sha256:{p.sha256}"} for p in table.parts]}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _kind(column.kind), "description": column.description}
    field["arrow"] = column.kind
    limits: dict[str, Any] = {}
    if not column.nullable:
        limits["required"] = True
    if column.values:
        limits["enum"] = list(column.values)
    if column.unit:
        field["unit"] = column.unit
    if column.nullable and field["type"] == "integer":
        field["missingValues"] = ["", "nan"]
    return field | ({"constraints": limits} if limits else {})


def _kind(kind: str) -> str:
    """An Arrow type in Table Schema's words."""
    if kind.startswith("decimal"):
        return "number"
    return "any" if kind.startswith(("list", "map")) else KINDS[kind]
