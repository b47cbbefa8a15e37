"""Names in a level: each thing has its own, and what is named exists."""

import difflib
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from corridor_tui.level.model import Level
from corridor_tui.level.services import Service
from corridor_tui.level.traffic import Train

Fault: TypeAlias = tuple[tuple[str | int, ...], str]
"""A path into the file, and what is wrong there."""


def unique(level: Level) -> Iterator[Fault]:
    """Names that were given twice."""

    def listed(key: str, name: str, of: Iterable[object], *base: str | int) -> list[Fault]:
        return [((*base, key, i, name), str(getattr(item, name))) for i, item in enumerate(of)]

    tracks: list[Fault] = []
    throats: list[Fault] = []
    for i, station in enumerate(level.stations):
        tracks += listed("tracks", "id", station.tracks, "stations", i)
        throats += [(("stations", i, "throats", j), f"{station.id}.{name}") for j, name in enumerate(station.throats)]
    for i, line in enumerate(level.lines):
        tracks += listed("tracks", "id", line.tracks, "lines", i)
    criteria = () if level.customs.selectivity is None else level.customs.selectivity.criteria
    groups = [
        ("station", listed("stations", "id", level.stations)),
        ("throat", throats),
        ("track", tracks),
        ("line", listed("lines", "id", level.lines)),
        (
            "crane or machine",
            [
                *listed("cranes", "id", level.terminal.cranes, "terminal"),
                *listed("machines", "id", level.terminal.machines, "terminal"),
            ],
        ),
        ("block", listed("blocks", "id", level.terminal.blocks, "terminal")),
        ("wagon type", listed("wagons", "id", level.wagons)),
        ("train or rake", [*listed("trains", "number", level.trains), *listed("rakes", "id", level.rakes)]),
        ("service", listed("services", "id", level.services)),
        ("origin", listed("origins", "id", level.origins)),
        ("destination", listed("destinations", "id", level.destinations)),
        ("connection", listed("connections", "id", level.connections)),
        ("objective", listed("objectives", "id", level.objectives)),
        ("disruption", listed("disruptions", "id", level.disruptions)),
        ("hint", listed("hints", "id", level.hints)),
        ("rule of the day", listed("rules", "id", level.customs.rules, "customs")),
        ("criterion", listed("criteria", "id", criteria, "customs", "selectivity")),
        ("locomotive pool of gauge", listed("locomotives", "gauge", level.locomotives)),
    ]
    for what, items in groups:
        seen: set[str] = set()
        for path, name in items:
            if name in seen:
                yield path, f"there are two of the {what} `{name}`"
            seen.add(name)


def references(level: Level) -> Iterator[Fault]:
    """Names of things that do not exist."""
    neighbours = [station.id for station in level.stations if station.role == "neighbour"]
    yield from _plant(level)
    for i, train in enumerate(level.trains):
        path = ("trains", i)
        lorries = train.kind == "export"
        entries = [level.terminal.station] if lorries else neighbours
        yield from named((*path, "entry"), "terminal" if lorries else "neighbour", train.entry, entries)
        yield from named((*path, "exit"), "neighbour", train.exit, neighbours)
        yield from named((*path, "wagon"), "wagon type", train.wagon, level.wagon_types)
        yield from _onward(level, train, path)
        if train.standing is not None:
            yield from named((*path, "standing", "track"), "track", train.standing.track, level.tracks)
    for i, service in enumerate(level.services):
        path = ("services", i)
        yield from named((*path, "entry"), "neighbour", service.entry, neighbours)
        yield from named((*path, "exit"), "neighbour", service.exit, neighbours)
        yield from named((*path, "wagon"), "wagon type", service.wagon, level.wagon_types)
        yield from _onward(level, service, path)
    for i, destination in enumerate(level.destinations):
        for j, leg in enumerate(destination.legs):
            yield from named(("destinations", i, "legs", j, "by"), "connection", leg.by, level.route.connections)
    for i, rake in enumerate(level.rakes):
        yield from named(("rakes", i, "wagon"), "wagon type", rake.wagon, level.wagon_types)
        yield from named(("rakes", i, "track"), "track", rake.track, level.tracks)
        yield from named(("rakes", i, "park"), "neighbour", rake.park, neighbours)
        if (rake.track is None) == (rake.park is None):
            yield ("rakes", i), f"rake `{rake.id}` needs either a `track` it stands on or a `park` it is called from"
    for i, goal in enumerate(level.objectives):
        yield from named(("objectives", i, "train"), "train", goal.train, [train.number for train in level.trains])


def _onward(level: Level, train: Train | Service, path: tuple[str | int, ...]) -> Iterator[Fault]:
    yield from named((*path, "origin"), "origin", train.origin, level.route.origins)
    for j, to in enumerate(train.to):
        yield from named((*path, "to", j, "destination"), "destination", to.destination, level.route.destinations)


def _plant(level: Level) -> Iterator[Fault]:
    stations = {station.id: station for station in level.stations}
    throats = [f"{station.id}.{throat}" for station in level.stations for throat in station.throats]
    for i, line in enumerate(level.lines):
        yield from named(("lines", i, "start"), "station throat", line.start, throats)
        yield from named(("lines", i, "end"), "station throat", line.end, throats)
        for j, window in enumerate(line.windows):
            tracks = [track.id for track in line.tracks]
            yield from named(("lines", i, "windows", j, "track"), "track of this line", window.track, tracks)
        if line.start.partition(".")[0] == line.end.partition(".")[0]:
            yield ("lines", i, "end"), f"line `{line.id}` ends at the station where it starts"
    for i, station in enumerate(level.stations):
        if station.role != "neighbour" and not station.throats:
            yield ("stations", i), f"station `{station.id}` needs at least one throat"
    yield from named(("terminal", "station"), "station", level.terminal.station, stations)
    place = stations.get(level.terminal.station)
    if place is not None and place.role != "terminal":
        yield ("terminal", "station"), f"station `{place.id}` does not have the role `terminal`"


def named(path: tuple[str | int, ...], what: str, name: str | None, known: Iterable[str]) -> Iterator[Fault]:
    """A fault where a name is given that is not known, with the nearest one that is."""
    if name is not None and name not in known:
        close = difflib.get_close_matches(name[:200], list(known), n=1, cutoff=0.5)
        hint = f"; did you mean `{close[0]}`?" if close else ""
        yield path, f"there is no {what} `{name if len(name) <= 60 else name[:57] + '...'}`{hint}"
