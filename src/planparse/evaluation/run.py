"""Which gold sets are scored, and the scoring of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from planparse.evaluation.figures import SetScore
from planparse.evaluation.floors import SetSpec
from planparse.evaluation.found import Reader
from planparse.evaluation.gold import SPLITS, read_folder, usual_sources
from planparse.evaluation.scores import score_document
from planparse.model.findings import UsageError
from planparse.model.options import Scoring


def sets_of_folders(folders: Sequence[Path], sources: Sequence[Path], split: str | None) -> list[SetSpec]:
    """A set for each gold folder; where its files are of both splits, one for each split, so that both are told."""
    sets = []
    for folder in folders:
        if not folder.exists():
            raise UsageError(f"{folder} does not exist; give a folder of gold files")
        where = tuple(sources) or tuple(usual_sources(folder))
        found = {gold.split for gold in read_folder(folder, where, None)}
        if not found:
            raise UsageError(f"{folder} holds no gold files (*.json)")
        name = folder.stem if folder.is_file() else folder.name
        parts = [part for part in (*SPLITS, None) if part in found and split in (None, part)]
        for part in parts:
            sets.append(SetSpec(f"{name}-{part}" if part else name, folder, where, part))
    if not sets:
        raise UsageError(f"no gold file is of the split {split}")
    return sets


def chosen_sets(
    sets: Iterable[SetSpec], folders: Sequence[Path], sources: Sequence[Path], split: str | None
) -> list[SetSpec]:
    """Of the sets of a floors file those in the given folders (all, if none is given) and of the split."""
    wanted = {folder.resolve() for folder in folders}
    chosen = [
        spec
        for spec in sets
        if (not wanted or spec.gold.resolve() in wanted) and (split is None or spec.split == split)
    ]
    if not chosen:
        raise UsageError("the floors file names no such gold set")
    if not sources:
        return chosen
    return [SetSpec(spec.name, spec.gold, (*sources, *spec.sources), spec.split, spec.files) for spec in chosen]


def score_set(
    spec: SetSpec,
    read: Reader,
    needs_source: bool = True,
    scoring: Scoring = Scoring(),  # noqa: B008 (frozen)
) -> SetScore:
    """Score every gold file of a set; what is absent is left out with its reason."""
    result = SetScore(spec.name, scoring=scoring)
    if not spec.gold.exists():
        result.skipped[spec.gold.as_posix()] = "the gold folder is absent"
        return result
    for gold in read_folder(spec.gold, spec.sources, spec.split, spec.files):
        if gold.source is None and needs_source:
            looked = ", ".join(folder.as_posix() for folder in spec.sources)
            result.skipped[gold.name] = f"{gold.source_file} is absent (looked in {looked})"
            continue
        result.scores.append(score_document(gold, read(gold), scoring))
    absent = set(spec.files) - {score.gold.name for score in result.scores} - set(result.skipped)
    result.skipped.update(dict.fromkeys(sorted(absent), "the gold file is absent"))
    return result


def count_documents(results: Iterable[SetScore]) -> int:
    """How many documents were scored."""
    return sum(len(result.scores) for result in results)
