"""The clock of a shift in its journal, and the question whether to go on with a shift that broke off."""

from collections.abc import Callable

from corridor_tui import ENGINE
from corridor_tui.level.model import Level
from corridor_tui.records.journals import Found
from corridor_tui.session.journal import JournalError
from corridor_tui.session.run import Run
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import day_clock
from corridor_tui.tui.menu import Item

KEEP_EVERY_S = 0.5
"""Real seconds between two notes of how far the shift has come: what a crash costs at the most, with a frame."""
GO_ON, ANEW, GIVE_UP = "go on", "anew", "give up"


class Timekeeper:
    """Notes in the journal how far a shift has come, as often as is wanted and no oftener."""

    def __init__(self, shift: Shift, wall: Callable[[], float]) -> None:
        self._shift = shift
        self._wall = wall
        self._kept_s = -1
        self._last = wall()

    def look(self) -> str | None:
        """Note it if it is time to; what went wrong, if anything did."""
        now = self._wall()
        if self._shift.now_s == self._kept_s or now - self._last < KEEP_EVERY_S:
            return None
        self._kept_s, self._last = self._shift.now_s, now
        try:
            self._shift.keep_time()
        except JournalError as error:
            return str(error)
        return None


def offer(found: Found, run: Run, level: Level, more: int, *, changed: bool) -> tuple[str, list[Item]]:
    """The question whether to go on with an interrupted run: its title and its answers. `more` others wait."""
    at = day_clock(level.start_s, run.clock_s)
    about = f"seed {run.seed}, {run.heard} orders given; you sit down at {at}, and the clock stands where it may"
    if changed:
        about += ". The level has changed since: this shift goes on with the level as it was begun"
    if found.trouble:
        about += f". {found.trouble}"
    if more:
        about += f". {more} more broke off: `corridor runs` lists them"
    objection = None
    if run.engine != ENGINE:
        objection = f"it was begun with engine {run.engine} and this is engine {ENGINE}: the same orders would not lead to where it was"
    items = [
        Item(GO_ON, f"go on with {level.title} at {at}", "g", about, objection),
        Item(ANEW, "begin a new shift; this one waits", "n", "it stays as it is, and is offered again"),
        Item(GIVE_UP, "give it up", "x", "it counts as abandoned and is not offered again"),
    ]
    return "A shift was broken off", items
