"""Commands of the command line that have a file of their own: arguments in, exit code out, nothing else."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

_OF_THEIR_OWN = {
    "doubtful": ("planparse.commands.review", "List the documents to look at first."),
    "verify": ("planparse.commands.review", "Check every record against its source text."),
    "audit": ("planparse.commands.review", "List what documents get wrong by their own word."),
    "evaluate": ("planparse.commands.evaluate", "Score records against gold files."),
    "report": ("planparse.commands.report", "Write a site to read and correct the dataset by."),
    "export": ("planparse.commands.export", "Write the dataset in the format of another program."),
    "query": ("planparse.commands.export", "Ask the dataset in SQL."),
    "search": ("planparse.commands.export", "Find words in the records of all documents."),
    "diff": ("planparse.commands.diff", "Compare two datasets or two versions of a plan."),
    "concepts": ("planparse.commands.panel", "List names that link to no concept."),
    "panel": ("planparse.commands.panel", "Put places, concepts and years into one panel."),
    "cascade": ("planparse.commands.panel", "Show a concept's targets beside those of the plans above."),
    "commitments": ("planparse.commands.panel", "Compare two periods of one place by concept."),
    "config": ("planparse.commands.settings", "Show the settings in force."),
    "doctor": ("planparse.commands.settings", "Check what the surroundings offer."),
}
"""Where the function of each name is (its help in ``NAME_HELP`` or its docstring), and the line that it has in the help of all."""


UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What click raises for a command line that it cannot read."""


class Command(TyperCommand):
    """A command that tells how the dataset's folder is given, where one stands behind all that it takes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except UsageError as error:
            told = str(getattr(error, "message", ""))
            extra = "extra argument" in told and any("--outputs" in option.opts for option in self.params)
            if extra and any(map(os.path.isdir, given)):
                setattr(error, "message", f"{told}. The folder of a dataset is given by --outputs.")  # noqa: B010 (of a class unknown to mypy)
            raise


class Commands(TyperGroup):
    """All commands. Those with a file of their own are a name and a line of help until one is called, so that help need not wait."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        for name, (_, line) in _OF_THEIR_OWN.items():
            self.add_command(TyperCommand(name, short_help=line))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] in _OF_THEIR_OWN:
            self.add_command(_built(args[0]))
        return super().resolve_command(ctx, args)


def _built(name: str) -> Any:
    """The command itself."""
    module = import_module(_OF_THEIR_OWN[name][0])
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, help=getattr(module, f"{name.upper()}_HELP", None))(getattr(module, name))
    return get_command(app)
