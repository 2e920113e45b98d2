"""``datapackage.json``: the tables as a Frictionless Data Package.

It is written so that ``frictionless validate`` holds the Parquet files to it, which reads them as data frames: lists and
maps reach it as things it has no type for, whole numbers that are missing as ``nan``, and it counts no bytes.
"""

from __future__ import annotations

import json
from typing import Any

from planparse.dataset.describing.facts import ABOUT, KEYWORDS, NAME, TITLE, WRITTEN, Facts, TableFile
from planparse.dataset.describing.keys import PRIMARY, foreign_keys
from planparse.model.schema import Column, columns, table_description

KINDS = {"string": "string", "bool": "boolean", "int32": "integer", "int64": "integer", "date32": "date"}


def datapackage(facts: Facts) -> str:
    """The descriptor, with the schema, keys, size and hash of every table."""
    body = {
        "name": NAME,
        "title": TITLE,
        "description": f"{ABOUT} {WRITTEN}",
        "version": facts.edition,
        "keywords": list(KEYWORDS),
        "resources": [_resource(file) for file in facts.tables],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _resource(file: TableFile) -> dict[str, Any]:
    keys = [
        {"fields": [column], "reference": {"resource": "" if table == file.model.table else table, "fields": [there]}}
        for column, table, there in foreign_keys(file.model)
    ]
    return {
        "name": file.model.table,
        "type": "table",
        "description": table_description(file.model),
        "path": file.path,
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [_field(column) for column in columns(file.model)],
            "primaryKey": [PRIMARY[file.model.table]],
        }
        | ({"foreignKeys": keys} if keys else {}),
    }


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
