"""What a line must mean: restrictions and windows that begin before they end, loops that trains can use, and fit into."""

from collections import deque
from collections.abc import Iterator

from corridor_tui.language import _
from corridor_tui.level.base import Gauge
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault
from corridor_tui.level.plant import RailLine, Slow, Window
from corridor_tui.level.traffic import Train


def ends(line: RailLine) -> tuple[str, str]:
    """The two stations of a line."""
    return line.start.partition(".")[0], line.end.partition(".")[0]


def beside(level: Level, place: str, gauge: Gauge) -> list[str]:
    """The stations one line of a gauge away."""
    found = []
    for line in level.lines:
        if any(track.gauge == gauge for track in line.tracks):
            start, end = ends(line)
            found += [end] if place == start else [start] if place == end else []
    return found


def lines(level: Level) -> Iterator[Fault]:
    """What is wrong with lines and loops."""
    for i, line in enumerate(level.lines):
        yield from _line(level, line, ("lines", i))
    yield from _turns(level)
    for i, station in enumerate(level.stations):
        if station.role != "loop":
            continue
        path = ("stations", i)
        if not station.tracks:
            yield path, _("loop `{station}` has no track", station=station.id)
        for j, track in enumerate(station.tracks):
            if track.use == "crane":
                yield (
                    (*path, "tracks", j, "use"),
                    _("track `{track}` is in a loop: no crane works there", track=track.id),
                )
            elif len(set(beside(level, station.id, track.gauge))) < 2:
                yield (
                    (*path, "tracks", j),
                    _(
                        "no {gauge} mm line leads through loop `{station}`: it needs two",
                        gauge=track.gauge,
                        station=station.id,
                    ),
                )


def _turns(level: Level) -> Iterator[Fault]:
    ours = {station.id for station in level.stations if station.role == "station"}
    for i, pool in enumerate(level.locomotives):
        if pool.turns and not pool.count:
            yield (
                ("locomotives", i, "count"),
                _("only locomotives of this pool run over the border, and it has none: at least 1"),
            )
        for j, turn in enumerate(pool.turns):
            known = any(station.id == turn.to for station in level.stations)
            if known and ours.isdisjoint(beside(level, turn.to, pool.gauge)):
                yield (
                    ("locomotives", i, "turns", j, "to"),
                    _(
                        "no line of {gauge} mm leads straight from `{place}` to a station: a locomotive could not come back",
                        gauge=pool.gauge,
                        place=turn.to,
                    ),
                )


def _line(level: Level, line: RailLine, path: tuple[str | int, ...]) -> Iterator[Fault]:
    if (line.heavy_t is None) != (line.heavy_kmh is None):
        yield path, _("line `{line}` needs both `heavy_t` and `heavy_kmh`, or neither", line=line.id)
    elif line.heavy_kmh is not None and line.heavy_kmh > line.speed_kmh:
        yield (
            (*path, "heavy_kmh"),
            _("heavy trains are not faster than the {speed_kmh:g} km/h of the line", speed_kmh=line.speed_kmh),
        )
    spells: tuple[tuple[str, tuple[Slow | Window, ...]], ...] = (("slow", line.slow), ("windows", line.windows))
    for key, spans in spells:
        for j, span in enumerate(spans):
            if level.at_s(span.start) >= level.at_s(span.until):
                yield (
                    (*path, key, j, "until"),
                    _(
                        "{until} is not after {start}, counted from the start of the shift at {begin}",
                        until=span.until,
                        start=span.start,
                        begin=level.shift.start,
                    ),
                )
    for j, slow in enumerate(line.slow):
        to_km = line.length_km if slow.to_km is None else slow.to_km
        if to_km > line.length_km:
            yield (
                (*path, "slow", j, "to_km"),
                _("line `{line}` is only {length_km:g} km long", line=line.id, length_km=line.length_km),
            )
        elif slow.from_km >= to_km:
            yield (
                (*path, "slow", j, "from_km"),
                _("the restriction begins at km {from_km:g} and ends at {to_km:g}", from_km=slow.from_km, to_km=to_km),
            )


def through_loops(level: Level, train: Train, gauge: Gauge, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Whether a train on its own wheels fits into every loop on its way in and out."""
    length_m = train.wagons * level.wagon_types[train.wagon].length_m
    neighbours = [train.entry] if train.standing is None else []
    if train.kind == "through" and train.exit is not None:
        neighbours.append(train.exit)
    seen: set[str] = set()
    for neighbour in neighbours:
        for place in _loops_from(level, neighbour, gauge):
            station = next(station for station in level.stations if station.id == place)
            if place not in seen and not any(t.gauge == gauge and t.length_m >= length_m for t in station.tracks):
                yield (
                    (*path, "wagons"),
                    _(
                        "`{train}` is {length_m:g} m long: no track of loop `{place}` takes it",
                        train=train.number,
                        length_m=length_m,
                        place=place,
                    ),
                )
            seen.add(place)


def _loops_from(level: Level, neighbour: str, gauge: Gauge) -> list[str]:
    """The loops between a neighbour and the first stations behind them."""
    roles = {station.id: station.role for station in level.stations}
    found: dict[str, None] = {}
    waiting = deque([neighbour])
    while waiting:
        for place in beside(level, waiting.popleft(), gauge):
            if roles[place] == "loop" and place not in found:
                found[place] = None
                waiting.append(place)
    return list(found)
