"""Every format says what the dataset says, and hostile text stays text."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import re
import sqlite3
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from datasets import document, goal, indicator, source, target, task, write

from planparse.dataset.export import Format, cells, export
from planparse.dataset.export.workbook import MOST_CHARACTERS
from planparse.dataset.reader import Dataset
from planparse.model.findings import UsageError
from planparse.model.records import TABLES, Records

HOSTILE = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "　=1", "＝1+1", "＋1", "－1", "＠a",
    "\ufeff=1", '=HYPERLINK("http://example.org","看")', "-",
]  # fmt: skip
HARMLESS = ["一、总体要求", "5%", "——到2025年", "a=b", "'x", "1-2", "“十四五”", "http://example.org", "_x0041_"]
SOURCE = "前文前文，建成𠀀避难场所30个。后文后文"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents; every text that may be taken for something else stands in a title."""
    tasks = [task("a1", n, text, lead_units=["市教育局", "=1"]) for n, text in enumerate(HOSTILE + HARMLESS, 1)]
    one = Records(
        documents=[document("a1", issued_date=datetime.date(2022, 3, 4), period_end=2025, keywords=["水", "电"])],
        tasks=tasks,
        goals=[goal("a1", 1, "长" * 40_000), goal("a1", 2, "控\x00制\x1b符")],
        indicators=[
            indicator("a1", 1, "率", target_value=Decimal("95.50"), other_cells={"=列": "值"}),
            indicator(
                "a1", 2, "数", target_value=Decimal("-3"), comparator="ge", property="binding", baseline_year=2020
            ),
        ],
        targets=[target("a1", 1, "避难场所", source_start=7, source_end=15, value=Decimal(30), approximate=True)],
        sources=[source("a1", SOURCE)],
    )
    two = Records(documents=[document("b2", source_path="乙 县/计划?#.txt")], sources=[source("b2")])
    return write(tmp_path_factory.mktemp("made") / "out[1]' *?", one, two)


def read_csv(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", list(Format))
def test_the_same_dataset_gives_the_same_bytes(outputs: Path, tmp_path: Path, form: Format) -> None:
    digests = []
    for name in ("one", "two"):
        done = export(outputs, form, tmp_path / name)
        assert sorted(done.files) == sorted((tmp_path / name).iterdir()), "nothing is left behind"
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in done.files])
    if form is not Format.DUCKDB:  # its files carry an identifier of their own
        assert digests[0] == digests[1]


def test_csv_begins_with_a_mark_and_has_all_tables(outputs: Path, tmp_path: Path) -> None:
    done = export(outputs, Format.CSV, tmp_path)
    assert [path.name for path in done.files] == [f"{model.table}.csv" for model in TABLES]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in done.files)
    rows = read_csv(tmp_path / "indicators.csv")
    assert [row["target_value"] for row in rows] == ["95.5", "-3"]
    assert rows[1]["baseline_value"] == ""
    assert read_csv(tmp_path / "documents.csv")[0]["keywords"] == "水；电"
    assert read_csv(tmp_path / "targets.csv")[0]["approximate"] == "true"
    assert read_csv(tmp_path / "documents.csv")[0]["issued_date"] == "2022-03-04"


def test_no_cell_of_the_csv_is_a_formula(outputs: Path, tmp_path: Path) -> None:
    export(outputs, Format.CSV, tmp_path)
    titles = [row["title"] for row in read_csv(tmp_path / "tasks.csv")]
    assert titles == ["'" + text for text in HOSTILE] + HARMLESS


@pytest.mark.parametrize("text", HOSTILE)
def test_formulas_are_told(text: str) -> None:
    assert cells.inert(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_alone(text: str) -> None:
    assert cells.inert(text) == text


def test_the_workbook_holds_text_as_text(outputs: Path, tmp_path: Path) -> None:
    import openpyxl

    done = export(outputs, Format.XLSX, tmp_path)
    book = openpyxl.load_workbook(done.files[0])
    assert book.sheetnames == ["columns", *(model.table for model in TABLES if model.table != "sources")]
    sheet = book["tasks"]
    title = [cell.value for cell in sheet[1]].index("title")
    found = [row[title] for row in sheet.iter_rows(min_row=2)]
    assert all(cell.data_type in ("s", "inlineStr") and cell.hyperlink is None for cell in found)
    kept = [re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), str(cell.value)).strip() for cell in found]
    assert kept == [text.strip() for text in HOSTILE + HARMLESS]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{len(found) + 1}"
    assert "Heading, lead sentence" in sheet.cell(1, title + 1).comment.text
    assert done.notes == ["1 cells are longer than the 32,767 characters that one takes, and were cut."]
    texts = [row[-2].value for row in book["goals"].iter_rows(min_row=2)]
    assert (len(texts[0]), texts[0][-1], texts[1]) == (MOST_CHARACTERS, "…", "控制符")
    values = {cell.value: book["indicators"].cell(2, cell.column).value for cell in book["indicators"][1]}
    assert values["target_value"] == 95.5
    assert values["other_cells"] == '{"=列": "值"}'


