"""Reading a dataset back: tables, data frames, joins, wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from datasets import document, goal, target, write

import planparse
from planparse.dataset.frames import analytic
from planparse.dataset.reader import Dataset, read
from planparse.model.findings import UsageError
from planparse.model.records import TABLES, Comparator, Records

PLAN = """白石市应急管理“十四五”规划

一、总体目标

到2025年，建成应急避难场所30个，培训救援人员2000人次。

二、重点任务

（一）加强队伍建设

1. 建设综合救援队。新建综合救援队5支，每支不少于20人。
"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    root = tmp_path_factory.mktemp("plans")
    (root / "plan.txt").write_text(PLAN, encoding="utf-8")
    planparse.ingest(root / "plan.txt", root / "out")
    return planparse.read(root / "out")


def test_every_table_is_there(dataset: Dataset) -> None:
    assert list(dataset) == [model.table for model in TABLES]
    for model in TABLES:
        assert dataset[model.table].column_names == list(model.model_fields)
    assert dataset["documents"].num_rows == 1
    assert "targets" in repr(dataset)
    with pytest.raises(KeyError, match="no table 'measures'"):
        dataset.table("measures")


def test_a_target_is_joined_to_its_owner_section_and_document(dataset: Dataset) -> None:
    joined = dataset.joined("targets").to_pylist()
    assert [row["target_id"] for row in joined] == dataset["targets"].column("target_id").to_pylist()
    (shelter,) = [row for row in joined if row["value"] == 30]
    assert (shelter["owner_table"], shelter["section_title"]) == ("goals", "总体目标")
    (team,) = [row for row in joined if row["value"] == 5]
    assert team["owner_table"] == "tasks"
    assert "综合救援队" in team["owner_title"]
    assert {row["document_source_path"] for row in joined} == {"plan.txt"}


@pytest.mark.parametrize("name", [model.table for model in TABLES])
def test_every_table_can_be_joined_and_framed(dataset: Dataset, name: str) -> None:
    assert dataset.joined(name).num_rows == dataset[name].num_rows == len(dataset.pandas(name))


FRAMES: list[tuple[str, Callable[[Dataset], pd.DataFrame]]] = [
    ("pandas", lambda data: data.pandas("targets")),
    ("joined pandas", lambda data: data.pandas("targets", joined=True)),
    ("joined to_pandas", lambda data: data.joined("targets").to_pandas()),
    ("table to_pandas", lambda data: data["targets"].to_pandas()),
    ("parse", lambda data: planparse.parse(PLAN).to_pandas()["targets"]),
]


@pytest.mark.parametrize("made", [pytest.param(made, id=name) for name, made in FRAMES])
def test_a_data_frame_can_be_reckoned_with(dataset: Dataset, made: Callable[[Dataset], pd.DataFrame]) -> None:
    frame = made(dataset)
    assert (frame["value"] * 1.5).iloc[0] == 45.0
    assert np.log(frame["value"]).notna().all()
    assert frame["value"].quantile(0.5) == frame["value"].median()
    assert frame.groupby("comparator", observed=True).size().to_dict() == {"eq": 3, "ge": 1}
    assert list(frame["comparator"].cat.categories) == [word.value for word in Comparator]
    assert str(frame["deadline_year"].dtype) == "Int32"
    assert frame["deadline_year"].mean() == 2025
    assert frame["value_max"].isna().all()


def test_decimals_and_dates(dataset: Dataset) -> None:
    assert dataset.pandas("targets", decimals=True)["value"][0] == Decimal(30)
    assert dataset.joined("targets", decimals=True)["value"][0].as_py() == Decimal(30)
    assert dataset.table("targets")["value"][0].as_py() == Decimal(30)
    assert dataset.pandas("documents")["issued_date"].dt.year.isna().all()
    assert {"document_trust", "section_kind"} <= set(dataset.pandas("targets", joined=True).select_dtypes("category"))


def test_a_word_that_is_in_no_list_is_kept() -> None:
    table = pa.table({"kind": ["goals", "omens", None]}).replace_schema_metadata({"table": "sections"})
    assert analytic(table)["kind"].to_pylist() == ["goals", "omens", None]


