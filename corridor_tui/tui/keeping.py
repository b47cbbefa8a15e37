"""The clock of a shift in its journal, and the question whether to go on with a shift that broke off."""

from collections.abc import Callable

from corridor_tui import ENGINE
from corridor_tui.language import _, ngettext
from corridor_tui.level.model import Level
from corridor_tui.records.journals import Found
from corridor_tui.session.journal import JournalError
from corridor_tui.session.run import Run
from corridor_tui.session.shift import Shift
from corridor_tui.session.wording import day_clock
from corridor_tui.tui.menu import Item

KEEP_EVERY_S = 0.5
"""Real seconds between two notes of how far the shift has come: what a crash costs at the most, with a frame."""
GO_ON, ANEW, GIVE_UP = "go-on", "anew", "give-up"


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
    about = ngettext(
        "seed {seed}, {n} order given; you sit down at {at}, and the clock stands where it may",
        "seed {seed}, {n} orders given; you sit down at {at}, and the clock stands where it may",
        run.heard,
        seed=run.seed,
        at=at,
    )
    if changed:
        about += _(". The level has changed since: this shift goes on with the level as it was begun")
    if found.trouble:
        about += f". {found.trouble}"
    if more:
        about += _(". {count} more broke off: `corridor runs` lists them", count=more)
    objection = None
    if run.engine != ENGINE:
        objection = _(
            "it was begun with engine {old} and this is engine {new}: the same orders would not lead to where it was",
            old=run.engine,
            new=ENGINE,
        )
    items = [
        Item(GO_ON, _("go on with {level} at {at}", level=level.title, at=at), "g", about, objection),
        Item(ANEW, _("begin a new shift; this one waits"), "n", _("it stays as it is, and is offered again")),
        Item(GIVE_UP, _("give it up"), "x", _("it counts as abandoned and is not offered again")),
    ]
    return _("A shift was broken off"), items
