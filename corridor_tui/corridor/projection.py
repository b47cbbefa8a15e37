"""Where the trains on the line will be if nobody orders anything more: a projection from what the desks know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from corridor_tui.corridor.checks import line_route
from corridor_tui.corridor.network import Hop
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View


@dataclass(slots=True)
class Course:
    """A train on its way: its route, the place it has come to or runs from, and until when it is busy there."""

    unit: str
    route: tuple[str, ...]
    at: int
    free_s: int
    running: bool
    hops: tuple[Hop, ...]
    run_s: tuple[int, ...]
    times_s: list[int] = field(default_factory=list)
    """When it comes to each place of its route from `at` on."""


def courses(view: View) -> list[Course]:
    """The trains under way on lines with loops, as they are now."""
    found = []
    for unit in view.units.values():
        if unit.moving and unit.gone_s is None and len(route := line_route(view, unit)) > 2:
            course = _course(view, unit, route)
            if course is not None:
                found.append(course)
    return found


def _course(view: View, unit: Unit, route: tuple[str, ...]) -> Course | None:
    hops = tuple(view.network.hops(here, there, unit.gauge)[0] for here, there in pairwise(route))
    mass_t = view.mass_t(unit)
    run_s = tuple(hop.length_s(mass_t, view.now_s) for hop in hops)
    at, running = where(view, unit, route)
    if at is None:
        return None
    free_s = max(view.now_s, unit.entered_s + run_s[at]) if running and at < len(run_s) else view.now_s
    return Course(unit.id, route, at, free_s, running, hops, run_s)


def where(view: View, unit: Unit, route: tuple[str, ...]) -> tuple[int | None, bool]:
    """The index of the last place of its route that a train has come to, and whether it has set off from it again."""
    place = unit.place or ""
    if place in view.level.tracks:
        station = view.level.tracks[place][0].id
        return (route.index(station), False) if station in route else (None, False)
    if place in route:
        return route.index(place), False
    for index, (here, there) in enumerate(pairwise(route)):
        if any(place in hop.sections for hop in view.network.hops(here, there, unit.gauge)):
            return index, True
    return None, False


def project(view: View, trains: list[Course], meets: Mapping[tuple[str, str], str]) -> dict[str, int | None]:
    """When each train comes to the end of its route; None for those that would be caught in a knot.

    Who comes to its end of a section first goes first, unless it is to meet another in the loop it stands in: `meets` maps
    (train, loop) to that other.
    """
    line = _Line(view, trains, meets)
    return line.run()


class _Line:
    def __init__(self, view: View, trains: list[Course], meets: Mapping[tuple[str, str], str]) -> None:
        self._view = view
        self._meets = meets
        self._trains = {
            each.unit: Course(each.unit, each.route, each.at, each.free_s, each.running, each.hops, each.run_s)
            for each in trains
        }
        self._busy: dict[frozenset[str], str] = {}
        self._stands: dict[str, int] = {}
        self._room: dict[tuple[str, str], int] = {}
        self._been: dict[str, dict[str, None]] = {}
        self._queue: list[tuple[int, int, str]] = []
        self._waiting: dict[str, None] = {}
        self._turn = 0
        for each in self._trains.values():
            if each.running:
                self._busy[self._between(each)] = each.unit
                self._stands[each.route[each.at + 1]] = self._stands.get(each.route[each.at + 1], 0) + 1
            else:
                self._stands[each.route[each.at]] = self._stands.get(each.route[each.at], 0) + 1
                self._been.setdefault(each.route[each.at], {})[each.unit] = None
            self._push(each.free_s, each.unit)

    def _push(self, at_s: int, unit: str) -> None:
        self._turn += 1
        heappush(self._queue, (at_s, self._turn, unit))

    @staticmethod
    def _between(train: Course) -> frozenset[str]:
        return frozenset(train.route[train.at : train.at + 2])

    def _has_room(self, train: Course, place: str) -> bool:
        station = self._view.network.stations[place]
        if station.role != "loop":
            return True
        key = (train.unit, place)
        if key not in self._room:
            unit = self._view.units[train.unit]
            self._room[key] = sum(
                track.gauge == unit.gauge and track.length_m >= unit.length_m for track in station.tracks
            )
        return self._stands.get(place, 0) < self._room[key]

    def run(self) -> dict[str, int | None]:
        ends: dict[str, int | None] = dict.fromkeys(self._trains)
        while self._queue:
            now_s, _, name = heappop(self._queue)
            train = self._trains[name]
            if train.running:
                self._come(train)
                if train.at == len(train.route) - 1:
                    ends[name] = now_s
                    self._stands[train.route[train.at]] -= 1
                else:
                    self._waiting[name] = None
            else:
                self._waiting[name] = None
            for each in list(self._waiting):
                self._set_off(self._trains[each], now_s)
        return ends

    def _come(self, train: Course) -> None:
        del self._busy[self._between(train)]
        train.at, train.running = train.at + 1, False
        self._been.setdefault(train.route[train.at], {})[train.unit] = None

    def _set_off(self, train: Course, now_s: int) -> None:
        place, there = train.route[train.at], train.route[train.at + 1]
        other = self._meets.get((train.unit, place))
        if other in self._trains and other not in self._been.get(place, {}):
            return
        if self._between(train) in self._busy or not self._has_room(train, there):
            return
        del self._waiting[train.unit]
        self._busy[self._between(train)] = train.unit
        self._stands[there] = self._stands.get(there, 0) + 1
        self._stands[place] -= 1
        train.running = True
        self._push(max(train.hops[train.at].open_s(now_s), now_s) + train.run_s[train.at], train.unit)
