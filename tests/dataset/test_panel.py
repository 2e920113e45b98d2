"""The panel and the cascade, exact on a made corpus of four levels: copies, conflicts, places named in a subject, what tables state."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import datasets as made
import pyarrow.parquet as pq
import pytest
from levels import PLANS, records, write
from typer.testing import CliRunner

from planparse import plots
from planparse.cli import app
from planparse.concepts import link
from planparse.dataset.cascade import cascade, stated_above
from planparse.dataset.dumbbells import dumbbells
from planparse.dataset.panel import panel, wide
from planparse.dataset.reader import Dataset, read
from planparse.language.regions import leading_region, official_name, parents
from planparse.model.findings import UsageError
from planparse.model.records import Document, Indicator, Records, Target


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("panel") / "data")


@pytest.fixture(scope="module")
def data(outputs: Path) -> Dataset:
    return read(outputs)


def test_the_panel_has_a_row_for_each_value(data: Dataset) -> None:
    rows = panel(data, ["forest_coverage"]).to_pylist()
    told = [(r["region"], r["scope"], r["year"], r["measure"], float(r["value_norm"]), r["conflict"], r["records"], r["record_id"]) for r in rows]
    assert told == [
        ("全国", None, 2020, "baseline", 23.0, False, 1, "cn-i1"),
        ("全国", None, 2025, "target", 24.1, False, 1, "cn-i1"),
        ("浙江省", None, 2025, "target", 61.5, False, 1, "zj-i2"),
        ("嘉兴市", None, 2020, "baseline", 15.0, False, 1, "jx-i3"),
        ("嘉兴市", None, 2025, "target", 18.0, True, 1, "jx-i3"),
        ("嘉兴市", None, 2025, "target", 18.5, True, 1, "jx-q2"),
        ("嘉兴市", "农村", 2025, "target", 12.0, False, 1, "jx-i6"),
        ("平湖市", None, 2025, "target", 19.0, True, 2, "ph-i4"),
        ("平湖市", None, 2025, "target", 18.0, True, 1, "jx-q3"),
        ("平湖市", None, 2030, "target", 20.0, False, 1, "ph-i11"),
        ("禾阳新区", None, 2025, "target", 9.0, False, 1, "zone-i5"),
    ]
    assert [r["parent_code"] for r in rows][:5] == [None, None, "000000", "330000", "330000"]
    assert len(panel(data).to_pylist()) == len(rows) + 5, "two of gdp, one of tree_coverage, two of energy_intensity_reduction"


def test_the_wide_panel_has_a_column_for_each_year(data: Dataset) -> None:
    found = wide(data, ["forest_coverage"])
    assert found.column_names[-3:] == ["2020", "2025", "2030"]
    rows = {(r["region"], r["scope"], r["measure"]): r for r in found.to_pylist()}
    assert rows["平湖市", None, "target"]["2025"] == 19
    assert rows["平湖市", None, "target"]["2030"] == 20
    assert rows["嘉兴市", None, "target"]["2025"] == 18
    assert rows["浙江省", None, "target"]["2020"] is None


def test_a_copy_counts_once(tmp_path: Path) -> None:
    found = [records("ph", PLANS["ph"]), records("jx", PLANS["jx"])]
    once = panel(read(made.write(tmp_path / "once", *found))).num_rows
    copied = Document(**{**found[0].documents[0].model_dump(), "doc_id": "ph2", "source_path": "copy.txt"})
    rows = [Indicator(**{**row.model_dump(), "doc_id": "ph2", "indicator_id": f"ph2-{row.seq}", "target_norm": 77}) for row in found[0].indicators]
    other = Records(documents=[copied], indicators=rows, sources=[made.source("ph2")])
    assert panel(read(made.write(tmp_path / "two", *found, other))).num_rows > once
    linked = read(made.write(tmp_path / "linked", *found, other))
    documents = linked.table("documents").to_pandas()
    documents.loc[documents["doc_id"] == "ph2", "duplicate_of"] = "ph"
    import pyarrow as pa

    linked._tables["documents"] = pa.Table.from_pandas(documents)
    assert panel(linked).num_rows == once


def test_the_cascade_sets_each_place_beside_the_plan_above(data: Dataset) -> None:
    rows = cascade(data, "forest_coverage").to_pylist()
    told = [
        (r["region"], r["scope"], r["year"], r["value_norm"], r["above_region"], r["above_value"], r["gap"], r["meets"], r["stated_value"], r["stated_agrees"])
        for r in rows
    ]  # fmt: skip
    expected = [
        ("全国", None, 2025, "24.1", None, None, None, None, None, None),
        ("浙江省", None, 2025, "61.5", "全国", "24.1", "37.4", True, None, None),
        ("嘉兴市", None, 2025, "18", "浙江省", "61.5", "-43.5", False, "61.5", True),
        ("平湖市", None, 2025, "19", "嘉兴市", "18", "1", True, "17", False),
        ("禾阳新区", None, 2025, "9", None, None, None, None, None, None),
        ("嘉兴市", "农村", 2025, "12", None, None, None, None, None, None),
        ("平湖市", None, 2030, "20", None, None, None, None, None, None),
    ]
    assert told == [tuple(Decimal(one) if isinstance(one, str) and one[-1].isdigit() else one for one in row) for row in expected]


def test_what_adds_up_has_a_share_and_no_gap(data: Dataset) -> None:
    gdp = {r["region"]: r for r in cascade(data, "gdp").to_pylist()}
    assert (gdp["嘉兴市"]["share"], gdp["嘉兴市"]["gap"], gdp["嘉兴市"]["meets"]) == (10, None, None)
    assert gdp["浙江省"]["stated_value"] == 1_400_000, "140万亿 under 亿元"
    energy = {r["region"]: r for r in cascade(data, "energy_intensity_reduction").to_pylist()}
    assert (energy["嘉兴市"]["gap"], energy["嘉兴市"]["meets"], energy["嘉兴市"]["share"]) == (-1, False, None)


@pytest.mark.parametrize(
    ("cells", "own", "header"),
    [
        ({"2024年": "1", "省规划2025年目标": "≥30"}, "嘉兴市", "省规划2025年目标"),
        ({"嘉兴市“十四五”目标": "5"}, "嘉兴市", None),
        ({"“十三五”规划目标": "5", "年均增长": "3%"}, "嘉兴市", None),
        ({"国家目标": "—"}, "嘉兴市", None),
        ([("全国2025年目标", "24.1%")], None, "全国2025年目标"),
    ],
)
def test_the_column_of_the_level_above(cells: Any, own: str | None, header: str | None) -> None:
    found = stated_above({"other_cells": cells, "unit": "%", "comparator": "eq"}, own)
    assert (found.header if found else None) == header


@pytest.mark.parametrize(
    ("header", "cell", "unit", "comparator", "value"),
    [
        ("全省2025年目标", "140万亿", "亿元", "eq", 1_400_000),
        ("全省2025年目标（万亿元）", "14", "亿元", "eq", 140_000),
        ("全省2025年目标", "3亿吨", "万吨", "ge", 30_000),
        ("全省2025年目标（%）", "6", "亿元", "eq", None),
        ("全省2025年目标", "6.5%", "亿元", "eq", None),
        ("全省2025年目标", "下降15%", "%", "eq", None),
        ("全省2025年目标", "下降15%", "%", "decrease", 15),
        ("全省2025年目标", "5000美元", "万元", "eq", None),
    ],
)
def test_what_the_table_states_of_the_level_above_is_of_the_same_kind(header: str, cell: str, unit: str, comparator: str, value: Any) -> None:
    row = {"other_cells": {header: cell}, "unit": unit, "comparator": comparator}
    found = stated_above(row, "嘉兴市")
    assert (found.beside(row) if found else None) == value


def test_data_frames_and_unknown_concepts(data: Dataset) -> None:
    frame = data.panel(["forest_coverage"])
    assert frame["value_norm"].dtype == "float64"
    assert str(frame["year"].dtype) == "Int32"
    assert len(data.panel(["forest_coverage"], wide=True)) < len(frame)
    assert len(data.cascade("forest_coverage")) == 7
    assert data.panel(["museums"]).empty
    for call in (lambda: data.panel(["森林覆盖率"]), lambda: data.cascade("nothing")):
        with pytest.raises(UsageError, match="has no concept"):
            call()
    with pytest.raises(UsageError, match="it is called forest_coverage"):
        data.cascade("全市森林覆盖率")
    assert data.panel("forest_coverage").equals(frame)
    for call in (lambda: data.commitments("平湖"), lambda: plots.targets_of_place(data, "平湖")):
        with pytest.raises(UsageError, match="there is 平湖市"):
            call()


def test_a_concept_of_another_configuration_is_shown_with_its_unit(tmp_path: Path) -> None:
    told = {"unit": "个", "concept": "smart_lamps", "scope": "农村", "unit_norm": "个", "target_norm": 300, "target_year": 2025}
    row = Indicator(name="农村智慧灯杆数", indicator_id="ph-i1", table_id="b1", **made.place("ph"), **told)
    found = Records(documents=[made.document("ph", **PLANS["ph"])], indicators=[row], sources=[made.source("ph")])
    data = read(made.write(tmp_path / "data", found))
    assert [(one["scope"], one["unit_norm"], one["value_norm"]) for one in panel(data).to_pylist()] == [("农村", "个", 300)]
    assert [(one["region"], one["meets"]) for one in cascade(data, "smart_lamps").to_pylist()] == [("平湖市", None)]
    assert [one.concept.name for one in dumbbells(data)] == ["smart_lamps"]


def test_what_a_plan_says_of_the_country_or_is_about_an_industry_is_not_its_region_s(tmp_path: Path) -> None:
    told = {"context": "goal", "subject": "森林覆盖率", "quantity_raw": "…", "comparator": "eq", "unit": "%", "deadline_year": 2025}
    told |= {"concept": "forest_coverage", "unit_norm": "%"}
    said = [
        ("我国森林覆盖率", 24), ("到2025年，我国林草面积增加，森林覆盖率", 25), ("全省森林覆盖率", 61), ("走在全国前列，森林覆盖率", 62),
    ]  # fmt: skip
    rows = [Target(target_id=f"zj-q{n}", sentence=sentence, value_norm=value, **told, **made.place("zj", n)) for n, (sentence, value) in enumerate(said)]
    plans = [Records(documents=[made.document("zj", **PLANS["zj"])], targets=rows, sources=[made.source("zj")])]
    sector = made.document("steel", title="浙江省钢铁行业实施方案", **PLANS["zj"])
    of_sector = Target(target_id="steel-q1", sentence="森林覆盖率", value_norm=9, **told, **made.place("steel"))
    plans.append(Records(documents=[sector], targets=[of_sector], sources=[made.source("steel")]))
    found = panel(read(made.write(tmp_path / "data", *plans))).to_pylist()
    assert [(one["region"], one["scope"], one["value_norm"]) for one in found] == [
        ("全国", None, 24), ("全国", None, 25), ("浙江省", None, 61), ("浙江省", None, 62), ("浙江省", "行业", 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "same", "conflict"),
    [
        (("eq", 1526), ("ge", 1500), True, False),
        (("ge", 1500), ("eq", 1526), True, False),
        (("eq", 1245), ("le", 1250), True, False),
        (("eq", 1490), ("ge", 1500), True, True),
        (("ge", 1500), ("ge", 1600), True, True),
        (("eq", 1526), ("eq", 1500), True, True),
        (("eq", 1526), ("ge", 1500), False, True),  # another plan's: other targets
    ],
)
def test_a_value_that_keeps_a_bound_of_its_own_plan_is_no_conflict(
    tmp_path: Path, first: tuple[str, int], second: tuple[str, int], same: bool, conflict: bool
) -> None:
    told = {"context": "goal", "subject": "水电装机", "quantity_raw": "…", "unit": "千瓦", "deadline_year": 2025, "sentence": "水电装机"}
    told |= {"concept": "hydro_capacity", "unit_norm": "万千瓦"}
    rows = []
    for number, (comparator, value) in enumerate((first, second)):
        name = "zj" if same or not number else "zj2"
        rows.append(Target(target_id=f"q{number}", comparator=comparator, value_norm=value, **told, **made.place(name, number)))
    names = ["zj"] if same else ["zj", "zj2"]
    plans = [
        Records(documents=[made.document(one, **PLANS["zj"])], targets=[row for row in rows if row.doc_id == one], sources=[made.source(one)])
        for one in names
    ]
    data = read(made.write(tmp_path / "data", *plans))
    assert [one["conflict"] for one in panel(data).to_pylist()] == [conflict, conflict]
    assert [len(one.rivals) for one in dumbbells(data)] == [int(conflict)]


def test_growth_a_year_over_several_is_told_from_that_of_one(tmp_path: Path) -> None:
    told = {"context": "goal", "subject": "地区生产总值", "quantity_raw": "…", "unit": "%", "deadline_year": 2025, "comparator": "increase"}
    told |= {"concept": "gdp_growth", "unit_norm": "%", "sentence": "地区生产总值"}
    rows = [Target(target_id=f"q{n}", value_norm=value, per_year=bool(n), **told, **made.place("zj", n)) for n, value in enumerate((5, 6))]
    found = Records(documents=[made.document("zj", **PLANS["zj"])], targets=rows, sources=[made.source("zj")])
    rows_of = panel(read(made.write(tmp_path / "data", found))).to_pylist()
    assert [(one["scope"], one["value_norm"], one["conflict"]) for one in rows_of] == [(None, 5, False), ("年均", 6, False)]


def test_a_zone_stands_below_its_city_and_a_place_keeps_one_name(tmp_path: Path) -> None:
    names = [("a", "嘉兴高新区", None, 30), ("b", "嘉兴市", "330400", 20), ("c", "嘉兴", "330400", 20), ("d", "禾阳高新区", None, 9)]
    told = {"table_id": "b1", "name": "森林覆盖率", "unit": "%", "target_year": 2025, "concept": "forest_coverage", "unit_norm": "%"}
    plans = []
    for name, region, code, value in names:
        plan = made.document(name, region=region, region_code=code, region_level="county" if code is None else "prefecture")
        row = Indicator(indicator_id=f"{name}-i1", target_norm=value, **told, **made.place(name))
        plans.append(Records(documents=[plan], indicators=[row], sources=[made.source(name)]))
    data = read(made.write(tmp_path / "data", *plans))
    assert [(one["region"], one["parent_code"], one["records"]) for one in panel(data).to_pylist()] == [
        ("嘉兴市", "330000", 2), ("嘉兴高新区", "330400", 1), ("禾阳高新区", None, 1),
    ]  # fmt: skip
    gaps = {one["region"]: one["gap"] for one in cascade(data, "forest_coverage").to_pylist()}
    assert gaps == {"嘉兴市": None, "嘉兴高新区": 10, "禾阳高新区": None}


def test_the_commands(outputs: Path, tmp_path: Path) -> None:
    run = CliRunner(env={"COLUMNS": "200"}).invoke
    rows = json.loads(run(app, ["cascade", "forest_coverage", str(outputs), "--json"]).stdout)
    assert [row["region"] for row in rows][:2] == ["全国", "浙江省"]
    assert "37.4" in run(app, ["cascade", "forest_coverage", str(outputs)]).stdout
    assert "gdp" in run(app, ["panel", str(outputs), "--concept", "gdp"]).stdout
    file = tmp_path / "panel.parquet"
    assert run(app, ["panel", str(outputs), "--out", str(file)]).exit_code == 0
    assert pq.read_table(file).equals(panel(read(outputs)))
    for name, head in (("wide.csv", "region,"), ("wide.json", "[")):
        assert run(app, ["panel", str(outputs), "--wide", "--out", str(tmp_path / name)]).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(head)
    for wrong in (["panel", str(outputs), "--out", str(tmp_path / "panel.xls")], ["cascade", "nothing", str(outputs)]):
        assert run(app, wrong).exit_code == 2


def test_two_periods_of_one_place(tmp_path: Path) -> None:
    names = {
        2020: [("森林覆盖率", "%", 18), ("PM2.5浓度", "微克/立方米", 38), ("湿地保护率", "%", 50), ("耕地保有量", "万亩", 30), ("污水处理率", "%", 90)],
        2025: [("森林覆盖率", "%", 19), ("PM2.5浓度", "微克/立方米", 40), ("湿地保护率", "%", 50), ("耕地保有量", "公顷", 19000), ("再生水利用率", "%", 25)],
    }  # fmt: skip
    found = []
    for year, told in names.items():
        doc_id = f"p{year}"
        rows = []
        for number, (name, unit, value) in enumerate(told, 1):
            one = link(name, unit)
            assert one
            about = made.place(doc_id, number) | {"indicator_id": f"{doc_id}-i{number}", "table_id": "b1", "unit": unit}
            about |= {"target_year": year, "concept": one.concept.name, "target_norm": one.norm(Decimal(value), None)}
            rows.append(Indicator(name=name, **about))
        document = made.document(doc_id, **PLANS["ph"], period_start=year - 4, period_end=year)
        found.append(Records(documents=[document], indicators=rows, sources=[made.source(doc_id)]))
    outputs = made.write(tmp_path / "data", *found)
    frame = read(outputs).commitments("平湖市")
    assert dict(zip(frame["concept"], frame["became"], strict=True)) == {
        "farmland": "changed", "forest_coverage": "raised", "pm25": "lowered", "reclaimed_water": "new",
        "sewage_treatment": "dropped", "wetland_protection_rate": "kept",
    }  # fmt: skip
    assert read(outputs).commitments("平湖市", "2020", "2025").equals(frame), "years as a table of strings holds them"  # type: ignore[arg-type]
    shown = CliRunner().invoke(app, ["commitments", "330482", str(outputs), "--from", "2020", "--to", "2025", "--csv"])
    assert "平湖市,pm25,,lowered,2020,38" in shown.stdout
    for wrong, told in (([ "禾阳县"], "No plan"), (["平湖市", "--to", "2020"], "two periods"), (["平湖市", "--from", "2015"], "no targets for 2015; they do for 2020, 2025")):
        ended = CliRunner().invoke(app, ["commitments", *wrong[:1], str(outputs), *wrong[1:]])
        assert ended.exit_code == 2
        assert told in ended.output


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("330482", ("330400", "330000", "000000")),
        ("330400", ("330000", "000000")),
        ("330000", ("000000",)),
        ("310115", ("310000", "000000")),
        ("429004", ("420000", "000000")),
        ("371200", ("370000", "000000")),
        ("000000", ()),
    ],
)
def test_divisions_above(code: str, above: tuple[str, ...]) -> None:
    assert parents(code) == above
    assert all(map(official_name, (code, *above)))


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("平湖市森林覆盖率", None, "330482"),
        ("浙江省嘉兴市平湖市森林覆盖率", None, "330482"),
        ("北京市天津市煤炭消费总量", None, None),
        ("朝阳区森林覆盖率", "220000", "220104"),
        ("朝阳区森林覆盖率", "110000", "110105"),
        ("繁昌县森林覆盖率", None, "340212"),
        ("桥东区森林覆盖率", None, "130702"),
        ("桥东区森林覆盖率", "130500", "130502"),
        ("全市森林覆盖率", None, None),
        ("城区污泥处置率", None, None),
        ("晋城市城区污泥处置率", None, "140502"),
        ("浙江森林覆盖率", None, None),
        ("森林覆盖率", None, None),
    ],
)
def test_the_region_that_a_name_begins_with(text: str, within: str | None, code: str | None) -> None:
    found = leading_region(text, within)
    assert (found[0].code if found else None) == code
