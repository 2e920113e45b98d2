"""The dataset in, the site out: index.html and a page per document, each whole in itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.data import vocabulary
from planparse.dataset.reader import Dataset, read
from planparse.model.findings import UsageError
from planparse.report.catalogue import SEVERITIES, Catalogue, catalogue, entry
from planparse.report.documents import Page, page
from planparse.report.gold import TABLES, specifications

if TYPE_CHECKING:
    import jinja2

PAGES = "documents"
MARK = '<meta name="generator" content="planparse">'
SAFE = re.compile(r"[0-9A-Za-z_-]{1,64}")
RECORDS = (*TABLES, "findings", "sources")
# What may not stand in a JSON block of a page: "<" could end it, the separators are line ends to old scripts.
_UNSAFE_JSON = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(slots=True)
class Site:
    """What was written."""

    index: Path
    documents: int = 0
    warnings: list[str] = field(default_factory=list)


def write_site(outputs: Path, out: Path, *, language: str = "zh", plots: bool = True) -> Site:
    """Write the site for the dataset in ``outputs``. Raises UsageError where there is none, or ``out`` holds something else."""
    if find_spec("jinja2") is None:
        raise UsageError("The review site needs Jinja2; install planparse[report].")
    data = read(outputs)
    site = Site(out / "index.html")
    _make_place(out)
    entries, numbers, shares = [], Counter[str](), {}
    for document, tables in _documents(data):
        name = _file_name(document["doc_id"])
        made = page(document, tables)
        numbers.update(number.claim.value for number in made.coverage.numbers)
        shares[document["doc_id"]] = made.coverage.share
        entries.append(entry(document, tables, f"{PAGES}/{name}", made.coverage.share))
        _write(out / PAGES / name, document_html(made, language))
    unread = [row for row in data.table("findings").to_pylist() if row["doc_id"] not in shares]
    drawn = _plots(data, shares, site) if plots else []
    _write(site.index, index_html(catalogue(entries, numbers, unread), drawn, language))
    site.documents = len(entries)
    for old in (out / PAGES).glob("*.html"):
        if f"{PAGES}/{old.name}" not in {one.file for one in entries}:
            old.unlink()
    return site


def index_html(made: Catalogue, plots: Sequence[Mapping[str, str]] = (), language: str = "zh") -> str:
    """The index of the corpus. ``plots``: key of the interface, and SVG in ``zh`` and ``en``."""
    common = _common(language, "index.js", {})
    return _template("index.html").render(common, catalogue=made, plots=plots)


def document_html(made: Page, language: str = "zh") -> str:
    """The page of one document."""
    data = made.data | {"fields": specifications()}
    return _template("document.html").render(_common(language, "document.js", {"data": data}), page=made)


def _documents(data: Dataset) -> Iterator[tuple[dict[str, Any], dict[str, list[Any]]]]:
    """Each document with its rows by table."""
    rows: dict[str, dict[str, list[Any]]] = defaultdict(lambda: {name: [] for name in RECORDS})
    for name in RECORDS:
        for row in data.table(name).to_pylist():
            rows[row["doc_id"]][name].append(row)
    for document in data.table("documents").to_pylist():
        yield document, rows[document["doc_id"]]


def _file_name(identifier: str) -> str:
    """A file name that is one, whatever the dataset says."""
    plain = identifier if SAFE.fullmatch(identifier) else hashlib.sha256(identifier.encode()).hexdigest()[:16]
    return f"{plain}.html"


def _make_place(out: Path) -> None:
    index = out / "index.html"
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give a folder for the site with --out.")
    if index.exists() and MARK not in index.read_text(encoding="utf-8", errors="replace")[:2000]:
        raise UsageError(f"{index} was not made by planparse; give another folder with --out.")
    if not index.exists() and out.is_dir() and any(out.iterdir()):
        raise UsageError(f"{out} holds other files; give another folder with --out.")
    (out / PAGES).mkdir(parents=True, exist_ok=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _plots(data: Dataset, shares: Mapping[str, float | None], site: Site) -> list[dict[str, str]]:
    """The plots as inline SVG in both languages; a warning where they cannot be drawn."""
    from planparse.plots import drawing, figures, places

    try:
        drawing.cjk_font()
    except UsageError as error:
        site.warnings.append(str(error))
        return []
    made: dict[str, Callable[[str], Any]] = {
        "plot_years": lambda language: figures.targets_by_year_and_field(data, language=language),
        "plot_places": lambda language: places.indicator_across_places(data, language=language),
        "plot_units": lambda language: figures.tasks_by_unit(data, language=language),
        "plot_quality": lambda language: figures.coverage_and_findings(data, language=language, shares=shares),
    }
    with warnings.catch_warnings():  # the browser sets the text of an SVG, with fonts of its own
        warnings.filterwarnings("ignore", message="No font with Chinese")
        return [
            {"key": key}
            | {
                language: drawing.to_svg(draw(language), f"{key}-{language}", drawing.word(key, language))
                for language in ("zh", "en")
            }
            for key, draw in made.items()
        ]


# ---- pages -----------------------------------------------------------------------------------------------------------


def _common(language: str, script: str, data: dict[str, Any]) -> dict[str, Any]:
    """What every page has: style, script with its hash (nothing else may run), words, data."""
    code = f"\n{_asset('common.js')}\n{_asset(script)}\n"
    return {
        "language": language,
        "style": _asset("style.css"),
        "script": code,
        "script_hash": base64.b64encode(hashlib.sha256(code.encode()).digest()).decode(),
        "data": json.dumps(
            data | {"words": vocabulary("interface")}, ensure_ascii=False, default=str, separators=(",", ":")
        ).translate(_UNSAFE_JSON),
        "mark": MARK,
        "severities": SEVERITIES,
        "tables": tuple(TABLES),
    }


@cache
def _asset(name: str) -> str:
    return (files("planparse.report") / "assets" / name).read_text(encoding="utf-8")


@cache
def _template(name: str) -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("planparse.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["interface"] = vocabulary("interface")
    return environment.get_template(name)
