"""One pass over the events of a run, that gathers its record."""

from collections.abc import Sequence

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
        if event.t != self.second:
            self.turn(event.t)
        record = self.record
        note = NOTES.get(event.code)
        if note is not None:
            note(record, event)
        if event.code not in _LIFTS or (event.code == "lifting" and record.view.cranes[str(event.args[0])].lifts == 0):
            self._stale = True

    def part(self, names: list[str]) -> Record:
        """Take all that concerns some units, all of them gone, out of the record, as one of its own."""
        record = self.record.part(names)
        for name in names:
            record.dwells[name] = self._dwells.settle(name)
        return record

    def close(self) -> Record:
        """The record at the end of the events."""
        self._dwells.look(self.record.view, self.second)
        self.record.dwells = self._dwells.close(self.record.closed_s)
        return self.record


def gather(level: Level, events: Sequence[Event], library: Library, until_s: int | None = None) -> Record:
    """Fold a run's events; `until_s`: how far it has come, where it is not over."""
    view = View(level, library)
    gatherer = Gatherer(view)
    for event in events:
        if event.t != gatherer.second:
            gatherer.turn(event.t)
        apply(view, event)
        gatherer.take(event)
    if until_s is not None:
        view.tell_time(until_s)
        gatherer.record.closed_s = until_s
    return gatherer.close()
