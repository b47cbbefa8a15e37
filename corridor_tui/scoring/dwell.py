"""Where a train's time went: one cause a second, so that waits and work together are its dwell."""

from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from corridor_tui.corridor.chain import load_left_s
from corridor_tui.corridor.view import View
from corridor_tui.corridor.waits import Cause, ToBeHad, Wait, Wanted, asked
from corridor_tui.level.base import Desk


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
    """The account of a load: what it waits for, since when, and what was before."""

    wait: Wait
    since_s: int
    spans: tuple[Span, ...] = ()

    def turn(self, wait: Wait, now_s: int) -> None:
        """Wait for something from a second on, if not already."""
        if wait != self.wait:
            self.spans = self.until(now_s)
            self.wait, self.since_s = wait, now_s

    def until(self, at_s: int) -> tuple[Span, ...]:
        """The spans as if the account ended at a second."""
        last = Span(self.wait.cause, self.wait.desk, self.since_s, at_s)
        return (*self.spans, last) if last.length_s > 0 else self.spans


@dataclass(slots=True)
class _Queue:
    """The loads that want the same, and what they wait for."""

    wait: Wait
    names: dict[str, None] = field(default_factory=dict)


class Dwells:
    """Follows every load from its offer, or the start of the shift, to its departure.

    Loads that want nothing but a track or a rake are asked together, until they are touched; the others one by one.
    """

    def __init__(self) -> None:
        self._to_ask: dict[str, None] = {}
        """The loads that were handed over, whose account is not closed, and that are in no queue."""
        self._queues: dict[Wanted, _Queue] = {}
        self._wanted: dict[str, Wanted] = {}
        """What each load in a queue wants."""
        self._touches = 0
        """How far the view had come at the last look."""
        self._latest = ""
        """The load that was handed over last."""
        self._running: dict[str, _Running] = {}
        self._done: dict[str, tuple[Span, ...]] = {}

    def look(self, view: View, now_s: int) -> None:
        """Note what every load waits for from `now_s` on."""
        self._hand_over(view)
        self._call_up(view)
        to_be_had = ToBeHad(view)
        for want, queue in self._queues.items():
            wait = to_be_had.wait(want)
            if wait is not queue.wait:
                queue.wait = wait
                for name in queue.names:
                    self._running[name].turn(wait, now_s)
        for name in list(self._to_ask):
            unit, running = view.units[name], self._running.get(name)
            if unit.offered_s is None:
                continue
            if running is not None and (departed := load_left_s(view, unit)) is not None:
                self._close(name, departed)
                continue
            found = asked(view, unit)
            wait = found if isinstance(found, Wait) else self._line_up(name, found, to_be_had)
            if running is None:
                self._running[name] = _Running(wait, max(0, now_s))
            elif wait is not running.wait:
                running.turn(wait, now_s)

    def _call_up(self, view: View) -> None:
        """Take out of the queues what was touched since the last look."""
        for name in view.touched_since(self._touches):
            if name in self._wanted:
                want = self._wanted.pop(name)
                queue = self._queues[want]
                del queue.names[name]
                if not queue.names:
                    del self._queues[want]
                self._to_ask[name] = None
        self._touches = view.touches

    def _line_up(self, name: str, want: Wanted, to_be_had: ToBeHad) -> Wait:
        """Put a load into the queue for what it wants; what is waited for there."""
        if want not in self._queues:
            self._queues[want] = _Queue(to_be_had.wait(want))
        queue = self._queues[want]
        queue.names[name] = None
        self._wanted[name] = want
        del self._to_ask[name]
        return queue.wait

    def _hand_over(self, view: View) -> None:
        """Open an account for every load that was handed over since: a year has many more that are gone."""
        fresh = list(takewhile(lambda name: name != self._latest, reversed(view.cargo)))
        self._to_ask.update(dict.fromkeys(name for name in reversed(fresh) if name not in self._done))
        self._latest = next(reversed(view.cargo), "")

    def _close(self, name: str, at_s: int) -> None:
        self._to_ask.pop(name, None)
        self._done[name] = self._running.pop(name).until(at_s)

    def settle(self, name: str) -> tuple[Span, ...]:
        """Hand a load's spans out once it is gone, and keep them no longer; none of what is no load."""
        self._to_ask.pop(name, None)
        return self._done.pop(name, ())

    def so_far(self, now_s: int) -> dict[str, tuple[Span, ...]]:
        """Every load's spans as if the account ended at `now_s`; it goes on."""
        return self._done | {name: running.until(now_s) for name, running in self._running.items()}

    def close(self, now_s: int) -> dict[str, tuple[Span, ...]]:
        """End the account at `now_s` and return every load's spans."""
        for name in list(self._running):
            self._close(name, now_s)
        return self._done


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
