"""The descriptions beside the tables are true, the same for the same tables, and never replace somebody's own file."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from datasets import document, goal, indicator, source, target, task, write

from planparse.corpus import ingest
from planparse.dataset.describing import describe
from planparse.model.records import TABLES, Records
from planparse.model.schema import columns

NAMES = ("CITATION.cff", "README.md", "croissant.json", "datapackage.json")
ABOUT = {"planparse_version": "9.9", "corpus_digest": "ab" * 32}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A described dataset with every kind of null."""
    one = Records(
        documents=[document("a1", period_start=2021, period_end=2025, keywords=["水"]), document("b2", title=None)],
        goals=[goal("a1", 1, "目标", horizon_year=2025), goal("a1", 2, "目标")],
        tasks=[task("a1", 1, "任务", lead_units=["市教育局"]), task("a1", 2, "任务", start_year=2022)],
        indicators=[indicator("a1", 1, "率", target_value=5, other_cells={"甲": "乙"}), indicator("a1", 2, "数")],
        targets=[target("a1", 1, "数"), target("a1", 2, "数", deadline_year=2025, value=3)],
        sources=[source("a1"), source("b2")],
    )
    folder = write(tmp_path / "out", one)
    describe(folder, folder, ABOUT)
    return folder


def read(out: Path, name: str) -> Any:
    return json.loads((out / name).read_text(encoding="utf-8"))


def test_every_column_is_described(out: Path) -> None:
    resources = {one["name"]: one for one in read(out, "datapackage.json")["resources"]}
    assert list(resources) == [model.table for model in TABLES]
    for model in TABLES:
        resource = resources[model.table]
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == pq.ParquetFile(out / resource["path"]).schema_arrow.names
        assert all(field["description"] for field in fields)
        assert resource["hash"] == "sha256:" + hashlib.sha256((out / resource["path"]).read_bytes()).hexdigest()
        required = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
        assert required == [column.name for column in columns(model) if not column.nullable]


def test_keys_name_columns_that_there_are(out: Path) -> None:
    resources = {one["name"]: one["schema"] for one in read(out, "datapackage.json")["resources"]}
    names = {table: {field["name"] for field in schema["fields"]} for table, schema in resources.items()}
    links = [(t, k["fields"][0], k["reference"]) for t, s in resources.items() for k in s.get("foreignKeys", [])]
    assert ("targets", "doc_id", {"resource": "documents", "fields": ["doc_id"]}) in links
    assert ("documents", "duplicate_of", {"resource": "", "fields": ["doc_id"]}) in links
    for table, column, reference in links:
        assert column in names[table]
        assert reference["fields"][0] in names[reference["resource"] or table]
    assert all(set(schema["primaryKey"]) <= names[table] for table, schema in resources.items())


def test_croissant_points_at_files_and_columns(out: Path) -> None:
    told = read(out, "croissant.json")
    hashes = {file["@id"]: file["sha256"] for file in told["distribution"]}
    assert hashes == {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in hashes}
    fields = {field["@id"] for records in told["recordSet"] for field in records["field"]}
    for records in told["recordSet"]:
        assert records["key"]["@id"] in fields
        for field in records["field"]:
            assert field["source"]["fileObject"]["@id"] in hashes
            assert field.get("references", {"field": {"@id": field["@id"]}})["field"]["@id"] in fields


def test_the_card_tells_rows_and_reads_as_yaml_and_markdown(out: Path) -> None:
    text = (out / "README.md").read_text(encoding="utf-8")
    head = yaml.safe_load(text.split("---\n")[1])
    assert [config["data_files"] for config in head["configs"]] == [f"{model.table}.parquet" for model in TABLES]
    assert "2 documents of 1 regions (2 five_year_plan). Their periods reach from 2021 to 2025." in text
    assert re.search(r"\| `indicators` \| 2 \| \d+ \|", text)


def test_the_citation_is_yaml_with_what_the_format_demands(out: Path) -> None:
    told = yaml.safe_load((out / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(told)
    assert told["version"] == "9.9+schema1.2.corpusabababababab"


def test_the_same_tables_give_the_same_bytes(out: Path) -> None:
    before = [(out / name).read_bytes() for name in NAMES]
    describe(out, out, ABOUT)
    assert [(out / name).read_bytes() for name in NAMES] == before


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_somebodys_own_is_left_alone(out: Path, tmp_path: Path, name: str) -> None:
    text = (out / name).read_text(encoding="utf-8")
    (out / name).write_text(text.replace("Written by planparse ingest.", "Mine."), encoding="utf-8")
    staged = write(tmp_path / "new", Records())
    describe(staged, out, ABOUT)
    assert sorted(path.name for path in staged.iterdir() if path.suffix != ".parquet") == sorted({*NAMES} - {name})


@pytest.mark.parametrize("name", NAMES)
def test_an_older_description_is_replaced(out: Path, tmp_path: Path, name: str) -> None:
    staged = write(tmp_path / "new", Records())
    describe(staged, out, ABOUT | {"corpus_digest": "cd" * 32})
    assert (staged / name).read_bytes() != (out / name).read_bytes()


def test_an_ingest_publishes_them_with_the_tables(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.txt").write_text("禾阳县水务工作要点\n\n一、主要任务\n建成供水站3座。\n", encoding="utf-8")
    ingest([root], tmp_path / "one", jobs=1)
    ingest([root], tmp_path / "two", jobs=1)
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_frictionless_holds(out: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless[parquet] is not installed (some 300 MB)")
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_croissant_loads(out: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed (some 300 MB)")
    dataset = mlcroissant.Dataset(str(out / "croissant.json"))
    assert len(list(dataset.records("indicators"))) == 2


def test_describing_imports_no_pandas(out: Path) -> None:
    """An ingest must not wait for it."""
    import subprocess

    code = "import sys, planparse.dataset.describing; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
