"""Near-duplicates over whole runs: the same links however the work is divided, and after every change."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import standins

from planparse.corpus import batches as batches_module
from planparse.corpus import ingest
from planparse.model.options import Options


def text(seed: int, lines: int = 60) -> str:
    rng = random.Random(seed)
    return "\n".join("".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(12)) for _ in range(lines))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    root.mkdir()
    for number in range(12):
        (root / f"{number:02}.txt").write_text(text(number), encoding="utf-8")
        if number % 3 == 0:
            (root / f"{number:02}镜像.txt").write_text("首页\n" + text(number) + "\n打印", encoding="utf-8")
    return root


def links(out: Path) -> dict[str, str]:
    rows = pq.ParquetFile(out / "documents.parquet").read().to_pylist()
    names = {row["doc_id"]: row["source_path"] for row in rows}
    return {row["source_path"]: names[row["duplicate_of"]] for row in rows if row["duplicate_of"]}


def run(root: Path, out: Path, jobs: int = 1, share: float = 0.8) -> int:
    return ingest([root], out, process=standins.process, jobs=jobs, options=Options(copy_share=share)).read


EXPECTED = {f"{number:02}镜像.txt": f"{number:02}.txt" for number in (0, 3, 6, 9)}


def test_mirrors_are_linked_for_any_number_of_processes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, tmp_path / "one")
    monkeypatch.setattr(batches_module, "INLINE_FILES", 0)
    monkeypatch.setattr(batches_module, "BATCH_FILES", 2)
    run(corpus, tmp_path / "two", jobs=2)
    one, two = ((tmp_path / name / "documents.parquet").read_bytes() for name in ("one", "two"))
    assert one == two
    assert links(tmp_path / "one") == EXPECTED


def test_links_follow_changes_and_unchanged_documents_are_not_read_again(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(corpus, out)
    (corpus / "03.txt").unlink()
    assert run(corpus, out) == 0
    assert links(out) == {name: of for name, of in EXPECTED.items() if of != "03.txt"}
    (corpus / "01镜像.txt").write_text(text(1) + "\n" + text(99, 8), encoding="utf-8")
    assert run(corpus, out) == 1
    assert links(out)["01.txt"] == "01镜像.txt", "the fuller one is kept, though it came later"
    run(corpus, tmp_path / "fresh")
    assert (out / "documents.parquet").read_bytes() == (tmp_path / "fresh" / "documents.parquet").read_bytes()


def test_another_share_is_another_run(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(corpus, out)
    assert run(corpus, out, share=0.9) == first
