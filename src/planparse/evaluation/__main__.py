"""``python -m planparse.evaluation``: without arguments the gate over all gold sets, from the project's folder."""

import sys

import typer

from planparse.evaluation.command import evaluate

GATE = ("--floors", "tests/accuracy/floors.toml", "--page", "docs/accuracy.md")


def main() -> None:
    """Run ``planparse evaluate`` with the given arguments, or as `make eval` does."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command()(evaluate)
    app(sys.argv[1:] or list(GATE), prog_name="planparse evaluate")


if __name__ == "__main__":
    main()
