"""Which of the conditions that somebody waits for have come about in a shift, known from its events."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from corridor_tui.corridor.conditions import test_of
from corridor_tui.level.disruptions import Condition
from corridor_tui.session.shift import Shift

K = TypeVar("K")


class Happened(Generic[K]):
    """Hears the events of a shift, each once, and holds the keys of the conditions that came about. Not for lulls."""

    def __init__(self, shift: Shift, awaited: Iterable[tuple[K, Condition]]) -> None:
        self._shift = shift
        self._awaited = [(key, *test_of(shift.view, when)) for key, when in awaited]
        self._heard = 0
        self._keys: set[K] = set()

    def look(self) -> set[K]:
        """The keys of what has come about by now."""
        for event in self._shift.since(self._heard):
            for key, codes, test in self._awaited:
                if event.code in codes and test(event):
                    self._keys.add(key)
        self._heard = self._shift.count
        return self._keys
