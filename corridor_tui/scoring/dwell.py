"""Where a train's time went: one cause a second, so that waits and work together are its dwell."""

from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from corridor_tui.corridor.chain import load_left_s, stands_outside
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import Cause, Wait, waiting
from corridor_tui.level.base import Desk, Gauge


class Span(NamedTuple):
    """A stretch of seconds in which a load waited for one thing, or was worked on."""

    cause: Cause
    desk: Desk | None
    from_s: int
    to_s: int

    @property
    def length_s(self) -> int:
        """Its seconds."""
        return self.to_s - self.from_s


@dataclass(slots=True)
class _Running:
    wait: Wait
    since_s: int
    spans: list[Span] = field(default_factory=list)


_Alike: TypeAlias = tuple[str | None, Gauge, float]
"""Neighbour, gauge and length: trains outside that are alike in these wait for the same."""


class Dwells:
    """Follows every load from its offer, or the start of the shift, to its departure."""

    def __init__(self) -> None:
        self._here: dict[str, None] = {}
        """The loads that were handed over and whose account is not closed, in the order in which they were."""
        self._latest = ""
        """The load that was handed over last."""
        self._running: dict[str, _Running] = {}
        self._done: dict[str, tuple[Span, ...]] = {}

    def look(self, view: View, now_s: int) -> None:
        """Note what every load waits for from `now_s` on."""
        outside: dict[_Alike, Wait] = {}
        self._hand_over(view)
        for name in list(self._here):
            if (unit := view.units[name]).offered_s is None:
                continue
            running = self._running.get(name)
            if unit.arrived_s is None and stands_outside(unit):
                key = (unit.entry, unit.gauge, unit.length_m)
                if key not in outside:
                    outside[key] = waiting(view, unit)
                wait = outside[key]
            elif running is not None and (departed := load_left_s(view, unit)) is not None:
                self._close(name, departed)
                continue
            else:
                wait = waiting(view, unit)
            if running is None:
                self._running[name] = _Running(wait, max(0, now_s))
            elif wait is not running.wait and wait != running.wait:
                _end(running, now_s)
                running.wait, running.since_s = wait, now_s

    def _hand_over(self, view: View) -> None:
        """Open an account for every load that was handed over since: a year has many more that are gone."""
        fresh = list(takewhile(lambda name: name != self._latest, reversed(view.cargo)))
        self._here.update(dict.fromkeys(name for name in reversed(fresh) if name not in self._done))
        self._latest = next(reversed(view.cargo), "")

    def _close(self, name: str, at_s: int) -> None:
        self._here.pop(name, None)
        running = self._running.pop(name)
        _end(running, at_s)
        self._done[name] = tuple(running.spans)

    def settle(self, name: str) -> tuple[Span, ...]:
        """Hand a load's spans out once it is gone, and keep them no longer; none of what is no load."""
        self._here.pop(name, None)
        return self._done.pop(name, ())

    def so_far(self, now_s: int) -> dict[str, tuple[Span, ...]]:
        """Every load's spans as if the account ended at `now_s`; it goes on."""
        return self._done | {name: _until(running, now_s) for name, running in self._running.items()}

    def close(self, now_s: int) -> dict[str, tuple[Span, ...]]:
        """End the account at `now_s` and return every load's spans."""
        for name in list(self._running):
            self._close(name, now_s)
        return self._done


def _until(running: _Running, at_s: int) -> tuple[Span, ...]:
    last = Span(running.wait.cause, running.wait.desk, running.since_s, at_s)
    return (*running.spans, last) if last.length_s > 0 else tuple(running.spans)


def _end(running: _Running, at_s: int) -> None:
    running.spans[:] = _until(running, at_s)


def charge(spans: tuple[Span, ...], late_s: int) -> tuple[Span, ...]:
    """Which stretches made a load late: the waits that came after its slack was used up, and work for what is left.

    The seconds of the answer sum to `late_s`, or to the whole dwell where that is shorter.
    """
    waits = [span for span in spans if span.cause != "work"]
    slack = max(0, sum(span.length_s for span in waits) - late_s)
    charged: list[Span] = []
    for span in waits:
        spent = min(slack, span.length_s)
        slack -= spent
        if spent < span.length_s:
            charged.append(Span(span.cause, span.desk, span.from_s + spent, span.to_s))
    rest = late_s - sum(span.length_s for span in charged)
    for span in reversed([span for span in spans if span.cause == "work"]):
        if rest <= 0:
            break
        part = min(rest, span.length_s)
        charged.append(Span("work", None, span.to_s - part, span.to_s))
        rest -= part
    return tuple(charged)
