"""The Python interface, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import planparse
from planparse.model.records import TABLES

PLAN = "一、总体目标\n到2025年，建成救援站3个。\n二、重点任务\n（一）建设救援站\n新建救援站3个。\n"


def test_text_bytes_and_files_give_the_same_records(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8", newline="\n")
    parsed = [planparse.parse(given) for given in (PLAN, PLAN.encode(), path, str(path))]
    assert {one.path for one in parsed} == {"text", "bytes", "plan.txt"}
    assert all(one.targets == parsed[0].targets for one in parsed)
    assert [target.quantity_raw for target in parsed[0].targets][:1] == ["3个"]
    assert parsed[0].document is not None
    assert parsed[0].text == PLAN


def test_records_become_data_frames_with_the_columns_of_the_dataset() -> None:
    frames = planparse.parse(PLAN).to_pandas()
    assert {model.table: list(model.model_fields) for model in TABLES} == {
        name: list(frame.columns) for name, frame in frames.items()
    }
    assert len(frames["sections"]) == 3


@pytest.mark.parametrize("given", [b"", b"\x89PNG\r\n\x1a\n0000", b"PK\x03\x04broken"])
def test_what_cannot_be_read_is_told_by_findings(given: bytes) -> None:
    parsed = planparse.parse(given)
    assert parsed.document is None
    assert parsed.text == ""
    assert len(parsed.errors()) == 1


def test_the_documents_of_an_archive_come_together(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as file:
        file.writestr("a.txt", PLAN)
        file.writestr("b.txt", PLAN.replace("3", "4"))
    assert [one.source_path for one in planparse.parse(tmp_path / "two.zip").documents] == [
        "two.zip!/a.txt",
        "two.zip!/b.txt",
    ]


@pytest.mark.parametrize("given", ["nowhere.txt", "folder/规划.docx", Path("nowhere")])
def test_a_path_that_is_not_there_is_no_text(given: str | Path) -> None:
    with pytest.raises(FileNotFoundError):
        planparse.parse(given)


@pytest.mark.parametrize("given", ["一、总体目标", "", "规划" * 2000, "到2025年，建成3个。\n"])
def test_one_line_can_be_text(given: str) -> None:
    assert planparse.parse(given).path == "text"


def test_all_names_are_there_and_no_others() -> None:
    for name in planparse.__all__:
        assert getattr(planparse, name)
    assert set(planparse.__all__) <= set(dir(planparse))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        planparse.nonsense  # noqa: B018


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = {"pandas", "pyarrow", "numpy", "jieba", "pydantic", "lxml", "rich", "typer"}
    program = f"import sys, planparse; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_plan_without_tables_or_damage_loads_nothing_for_them() -> None:
    unneeded = {"pandas", "pyarrow.dataset", "planparse.cleaning.garble.desk", "planparse.extract.tables", "lxml"}
    program = f"import sys, planparse; planparse.parse({PLAN!r}); print(sorted({unneeded!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_plots_are_there_without_an_import_of_their_own() -> None:
    assert planparse.plots.__name__ == "planparse.plots"
