"""The schematic: both gauges, stations with their tracks, lines with their sections, cranes, stack and staff, from the level.

East is at the top and on the left, west at the bottom and on the right.
"""

from rich.cells import cell_len

from corridor_tui.corridor.chain import goes_over
from corridor_tui.corridor.state import Slots, Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import NP_, _
from corridor_tui.level.plant import RailLine, Station, Track
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.wording import word
from corridor_tui.tui.beyond import beyond
from corridor_tui.tui.rails import RAIL, UNLIT, Lit, arrow, line_row, loop_row, rail_of
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row
from corridor_tui.tui.runway import cranes
from corridor_tui.tui.staff import staff
from corridor_tui.tui.things import PLACE, TRACK
from corridor_tui.tui.throats import Throat, head_parts, leaves, signal_of, throats

USES = {
    "receiving": NP_("use of a track", "in"),
    "departure": NP_("use of a track", "out"),
    "crane": NP_("use of a track", "crane"),
    "storage": NP_("use of a track", "park"),
    "grain": NP_("use of a track", "silo"),
}
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
                rows.append(loop_row(view, station, behind, width))
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


def _neighbour(view: View, station: Station, width: int, lit: Lit, *, east: bool) -> Row:
    side = "◂ " if east else "▸ "
    look = "mark" if station.id in lit else "head"
    parts: list[Part] = [(side, "dim"), (f"{str(station.name).upper()} ", look, f"{PLACE}{station.id}")]
    slots = view.cuts.get(station.id)
    if slots is not None:
        parts.append((_(" {slots} until {at} ", slots=_slots(slots), at=told_clock(view, slots.until_s)), "warn"))
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


def _slots(slots: Slots) -> str:
    """How many more trains a neighbour takes."""
    caps = [
        f"{word(name)} {most}"
        for name, most in (("grain", slots.grain), ("containers", slots.containers))
        if most is not None
    ]
    return _("takes {trains} more", trains=slots.trains) + (f" ({', '.join(caps)})" if caps else "")


def _station(
    view: View, station: Station, width: int, lit: Lit, columns: list[list[Track]], *, brief: bool
) -> list[Row]:
    name = str(station.name).upper()
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
