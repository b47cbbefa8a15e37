"""The commands about runs that were played: list them."""

from typing import TYPE_CHECKING

import typer

from corridor_tui.cli_common import fail

if TYPE_CHECKING:
    from corridor_tui.records.journals import Journals


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command(epilog="Example:  corridor runs")(runs)


def _journals() -> "Journals":
    from corridor_tui.level.shelf import data_dir
    from corridor_tui.records.journals import Journals, default_folder

    return Journals(default_folder(data_dir()))


def unfinished(name: str) -> str:
    """The key of a run without a result, by its key or the beginning of it; ends the command where there is none."""
    from corridor_tui.level.errors import brief

    keys = [found.key for found in _journals().all() if name and found.key.startswith(name)]
    if len(keys) != 1:
        fail(
            f"{'more than one run begins' if keys else 'no run that broke off begins'} with {brief(name)}: see `corridor runs`"
        )
    return keys[0]


def runs() -> None:
    """List every run: finished, interrupted (`corridor play` offers to go on), and abandoned."""
    from corridor_tui.tables import runs_table, show

    show(runs_table(_journals().all()))
