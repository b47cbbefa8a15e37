"""Who waits for whom in the loops of the line: meets that the desk has ordered, and knots that nothing will undo."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import simpy

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.network import Hop
from corridor_tui.corridor.view import View


class Option(NamedTuple):
    """One way to go on: all it takes at once, over which line track, and onto which track of the next loop.

    `onto` is the track of a station at which a train from the line ends its run.
    """

    elements: tuple[str, ...]
    hop: Hop | None = None
    track: str | None = None
    onto: str | None = None


@dataclass(slots=True, eq=False)
class Claim:
    """What a unit asks for: any of some options. `under_way`: it has started and goes before those that have not.

    `option` is the one that it was given at once; else it comes with `granted`, or nothing does where the claim is taken back.
    """

    unit: str
    options: tuple[Option, ...]
    under_way: bool
    option: Option | None = None
    granted: simpy.Event | None = None

    def waits(self) -> simpy.Event:
        """What to wait for where it was not given one at once."""
        assert self.granted is not None
        return self.granted


class Meets:
    """The meets ordered by the desk: a train waits in a loop until another has come there, or has passed it."""

    def __init__(self, kernel: Kernel, look: Callable[[], None]) -> None:
        self._kernel = kernel
        self._look = look
        self._been: dict[tuple[str, str], str] = {}
        self._events: dict[str, simpy.Event] = {}
        self.waiting: dict[str, str] = {}
        """Trains that wait in a loop for another, and for which."""

    def came(self, unit: str, place: str) -> None:
        """A train has come into a loop."""
        self._been[(unit, place)] = "here"
        self._free(place)

    def left(self, unit: str, place: str) -> None:
        """A train has left a loop."""
        self._been[(unit, place)] = "left"
        self._free(place)

    def let_go(self, unit: str) -> None:
        """Let go of where a train has been."""
        for key in [key for key in self._been if key[0] == unit]:
            del self._been[key]

    def _free(self, place: str) -> None:
        for unit, other in list(self.waiting.items()):
            if self._over(unit, other, place):
                self.wake(unit)

    def _over(self, unit: str, other: str, place: str) -> bool:
        """Whether the other has come, if it runs the other way, or has gone ahead, if it runs the same way."""
        units = self._kernel.view.units
        if other not in units:
            return True
        same = units[unit].to == units[other].to or units[unit].exit == units[other].exit
        been = self._been.get((other, place))
        return been == "left" or (been == "here" and not same) or units[other].gone_s is not None

    def wake(self, unit: str) -> None:
        """Let a train look anew whether it still has to wait."""
        if unit in self._events:
            self._events.pop(unit).succeed()

    def wait(self, unit: str, place: str) -> Generator[simpy.Event, object, None]:
        """Wait in a loop for whom it is to meet there."""
        view = self._kernel.view
        while (other := view.units[unit].meets.get(place)) is not None and not self._over(unit, other, place):
            if self.waiting.get(unit) != other:
                self._kernel.emit("signal", unit, place)
            self.waiting[unit] = other
            self._events[unit] = self._kernel.env.event()
            self._look()
            yield self._events[unit]
            if view.units[unit].backing:
                break
        self.waiting.pop(unit, None)


def knot(view: View, claims: Mapping[str, Claim], meets: Mapping[str, str]) -> tuple[str, ...]:
    """The trains that wait for nothing but each other.

    Whoever does not wait will go on some day and free what it holds; a train that could then have one of its options will
    go on too; who is left when nobody more can be helped is caught. What is not built helps nobody.
    """
    stuck = dict.fromkeys((*claims, *meets))
    helped = True
    while helped:
        helped = False
        for unit in list(stuck):
            if _can_go(view, unit, claims, meets, stuck):
                del stuck[unit]
                helped = True
    return tuple(stuck)


def _can_go(
    view: View, unit: str, claims: Mapping[str, Claim], meets: Mapping[str, str], stuck: Mapping[str, None]
) -> bool:
    if unit in meets:
        return meets[unit] not in stuck
    return any(
        all(
            view.holds.get(element, unit) == unit or (view.holds[element] not in stuck and view.stands(element))
            for element in option.elements
        )
        for option in claims[unit].options
    )
