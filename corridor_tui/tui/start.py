"""The start screen: the levels with one's own best results."""

from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.language import _
from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import shelf
from corridor_tui.records.store import Best
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.rows import Part, Row, row, wrap


class Start(Screen[Level | None]):
    """Returns the level to play, or None to leave."""

    CSS = "Start > Rows { height: 1fr; padding: 1 2; }"
    BINDINGS = [
        Binding("enter", "play", "play"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("q,escape", "leave", "leave"),
    ]

    def __init__(self, trainee: str, seed: int, bests: dict[str, Best], folder: Path | None) -> None:
        super().__init__()
        self._trainee = trainee
        self._seed = seed
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
        keys: list[Part] = []
        for key, what, action in (
            ("enter", _("play"), "play"),
            ("↑↓", _("choose"), "move(1)"),
            ("q", _("leave"), "leave"),
        ):
            keys += [(f" {key}", "key", action), (f" {what} ", "dim", action)]
        self.query_one(Bar).show(row(*keys))

    def on_resize(self) -> None:
        """Lay the list out for the width."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        pane = self.query_one(Rows)
        width = min(pane.room, 100)
        rows: list[Row] = [
            row((_("KHORGOS - EASTERN GATE"), "head")),
            row(("1435 ", "narrow"), ("─" * 20, "narrow"), ("╥", "bold"), ("━" * 20, "broad"), (" 1520", "broad")),
            row((_("the control desk of a rail border, where every container changes trains"), "dim")),
            row(""),
            row((_("at the desk: "), "dim"), self._trainee, (_("   seed: "), "dim"), f"{self._seed}"),
            row(""),
        ]
        for name, level in sorted(self._levels.items(), key=lambda item: (item[1].order, item[0])):
            rows += self._entry(name, level, width)
        rows += [row((_(" {name} has errors: corridor check {name}", name=name), "bad")) for name in self._broken]
        pane.show(rows)

    def _entry(self, name: str, level: Level, width: int) -> list[Row]:
        best = self._bests.get(level.id)
        stars = (
            _("☆☆☆  not played yet")
            if best is None
            else "★" * best.stars + "☆" * (3 - best.stars) + _("  best {points:.1f}", points=best.total)
        )
        gap = " " * max(2, width - cell_len(str(level.title)) - cell_len(stars) - 1)
        rows = [row(" ", (str(level.title), "train"), gap, (stars, "warn" if best else "dim"), key=name)]
        rows += [row((f"   {line}", "dim"), key=name) for line in wrap(str(level.summary), width - 4)]
        return [*rows, row("")]

    def on_rows_opened(self) -> None:
        """A double click plays."""
        self.action_play()

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await self.run_action(message.key)

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
