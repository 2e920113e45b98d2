"""Datasets of folders, as Spark writes them, are read as those of single files are; damaged ones say what to do."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq
import pytest
from datasets import document, goal, indicator, section, source, target, task, write
from typer.testing import CliRunner

import planparse
from planparse.cli import app
from planparse.dataset.export import Format, export
from planparse.dataset.query import query
from planparse.dataset.stored import NAMES, _place
from planparse.model.findings import UsageError
from planparse.model.records import Records


def some(name: str, count: int) -> Records:
    return Records(
        documents=[document(name, keywords=["水", "电"])],
        sections=[section(name, 1, "目标")],
        goals=[goal(name, 1, "到2025年，建成避难场所3个。")],
        tasks=[task(name, n, f"任务{n}", lead_units=["县教育局"]) for n in range(1, count)],
        indicators=[indicator(name, 1, "覆盖率", target_value=Decimal("95.5"), other_cells={"2023年": "≤39"})],
        targets=[target(name, n, f"场所{n}", value=Decimal(n), source_end=3) for n in range(1, count)],
        sources=[source(name, f"原文{name}。")],
    )


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("made") / "single", some("a1", 4), some("b2", 3))


@pytest.fixture(scope="module")
def folders(single: Path) -> Path:
    """The same rows as Spark leaves them: in folders of files, nothing marked as never null, in another order."""
    root = single.with_name("folders")
    for name in NAMES:
        table = pq.ParquetFile(single / f"{name}.parquet").read()
        kinds = [
            pa.list_(pa.field("element", pa.string())) if pa.types.is_list(f.type) else f.type for f in table.schema
        ]
        loose = pa.schema([pa.field(f.name, kind) for f, kind in zip(table.schema, kinds, strict=True)])
        table = table.cast(loose).take(pa.array(range(table.num_rows - 1, -1, -1), pa.int64()))
        (root / name).mkdir(parents=True)
        (root / name / "_SUCCESS").touch()
        (root / name / ".part-0.parquet.crc").write_bytes(b"crc")
        half = table.num_rows // 2
        if table.num_rows:
            pq.write_table(table.slice(0, half), root / name / "part-00000-x.zstd.parquet")
            pq.write_table(table.slice(half), root / name / "part-00001-x.zstd.parquet")
    (root / "_SUCCESS").touch()
    (root / "CITATION.cff").write_text(
        f'version: "0.2.0+schema1.0.corpusab"\nvalue: "sha256:{"ab" * 32}"\n', encoding="utf-8"
    )
    return root


def test_the_tables_are_the_same(single: Path, folders: Path) -> None:
    one, many = planparse.read(single), planparse.read(folders)
    assert one.counts == many.counts
    for name in NAMES:
        assert many.table(name).equals(one.table(name))
        assert many.joined(name).schema.equals(one.joined(name).schema)
        assert pa.Table.from_batches(many.batches(name, 2), many.table(name).schema).equals(many.table(name))
    assert (many.version, many.corpus_digest) == ("0.2.0", "ab" * 32)
    assert many.digest == one.digest
    assert many.wording("b2-q0002").record == one.wording("b2-q0002").record
    assert many.search("场所").equals(one.search("场所"))


@pytest.mark.parametrize("form", [form for form in Format if form not in (Format.XLSX, Format.DUCKDB)])
def test_every_export_is_the_same(single: Path, folders: Path, tmp_path: Path, form: Format) -> None:
    one, many = (export(place, form, tmp_path / place.name).files for place in (single, folders))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in many]


@pytest.mark.parametrize("command", ["query", "show", "doubtful", "diff", "search", "report", "export"])
def test_every_command_takes_folders_and_urls(single: Path, folders: Path, tmp_path: Path, command: str) -> None:
    answers = []
    for place in (str(single), str(folders), folders.as_uri()):
        arguments = {
            "query": [
                "SELECT sum(value), any_value(keywords) FROM targets JOIN documents USING (doc_id)",
                "--outputs",
                place,
            ],
            "show": ["a1-q0001", "--outputs", place],
            "doubtful": [place, "--all"],
            "diff": [str(single), place],
            "search": ["场所", "--outputs", place],
            "report": [place, "--out", str(tmp_path / "site"), "--no-plots"],
            "export": ["--format", "csv", "--outputs", place, "--out", str(tmp_path / "csv")],
        }[command]
        result = CliRunner().invoke(app, [command, *arguments], env={"COLUMNS": "100"})
        assert result.exit_code == 0, result.output
        answers.append(result.stdout)
    assert len(set(answers)) == 1


def test_a_query_reads_all_files(folders: Path) -> None:
    pytest.importorskip("duckdb")
    assert query("SELECT count(*) AS n, count(DISTINCT doc_id) AS d FROM targets", folders).to_pylist() == [
        {"n": 5, "d": 2}
    ]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("outputs", "outputs"),
        ("a b/输出", "a b/输出"),
        ("file:///a/b", "/a/b"),
        (Path("file:///a/b"), "/a/b"),
        ("C:/a", "C:/a"),
    ],
)
def test_places_on_this_machine(given: str | Path, path: str) -> None:
    assert _place(given) == (pyarrow.fs.LocalFileSystem(), path)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("missing", "There is no dataset"),
        ("cut", "Run planparse ingest again, with --full"),
        ("text", "Run planparse ingest again"),
    ],
)
def test_a_damaged_dataset_is_one_sentence_that_says_what_to_do(
    single: Path, tmp_path: Path, damage: str, words: str
) -> None:
    shutil.copytree(single, tmp_path / "o")
    file = tmp_path / "o" / "tasks.parquet"
    content = file.read_bytes()
    file.unlink() if damage == "missing" else file.write_bytes(
        content[:-9] if damage == "cut" else b"no Parquet at all"
    )
    with pytest.raises(UsageError, match=words) as raised:
        planparse.read(tmp_path / "o")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("url", ["nonsense://bucket/data", "ftp://host/data"])
def test_a_store_that_cannot_be_reached_is_a_sentence(url: str) -> None:
    with pytest.raises(UsageError, match="cannot be reached"):
        planparse.read(url)
