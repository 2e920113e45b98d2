"""No module needs itself by way of others, also where the import stands within a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from pathlib import Path

import pytest

PACKAGE = Path(str(files("planparse")))
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imported(node: ast.AST) -> Iterator[str]:
    """Modules of the package that are imported anywhere, but for types alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.ImportFrom) and child.module in MODULES:
            for alias in child.names:
                name = f"{child.module}.{alias.name}"
                yield name if name in MODULES else child.module
        yield from imported(child)


def test_no_circle() -> None:
    graph = {name: set(imported(ast.parse(path.read_text(encoding="utf-8")))) for name, path in MODULES.items()}
    assert sum(map(len, graph.values())) > len(MODULES)
    TopologicalSorter(graph).prepare()


def test_a_circle_would_be_found() -> None:
    late = ast.parse("def read():\n    from planparse.loaders.docx import load_docx\n    return load_docx")
    with pytest.raises(CycleError):
        TopologicalSorter({"planparse.loaders.docx": {"x"}, "x": set(imported(late))}).prepare()
