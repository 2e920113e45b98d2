"""The dataset in, the site out: index.html, records.html and a page per document; what they share lies in ``assets``."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import warnings
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.data import vocabulary
from planparse.dataset.audit import Contradiction, Place, audit
from planparse.dataset.reader import Dataset, read
from planparse.model.findings import UsageError
from planparse.model.libraries import need
from planparse.plots.concepts import DIRECTIONS, named, plain
from planparse.report.catalogue import SEVERITIES, Catalogue, catalogue, entry
from planparse.report.documents import Page, number_at, page
from planparse.report.gold import TABLES, specifications
from planparse.report.listing import Listing
from planparse.report.panel import CONCEPTS, PLACES, Panel, place_key
from planparse.report.panel import Page as PanelPage

if TYPE_CHECKING:
    import jinja2

PAGES, ASSETS = "documents", "assets"
SHARED = ("style.css", "common.js", "index.js", "records.js", "document.js")
"""Files of ``assets`` that are as the package has them; ``wording.js`` is made."""
LIST = "index.html"
AUDIT = f"audit/{LIST}"
PANELLED = ("indicators", "targets")
PANEL_WORDS = {"plain": plain, "named_in": named, "directions": DIRECTIONS, "place_key": place_key}
MARK = '<meta name="generator" content="planparse">'
SAFE = re.compile(r"[0-9A-Za-z_-]{1,64}")
RECORDS = (*TABLES, "findings", "sources")
# What may not stand in a JSON block of a page: "<" could end it, the separators are line ends to old scripts.
_UNSAFE_IN_QUOTES = {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;", ord("'"): "&#39;"}
"""Of an attribute in single quotes, in which those of JSON stand as they are: a fiftieth of a page."""
_UNSAFE_JSON = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(slots=True)
class Site:
    """What was written."""

    index: Path
    documents: int = 0
    warnings: list[str] = field(default_factory=list)


def write_site(outputs: Path, out: Path, *, language: str = "zh", plots: bool = True) -> Site:
    """Write the site for the dataset in ``outputs``. Raises UsageError where there is none, or ``out`` holds something else."""
    need("jinja2")
    data = read(outputs)
    site = Site(out / "index.html")
    _make_place(out)
    write_assets(out)
    entries, numbers, shares, listing, links = [], Counter[str](), {}, Listing(), dict[str, str]()
    contradictions = audit(data)
    places, links_of = _places(contradictions), dict[Place, str]()
    for document, tables in _documents(data):
        name = _file_name(document["doc_id"])
        made = page(document, tables)
        numbers.update(number.claim.value for number in made.coverage.numbers)
        shares[document["doc_id"]] = made.coverage.share
        entries.append(entry(document, tables, f"{PAGES}/{name}", made.coverage.share))
        listing.add(entries[-1], tables)
        links |= {card.identifier: f"{PAGES}/{name}#c{card.number}" for card in made.cards if card.table in PANELLED}
        links_of |= {place: f"{PAGES}/{name}#c{number_at(tables, place.start, place.end)}" for place in places[document["doc_id"]]}
        _write(out / PAGES / name, document_html(made, language))
    unread = [row for row in data.table("findings").to_pylist() if row["doc_id"] not in shares]
    drawn = _plots(data, shares, site) if plots else []
    _write(out / "records.html", records_html(listing, language))
    compared = _write_panel(Panel(data, _file_name), out, links, language)
    audited = _write_audit(contradictions, links_of, out, language)
    _write(site.index, index_html(catalogue(entries, numbers, unread), drawn, language, compared=bool(compared), audited=audited))
    site.documents = len(entries)
    kept = compared | {one.file for one in entries}
    for folder in (PAGES, CONCEPTS, PLACES):
        for old in (out / folder).glob("*.html"):
            if f"{folder}/{old.name}" not in kept:
                old.unlink()
    return site


def _places(found: Sequence[Contradiction]) -> dict[str, set[Place]]:
    """The places of contradictions by document."""
    places: dict[str, set[Place]] = defaultdict(set)
    for place in (place for one in found for place in (one.first, one.second) if place):
        places[place.doc_id].add(place)
    return places


def _write_audit(found: Sequence[Contradiction], links: Mapping[Place, str], out: Path, language: str) -> bool:
    """The page of contradictions; none where there are none."""
    if found:
        (out / AUDIT).parent.mkdir(exist_ok=True)
        _write(out / AUDIT, _page("panel", "planparse", language, body=_render("audit.html", language, found=found, links=links)))
    else:
        (out / AUDIT).unlink(missing_ok=True)
    return bool(found)


def _write_panel(panel: Panel, out: Path, links: Mapping[str, str], language: str) -> set[str]:
    """The pages of concepts and places, and the list of them; none where nothing is linked. Gives the files."""
    pages = {one.file: one for one in (*panel.concepts.values(), *panel.places.values())}
    written: dict[str, PanelPage | None] = {f"{CONCEPTS}/{LIST}": None, **pages} if pages else {}
    for file, one in written.items():
        (out / file).parent.mkdir(exist_ok=True)
        about = {"panel": panel, "page": one, "links": links, "list": f"../{CONCEPTS}/{LIST}"}
        title = named(one.concept, language) if one and one.concept else one.name if one else "planparse"
        _write(out / file, _page("panel", title, language, body=_render("panel.html", language, **about, **PANEL_WORDS)))
    return set(written)


def index_html(
    made: Catalogue, plots: Sequence[Mapping[str, str]] | None = (), language: str = "zh", *, compared: bool = False, audited: bool = False
) -> str:
    """The index of the corpus. ``plots``: key of the interface, and SVG in ``zh`` and ``en``; None where they cannot be drawn.

    ``compared`` is whether there are pages of the panel, ``audited`` whether there is one of contradictions.
    """
    linked = {"compared": f"{CONCEPTS}/{LIST}" if compared else None, "audited": AUDIT if audited else None}
    body = _render("index.html", language, catalogue=made, plots=plots, **linked)
    return _page("index", "planparse", language, body=body)


def records_html(made: Listing, language: str = "zh") -> str:
    """The page of the records of all documents, which are in it, compressed."""
    packed = _packed(_json(made.columns()).encode())
    return _page("records", "planparse", language, body=_render("records.html", language), packed=packed)


def document_body(made: Page, language: str = "zh") -> str:
    """What the page of one document shows."""
    return _render("document.html", language, page=made, data=_json(made.data))


def document_html(made: Page, language: str = "zh") -> str:
    """The page of one document, compressed: the same wording in text, records and gold costs little more than once."""
    return _page("document", made.title, language, packed=_packed(document_body(made, language).encode()))


def write_assets(out: Path) -> None:
    """What the pages share, into the folder of the site."""
    (out / ASSETS).mkdir(parents=True, exist_ok=True)
    for name in SHARED:
        _write(out / ASSETS / name, (files("planparse.report") / "assets" / name).read_text(encoding="utf-8"))
    words = f'"use strict";\nconst WORDS = {_json(vocabulary("interface"))};\nconst FIELDS = {_json(specifications())};\n'
    _write(out / ASSETS / "wording.js", words)


def _documents(data: Dataset) -> Iterator[tuple[dict[str, Any], dict[str, list[Any]]]]:
    """Each document with its rows by table."""
    rows = data.by_document(RECORDS)
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


def _plots(data: Dataset, shares: Mapping[str, float | None], site: Site) -> list[dict[str, str]] | None:
    """The plots that show something as inline SVG in both languages; None, and a warning, where they cannot be drawn."""
    from planparse.plots import drawing, figures, places

    try:
        drawing.cjk_font()
    except UsageError as error:
        site.warnings.append(str(error))
        return None
    made: dict[str, Callable[[str], Any]] = {
        "plot_years": lambda language: figures.targets_by_year_and_field(data, language=language),
        "plot_places": lambda language: places.indicator_across_places(data, language=language),
        "plot_units": lambda language: figures.tasks_by_unit(data, language=language),
        "plot_quality": lambda language: figures.coverage_and_findings(data, language=language, shares=shares),
    }
    with warnings.catch_warnings():  # the browser sets the text of an SVG, with fonts of its own
        warnings.filterwarnings("ignore", message="No font with Chinese")
        drawn = {key: {language: draw(language) for language in ("zh", "en")} for key, draw in made.items()}
        return [
            {"key": key} | {name: drawing.to_svg(one, f"{key}-{name}", drawing.word(key, name)) for name, one in both.items()}
            for key, both in drawn.items()
            if both["zh"].get_label() != drawing.NOTHING
        ]


# ---- pages -----------------------------------------------------------------------------------------------------------


def _render(template: str, language: str, **about: Any) -> str:
    """The content of a page."""
    return _template(template).render(language=language, severities=SEVERITIES, tables=tuple(TABLES), **about)


def _page(kind: str, title: str, language: str, *, body: str = "", packed: str = "") -> str:
    """A whole page. ``packed`` is opened by its script: the content of a document's page, the data of the records'."""
    root = "../" if kind in ("document", "panel") else ""
    about = {"kind": kind, "title": title, "body": body, "packed": packed, "root": root, "mark": MARK}
    return _render("base.html", language, **about)


def _json(value: Any) -> str:
    """JSON that may stand in a page."""
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":")).translate(_UNSAFE_JSON)


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()


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
    environment.filters["tojson_attribute"] = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE_IN_QUOTES)
    environment.globals["interface"] = vocabulary("interface")
    return environment.get_template(name)
