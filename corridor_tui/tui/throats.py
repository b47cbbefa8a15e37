"""The throats of a station as the panel draws them: who has each, the route set through it, and who is held before it."""

from dataclasses import dataclass

from corridor_tui.corridor.chain import departs_to
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Gauge
from corridor_tui.level.plant import RailLine, Station
from corridor_tui.tui.routes import way
from corridor_tui.tui.rows import Part, cells_of
from corridor_tui.tui.things import PLACE, TRACK

_MOST_HELD = 2
"""How many of those who are held before a throat are named; of more their number is told."""


@dataclass(frozen=True, slots=True)
class Throat:
    """`element`: as movements name it; `east`: whether it lies on that side; `gauges`: of the lines that lead to it, of
    all the station's tracks where none does. `tracks`: from which track of the station, and onto which, a route is set.
    """

    id: str
    element: str
    east: bool
    gauges: frozenset[Gauge]
    holder: Unit | None
    tracks: tuple[str | None, str | None]
    held: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal at the end of a track: on which side, its sign and its look."""

    east: bool
    sign: str
    look: str


def throats(view: View, station: Station) -> list[Throat]:
    """The throats of a station, as they are now."""
    leads = _leads(view, station)
    held: dict[str, list[Unit]] = {}
    for unit in view.units.values():
        if unit.waiting_at is not None and unit.waiting_at.partition(".")[0] == station.id:
            held.setdefault(unit.waiting_at, []).append(unit)
    found = []
    for name in station.throats:
        element = f"{station.id}.{name}"
        east, gauges = leads.get(name) or (True, frozenset(track.gauge for track in station.tracks))
        holder = view.units.get(view.holds.get(element, ""))
        ends = (None, None) if holder is None else _ends(view, station, holder)
        found.append(Throat(name, element, east, gauges, holder, ends, tuple(held.get(element, ()))))
    return found


def _leads(view: View, station: Station) -> dict[str, tuple[bool, frozenset[Gauge]]]:
    """For each throat that a line leads to: whether east, and on which gauges."""
    found: dict[str, tuple[bool, frozenset[Gauge]]] = {}
    for line in view.level.lines:
        for own, other in ((line.start, line.end), (line.end, line.start)):
            place, _dot, name = own.partition(".")
            if place == station.id:
                east, gauges = found.get(name, (True, frozenset[Gauge]()))
                east = east and view.network.stations[other.partition(".")[0]].km <= station.km
                found[name] = (east, gauges | {track.gauge for track in line.tracks})
    return found


def bound_for(unit: Unit) -> str | None:
    """The track, or the neighbour, to which a unit moves or is to move."""
    return unit.accepted or unit.to


def leaves(unit: Unit, track: str) -> bool:
    """Whether a unit that has a track, and does not stand on it, has it behind itself."""
    return bound_for(unit) != track


def _ends(view: View, station: Station, unit: Unit) -> tuple[str | None, str | None]:
    """From which track of a station, and onto which, a unit moves."""
    mine = [track.id for track in station.tracks if view.holds.get(track.id) == unit.id]
    goal = bound_for(unit)
    return next((track for track in mine if track != goal), None), goal if goal in mine else None


def head_parts(found: list[Throat], lit: frozenset[str], width: int) -> list[Part]:
    """Each throat with who has it, the route through it and who is held, as much of that as there is room for."""
    parts: list[Part] = []
    for brief in range(3):
        parts = [part for throat in found for part in throat_parts(throat, lit, brief=brief)]
        if cells_of(parts) <= width:
            return parts
    return parts


def throat_parts(throat: Throat, lit: frozenset[str], *, brief: int = 0) -> list[Part]:
    """One throat; `brief`: 0 tells all, 1 leaves the route out, 2 also who is held."""
    look = "mark" if throat.element in lit else "dim"
    if throat.holder is None:
        parts: list[Part] = [(f" {throat.id}", look), ("○", look)]
    else:
        origin, goal = throat.tracks
        told = f"{f' {origin}' if origin else ''}→{goal or ''}" if not brief and (origin or goal) else ""
        parts = [(f" {throat.id}", look), (f"●{throat.holder.id}{told}", "bold")]
    if throat.held and brief < 2:
        named = " ".join(f"!{unit.id}" for unit in throat.held[:_MOST_HELD])
        more = f" +{len(throat.held) - _MOST_HELD}" if len(throat.held) > _MOST_HELD else ""
        parts.append((f" {named}{more}", "warn"))
    return parts


def signal_of(view: View, found: list[Throat], unit: Unit, track: str) -> Signal | None:
    """The signal at the end of a track for the unit that has it: at stop where it is held, clear where its route is set,
    and which way one comes in; None where nothing is asked for.
    """
    goal = bound_for(unit)
    if goal == track:
        mine = next((throat for throat in found if throat.holder is unit), None)
        return None if mine is None else Signal(mine.east, "▸" if mine.east else "◂", "bold")
    if goal is None or unit.arrived_s is None:
        return None
    shunt = goal in view.level.tracks
    if unit.moving:
        mine = next((throat for throat in found if throat.holder is unit), None)
        return None if mine is None else Signal(mine.east, "□" if shunt else "○", "good")
    before = unit.waiting_at or next(iter(way(view, unit, f"{TRACK if shunt else PLACE}{goal}")), "")
    mine = next((throat for throat in found if throat.element == before), None)
    return None if mine is None else Signal(mine.east, "■" if shunt else "●", "warn" if unit.waiting_at else "dim")


def at_home_signal(view: View, line: RailLine, number: int, section: str | None) -> bool | None:
    """Whether the home signal at an end of a line is at stop: its throat is taken, or the train in the last section is
    held before it. None: there is none at that end.

    `number`: 1 at the line's start, else its end; `section`: the section before the signal.
    """
    end = line.start if number == 1 else line.end
    if view.network.stations[end.partition(".")[0]].role == "neighbour":
        return None
    if end in view.holds:
        return True
    unit = view.units.get(view.holds.get(section or "", ""))
    return unit is not None and unit.waiting_at == end


def ahead(view: View, unit: Unit) -> tuple[str, ...]:
    """The throat and the stretch, or the track, that come first on the way of a unit that is held."""
    goal = departs_to(unit) if unit.to is None else unit.to
    return way(view, unit, f"{TRACK if goal in view.level.tracks else PLACE}{goal}")[:2]
