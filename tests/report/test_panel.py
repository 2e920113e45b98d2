"""The pages of concepts and places say what the panel says, lead to the records, and are left out where nothing links."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import datasets as made
import levels
import pytest

pytest.importorskip("jinja2", reason="the report needs Jinja2: run make setup")

from planparse.dataset.dumbbells import dumbbells
from planparse.dataset.reader import Dataset, read
from planparse.model.records import Records
from planparse.report.panel import Axis, Panel
from planparse.report.site import write_site
from tests.report.conftest import follow


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read(levels.write(tmp_path_factory.mktemp("compared") / "data"))


@pytest.fixture(scope="module")
def pages(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("compared") / "site"
    write_site(Path(data.folder), out, plots=False)
    return out


class Rows(HTMLParser):
    """The cells of a page's table as text, and its links."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.open = False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open = self.open or tag in ("th", "td")
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())


def test_a_concept(pages: Path) -> None:
    assert Rows(pages / "concepts" / "forest_coverage.html").rows[1:] == [
        ["全国", "", "23 2020", "24.1 2025", "—"],
        ["浙江省", "", "—", "61.5 2025", "全国 24.1"],
        ["嘉兴市", "", "15 2020", "18 2025 另有说法 18.5", "浙江省 61.5 未及上级目标"],
        ["平湖市", "", "—", "19 2025 另有说法 ≥ 18", "嘉兴市 18"],
        ["禾阳新区", "", "—", "9 2025", "—"],
        ["嘉兴市 农村", "", "—", "12 2025", "—"],
        ["平湖市", "", "—", "20 2030", "—"],
    ]
    text = (pages / "concepts" / "forest_coverage.html").read_text(encoding="utf-8")
    assert "forest coverage (%)" in text
    assert "期望上升" in text
    assert len(re.findall(r'<line class="over"', text)) == 3 + 1, "three places have a plan above; one is in the legend"


def test_a_place(pages: Path) -> None:
    assert [[row[0], *row[2:]] for row in Rows(pages / "places" / "330482.html").rows[1:] if len(row) > 1] == [
        ["森林覆盖率（%） forest coverage (%) ↑", "—", "19 2025 另有说法 ≥ 18", "嘉兴市 18"],
        ["森林覆盖率（%） forest coverage (%) ↑", "—", "20 2030", "—"],
        ["林木绿化率（%） tree coverage (%) ↑", "—", "30 2025", "—"],
    ]


def test_every_link_leads_somewhere(pages: Path) -> None:
    seen = 0
    for page in [*pages.glob("concepts/*.html"), *pages.glob("places/*.html"), pages / "index.html"]:
        for link in Rows(page).links:
            if not link.startswith("#"):
                assert (page.parent / link.partition("#")[0]).is_file(), link
                seen += "#c" in link
    assert seen >= 30
    listed = Rows(pages / "concepts" / "index.html").links
    assert {"../concepts/gdp.html", "../places/330400.html"} <= set(listed)


@pytest.mark.parametrize("concept", [None, "森林覆盖率"])
def test_nothing_where_nothing_links(concept: str | None, pages: Path, tmp_path: Path) -> None:
    """Also where a concept is one that only another configuration knows. Pages of an earlier run go."""
    row = made.indicator("a1", 1, "指标", concept=concept, target_norm=None, target_year=2025)
    outputs = made.write(tmp_path / "data", Records(documents=[made.document()], indicators=[row], sources=[made.source("a1")]))
    out = tmp_path / "site"
    (out / "concepts").mkdir(parents=True)
    (out / "index.html").write_text((pages / "index.html").read_text(encoding="utf-8"), encoding="utf-8")
    (out / "concepts" / "gdp.html").write_text("old", encoding="utf-8")
    write_site(outputs, out, plots=False)
    assert list(out.glob("concepts/*")) == list(out.glob("places/*")) == []
    assert "concepts/" not in (out / "index.html").read_text(encoding="utf-8")


def test_places_on_the_axis(data: Dataset) -> None:
    axis = Axis(dumbbells(data, ["forest_coverage"]))
    assert axis.ticks == [("6.00%", "9"), ("94.00%", "61.5")]
    assert axis.at((9 + 61.5) / 2) == "50.00%"
    assert Axis(dumbbells(data, ["tree_coverage"])).ticks == [("50.00%", "30")]
    gdp = Axis(dumbbells(data, ["gdp"]))
    assert [at for at, _ in gdp.ticks] == ["6.00%", "94.00%"]


def test_what_a_page_counts(data: Dataset) -> None:
    panel = Panel(data, lambda name: f"{name}.html")
    assert {name: (page.width, page.conflicts) for name, page in panel.concepts.items()} == {
        "forest_coverage": (5, 2), "tree_coverage": (1, 0), "gdp": (2, 0), "energy_intensity_reduction": (2, 0),
    }  # fmt: skip
    assert {page.name: page.width for page in panel.places.values()} == {"全国": 1, "浙江省": 3, "嘉兴市": 3, "平湖市": 2, "禾阳新区": 1}


@pytest.mark.parametrize("width", [390, 1100])
def test_in_a_browser(width: int, pages: Path, open_page: Callable[..., Any]) -> None:
    page = open_page(pages / "index.html", viewport={"width": width, "height": 740})
    follow(page, page.locator("text=指标对照").first)
    follow(page, page.locator("text=森林覆盖率（%）").first)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.eval_on_selector_all(".draw .to, .axis text", "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.width])")
    assert len(boxes) == 7 + 2
    assert all(0 < left < width and wide > 5 for left, wide in boxes)
    page.click("#language")
    assert page.inner_text("h1").startswith("forest coverage (%)")
    follow(page, page.locator("td a").first)
    assert "#c" in page.url


def test_hostile_wording_is_inert(tmp_path: Path) -> None:
    bad = "</td><img src=x onerror=1>\"'&"
    norm = {"target_norm": 40, "target_year": 2025, "comparator": "eq", "concept": "forest_coverage", "unit": "%"}
    rows = [made.indicator("a1", 1, bad, other_cells={f"全国2025年目标{bad}": "41"}, **norm)]
    document = made.document(region=bad)
    outputs = made.write(tmp_path / "data", Records(documents=[document], indicators=rows, sources=[made.source("a1")]))
    write_site(outputs, tmp_path / "site", plots=False)
    found = [*(tmp_path / "site").glob("concepts/*.html"), *(tmp_path / "site").glob("places/*.html")]
    assert len(found) == 3
    for page in found:
        text = page.read_text(encoding="utf-8")
        assert "<img" not in text
        assert "&lt;img" in text
