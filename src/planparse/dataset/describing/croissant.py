"""``croissant.json``: the tables as MLCommons Croissant 1.0, for dataset search and machine-learning loaders."""

from __future__ import annotations

import json
from typing import Any

from planparse.dataset.describing.facts import ABOUT, KEYWORDS, LICENCE, NAME, TITLE, WRITTEN, Facts, TableFiles
from planparse.dataset.describing.keys import PRIMARY, foreign_keys
from planparse.model.schema import Column, columns, table_description

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the Croissant 1.0 specification lays down, word for word."""
KINDS = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "double": "sc:Float",
    "date32": "sc:Date",
}
FORMAT = "application/x-parquet"


def croissant(facts: Facts) -> str:
    """The JSON-LD document: a file object and a record set for every table."""
    body = {
        "@context": CONTEXT,
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
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": FORMAT,
        "sha256": file.sha256,
    }


def _files(table: TableFiles) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": table.path,
        "name": table.path,
        "includes": table.path,
        "encodingFormat": FORMAT,
    }


def _records(table: TableFiles) -> dict[str, Any]:
    name = table.model.table
    links = {column: f"{other}/{there}" for column, other, there in foreign_keys(table.model) if other != name}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table_description(table.model),
        "key": {"@id": f"{name}/{PRIMARY[name]}"},
        "field": [_field(table, column, links.get(column.name)) for column in columns(table.model) if _sayable(column)],
    }


def _sayable(column: Column) -> bool:
    """Croissant has no type for maps, and its loader fails on them."""
    return not column.kind.startswith("map")


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
