"""Publishing: at every moment all the old files or all the new ones, whatever happens."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planparse.dataset import files, publish

NAMES = ("a.parquet", "b.parquet", "c.parquet")
OLD, NEW = dict.fromkeys(NAMES, "old"), dict.fromkeys(NAMES, "new")
STEPS = ("replace", "hard_link", "point", "make_folder", "remove_folder")


def put(folder: Path, text: str) -> None:
    for name in NAMES:
        (folder / name).write_text(text)


def seen(out: Path) -> dict[str, str]:
    return {name: (out / name).read_text() for name in NAMES if (out / name).is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    put(tmp_path, "old")
    put(publish.staging(tmp_path), "new")
    return tmp_path


def watched(monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]) -> list[str]:
    """Have ``act`` called with the number of each step on the disk before it is made."""
    made: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any) -> Any:
            made.append(name)
            act(len(made))
            return real(*args)

        return step

    for name in STEPS:
        monkeypatch.setattr(files, name, wrap(name, getattr(files, name)))
    return made


def test_the_new_files_take_the_place_of_the_old(out: Path) -> None:
    publish.publish(out)
    assert seen(out) == NEW
    assert not any(path.is_symlink() for path in out.iterdir())
    assert list((out / files.STATE).iterdir()) == []


def test_at_every_step_a_reader_sees_one_dataset(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    views: list[dict[str, str]] = []
    watched(monkeypatch, lambda number: views.append(seen(out)))
    publish.publish(out)
    turned = [view == NEW for view in views]
    assert all(view in (OLD, NEW) for view in views)
    assert turned == sorted(turned), "never back to the old files"
    assert len(views) > 10


def test_the_first_dataset_appears_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(publish.staging(tmp_path), "new")
    views: list[dict[str, str]] = []
    watched(monkeypatch, lambda number: views.append(seen(tmp_path)))
    publish.publish(tmp_path)
    assert all(view in ({}, NEW) for view in views)
    assert seen(tmp_path) == NEW


def each_step(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A folder with a publication to be made for each of its steps, and the step's number."""
    number, steps = 0, 1
    while number <= steps:
        out = tmp_path / str(number)
        out.mkdir()
        put(out, "old")
        put(publish.staging(out), "new")
        if number == 0:
            with pytest.MonkeyPatch.context() as patch:
                made = watched(patch, lambda at: None)
                publish.publish(out)
            steps = len(made)
        else:
            yield number, out
        number += 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_at_any_step_leaves_one_dataset(tmp_path: Path) -> None:
    for number, out in each_step(tmp_path):
        child = os.fork()
        if not child:  # no clean-up runs here, as with kill -9
            with pytest.MonkeyPatch.context() as patch:
                watched(patch, lambda at, last=number: os._exit(9) if at == last else None)
                publish.publish(out)
            os._exit(0)
        assert os.waitpid(child, 0)[1] != 0
        before = seen(out)
        assert before in (OLD, NEW), number
        publish.recover(out)
        assert seen(out) == before, number
        assert not any(path.is_symlink() for path in out.iterdir())
        put(publish.staging(out), "new")
        publish.publish(out)
        assert seen(out) == NEW


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_an_error_at_any_step_leaves_one_dataset(tmp_path: Path, code: int) -> None:
    for number, out in each_step(tmp_path):

        def fail(at: int, last: int = number) -> None:
            if at == last:
                raise OSError(code, os.strerror(code))

        with pytest.MonkeyPatch.context() as patch:
            watched(patch, fail)
            try:
                publish.publish(out)
                expected = NEW
            except OSError:
                expected = OLD
        assert seen(out) == expected, number
        publish.recover(out)
        assert seen(out) == expected, number
        assert not any(path.is_symlink() for path in out.iterdir())


@pytest.mark.parametrize("step", ["hard_link", "point"])
def test_without_links_one_file_follows_the_other(out: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(files, step, refuse)
    publish.publish(out)
    assert seen(out) == NEW
