"""``planparse panel``, ``planparse cascade``, ``planparse commitments`` and ``planparse concepts``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.commands.parameters import OUTPUTS, Csv, Folder, Full, Json, print_rows

if TYPE_CHECKING:
    import pyarrow as pa

PANEL_HELP = """Put all that links to a concept into one panel: region, concept, year, baseline or target, in the concept's unit.

Of copies of a plan the fullest counts. Values that contradict each other are rows of their own, with conflict; of these
the wide panel shows the one to be trusted most. Without --out it is printed.

\b
Examples:
  planparse panel outputs --out panel.parquet
  planparse panel outputs --concept forest_coverage --wide --csv
"""
CASCADE_HELP = """Show the targets of a concept, each beside that of the plan above (国 → 省 → 市 → 县) for the same year, with the gap.

Where a plan's own table states the target of the level above, it stands beside it. planparse concepts --known lists the
concepts.

\b
Examples:
  planparse cascade forest_coverage outputs
  planparse cascade energy_intensity_reduction outputs --csv > cascade.csv
"""
COMMITMENTS_HELP = """Compare two periods of one place by concept: which targets were kept, raised, lowered, dropped, or are new.

Raised and lowered are by the direction that is wanted: PM2.5 from 38 to 35 is raised. Periods are named by their last
years; without them the last two are compared that the place's plans set targets for.

\b
Examples:
  planparse commitments 平湖市 outputs
  planparse commitments 330482 outputs --from 2020 --to 2025 --csv
"""
CONCEPTS_HELP = """List the names of indicators and targets that link to no concept of the catalogue, the most frequent first.

Add words of your own in planparse.toml (vocabulary.concepts) and ingest again; --known lists the catalogue.

\b
Examples:
  planparse concepts outputs
  planparse concepts outputs --table indicators --limit 0 --csv > unlinked.csv
  planparse concepts --known --csv
"""
SHOWN = ["year", "region", "value_norm", "unit_norm", "above_region", "above_value", "gap", "meets", "share", "stated_value"]
"""Columns of a cascade that fit a terminal; CSV, JSON and --full have all."""
SHOWN_PANEL = ["region", "concept", "scope", "year", "measure", "value_norm", "unit_norm", "conflict", "record_id"]


def panel(
    outputs: Folder = OUTPUTS,
    concepts: Annotated[
        list[str] | None, typer.Option("--concept", help="Only this concept; may be repeated.", show_default=False)
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="A column for each year.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write this file: .parquet, .csv or .json.", show_default=False)
    ] = None,
    as_csv: Csv = False,
    as_json: Json = False,
    full: Full = False,
) -> None:
    with orderly():
        from planparse.dataset import panel as panels
        from planparse.dataset.reader import read

        found = (panels.wide if wide else panels.panel)(read(outputs), concepts)
        if out:
            _write(found, out)
        else:
            print_rows(found, as_csv, as_json, full, () if wide else SHOWN_PANEL)


def cascade(
    concept: Annotated[str, typer.Argument(help="The concept's identifier.", show_default=False)],
    outputs: Folder = OUTPUTS,
    as_csv: Csv = False,
    as_json: Json = False,
    full: Full = False,
) -> None:
    with orderly():
        from planparse.dataset.cascade import cascade as find
        from planparse.dataset.reader import read

        print_rows(find(read(outputs), concept), as_csv, as_json, full, SHOWN)


def commitments(
    place: Annotated[str, typer.Argument(help="The place: its name, or its code.", show_default=False)],
    outputs: Folder = OUTPUTS,
    old: Annotated[int | None, typer.Option("--from", help="Last year of the earlier period.", show_default=False)] = None,
    new: Annotated[int | None, typer.Option("--to", help="Last year of the later period.", show_default=False)] = None,
    as_csv: Csv = False,
    as_json: Json = False,
    full: Full = False,
) -> None:
    with orderly():
        from planparse.dataset.commitments import commitments as find
        from planparse.dataset.reader import read

        print_rows(find(read(outputs), place, old, new), as_csv, as_json, full)


def concepts(
    outputs: Folder = OUTPUTS,
    tables: Annotated[
        list[str] | None, typer.Option("--table", help="Only of indicators, or of targets.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Names to list; 0 for no limit.")] = 40,
    known: Annotated[bool, typer.Option("--known", help="List the concepts of the catalogue instead.")] = False,
    as_csv: Csv = False,
    as_json: Json = False,
) -> None:
    with orderly():
        from planparse.dataset.reader import read
        from planparse.dataset.unlinked import NAMES, catalogue, unlinked
        from planparse.model.findings import UsageError

        try:
            found = catalogue() if known else unlinked(read(outputs), tables or tuple(NAMES))
        except KeyError as error:
            raise UsageError(f"{error.args[0]}.") from None
        print_rows(found.slice(0, None if known else limit or None), as_csv, as_json, full=True)


def _write(found: pa.Table, out: Path) -> None:
    from planparse.dataset import files
    from planparse.model.findings import UsageError
    from planparse.terminal import answers

    texts = {".csv": answers.as_csv, ".json": answers.as_json}
    if out.suffix not in (".parquet", *texts):
        raise UsageError(f"{out} ends in none of .parquet, .csv, .json.")
    with files.whole(out) as file:
        if out.suffix in texts:
            file.write(texts[out.suffix](found).encode())
        else:
            import pyarrow.parquet as pq

            pq.write_table(found, file, compression="zstd")
    typer.echo(out)
