"""Spark gives the rows that the engines of one machine give."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import standins
from typer.testing import CliRunner

from planparse.cli import app
from planparse.corpus import ingest
from planparse.corpus.on_spark import ingest_on_spark
from planparse.dataset import duplicates
from planparse.dataset.manifest import is_dataset
from planparse.engines import spark as engine
from planparse.engines import spark_copies
from planparse.model.findings import UsageError
from planparse.model.options import Limits, Options
from planparse.model.records import TABLES

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = [model.table for model in TABLES]
LIMITS = Options(limits=Limits(max_bytes=100_000, timeout=5))
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17 or later")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="PySpark is not installed: requirements-spark.lock")
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    os.environ["PYTHONPATH"] = paths  # the executors' Python must find the stand-ins
    with engine.session("local[2]") as found:
        found.conf.set("spark.sql.shuffle.partitions", "2")
        yield found


def archive(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(f"{name}.txt"), data)
    return sink.getvalue()


def put(root: Path) -> Path:
    """Documents of every fate: read, empty, too large, failing, hanging, dying, doubled in each way."""
    for number in range(12):
        folder = root / f"第{number % 3}批 [{number % 3}]"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"计划 {number}%.txt").write_text(f"计划{number} 1\n第二行 {number} 22", encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    (root / "_新.txt").write_text("下划线 7", encoding="utf-8")
    (root / ".hidden.txt").write_text("看不见 8", encoding="utf-8")
    (root / "fault.txt").write_text("FAULT", encoding="utf-8")
    (root / "large.txt").write_bytes(b"1" * 100_001)
    (root / "double.txt").write_text("计划3 1\n第二行 3 22", encoding="utf-8")
    (root / "zip1.zip").write_bytes(archive(a="甲 1".encode(), b="乙 2".encode(), c="计划4 1\n第二行 4 22".encode()))
    (root / "zip2.zip").write_bytes(archive(a="甲 1".encode(), b="乙 2".encode(), c="计划4 1\n第二行 4 22".encode()))
    (root / "zip3.zip").write_bytes(archive(a="甲 1".encode(), d="丁 4".encode()))
    (root / "zzz.txt").write_text("丁 4", encoding="utf-8")
    (root / "zzz_fault.txt").write_text("FAULT", encoding="utf-8")
    return root


def local_rows(out: Path, table: str) -> list[dict[str, Any]]:
    return ordered(pq.ParquetFile(out / f"{table}.parquet").read())


def spark_rows(out: Path, table: str) -> list[dict[str, Any]]:
    return ordered(ds.dataset(out / table, format="parquet").to_table())


def ordered(table: pa.Table) -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: json.dumps(row, default=str, sort_keys=True))


def assert_same(local: Path, other: Path) -> None:
    for table in NAMES:
        mine, theirs = local_rows(local, table), spark_rows(other, table)
        assert theirs == mine, table
        schema = ds.dataset(other / table, format="parquet").schema
        assert schema.names == pq.ParquetFile(local / f"{table}.parquet").schema_arrow.names


def test_rows_are_those_of_the_local_engine(spark: Any, tmp_path: Path) -> None:
    local = ingest([CORPUS], tmp_path / "local", jobs=1)
    there = ingest_on_spark([str(CORPUS)], str(tmp_path / "spark"))
    assert_same(tmp_path / "local", tmp_path / "spark")
    told = ("files", "documents", "duplicates", "unreadable", "records", "trust", "findings", "findings_by_code", "failures")
    assert {name: getattr(there, name) for name in told} == {name: getattr(local, name) for name in told}
    assert there.documents > 10


@pytest.fixture(scope="module")
def ran(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Any, Any]:
    """One corpus, read by both engines."""
    base = tmp_path_factory.mktemp("spark")
    root = put(base / "corpus")
    local = ingest([root], base / "local", jobs=1, options=LIMITS, process=standins.process)
    there = ingest_on_spark([str(root)], str(base / "spark"), options=LIMITS, process=standins.process)
    return base / "local", base / "spark", local, there


DESCRIPTIONS = ("CITATION.cff", "README.md", "croissant.json", "datapackage.json")


def text(seed: int, lines: int = 40) -> str:
    rng = random.Random(seed)
    return "\n".join("".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(12)) for _ in range(lines))


def put_mirrors(root: Path) -> Path:
    """Plans with mirrors of each kind: fuller and shorter ones, copies of copies, and a text that half a folder shares."""
    put(root)
    for number in range(6):
        (root / f"{number}原.txt").write_text(text(number), encoding="utf-8")
        (root / f"{number}镜像.txt").write_text("首页\n" + text(number) + "\n打印", encoding="utf-8")
        (root / f"第{number % 3}批 [{number % 3}]" / f"{number}转.txt").write_text(
            text(number) + "\n" + text(90 + number, 3), encoding="utf-8"
        )
    for number in range(9):
        (root / f"公文{number}.txt").write_text(text(50)[: -26 * number or None], encoding="utf-8")
    (root / "镜像.zip").write_bytes(archive(a=text(1).encode(), b=(text(2) + "，").encode(), c=text(7).encode()))
    return root


@pytest.mark.parametrize("held", [0, 300_000], ids=["shuffled", "held by the driver"])
def test_mirrors_are_linked_as_on_one_machine(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    root = put_mirrors(tmp_path / "corpus")
    monkeypatch.setattr(spark_copies, "HELD_DOCUMENTS", held)
    monkeypatch.setattr(spark_copies, "MOST_COMPARED", 3)
    monkeypatch.setattr(duplicates, "MOST_COMPARED", 3)
    ingest([root], tmp_path / "local", jobs=1, options=LIMITS, process=standins.process)
    ingest_on_spark([str(root)], str(tmp_path / "spark"), options=LIMITS, process=standins.process)
    assert_same(tmp_path / "local", tmp_path / "spark")
    rows = spark_rows(tmp_path / "spark", "documents")
    names = {row["doc_id"]: row["source_path"] for row in rows}
    links = {row["source_path"]: names[row["duplicate_of"]] for row in rows if row["duplicate_of"]}
    assert links["3原.txt"] == links["3镜像.txt"] == "第0批 [0]/3转.txt", "the fullest one"
    assert len(links) > 18
    local = (tmp_path / "local" / "CITATION.cff").read_bytes()
    assert (tmp_path / "spark" / "CITATION.cff").read_bytes() == local, "the same edition of the same corpus"


def test_the_descriptions_tell_what_is_there(ran: tuple[Path, Path, Any, Any]) -> None:
    mine, theirs, local, _ = ran
    assert {name for name in DESCRIPTIONS if (theirs / name).exists()} == set(DESCRIPTIONS)
    package = json.loads((theirs / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == NAMES
    for resource in package["resources"]:
        there = sorted(path.relative_to(theirs).as_posix() for path in (theirs / resource["name"]).glob("*.parquet"))
        assert sorted(resource["path"]) == there
        for part in resource["parts"]:
            data = (theirs / part["path"]).read_bytes()
            assert (part["bytes"], part["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
    told = json.loads((theirs / "croissant.json").read_text(encoding="utf-8"))
    sets = {files["@id"] for files in told["distribution"]}
    assert all(any(theirs.glob(pattern)) for pattern in sets)
    assert {field["source"]["fileSet"]["@id"] for kind in told["recordSet"] for field in kind["field"]} == sets
    cards = [(out / "README.md").read_text(encoding="utf-8") for out in (mine, theirs)]
    tables = [re.findall(r"^\| `.*|^\d.* documents of .*\n.*", card, re.MULTILINE) for card in cards]
    assert tables[0] == tables[1]
    assert len(tables[0]) == len(NAMES) + 1
    assert json.loads((theirs / "run.json").read_text(encoding="utf-8"))["documents"] == local.documents


def test_failures_and_doubles_are_those_of_the_local_engine(ran: tuple[Path, Path, Any, Any]) -> None:
    mine, theirs, local, there = ran
    assert_same(mine, theirs)
    told = ("files", "documents", "duplicates", "unreadable", "failures")
    assert {name: getattr(there, name) for name in told} == {name: getattr(local, name) for name in told}
    assert there.unreadable == 3


def test_the_manifest_is_that_of_the_local_engine(ran: tuple[Path, Path, Any, Any]) -> None:
    mine, theirs, _, _ = ran
    lines = (mine / "manifest.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    pieces = [piece for line in lines for piece in json.loads(line)["pieces"]]
    manifest = ds.dataset(theirs / "manifest", format="parquet").to_table().to_pylist()
    assert {(p["path"], p["sha256"], p.get("duplicate_of")) for p in pieces} == {
        (p["path"], p["sha256"], p["duplicate_of"]) for p in manifest
    }


def test_a_finished_dataset_among_plans_is_not_read(ran: tuple[Path, Path, Any, Any]) -> None:
    assert all(map(is_dataset, map(str, ran[:2])))


def test_a_finished_dataset_is_not_touched(ran: tuple[Path, Path, Any, Any]) -> None:
    _, theirs, _, _ = ran
    assert not (theirs / "_staging").exists()
    with pytest.raises(UsageError, match="finished dataset"):
        ingest_on_spark([str(CORPUS)], str(theirs), process=standins.process)


@pytest.mark.parametrize(("place", "words"), [("corpus", "other files"), ("nowhere", "no file or folder")])
def test_what_cannot_be_done_is_said(spark: Any, tmp_path: Path, place: str, words: str) -> None:
    put(tmp_path / "corpus")
    with pytest.raises(UsageError, match=words):
        ingest_on_spark([str(tmp_path / place)], str(tmp_path / "corpus"), process=standins.process)


def test_a_stopped_run_is_replaced_and_bad_documents_cost_themselves(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = put(tmp_path / "corpus"), tmp_path / "spark"
    for left in ("_staging/table=targets", "targets"):
        (out / left).mkdir(parents=True)
        (out / left / "part-0.parquet").write_bytes(b"half a file")
    (root / "hang.txt").write_text("HANG 600", encoding="utf-8")
    (root / "memory.txt").write_text("MEMORY", encoding="utf-8")
    (root / "die.pdf").write_bytes(b"%PDF DIE")
    (root / "gone.txt").write_text("在 1", encoding="utf-8")
    real = engine._documents
    monkeypatch.setattr(engine, "_documents", lambda *args: real(*args).filter("path != 'gone.txt'"))
    options = Options(limits=Limits(max_bytes=100_000, timeout=2))
    found = ingest_on_spark([str(root)], str(out), options=options, process=standins.process_anything)
    codes = {failure.path: failure.code for failure in found.failures}
    wanted = {"hang.txt": "limit_exceeded", "memory.txt": "limit_exceeded", "die.pdf": "worker_died"}
    assert wanted.items() <= codes.items()
    assert codes["gone.txt"] == "unreadable_file"
    assert len(spark_rows(out, "documents")) == found.documents == 12 + 4


def test_raw_documents_in_parquet(spark: Any, tmp_path: Path) -> None:
    root = put(tmp_path / "corpus")
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("[!.]*") if path.is_file())
    raw = pa.table({"path": names, "content": [(root / name).read_bytes() for name in names]})
    pq.write_table(raw, tmp_path / "raw.parquet")
    ingest([root], tmp_path / "local", jobs=1, options=LIMITS, process=standins.process)
    inputs = [str(tmp_path / "raw.parquet")]
    ingest_on_spark(inputs, str(tmp_path / "spark"), options=LIMITS, process=standins.process)
    assert_same(tmp_path / "local", tmp_path / "spark")


def test_the_command_runs_it(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "计划.txt").write_text("行动计划\n一、目标\n建成3个公园。", encoding="utf-8")
    command = ["ingest", str(tmp_path / "corpus"), "--engine", "spark", "--out", str(tmp_path / "out"), "--json"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["records"]["documents"] == 1
    assert len(spark_rows(tmp_path / "out", "targets")) == 1
