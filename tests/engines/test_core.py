"""The core that all engines share: raw documents in, rows of all tables out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import standins

from planparse.corpus import ingest
from planparse.dataset.columns import BY_NAME
from planparse.engines import core
from planparse.engines.batch import File, Work, read_batch
from planparse.engines.core import FLUSH_ROWS, PIECES, Raw, convert, documents_in
from planparse.engines.tagged import convert_tagged, envelope
from planparse.model.findings import Code, Note
from planparse.model.options import Options
from planparse.model.records import Records, Source
from planparse.model.schema import arrow_schema
from planparse.pipeline import Stages


def rows(documents: list[Raw]) -> dict[str, list[dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = {}
    for table, part in convert(documents, standins.process, Options()):
        part.validate(full=True)
        if table != PIECES:
            assert part.schema.equals(arrow_schema(BY_NAME[table]))
        tables.setdefault(table, []).extend(part.to_pylist())
    return tables


def archive(**members: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in members.items():
            file.writestr(f"{name}.txt", content)
    return target.getvalue()


def test_rows_follow_one_another_as_the_pieces_tell() -> None:
    found = rows([("a.txt", "一 1\n二 2 3".encode()), ("b.txt", "三".encode())])
    assert [(piece["path"], piece["rows"]) for piece in found[PIECES]] == [
        ("a.txt", [1, 2, 0, 0, 0, 0, 3, 0, 1]),
        ("b.txt", [1, 1, 0, 0, 0, 0, 0, 0, 1]),
    ]
    assert [row["title"] for row in found["sections"]] == ["一 1", "二 2 3", "三"]
    assert [row["quantity_raw"] for row in found["targets"]] == ["1", "2", "3"]


def test_members_of_an_archive_are_pieces_of_their_file() -> None:
    found = rows([("包.zip", archive(b="乙 1", a="甲 2"))])
    assert [(piece["file"], piece["path"]) for piece in found[PIECES]] == [
        ("包.zip", "包.zip!/b.txt"),
        ("包.zip", "包.zip!/a.txt"),
    ]
    assert [row["source_path"] for row in found["documents"]] == ["包.zip!/b.txt", "包.zip!/a.txt"]


@pytest.mark.parametrize("data", [archive(), b"PK\x03\x04 broken", b"\x1f\x8b\x08 broken"])
def test_an_archive_without_documents_is_a_finding(data: bytes) -> None:
    found = rows([("包.zip", data)])
    assert [row["source_path"] for row in found["findings"]] == ["包.zip"]
    assert "documents" not in found


@pytest.mark.parametrize(
    ("document", "code", "retry"),
    [
        (("a.txt", Note(Code.UNREADABLE_FILE, "no permission")), "unreadable_file", True),
        (("a.txt", b"FAULT"), "unreadable_file", True),
        (("a.txt", b""), "empty_document", False),
    ],
)
def test_what_cannot_be_read_is_one_finding(document: Raw, code: str, retry: bool) -> None:
    found = rows([document])
    assert [row["code"] for row in found["findings"]] == [code]
    assert [piece["retry"] for piece in found[PIECES]] == [retry]


def test_memory_errors_are_not_swallowed() -> None:
    with pytest.raises(MemoryError):
        rows([("a.txt", b"MEMORY")])


def test_many_rows_come_in_several_batches() -> None:
    text = "\n".join(["行 1"] * (FLUSH_ROWS // 2)).encode()
    batches = list(convert([(f"{n}.txt", text) for n in range(3)], standins.process, Options()))
    assert sum(table == PIECES for table, _ in batches) > 1
    assert sum(part.num_rows for table, part in batches if table == "sections") == 3 * FLUSH_ROWS // 2


def test_documents_are_taken_one_by_one() -> None:
    """Nothing is read ahead: a document's bytes are asked for when the one before has been read."""
    asked = []

    def documents() -> object:
        for name in ("a", "b", "c"):
            asked.append(name)
            yield name, b"x"

    read: list[list[str]] = []

    def process(data: bytes, path: str, options: Options) -> object:
        read.append(list(asked))
        return standins.process(data, path, options)

    list(convert(documents(), process, Options()))  # type: ignore[arg-type]
    assert read == [["a"], ["a", "b"], ["a", "b", "c"]]


