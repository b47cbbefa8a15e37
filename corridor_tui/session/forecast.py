"""What lies ahead on the train graph: where each train comes when, who waits for whom, and what the timetable wants."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeAlias

from corridor_tui.corridor.chain import departs_to
from corridor_tui.corridor.projection import Course, Meets, Outcome, Pass, courses, project
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.session.traces import Axis

Points: TypeAlias = list[tuple[int, float]]
"""Seconds and kilometres, in the order of time."""
Kind: TypeAlias = Literal["meet", "clash", "shut", "knot"]
_SHORT_S = 60
"""A shorter wait is none: a throat is being passed."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A train stands ahead of us: where, from when until when (None: for good), for whom, and why.

    `meet`: as ordered; `clash`: two want the same stretch and nobody has said who goes first; `shut`: the stretch is closed;
    `knot`: all that are in it wait for nothing but each other.
    """

    kind: Kind
    unit: str
    rival: str | None
    place: str
    from_s: int
    until_s: int | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The lines ahead by train, the waits on them, and when each train comes to the end of its way (None: never)."""

    lines: dict[str, Points] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    ends: dict[str, int | None] = field(default_factory=dict)


def meets_of(view: View) -> dict[tuple[str, str], str]:
    """The meets that are ordered."""
    return {(unit.id, place): other for unit in view.units.values() for place, other in unit.meets.items()}


def forecast(view: View, axis: Axis) -> Forecast:
    """How it goes on if nobody orders anything more."""
    trains, meets = courses(view), meets_of(view)
    told = _told(axis, trains, project(view, trains, meets, told=True), meets)
    for unit in view.units.values():
        if unit.moving and unit.gone_s is None and unit.id not in told.lines and unit.eta_s is not None:
            km = axis.km.get(unit.to or "", axis.track_km.get(unit.to or ""))
            if km is not None:
                told.lines[unit.id] = [(max(unit.eta_s, view.now_s), km)]
                told.ends[unit.id] = unit.eta_s
    return told


def _told(axis: Axis, trains: list[Course], outcome: Outcome, meets: Meets) -> Forecast:
    passes = outcome.passes or []
    of: dict[str, list[Pass]] = {}
    for each in passes:
        of.setdefault(each.unit, []).append(each)
    lines: dict[str, Points] = {}
    legs: list[tuple[str, str, int]] = []
    for train in trains:
        own = of.get(train.unit, [])
        lines[train.unit] = [
            (second, axis.km[each.place]) for each in own for second in (each.came_s, each.off_s) if second is not None
        ]
        if train.running is not None and own:
            legs.append((train.unit, train.running, own[0].came_s))
        legs += [(here.unit, here.track, there.came_s) for here, there in pairwise(own) if here.track is not None]
    goals = {train.unit: train.route[-1] for train in trains}
    clashes = [
        clash for each in passes if each.place != goals[each.unit] and (clash := _clash(each, legs, meets)) is not None
    ]
    return Forecast(lines, clashes, dict(outcome.ends))


def _clash(each: Pass, legs: list[tuple[str, str, int]], meets: Meets) -> Clash | None:
    ordered = meets.get((each.unit, each.place))
    if each.off_s is None:
        return Clash("knot", each.unit, ordered, each.place, each.came_s, None)
    if each.off_s - each.came_s < _SHORT_S:
        return None
    ahead = [
        (end_s, unit)
        for unit, track, end_s in legs
        if track == each.track and unit != each.unit and each.came_s < end_s <= each.off_s
    ]
    rival = max(ahead)[1] if ahead else None
    kind: Kind = "meet" if ordered is not None else "shut" if rival is None else "clash"
    return Clash(kind, each.unit, ordered or rival, each.place, each.came_s, each.off_s)


def planned(view: View, axis: Axis, unit: Unit) -> list[Points]:
    """What the timetable, the neighbour and the booked path want of a train: its way in, and its way out."""
    ways = []
    if unit.arrived_s is None and not unit.moving and unit.entry is not None and unit.planned_s is not None:
        home = _home(view, unit.entry, unit.gauge, unit)
        if home is not None:
            ways.append(_run(view, axis, unit, (unit.entry, home), from_s=unit.advised_s or unit.planned_s))
    goal = unit.exit if unit.kind == "container" else departs_to(unit)
    left = unit.departed_s is not None and unit.due_there_s is None
    if goal is None or left or unit.gone_s is not None or (unit.kind == "container" and unit.partners):
        return ways
    home = _home(view, goal, 1520 if unit.kind == "container" else unit.gauge, unit)
    if home is None:
        return ways
    if unit.path_s is not None and unit.departed_s is None:
        ways.append(_run(view, axis, unit, (home, goal), from_s=unit.path_s))
    elif unit.due_there_s is not None:
        ways.append(_run(view, axis, unit, (home, goal), to_s=unit.due_there_s))
    elif unit.due_s is not None:
        ways.append(_run(view, axis, unit, (home, goal), from_s=unit.due_s))
    return [way for way in ways if way]


def _home(view: View, neighbour: str, gauge: Literal[1435, 1520], unit: Unit) -> str | None:
    """The station between which and a neighbour a train runs: where its track is, else the nearest one."""
    network = view.network
    if unit.accepted in network.station_of and unit.entry == neighbour:
        return network.station_of[unit.accepted]
    homes = [station for station in view.level.stations if station.role == "station"]
    ways = [network.route(neighbour, station.id, gauge) for station in homes]
    return min((way for way in ways if way), key=len, default=("",))[-1] or None


def _run(
    view: View, axis: Axis, unit: Unit, ends: tuple[str, str], *, from_s: int | None = None, to_s: int | None = None
) -> Points:
    """A run without stops that begins or ends at a second."""
    gauge: Literal[1435, 1520] = 1520 if unit.kind == "container" and ends[1] == unit.exit else unit.gauge
    route = view.network.route(*ends, gauge)
    mass_t, at_s = view.mass_t(unit), from_s if from_s is not None else to_s or 0
    times = [0]
    for here, there in pairwise(route):
        times.append(times[-1] + view.network.hops(here, there, gauge)[0].length_s(mass_t, at_s))
    shift = at_s if to_s is None else at_s - times[-1]
    return [(time + shift, axis.km[place]) for time, place in zip(times, route, strict=False)]
