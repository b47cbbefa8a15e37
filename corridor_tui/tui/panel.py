"""The schematic: both gauges, stations with their tracks, lines with their sections, cranes, stack and staff, from the level.

East is at the top and on the left, west at the bottom and on the right.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from rich.cells import cell_len

from corridor_tui.corridor.chain import departs_to, goes_over
from corridor_tui.corridor.state import Slots, Unit
from corridor_tui.corridor.view import WORKS, View
from corridor_tui.language import NP_, _
from corridor_tui.level.base import Gauge
from corridor_tui.level.plant import LineTrack, RailLine, Station, Track
from corridor_tui.session.wording import clock, word
from corridor_tui.tui.beyond import beyond
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row
from corridor_tui.tui.runway import UNBUILT, cranes
from corridor_tui.tui.staff import staff
from corridor_tui.tui.things import PLACE, TRACK
from corridor_tui.tui.throats import Throat, at_home_signal, head_parts, leaves, signal_of, throats

RAIL: dict[Gauge, str] = {1435: "─", 1520: "━"}
STYLE: dict[Gauge, str] = {1435: "narrow", 1520: "broad"}
USES = {
    "receiving": NP_("use of a track", "in"),
    "departure": NP_("use of a track", "out"),
    "crane": NP_("use of a track", "crane"),
    "storage": NP_("use of a track", "park"),
    "grain": NP_("use of a track", "silo"),
}
_NAME, _LEAST_NAME = 12, 8
"""The cells for the name of a loop, and those it gives no more of to the trains in it."""
_MANY = 6
"""How many tracks of a gauge stand in one column."""
_TOLD, _AT_WORK = 8, "▶"
"""From how many cells on the work on a train is told in words, if not all of them, and what stands for it where there are fewer."""
_COLUMN = 17
"""The least cells of a column of tracks where more columns than two of a gauge are made."""
_BARE = 2
"""The spans of a neighbour that has nothing to tell: its side and its name."""
_MORE = 4
"""The cells that it takes to say how many more there are."""
Lit: TypeAlias = frozenset[str]
UNLIT: Lit = frozenset()


def panel_rows(view: View, width: int, height: int, lit: Lit = UNLIT) -> list[Row]:
    """The whole corridor, east to west by kilometre; long stations fold into more columns where it is not high enough.

    `lit`: the tracks, sections, throats and neighbours of a route that is being chosen.
    """
    rows = _rows(view, width, lit)
    if len(rows) > height:
        rows = _rows(view, width, lit, folded=True)
    if len(rows) > height:
        rows = _rows(view, width, lit, folded=True, tight=True)
    if len(rows) > height and view.network.has_loops:
        rows = _rows(view, width, lit, folded=True, tight=True, brief=True)
    return rows


def least_lines(view: View, width: int) -> int:
    """How many lines the whole corridor takes at least, with all its tracks."""
    return len(_rows(view, width, UNLIT, folded=True, tight=True))


def _rows(
    view: View, width: int, lit: Lit, *, folded: bool = False, tight: bool = False, brief: bool = False
) -> list[Row]:
    """`tight`: a neighbour that has nothing to tell stands on the row of its line; `brief`: of a station only the gauges that
    somebody stands on, so that there is room for the line.
    """
    rows: list[Row] = []
    stations = sorted(view.level.stations, key=lambda station: (station.km, station.id))
    home_km = view.network.stations[view.level.terminal.station].km
    drawn: set[str] = set()
    seen: set[str] = set()
    for station in stations:
        lines = [line for line in lines_of(view, station) if line.id not in drawn]
        if station.role == "neighbour":
            east = station.km < home_km
            name = _neighbour(view, station, width, lit, east=east)
            ships = beyond(view, station, width)
            if tight and len(lines) == 1 and len(name.spans) == _BARE:
                here = [
                    line_row(view, lines[0], width, lit, [(span.text, span.style, span.key) for span in name.spans])
                ]
            else:
                ahead = [line_row(view, line, width, lit) for line in lines]
                here = [name, *ahead] if east else [*ahead, name]
            rows += [*ships, *here] if east else [*here, *ships]
            drawn.update(line.id for line in lines)
        else:
            behind = [line for line in lines if _ends(line) <= seen | {station.id}]
            drawn.update(line.id for line in behind)
            if station.role == "loop":
                rows.append(_loop(view, station, behind, width))
            else:
                rows += [line_row(view, line, width, lit) for line in behind]
                columns = _columns(station, folded=folded, most=width // _COLUMN if tight else 0)
                rows += _station(view, station, width, lit, columns, brief=brief)
        seen.add(station.id)
    return rows + staff(view, width)


def _ends(line: RailLine) -> set[str]:
    return {line.start.partition(".")[0], line.end.partition(".")[0]}


def lines_of(view: View, station: Station) -> list[RailLine]:
    """The lines that begin or end at a station."""
    return [line for line in view.level.lines if station.id in _ends(line)]


def arrow(view: View, unit: Unit) -> str:
    """Which way a unit is bound: ▸ west, ◂ east, blank where it has nowhere to go."""
    km = {station.id: station.km for station in view.level.stations}
    km |= {name: station.km for name, (station, _) in view.level.tracks.items()}
    goal = unit.to if unit.moving else departs_to(unit) or unit.exit
    start = unit.entry if unit.arrived_s is None else view.level.terminal.station
    if goal not in km or start not in km or km[goal] == km[start]:
        return ""
    return "▸" if km[goal] > km[start] else "◂"


def _neighbour(view: View, station: Station, width: int, lit: Lit, *, east: bool) -> Row:
    side = "◂ " if east else "▸ "
    look = "mark" if station.id in lit else "head"
    parts: list[Part] = [(side, "dim"), (f"{station.name.upper()} ", look, f"{PLACE}{station.id}")]
    slots = view.cuts.get(station.id)
    if slots is not None:
        parts.append(
            (_(" {slots} until {at} ", slots=_slots(slots), at=clock(view.level.start_s, slots.until_s)), "warn")
        )
    accepted, offered = _("accepted"), _("offered")
    told: list[Part] = [
        (
            f" {unit.id}{'!' if unit.waiting_at else ''} {accepted if unit.accepted else offered} ",
            "" if unit.accepted else "warn",
            unit.id,
        )
        for unit in view.units.values()
        if unit.place == station.id and unit.arrived_s is None and unit.gone_s is None and unit.offered_s is not None
    ]
    shown = next(
        (
            n
            for n in range(len(told), 0, -1)
            if cells_of([*parts, *told[:n]]) + (_MORE if n < len(told) else 0) <= width
        ),
        0,
    )
    more: list[Part] = [(f" +{len(told) - shown}", "warn")] if shown < len(told) else []
    return row(*parts, *told[:shown], *more)


def _loop(view: View, station: Station, behind: list[RailLine], width: int) -> Row:
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
    parts.append((f" {fit(station.name, names)}", "head"))
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
    until_s = view.network.shut_until(track, view.now_s)
    if until_s is None or section in view.holds:
        return []
    return [(fit(_("▒shut {at}▒", at=clock(view.level.start_s, until_s)), width - 1), "warn"), " "]


def _slowed(view: View, section: str, width: int) -> list[Part]:
    """A free stretch on which a speed restriction holds now, with the speed and the end of that; nothing where none does."""
    slow = view.network.slowest(section.partition("/")[0], view.now_s)
    if slow is None or section in view.holds:
        return []
    at = clock(view.level.start_s, slow.until_s)
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


def _slots(slots: Slots) -> str:
    """How many more trains a neighbour takes."""
    caps = [
        f"{word(name)} {most}"
        for name, most in (("grain", slots.grain), ("containers", slots.containers))
        if most is not None
    ]
    return _("takes {trains} more", trains=slots.trains) + (f" ({', '.join(caps)})" if caps else "")


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


_SIGNALS = (("○", "dim"), ("◐", "warn"), ("●", "warn"))
"""The aspects of the signals between two sections: both clear, one at stop, both at stop."""


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


def _station(
    view: View, station: Station, width: int, lit: Lit, columns: list[list[Track]], *, brief: bool
) -> list[Row]:
    name = station.name.upper()
    head: list[Part] = [(f"{fit(name, min(cell_len(name), max(12, width // 3)))} ", "head")]
    found = throats(view, station)
    head += head_parts(found, lit, width - cells_of(head))
    terminal = station.id == view.level.terminal.station
    if terminal:
        stack = _("  stack {teu}/{room} TEU", teu=view.stack_teu, room=view.level.terminal.room_teu)
        if view.machines_there:
            places = view.level.terminal.ground_places
            stack += _(", ground {used}/{all}", used=len(view.ground), all=places)
        head.append((stack, "dim"))
    plant = view.level.grain
    if plant is not None and station.id == plant.station:
        full = _(", FULL") if view.silo.full else ""
        told = _("  silo {tonnes:.0f}/{room:.0f} t", tonnes=view.silo.kg / 1_000, room=plant.storage_t)
        head.append((told + full, "warn" if full else "dim"))
    rows = [row(*head)]
    used = [gauge for gauge in RAIL if any(t.gauge == gauge and t.id in view.holds for t in station.tracks)]
    used += [unit.gauge for unit in view.units.values() if unit.offered_s is not None and unit.accepted is None]
    if terminal and (used or not brief):
        rows += cranes(view, width)
    if brief:
        columns = [column for column in columns if column[0].gauge in used]
    each = width // max(1, len(columns))
    for place in range(max((len(column) for column in columns), default=0)):
        parts: list[Part] = []
        for column in columns:
            parts += _track(view, column[place], found, each, lit) if place < len(column) else [(" " * each, "")]
        rows.append(row(*parts))
    return rows


def _columns(station: Station, *, folded: bool, most: int = 0) -> list[list[Track]]:
    """The tracks of a station, gauge by gauge, in columns: where they are folded two of one for many tracks, and as many as
    `most` in all where that takes fewer lines.
    """
    tracks = [[track for track in station.tracks if track.gauge == gauge] for gauge in RAIL]
    folds = [2 if folded and len(own) > _MANY else 1 for own in tracks]
    while sum(folds) < most:
        lines = [-(-len(own) // fold) for own, fold in zip(tracks, folds, strict=True)]
        if lines.count(max(lines)) > 1:
            break
        folds[lines.index(max(lines))] += 1
    return [
        own[start : start + lines]
        for own, fold in zip(tracks, folds, strict=True)
        for lines in [-(-len(own) // fold)]
        for start in range(0, len(own), max(1, lines))
    ]


def _track(view: View, track: Track, found: list[Throat], width: int, lit: Lit) -> list[Part]:
    rail, style = rail_of(view, track.id, track.gauge, lit)
    label = fit(track.id, max(4, min(9, cell_len(track.id) + 1)))
    room = width - cell_len(label) - 1
    unit = view.units.get(view.holds.get(track.id, ""))
    if unit is None:
        length = f" {track.length_m:.0f}"
        about = f" {_(USES[track.use])}{length}"
        about = about if cell_len(about) < room else length
        key = f"{TRACK}{track.id}"
        return [(label, style, key), (rail * max(1, room - cell_len(about)), style, key), (about, "dim", key), " "]
    signal = signal_of(view, found, unit, track.id)
    east, west = (signal if signal is not None and signal.east == side else None for side in (True, False))
    begins: Part = (rail, style, unit.id) if east is None else (east.sign, east.look, unit.id)
    ends: list[Part] = [" "] if west is None else [(west.sign, west.look, unit.id), " "]
    room -= len(ends) - 1
    if unit.place != track.id or unit.moving:
        behind = leaves(unit, track.id)
        does = _("{train} leaving", train=unit.id) if behind else _("{train} coming", train=unit.id)
        text = f"({does})"
        if cell_len(text) >= room:
            text = f"{unit.id}→" if behind else f"→{unit.id}"
        # from where it comes, or to where it leaves, its number stands
        text = fit(text, min(room - 1, cell_len(text)))
        rest = rail * (room - 1 - cell_len(text))
        told: list[Part] = [(text, "bold" if signal else style, unit.id), (rest, style, unit.id)]
        return [(label, style, unit.id), begins, *(told if west is None else told[::-1]), *ends]
    *names, busy = _occupant(view, unit)
    name = next((text for text in names if cell_len(text) < room), names[-1])
    name = f"{name} " if cell_len(name) < room - 1 else fit(name, max(1, room - 1))
    left = room - cell_len(name) - 1
    if cell_len(busy) > left and left < _TOLD:
        busy = _AT_WORK
    return [
        (label, style, unit.id),
        begins,
        (name, "train", unit.id),
        (fit(busy, left), "dim", unit.id),
        *ends,
    ]


def _occupant(view: View, unit: Unit) -> tuple[str, str, str]:
    """A train on a track: its number with its way and load, the same in fewer words, and the work being done on it."""
    way = arrow(view, unit)
    name = f"{'◆' if unit.loco == 'attached' else ''}{way if way == '◂' else ''}{unit.id}{way if way == '▸' else ''}"
    load = brief = f"{len(unit.fills) or len(unit.boxes)}" if unit.boxes else _("empty")
    if goes_over(unit) and unit.jobs.get("lift") and unit.left:
        load, brief = _("{boxes} left", boxes=unit.left), f"{unit.left}"
    busy = unit.busy()
    doing = "" if busy is None or busy in ("lift", "load") else word(busy)
    return f"{name} {load}", f"{name} {brief}", doing
