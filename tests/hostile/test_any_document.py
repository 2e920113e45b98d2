"""Whatever comes in: records that validate, spans inside the source, the same again, and never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planlike import NOISE, PLAN, damaged

from planparse.cleaning.garble import shift_garble
from planparse.engines.core import documents_in
from planparse.language.quantities import find_quantities
from planparse.model.findings import Code
from planparse.model.options import Options
from planparse.model.records import TABLES, Records
from planparse.pipeline import process

CRASHERS = Path(__file__).parents[1] / "crashers"
SAMPLES = sorted(path for path in (Path(__file__).parents[2] / "corpus").glob("*.*") if path.is_file())
OPTIONS = Options()
UNHURRIED = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def records_of(data: bytes) -> list[Records]:
    """All records of a file or an archive."""
    found: list[Records] = []
    for path, content in documents_in("a", data, OPTIONS):
        if isinstance(content, bytes):
            found.extend(process(content, path, OPTIONS))
    return found


def hold(data: bytes) -> None:
    """What holds for every file."""
    found = records_of(data)
    for one in found:
        hold_records(one)
    assert records_of(data) == found, "the same bytes give the same records"


def hold_records(one: Records) -> None:
    assert one.documents or one.findings, "nothing is passed over in silence"
    text = one.sources[0].text if one.sources else ""
    identifiers = {row.section_id for row in one.sections} | {None}
    for model in TABLES:
        for row in getattr(one, model.table):
            model.model_validate(row.model_dump())
            start, end = getattr(row, "source_start", None), getattr(row, "source_end", None)
            if start is not None and end is not None:
                assert 0 <= start <= end <= len(text), row
            assert getattr(row, "section_id", None) in identifiers, row
    for target in one.targets:
        assert target.quantity_raw, target
    assert not [finding for finding in one.findings if finding.code is Code.REJECTED_RECORD]


@settings(UNHURRIED, max_examples=150)
@given(PLAN)
def test_text_like_plans(text: str) -> None:
    hold(text.encode("utf-8", "surrogatepass"))


@settings(UNHURRIED, max_examples=40)
@given(PLAN, st.sampled_from(["gb18030", "big5hkscs", "utf-16", "latin-1"]))
def test_text_like_plans_in_other_encodings(text: str, encoding: str) -> None:
    hold(text.encode(encoding, "ignore"))


@settings(UNHURRIED, max_examples=40)
@given(PLAN)
def test_text_like_plans_one_byte_out_of_step(text: str) -> None:
    hold(shift_garble(text).text.encode("utf-8", "surrogatepass"))


@settings(UNHURRIED, max_examples=150)
@given(NOISE)
def test_noise(data: bytes) -> None:
    hold(data)


@settings(UNHURRIED, max_examples=40)
@given(st.sampled_from(SAMPLES).flatmap(lambda path: damaged(path.read_bytes()[:3000])))
def test_damaged_samples(data: bytes) -> None:
    hold(data)


@settings(UNHURRIED, max_examples=300)
@given(PLAN)
def test_quantities_stand_where_they_say(text: str) -> None:
    last = 0
    for found in find_quantities(text):
        assert last <= found.quantity.start < found.quantity.end <= len(text)
        last = found.quantity.start


@pytest.mark.parametrize("path", sorted(CRASHERS.glob("*")), ids=lambda path: path.name)
def test_what_once_crashed(path: Path) -> None:
    hold(path.read_bytes())
