"""Every page by the rules of axe-core, in both languages, light and dark, wide and narrow: nothing serious, nothing critical."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".venv" / "node_modules" / "axe-core" / "axe.min.js"))
SERIOUS = ("serious", "critical")
LANGUAGES, SCHEMES, WIDTHS = ("zh-Hans", "en"), ("light", "dark"), (1400, 390)
FAULTS = """() => axe.run({resultTypes: ["violations"], preload: false}).then(found => found.violations.map(one =>
    [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 160)).slice(0, 3)]))"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One page of each kind. The document is HTML, so that markup and text that was left out are shown, too."""
    pytest.importorskip("jinja2", reason="the report needs Jinja2: run make setup")
    from planparse.corpus import ingest
    from planparse.report.site import write_site

    place = tmp_path_factory.mktemp("accessible")
    (place / "plans").mkdir()
    for name in ("formats/qingyan_health_action.html", "jichuan_ecology_plan.md"):
        shutil.copy(ROOT / "corpus" / name, place / "plans")
    ingest([place / "plans"], place / "outputs", jobs=1)
    site = place / "site"
    write_site(place / "outputs", site, language="zh")
    found = [site / "index.html", site / "records.html", *sorted((site / "documents").glob("*.html"))]
    return [*found, site / "concepts" / "index.html", site / "concepts" / "pm25.html", next((site / "places").glob("*.html"))]


@pytest.mark.skipif(not AXE.is_file(), reason="needs axe-core: npm install --no-save --prefix .venv axe-core@4, or its axe.min.js named by AXE_CORE")
def test_no_page_has_a_serious_fault(pages: list[Path], open_page: Callable[..., Any]) -> None:
    code = AXE.read_text(encoding="utf-8")
    faults = []
    for path in pages:
        page = open_page(path, reduced_motion="reduce")
        for number, language in enumerate(LANGUAGES):
            if number:
                page.click("#language")
            page.wait_for_function("word => document.documentElement.lang === word", arg=language)
            for scheme, width in zip(SCHEMES, WIDTHS[::-1] if number else WIDTHS, strict=True):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                tabs = page.locator("[role=tab]:visible")
                for tab in range(max(tabs.count(), 1) if (scheme, width) == ("light", 1400) else 1):
                    if tab:
                        tabs.nth(tab).click()
                    page.evaluate(code)
                    told = page.evaluate(FAULTS)
                    faults += [(path.name, language, scheme, width, tab, *one) for one in told if one[0] in SERIOUS]
        page.close()
    assert faults == []
