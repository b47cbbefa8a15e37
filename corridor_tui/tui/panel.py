"""The schematic: both gauges, stations with their tracks, lines with their sections, cranes and stack, from the level."""

from corridor_tui.corridor.state import Crane, Unit
from corridor_tui.corridor.view import View
from corridor_tui.level.base import Gauge
from corridor_tui.level.plant import RailLine, Station, Track
from corridor_tui.tui.rows import Row, fit, row

_RAIL: dict[Gauge, str] = {1435: "─", 1520: "━"}
_STYLE: dict[Gauge, str] = {1435: "narrow", 1520: "broad"}


def panel_rows(view: View, width: int) -> list[Row]:
    """The whole corridor, east to west by kilometre."""
    rows: list[Row] = []
    stations = sorted(view.level.stations, key=lambda station: (station.km, station.id))
    for station in stations:
        if station.role == "neighbour":
            rows += _neighbour(view, station, width)
        else:
            rows += _station(view, station, width)
    return rows


def _lines_of(view: View, station: Station) -> list[RailLine]:
    return [
        line for line in view.level.lines if station.id in (line.start.partition(".")[0], line.end.partition(".")[0])
    ]


def _neighbour(view: View, station: Station, width: int) -> list[Row]:
    waiting = [unit for unit in view.units.values() if unit.place == station.id and unit.arrived_s is None]
    names = " ".join(f"{unit.id}{'✓' if unit.accepted else '?'}" for unit in waiting)
    rows = [row((f"{station.name.upper()} ", "head"), ("offers " + names if names else "", "warn"))]
    return rows + [_line(view, line, width) for line in _lines_of(view, station)]


def _line(view: View, line: RailLine, width: int) -> Row:
    parts: list[str | tuple[str, str]] = []
    tracks = line.tracks
    room = max(16, width // max(1, len(tracks)) - 1)
    for track in tracks:
        rail, style = _RAIL[track.gauge], _STYLE[track.gauge]
        label = f" {track.gauge} "
        each = max(5, (room - len(label)) // track.sections - 1)
        parts.append((label, style))
        for number in range(1, track.sections + 1):
            unit = view.units.get(view.holds.get(f"{track.id}/{number}", ""))
            parts.append(("┤" if number > 1 else "╶", style))
            if unit is None:
                parts.append((rail * each, style))
            else:
                name = f"{_arrow(view, unit)}{unit.id}{'!' if unit.waiting_at else ''}"
                parts.append((fit(name, each), "train"))
    return row(*parts)


def _arrow(view: View, unit: Unit) -> str:
    """Which way a unit moves: east is up the page, towards the smaller kilometre."""
    goal = unit.to or ""
    station = view.level.tracks[goal][0] if goal in view.level.tracks else None
    km = {place.id: place.km for place in view.level.stations}
    end = km.get(station.id if station else goal, 0.0)
    start = km.get(unit.entry or "", 0.0) if unit.arrived_s is None else km.get(view.level.terminal.station, 0.0)
    return "▲" if end < start else "▼"


def _station(view: View, station: Station, width: int) -> list[Row]:
    throats = []
    for throat in station.throats:
        holder = view.holds.get(f"{station.id}.{throat}")
        throats.append(f"{throat}:{holder}" if holder else f"{throat}○")
    head: list[str | tuple[str, str]] = [(f"{station.name.upper()} ", "head"), (" ".join(throats), "dim")]
    terminal = station.id == view.level.terminal.station
    if terminal:
        head.append((f"  stack {view.stack_teu} TEU", ""))
    rows = [row(*head)]
    columns = [[track for track in station.tracks if track.gauge == gauge] for gauge in (1435, 1520)]
    half = max(20, width // 2)
    for place in range(max(len(column) for column in columns)):
        parts: list[str | tuple[str, str]] = []
        for column in columns:
            parts += _track(view, column[place], half) if place < len(column) else [(" " * half, "")]
        rows.append(row(*parts))
    if terminal:
        rows += _cranes(view, width)
        rows += [_line(view, line, width) for line in _lines_of(view, station)]
    return rows


_USES = {"receiving": "r", "departure": "d", "crane": "c", "storage": "s"}


def _track(view: View, track: Track, width: int) -> list[str | tuple[str, str]]:
    rail, style = _RAIL[track.gauge], _STYLE[track.gauge]
    label = fit(f" {track.id}{_USES[track.use]}", 6)
    unit = view.units.get(view.holds.get(track.id, ""))
    room = width - len(label) - 1
    if unit is None:
        length = f"{track.length_m:.0f}"
        return [(label, style), (rail * (room - len(length) - 1), style), (f" {length} ", "dim")]
    if unit.place != track.id or unit.moving:
        text = f"{rail * 2}({unit.id}{'' if unit.place == track.id else ' due'})"
        return [(label, style), (fit(text, room) + " ", style)]
    return [(label, style), (f"{rail}", style), (fit(_occupant(unit), room - 1) + " ", "train")]


def _occupant(unit: Unit) -> str:
    loco = "◆" if unit.loco == "attached" else ""
    what = ""
    if unit.kind == "container" and "lift" in unit.jobs:
        what = f" {unit.left} to lift" if unit.left else " empty"
    elif unit.kind in ("rake", "empties"):
        what = f" {len(unit.boxes)} on" if unit.boxes else " empty"
    elif unit.boxes:
        what = f" {len(unit.boxes)}"
    busy = unit.busy()
    doing = f" {busy}" if busy and busy not in ("lift", "load") else ""
    return f"[{loco}{unit.id}{what}]{doing}"


def _cranes(view: View, width: int) -> list[Row]:
    """The runway with every crane where it stands, and what each is doing."""
    longest = max((track.length_m for _, track in view.level.tracks.values() if track.use == "crane"), default=1.0)
    runway = ["·"] * max(10, width - 1)
    for place, crane in enumerate(view.cranes.values()):
        column = min(len(runway) - 1, int(crane.at_m / longest * (len(runway) - 1)))
        runway[min(len(runway) - 1, max(column, place * 2))] = "╦" if crane.box else "┬"
    each = max(14, width // max(1, len(view.cranes)))
    return [row(("".join(runway), "dim")), row(*((fit(_crane(crane), each), "") for crane in view.cranes.values()))]


def _crane(crane: Crane) -> str:
    if crane.box is not None:
        return f" {crane.id}╦{crane.box[4:]}→{crane.dest}"
    if crane.train is None:
        return f" {crane.id}┬free"
    return f" {crane.id}┬{crane.train}{' blocked' if crane.blocked else ''}"