def test_a_long_table_goes_on_in_another_sheet(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr("planparse.dataset.export.workbook.MOST_ROWS", 10)
    book = openpyxl.load_workbook(export(outputs, Format.XLSX, tmp_path, ["tasks"]).files[0])
    assert book.sheetnames == ["columns", "tasks", "tasks 2", "tasks 3"]
    assert [book[name].max_row for name in book.sheetnames[1:]] == [11, 11, len(HOSTILE + HARMLESS) - 20 + 1]


def test_stata_files_have_labels(outputs: Path, tmp_path: Path) -> None:
    export(outputs, Format.DTA, tmp_path)
    with pd.io.stata.StataReader(tmp_path / "indicators.dta") as reader:
        frame = reader.read()
        labels = reader.variable_labels()
        assert reader.data_label == "One row per indicator of an indicator table."
        assert reader.value_labels()["comparator"][2] == "ge"
    assert labels["target_year"] == "Year of this plan's own target. Unit: year."
    assert max(map(len, labels.values())) <= 80
    assert frame["target_value"].tolist() == [95.5, -3.0]
    assert frame["comparator"].tolist()[1] == "ge"
    assert frame["baseline_year"].isna().tolist() == [True, False]
    assert pd.read_stata(tmp_path / "goals.dta")["text"].tolist() == ["长" * 40_000, "控制符"]
    assert pd.read_stata(tmp_path / "documents.dta")["issued_date"][0] == pd.Timestamp(2022, 3, 4)
    assert pd.read_stata(tmp_path / "tasks.dta")["title"].tolist()[0] == "=1+1"
    assert len(pd.read_stata(tmp_path / "findings.dta")) == 0


def test_json_lines_say_where_a_record_stands(outputs: Path, tmp_path: Path) -> None:
    export(outputs, Format.JSONL, tmp_path)
    row = json.loads((tmp_path / "targets.jsonl").read_text(encoding="utf-8"))
    assert row["value"] == 30
    position, quotation = row["provenance"]["selector"]
    assert position == {"type": "TextPositionSelector", "start": 7, "end": 15}
    assert quotation["type"] == "TextQuoteSelector"
    assert quotation["exact"] == SOURCE[7:15] == "𠀀避难场所30个"
    assert quotation["prefix"] + quotation["exact"] + quotation["suffix"] == SOURCE
    assert row["provenance"]["source"]["id"] == "a1.txt"
    lines = (tmp_path / "tasks.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["title"] for line in lines if line] == HOSTILE + HARMLESS
    documents = (tmp_path / "documents.jsonl").read_text(encoding="utf-8")
    assert json.loads(documents.splitlines()[0])["issued_date"] == "2022-03-04"
    assert json.loads((tmp_path / "indicators.jsonl").read_text(encoding="utf-8").splitlines()[0])["other_cells"] == {
        "=列": "值"
    }


def test_duckdb_keeps_lists_and_explains_columns(outputs: Path, tmp_path: Path) -> None:
    import duckdb

    done = export(outputs, Format.DUCKDB, tmp_path)
    with duckdb.connect(str(done.files[0]), read_only=True) as database:
        assert database.execute("SELECT keywords FROM documents").fetchall()[0] == (["水", "电"],)
        assert database.execute("SELECT target_value FROM indicators").fetchall()[0] == (Decimal("95.500000"),)
        query = "SELECT comment FROM duckdb_columns() WHERE table_name='targets' AND column_name='subject'"
        assert database.execute(query).fetchall() == [("What the number measures.",)]
        assert database.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(len(TABLES),)]


def test_sqlite_has_keys(outputs: Path, tmp_path: Path) -> None:
    done = export(outputs, Format.SQLITE, tmp_path)
    database = sqlite3.connect(done.files[0])
    assert [row[0] for row in database.execute("SELECT title FROM tasks ORDER BY seq")] == HOSTILE + HARMLESS
    assert database.execute("SELECT target_value FROM indicators").fetchall() == [(95.5,), (-3,)]
    assert json.loads(database.execute("SELECT keywords FROM documents").fetchone()[0]) == ["水", "电"]
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO tasks SELECT * FROM tasks LIMIT 1")
    database.close()


@pytest.mark.parametrize(("words", "found"), [("避难场", 1), ("急避难场所", 1), ("没有的词", 0)])
def test_sqlite_can_be_searched(tmp_path: Path, words: str, found: int) -> None:
    data = Records(documents=[document("a1")], targets=[target("a1", 1, "应急避难场所"), target("a1", 2, "绿地")])
    done = export(write(tmp_path / "o", data), Format.SQLITE, tmp_path)
    database = sqlite3.connect(done.files[0])
    sql = "SELECT target_id FROM targets WHERE rowid IN (SELECT rowid FROM targets_fts WHERE targets_fts MATCH ?)"
    assert [row[0] for row in database.execute(sql, [words])] == ["a1-q0001"][:found]
    assert not done.notes


def test_keys_lead_to_the_tables_that_are_there(outputs: Path, tmp_path: Path) -> None:
    database = sqlite3.connect(export(outputs, Format.SQLITE, tmp_path / "all").files[0])
    assert {row[2:5] for row in database.execute("PRAGMA foreign_key_list(targets)")} == {
        ("documents", "doc_id", "doc_id"),
        ("sections", "section_id", "section_id"),
    }
    database = sqlite3.connect(export(outputs, Format.SQLITE, tmp_path / "one", ["targets"]).files[0])
    assert not database.execute("PRAGMA foreign_key_list(targets)").fetchall()
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(export(outputs, Format.DUCKDB, tmp_path).files[0]), read_only=True) as base:
        sql = "SELECT constraint_column_names[1] FROM duckdb_constraints() WHERE table_name = 'targets' AND constraint_type = ?"
        assert base.execute(sql, ["PRIMARY KEY"]).fetchall() == [("target_id",)]
        assert sorted(base.execute(sql, ["FOREIGN KEY"]).fetchall()) == [("doc_id",), ("section_id",)]