def tagged(documents: list[Raw]) -> list[pa.RecordBatch]:
    """What Spark gives and gets for these files."""
    told = [(path, None, data.packed()) if isinstance(data, Note) else (path, data, None) for path, data in documents]
    raw = pa.table(dict(zip(("path", "content", "error"), zip(*told, strict=True), strict=True)))
    return list(convert_tagged(raw.to_batches(), standins.process, Options()))


def test_rows_in_the_envelope_leave_the_other_tables_null() -> None:
    batch = next(batch for batch in tagged([("a", b"x")]) if batch.column("table")[0].as_py() == "sections")
    assert batch.schema.equals(envelope())
    assert batch.column("targets").null_count == batch.num_rows
    assert batch.column("sections").null_count == 0


def test_a_fault_in_reading_an_archive_costs_that_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError("nowhere")

    monkeypatch.setattr("planparse.engines.core.members", fail)
    found = list(documents_in("a.zip", archive(a="甲"), Options()))
    assert [(path, note.code) for path, note in found if isinstance(note, Note)] == [("a.zip", Code.UNREADABLE_FILE)]


def test_documents_of_one_file_share_its_text(tmp_path: Path) -> None:
    """A hundred documents of one file do not hold a hundred copies of its text, on the disk or on the way to it."""
    text = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(200_000))  # nothing in it repeats

    def process(data: bytes, path: str, options: Options) -> Stages:
        one = standins.process(data, path, options).records[0]
        named = [f"{one.documents[0].doc_id}{part}" for part in ("", *(f"-{n}" for n in range(2, 101)))]
        found = [
            Records(
                documents=[one.documents[0].model_copy(update={"doc_id": name})],
                sources=[Source(doc_id=name, text=text)],
            )
            for name in named
        ]
        return Stages(records=found)

    root, out = tmp_path / "c", tmp_path / "out"
    root.mkdir()
    (root / "a.txt").write_text("甲")
    (root / "b.txt").write_text("乙")
    work = Work(process, Options(), tmp_path, "key")
    listed = [File(path.name, str(path), 3) for path in sorted(root.iterdir())]
    shard = read_batch(listed, work, lambda started: None).shard
    assert shard.stat().st_size < 10 * len(text.encode())
    assert ingest([root], out, process=process).documents == 200
    table = pq.ParquetFile(out / "sources.parquet")
    assert table.read().column("text").to_pylist() == [text] * 200
    assert (out / "sources.parquet").stat().st_size < 40 * len(text.encode())


def test_texts_are_encoded_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "FLUSH_BYTES", 30)
    batches = list(convert([(f"{n}.txt", "一二三四五六".encode()) for n in range(3)], standins.process, Options()))
    counts = [part.num_rows for table, part in batches if table == "sources"]
    assert len(counts) >= 2
    assert sum(counts) == 3


def test_tags_follow_a_table_over_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "FLUSH_BYTES", 60)
    documents = [(f"{name}.zip", archive(a=f"{name}一二三四五六七八九十", b=f"{name}乙")) for name in ("甲", "丁")]
    found: dict[str, list[tuple[str, int]]] = {}
    for batch in tagged(documents):
        batch.validate(full=True)
        tags = zip(batch.column("file").to_pylist(), batch.column("number").to_pylist(), strict=True)
        found.setdefault(batch.column("table")[0].as_py(), []).extend(tags)
    assert found["sources"] == found["documents"] == [("甲.zip", 0), ("甲.zip", 1), ("丁.zip", 0), ("丁.zip", 1)]
