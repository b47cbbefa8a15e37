"""What runs on the rails, as rows: lines with their sections and signals, loops with who stands in them."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from rich.cells import cell_len

from corridor_tui.corridor.chain import departs_to
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import WORKS, View
from corridor_tui.language import _
from corridor_tui.level.base import Gauge
from corridor_tui.level.plant import LineTrack, RailLine, Station
from corridor_tui.session.clocks import told_clock
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row
from corridor_tui.tui.runway import UNBUILT
from corridor_tui.tui.things import TRACK
from corridor_tui.tui.throats import at_home_signal

RAIL: dict[Gauge, str] = {1435: "─", 1520: "━"}
STYLE: dict[Gauge, str] = {1435: "narrow", 1520: "broad"}
_NAME, _LEAST_NAME = 12, 8
"""The cells for the name of a loop, and those it gives no more of to the trains in it."""
Lit: TypeAlias = frozenset[str]
UNLIT: Lit = frozenset()
_SIGNALS = (("○", "dim"), ("◐", "warn"), ("●", "warn"))
"""The aspects of the signals between two sections: both clear, one at stop, both at stop."""


def arrow(view: View, unit: Unit) -> str:
    """Which way a unit is bound: ▸ west, ◂ east, blank where it has nowhere to go."""
    km = {station.id: station.km for station in view.level.stations}
    km |= {name: station.km for name, (station, _) in view.level.tracks.items()}
    goal = unit.to if unit.moving else departs_to(unit) or unit.exit
    start = unit.entry if unit.arrived_s is None else view.level.terminal.station
    if goal not in km or start not in km or km[goal] == km[start]:
        return ""
    return "▸" if km[goal] > km[start] else "◂"


def loop_row(view: View, station: Station, behind: list[RailLine], width: int) -> Row:
    """One row for a loop: who is on the line before it, its name, and who stands on its tracks or has them ahead."""
    parts: list[Part] = [" "]
    sections = [(line, track, n) for line in behind for track in line.tracks for n in range(1, track.sections + 1)]
    for_line = max(width // 4, min(8 * len(sections), width // 2 - 12))
    each = max(3, for_line // max(1, len(sections)))
    for line, track, number in sections:
        section = f"{track.id}/{number}"
        parts[-1] = _signal(view, line, track, number)
        parts += _closed(view, section, each) or _slowed(view, section, each) or _held(view, section, each)
    names, rooms = _loop_rooms(view, station, width - for_line)
    parts.append((f" {fit(str(station.name), names)}", "head"))
    for place, room in zip(station.tracks, rooms, strict=True):
        key = view.holds.get(place.id) or TRACK + place.id
        parts.append((f"{place.id} ", STYLE[place.gauge], key))
        parts += _held(view, place.id, room - len(place.id) - 1, key)
    return row(*parts)


def _loop_rooms(view: View, station: Station, width: int) -> tuple[int, list[int]]:
    """The cells for the name of a loop and for each of its tracks: as many for each, but where a train's number would be cut."""
    holders = [view.units.get(view.holds.get(place.id, "")) for place in station.tracks]
    least: list[int] = []
    for signs in (2, 0):
        # what tells that a train is not on the track yet, or is held there, is left out before its number is cut
        least = [
            cell_len(place.id)
            + (4 if unit is None else cell_len(unit.id) + 3 + signs * (_state(unit, place.id) != "on"))
            for place, unit in zip(station.tracks, holders, strict=True)
        ]
        if width - _LEAST_NAME - 4 >= sum(least):
            break
    each = max(8, (width - _NAME - 4) // max(1, len(least)))
    if max(least, default=0) <= each:
        return _NAME, [each] * len(least)
    spare = width - _NAME - 4 - sum(least)
    return max(_LEAST_NAME, _NAME + min(0, spare)), [room + max(0, spare) // len(least) for room in least]


def _closed(view: View, section: str, width: int) -> list[Part]:
    """A stretch on which nothing may set off now, with the end of that; nothing where it is open or a train is still in it."""
    track = section.partition("/")[0]
    until_s = view.shut_until(track)
    if until_s is None or section in view.holds:
        return []
    return [(fit(_("▒shut {at}▒", at=told_clock(view, until_s)), width - 1), "warn"), " "]


def _slowed(view: View, section: str, width: int) -> list[Part]:
    """A free stretch on which a speed restriction holds now, with the speed and the end of that; nothing where none does."""
    slow = view.network.slowest(section.partition("/")[0], view.now_s)
    if slow is None or section in view.holds:
        return []
    at = told_clock(view, slow.until_s)
    told = (_("≈{kmh:g} km/h {at}≈", kmh=slow.kmh, at=at), _("≈{kmh:g} km/h≈", kmh=slow.kmh), f"≈{slow.kmh:g}≈")
    return [(fit(next((text for text in told if cell_len(text) < width), told[-1]), width - 1), "warn"), " "]


def _held(view: View, element: str, width: int, key: str = "") -> list[Part]:
    """A piece of track in the middle of which the unit stands that has it; `key`: what is chosen with it, if anything is."""
    unit = view.units.get(view.holds.get(element, ""))
    if unit is None:
        return [("─" * (width - 1), "dim", key), " "]
    state, way = _state(unit, element), arrow(view, unit)
    plain = f"{unit.id}{way}"
    names = {"off": [f"({plain})", f"({unit.id})"], "held": [f"{plain}!", f"{unit.id}!"], "on": []}[state]
    name = next((name for name in names if cell_len(name) < width), fit(plain, min(width - 1, cell_len(plain))))
    rest = width - 1 - cell_len(name)
    return [
        ("─" * (rest // 2), "dim", key),
        (name, "warn" if state == "held" else "bold", unit.id),
        ("─" * (rest - rest // 2), "dim", key),
        " ",
    ]


def _state(unit: Unit, element: str) -> Literal["on", "held", "off"]:
    """Whether a unit that has a piece of track is on it, is held at its end, or comes to it or leaves it."""
    if unit.place != element:
        return "off"
    return "held" if unit.waiting_at is not None else "on"


def line_row(view: View, line: RailLine, width: int, lit: Lit, label: Sequence[Part] = ()) -> Row:
    """One row for a line: all its tracks, each with its sections; `label`: what stands before them."""
    parts: list[Part] = [*label]
    each = max(10, (width - cells_of(label)) // max(1, len(line.tracks)))
    for track in line.tracks:
        parts.append((f" {track.gauge} ", STYLE[track.gauge]))
        room = each - 6
        cell = max(1, (room - track.sections - 1) // track.sections)
        for number in range(1, track.sections + 1):
            parts += [_signal(view, line, track, number), *_section(view, line, track, number, cell, lit)]
        parts.append(_signal(view, line, track, track.sections + 1))
    return row(*parts)


def _signal(view: View, line: RailLine, track: LineTrack, number: int) -> Part:
    """The signals before a section of a line and, for who comes the other way, before what lies behind it: at stop where
    somebody has that section or, at a station, where the throat is taken or a train is held before it. A track that is not
    built yet has none.
    """
    ahead = [f"{track.id}/{n}" for n in (number - 1, number) if 1 <= n <= track.sections]
    if all(view.holds.get(section) == WORKS for section in ahead):
        return UNBUILT, "dim"
    stops = [section in view.holds for section in ahead]
    if len(stops) == 1:
        last = f"{track.id}/{min(number, track.sections)}"
        home = at_home_signal(view, line, number, last)
        stops += [] if home is None else [home]
    return _SIGNALS[2 if all(stops) else int(any(stops))]


def rail_of(view: View, element: str, gauge: Gauge, lit: Lit) -> tuple[str, str]:
    """How a track or a section of a line is drawn, and in which style: one that is not built yet is only hinted at."""
    if view.holds.get(element) == WORKS:
        return UNBUILT, "dim"
    return RAIL[gauge], "mark" if element in lit else STYLE[gauge]


def _section(view: View, line: RailLine, track: LineTrack, number: int, width: int, lit: Lit) -> list[Part]:
    rail, style = rail_of(view, f"{track.id}/{number}", track.gauge, lit)
    holder = view.holds.get(f"{track.id}/{number}", "")
    unit = view.units.get(holder)
    if unit is None:
        light = _light_engine(view, holder)
        spare = max(0, width - cell_len(light))
        return [
            (rail * (spare // 2), style),
            (fit(light, min(width, cell_len(light))), "train"),
            (rail * (spare - spare // 2), style),
        ]
    way = arrow(view, unit)
    name = f"{unit.id}{way}" if way == "▸" else f"{way}{unit.id}"
    name = fit(f"{name}{'!' if unit.waiting_at else ''}", min(width, cell_len(name) + bool(unit.waiting_at)))
    spare = width - cell_len(name)
    run_s = line.length_km / line.speed_kmh * 3600
    gone = 0.5 if unit.eta_s is None else 1 - min(1.0, max(0.0, (unit.eta_s - view.now_s) / run_s))
    left = round(spare * (gone if way == "▸" else 1 - gone))
    return [(rail * left, "bold"), (name, "train", unit.id), (rail * (spare - left), "bold")]


def _light_engine(view: View, holder: str) -> str:
    """A locomotive that runs back without a train, with its way; nothing where the holder is none."""
    to = next((engine.to for engine in view.engines if engine.light and engine.id == holder), None)
    if to is None:
        return ""
    stations = view.network.stations
    home = next(place for place in stations.values() if place.role == "station")
    return f"◆{holder}▸" if stations[to].km < home.km else f"◂◆{holder}"
