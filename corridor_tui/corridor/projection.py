"""Where the trains on the line will be if nobody orders anything more: a projection from what the desks know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from typing import TypeAlias

from corridor_tui.corridor.checks_line import line_route, where
from corridor_tui.corridor.network import Hop
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View

Meets: TypeAlias = Mapping[tuple[str, str], str]
"""(train, loop) -> the train it is to wait for there."""


@dataclass(frozen=True, slots=True)
class Course:
    """A train on its way: its route, the line tracks of each stretch, and the tracks of each place it fits on.

    `at` is the index of the place it has come to or runs from; `free_s` when it stands there or has come to the next one,
    `taken` the track it stands on or runs to. `legs_s` are the seconds of each stretch: to get out, for having stopped, and
    to run and get in.
    """

    unit: str
    forward: bool
    route: tuple[str, ...]
    hops: tuple[tuple[Hop, ...], ...]
    fits: tuple[tuple[str, ...] | None, ...]
    legs_s: tuple[tuple[int, int, int], ...]
    mass_t: float
    at: int
    free_s: int
    running: str | None
    """The line track it is on, None where it stands."""
    taken: str | None


@dataclass(frozen=True, slots=True)
class Pass:
    """A train at a place of its route: when it comes there, when it goes on (None: never), and over which line track."""

    unit: str
    place: str
    came_s: int
    off_s: int | None
    track: str | None


@dataclass(slots=True)
class Outcome:
    """What a projection came to: when each train comes to the end of its route (None: caught), and its longer waits."""

    ends: dict[str, int | None]
    waits: list[tuple[str, str, int]] = field(default_factory=list)
    """Train, place and seconds of every wait in a loop."""
    passes: list[Pass] | None = None
    """Every train at every place it still comes to, in the order of time, where that is asked for."""


def courses(view: View) -> list[Course]:
    """The trains under way on lines with loops, as they are now, the first to have come first."""
    found = []
    for unit in view.units.values():
        if unit.moving and unit.gone_s is None and len(route := line_route(view, unit)) > 2:
            course = _course(view, unit, route)
            if course is not None:
                found.append((unit.entered_s, course))
    return [course for _, course in sorted(found, key=lambda item: item[0])]


def _course(view: View, unit: Unit, route: tuple[str, ...]) -> Course | None:
    network, gauge = view.network, unit.gauge
    at, running = where(view, unit, route)
    if at is None or at >= len(route) - 1:
        return None
    hops = tuple(view.hops(here, there, gauge) for here, there in pairwise(route))
    fits = tuple(view.room(place, gauge, unit.length_m) for place in route)
    mass_t, free_s, taken = view.mass_t(unit), view.now_s, None
    if running is not None:
        hop = next(hop for hop in hops[at] if hop.track == running)
        free_s = max(view.now_s, unit.entered_s + hop.length_s(mass_t, unit.entered_s))
        taken = next((track for track in fits[at + 1] or () if view.holds.get(track) == unit.id), None)
    elif fits[at] is not None:
        taken = unit.place
    forward = network.stations[route[0]].km < network.stations[route[-1]].km
    legs_s = tuple((hop[0].out_s, hop[0].stop_s, _run_s(hop[0], mass_t, view.now_s)) for hop in hops)
    return Course(unit.id, forward, route, hops, fits, legs_s, mass_t, at, free_s, running, taken)


def _run_s(hop: Hop, mass_t: float, at_s: int) -> int:
    return hop.all_s(mass_t, at_s) + hop.into_s


def project(view: View, trains: list[Course], meets: Meets, *, told: bool = False) -> Outcome:
    """When each train comes to the end of its route; where it is at what time on the way if it is to be `told`.

    Who has waited longest goes first where the way is free, unless it is to meet another in the loop it stands in. A line
    track is taken to hold one train at a time.
    """
    return _Line(view, trains, meets, told=told).run()


@dataclass(slots=True, eq=False)
class _Train:
    course: Course
    at: int
    track: str | None
    came_s: int
    line: str | None = None
    ahead: str | None = None


class _Line:
    """The line as it is worked: a copy of the corridor's rules on plain counters, without its throats."""

    def __init__(self, view: View, trains: list[Course], meets: Meets, *, told: bool) -> None:
        self._meets = meets
        self._now_s = view.now_s
        self._busy: dict[str, str] = {}
        self._stands: dict[str, str] = {}
        self._been: dict[tuple[str, str], bool] = {}
        self._trains: dict[str, _Train] = {}
        self._queue: list[tuple[int, int, str, bool]] = []
        self._waiting: list[_Train] = []
        self._turn = 0
        self._outcome = Outcome(dict.fromkeys(course.unit for course in trains), passes=[] if told else None)
        for course in trains:
            train = _Train(course, course.at, None, view.now_s, course.running)
            self._trains[course.unit] = train
            if course.taken is not None:
                self._stands[course.taken] = course.unit
            if course.running is not None:
                self._busy[course.running] = course.unit
                train.ahead = course.taken
            else:
                train.track = course.taken
            self._push(course.free_s, course.unit, comes=True)

    def _push(self, at_s: int, unit: str, *, comes: bool) -> None:
        self._turn += 1
        heappush(self._queue, (at_s, self._turn, unit, comes))

    def run(self) -> Outcome:
        while self._queue:
            self._now_s, _, name, comes = heappop(self._queue)
            train = self._trains.get(name)
            if train is not None and comes:
                self._come(train)
            for each in tuple(self._waiting):
                self._set_off(each)
        if (passes := self._outcome.passes) is not None:
            for train in self._waiting:
                passes.append(Pass(train.course.unit, train.course.route[train.at], train.came_s, None, None))
        return self._outcome

    def _come(self, train: _Train) -> None:
        course = train.course
        if train.line is not None:
            del self._busy[train.line]
            train.line, train.track, train.ahead = None, train.ahead, None
            train.at += 1
        if train.at == len(course.route) - 1:
            self._outcome.ends[course.unit] = self._now_s
            if self._outcome.passes is not None:
                self._outcome.passes.append(Pass(course.unit, course.route[-1], self._now_s, None, None))
            del self._trains[course.unit]
            return
        train.came_s = self._now_s
        self._been[(course.unit, course.route[train.at])] = True
        self._waiting.append(train)

    def _is_to_wait(self, train: _Train, place: str) -> bool:
        other = self._meets[(train.course.unit, place)]
        if other not in self._trains:
            return False
        met = self._trains[other]
        if place not in met.course.route or met.course.route.index(place) < met.course.at:
            return False
        if met.course.forward != train.course.forward:
            return (other, place) not in self._been and met.course.route.index(place) > met.at
        return met.course.route.index(place) >= met.at + (met.line is not None)

    def _set_off(self, train: _Train) -> None:
        course, at = train.course, train.at
        # by far the most that is asked of a projection, so that it is written out
        for hop in course.hops[at]:
            if hop.track not in self._busy:
                break
        else:
            return
        track: str | None = None
        fits = course.fits[at + 1]
        if fits is not None:
            for track in fits:
                if track not in self._stands:
                    break
            else:
                return
        if (course.unit, course.route[at]) in self._meets and self._is_to_wait(train, course.route[at]):
            return
        if hop.windows_s and (opens_s := hop.open_s(self._now_s)) > self._now_s:
            self._push(opens_s, course.unit, comes=False)
            return
        self._run(train, hop, track)

    def _run(self, train: _Train, hop: Hop, track: str | None) -> None:
        course, at = train.course, train.at
        self._waiting.remove(train)
        waited = self._now_s - train.came_s
        if waited:
            self._outcome.waits.append((course.unit, course.route[at], waited))
        if self._outcome.passes is not None:
            self._outcome.passes.append(Pass(course.unit, course.route[at], train.came_s, self._now_s, hop.track))
        self._busy[hop.track], train.line, train.ahead = course.unit, hop.track, track
        if track is not None:
            self._stands[track] = course.unit
        out_s, stop_s, run_s = course.legs_s[at]
        off_s = self._now_s + out_s + (stop_s if waited else 0)
        if hop.slow_s:
            run_s = _run_s(hop, course.mass_t, off_s)
        if train.track is not None:
            del self._stands[train.track]
        self._push(off_s + run_s, course.unit, comes=True)
