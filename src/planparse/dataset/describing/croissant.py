"""``croissant.json``: the tables as MLCommons Croissant 1.0, for dataset search and machine-learning loaders."""

from __future__ import annotations

import json
from typing import Any

from planparse.dataset.describing.facts import ABOUT, KEYWORDS, LICENCE, NAME, TITLE, WRITTEN, Facts, TableFiles
from planparse.dataset.describing.keys import foreign_keys
from planparse.model.records import IDENTIFIERS
from planparse.model.schema import Column, columns, table_description

_TERMS = (
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset jsonPath key md5 "
    "parentField path recordSet references regex repeated replace samplingRate separator source subField transform"
)
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
} | {term: f"cr:{term}" for term in _TERMS.split()}
"""The context that the Croissant 1.0 specification lays down, word for word."""
KINDS = {"bool": "sc:Boolean", "int32": "sc:Integer", "int64": "sc:Integer", "double": "sc:Float", "date32": "sc:Date"}
FORMAT = "application/x-parquet"


def croissant(facts: Facts) -> str:
    """The JSON-LD document: a file object and a record set for every table."""
    body = {
        "@context": dict(sorted(CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": TITLE,
        "description": f"{ABOUT} {WRITTEN}",
        "keywords": list(KEYWORDS),
        "inLanguage": "zh-Hans",
        "license": LICENCE,
        "version": facts.edition,
        "citeAs": f"planparse, {TITLE}, {facts.edition}",
        "isLiveDataset": False,
        "distribution": [_files(table) if table.folder else _file(table) for table in facts.tables],
        "recordSet": [_records(table) for table in facts.tables],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _file(table: TableFiles) -> dict[str, Any]:
    file = table.parts[0]
    names = dict.fromkeys(("@id", "name", "contentUrl"), file.path)
    return {"@type": "cr:FileObject", **names, "contentSize": f"{file.size} B", "encodingFormat": FORMAT, "sha256": file.sha256}


def _files(table: TableFiles) -> dict[str, Any]:
    names = dict.fromkeys(("@id", "name", "includes"), table.path)
    return {"@type": "cr:FileSet", **names, "encodingFormat": FORMAT}


def _records(table: TableFiles) -> dict[str, Any]:
    """The columns of a table, but for maps: Croissant has no type for them, and its loader fails on them."""
    name = table.model.table
    links = {column: f"{other}/{there}" for column, other, there in foreign_keys(table.model) if other != name}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table_description(table.model),
        "key": {"@id": f"{name}/{IDENTIFIERS[name]}"},
        "field": [_field(table, column, links.get(column.name)) for column in columns(table.model) if not column.kind.startswith("map")],
    }


def _field(table: TableFiles, column: Column, link: str | None) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.model.table}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": "sc:Float" if column.kind.startswith("decimal") else KINDS.get(column.kind, "sc:Text"),
        "source": {
            "fileSet" if table.folder else "fileObject": {"@id": table.path},
            "extract": {"column": column.name},
        },
    }
    if column.kind.startswith("list"):
        field["repeated"] = True
    if link:
        field["references"] = {"field": {"@id": link}}
    return field
