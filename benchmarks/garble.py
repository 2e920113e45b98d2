"""Measure the garble repair: on the documented runs of the shared seed, on sound text, and on sound text damaged by the forward model.

python benchmarks/garble.py ../shared [--all]
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from pathlib import Path

from opencc import OpenCC

from planparse.cleaning.garble import repair_garble
from planparse.cleaning.garble.desk import Verdict, judge_runs
from planparse.cleaning.garble.forward import Shown, fold, shift_garble, show
from planparse.cleaning.garble.repair import find_repairs
from planparse.model.findings import Code
from planparse.model.text import MappedText

_INDENT = re.compile(r"(?m)^[ \t\u3000]*(?=\S)")
_HEAD = re.compile(r"(?m)^(\u3000\u3000)\(([^()\n]{1,4})\)")
_HALF = re.compile("(?<=[^\x00-\x7f])[,;:!?()]|[,;:!?()](?=[^\x00-\x7f])")
_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_BLOCK = re.compile(r"</p>|</div>|<br\s*/?>|</tr>|</h\d>")
_TAGS = re.compile(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>|&\w+;")


def gold_runs(shared: Path) -> tuple[str, list[tuple[int, str, str]]]:
    """The damaged seed, and its runs: offset, as shown, as written."""
    text = next((shared / "seeds").glob("004_*.txt")).read_bytes().decode()
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    rows = [
        row.split("\t") for row in (shared / "gold" / "004.repairs.tsv").read_bytes().decode().split("\n")[1:] if row
    ]
    return text, [(starts[int(line) - 1] + int(column), damaged, true) for line, column, damaged, true in rows]


def sound_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Every shared text that is not damaged, by name."""
    paths = [p for p in sorted((shared / "seeds").glob("*.txt")) if not p.name.startswith("004")]
    paths += [p for p in sorted((shared / "documents").iterdir()) if p.suffix in {".md", ".txt", ".html"}]
    for path in paths:
        data = path.read_bytes()
        try:
            yield path.name, data.decode("utf-8-sig")
        except UnicodeDecodeError:
            yield path.name, data.decode("gb18030")


def full_width(text: str) -> str:
    """The text with full-width marks beside Chinese."""
    return _HALF.sub(lambda m: m[0].translate(_FULL), text)


def in_print(text: str) -> str:
    """The text as a government site sets it: paragraphs indented by ideographic blanks, full-width marks beside Chinese."""
    text = full_width(text)
    text = "\n".join(
        line for line in _TAGS.sub("", _BLOCK.sub("\n", text)).replace("\r", "").split("\n") if line.strip()
    )
    return _HEAD.sub(r"\1（\2）", _INDENT.sub("\u3000\u3000", text))


def score_damage(shown: Shown, verbose: bool, margins: list[tuple[float, bool]]) -> tuple[int, int, int, int]:
    """Runs, runs whose best reading is right, runs accepted, runs accepted wrongly; and the margins of those that could be."""
    verdicts = dict(judge_runs(shown.text))
    right = accepted = wrong = 0
    for damage in shown.damages:
        verdict: Verdict | None = verdicts.get(damage.start)
        best = verdict.readings[0] if verdict and verdict.readings else None
        good = best is not None and best.wording == damage.wording
        right += good
        if best is not None and verdict is not None and best.sure and verdict.damaged:
            margins.append((verdict.margin, good))
        taken = verdict is not None and verdict.accepted
        accepted += taken
        wrong += taken and not good
        if verbose and not good:
            readings = [(r.wording, round(r.score, 1), r.sure) for r in verdict.readings] if verdict else None
            around = shown.text[max(0, damage.start - 8) : damage.end + 8]
            print("   ", "WRONG" if taken else "missed", repr(around), repr(damage.wording), readings)
    return len(shown.damages), right, accepted, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--folded", action="store_true", help="show the damaged text with full-width forms as ASCII")
    options = parser.parse_args()

    text, gold = gold_runs(options.shared)
    found = {start: (end, wording) for start, end, wording in find_repairs(text)}
    right = sum(found.get(a) == (a + len(d), w) for a, d, w in gold)
    wrong = sum(w is not None for a, (_, w) in found.items()) - right
    print(f"seed 004: {right} of {len(gold)} runs right, {wrong} accepted wrongly")

    changed = characters = notes = 0
    began = time.perf_counter()
    for _, sound in sound_texts(options.shared):
        mended, findings = repair_garble(MappedText.identity(sound))
        characters += len(sound)
        changed += mended.text != sound
        notes += sum(note.code == Code.GARBLED_TEXT for note in findings)
    print(
        f"sound text: {characters} characters, {changed} documents changed, {notes} findings, {time.perf_counter() - began:.3f} s"
    )

    for script, convert in (("simplified", str), ("traditional", OpenCC("s2t").convert)):
        texts = [(name, in_print(convert(sound))) for name, sound in sound_texts(options.shared)]
        report(f"damaged {script}, whole texts", [(name, show(text)) for name, text in texts], options)
        report(
            f"damaged {script}, 20 paragraphs",
            [(name, shift_garble(text, heads(text))) for name, text in texts],
            options,
        )


def heads(text: str) -> list[int]:
    """Twenty paragraphs that the mirror damages, from all over the text."""
    starts = [m.start() for m in re.finditer(r"(?m)^.+", text) if shift_garble(m[0], [0]).damages]
    return starts[:: max(1, len(starts) // 20)][:20]


def report(what: str, texts: list[tuple[str, Shown]], options: argparse.Namespace) -> None:
    """Damage, repair, and print how it went, also at other margins."""
    totals = [0, 0, 0, 0]
    margins: list[tuple[float, bool]] = []
    began = time.perf_counter()
    for name, shown in texts:
        if options.folded:
            shown = Shown(fold(shown.text), shown.damages)
        counts = score_damage(shown, options.verbose, margins)
        if options.verbose:
            print(name, *counts)
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
    runs, best, taken, bad = totals
    print(
        f"{what}: {runs} runs, {best} right ({best / runs:.1%}), {taken} accepted ({taken / runs:.1%}), "
        f"{bad} of them wrong, {time.perf_counter() - began:.1f} s"
    )
    for least in (1.0, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0):
        over = [good for margin, good in margins if margin >= least]
        print(f"    margin {least}: {len(over)} accepted, {over.count(False)} wrong")


if __name__ == "__main__":
    main()
