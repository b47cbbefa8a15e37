"""Conditions on which a level lets something happen: each is looked at when an event may have brought it about."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
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


def once(kernel: Kernel, when: Condition, then: Callable[[], None]) -> None:
    """Call `then` once, `after_min` after the condition first holds."""
    waiting = [True]

    def begin() -> None:
        if waiting:
            waiting.clear()
            kernel.after(max(1, round(when.after_min * 60)), then)

    if when.idle_min is not None:
        _idle(kernel, round(when.idle_min * 60), begin)
        return
    codes, test = test_of(kernel.view, when)
    for code in codes:
        kernel.watch(code, lambda event: begin() if waiting and test(event) else None)


def test_of(view: View, when: Condition) -> tuple[tuple[str, ...], Test]:
    """The codes of the events that may bring a condition about, and whether one has, once the view has it; not for `idle_min`."""
    units = view.units
    if when.ordered is not None:
        return ("ordered",), partial(_is_order, tuple(when.ordered.split()))
    if when.done is not None:
        codes = _CODES.get(when.done, ("done",))
        return codes, partial(_is_stage, when)
    if when.lifted is not None:
        train, share = units[when.train or ""], when.lifted
        return (
            "lifting",
            "twin_lifting",
            "tipped",
        ), lambda _: train.total > 0 and train.left <= (1 - share) * train.total
    if when.queue is not None:
        most = when.queue
        return ("offered",), lambda _: sum(map(_queues, units.values())) >= most
    return ("refused", "mistake"), partial(_repeated, Counter(), when.repeats or 0)


def _idle(kernel: Kernel, idle_s: int, begin: Callable[[], None]) -> None:
    last = [0]

    def look(since_s: int) -> None:
        if last[0] == since_s:
            begin()

    def ordered(event: Event) -> None:
        if event.args[0] == "instructor":
            return
        last[0] = event.t
        kernel.after(idle_s, partial(look, event.t))

    kernel.watch("ordered", ordered)
    kernel.after(idle_s, partial(look, 0))


def _is_stage(when: Condition, event: Event) -> bool:
    return event.args[0] == when.train and (event.code != "done" or event.args[1] == when.done)


def _is_order(words: tuple[str, ...], event: Event) -> bool:
    return tuple(str(event.args[1]).split()[: len(words)]) == words


def _queues(unit: Unit) -> bool:
    return unit.offered_s is not None and unit.accepted is None and unit.arrived_s is None


def _repeated(said: Counter[tuple[object, ...]], times: int, event: Event) -> bool:
    key = (event.args[0],) if event.code == "mistake" else (str(event.args[1]).partition(" ")[0], event.args[2])
    said[key] += 1
    return said[key] >= times
