"""The command line as a user meets it: exit codes, one clear sentence, nothing on the wrong stream."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planparse.model.records import TABLES

PLAN = "一、总体目标\n到2025年，建成救援站3个。\n二、重点任务\n（一）建设救援站\n新建救援站3个。\n"


def planparse(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planparse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=120)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    root = tmp_path / "plans"
    root.mkdir()
    for number in range(3):
        (root / f"{number}.txt").write_text(f"第{number}份\n{PLAN}", encoding="utf-8")
    return root


def test_ingest_writes_the_dataset_and_a_summary(plans: Path) -> None:
    done = planparse("ingest", plans, cwd=plans.parent)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^documents +3  3 \w+$", done.stdout, re.M)
    assert re.search(r"^files +3  3 read$", done.stdout, re.M)
    assert "Written to outputs." in done.stdout
    assert "Reading: 3 of 3 files" in done.stderr
    assert {path.stem for path in (plans.parent / "outputs").glob("*.parquet")} == {model.table for model in TABLES}
    again = planparse("ingest", plans, cwd=plans.parent)
    assert again.returncode == 0
    assert "3 unchanged" in again.stdout
    assert "Nothing has changed" in again.stdout


def test_json_is_one_object_on_standard_output(plans: Path, tmp_path: Path) -> None:
    done = planparse("ingest", plans, "--out", tmp_path / "o", "--json", "--log-format", "json", "--profile")
    told = json.loads(done.stdout)
    assert (told["documents"], told["unreadable"]) == (3, 0)
    assert set(told["stages"]) >= {"load", "clean", "outline", "extract", "store"}
    logged = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert {line["stage"] for line in logged if line["level"] == "progress"} == {"look", "read"}
    assert "slowest documents" in done.stderr


def test_profile_tells_where_the_time_went(plans: Path, tmp_path: Path) -> None:
    done = planparse("ingest", plans, "--out", tmp_path / "o", "--profile")
    assert re.search(r"^extract +\d+\.\d\d +\d+\.\d%$", done.stdout, re.M)
    assert re.search(r"s  \d\.txt$", done.stdout, re.M)


def empty_file(root: Path) -> Path:
    (root / "bad.txt").write_bytes(b"")
    return root


def binary_file(root: Path) -> Path:
    (root / "bad.txt").write_bytes(bytes(range(256)) * 40)
    return root


def nuls(root: Path) -> Path:
    (root / "bad.txt").write_bytes(bytes(10_000))
    return root


def picture(root: Path) -> Path:
    (root / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return root


@pytest.mark.parametrize("spoil", [empty_file, binary_file, nuls, picture])
def test_a_bad_file_is_named_and_the_others_are_written(plans: Path, tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    done = planparse("ingest", spoil(plans), "--out", tmp_path / "o", "--json")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(re.findall(r"^unreadable: bad\.txt: .+\.$", done.stderr, re.M)) == 1
    told = json.loads(done.stdout)
    assert (told["documents"], told["unreadable"], told["findings"]["error"]) == (3, 1, 1)


def test_a_file_without_headings_is_read(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("今天天气很好。\n我们去公园走走。\n", encoding="utf-8")
    done = planparse("ingest", tmp_path / "plain.txt", "--out", tmp_path / "o", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["findings_by_code"]["no_headings"] == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest", "nowhere"], "There is no file or folder"),
        (["ingest", "empty"], "no files to read"),
        (["ingest", "plans", "--out", "plans/0.txt"], "is a file"),
        (["ingest", "plans", "--out", "plans/0.txt/deep"], "Cannot write to"),
        (["ingest", "plans", "--out", "/proc/nowhere"], "Cannot write to"),
        (["inspect", "nowhere.txt"], "cannot be read"),
        (["inspect", "plans"], "cannot be read"),
        (["show", "x"], "There is no dataset"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(plans: Path, arguments: list[str], words: str) -> None:
    (plans.parent / "empty").mkdir()
    done = planparse(*arguments, cwd=plans.parent)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["ingest"], ["ingest", "--jobs", "x", "plans"], ["nonsense"], ["ingest", "--nonsense"]]
)
def test_wrong_arguments_are_explained(arguments: list[str]) -> None:
    done = planparse(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stderr


def test_an_old_dataset_is_kept_when_nothing_can_be_read(plans: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    planparse("ingest", plans, "--out", out)
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    (tmp_path / "bad.txt").write_bytes(b"")
    done = planparse("ingest", tmp_path / "bad.txt", "--out", out)
    assert done.returncode == 1
    assert "No document could be read" in done.stdout
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == before


def test_strict_fails_on_errors_in_documents_that_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from planparse import corpus
    from planparse.cli import app
    from planparse.corpus import Summary

    summary = Summary("o", documents=1, findings={"error": 1})
    monkeypatch.setattr(corpus, "ingest", lambda *args, **more: summary)
    assert CliRunner().invoke(app, ["ingest", "plans"]).exit_code == 0
    assert CliRunner().invoke(app, ["ingest", "plans", "--strict"]).exit_code == 1
    summary.findings = {"warning": 3}
    assert CliRunner().invoke(app, ["ingest", "plans", "--strict"]).exit_code == 0


@pytest.mark.parametrize("stage", ["source", "clean", "outline", "records"])
def test_inspect_shows_every_stage(plans: Path, stage: str) -> None:
    text = planparse("inspect", plans / "0.txt", "--stage", stage)
    assert text.returncode == 0, text.stderr
    assert "建设救援站" in text.stdout
    told = planparse("inspect", plans / "0.txt", "--stage", stage, "--json")
    assert json.loads(told.stdout)


def test_inspect_of_what_cannot_be_read(plans: Path) -> None:
    done = planparse("inspect", empty_file(plans) / "bad.txt")
    assert done.returncode == 1
    assert "empty" in done.stdout
    assert planparse("inspect", plans / "bad.txt", "--json").returncode == 1


def test_text_that_a_terminal_would_obey_is_shown_instead(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、\x1b[31m红色\x1b]0;标题\x07\n内容。\n", encoding="utf-8")
    for stage in ("source", "outline", "records"):
        done = planparse("inspect", tmp_path / "a.txt", "--stage", stage)
        assert "\x1b" not in done.stdout
        assert "\x07" not in done.stdout


def test_show_prints_a_record_in_its_context(plans: Path, tmp_path: Path) -> None:
    planparse("ingest", plans, "--out", tmp_path / "o")
    records = json.loads(planparse("inspect", plans / "0.txt", "--stage", "records", "--json").stdout)
    identifier = records[0]["targets"][0]["target_id"]
    done = planparse("show", identifier, "--outputs", tmp_path / "o")
    assert done.returncode == 0
    assert "建成救援站3个" in done.stdout
    told = json.loads(planparse("show", identifier, "--outputs", tmp_path / "o", "--json").stdout)
    assert told["before"] + told["wording"] + told["after"] == "到2025年，建成救援站3个。"
    assert told["record"]["target_id"] == identifier
    document = planparse("show", records[0]["targets"][0]["doc_id"], "--outputs", tmp_path / "o")
    assert "source_path: 0.txt" in document.stdout
    assert "body_sketch" not in document.stdout
    assert planparse("show", f" {identifier}\n", "--outputs", tmp_path / "o").stdout == done.stdout
    missing = planparse("show", "nothing", "--outputs", tmp_path / "o")
    assert missing.returncode == 2
    assert "there is no record nothing" in missing.stderr


def test_show_marks_the_record_in_its_paragraph_also_in_a_pipe(tmp_path: Path) -> None:
    sentence = "到2025年，建成救援站3个。"
    (tmp_path / "a.txt").write_text(f"一、目标\n前一句。{sentence}后一句。\n二、任务\n另一段。\n", encoding="utf-8")
    planparse("ingest", tmp_path / "a.txt", "--out", tmp_path / "o")
    (identifier,) = [row["target_id"] for row in records(tmp_path / "a.txt")["targets"]]
    shown = planparse("show", identifier, "--outputs", tmp_path / "o").stdout
    assert shown.splitlines()[-1] == f"前一句。【{sentence}】后一句。"
    assert "  value: 3\n" in shown


def records(file: Path) -> dict[str, Any]:
    (found,) = json.loads(planparse("inspect", file, "--stage", "records", "--json").stdout)
    return found


def test_search_finds_records_that_show_takes(plans: Path, tmp_path: Path) -> None:
    planparse("ingest", plans, "--out", tmp_path / "o")
    done = planparse("search", "救援站", "--table", "targets", "--outputs", tmp_path / "o")
    identifiers = re.findall(r"^│ (\S+-q\d+) ", done.stdout, re.M)
    assert len(identifiers) == 6
    assert planparse("show", identifiers[0], "--outputs", tmp_path / "o").returncode == 0
    assert "救援站" in planparse("search", "救援站", "--csv", "--outputs", tmp_path / "o").stdout
    assert planparse("search", "无此词", "--json", "--outputs", tmp_path / "o").stdout == "[]\n"
    wrong = planparse("search", "救援站", "--table", "sources", "--outputs", tmp_path / "o")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_what_is_to_be_ignored_is_not_read(plans: Path, tmp_path: Path) -> None:
    (plans / "mail").mkdir()
    (plans / "mail" / "1.txt").write_text("尊敬的各位：\n请查收。\n", encoding="utf-8")
    (plans / "b.eml").write_text("From: a\n\n请查收。\n", encoding="utf-8")
    options = ("--ignore", "mail", "--ignore", "*.eml", "--json")
    assert json.loads(planparse("ingest", plans, "--out", tmp_path / "o", *options).stdout)["files"] == 3
    done = planparse("ingest", plans, "--out", tmp_path / "o2", "--ignore", "*")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "but what is to be ignored" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_what_a_terminal_cannot_show_is_escaped(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "规划𠀀.txt").write_text(f"一、𠀀渡规划目标\n{PLAN}", encoding="utf-8")
    command = [sys.executable, "-m", "planparse", "inspect", str(tmp_path / "规划𠀀.txt"), "--stage", "records"]
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": encoding}, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert b"\\U00020000" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["inspect", b"\xb9\xe6.txt"], 0),
        (["diff", b"\xb9\xe6.txt", "a.txt"], 0),
        (["ingest", b"\xb9\xe6.txt", "--out", "o"], 0),
        (["ingest", "a.txt", "--out", b"o\xff"], 2),
        (["doubtful", b"o\xff"], 2),
        (["export", "--format", "csv", "--outputs", "none", "--out", b"o\xff"], 2),
    ],
)
def test_names_that_are_not_utf8(tmp_path: Path, arguments: list[str | bytes], code: int) -> None:
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    try:
        (tmp_path / os.fsdecode(b"\xb9\xe6.txt")).write_text(PLAN, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    done = subprocess.run([sys.executable, "-m", "planparse", *arguments], capture_output=True, check=False, cwd=tmp_path, timeout=120)
    assert done.returncode == code, done.stderr
    assert (b"is not UTF-8" in done.stderr) is (code == 2)


def test_equal_findings_are_folded(tmp_path: Path) -> None:
    gaps = "\n".join(f"{number}. 第{number}项工作\n做好有关工作。" for number in (1, 3, 5, 7))
    (tmp_path / "a.txt").write_text(f"一、目标\n做好工作。\n二、任务\n{gaps}\n三、保障\n做好。\n", encoding="utf-8")
    lines = planparse("inspect", tmp_path / "a.txt", "--stage", "records").stdout.splitlines()
    folded = [line for line in lines if "numbering_gap" in line]
    assert len(folded) == 1
    assert re.search(r"numbering_gap ×\d: Heading", folded[0])


def test_nothing_is_cut_in_a_pipe(tmp_path: Path) -> None:
    title = "建设" + "一二三四五六七八九十" * 5 + "工程"
    (tmp_path / "a.txt").write_text(f"一、{title}\n做好工作。\n二、保障\n做好。\n", encoding="utf-8")
    assert title in planparse("inspect", tmp_path / "a.txt").stdout


@pytest.mark.parametrize("command", ["ingest", "inspect", "show", "evaluate", "doubtful", "verify", "audit", "query", "search", "export"])
def test_help_has_an_example(command: str) -> None:
    done = planparse(command, "--help")
    assert done.returncode == 0
    assert f"planparse {command} " in done.stdout


def test_version() -> None:
    import planparse as package

    assert planparse("--version").stdout == f"planparse {package.__version__}\n"


@pytest.mark.waits
def test_help_is_there_at_once(tmp_path: Path) -> None:
    """9 times what bare Python takes, in processor time, measured here side by side; most of it is the import of typer.

    What is compiled is kept, as an installation keeps it, whatever the surroundings say.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(tmp_path)}

    def best(*command: str) -> float:
        times = []
        for _ in range(6):
            begun = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *command], capture_output=True, check=True, env=kept)
            ended = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime)
        return min(times)

    assert best("-m", "planparse.cli", "--help") < 9 * best("-c", "pass")


