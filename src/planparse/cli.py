"""The command line: arguments in, exit code out, nothing else."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from planparse.commands import Command, Commands, settings
from planparse.commands.orderly import EXIT_STOPPED, EXIT_UNREADABLE, orderly, whole_program
from planparse.commands.parameters import OUTPUTS, Config, Json, Lang, Outputs, print_json
from planparse.engines.memory import collect_seldom
from planparse.model.locale import chosen

app = typer.Typer(
    name="planparse",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help is there at once; rich would take as long as all the rest
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


IGNORE = "Leave out files and folders of this name ('*.eml') or place ('old/drafts/*'); may be repeated."
UNCUT = 100_000
"""Width of what goes into a pipe or a file: rich would cut the lines of a tree at 80."""
TIMEOUT = "Seconds for one document, 60 if nothing is said; 0 for no limit."
MEMORY = "Gigabytes that reading may take of a process, 2 if nothing is said; 0 for no limit."


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class Engine(StrEnum):
    PROCESSES = "processes"
    SPARK = "spark"


class Stage(StrEnum):
    SOURCE = "source"
    CLEAN = "clean"
    OUTLINE = "outline"
    RECORDS = "records"


def _version(wanted: bool) -> None:
    if wanted:
        from planparse.model.version import __version__

        typer.echo(f"planparse {__version__}")
        raise typer.Exit


@app.callback(epilog="Example: planparse ingest plans/ && planparse show RECORD_ID")
def planparse(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Chinese government plans, read into a dataset: goals, tasks, projects, indicators, targets."""


INGEST_HELP = """Read documents and write the dataset: one Parquet file per table.

Folders are read with all that is in them, archives too. A second run does only what has changed, and a run that was
stopped is taken up where it was. Progress goes to standard error, the summary to standard output.

Exit codes: 0 all read; 1 some documents could not be read (the others are written); 2 wrong usage or nothing to read.

\b
Examples:
  planparse ingest plans/
  planparse ingest a.docx b.pdf --out data --json
  planparse ingest plans/ --jobs 4 --timeout 120 --profile
  planparse ingest crawl/ --ignore '*.eml' --ignore novels
  planparse ingest s3a://bucket/plans --engine spark --master yarn --out s3a://bucket/dataset
"""


@app.command(help=INGEST_HELP, short_help="Read documents and write the dataset.")
def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files and folders to read.", show_default=False)],
    out: Annotated[str, typer.Option(help="Folder for the dataset.")] = "outputs",
    ignore: Annotated[list[str] | None, typer.Option(help=IGNORE, show_default=False, metavar="PATTERN")] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0 for as many as there are processors.")] = 0,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for any finding of severity error.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read unchanged documents again, too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files in --out that are no dataset's.")] = False,
    timeout: Annotated[float | None, typer.Option(min=0, help=TIMEOUT, show_default=False)] = None,
    memory: Annotated[float | None, typer.Option(min=0, help=MEMORY, show_default=False)] = None,
    convert: Annotated[bool, typer.Option("--convert", help="Let LibreOffice convert .doc, .wps and .rtf.")] = False,
    config: Config = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Print the time by stage and the slowest documents.")
    ] = False,
    log_format: Annotated[LogFormat, typer.Option(help="Form of progress and messages.")] = LogFormat.TEXT,
    engine: Annotated[Engine, typer.Option(help="Where the work is done: in processes here, or on Spark.")] = (
        Engine.PROCESSES
    ),
    master: Annotated[str, typer.Option(help="Spark's master URL.")] = "local[*]",
    language: Lang = None,
) -> None:
    with orderly():
        import json

        from planparse.corpus import ingest as run
        from planparse.model.findings import UsageError
        from planparse.terminal import closing, progress

        options = settings.options(config, timeout=timeout, convert=convert, memory=memory)
        show = progress.choose(log_format)
        with show:
            if engine is Engine.SPARK:
                if ignore:
                    raise UsageError("--ignore is not known to --engine spark; give it the folders to read.")
                from planparse.corpus.on_spark import ingest_on_spark

                summary = ingest_on_spark(paths, out, master=master, options=options)
            else:
                summary = run(
                    paths, out, jobs=jobs or None, options=options, full=full, force=force, ignore=ignore or (), progress=show
                )
        for line in closing.failure_lines(summary, chosen(language)):
            show.say("unreadable", line)
        typer.echo(json.dumps(summary.to_json(), ensure_ascii=False) if as_json else closing.closing_table(summary))
        if profile:
            typer.echo("\n" * (not as_json) + closing.profile_table(summary), err=as_json)
        if summary.unreadable or (strict and summary.findings.get("error")):
            raise typer.Exit(EXIT_UNREADABLE)


