"""A plan saved as an old Word file gives the same records, where a real LibreOffice is there to convert it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from metamorphic.comparing import Tally, rows, tally

from planparse.model.options import Limits, Options
from planparse.pipeline import process

FORMATS = Path(__file__).resolve().parents[2] / "corpus" / "formats"
STEM = "lanjin_transport_plan"
OFFICE = shutil.which("soffice")
AT_LEAST = 0.97


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_records_are_those_of_the_word_file(tmp_path: Path) -> None:
    source = FORMATS / f"{STEM}.docx"
    command = [
        str(OFFICE),
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to",
        "doc",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    options = Options(convert=True, limits=Limits(timeout=120))
    before = rows(process(source.read_bytes(), source.name, Options()))
    after = rows(process((tmp_path / f"{STEM}.doc").read_bytes(), f"{STEM}.doc", options))
    total: dict[str, Tally] = {}
    tally(total, STEM, before, after)
    assert before["tasks"]
    assert not {name: one.differences for name, one in total.items() if one.f1 < AT_LEAST}
