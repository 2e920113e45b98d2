"""Sketches tell how much of one text stands in another, the same way everywhere."""

from __future__ import annotations

import random

import pytest

from planparse.language.likeness import LEAST_CLAUSES, Sketch, sketch

SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]


def clauses(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices(SIGNS, k=rng.randrange(9, 20))) for _ in range(count)]


def made(of: list[str]) -> Sketch:
    found = Sketch.decode(sketch("，".join(of)) or "")
    assert found
    return found


@pytest.mark.parametrize("count", [20, 200, 2000])
@pytest.mark.parametrize("common", [0.0, 0.4, 0.7, 0.9, 1.0])
def test_the_estimate_is_near_the_truth(count: int, common: float) -> None:
    shared = int(count * common)
    one = clauses(1, count)
    other = one[:shared] + clauses(2, count - shared)
    truth = shared / (2 * count - shared)
    assert made(one).likeness(made(other)) == pytest.approx(truth, abs=0.15)
    assert made(one).containment(made(other)) == pytest.approx(common, abs=0.15)


def test_a_part_of_a_text_is_contained_in_it() -> None:
    whole = clauses(3, 800)
    assert made(whole[:450]).containment(made(whole)) > 0.85
    assert made(whole[:450]).likeness(made(whole)) < 0.7


def test_layout_digits_and_order_say_nothing() -> None:
    of = clauses(4, 50)
    assert sketch("，".join(of)) == sketch("\n".join(reversed(of)) + " 12,5%") == sketch("。1 ".join(of))


def test_a_sketch_is_the_same_on_every_machine() -> None:
    text = "，".join(chr(0x4E00 + n) * 9 for n in range(40))
    found = Sketch.decode(sketch(text) or "")
    assert found
    assert found.count == 40
    assert tuple(found.minima[:4]) == (41473, 49678, 51430, 51761)


@pytest.mark.parametrize("text", ["", "2025", "，".join(clauses(5, LEAST_CLAUSES - 1)), "，".join(clauses(5, 1) * 50)])
def test_short_texts_have_none(text: str) -> None:
    assert sketch(text) is None


@pytest.mark.parametrize("text", ["", "AAAA", "不是", "AAA=AAA=", sketch("，".join(clauses(6, 20)))[:-4]])  # type: ignore[index]
def test_what_is_no_sketch_is_told(text: str) -> None:
    assert Sketch.decode(text) is None
