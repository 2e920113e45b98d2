"""Our figures and those of the scorer that is kept outside the project agree, on rows that are damaged in every way."""

from __future__ import annotations

import hashlib
import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest

from planparse.evaluation.found import TABLES, Found
from planparse.evaluation.gold import Gold, read_gold
from planparse.evaluation.scores import pooled, score_document

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score.py"
GOLD = sorted((SHARED / "gold").glob("*.json"))
pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason="the outside scorer (../shared/tools/score.py) is absent")


def outside() -> Any:
    spec = importlib.util.spec_from_file_location("outside_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def damaged(gold: Gold, seed: int) -> dict[str, list[dict[str, Any]]]:
    """Rows as a poor parser might find them: some lost, doubled, cut, moved a level, with other values."""
    rng = random.Random(seed)
    tables: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    tables["documents"] = [dict(gold.document)]
    for field in rng.sample(sorted(gold.document), k=min(4, len(gold.document))):
        tables["documents"][0][field] = None
    for table, rows in gold.tables.items():
        for row in rows:
            if rng.random() < 0.1:
                continue
            copies = 2 if rng.random() < 0.1 else 1
            tables[table] += [harmed(table, dict(row), rng) for _ in range(copies)]
        if rng.random() < 0.3:
            rng.shuffle(tables[table])
    return tables


def harmed(table: str, row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    if table == "goals":
        row["text"] = f"{row.pop('text_start')}等工作取得进展"
    if table == "targets":
        anchor = row.pop("anchor")
        row["sentence"] = rng.choice((f"全市{anchor}的水平。", anchor[:-1], "另一句话。", anchor * 60))
    for key in list(row):
        if rng.random() > 0.08:
            continue
        value = row[key]
        if isinstance(value, str) and len(value) > 3:
            row[key] = rng.choice((value[: len(value) * 2 // 3], value[1:], value.replace("，", ","), f"{value}工作"))
        elif isinstance(value, int | float):
            row[key] = value + 1
        elif key not in ("level", "source", "kind"):
            row[key] = None
    return row


@pytest.mark.parametrize("seed", range(3))
def test_figures_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = outside()
    sources = [SHARED / "seeds", SHARED / "documents"]
    golds = [gold for path in GOLD if (gold := read_gold(path, sources)).source is not None]
    assert golds
    found = [damaged(gold, seed * 100 + i) for i, gold in enumerate(golds)]
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for gold, tables in zip(golds, found, strict=True):
        assert gold.source is not None
        digest = hashlib.sha256(gold.source.read_bytes()).hexdigest()
        for table, items in tables.items():
            extra = {"doc_id": gold.name, "source_sha256": digest}
            rows[table] += [{**item, **extra} for item in items]
    monkeypatch.setattr(theirs, "read", lambda out: rows)
    want, _ = theirs.score("unused", [(str(gold.path), str(gold.source)) for gold in golds])

    ours = pooled(score_document(gold, Found(dict(tables))) for gold, tables in zip(golds, found, strict=True))
    fields = ours.pop("documents").fields.values()
    assert round(sum(f.right for f in fields) / sum(f.stated for f in fields), 4) == want.pop("document_fields")
    for table, count in ours.items():
        if not count.gold + count.found:
            continue
        expected = want[table]
        assert (count.gold, count.found) == (expected["gold"], expected["found"]), table
        assert round(2 * count.matched / (count.gold + count.found), 4) == expected["f1"], table
        for name, right in expected["fields"].items():
            assert round(count.fields[name].right / count.fields[name].stated, 4) == right, f"{table}.{name}"
        assert 0 < expected["f1"] < 1, "the damage must show"
