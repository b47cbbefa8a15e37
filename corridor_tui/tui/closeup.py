"""One station by itself: every track a line to scale, the train on it as long as it is, and the work on it with its end."""

from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.plant import RailLine, Station, Track
from corridor_tui.session.clocks import told_clock
from corridor_tui.session.wording import word
from corridor_tui.tui.ladder import Ladder
from corridor_tui.tui.panel import USES, lines_of
from corridor_tui.tui.rails import Lit, arrow, line_row, rail_of
from corridor_tui.tui.routes import blocked
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row
from corridor_tui.tui.runway import cranes
from corridor_tui.tui.staff import at_work, locomotives, staff
from corridor_tui.tui.things import TRACK
from corridor_tui.tui.throats import ahead, leaves, signal_of, throat_parts, throats

_LABEL, _TAIL, _NAME = 6, 15, 9
"""The cells for a track's name, for its use and its length, and for the name of the place that a line leads to."""


def closeup_rows(view: View, station: Station, width: int, lit: Lit) -> list[Row]:
    """The lines that lead here, the throats, every track, and the cranes where there are any."""
    rows = [
        line_row(view, line, width, lit, [(_label(view, line, station), "head")]) for line in lines_of(view, station)
    ]
    name = str(station.name).upper()
    rows.append(
        row((f"{fit(name, min(cell_len(name), width - 12))} ", "head"), (_("km {km:.0f} ", km=station.km), "dim"))
    )
    ladder = Ladder.of(throats(view, station), [(track.id, track.gauge) for track in station.tracks])
    yard = _Yard(view, ladder, width, max((track.length_m for track in station.tracks), default=1.0), lit)
    rows += _throat_rows(yard)
    for place, track in enumerate(station.tracks):
        rows += _track_rows(yard, track, place)
    if station.id == view.level.terminal.station:
        rows += [row(""), *cranes(view, width)]
    return [*rows, row(""), *staff(view, width), *at_work(view, width), *locomotives(view, width)]


def _label(view: View, line: RailLine, station: Station) -> str:
    """Where a line leads from a station."""
    other = next(end for end in (line.start, line.end) if end.partition(".")[0] != station.id).partition(".")[0]
    to = view.network.stations[other]
    return f" {'◂' if to.km < station.km else '▸'} {fit(str(to.name), _NAME)}"


@dataclass(frozen=True, slots=True)
class _Yard:
    """What the rows of a station's tracks have in common."""

    view: View
    ladder: Ladder
    width: int
    longest_m: float
    lit: Lit

    @property
    def most(self) -> int:
        """The cells of the longest track: what is left beside names, throats and the signals at both ends."""
        return max(10, self.width - _LABEL - _TAIL - self.ladder.columns - 2)


def _throat_rows(yard: _Yard) -> list[Row]:
    """Over its column of the ladder each throat with who has it, those of both sides beside each other where there is room."""
    ladder, rows = yard.ladder, []
    east = [throat_parts(throat, yard.lit) for throat in ladder.east]
    west = [throat_parts(throat, yard.lit) for throat in ladder.west]
    room = yard.most + 2
    pairs = list(zip_longest(east, west))
    if any(cells_of(one or ()) + cells_of(other or ()) > room for one, other in pairs):
        pairs = [*((one, None) for one in east), *((None, other) for other in west)]
    begun = {True: 0, False: 0}
    for one, other in pairs:
        for side, parts in ((True, one), (False, other)):
            begun[side] += parts is not None
        middle = [
            *(one or ()),
            " " * (room - cells_of(one or ()) - cells_of(other or ()) - (other is not None)),
            *(other or ()),
        ]
        opens = ladder.opening(begun[True], east=True, new=one is not None)
        ends = ladder.opening(begun[False], east=False, new=other is not None)
        rows.append(row(" " * _LABEL, *opens, *middle, " " if other is not None else "", *ends))
    return rows