@pytest.mark.parametrize("of", ["joined", "[]"])
def test_other_libraries_take_the_arrow_table(dataset: Dataset, of: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    table = dataset.joined("targets") if of == "joined" else dataset["targets"]
    with duckdb.connect() as database:
        database.register("targets", table)
        assert database.sql("SELECT max(value) FROM targets WHERE comparator = 'eq'").fetchall() == [(2000.0,)]
    polars = pytest.importorskip("polars", reason="polars is no part of the setup")
    assert polars.from_arrow(table)["value"].max() == 2000.0


def test_what_is_printed_is_short(dataset: Dataset) -> None:
    plan = planparse.parse(PLAN)
    for one in (dataset, plan):
        assert "\n" not in repr(one)
        assert len(repr(one)) < 250
        assert repr(one).count("targets 4") == 1
        assert "<td>targets</td><td>4</td>" in one._repr_html_()
    assert "白石市" in repr(plan)
    assert len(repr(plan.sections[0])) < 600
    assert "…" in repr(planparse.parse(PLAN * 3).sources[0])
    assert "<" not in planparse.parse("<b>&")._repr_html_().split("</b>")[0].removeprefix("<p><b>")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("救援队", {"tasks": 1, "targets": 2}),
        ("應急避難場所", {"goals": 1, "targets": 2}),
        ("“应急避难场所”", {"goals": 1, "targets": 2}),
        ("救援队 20人", {"tasks": 1, "targets": 2}),
        ("20人 救援队", {"tasks": 1, "targets": 2}),
        ("白石市", {}),
        (".*", {}),
    ],
)
def test_records_of_all_documents_are_searched(dataset: Dataset, words: str, found: dict[str, int]) -> None:
    table = dataset.search(words)
    assert Counter(table["table"].to_pylist()) == found
    for row in table.to_pylist():
        assert dataset.wording(row["record_id"]).table == row["table"]
    assert dataset.search(words, most=1).num_rows == min(1, sum(found.values()))


def test_of_copies_the_fullest_is_searched(tmp_path: Path) -> None:
    found = write(
        tmp_path / "o",
        Records(
            documents=[document("a1"), document("b2")],
            targets=[target("a1", 1, "避难场所"), target("b2", 1, "避难场所")],
        ),
    )
    documents = pq.ParquetFile(found / "documents.parquet").read()
    place = documents.column_names.index("duplicate_of")
    copies = documents.set_column(place, documents.schema.field(place), pa.array([None, "a1"]))
    pq.write_table(copies, found / "documents.parquet")
    assert read(found).search("避难场所")["doc_id"].to_pylist() == ["a1"]
    assert read(found).search("避难场所", copies=True)["doc_id"].to_pylist() == ["a1", "b2"]


def test_what_cannot_be_searched(dataset: Dataset) -> None:
    assert dataset.search("救援队", ["targets"]).num_rows == dataset.search("救援队", "targets").num_rows == 2
    with pytest.raises(UsageError, match="Give the words"):
        dataset.search(" ")
    with pytest.raises(KeyError, match="'findings' cannot be searched"):
        dataset.search("救援队", ["findings"])


def test_a_record_is_found_with_its_wording(dataset: Dataset) -> None:
    identifier = dataset["targets"].column("target_id")[0].as_py()
    found = dataset.wording(identifier)
    assert found.table == "targets"
    assert "应急避难场所30个" in found.text[found.start : found.end]
    with pytest.raises(KeyError, match="no record nothing"):
        dataset.wording("nothing")


def test_a_folder_without_a_dataset_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no dataset"):
        read(tmp_path)
    (tmp_path / "documents.parquet").write_bytes(b"")
    with pytest.raises(UsageError, match=r"There is no dataset|cannot be read"):
        read(tmp_path)


def test_the_digest_is_of_the_rows(tmp_path: Path) -> None:
    plans = [Records(documents=[document(name)], goals=[goal(name, 1, "到2025年，达到50个。")]) for name in ("a1", "b2")]
    one, other = (read(write(tmp_path / name, *order, digest=name)) for name, order in (("one", plans), ("other", plans[::-1])))
    assert one.corpus_digest != other.corpus_digest
    assert one.digest == other.digest
    changed = plans[1].model_copy(update={"goals": [goal("b2", 1, "到2025年，达到51个。")]})
    assert read(write(tmp_path / "changed", plans[0], changed)).digest != one.digest


def test_files_of_two_datasets_are_not_taken_for_one(dataset: Dataset, tmp_path: Path) -> None:
    for model in TABLES:
        table = pq.ParquetFile(dataset.folder / f"{model.table}.parquet").read()
        if model.table == "tasks":
            table = table.replace_schema_metadata({**table.schema.metadata, b"corpus_digest": b"another"})
        pq.write_table(table, tmp_path / f"{model.table}.parquet")
    with pytest.raises(UsageError, match="not of one dataset"):
        read(tmp_path)
