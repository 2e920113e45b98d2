"""A small dataset of our own corpus, its site, and a real browser to read it in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANS = ("heyang_emergency_plan.txt", "jichuan_ecology_plan.md", "qingluo_emergency_system.txt")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of three plans and a file that cannot be read."""
    from planparse.corpus import ingest

    place = tmp_path_factory.mktemp("reported")
    (place / "plans").mkdir()
    for name in PLANS:
        shutil.copy(ROOT / "corpus" / name, place / "plans")
    (place / "plans" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    ingest([place / "plans"], place / "outputs", jobs=1)
    return place / "outputs"


@pytest.fixture(scope="session")
def site(outputs: Path) -> Path:
    """The site of that dataset, with plots."""
    pytest.importorskip("jinja2", reason="the report needs Jinja2: run make setup")
    from planparse.report.site import write_site

    write_site(outputs, outputs.parent / "report", language="zh")
    return outputs.parent / "report"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium; without Playwright or a browser the test is skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright (extra dev)")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("browser tests need a browser: apt-get install chromium")
    arguments = ["--disable-gpu", "--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # root has none
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def ready(page: Any) -> None:
    """Wait until the page has opened what it was written with."""
    page.wait_for_selector("body[data-ready]", state="attached")


def follow(page: Any, locator: Any) -> None:
    """Click on what leads to another page, and wait until that is ready: the one that is left is ready all the while."""
    with page.expect_navigation():
        locator.click()
    ready(page)


class Heard:
    """What a page complained of, and what it asked for from outside."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a file in a fresh browser profile; at the end nothing may have gone wrong or gone out."""
    contexts: list[Any] = []
    heard = Heard()

    def answer(dialog: Any) -> None:
        heard.dialogs.append(dialog.message)
        dialog.accept()

    def opened(path: Path, **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.heard = heard
        page.on("console", lambda m: heard.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on("request", lambda request: heard.requests.append(request.url))
        page.on("dialog", answer)
        page.goto(path.as_uri())
        ready(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert heard.errors == []
    assert [url for url in heard.requests if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
