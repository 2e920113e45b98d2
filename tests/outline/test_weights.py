"""What the costs of the outline must say, whatever they are fitted on: tests/cases/weights.yaml. And what their sums do."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, outlined

from planparse.outline.weights import meanings, weights

TABLE: dict[str, Any] = cases("weights")  # type: ignore[assignment]


def names(*answers: str) -> list[str]:
    return [f"{group}.{name}" for answer in answers for group, found in TABLE[answer].items() for name in found]


@pytest.mark.parametrize("name", names("against", "greater"))
def test_positive(name: str) -> None:
    assert weights()[name] > 0, meanings()[name]["means"]


@pytest.mark.parametrize("name", names("for", "less"))
def test_negative(name: str) -> None:
    assert weights()[name] < 0, meanings()[name]["means"]


@pytest.mark.parametrize(("dear", "cheap"), TABLE["dearer"])
def test_dearer(dear: str, cheap: str) -> None:
    assert weights()[dear] > weights()[cheap]


def test_every_weight_has_a_meaning() -> None:
    assert all(row["means"] for row in meanings().values())


CHAPTERS = "".join(f"{n}、{title}\n{text}\n" for n, title, text in zip("一二三四", ("总体要求", "主要任务", "重点工程", "保障措施"), ("坚持生态优先。", "疏浚航道。", "修好码头。", "加强领导。"), strict=True))
DAMAGED = {
    "a number is missing": CHAPTERS.replace("三、", "六、"),
    "a number comes twice": CHAPTERS.replace("三、", "二、"),
    "few sections for so much text": CHAPTERS + "渔民在海上忙碌。" * 900,
    "long titles": CHAPTERS.replace("主要任务", "坚持把全县近岸和远海的航道分期分批全部疏浚完毕并且把全部码头的缆桩更换为新型缆桩作为今后工作").replace("重点工程", "坚持把全县近岸和远海的渔船分期分批全部更新完毕并且把全部渔船的旧渔网更换为新型渔网作为今后工作"),
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_what_is_odd_lowers_trust(text: str) -> None:
    (sound,), (odd,) = outlined("禾阳县渔港方案\n" + CHAPTERS), outlined("禾阳县渔港方案\n" + text)
    assert odd.trust < sound.trust - 0.02
