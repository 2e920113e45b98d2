"""The mutation tool: what it changes, how it draws, and that it tells a noticed change from one that nobody notices."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest
import regex

from mutants import trial
from mutants.__main__ import report
from mutants.code import of_module
from mutants.mutant import AREAS, Mutant, draw, shown
from mutants.patterns import alternatives
from mutants.places import all_mutants, feature_names
from mutants.trial import Result, Workshop
from mutants.words import of_vocabulary, of_weights

PACKAGE = Path(__file__).parents[2] / "src" / "planparse"


def changed(code: str, features: frozenset[str] = frozenset()) -> list[str]:
    """The code after each change, blank lines and indents left out."""
    code = dedent(code).strip()
    found = [m.applied(code) for m in of_module("outline", "a.py", code, features)]
    return [
        next(new.strip() for new, old in zip(text.split("\n"), code.split("\n"), strict=False) if new != old)
        for text in found
    ]


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("if a:\n    b()", ["if (not (a)):"]),
        ("while a > b: c()", ["while (not (a > b)): c()"]),
        ("x = a if b else c", ["x = a if (not (b)) else c"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if (not (a))]"]),
        ("x = a and (b or c)", ["x = ((b or c))", "x = ((a))", "x = a and (((c)))", "x = a and (((b)))"]),
        ("x = (y := a) and y > z", ["x = ((y := a))"]),
        ("x = 3", ["x = 4"]),
        ("x = 40", ["x = 80"]),
        ("x = 2.5", ["x = 5.0"]),
        ("x = f[-1]", ["x = f[-2]"]),
        ("@lru_cache(maxsize=8)\ndef f(): ...", []),
        ("def f() -> int | None:\n    return a", ["return None"]),
        ("def f() -> list[int]:\n    return a", ["return []"]),
        ("def f() -> tuple[int, ...]:\n    return a", ["return ()"]),
        ("def f() -> tuple[int, str]:\n    return a", []),
        ("def f() -> bool:\n    return a", ["return not (a)"]),
        ("def f() -> str | None:\n    return None", []),
        ('"""a|b"""\nx = "甲" + "乙|丙"', []),
        (
            'x = re.compile("甲|乙(?:丙|丁)")',
            [
                'x = re.compile("甲|乙(?:丁)")',
                'x = re.compile("甲|乙(?:丙)")',
                'x = re.compile("乙(?:丙|丁)")',
                'x = re.compile("甲")',
            ],
        ),
        ('说 = re.search(r"甲|乙", "丙|丁")', ['说 = re.search(r"乙", "丙|丁")', '说 = re.search(r"甲", "丙|丁")']),
        ('x = r"(?:甲|乙)"', ['x = r"(?:乙)"', 'x = r"(?:甲)"']),
        ('x = line.strip("|*")', []),
        ("assert len(x) == 3", []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_changes_to_code(code: str, wanted: list[str]) -> None:
    assert changed(code) == wanted


FEATURES = frozenset(("mark.alone", "alone", "run.gap", "gap", "title.comma", "comma"))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ('place.features.add("alone")', ["pass"]),
        ('features.append("run.gap")', ["pass"]),
        ("features += more", ["pass"]),
        ('told = [("alone", x > y)]', ['told = [("alone", False)]']),
        ('odd = {"comma": "，" in title}', ['odd = {"comma": False}']),
        ('def f():\n    yield "run.gap"', ["yield from ()"]),
        ('x = ("run.gap",) if a else b', ["x = () if a else b"]),
        ('place.features.add("unknown")', []),
        ("if a and b > 3: c()", []),
    ],
)
def test_features_left_out(code: str, wanted: list[str]) -> None:
    assert changed(code, FEATURES) == wanted


@pytest.mark.parametrize(
    ("source", "formatted", "wanted"),
    [
        ('"甲|乙|丙"', False, ["甲", "乙", "丙"]),
        ('r"(?P<a>甲|乙)丙"', False, ["甲", "乙"]),
        ('"(?<=甲|乙)(?!丙|丁)[|]"', False, ["甲", "乙", "丙", "丁"]),
        (r'r"甲\|乙"', False, []),
        ('rf"{a | b}(?:甲|{c})"', True, ["甲", "{c}"]),
        ('"甲{1,2}|乙"', False, ["甲{1,2}", "乙"]),
        ('rf"(?:甲{{1,2}}|乙)"', True, ["甲{{1,2}}", "乙"]),
        ('"[]|]甲"', False, []),
        ('"""甲\n|乙"""', False, ["甲\n", "乙"]),
    ],
)
def test_alternatives(source: str, formatted: bool, wanted: list[str]) -> None:
    found = list(alternatives(source, formatted=formatted))
    assert sorted(gone for *_, gone in found) == sorted(wanted)
    if not formatted:
        for start, end, _ in found:
            regex.compile(ast.literal_eval(source[:start] + source[end:]))


def test_weights_lose_their_effect_or_turn_round() -> None:
    text = 'run:\n  about: "Runs."\n  weights:\n    gap: {cost: 2.5, means: "x"}\n    next: {cost: -3.0, means: "y"}\n    tiny: {cost: 0.05, means: "z"}\n'
    assert [(m.line, m.what) for m in of_weights("w.yaml", text)] == [
        (4, "gap: 2.5 → 0.0"),
        (4, "gap: 2.5 → -2.5"),
        (5, "next: -3.0 → 0.0"),
        (5, "next: -3.0 → 3.0"),
    ]
    assert "cost: -2.5, means" in list(of_weights("w.yaml", text))[1].applied(text)


def test_vocabularies_lose_an_entry() -> None:
    text = "box:\n  words: [甲, 乙,\n    丙]\n  examples: [丁, 戊]\nkinds:\n  - patterns: ['^己$', 庚]\none:\n  words: [辛]\n"
    found = list(of_vocabulary("v.yaml", text))
    assert [(m.line, m.what) for m in found] == [
        (2, "words without 甲"),
        (2, "words without 乙"),
        (3, "words without 丙"),
        (6, "patterns without ^己$"),
        (6, "patterns without 庚"),
    ]
    assert "words: [乙,\n    丙]" in found[0].applied(text)
    assert "words: [甲, 丙]" in found[1].applied(text)
    assert "words: [甲, 乙]" in found[2].applied(text)
    assert "patterns: ['^己$']" in found[4].applied(text)


def test_every_area_of_the_package_has_changes() -> None:
    found = list(all_mutants(PACKAGE))
    counts = Counter(m.area for m in found)
    assert set(counts) == set(AREAS)
    assert min(counts.values()) > 40
    for mutant in draw(found, 60, 3):
        text = (PACKAGE / mutant.path).read_text(encoding="utf-8")
        assert mutant.applied(text) != text
        assert f":{mutant.line}: " in str(mutant)


def test_features_are_known_by_their_short_names_too() -> None:
    assert {"run.gap", "gap"} <= feature_names('run:\n  about: ""\n  weights:\n    gap: {cost: 1.0, means: ""}\n')


def mutants_of(*areas: str) -> list[Mutant]:
    return [Mutant(area, "a.py", n, 0, 1, "", "") for n, area in enumerate(areas)]


def test_a_sample_is_drawn_the_same_again_and_from_every_area() -> None:
    given = mutants_of(*["weights"] * 50, *["outline"] * 50, *["extract"] * 3)
    one = draw(given, 20, 5)
    assert one == draw(given, 20, 5) != draw(given, 20, 6)
    assert Counter(m.area for m in one) == {"weights": 9, "outline": 8, "extract": 3}
    assert len(draw(given, 0, 5)) == 103


def test_long_code_is_cut_in_the_middle() -> None:
    assert shown("a\n   b") == "a b"
    assert len(shown("a" * 200)) < 70


def test_the_report_names_survivors_and_holds_the_floor(capsys: pytest.CaptureFixture[str]) -> None:
    given = [Mutant("weights", "w.yaml", 7, 0, 1, "", "gap: 2.5 → 0.0"), *mutants_of("outline", "outline", "extract")]
    results = [Result("survived"), Result("killed", "t"), Result("timeout"), Result("broken")]
    assert report(list(zip(given, results, strict=True)), 0.6) == 0
    assert report(list(zip(given, results, strict=True)), 0.7) == 1
    told = capsys.readouterr().out
    assert "src/planparse/w.yaml:7: gap: 2.5 → 0.0" in told
    assert "2 of    3 noticed" in told


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A workshop over a package of one function with one test that looks at it, one that fails by itself, and one that reads the clock."""
    root = tmp_path / "root"
    files = {
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-q --import-mode=importlib'\n",
        "src/planparse/__init__.py": "",
        "src/planparse/pipeline.py": "",
        "src/planparse/outline.py": "def f(n):\n    while n > 3:\n        n -= 1\n    return n or 0\n",
        "tests/outline/test_f.py": "from planparse.outline import f\ndef test_f(): assert f(9) == 3\ndef test_broken(): assert f(1) == 2\ndef test_cost_is_bounded(): assert False\n",
        "tests/cases/none.yaml": "",
        "tests/conftest.py": "",
        "benchmarks/none.py": "",
        "corpus/none.txt": "",
        "tests/gold/none.json": "",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(trial, "ROOT", root)
    monkeypatch.setattr(trial, "TESTS", ("outline",))
    monkeypatch.setattr(trial, "NOTICE", {"outline": ("outline",)})
    monkeypatch.setattr(trial, "UNCHANGING", ())
    return Workshop(tmp_path / "shop", limit=20.0)


def of_f(new: str, old: str) -> Mutant:
    text = "def f(n):\n    while n > 3:\n        n -= 1\n    return n or 0\n"
    return Mutant("outline", "outline.py", 1, text.index(old), text.index(old) + len(old), new, "")


def test_trials(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process each, from a parent that does not know the package."""
    import sys

    for name in [n for n in sys.modules if n.partition(".")[0] == "planparse"]:
        monkeypatch.delitem(sys.modules, name)
    base = shop.measure()
    assert shop.unsound == ["tests/outline/test_f.py::test_broken"]
    assert base.seconds > 0
    before = (shop.package / "outline.py").read_text(encoding="utf-8")
    assert shop.try_out(of_f("n > 4", "n > 3")).by == "tests/outline/test_f.py::test_f"
    assert shop.try_out(of_f("n", "n or 0")).how == "survived"
    assert shop.try_out(of_f("return (", "return n")).how == "broken"
    shop.limit = 1.0
    assert shop.try_out(of_f("n -= 0", "n -= 1")).how == "timeout"
    assert (shop.package / "outline.py").read_text(encoding="utf-8") == before
