"""The core that all engines share: raw documents in, rows of all tables out."""

from __future__ import annotations

import io
import zipfile

import pyarrow as pa
import pytest
import standins

from planparse.dataset.columns import BY_NAME
from planparse.engines.core import FLUSH_ROWS, PIECES, convert, documents_in, envelope, raw, unwrap, wrap
from planparse.model.findings import Code, Note
from planparse.model.options import Options
from planparse.model.schema import arrow_schema


def rows(documents: list[pa.RecordBatch]) -> dict[str, list[dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = {}
    for batch in convert(documents, standins.process, Options()):
        assert batch.schema.equals(envelope())
        batch.validate(full=True)
        table, part = unwrap(batch)
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
    found = rows([raw("a.txt", "一 1\n二 2 3".encode()), raw("b.txt", "三".encode())])
    assert [(piece["path"], piece["rows"]) for piece in found[PIECES]] == [
        ("a.txt", [1, 2, 0, 0, 0, 0, 3, 0, 1]),
        ("b.txt", [1, 1, 0, 0, 0, 0, 0, 0, 1]),
    ]
    assert [row["title"] for row in found["sections"]] == ["一 1", "二 2 3", "三"]
    assert [row["quantity_raw"] for row in found["targets"]] == ["1", "2", "3"]


def test_members_of_an_archive_are_pieces_of_their_file() -> None:
    found = rows([raw("包.zip", archive(b="乙 1", a="甲 2"))])
    assert [(piece["file"], piece["path"]) for piece in found[PIECES]] == [
        ("包.zip", "包.zip!/b.txt"),
        ("包.zip", "包.zip!/a.txt"),
    ]
    assert [row["source_path"] for row in found["documents"]] == ["包.zip!/b.txt", "包.zip!/a.txt"]


@pytest.mark.parametrize("data", [archive(), b"PK\x03\x04 broken", b"\x1f\x8b\x08 broken"])
def test_an_archive_without_documents_is_a_finding(data: bytes) -> None:
    found = rows([raw("包.zip", data)])
    assert [row["source_path"] for row in found["findings"]] == ["包.zip"]
    assert "documents" not in found


@pytest.mark.parametrize(
    ("document", "code", "retry"),
    [
        (raw("a.txt", None, (Code.UNREADABLE_FILE, "no permission")), "unreadable_file", True),
        (raw("a.txt", b"FAULT"), "unreadable_file", True),
        (raw("a.txt", b""), "empty_document", False),
    ],
)
def test_what_cannot_be_read_is_one_finding(document: pa.RecordBatch, code: str, retry: bool) -> None:
    found = rows([document])
    assert [row["code"] for row in found["findings"]] == [code]
    assert [piece["retry"] for piece in found[PIECES]] == [retry]


def test_memory_errors_are_not_swallowed() -> None:
    with pytest.raises(MemoryError):
        rows([raw("a.txt", b"MEMORY")])


def test_many_rows_come_in_several_batches() -> None:
    text = "\n".join(["行 1"] * (FLUSH_ROWS // 2)).encode()
    batches = list(convert([raw(f"{n}.txt", text) for n in range(3)], standins.process, Options()))
    assert sum(unwrap(batch)[0] == PIECES for batch in batches) > 1
    assert sum(unwrap(batch)[1].num_rows for batch in batches if unwrap(batch)[0] == "sections") == 3 * FLUSH_ROWS // 2


def test_documents_are_taken_one_by_one() -> None:
    """Nothing is read ahead: a document's bytes are asked for when the one before has been read."""
    asked = []

    def documents() -> object:
        for name in ("a", "b", "c"):
            asked.append(name)
            yield raw(name, b"x")

    read: list[list[str]] = []

    def process(data: bytes, path: str, options: Options) -> object:
        read.append(list(asked))
        return standins.process(data, path, options)

    list(convert(documents(), process, Options()))  # type: ignore[arg-type]
    assert read == [["a"], ["a", "b"], ["a", "b", "c"]]


def test_wrapping_leaves_the_other_tables_null() -> None:
    batch = next(
        batch for batch in convert([raw("a", b"x")], standins.process, Options()) if unwrap(batch)[0] == "sections"
    )
    assert wrap(*unwrap(batch)).equals(batch)
    assert batch.column("targets").null_count == batch.num_rows
    assert batch.column("sections").null_count == 0


def test_a_fault_in_reading_an_archive_costs_that_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError("nowhere")

    monkeypatch.setattr("planparse.engines.core.members", fail)
    found = list(documents_in("a.zip", archive(a="甲"), Options()))
    assert [(path, note.code) for path, note in found if isinstance(note, Note)] == [("a.zip", Code.UNREADABLE_FILE)]
