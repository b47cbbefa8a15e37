"""One pass over the events of a run, that gathers its record."""

from collections.abc import Iterable

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.fold import apply
from corridor_tui.corridor.view import Library, View
from corridor_tui.level.model import Level
from corridor_tui.scoring.dwell import Dwells
from corridor_tui.scoring.notes import NOTES
from corridor_tui.scoring.record import Record

_LIFTS = frozenset(
    {
        "lifting",
        "lifted",
        "twin_lifting",
        "twin_lifted",
        "moving_aside",
        "moved_aside",
        "stacked",
    }
)


class Gatherer:
    """Gathers what happens, event by event, each once the view has taken it in.

    `every_s`: how often the waits are looked at. 0 is after every second in which anything happened.
    """

    def __init__(self, view: View, every_s: int = 0) -> None:
        self.record = Record(view)
        self._dwells = Dwells()
        self._every_s, self._next_s = every_s, 0
        self.second = 0
        """The second of the last event."""
        self._stale = False

    def turn(self, now_s: int) -> None:
        """Look at the waits before the first event of another second is taken in."""
        if self._stale and now_s >= self._next_s:
            self._dwells.look(self.record.view, self.second)
            self._stale, self._next_s = False, self.second + self._every_s
        self.second = now_s

    def take(self, event: Event) -> None:
        """Take an event in that the view has just taken in."""
        t, code, args = event
        if t != self.second:
            if t >= self._next_s:
                self.turn(t)
            self.second = t
        if code in NOTES:
            NOTES[code](self.record, event)
        if not self._stale:
            self._stale = code not in _LIFTS or (code == "lifting" and not self.record.view.cranes[str(args[0])].lifts)

    def part(self, names: list[str]) -> Record:
        """Take all that concerns some units, all of them gone, out of the record, as one of its own."""
        record = self.record.part(names)
        for name in names:
            record.dwells[name] = self._dwells.settle(name)
        return record

    def so_far(self, now_s: int) -> Record:
        """The record as if the run ended now; events may go on to be taken in."""
        self._dwells.look(self.record.view, self.second)
        self.record.view.tell_time(now_s)
        self.record.closed_s = now_s
        self.record.dwells = self._dwells.so_far(now_s)
        return self.record

    def close(self) -> Record:
        """The record at the end of the events."""
        self._dwells.look(self.record.view, self.second)
        self.record.dwells = self._dwells.close(self.record.closed_s)
        return self.record

    def fold(self, events: Iterable[Event]) -> None:
        """Take events in that its view, which nobody else folds, has not taken in yet."""
        for event in events:
            if event.t != self.second:
                self.turn(event.t)
            apply(self.record.view, event)
            self.take(event)


def gather(level: Level, events: Iterable[Event], library: Library) -> Record:
    """Fold a run's events."""
    gatherer = Gatherer(View(level, library))
    gatherer.fold(events)
    return gatherer.close()
