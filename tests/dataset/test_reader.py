"""Reading a dataset back: tables, data frames, joins, wording."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import planparse
from planparse.dataset.reader import Dataset, read
from planparse.model.findings import UsageError
from planparse.model.records import TABLES

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


def test_data_frames_keep_whole_numbers_and_decimals(dataset: Dataset) -> None:
    frame = dataset.pandas("targets")
    assert str(frame["deadline_year"].dtype) == "Int32"
    assert frame["value"][0] == Decimal(30)


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


def test_files_of_two_datasets_are_not_taken_for_one(dataset: Dataset, tmp_path: Path) -> None:
    for model in TABLES:
        table = pq.ParquetFile(dataset.folder / f"{model.table}.parquet").read()
        if model.table == "tasks":
            table = table.replace_schema_metadata({**table.schema.metadata, b"corpus_digest": b"another"})
        pq.write_table(table, tmp_path / f"{model.table}.parquet")
    with pytest.raises(UsageError, match="not of one dataset"):
        read(tmp_path)
