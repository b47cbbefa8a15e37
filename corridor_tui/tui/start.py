"""The start screen: the levels with one's own best results."""

from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.language import N_, _
from corridor_tui.level.errors import LevelFileError
from corridor_tui.level.load import load
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import shelf
from corridor_tui.records.store import Best
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.rows import Part, Row, row, wrap

_HELP = (
    N_(
        "Each level teaches one thing more than those before it. The first has a guide that says which key to press and why; a "
        "level is begun with enter, and its briefing says what is asked and how it is scored."
    ),
    N_(
        "100 points are what a good railwayman would have made of the very same shift, 0 what doing nothing would have. Play a level "
        "again: each seed is another shift, and `corridor play LEVEL --seed N` the same one."
    ),
    N_(
        "Afterwards: `corridor runs` lists what you played, `corridor debrief RUN` takes a run apart, `corridor replay RUN` plays it "
        "back, from any second of which you can take the desk over."
    ),
    N_(
        "Language, theme and alerts: ctrl+p. At the desk ? explains what you look at. For screen readers: "
        "`corridor play LEVEL --line`. In a browser: `corridor serve`."
    ),
)
"""What a newcomer may ask before the first shift."""


def _help_rows(width: int) -> list[Row]:
    return [one for text in _HELP for one in (*(row(line) for line in wrap(_(text), width)), row(""))]


class Start(Screen[Level | None]):
    """Returns the level to play, or None to leave. `after` is the level that was just played, `outcome` what came of it."""

    CSS = "Start > Rows { height: 1fr; padding: 1 2; }"
    BINDINGS = [
        Binding("enter", "play", "play"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("question_mark", "help", "help"),
        Binding("q,escape", "leave", "leave"),
    ]

    def __init__(
        self,
        trainee: str,
        seed: int,
        bests: dict[str, Best],
        folder: Path | None,
        after: Level | None = None,
        outcome: str = "",
    ) -> None:
        super().__init__()
        self._after = after
        self._outcome = outcome
        self._trainee = trainee
        self._seed = seed
        self._bests = bests
        self._begun = False
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
            ("ctrl+p", _("language, theme"), "app.command_palette"),
            ("?", _("help"), "help"),
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
            *([row((_("just played: "), "dim"), (self._outcome, "warn"))] if self._outcome else []),
            row(""),
        ]
        for name, level in sorted(self._levels.items(), key=lambda item: (item[1].order, item[0])):
            rows += self._entry(name, level, width)
        rows += [row((_(" {name} has errors: corridor check {name}", name=name), "bad")) for name in self._broken]
        pane.show(rows)
        if not self._begun:
            self._begun = True
            pane.choose(self._next())

    def _next(self) -> str:
        """Where to begin: the first level that was not played yet, behind the one that was just played if there is one there;
        of all of them the first.
        """
        names = sorted(self._levels, key=lambda name: (self._levels[name].order, name))
        fresh = [name for name in names if self._levels[name].id not in self._bests]
        behind = [name for name in fresh if self._after is not None and self._levels[name].order > self._after.order]
        return next(iter([*behind, *fresh, *names]), "")

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

    def action_help(self) -> None:
        """How to begin, and where to go on."""
        self.app.push_screen(Reader(_("help"), _help_rows, _("back")))

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(None)
