"""Mirrors and reposts point at the fullest; plans of other places and years never do."""

from __future__ import annotations

import random
from typing import Any

import pytest

from planparse.dataset.columns import encode
from planparse.dataset.duplicates import find_duplicates, with_links
from planparse.language.likeness import sketch
from planparse.model.options import Options, Thresholds
from planparse.model.records import Document

RNG = random.Random(11)
BODY = ["".join(chr(0x4E00 + RNG.randrange(3000)) for _ in range(12)) for _ in range(300)]
OTHER = ["".join(chr(0x4E00 + RNG.randrange(3000)) for _ in range(12)) for _ in range(300)]


def document(name: str, of: list[str], **more: Any) -> Document:
    text = "，".join(of)
    about: dict[str, Any] = {"region": "禾阳县", "period_start": 2021, "period_end": 2025} | more
    return Document(
        doc_id=name, source_path=name, source_sha256="0", source_bytes=1, media_type="text/plain", script="hans",
        plan_kind="other", char_count=len(text), body_sketch=sketch(text), outline_trust=1.0, trust="sound", **about,
    )  # fmt: skip


def found(*documents: Document, share: float = 0.8) -> dict[str, str]:
    return find_duplicates([encode(Document, [one]) for one in documents], Options(copy_share=share))


CASES: list[tuple[str, list[Document], dict[str, str]]] = [
    ("a mirror", [document("a", BODY), document("b", BODY)], {"b": "a"}),
    ("the fuller one is kept", [document("a", BODY[:200]), document("b", BODY)], {"a": "b"}),
    ("a few words changed", [document("a", BODY), document("b", BODY[:285] + OTHER[:10])], {"b": "a"}),
    ("three of them", [document(n, BODY[:k]) for n, k in (("a", 250), ("b", 300), ("c", 280))], {"a": "b", "c": "b"}),
    ("another text", [document("a", BODY), document("b", OTHER)], {}),
    ("half another text", [document("a", BODY), document("b", BODY[:150] + OTHER[:150])], {}),
    ("a text that holds a short one", [document("a", BODY), document("b", BODY[:60])], {}),
    ("another region", [document("a", BODY), document("b", BODY, region="云岭县")], {}),
    ("another region's code", [document("a", BODY, region_code="1"), document("b", BODY, region_code="2")], {}),
    ("another period", [document("a", BODY), document("b", BODY, period_start=2026, period_end=2030)], {}),
    ("a page that names no region", [document("a", BODY), document("b", BODY, region=None)], {"b": "a"}),
    ("too short to tell", [document("a", BODY[:5]), document("b", BODY[:5])], {}),
]


@pytest.mark.parametrize(("documents", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_copies_point_at_the_fullest(documents: list[Document], expected: dict[str, str]) -> None:
    assert found(*documents) == expected


@pytest.mark.parametrize("documents", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_how_rows_are_divided_does_not_matter(documents: list[Document]) -> None:
    assert find_duplicates([encode(Document, documents)], Options()) == found(*documents)


def test_no_copy_points_at_a_copy() -> None:
    documents = [document(str(n), BODY[n * 6 : n * 6 + 200]) for n in range(16)]
    copies = found(*documents, share=0.7)
    assert copies
    assert not set(copies.values()) & set(copies)


def test_the_share_decides() -> None:
    pair = [document("a", BODY), document("b", BODY[:200] + OTHER[:100])]
    assert found(*pair) == {}
    assert found(*pair, share=0.5) == {"b": "a"}


def test_how_different_in_length_copies_may_be_is_an_option() -> None:
    pair = [encode(Document, [document("a", BODY), document("b", BODY[:100])])]
    assert find_duplicates(pair, Options()) == {}
    assert find_duplicates(pair, Options(thresholds=Thresholds(copy_likeness=0.2))) == {"b": "a"}


def test_thousands_of_mirrors_are_linked_in_little_time() -> None:
    documents = [document(f"{n:05}", BODY) for n in range(3000)]
    assert set(found(*documents).values()) == {"00000"}


def test_links_replace_what_an_earlier_run_found() -> None:
    batch = encode(Document, [document("a", BODY, duplicate_of="gone"), document("b", BODY)])
    linked = with_links(batch, {"b": "a"})
    assert linked.column("duplicate_of").to_pylist() == [None, "a"]
    assert linked.schema == batch.schema
    assert linked.drop_columns(["duplicate_of"]) == batch.drop_columns(["duplicate_of"])
