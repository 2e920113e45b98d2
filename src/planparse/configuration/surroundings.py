"""What planparse needs and what it can use: Python, libraries, fonts, encoding, disk, and what it finds of them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import locale
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planparse.model.libraries import INSTALL, INSTALL_SPARK

State = Literal["ok", "limited", "missing"]
LEAST_PYTHON = (3, 11, 2)
"""Debian 12's; it stands in pyproject.toml, too."""
LEAST_ROOM = 1 << 30
"""Bytes: a corpus of 10,000 plans gives a dataset of some 400 MB, and a new one is written beside the old."""
NEEDED = (
    "charset-normalizer", "jieba", "lxml", "opencc-python-reimplemented", "pdfminer.six", "pdfplumber", "pyarrow",
    "pydantic", "pypdfium2", "pyyaml", "regex", "rich", "typer", "webencodings",
)  # fmt: skip
EXTRAS = (
    ("duckdb", "planparse query, export --format duckdb", INSTALL),
    ("jinja2", "planparse report, diff --format html", INSTALL),
    ("matplotlib", "plots", INSTALL),
    ("pandas", "data frames, export --format dta", INSTALL),
    ("xlsxwriter", "export --format xlsx", INSTALL),
    ("pyspark", "ingest --engine spark", INSTALL_SPARK),
)
"""Import name, what it is for, and what brings it."""
FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/System/Library/Fonts",
    "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
FONTS = (
    "notosanscjk", "notoserifcjk", "notosanssc", "notoserifsc", "sourcehan", "wqy", "wenquanyi", "droidsansfallback",
    "pingfang", "heiti", "songti", "stheiti", "stsong", "simhei", "simsun", "msyh", "deng", "uming", "ukai", "arplsungti",
    "lxgw",
)  # fmt: skip
"""Beginnings of the file names of fonts with Chinese characters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``limited`` means that something optional cannot be done."""

    name: str
    state: State
    told: str
    advice: str = ""


def check(outputs: Path) -> list[Finding]:
    """Look at all of it, and change nothing but a file that is removed at once."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _libraries, _extras, _programs, _fonts, _encoding)
    return [finding for look in checks for finding in look()] + list(_disk(outputs))


def _python() -> Iterator[Finding]:
    fits = sys.version_info >= LEAST_PYTHON
    needed = "" if fits else f"install Python {'.'.join(map(str, LEAST_PYTHON))} or newer"
    yield Finding("python", "ok" if fits else "missing", platform.python_version(), needed)
    processors = os.cpu_count() or 1
    yield Finding("processors", "ok", f"{processors}, so that ingest uses {processors} processes")


def _libraries() -> Iterator[Finding]:
    for name in NEEDED:
        try:
            yield Finding(name, "ok", importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "missing", "not installed", INSTALL)


def _extras() -> Iterator[Finding]:
    for name, use, advice in EXTRAS:
        if importlib.util.find_spec(name) is None:
            yield Finding(name, "limited", f"not installed; needed for {use}", advice)
        else:
            yield Finding(name, "ok", f"for {use}")


def _programs() -> Iterator[Finding]:
    place = shutil.which("soffice") or shutil.which("libreoffice")
    if place:
        yield Finding("LibreOffice", "ok", f"{place}, for --convert")
    else:
        yield Finding(
            "LibreOffice", "limited", "not found; needed for --convert", "install LibreOffice for .doc, .wps, .rtf"
        )


def _fonts() -> Iterator[Finding]:
    found = next(chinese_fonts(), None)
    if found:
        yield Finding("Chinese font", "ok", found.name)
    else:
        yield Finding("Chinese font", "limited", "none found; plots would show boxes", "install fonts-noto-cjk")


def chinese_fonts() -> Iterator[Path]:
    """Files of fonts with Chinese characters in the usual places."""
    for folder in FONT_FOLDERS:
        for place, _, names in os.walk(os.path.expanduser(folder)):
            for name in sorted(names):
                if name.lower().replace("-", "").replace(" ", "").startswith(FONTS):
                    yield Path(place, name)


def _encoding() -> Iterator[Finding]:
    for name, encoding in (("file names", sys.getfilesystemencoding()), ("terminal", sys.stdout.encoding or "unknown")):
        fits = encoding.lower().replace("-", "") in ("utf8", "utf8sig")
        advice = "" if fits else "set LANG=C.UTF-8 or PYTHONUTF8=1"
        yield Finding(name, "ok" if fits else "limited", encoding, advice)
    yield Finding("locale", "ok", ".".join(filter(None, locale.getlocale())) or "C")


def _disk(outputs: Path) -> Iterator[Finding]:
    folder = next(place for place in (outputs.absolute(), *outputs.absolute().parents) if place.is_dir())
    room = shutil.disk_usage(folder).free
    advice = "" if room >= LEAST_ROOM else "make room, or choose another --out"
    yield Finding("disk", "ok" if room >= LEAST_ROOM else "limited", f"{room / 1e9:.1f} GB free for {outputs}", advice)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".planparse-") as made:
            os.symlink("there", Path(made, "link"))
            Path(made, "one").write_bytes(b"")
            os.link(Path(made, "one"), Path(made, "two"))
    except PermissionError:
        yield Finding("output folder", "missing", f"{folder} cannot be written", "choose another --out")
    except OSError:
        yield Finding("output folder", "limited", "no links here: files of a dataset are replaced one after the other")
    else:
        yield Finding("output folder", "ok", f"{folder} can be written, and a dataset replaced in one step")
