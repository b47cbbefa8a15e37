"""The start screen: the levels with one's own best results."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import shelf
from corridor_tui.records.store import Best
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.rows import Row, Rows, fit, row


class Start(Screen[Level | None]):
    """Returns the level to play, or None to leave."""

    CSS = "Start > Rows { height: 1fr; padding: 1 2; }"
    BINDINGS = [
        Binding("enter", "play", "play"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("q,escape,ctrl+c", "leave", "leave"),
    ]

    def __init__(self, trainee: str, bests: dict[str, Best], folder: Path | None) -> None:
        super().__init__()
        self._trainee = trainee
        self._bests = bests
        self._levels: dict[str, Level] = {}
        self._broken: list[str] = []
        for name, path in shelf(folder).items():
            try:
                self._levels[name] = load(path)
            except (LevelFileError, OSError):
                self._broken.append(name)

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Rows("corridor", id="levels")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(Rows).focus()
        self.query_one(Bar).show(
            row((" enter", "warn"), " play  ", ("↑↓", "warn"), " choose  ", ("q", "warn"), " leave")
        )

    def on_resize(self) -> None:
        """Lay the list out for the width."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        pane = self.query_one(Rows)
        width = pane.room
        rows: list[Row] = [
            row(("KHORGOS - EASTERN GATE", "head")),
            row(("the control desk of a rail border", "dim")),
            row((f"at the desk: {self._trainee}", "dim")),
            row(""),
        ]
        for name, level in sorted(self._levels.items(), key=lambda item: (item[1].order, item[0])):
            best = self._bests.get(level.id)
            stars = (
                "☆☆☆          "
                if best is None
                else f"{'★' * best.stars}{'☆' * (3 - best.stars)} best {best.total:5.1f}"
            )
            rows.append(row((f" {fit(level.title, 30)}", "train"), (stars, "warn"), key=name))
            rows.append(row((f"   {fit(level.summary, max(10, width - 4))}", "dim"), key=name))
            rows.append(row(""))
        rows += [row((f" {name} has errors: corridor check {name}", "bad")) for name in self._broken]
        pane.show(rows)

    def on_rows_opened(self) -> None:
        """A double click plays."""
        self.action_play()

    def action_play(self) -> None:
        """Play the chosen level."""
        level = self._levels.get(self.query_one(Rows).choice)
        if level is not None:
            self.dismiss(level)

    def action_move(self, step: int) -> None:
        """Choose another level."""
        self.query_one(Rows).move(step)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(None)