INSPECT_HELP = """Print one stage of a document: its source text, the cleaned text, the outline, or the records.

\b
Examples:
  planparse inspect plan.txt
  planparse inspect plan.txt --stage records --json
  planparse inspect plan.txt --why
"""


@app.command(help=INSPECT_HELP, short_help="Print one stage of a document.")
def inspect(
    file: Annotated[Path, typer.Argument(help="The document.", show_default=False)],
    stage: Annotated[Stage, typer.Option(help="Which stage to print.")] = Stage.OUTLINE,
    why: Annotated[bool, typer.Option("--why", help="Of the outline: the readings of every line, their costs, and which was taken.")] = False,
    as_json: Json = False,
    convert: Annotated[bool, typer.Option("--convert", help="Let LibreOffice convert .doc, .wps and .rtf.")] = False,
    config: Config = None,
    language: Lang = None,
) -> None:
    with orderly():
        from planparse.corpus.discovery import shown
        from planparse.engines.batch import read
        from planparse.model.findings import DocumentError, UsageError
        from planparse.pipeline import stages
        from planparse.terminal import inside

        options = settings.options(config, convert=convert)
        try:
            found = stages(read(str(file), options), shown(file.name), options)
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
        except DocumentError as error:
            raise UsageError(f"{file} cannot be read. {error.note.said(chosen(language))}") from error
        if why and stage is not Stage.OUTLINE:
            raise UsageError("--why explains the outline; leave --stage out, or give --stage outline.")
        if why and found.clean is not None:
            from planparse.terminal import why as reasons

            _print(reasons.as_json(found.clean) if as_json else reasons.as_text(found.clean), as_json)
        else:
            _print(inside.as_json(found, stage) if as_json else inside.as_tree(found, stage, chosen(language)), as_json)
        if not any(records.documents for records in found.records):
            raise typer.Exit(EXIT_UNREADABLE)


SHOW_HELP = """Print a record of the dataset with its source wording in context.

\b
Example:
  planparse show 1f0c9a3b5d7e2468-t0012
"""


@app.command(cls=Command, help=SHOW_HELP, short_help="Print a record with its source wording.")
def show(
    record_id: Annotated[str, typer.Argument(help="The record's identifier.", show_default=False)],
    outputs: Outputs = OUTPUTS,
    as_json: Json = False,
) -> None:
    with orderly():
        from planparse.dataset.reader import read
        from planparse.model.findings import UsageError
        from planparse.terminal import wording

        try:
            found = read(outputs).wording(record_id.strip())
        except KeyError as error:
            raise UsageError(f"{error.args[0]}.") from None
        _print(wording.as_json(found) if as_json else wording.as_text(found), as_json)


def _print(value: Any, as_json: bool) -> None:
    if as_json:
        print_json(value)
        return
    from rich.console import Console

    width = None if sys.stdout.isatty() else UNCUT
    Console(soft_wrap=True, highlight=False, width=width).print(value)


def main() -> None:
    """Entry point of the command ``planparse``."""
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # a third less memory, and no slower here
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):  # a terminal or a pipe may know fewer characters than a plan
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with whole_program():
            app()
    except KeyboardInterrupt:
        sys.exit(EXIT_STOPPED)


if __name__ == "__main__":
    main()