def _track_rows(yard: _Yard, track: Track, place: int) -> list[Row]:
    view, ladder = yard.view, yard.ladder
    rail, style = rail_of(view, track.id, track.gauge, yard.lit)
    cells = max(8, round(yard.most * track.length_m / yard.longest_m))
    key = f"{TRACK}{track.id}"
    label: Part = (fit(track.id, _LABEL), style, key)
    tail: Part = (
        fit(_(" {use} {length:.0f} m", use=_(USES[track.use]), length=track.length_m), _TAIL),
        "dim",
        key,
    )
    unit = view.units.get(view.holds.get(track.id, ""))
    drawn = [(rail * cells, style, key)] if unit is None else _stands(yard, track, unit, cells)
    signal = None if unit is None else signal_of(view, ladder.throats, unit, track.id)
    lead = ladder.lead(place, yard.most - cells)
    east, west = (
        (signal.sign, signal.look) if signal is not None and signal.east == side else ladder.joint(place, east=side)
        for side in (True, False)
    )
    first = row(label, *ladder.rung(place, east=True), east, *drawn, west, lead, *ladder.rung(place, east=False), tail)
    work = "" if unit is None or unit.place != track.id or unit.moving else _work(view, unit)
    if unit is None or not work:
        return [first]
    under = (" " + fit(work, yard.most) + " ", "dim", unit.id)
    return [first, row(" " * _LABEL, *ladder.upright(place, east=True), under, *ladder.upright(place, east=False))]


def _stands(yard: _Yard, track: Track, unit: Unit, cells: int) -> list[Part]:
    """A track that somebody has, from end to end."""
    view = yard.view
    rail, style = rail_of(view, track.id, track.gauge, yard.lit)
    key = f"{TRACK}{track.id}"
    if unit.place != track.id or unit.moving:
        behind = leaves(unit, track.id)
        does = _("{train} is leaving", train=unit.id) if behind else _("{train} is coming", train=unit.id)
        text = f"( {does} )"
        text = fit(text, min(cells, cell_len(text)))
        signal = signal_of(view, yard.ladder.throats, unit, track.id)
        parts: list[Part] = [
            (text, "bold" if signal else "warn", unit.id),
            (rail * (cells - cell_len(text)), style, key),
        ]
        return parts if signal is None or signal.east else parts[::-1]
    long = min(cells, max(len(unit.id) + 4, round(cells * unit.length_m / track.length_m)))
    way = arrow(view, unit)
    name = f"{'◂' if way == '◂' else '['}{'◆' if unit.loco == 'attached' else ''}{unit.id} {_load(view, unit)}"
    body = fit(name, long - 1) + ("▸" if way == "▸" else "]")
    return [(body, "train", unit.id), (rail * (cells - long), style, key)]


def _load(view: View, unit: Unit) -> str:
    if not unit.boxes:
        return _("empty, {length:.0f} m", length=unit.length_m)
    if unit.jobs.get("lift") and unit.left and unit.kind == "container":
        return _("{boxes} left, {length:.0f} m", boxes=unit.left, length=unit.length_m)
    return _(
        "{boxes} loaded, {length:.0f} m, {mass:.0f} t",
        boxes=len(unit.boxes),
        length=unit.length_m,
        mass=view.mass_t(unit),
    )


def _work(view: View, unit: Unit) -> str:
    """What is being done on a train, and until when, or what it is held before."""
    parts = []
    if unit.waiting_at is not None:
        before = unit.waiting_at.rpartition(".")[2]
        what = next(iter(blocked(view, unit, ahead(view, unit))), "")
        told = _("! held before {throat}", throat=before)
        parts.append(f"{told}: {what}" if what else told)
    for task, job in unit.jobs.items():
        if job.progress == "done" or task in ("lift", "load"):
            continue
        sign = "…" if job.progress == "queued" else "▶"
        if job.expected_s is None:
            parts.append(f"{sign} {word(task)}")
        else:
            at = told_clock(view, job.expected_s)
            parts.append(_("{sign} {work} until ~{at}", sign=sign, work=word(task), at=at))
    if unit.loco == "called" and unit.loco_s is not None:
        parts.append(_("locomotive about {at}", at=told_clock(view, unit.loco_s)))
    return "   ".join(parts)
