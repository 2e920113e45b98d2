"""What is read in a plan does not depend on how a page shows it: transformed documents give the same records.

For each transformation, F1 of the records of the transformed documents against those of the untransformed ones, over our
corpus and the seeds, table by table; spans and identifiers aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from metamorphic import transforms
from metamorphic.comparing import Tally, rows, tally
from metamorphic.samples import Sample, read, samples

FLOOR = 0.99
GARBLE_FLOOR = 0.97
"""What a mirror destroyed cannot always be told with certainty."""
SHOWN = 12
NUMBERING = frozenset(("number_raw", "path", "level", "ordinal"))
PAGE = frozenset(("doc_number", "index_number", "issuer", "region", "issued_date", "published_date"))
"""What a covering notice or the page around one of two joined documents says, not the plan."""
Transform = Callable[[Sample], str | None]

TRANSFORMS: dict[str, tuple[Transform, frozenset[str], float]] = {
    "traditional": (transforms.traditional, frozenset(), FLOOR),
    "simplified": (transforms.simplified, frozenset(), FLOOR),
    "hard_wrap": (transforms.hard_wrap, frozenset(), FLOOR),
    "full_width": (transforms.full_width, frozenset(), FLOOR),
    "half_width": (transforms.half_width, frozenset(), FLOOR),
    **{f"furniture-{kind}": (transforms.with_furniture(kind), frozenset(), FLOOR) for kind in transforms.FURNITURE},
    "double_blank_lines": (transforms.double_blank_lines, frozenset(), FLOOR),
    "remove_blank_lines": (transforms.remove_blank_lines, frozenset(), FLOOR),
    "add_contents": (transforms.add_contents, frozenset(), FLOOR),
    "remove_contents": (transforms.remove_contents, frozenset(), FLOOR),
    "garble": (transforms.garble, frozenset(), GARBLE_FLOOR),
    "pinyin": (transforms.pinyin, frozenset(), FLOOR),
    "exchange_numbering": (transforms.exchange_numbering, NUMBERING, FLOOR),
    "in_notice": (transforms.in_notice, PAGE, FLOOR),
}


OPEN = {
    "garble": "damage to a simplified heading of a few characters is often not repaired with certainty",
}
"""What does not hold yet, and why. Take an entry out when it does."""


def cases() -> list[Any]:
    """The transformations, with those that are known to fail marked so."""
    marks = {name: pytest.mark.xfail(strict=True, reason=reason) for name, reason in OPEN.items()}
    return [pytest.param(name, marks=[marks[name]] if name in marks else []) for name in TRANSFORMS]


def compared(changed: Iterator[tuple[Sample, bytes | None]], ignore: frozenset[str]) -> dict[str, Tally]:
    """Tallies by table over the documents that the transformation applies to: there must be some."""
    total: dict[str, Tally] = {}
    for sample, data in changed:
        if data is not None:
            tally(total, sample.name, rows(sample.records, ignore), rows(read(data, sample.name), ignore))
    assert total, "the transformation applied to no document"
    return total


def hold(total: dict[str, Tally], floor: float) -> None:
    low = {table: one for table, one in total.items() if one.f1 < floor}
    lines = [f"{table}: {one.f1:.4f} ({one.same} same of {one.before}, now {one.after})" for table, one in low.items()]
    assert not low, "\n".join([*lines, *(d for one in low.values() for d in one.differences[:SHOWN])])


@pytest.mark.parametrize("name", cases())
def test_records_stay_the_same(name: str) -> None:
    change, ignore, floor = TRANSFORMS[name]
    texts = ((sample, change(sample)) for sample in samples())
    hold(compared(((s, None if t is None else t.encode()) for s, t in texts), ignore), floor)


@pytest.mark.parametrize("encoding", transforms.ENCODINGS)
def test_encoding_does_not_matter(encoding: str) -> None:
    hold(compared(((s, transforms.encoded(s, encoding)) for s in samples()), frozenset()), FLOOR)


def test_files_as_they_lie_there_are_read_as_their_sound_text_is() -> None:
    total: dict[str, Tally] = {}
    for sample in samples():
        tally(total, sample.name, rows(sample.records), rows(sample.as_found))
    hold(total, FLOOR)


def test_two_documents_joined_give_the_records_of_both() -> None:
    total: dict[str, Tally] = {}
    plain = [s for s in samples() if s.name.endswith(".txt") and not s.hant and s.title]
    for first, second in zip(plain[::2], plain[1::2], strict=False):
        both = rows((*first.records, *second.records), PAGE)
        after = rows(read(f"{first.text}\n\n{second.text}".encode(), "joined.txt"), PAGE)
        tally(total, f"{first.name}+{second.name}", both, after)
    assert total
    hold(total, FLOOR)


def test_the_measure_sees_a_lost_paragraph() -> None:
    total = compared(((s, s.text.replace("重点", "", 12).encode()) for s in samples()), frozenset())
    assert min(one.f1 for one in total.values()) < FLOOR
