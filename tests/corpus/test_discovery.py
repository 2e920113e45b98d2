"""What belongs to the corpus: order, names, links, hidden files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planparse.corpus import discover


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
        "规划/二.txt",
        "规划/一.txt",
    )
    assert names(tmp_path) == sorted(["a.txt", "a/b/c.docx", "a/z.md", "b.txt", "规划/一.txt", "规划/二.txt"])


def test_names_are_relative_to_the_folder_or_to_what_is_common(tmp_path: Path) -> None:
    put(tmp_path, "x/a.txt", "y/a.txt", "y/b/c.txt")
    assert names(tmp_path / "x" / "a.txt") == ["a.txt"]
    assert names(tmp_path / "y") == ["a.txt", "b/c.txt"]
    assert names(tmp_path / "y", tmp_path / "x") == ["x/a.txt", "y/a.txt", "y/b/c.txt"]
    assert names(tmp_path / "y", tmp_path / "y" / "a.txt", tmp_path / "y" / "b") == ["a.txt", "b/c.txt"]


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


def test_pipes_and_sockets_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["a.txt"]


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
