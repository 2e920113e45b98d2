"""How a place goes on from what is open, where the search seldom takes it: tests/cases/steps.yaml."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pytest
from plans import cases, cleaned

from planparse.outline import read_evidence_of
from planparse.outline.readings import BOX, ITEM, Reading
from planparse.outline.stacks import Last, Run, Stack, State, States, within
from planparse.outline.steps import gone_on, run_of, steps


def run_from(wording: str) -> Run:
    """``heading 1.1 2.3``: kind, style, last ordinal. A run has two members, a point behind its number and a line of its own."""
    kind, style, ordinals = wording.split()
    return Run(kind, style, tuple(map(int, ordinals.split("."))), True, "、", True, 0)


def stacked(*runs: Run) -> Stack:
    """The runs inside each other, from the outermost in."""
    return reduce(within, runs, States().start.stack)


@pytest.mark.parametrize("case", cases("steps"), ids=lambda case: f"{case['line']} as {case['as']} in {case['open']}")
def test_steps(case: dict[str, Any]) -> None:
    place = read_evidence_of(cleaned(f"渔民在海上忙碌。\n{case['line']}\n")).places[-1]
    state = State(stacked(*map(run_from, case["open"])), Last({style: (ordinal, below) for style, ordinal, below in case.get("last", ())}))
    found = steps(state, place, Reading(case["as"], 0.0, (), place.titles[0]), True, True)
    assert [" ".join(sorted(features)) for *_, features in found] == case["steps"]


@pytest.mark.parametrize(("far", "frame", "wanted"), [(1_201, None, True), (1_199, None, False), (1_201, 7, False)])
def test_an_item_far_behind_the_caption_of_its_box(far: int, frame: int | None, wanted: bool) -> None:
    place = read_evidence_of(cleaned("渔民在海上忙碌。\n" * 300 + "2.渔船\n")).places[-1]
    box = run_from("box box 1")._replace(begun=place.start - far, frame=frame)
    here = run_of(place, Reading(ITEM, 0.0, (), place.titles[0]))
    assert box.kind == BOX
    stack = stacked(box, run_from("item 1 1"))
    assert ("container.far" in gone_on(stack, stack, here, place)) is wanted
