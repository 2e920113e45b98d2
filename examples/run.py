"""Run the notebooks, and keep what they print: ``make notebooks``.

No kernel is needed: the cells hold plain Python. A cell shows what it prints, and the value of its last expression, as a kernel
would show them. The notebooks run in a folder that holds ``corpus/``, or in one beside it.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))
WIDTH = "100"
"""Columns of the terminal that pandas shall lay its tables out for."""


def main() -> None:
    """Run each notebook in a folder of its own, and write its outputs into it."""
    for path in NOTEBOOKS:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(HERE.parent / "corpus", Path(folder) / "corpus")
            outputs = run(notebook, Path(folder))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        for number, (cell, found) in enumerate(zip(cells, outputs, strict=True), 1):
            cell["execution_count"], cell["outputs"] = number, found
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def run(notebook: dict[str, Any], folder: Path) -> list[list[dict[str, Any]]]:
    """The outputs of each code cell, run in order with ``folder`` as the working directory."""
    names: dict[str, Any] = {"__name__": "__main__"}
    os.environ["COLUMNS"] = WIDTH
    with contextlib.chdir(folder):
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        return [_run_cell("".join(cell["source"]), number, names) for number, cell in enumerate(cells, 1)]


def _run_cell(source: str, number: int, names: dict[str, Any]) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {number}", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        found.append({"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(keepends=True)})
    if value is not None:
        found.append(
            {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": _shown(value)}
        )
    return found


def _shown(value: Any) -> dict[str, Any]:
    """The forms in which a front end may show a value."""
    shown: dict[str, Any] = {"text/plain": repr(value).splitlines(keepends=True)}
    as_html = getattr(value, "_repr_html_", None)
    if as_html is not None and (html := as_html()):
        shown["text/html"] = html.splitlines(keepends=True)
    as_png = getattr(value, "_repr_png_", None)
    if as_png is not None:
        shown["image/png"] = base64.b64encode(as_png()).decode()
    return shown


if __name__ == "__main__":
    main()
