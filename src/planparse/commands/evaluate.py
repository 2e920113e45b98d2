"""``planparse evaluate``: arguments in, figures out, and the gate."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.commands.orderly import EXIT_UNREADABLE, orderly
from planparse.commands.parameters import Config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planparse.configuration.settings import Settings
    from planparse.evaluation.figures import SetScore
    from planparse.evaluation.floors import Check, Floors, SetSpec
    from planparse.evaluation.found import Reader


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    JUNIT = "junit"


class Split(StrEnum):
    DEV = "dev"
    TEST = "test"


GOLD = typer.Argument(help="Folders of gold files; without any, all sets of the floors file.", show_default=False)
OUTPUTS = typer.Option(
    help="A written dataset to score; without it, the documents are read afresh.", show_default=False
)
SOURCES = typer.Option(help="Where the documents are; may be repeated. Else beside the gold, and in corpus/.")
FLOORS = typer.Option(help="Floors to hold; exit code 1 below one.", show_default=False)
UPDATE = typer.Option("--update", help="Raise the floors to what is reached, and pin new figures.")
LOWER = typer.Option(
    "--allow-regression", metavar="REASON", help="With --update: lower floors, too; the reason is kept."
)
PAGE = typer.Option(help="Write the accuracy page here, if no document is absent.", show_default=False)
EVALUATE_HELP = """Score records against gold files: per table and field, with misses, and a gate of floors.

\b
Examples:
  planparse evaluate tests/gold --sources corpus --misses
  planparse evaluate --floors tests/accuracy/floors.toml
"""


def evaluate(
    gold: Annotated[list[Path] | None, GOLD] = None,
    outputs: Annotated[Path | None, OUTPUTS] = None,
    sources: Annotated[list[Path] | None, SOURCES] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    misses: Annotated[bool, typer.Option("--misses", help="List every miss and extra with its source line.")] = False,
    split: Annotated[Split | None, typer.Option(help="Only this split.", show_default=False)] = None,
    floors: Annotated[Path | None, FLOORS] = None,
    update: Annotated[bool, UPDATE] = False,
    allow_regression: Annotated[str | None, LOWER] = None,
    page: Annotated[Path | None, PAGE] = None,
    config: Config = None,
) -> None:
    with orderly():
        from planparse.configuration import configured
        from planparse.evaluation.floors import Floors, read_floors

        _usable(bool(gold), floors, update, allow_regression)
        _usable_page(page, floors, bool(gold or split))
        settings = configured(config).settings
        kept = read_floors(floors) if floors else Floors()
        specs = _sets(kept if floors else None, gold or [], sources or [], split.value if split else None)
        results = _scored(specs, outputs, settings)
        refused = _gate(results, kept, floors, update, allow_regression)
        _print(results, form, misses, kept, refused)
        if page:
            _write_page(page, results, floors)
        if refused:
            raise typer.Exit(EXIT_UNREADABLE)


def _usable(gold: bool, floors: Path | None, update: bool, reason: str | None) -> None:
    from planparse.model.findings import UsageError

    if not gold and not floors:
        raise UsageError("nothing to score; give a folder of gold files, or --floors")
    if update and not floors:
        raise UsageError("--update raises the floors of a file; give --floors")
    if reason is not None and (not update or not reason.strip()):
        raise UsageError("--allow-regression takes a reason and goes with --update")


def _usable_page(page: Path | None, floors: Path | None, part: bool) -> None:
    from planparse.model.findings import UsageError

    if page and (part or not floors):
        raise UsageError("--page shows all sets of a floors file; give --floors, and neither folders nor --split")


def _sets(kept: Floors | None, gold: list[Path], sources: list[Path], split: str | None) -> list[SetSpec]:
    from planparse.evaluation.run import chosen_sets, sets_of_folders

    if kept is None:
        return sets_of_folders(gold, sources, split)
    return chosen_sets(kept.sets.values(), gold, sources, split)


def _scored(specs: Sequence[SetSpec], outputs: Path | None, settings: Settings) -> list[SetScore]:
    """Score the sets; what is absent is named on stderr, and if nothing is left that is an error."""
    import sys

    from rich.console import Console
    from rich.progress import track

    from planparse.evaluation.found import read_afresh, read_outputs
    from planparse.evaluation.run import count_documents, score_set
    from planparse.model.findings import UsageError

    read: Reader = read_outputs(outputs) if outputs else read_afresh(settings.options())
    scoring = settings.evaluation
    quiet = not sys.stderr.isatty()
    watched = track(specs, "scoring", console=Console(stderr=True), transient=True, disable=quiet)
    results = [score_set(spec, read, needs_source=outputs is None, scoring=scoring) for spec in watched]
    for result in results:
        for name, reason in result.skipped.items():
            typer.echo(f"{result.name}: {name} left out: {reason}", err=True)
    if not count_documents(results):
        raise UsageError("no document of the gold files was found; say where they are with --sources")
    return results


def _gate(
    results: Sequence[SetScore], kept: Floors, path: Path | None, update: bool, reason: str | None
) -> list[Check]:
    """What is below its floor; with ``update``, floors are raised and written, and first runs kept."""
    from planparse.evaluation import first
    from planparse.evaluation.floors import check, write_floors
    from planparse.evaluation.floors import update as raise_floors

    if path is None:
        return []
    record = path.with_name("first.toml")
    known = first.read_first(record)
    grown = first.with_new(known, (score for result in results for score in result.scores))
    if grown != known:
        first.write_first(record, grown)
    if not update:
        return [item for item in check(kept, results) if not item.holds]
    refused = raise_floors(kept, results, reason)
    if not refused:
        write_floors(path, kept)
    return refused


def _print(results: Sequence[SetScore], form: Format, misses: bool, kept: Floors, refused: Sequence[Check]) -> None:
    from planparse.evaluation import rendering
    from planparse.evaluation.floors import check

    checks = check(kept, results)
    if form is Format.JSON:
        typer.echo(rendering.as_json(results, misses, checks))
    elif form is Format.JUNIT:
        typer.echo(rendering.as_junit(results, checks))
    elif form is Format.MARKDOWN:
        typer.echo(rendering.as_markdown(results, misses))
    else:
        typer.echo(rendering.as_table(results, misses))
    for item in refused:
        typer.echo(f"below its floor: {rendering.below(item)}", err=True)
    if checks and not refused:
        typer.echo(f"{len(checks)} floors hold", err=True)


def _write_page(page: Path, results: Sequence[SetScore], floors: Path | None) -> None:
    from planparse.evaluation.accuracy_page import accuracy_page, kept_by_hand
    from planparse.evaluation.first import read_first

    if any(result.skipped for result in results):
        typer.echo(f"{page} is left as it is: some documents are absent", err=True)
        return
    kept = read_first(floors.with_name("first.toml")) if floors else {}
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(accuracy_page(results, kept, kept_by_hand(page)), encoding="utf-8", newline="\n")
