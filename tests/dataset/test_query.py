"""SQL over the dataset: it reads, and reaches nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from datasets import document, source, target, write
from rich.cells import cell_len
from typer.testing import CliRunner

from planparse.cli import app
from planparse.dataset.manifest import MANIFEST
from planparse.dataset.query import query
from planparse.model.findings import UsageError
from planparse.model.records import Records


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    found = Records(
        documents=[document("a1", keywords=["水", "电"])],
        targets=[target("a1", n, subject, value=n) for n, subject in enumerate(["=1+1", "\x1b[31m红", "避难场所"], 1)],
        sources=[source("a1")],
    )
    return write(tmp_path / "o'ut [*]", found)


def test_tables_stand_under_their_names(outputs: Path) -> None:
    found = query(
        "SELECT d.region, sum(t.value) AS n FROM targets t JOIN documents d USING (doc_id) GROUP BY ALL", outputs
    )
    assert found.to_pylist() == [{"region": "禾阳县", "n": 6}]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELEC 1", "syntax"),
        ("FROM nothing", "nothing"),
        ("SELECT * FROM read_csv('{out}/x.csv')", "disabled"),
        ("COPY targets TO '{out}/y.csv'", "disabled"),
        ("ATTACH '{out}/z.db'", "disabled"),
        ("SET enable_external_access = true", "locked|Cannot change"),
        ("INSTALL httpfs", "disabled|extension"),
        ("SELECT * FROM local_variable", "local_variable"),
    ],
)
def test_what_cannot_be_asked(outputs: Path, tmp_path: Path, sql: str, words: str) -> None:
    local_variable = [1]  # noqa: F841 (DuckDB would read variables of the program)
    (tmp_path / "x.csv").write_text("a\n1\n")
    with pytest.raises(UsageError, match=f"cannot be run.*(?:{words})"):
        query(sql.format(out=tmp_path), outputs)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o'ut [*]", "x.csv"]


def test_a_dataset_that_is_replaced_meanwhile_is_noticed(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    real = duckdb.connect

    def connect_and_replace(*args: object, **more: object) -> object:
        write(outputs, Records(documents=[document("b2")]), digest="another")
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(duckdb, "connect", connect_and_replace)
    with pytest.raises(UsageError, match="replaced while"):
        query("SELECT 1", outputs)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", "subject,value,approximate\n'=1+1,1,false\n[31m红,2,false\n避难场所,3,false\n"),
        ("json", '"subject": "=1+1",\n  "value": 1,\n  "approximate": false'),
        ("full", "␛[31m红  │             2 │ false"),
    ],
)
def test_answers_in_every_form(outputs: Path, form: str, expected: str) -> None:
    sql = "SELECT subject, value, approximate FROM targets ORDER BY value"
    result = CliRunner().invoke(app, ["query", sql, "--outputs", str(outputs), f"--{form}"])
    assert result.exit_code == 0
    assert expected in result.stdout
    assert "\x1b" not in result.stdout or form == "json"


def test_a_wrong_query_is_one_sentence(outputs: Path) -> None:
    result = CliRunner().invoke(app, ["query", "FROM nothing", "--outputs", str(outputs)])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_lists_are_shown_as_lists(outputs: Path) -> None:
    result = CliRunner().invoke(app, ["query", "SELECT keywords FROM documents", "--outputs", str(outputs)])
    assert "水；电" in result.stdout


def asked(outputs: Path, sql: str, *options: str, width: int = 80) -> str:
    result = CliRunner().invoke(app, ["query", sql, "--outputs", str(outputs), *options], env={"COLUMNS": str(width)})
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_all_columns_of_a_table_fit_the_terminal(outputs: Path, width: int) -> None:
    lines = asked(outputs, "SELECT * FROM targets", width=width).splitlines()
    assert len(lines) == 3 + 2 + 3 + 1
    assert max(map(cell_len, lines)) <= width
    assert re.fullmatch(r"3 rows, 25 columns \(\d+ shown\); --full shows all", lines[-1])
    assert "shown" not in asked(outputs, "SELECT * FROM targets", "--full")


def test_of_many_rows_the_first_and_last_are_shown(outputs: Path) -> None:
    text = asked(outputs, "SELECT range AS n FROM range(100)")
    shown = re.findall(r"^│ +(\d+) │$", text, re.M)
    assert shown == [*map(str, range(20)), *map(str, range(80, 100))]
    assert text.endswith("100 rows (40 shown), 1 column; --full shows all\n")
    assert len(re.findall(r"^│ +\d+ │$", asked(outputs, "SELECT range AS n FROM range(100)", "--full"), re.M)) == 100


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("SELECT NULL AS a", "NULL"),
        ("SELECT 2.50 AS a", "2.5"),
        ("SELECT true AS a", "true"),
        ("SELECT DATE '2024-05-01' AS a", "2024-05-01"),
        ("SELECT MAP {'表头': '单元格'} AS a", '{"表头": "单元格"}'),
        ("SHOW TABLES", "indicators"),
        ("DESCRIBE goals", "horizon_year"),
        ("SUMMARIZE targets", "subject"),
        ("SELECT 1 AS a WHERE false", "0 rows, 1 column"),
    ],
)
def test_what_is_shown(outputs: Path, sql: str, shown: str) -> None:
    assert shown in asked(outputs, sql)


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("", "The query is empty; try: planparse query"),
        (" ; ", "The query is empty"),
        ('SELECT 1 FROM targets WHERE unit = "%"', "Text stands in single quotes: '%'"),
        ('SELECT 1 FROM documents WHERE region = "禾阳县"', "Text stands in single quotes: '禾阳县'"),
        ("FROM target", "There are documents, sections"),
        ("SELECT subjet FROM targets", '"subject"'),
    ],
)
def test_mistakes_that_are_made_most_get_a_hint(outputs: Path, sql: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        query(sql, outputs)
    assert hint in str(raised.value)


def test_a_misspelt_column_gets_no_hint_about_quotes(outputs: Path) -> None:
    with pytest.raises(UsageError) as raised:
        query("SELECT subjet FROM targets", outputs)
    assert "single quotes" not in str(raised.value)


@pytest.mark.parametrize("sql", ["FROM plans", "FROM settings_of_mine", "FROM column_names"])
def test_no_table_of_the_database_itself_is_named(outputs: Path, sql: str) -> None:
    with pytest.raises(UsageError) as raised:
        query(sql, outputs)
    assert not re.search("pg_|duckdb_|pragma_", str(raised.value))


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["query", "SELECT 1", "{}"], "The folder of a dataset is given by --outputs."),
        (["export", "{}", "--format", "csv"], "The folder of a dataset is given by --outputs."),
        (["show", "a1-t0001", "{}"], "The folder of a dataset is given by --outputs."),
        (["search", "场所", "{}"], "planparse search 场所 --outputs {}"),
    ],
)
def test_a_folder_behind_all_else_gets_a_hint(outputs: Path, arguments: list[str], hint: str) -> None:
    (outputs / MANIFEST).touch()
    result = CliRunner().invoke(app, [one.format(outputs) for one in arguments])
    assert result.exit_code == 2
    assert hint.format(outputs) in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("arguments", "code", "most"),
    [
        (["search", "所" * 30_000, "--csv"], 0, 200),
        (["search", *(f"所{number}" for number in range(5_000)), "--csv"], 0, 200),
        (["show", "a" * 30_000], 2, 31_000),
        (["query", f"SELECT '{'a' * 30_000}' AS a", "--csv"], 0, 31_000),
        (["query", "a" * 30_000], 2, 600),
        (["query", "SELECT 1", "a" * 30_000], 2, 31_000),
    ],
)
def test_long_words_are_words(outputs: Path, arguments: list[str], code: int, most: int) -> None:
    result = CliRunner().invoke(app, [*arguments, "--outputs", str(outputs)])
    assert result.exit_code == code, result.output[:1000]
    assert len(result.output) < most


@pytest.mark.parametrize("arguments", [["search"], ["export"], ["export", "--format", "xls"]])
def test_a_folder_that_is_given_well_gets_none(outputs: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, [*arguments, "--outputs", str(outputs)])
    assert result.exit_code == 2
    assert "The folder of a dataset" not in result.output


def test_other_surplus_arguments_get_none() -> None:
    assert "--outputs" not in CliRunner().invoke(app, ["query", "SELECT 1", "nowhere"]).output
