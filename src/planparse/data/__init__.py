"""Vocabularies (YAML) and tables, read once; and the entries of the user's own that are in force beside them."""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib.resources import files
from typing import Any

_PACKAGE = __name__.partition(".")[0]
_own = ""


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of ``data/<name>.yaml``, with the user's own entries before it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load((files(__name__) / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)
    own = json.loads(_own).get(name) if _own else None
    return content if own is None else _joined(own, content)


def _joined(own: Any, base: Any) -> Any:
    """Maps are joined key by key, lists and words one after the other, the user's own first."""
    if isinstance(base, dict):
        return base | {key: _joined(value, base[key]) if key in base else value for key, value in own.items()}
    if isinstance(base, list):
        return [*own, *base]
    return f"{own} {base}"


def use(own: str) -> None:
    """Put entries of the user's own in force: JSON by vocabulary, blank for none; nothing happens if they are already.

    What was made of other entries is forgotten: all that the package keeps in ``functools.cache`` follows from the
    vocabularies or is cheap to make again. One process reads with one set of entries at a time.
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
