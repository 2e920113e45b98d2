"""Vocabularies (YAML) and tables, read once; and the entries of the user's own that are in force beside them."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

_PACKAGE = __name__.partition(".")[0]
_own = ""
_readers = 0
_turn = threading.Condition()


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of ``data/<name>.yaml``, with the user's own entries before it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load((files(__name__) / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)
    own = json.loads(_own).get(name) if _own else None
    return content if own is None else _joined(own, content)


def _joined(own: Any, base: Any) -> Any:
    """Maps are joined key by key, lists one after the other, the user's own first."""
    if isinstance(base, dict):
        return base | {key: _joined(value, base[key]) if key in base else value for key, value in own.items()}
    return [*own, *base]


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words as it stands, the longest first, so that the whole of a longer one is found; of no words for nothing.

    Their first characters stand once each in front, so that a search runs over other text at full speed.
    """
    heads: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        heads.setdefault(word[0], []).append(re.escape(word[1:]))
    if not heads:
        return "(?!)"
    return "(?:" + "|".join(f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in sorted(heads.items())) + ")"


def use(own: str) -> None:
    """Put entries of the user's own in force: JSON by vocabulary, blank for none; nothing happens if they are already.

    What was made of other entries is forgotten: all that the package keeps in ``functools.cache`` follows from the
    vocabularies or is cheap to make again.
    """
    global _own
    if own == _own:
        return
    _own = own
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == _PACKAGE:
            for value in list(vars(module).values()):
                forget = getattr(value, "cache_clear", None)
                if callable(forget) and getattr(value, "__module__", "").startswith(_PACKAGE):
                    forget()


@contextmanager
def in_force(own: str) -> Iterator[None]:
    """Entries of the user's own while something is read: threads with the same read together, those with others wait for their turn."""
    global _readers
    with _turn:
        _turn.wait_for(lambda: own == _own or not _readers)
        use(own)
        _readers += 1
    try:
        yield
    finally:
        with _turn:
            _readers -= 1
            _turn.notify_all()
