"""The program in the terminal: from the start screen through briefing and shift to the result, and round again."""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

# Textual reads it when it is first imported: keys show their effect sooner with more frames to show it in.
os.environ.setdefault("TEXTUAL_FPS", "240")

from textual import work
from textual.app import App

from corridor_tui.level.model import Level
from corridor_tui.level.shelf import data_dir
from corridor_tui.records.store import Best, Records, RecordsError, default_path
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.shift import Shift
from corridor_tui.tui.command import Orders
from corridor_tui.tui.pages import briefing_rows, result_rows
from corridor_tui.tui.reader import Reader


class CorridorApp(App[None]):
    """Leads through the screens. With a level it plays that one; without, it begins at the list of levels."""

    TITLE = "corridor"
    COMMANDS = App.COMMANDS | {Orders}

    def __init__(
        self,
        level: Level | None,
        seed: int,
        trainee: str,
        levels: Path | None = None,
        wall: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._level = level
        self._seed = seed
        self._trainee = trainee
        self._levels = levels
        self._wall = wall
        self.trouble: str | None = None

    def on_mount(self) -> None:
        """Begin."""
        self.animation_level = "none"
        self._lead()

    @work
    async def _lead(self) -> None:
        level = self._level or await self._pick()
        while level is not None:
            await self._play(level)
            level = None if self._level is not None else await self._pick()
        self.exit()

    async def _pick(self) -> Level | None:
        from corridor_tui.tui.start import Start  # noqa: PLC0415 - screens are imported when first opened

        return await self.push_screen_wait(Start(self._trainee, self._bests(), self._levels))

    async def _play(self, level: Level) -> None:
        from corridor_tui.tui.desk import Desk  # noqa: PLC0415

        page = partial(briefing_rows, level, self._seed)
        if not await self.push_screen_wait(Reader("briefing", page, "enter: take the desk   escape: back")):
            return
        outcome = await self.push_screen_wait(Desk(Shift(level, self._seed), self._wall))
        if outcome is None:
            return
        self._keep(outcome)
        hint = "enter: back" + (f"   ({self.trouble})" if self.trouble else "   the result is kept")
        await self.push_screen_wait(Reader("result", partial(result_rows, level, outcome.score), hint))

    def _bests(self) -> dict[str, Best]:
        try:
            records = Records(default_path(data_dir()))
            bests = records.bests(self._trainee)
            records.close()
        except RecordsError as error:
            self.trouble = str(error)
            return {}
        return bests

    def _keep(self, outcome: Outcome) -> None:
        try:
            records = Records(default_path(data_dir()))
            records.save(outcome, self._trainee)
            records.close()
        except RecordsError as error:
            self.trouble = str(error)


LEAST = (80, 24)


def sit_down(level: Level | None, seed: int, trainee: str, levels: Path | None) -> int:
    """Run the program on this terminal; returns its exit code."""
    size = os.get_terminal_size()
    if size.columns < LEAST[0] or size.lines < LEAST[1]:
        sys.stderr.write(
            f"corridor: this terminal is {size.columns}x{size.lines}; the desk needs at least {LEAST[0]}x{LEAST[1]}\n"
        )
        return 2
    app = CorridorApp(level, seed, trainee, levels)
    app.run()
    if app.trouble is not None:
        sys.stderr.write(f"corridor: {app.trouble}\n")
    return app.return_code or 0