@pytest.mark.waits
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_ends_soon_and_can_be_taken_up(tmp_path: Path, number: signal.Signals) -> None:
    root, out = tmp_path / "plans", tmp_path / "o"
    root.mkdir()
    for index in range(500):
        (root / f"{index}.txt").write_text(f"第{index}份\n{PLAN * 10}", encoding="utf-8")
    command = [sys.executable, "-m", "planparse.cli", "ingest", str(root), "--out", str(out), "--jobs", "2"]
    heard = partial(signal.signal, number, signal.SIG_DFL)  # a shell's background job is started deaf to SIGINT, and so would be its children
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard)
    shards = out / ".planparse" / "shards"
    deadline = time.monotonic() + 60
    while not (shards.is_dir() and list(shards.glob("*.shard"))) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, number)
    begun = time.monotonic()
    _, errors = process.communicate(timeout=30)
    assert time.monotonic() - begun < 20  # else it hangs
    assert process.returncode == 130
    assert "stopped" in errors
    assert "Traceback" not in errors
    assert not list(out.glob("*.parquet"))
    done = planparse("ingest", root, "--out", out, "--json")
    assert json.loads(done.stdout)["documents"] == 500
    assert json.loads(done.stdout)["reused"] > 0


def test_two_writers_of_one_output(plans: Path, tmp_path: Path) -> None:
    from planparse.dataset.lock import writing

    with writing(tmp_path / "o"):
        done = planparse("ingest", plans, "--out", tmp_path / "o")
    assert done.returncode == 2
    assert f"is being written by process {os.getpid()}" in done.stderr


def test_the_summary_of_a_run_shows_trust_and_where_to_look(plans: Path, tmp_path: Path) -> None:
    (plans / "tale.txt").write_text("雨下了一夜，河水涨到门口。\n" * 20, encoding="utf-8")
    done = planparse("ingest", plans, "--out", tmp_path / "o")
    assert re.search(r"^documents +4  3 \w+, 1 not a plan$", done.stdout, re.M)
    assert done.stdout.endswith(f"See planparse doubtful {tmp_path / 'o'} for the documents to look at first.\n")
    told = json.loads(planparse("ingest", plans, "--out", tmp_path / "o", "--json").stdout)
    assert sum(told["trust"].values()) == 4
    assert told["trust"]["not_a_plan"] == 1
    lines = planparse("doubtful", tmp_path / "o").stdout.splitlines()
    assert sum("tale.txt  This is no plan (" in line for line in lines) == 1


def test_inspect_shows_trust(plans: Path) -> None:
    assert re.search(r"^.+  \[\w+, outline \d\.\d\d\]$", planparse("inspect", plans / "0.txt").stdout, re.M)
