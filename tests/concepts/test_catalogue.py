"""The catalogue: every name links to its concept, no near name does, and what an entry says can be used."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planparse.concepts import concepts, link, meanings
from planparse.data import vocabulary
from planparse.language.conversion import unit_of

ENTRIES = vocabulary("concepts")
FEWEST = 250


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["concept"])
def test_names_and_examples_link_and_near_names_do_not(entry: dict[str, Any]) -> None:
    for name, example in {**entry["names"], **entry.get("cells", {})}.items():
        for wording in (name, example):
            found = link(wording, entry["unit"])
            assert found is not None, wording
            assert found.concept.name == entry["concept"], wording
    for name in entry["not"]:
        found = link(name, None)
        assert found is None or found.concept.name != entry["concept"], name


def test_names_that_follow_from_others_link() -> None:
    """Growth and what is added, too: 技术合同成交额增速, 新增风电装机."""
    for concept in concepts().values():
        assert concept.names
        for name in concept.names:
            found = link(name, concept.unit)
            assert (found and found.concept.name) == concept.name, name


def test_entries_say_what_can_be_used() -> None:
    assert len(ENTRIES) == len({entry["concept"] for entry in ENTRIES}) >= FEWEST
    for concept in concepts().values():
        assert re.fullmatch(r"[a-z][a-z0-9_]+", concept.name)
        assert unit_of(concept.unit), concept.unit
        assert concept.direction in ("up", "down", "stay")
        assert concept.kind in ("level", "rate", "change", "cumulated", "yes_no")
        assert concept.change is None or concepts()[concept.change].kind == "change"
        assert concept.kind != "change" or concept.unit == "%"


def test_words_around_names_are_no_names() -> None:
    for part in ("whole", "part", "before", "behind", "yearly", "added"):
        for word in vocabulary("concept_words")[part]:
            assert not meanings(word).concepts, word
