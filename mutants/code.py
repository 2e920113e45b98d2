"""Changes to Python: conditions, operands, returned values, numbers, alternatives of patterns, and features of places."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from mutants.mutant import Mutant, line_of, shown
from mutants.patterns import alternatives

SMALL = 10
"""A number from here on is a limit: one more of it is seldom to be noticed, twice as much should be."""
NOT_COUNTED = frozenset(("maxsize", "most", "digits"))
"""Arguments that change cost or wording only."""

Change = tuple[ast.AST, str, str]
"""What is replaced, by what, and what to call it."""


class Source:
    """A module's text and tree, with places in code points."""

    def __init__(self, text: str) -> None:
        self.text, self.tree = text, ast.parse(text)
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._lines = [line.encode() for line in text.split("\n")]
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node stands; ast counts bytes of a line."""
        begin, end = getattr(node, "lineno"), getattr(node, "end_lineno")  # noqa: B009
        columns = getattr(node, "col_offset"), getattr(node, "end_col_offset")  # noqa: B009
        first, last = (len(self._lines[n - 1][:c].decode()) for n, c in zip((begin, end), columns, strict=True))
        return self._starts[begin - 1] + first, self._starts[end - 1] + last

    def of(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        while (node := self.parents.get(node)) is not None:  # type: ignore[assignment]
            yield node


def of_module(area: str, path: str, text: str, features: Collection[str] = ()) -> Iterator[Mutant]:
    """All changes to a module (a few leave none that can be imported). ``features``: names of weights, for the outline."""
    source = Source(text)
    kinds = (_conditions, _operands, _returns, _numbers) if not features else ()
    for node in ast.walk(source.tree):
        for kind in kinds:
            for changed, new, what in kind(source, node):
                yield _mutant(area, path, source, (*source.span(changed), new), what)
        if features:
            for changed, new, what in _features(source, node, features):
                yield _mutant("features", path, source, (*source.span(changed), new), what)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and _is_pattern(source, node):
            at = source.span(node)[0]
            for start, end, gone in alternatives(source.of(node), formatted=isinstance(node, ast.JoinedStr)):
                yield _mutant(area, path, source, (at + start, at + end, ""), f"pattern without {shown(gone)}")


def _mutant(area: str, path: str, source: Source, change: tuple[int, int, str], what: str) -> Mutant:
    return Mutant(area, path, line_of(source.text, change[0]), *change, what)


def _conditions(source: Source, node: ast.AST) -> Iterator[Change]:
    """if, while, a if … else, and the conditions of comprehensions the other way round."""
    tests = node.ifs if isinstance(node, ast.comprehension) else []
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        tests = [node.test]
    for test in tests:
        if source.of(test) in ("TYPE_CHECKING", "__name__ == '__main__'"):
            continue
        yield test, f"(not ({source.of(test)}))", f"not: {shown(source.of(test))}"


def _operands(source: Source, node: ast.AST) -> Iterator[Change]:
    """and, or with an operand less. One that names a value stays: what follows would only fail for want of the name."""
    if not isinstance(node, ast.BoolOp):
        return
    word = " and " if isinstance(node.op, ast.And) else " or "
    for dropped in node.values:
        if any(isinstance(inner, ast.NamedExpr) for inner in ast.walk(dropped)):
            continue
        left = word.join(f"({source.of(value)})" for value in node.values if value is not dropped)
        yield node, f"({left})", f"without{word}{shown(source.of(dropped))}"


def _returns(source: Source, node: ast.AST) -> Iterator[Change]:
    """return with what is empty in the function's type; of bool, the opposite."""
    if not isinstance(node, ast.Return) or node.value is None:
        return
    function = next((up for up in source.above(node) if isinstance(up, ast.FunctionDef | ast.Lambda)), None)
    if not isinstance(function, ast.FunctionDef) or function.returns is None:
        return
    value, kind = source.of(node.value), source.of(function.returns)
    empty = _empty(kind)
    if kind == "bool":
        yield node.value, f"not ({value})", f"return not: {shown(value)}"
    elif empty is not None and value != empty:
        yield node.value, empty, f"return {empty} for {shown(value)}"


def _empty(kind: str) -> str | None:
    if kind.endswith("| None"):
        return "None"
    if kind.startswith("tuple[") and not kind.endswith("...]"):
        return None
    starts = {"list[": "[]", "tuple[": "()", "dict[": "{}", "set[": "set()", "Sequence[": "()", "Mapping[": "{}"}
    return next((empty for start, empty in starts.items() if kind.startswith(start)), None)


def _numbers(source: Source, node: ast.AST) -> Iterator[Change]:
    """Small numbers by one, limits by twice."""
    value = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    for up in (node, *source.above(node)):
        if isinstance(up, ast.Assert | ast.Raise) or (isinstance(up, ast.keyword) and up.arg in NOT_COUNTED):
            return
        if isinstance(up, ast.JoinedStr | ast.arg) or (isinstance(up, ast.AnnAssign) and node is up.annotation):
            return
    new = repr(value + 1 if value == 0 or (isinstance(value, int) and value < SMALL) else value * 2)
    yield node, new, f"{source.of(node)} → {new} in {shown(_statement(source, node))}"


def _statement(source: Source, node: ast.AST) -> str:
    """The smallest piece around a number that says what it is for."""
    around = next(iter(source.above(node)))
    return source.of(around) if hasattr(around, "lineno") else source.of(node)


_READERS = frozenset(("compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"))


def _is_pattern(source: Source, node: ast.AST) -> bool:
    """Whether a literal is a regular expression: the first argument of a function of re, or a fragment with a name of its own."""
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return False
    text, parent = source.of(node), source.parents.get(node)
    if "|" not in text or isinstance(parent, ast.JoinedStr | ast.FormattedValue):
        return False
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Attribute):
        return parent.args[:1] == [node] and parent.func.attr in _READERS
    return isinstance(parent, ast.Assign | ast.AnnAssign) and (
        "(?" in text or text[0] in "rR" or text[:2] in ("fr", "rf")
    )


def _features(source: Source, node: ast.AST, names: Collection[str]) -> Iterator[Change]:
    """A feature that is not added where it should be: the statement, the entry of a list, or the name alone goes."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        given = call.args[0] if len(call.args) == 1 else None
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("add", "append") and _named(given, names):
            yield node, "pass", f"without {shown(source.of(node))}"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield) and _named(node.value.value, names):
        yield node, "yield from ()", f"without {shown(source.of(node))}"
    elif isinstance(node, ast.AugAssign) and source.of(node.target) in ("features", "found"):
        yield node, "pass", f"without {shown(source.of(node))}"
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and _named(node.elts[0], names):
        if not isinstance(node.elts[1], ast.Constant):
            yield node.elts[1], "False", f"without {shown(source.of(node))}"
    elif isinstance(node, ast.Tuple) and len(node.elts) == 1 and _named(node.elts[0], names):
        yield node, "()", f"without {shown(source.of(node))}"
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if _named(key, names) and not isinstance(value, ast.Constant):
                yield value, "False", f"without {source.of(key)}: {shown(source.of(value))}"  # type: ignore[arg-type]


def _named(node: ast.AST | None, names: Collection[str]) -> bool:
    return isinstance(node, ast.Constant) and node.value in names
