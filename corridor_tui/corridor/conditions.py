"""Conditions on which a level lets something happen: each is looked at when an event may have brought it about."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.base import DESKS
from corridor_tui.level.disruptions import Condition

Test: TypeAlias = Callable[[Event], bool]
_CODES = {
    "arrived": ("arrived", "stood"),
    "lift": ("emptied",),
    "offered": ("offered",),
    "accepted": ("accepted",),
    "transfer": ("paired",),
    "departed": ("departed",),
}
"""The events that tell of a stage which is no piece of work."""


@dataclass(frozen=True, slots=True)
class _Turn:
    place: int
    idle_s: int
    till_s: int | None
    then: Callable[[], None]


class Lulls:
    """Who waits for the trainee's desks to be quiet: in one lull comes one of them, the first in the order of their places.

    A lull ends with an order of these desks, or with what it let begin. In a level where no desk is the trainee's all count.
    """

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._quiet_since_s = 0
        self._waiting: list[_Turn] = []
        self._look_s: int | None = None
        self._desks = [desk for desk in DESKS if kernel.level.player(desk) == "trainee"] or DESKS
        kernel.watch("ordered", self._ordered)

    def wait(self, place: int, when: Condition, then: Callable[[], None]) -> None:
        """Call `then` in the first lull as long as a condition says that none of an earlier place takes; one may be going on."""
        till_s = None if when.till is None else self._kernel.level.at_s(when.till)
        insort(self._waiting, _Turn(place, _seconds(when.idle_min), till_s, then), key=lambda turn: turn.place)
        self._expect()

    def _ordered(self, event: Event) -> None:
        if event.args[0] in self._desks:
            self._quiet_since_s = event.t

    def _expect(self) -> None:
        """See to it that the lull which is to come first is noticed; after an order there may be nothing to notice yet."""
        now, waiting = self._kernel.now, self._in_time()
        if waiting:
            due_s = max(now, self._quiet_since_s + min(turn.idle_s for turn in waiting))
            if self._look_s is None or due_s < self._look_s:
                self._look_s = due_s
                self._kernel.after(due_s - now, partial(self._look, due_s))

    def _in_time(self) -> list[_Turn]:
        """Those for whom it is not too late; the others wait no longer."""
        now = self._kernel.now
        self._waiting = [turn for turn in self._waiting if turn.till_s is None or turn.till_s >= now]
        return self._waiting

    def _look(self, due_s: int) -> None:
        if due_s != self._look_s:
            return
        self._look_s, quiet_s = None, due_s - self._quiet_since_s
        found = next((turn for turn in self._in_time() if turn.idle_s <= quiet_s), None)
        if found is not None:
            self._waiting.remove(found)
            self._quiet_since_s = due_s
            found.then()
        self._expect()


def once(kernel: Kernel, when: Condition, then: Callable[[], None], lulls: Lulls | None = None, place: int = 0) -> None:
    """Call `then` once, `after_min` after the condition first holds. `lulls`: those who wait for one, this at its place."""
    waiting = [True]
    begin = partial(kernel.after, max(1, _seconds(when.after_min)), then)

    def holds() -> None:
        if waiting:
            waiting.clear()
            if when.idle_min is None:
                begin()
            else:
                (lulls or Lulls(kernel)).wait(place, when, begin)

    if when.at is not None:
        kernel.after(kernel.level.at_s(when.at), holds)
    elif when.told is None:
        holds()
    else:
        codes, test = test_of(kernel.view, when)
        for code in codes:
            kernel.watch(code, lambda event: holds() if waiting and test(event) else None)


def _seconds(minutes: float | None) -> int:
    return round((minutes or 0) * 60)


def test_of(view: View, when: Condition) -> tuple[tuple[str, ...], Test]:
    """The codes of the events that may bring a condition about, and whether one has, once the view has it; not for `idle_min`."""
    units = view.units
    if when.ordered is not None:
        return ("ordered",), partial(_is_order, tuple(when.ordered.split()))
    if when.done is not None:
        codes = _CODES.get(when.done, ("done",))
        return codes, partial(_is_stage, when)
    if when.lifted is not None:
        return ("lifting", "twin_lifting", "tipped"), partial(_is_lifted, units, when.train or "", when.lifted)
    if when.queue is not None:
        most = when.queue
        return ("offered",), lambda _: queue_of(view) >= most
    return ("refused", "mistake"), partial(_repeated, Counter(), when.repeats or 0)


def _is_stage(when: Condition, event: Event) -> bool:
    return event.args[0] == when.train and (event.code != "done" or event.args[1] == when.done)


def _is_lifted(units: Mapping[str, Unit], name: str, share: float, _event: Event) -> bool:
    train = units.get(name)
    return train is not None and train.total > 0 and train.left <= (1 - share) * train.total


def _is_order(words: tuple[str, ...], event: Event) -> bool:
    return tuple(str(event.args[1]).split()[: len(words)]) == words


def queue_of(view: View) -> int:
    """How many trains are offered and not accepted."""
    return sum(map(_queues, view.units.values()))


def _queues(unit: Unit) -> bool:
    return unit.offered_s is not None and unit.accepted is None and unit.arrived_s is None


def _repeated(said: Counter[tuple[object, ...]], times: int, event: Event) -> bool:
    key = (event.args[0],) if event.code == "mistake" else (str(event.args[1]).partition(" ")[0], event.args[2])
    said[key] += 1
    return said[key] >= times
