"""Titles that say nothing but that tasks follow, and words that head no units: every word list with its examples."""

from __future__ import annotations

import pytest

from planparse.data import vocabulary
from planparse.extract.tasks import is_named_as_tasks
from planparse.language.office_names import labels_of

TITLES = vocabulary("task_titles")


@pytest.mark.parametrize("title", [*TITLES["examples"], "主要任务", "2023年重点工作", "推进路径和重点举措", "主要目标和重点任务", "战略任务和主要目标"])
def test_named_as_tasks(title: str) -> None:
    assert is_named_as_tasks(title)


@pytest.mark.parametrize("title", [*TITLES["not"], "保障措施", "工作要求", "发展目标", "推进重点项目建设", "强化政策支持", "指导思想和主要目标"])
def test_not_named_as_tasks(title: str) -> None:
    assert not is_named_as_tasks(title)


@pytest.mark.parametrize("word", vocabulary("offices")["no_roles"]["examples"])
def test_words_that_head_no_units(word: str) -> None:
    assert [label.kind for label in labels_of(f"{word}：东溪镇、石岭乡")] == ["none"]


@pytest.mark.parametrize("kind", ["lead", "support"])
def test_every_role_word_heads_units(kind: str) -> None:
    for word in vocabulary("offices")["roles"][kind]:
        assert [(label.word, label.kind) for label in labels_of(f"{word}：县水利局")] == [(word, kind)]
