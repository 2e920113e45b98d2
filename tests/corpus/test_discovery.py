"""What belongs to the corpus: order, names, links, hidden files."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from planparse.corpus import discover, ingest
from planparse.model.findings import UsageError


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    """Tests may change the folder."""
    before = os.getcwd()
    yield
    os.chdir(before)


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def names(*paths: Path, exclude: Path | None = None) -> list[str]:
    return [file.path for file in discover(paths, exclude)]


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    put(
        tmp_path,
        "b.txt",
        "a/z.md",
        "a/b/c.docx",
        "a.txt",
        ".hidden",
        ".git/config",
        "a/.DS_Store",
        "a/Thumbs.db",
        "规划/~$一.docx",
        "规划/二.txt",
        "规划/一.txt",
    )
    assert names(tmp_path) == sorted(["a.txt", "a/b/c.docx", "a/z.md", "b.txt", "规划/一.txt", "规划/二.txt"])


def test_datasets_among_plans_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "data/manifest.jsonl", "data/documents.parquet", "data/README.md", "other/documents.parquet", "other/README.md")
    put(tmp_path, *(f"spark/{name}/part-0.parquet" for name in ("manifest", "documents", "sources")), "spark/README.md", "documents/b.txt")
    put(tmp_path, "site/index.html", "site/records.html", "site/assets/wording.js", "site/documents/a1.html", "web/index.html")
    left = ["a.txt", "documents/b.txt", "other/README.md", "other/documents.parquet", "web/index.html"]
    assert names(tmp_path) == left
    assert [file.path for file in discover([tmp_path], ignore=["*.jsonl", "manifest"])] == left
    for place in ("data", "site"):
        with pytest.raises(UsageError, match="is what planparse wrote"):
            names(tmp_path / place)
    assert names(tmp_path / "data" / "README.md") == ["README.md"]


def test_no_name_is_no_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    os.chdir(tmp_path)
    with pytest.raises(UsageError, match="folder to read is empty"):
        discover([""])
    with pytest.raises(UsageError, match="folder to write to is empty"):
        ingest(["a.txt"], "")
    assert os.listdir() == ["a.txt"]


def test_names_are_relative_to_the_folder_or_to_what_is_common(tmp_path: Path) -> None:
    put(tmp_path, "x/a.txt", "y/a.txt", "y/b/c.txt")
    assert names(tmp_path / "x" / "a.txt") == ["a.txt"]
    assert names(tmp_path / "y") == ["a.txt", "b/c.txt"]
    assert names(tmp_path / "y", tmp_path / "x") == ["x/a.txt", "y/a.txt", "y/b/c.txt"]
    assert names(tmp_path / "y", tmp_path / "y" / "a.txt", tmp_path / "y" / "b") == ["a.txt", "b/c.txt"]


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        (["*.eml"], ["a.txt", "old/a.txt", "old/drafts/a.txt", "规划/草稿.txt"]),
        (["drafts"], ["a.txt", "b.eml", "old/a.txt", "old/c.eml", "规划/草稿.txt"]),
        (["drafts/"], ["a.txt", "b.eml", "old/a.txt", "old/c.eml", "规划/草稿.txt"]),
        (["old/*.eml", "草*"], ["a.txt", "b.eml", "old/a.txt", "old/drafts/a.txt"]),
        (["old"], ["a.txt", "b.eml", "规划/草稿.txt"]),
        (
            ["A.TXT", "txt", "./a.txt"],
            ["a.txt", "b.eml", "old/a.txt", "old/c.eml", "old/drafts/a.txt", "规划/草稿.txt"],
        ),
        (["*"], []),
    ],
)
def test_what_is_ignored(tmp_path: Path, ignore: list[str], left: list[str]) -> None:
    put(tmp_path, "a.txt", "b.eml", "old/a.txt", "old/c.eml", "old/drafts/a.txt", "规划/草稿.txt")
    assert [file.path for file in discover([tmp_path], ignore=ignore)] == left
    assert [file.path for file in discover([tmp_path / "b.eml"], ignore=ignore)] == ["b.eml"]
    if len(ignore) == 1:
        assert [file.path for file in discover([tmp_path], ignore=ignore[0])] == left


def test_loops_of_links_end(tmp_path: Path) -> None:
    put(tmp_path, "c/a.txt")
    (tmp_path / "c" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "c" / "self").symlink_to(tmp_path / "c" / "self")
    (tmp_path / "c" / "one").symlink_to(tmp_path / "c" / "two")
    (tmp_path / "c" / "two").symlink_to(tmp_path / "c" / "one")
    assert names(tmp_path / "c") == ["a.txt"]
    assert names(tmp_path) == ["c/a.txt"]


def test_links_to_files_and_folders_are_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.txt", "c/b.txt")
    (tmp_path / "c" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "c" / "again").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "c" / "file.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    assert names(tmp_path / "c") == ["again/a.txt", "b.txt", "file.txt"]


def test_a_link_to_nothing_is_kept_to_be_reported(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path) == ["gone.txt"]


def test_what_is_no_file_is_kept_to_be_reported(tmp_path: Path) -> None:
    put(tmp_path, "c/a.txt")
    os.mkfifo(tmp_path / "c" / "pipe.txt")
    (tmp_path / "c" / "zero").symlink_to("/dev/zero")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as server:
        os.chdir(tmp_path / "c")  # the names of sockets are short
        server.bind("socket")
        assert names(tmp_path / "c") == ["a.txt", "pipe.txt", "socket", "zero"]
        summary = ingest([tmp_path / "c"], tmp_path / "out")
    assert summary.documents == 1
    assert {failure.path: failure.message for failure in summary.failures} == {
        "pipe.txt": "This is a named pipe, not a file that can be read.",
        "socket": "This is a socket, not a file that can be read.",
        "zero": "This is a device, not a file that can be read.",
    }


def test_names_beyond_the_limits_of_the_system_are_kept_to_be_reported(tmp_path: Path) -> None:
    put(tmp_path, "c/a.txt")
    os.chdir(tmp_path / "c")
    for _ in range(30):  # more than a path can have, so that it can only be gone into
        os.mkdir("n" * 200)
        os.chdir("n" * 200)
    Path("b.txt").write_text("b")
    os.chdir(tmp_path)
    found = names(tmp_path / "c")
    assert found[0] == "a.txt"
    assert len(found) == 2
    (failure,) = ingest([tmp_path / "c"], tmp_path / "out").failures
    assert failure.path == found[1]
    assert failure.message == "The file cannot be read: File name too long."


def test_the_output_folder_is_no_part_of_the_corpus(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "outputs/run.json", "outputs/tasks.parquet")
    assert names(tmp_path, exclude=tmp_path / "outputs") == ["a.txt"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("规划.txt".encode(), "规划.txt"),
        ("规划.txt".encode("gb18030"), "规划.txt"),
        (b"a\xff.txt", "a\\xff.txt"),
        (b"a\nb.txt", "a\nb.txt"),
    ],
)
def test_names_that_are_not_utf8_are_shown_as_text(tmp_path: Path, raw: bytes, shown: str) -> None:
    place = os.fsencode(tmp_path) + b"/" + raw
    try:
        with open(place, "w") as file:
            file.write("x")
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    (found,) = discover([tmp_path])
    assert found.path == shown
    assert Path(found.place).read_text() == "x"


def test_names_that_look_the_same_get_numbers(tmp_path: Path) -> None:
    try:
        for raw in ("规划.txt".encode(), "规划.txt".encode("gb18030")):
            with open(os.fsencode(tmp_path) + b"/" + raw, "wb") as file:
                file.write(raw)
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    assert names(tmp_path) == ["规划.txt", "规划.txt#2"]


def test_a_folder_that_cannot_be_read_is_kept_to_be_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt", "closed/b.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("planparse.corpus.discovery.os.scandir", scandir)
    assert names(tmp_path) == ["a.txt", "closed"]
