"""Room and ways: tracks that are long enough, lines of the right gauge from where trains come to where they go."""

from collections import deque
from collections.abc import Iterator

from corridor_tui.language import NP_, _
from corridor_tui.level.base import Gauge
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault
from corridor_tui.level.railway import beside, through_loops
from corridor_tui.level.traffic import Rake, Train


def standing(level: Level) -> Iterator[Fault]:
    """Who stands where at the start: the right gauge, room, and one a track."""
    taken: dict[str, str] = {}
    there = [
        (("trains", i, "standing", "track"), t.number, t.standing.track, t.wagon, t.wagons)
        for i, t in enumerate(level.trains)
        if t.standing is not None
    ] + [
        (("rakes", i, "track"), r.id, r.track, r.wagon, r.wagons)
        for i, r in enumerate(level.rakes)
        if r.track is not None
    ]
    for path, name, track_id, wagon_id, wagons in there:
        if track_id not in level.tracks or wagon_id not in level.wagon_types:
            continue
        station, track = level.tracks[track_id]
        wagon = level.wagon_types[wagon_id]
        if station.role == "loop":
            yield (
                path,
                _(
                    "track `{track}` is in a loop; `{name}` must stand on a track of this desk",
                    track=track_id,
                    name=name,
                ),
            )
        elif station.role == "neighbour":
            yield (
                path,
                _(
                    "track `{track}` is the neighbour's; `{name}` must stand on a track of this desk",
                    track=track_id,
                    name=name,
                ),
            )
        if track.gauge != wagon.gauge:
            yield (
                path,
                _(
                    "track `{track}` is {gauge} mm, `{name}` runs on {of_wagon} mm",
                    track=track_id,
                    gauge=track.gauge,
                    name=name,
                    of_wagon=wagon.gauge,
                ),
            )
        if wagons * wagon.length_m > track.length_m:
            yield (
                path,
                _(
                    "track `{track}` has {length_m:g} m, `{name}` needs {needed_m:g} m",
                    track=track_id,
                    length_m=track.length_m,
                    name=name,
                    needed_m=wagons * wagon.length_m,
                ),
            )
        if track_id in taken:
            yield path, _("`{there}` already stands on track `{track}`", there=taken[track_id], track=track_id)
        taken[track_id] = name


def ways(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Whether a train can come in, go where its work is, and send its load out."""
    gauge = level.wagon_types[train.wagon].gauge
    terminal = level.terminal.station
    if train.kind == "export":
        if train.exit is not None and not reaches(level, terminal, train.exit, 1520):
            yield (*path, "exit"), _("no 1520 mm line leads from the terminal to `{exit}`", exit=train.exit)
        return
    if train.standing is None and not _entered(level, train.entry, gauge):
        yield (
            (*path, "entry"),
            _("no {gauge} mm line leads from `{entry}` to a station", gauge=gauge, entry=train.entry),
        )
        return
    if train.kind == "container":
        if train.standing is None and not reaches(level, train.entry, terminal, gauge):
            yield (
                (*path, "entry"),
                _("no {gauge} mm line leads from `{entry}` to the terminal", gauge=gauge, entry=train.entry),
            )
        if train.exit is not None and not reaches(level, terminal, train.exit, 1520):
            yield (*path, "exit"), _("no 1520 mm line leads from the terminal to `{exit}`", exit=train.exit)
    elif train.kind != "grain" and train.exit is not None and not reaches(level, train.entry, train.exit, gauge):
        yield (
            (*path, "exit"),
            _("no {gauge} mm line leads from `{entry}` to `{exit}`", gauge=gauge, entry=train.entry, exit=train.exit),
        )
    yield from _fits(level, train, gauge, path)
    yield from through_loops(level, train, gauge, path)


def rake(level: Level, item: Rake, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Whether a rake of broad-gauge empties is of any use: its park has a line to the cranes."""
    gauge = level.wagon_types[item.wagon].gauge
    if item.park is not None and not reaches(level, item.park, level.terminal.station, gauge):
        yield (*path, "park"), _("no {gauge} mm line leads from `{park}` to the terminal", gauge=gauge, park=item.park)


def _fits(level: Level, train: Train, gauge: Gauge, path: tuple[str | int, ...]) -> Iterator[Fault]:
    length_m = train.wagons * level.wagon_types[train.wagon].length_m
    places = []
    if train.standing is None:
        first = _entered(level, train.entry, gauge)
        places.append((NP_("fit", "a station track"), [t for s in level.stations if s.id in first for t in s.tracks]))
    if train.kind == "container":
        cranes = [t for s in level.stations if s.id == level.terminal.station for t in s.tracks if t.use == "crane"]
        places.append((NP_("fit", "a crane track"), cranes))
    for what, tracks in places:
        if not any(track.gauge == gauge and track.length_m >= length_m for track in tracks):
            yield (
                (*path, "wagons"),
                _(
                    "no {gauge} mm track is long enough: `{train}` needs {what} of {length_m:g} m",
                    gauge=gauge,
                    train=train.number,
                    what=_(what),
                    length_m=length_m,
                ),
            )


def _entered(level: Level, entry: str, gauge: Gauge) -> list[str]:
    """The stations where a train from a neighbour comes in; another neighbour is none."""
    roles = {station.id: station.role for station in level.stations}
    return [place for place in beside(level, entry, gauge) if roles[place] != "neighbour"]


def reaches(level: Level, start: str, end: str, gauge: Gauge) -> bool:
    """Whether lines of a gauge lead from one station to another, and not through a neighbour's."""
    through = {station.id for station in level.stations if station.role != "neighbour"} | {start}
    seen, waiting = {start}, deque([start])
    while waiting:
        place = waiting.popleft()
        if place == end:
            return True
        if place not in through:
            continue
        for there in beside(level, place, gauge):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False
