"""One station by itself: every track a line to scale, the train on it as long as it is, and the work on it with its end."""

from rich.cells import cell_len

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.plant import RailLine, Station, Track
from corridor_tui.session.wording import clock, word
from corridor_tui.tui.panel import USES, Lit, arrow, line_row, lines_of, rail_of
from corridor_tui.tui.rows import Part, Row, fit, row
from corridor_tui.tui.runway import cranes
from corridor_tui.tui.staff import locomotives, staff
from corridor_tui.tui.things import TRACK

_LABEL, _TAIL, _NAME = 6, 15, 9
"""The cells for a track's name, for its use and its length, and for the name of the place that a line leads to."""


def closeup_rows(view: View, station: Station, width: int, lit: Lit) -> list[Row]:
    """The lines that lead here, the throats, every track, and the cranes where there are any."""
    rows = [line_row(view, line, width, lit, _label(view, line, station)) for line in lines_of(view, station)]
    name = station.name.upper()
    head: list[tuple[str, str] | tuple[str, str, str]] = [
        (f"{fit(name, min(cell_len(name), width - 12))} ", "head"), (_("km {km:.0f} ", km=station.km), "dim"),
    ]  # fmt: skip
    used = sum(cell_len(text) for text, *_look in head)
    for throat in station.throats:
        element = f"{station.id}.{throat}"
        holder = view.holds.get(element)
        look = "mark" if element in lit else "warn" if holder else "dim"
        text = f"  {throat} {'●' + holder if holder else '○'}"
        if used + cell_len(text) > width:
            rows.append(row(*head))
            head, used = [], 0
        head.append((text, look, holder or ""))
        used += cell_len(text)
    rows.append(row(*head))
    longest = max((track.length_m for track in station.tracks), default=1.0)
    for track in station.tracks:
        rows += _track_rows(view, track, longest, width, lit)
    if station.id == view.level.terminal.station:
        rows += [row(""), *cranes(view, width)]
    return [*rows, row(""), *staff(view, width), *locomotives(view, width)]


def _label(view: View, line: RailLine, station: Station) -> str:
    """Where a line leads from a station."""
    other = next(end for end in (line.start, line.end) if end.partition(".")[0] != station.id).partition(".")[0]
    to = view.network.stations[other]
    return f" {'◂' if to.km < station.km else '▸'} {fit(to.name, _NAME)}"


def _track_rows(view: View, track: Track, longest_m: float, width: int, lit: Lit) -> list[Row]:
    rail, style = rail_of(view, track.id, track.gauge, lit)
    most = max(10, width - _LABEL - _TAIL)
    cells = max(8, round(most * track.length_m / longest_m))
    tail: Part = (
        fit(_(" {use} {length:.0f} m", use=_(USES[track.use]), length=track.length_m), _TAIL),
        "dim",
        f"{TRACK}{track.id}",
    )
    label: Part = (fit(track.id, _LABEL), style, f"{TRACK}{track.id}")
    unit = view.units.get(view.holds.get(track.id, ""))
    blank: Part = " " * (most - cells)
    if unit is None:
        return [row(label, (rail * cells, style), blank, tail)]
    if unit.place != track.id or unit.moving:
        leaves = unit.place == track.id
        does = _("{train} is leaving", train=unit.id) if leaves else _("{train} is coming", train=unit.id)
        text = f"{rail}( {does} )"
        text = fit(text, min(cells, cell_len(text)))
        return [row(label, (text, "warn", unit.id), (rail * (cells - cell_len(text)), style), blank, tail)]
    long = min(cells, max(len(unit.id) + 4, round(cells * unit.length_m / track.length_m)))
    way = arrow(view, unit)
    name = f"{'◂' if way == '◂' else '['}{'◆' if unit.loco == 'attached' else ''}{unit.id} {_load(view, unit)}"
    body = fit(name, long - 1) + ("▸" if way == "▸" else "]")
    first = row(label, (body, "train", unit.id), (rail * (cells - long), style), blank, tail)
    work = _work(view, unit)
    return [first, row(" " * _LABEL, (fit(work, most), "dim", unit.id))] if work else [first]


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
    """What is being done on a train, and until when."""
    parts = []
    for task, job in unit.jobs.items():
        if job.progress == "done" or task in ("lift", "load"):
            continue
        sign = "…" if job.progress == "queued" else "▶"
        if job.expected_s is None:
            parts.append(f"{sign} {word(task)}")
        else:
            at = clock(view.level.start_s, job.expected_s)
            parts.append(_("{sign} {work} until {at}", sign=sign, work=word(task), at=at))
    if unit.loco == "called" and unit.loco_s is not None:
        parts.append(_("locomotive about {at}", at=clock(view.level.start_s, unit.loco_s)))
    return "   ".join(parts)
