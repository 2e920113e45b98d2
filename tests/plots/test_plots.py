"""The plots say what the dataset says."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib: run make setup")

import levels

from planparse import plots
from planparse.corpus import ingest
from planparse.dataset.reader import Dataset, read
from planparse.model.findings import UsageError
from planparse.plots import drawing
from planparse.plots.places import _panels

ROOT = Path(__file__).resolve().parents[2]
ALL = (
    plots.targets_by_year_and_field,
    plots.indicator_across_places,
    plots.tasks_by_unit,
    plots.coverage_and_findings,
    lambda data, **options: plots.targets_of_concept(data, "forest_coverage", **options),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    out = tmp_path_factory.mktemp("plotted")
    names = ("heyang_emergency_plan.txt", "qingluo_emergency_system.txt", "jichuan_ecology_plan.md")
    ingest([ROOT / "corpus" / name for name in names], out, jobs=1)
    return read(out)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    place = tmp_path_factory.mktemp("empty")
    (place / "broken.pdf").write_bytes(b"%PDF-1.4")
    ingest([place / "broken.pdf"], place / "outputs", jobs=1)
    return read(place / "outputs")


def words(figure: Any) -> list[str]:
    import matplotlib.text

    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_text()]


def quiet(draw: Any, *arguments: Any, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return draw(*arguments, **options)


def test_targets_by_year(data: Dataset) -> None:
    years = Counter(row["deadline_year"] for row in data.table("targets").to_pylist())
    years += Counter(row["target_year"] for row in data.table("indicators").to_pylist())
    shown = words(quiet(plots.targets_by_year_and_field, data))
    del years[None]
    for year, count in years.items():
        assert str(year) in shown
        assert f"{count:,}" in shown
    assert "应急管理" in shown


def test_tasks_by_unit(data: Dataset) -> None:
    units = Counter(
        unit for row in data.table("tasks").to_pylist() for unit in set(row["lead_units"] + row["support_units"])
    )
    shown = words(quiet(plots.tasks_by_unit, data, most=3))
    labels = {word for word in shown if word in units}
    assert len(labels) == 3
    assert min(units[label] for label in labels) >= sorted(units.values())[-3]


def test_coverage_by_document(data: Dataset) -> None:
    shown = words(quiet(plots.coverage_and_findings, data))
    assert any(word.strip().endswith("%") for word in shown)
    assert any("禾阳县" in word for word in shown)


def indicator(doc: str, value: float, **more: Any) -> dict[str, Any]:
    return {
        "doc_id": doc,
        "name": "森林覆盖率（%）",
        "unit": "%",
        "target_year": 2025,
        "target_value": value,
        "comparator": "ge",
        "other_cells": [],
    } | more


def plan(doc: str, region: str | None, level: str, code: str | None) -> dict[str, Any]:
    return {"doc_id": doc, "region": region, "region_level": level, "region_code": code} | {
        "issuer": None,
        "title": doc,
        "source_path": doc,
    }


@pytest.mark.parametrize(
    ("header", "cell", "above"),
    [
        ("全国2025年目标", "24.1", 24.1),
        ("云岭省“十四五”规划目标", "≤3万", 30000),
        ("全国2025年目标", "240‰", 24),
        ("本县2024年", "9", None),
        ("全国2025年目标", "达标", None),
    ],
)
def test_the_plan_above_in_the_table(header: str, cell: str, above: float | None) -> None:
    rows = [indicator("a", 40, other_cells=[(header, cell)]), indicator("b", 41)]
    (panel,) = _panels(rows, [plan("a", "本县", "county", None), plan("b", "乙县", "county", None)])
    assert [place.above for place in panel.places] == [above, None]


def test_the_plan_above_in_the_dataset() -> None:
    plans = [
        plan("n", None, "national", None),
        plan("p", "甲省", "province", "530000"),
        plan("c", "乙市", "prefecture", "530100"),
        plan("d", "丙市", "prefecture", "310100"),
    ]
    rows = [indicator("n", 24), indicator("p", 60), indicator("c", 65), indicator("d", 20)]
    (panel,) = _panels(rows, plans)
    assert [place.above for place in panel.places] == [None, 24, 60, 24]


def test_what_differs_in_year_unit_or_way_is_not_compared() -> None:
    rows = [
        indicator("a", 40),
        indicator("b", 40, target_year=2030),
        indicator("c", 4, comparator="increase"),
        indicator("d", 40, unit="万亩"),
    ]
    assert _panels(rows, [plan(name, name, "county", None) for name in "abcd"]) == []


@pytest.mark.parametrize("draw", ALL, ids=lambda draw: draw.__name__.strip("<>"))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_inline_svg(draw: Any, language: str, data: Dataset) -> None:
    figure = quiet(draw, data, language=language)
    text = drawing.to_svg(figure, f"p-{language}", "<b>&")
    root = ElementTree.fromstring(text)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "<b>&"  # type: ignore[union-attr]
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    assert all(identifier.startswith(f"p-{language}-") for identifier in identifiers if identifier)
    assert "<style" not in text
    assert "http" not in text.replace("http://www.w3.org/", "")
    assert "var(--ink, #24292f)" in text or "var(--faint" in text


@pytest.mark.parametrize("draw", ALL, ids=lambda draw: draw.__name__.strip("<>"))
def test_nothing_to_draw(draw: Any, nothing: Dataset) -> None:
    assert words(quiet(draw, nothing, language="en")) == ["Nothing to draw"]


def test_a_missing_font_is_told(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "cjk_font", lambda: None)
    with pytest.warns(UserWarning, match="fonts-noto-cjk"):
        plots.tasks_by_unit(data)


def test_labels_are_text_and_no_formulas() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with drawing.canvas(1) as (figure, axes):
            axes[0].set_title("$x^$ <script>")
        text = drawing.to_svg(figure, "p", "t")
    assert "$x^$ &lt;script&gt;" in text


@pytest.fixture(scope="module")
def of_levels(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read(levels.write(tmp_path_factory.mktemp("levels") / "data"))


def test_a_concept_in_all_places(of_levels: Dataset) -> None:
    figure = quiet(plots.targets_of_concept, of_levels, "forest_coverage")
    shown = words(figure)
    for one in ("森林覆盖率（%）", "期望上升 →", "浙江省", "嘉兴市 · 农村", "全国 24.1", "浙江省 61.5", "2020→2025", "未及上级目标", "另有说法"):
        assert one in shown
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()][:4] == ["全国", "浙江省", "嘉兴市", "平湖市"]
    dots = [tuple(map(float, at)) for one in axes.collections for at in one.get_offsets()]
    lines = dict(zip((label.get_text() for label in axes.get_yticklabels()), map(float, axes.get_yticks()), strict=True))
    assert {(15, lines["嘉兴市"]), (18, lines["嘉兴市"]), (18.5, lines["嘉兴市"]), (61.5, lines["浙江省"])} <= set(dots)
    rules = [tuple(map(float, line.get_xdata())) for line in axes.lines]
    assert {(24.1, 24.1), (61.5, 61.5), (18, 18), (15, 18)} <= set(rules)


@pytest.mark.parametrize(
    ("concept", "language", "there", "absent"),
    [
        ("gdp", "zh", ["地区生产总值（亿元）", "目标值"], ["上级目标", "基期值", "另有说法", "未及上级目标"]),
        ("energy_intensity_reduction", "en", ["Short of the plan above", "浙江省 15"], ["Baseline", "Other value"]),
        ("tree_coverage", "en", ["tree coverage (%)", "To rise →"], ["Target of the plan above"]),
    ],
)
def test_what_the_legend_explains_is_there(concept: str, language: str, there: list[str], absent: list[str], of_levels: Dataset) -> None:
    shown = words(quiet(plots.targets_of_concept, of_levels, concept, language=language))
    assert [one for one in there if one not in shown] == []
    assert [one for one in absent if one in shown] == []


def test_a_concept_of_more_places_than_asked_for(of_levels: Dataset) -> None:
    shown = words(quiet(plots.targets_of_concept, of_levels, "forest_coverage", most=2, width=3.5))
    assert "森林覆盖率（%） 2/7" in shown
    assert "嘉兴市" not in shown


def test_a_place_with_all_its_targets(of_levels: Dataset) -> None:
    shown = words(quiet(plots.targets_of_place, of_levels, "330400"))
    for one in ("生态环境", "经济", "森林覆盖率（%） ↑", "森林覆盖率 · 农村（%） ↑", "2020", "2025", "15", "18※", "12", "8,500", "○ 基期值   ● 目标值   ※ 另有说法"):
        assert one in shown
    narrow = words(quiet(plots.targets_of_place, of_levels, "浙江省", language="en", width=3.9))
    assert "energy intensity redu… (%) ↑" in narrow
    assert not any("※" in one for one in narrow)


def test_no_such_concept_or_place(of_levels: Dataset) -> None:
    with pytest.raises(UsageError, match="no concept"):
        plots.targets_of_concept(of_levels, "森林覆盖率")
    with pytest.raises(UsageError, match="sets a target"):
        plots.targets_of_place(of_levels, "无此县")


def test_a_notebook_shows_a_plot(of_levels: Dataset) -> None:
    figure = quiet(plots.targets_of_concept, of_levels, "gdp")
    assert figure._repr_png_().startswith(b"\x89PNG")
    assert repr(figure).startswith("<Plot size")