def test_a_database_that_cannot_be_written_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = write(tmp_path / "o", Records(documents=[document("a1")]))
    real = Dataset.batches
    monkeypatch.setattr(Dataset, "batches", lambda self, name, rows=4096: iter([*real(self, name, rows)] * 2))
    for form in (Format.SQLITE, Format.DUCKDB):
        with pytest.raises(UsageError, match="the database cannot be written"):
            export(outputs, form, tmp_path / "x")
    assert not list((tmp_path / "x").iterdir())


def test_only_the_tables_asked_for(outputs: Path, tmp_path: Path) -> None:
    done = export(outputs, Format.CSV, tmp_path, ["targets", "documents"])
    assert [path.name for path in done.files] == ["documents.csv", "targets.csv"]


@pytest.mark.parametrize(
    ("form", "tables", "words"),
    [(Format.CSV, ["nothing"], "no table nothing"), (Format.XLSX, ["sources"], "whole documents")],
)
def test_what_cannot_be_written_is_said(
    outputs: Path, tmp_path: Path, form: Format, tables: list[str], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        export(outputs, form, tmp_path / "x", tables)
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_a_file_is_refused(outputs: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        export(outputs, Format.CSV, tmp_path / "x")


def test_a_missing_library_is_named(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planparse.model.libraries.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="needs xlsxwriter, which is not installed: run make setup"):
        export(outputs, Format.XLSX, tmp_path)


def test_an_error_leaves_the_old_file(outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(outputs, Format.SQLITE, tmp_path)
    before = (tmp_path / "planparse.sqlite").read_bytes()
    monkeypatch.setattr("planparse.dataset.export.databases.number", lambda value: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(outputs, Format.SQLITE, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["planparse.sqlite"]
    assert (tmp_path / "planparse.sqlite").read_bytes() == before
