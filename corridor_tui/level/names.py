"""Names in a level: each thing has its own, and what is named exists."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from corridor_tui.language import NP_, _
from corridor_tui.level.model import Level
from corridor_tui.level.services import Service
from corridor_tui.level.traffic import Train
from corridor_tui.level.wording import meant

Fault: TypeAlias = tuple[tuple[str | int, ...], str]
"""A path into the file, and what is wrong there."""
_ALIKE = 0.5
"""Names are short: half of one is near enough."""


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
        (NP_("named", "station"), listed("stations", "id", level.stations)),
        (NP_("named", "throat"), throats),
        (NP_("named", "track"), tracks),
        (NP_("named", "line"), listed("lines", "id", level.lines)),
        (
            NP_("named", "crane or machine"),
            [
                *listed("cranes", "id", level.terminal.cranes, "terminal"),
                *listed("machines", "id", level.terminal.machines, "terminal"),
            ],
        ),
        (NP_("named", "block"), listed("blocks", "id", level.terminal.blocks, "terminal")),
        (NP_("named", "wagon type"), listed("wagons", "id", level.wagons)),
        (
            NP_("named", "train or rake"),
            [
                *listed("trains", "number", level.trains),
                *((("rakes", i, "id"), name) for i, rake in enumerate(level.rakes) for name in rake.names),
            ],
        ),
        (NP_("named", "service"), listed("services", "id", level.services)),
        (NP_("named", "origin"), listed("origins", "id", level.origins)),
        (NP_("named", "destination"), listed("destinations", "id", level.destinations)),
        (NP_("named", "connection"), listed("connections", "id", level.connections)),
        (NP_("named", "objective"), listed("objectives", "id", level.objectives)),
        (NP_("named", "disruption"), listed("disruptions", "id", level.disruptions)),
        (NP_("named", "hint"), listed("hints", "id", level.hints)),
        (NP_("named", "rule of the day"), listed("rules", "id", level.customs.rules, "customs")),
        (NP_("named", "sign of risk"), listed("signs", "id", level.customs.signs, "customs")),
        (NP_("named", "criterion"), listed("criteria", "id", criteria, "customs", "selectivity")),
        (NP_("named", "locomotive pool of gauge"), listed("locomotives", "gauge", level.locomotives)),
    ]
    for what, items in groups:
        seen: set[str] = set()
        told: list[tuple[str | int, ...]] = []
        for path, name in items:
            if name in seen and path not in told:
                told.append(path)
                yield path, twice(what, name)
            seen.add(name)


def references(level: Level) -> Iterator[Fault]:
    """Names of things that do not exist."""
    neighbours = [station.id for station in level.stations if station.role == "neighbour"]
    yield from _plant(level)
    for i, train in enumerate(level.trains):
        path = ("trains", i)
        lorries = train.kind == "export"
        entries = [level.terminal.station] if lorries else neighbours
        yield from named(
            (*path, "entry"), NP_("named", "terminal") if lorries else NP_("named", "neighbour"), train.entry, entries
        )
        yield from named((*path, "exit"), NP_("named", "neighbour"), train.exit, neighbours)
        yield from named((*path, "wagon"), NP_("named", "wagon type"), train.wagon, level.wagon_types)
        yield from _onward(level, train, path)
        if train.standing is not None:
            yield from named((*path, "standing", "track"), NP_("named", "track"), train.standing.track, level.tracks)
    for i, service in enumerate(level.services):
        path = ("services", i)
        yield from named((*path, "entry"), NP_("named", "neighbour"), service.entry, neighbours)
        yield from named((*path, "exit"), NP_("named", "neighbour"), service.exit, neighbours)
        yield from named((*path, "wagon"), NP_("named", "wagon type"), service.wagon, level.wagon_types)
        yield from _onward(level, service, path)
    for i, destination in enumerate(level.destinations):
        for j, leg in enumerate(destination.legs):
            yield from named(
                ("destinations", i, "legs", j, "by"), NP_("named", "connection"), leg.by, level.route.connections
            )
    for i, rake in enumerate(level.rakes):
        yield from named(("rakes", i, "wagon"), NP_("named", "wagon type"), rake.wagon, level.wagon_types)
        yield from named(("rakes", i, "track"), NP_("named", "track"), rake.track, level.tracks)
        yield from named(("rakes", i, "park"), NP_("named", "neighbour"), rake.park, neighbours)
        if (rake.track is None) == (rake.park is None):
            yield (
                ("rakes", i),
                _("rake `{rake}` needs either a `track` it stands on or a `park` it is called from", rake=rake.id),
            )
        elif rake.track is not None and rake.count > 1:
            yield (
                ("rakes", i, "count"),
                _(
                    "only one rake can stand on track `{track}`: name the `park` that the {count} are called from",
                    track=rake.track,
                    count=rake.count,
                ),
            )
    for i, goal in enumerate(level.objectives):
        yield from named(
            ("objectives", i, "train"), NP_("named", "train"), goal.train, [train.number for train in level.trains]
        )


def _onward(level: Level, train: Train | Service, path: tuple[str | int, ...]) -> Iterator[Fault]:
    yield from named((*path, "origin"), NP_("named", "origin"), train.origin, level.route.origins)
    for j, to in enumerate(train.to):
        yield from named(
            (*path, "to", j, "destination"), NP_("named", "destination"), to.destination, level.route.destinations
        )


def _plant(level: Level) -> Iterator[Fault]:
    stations = {station.id: station for station in level.stations}
    throats = [f"{station.id}.{throat}" for station in level.stations for throat in station.throats]
    for i, line in enumerate(level.lines):
        yield from named(("lines", i, "start"), NP_("named", "station throat"), line.start, throats)
        yield from named(("lines", i, "end"), NP_("named", "station throat"), line.end, throats)
        for j, window in enumerate(line.windows):
            tracks = [track.id for track in line.tracks]
            yield from named(
                ("lines", i, "windows", j, "track"), NP_("named", "track of this line"), window.track, tracks
            )
        if line.start.partition(".")[0] == line.end.partition(".")[0]:
            yield ("lines", i, "end"), _("line `{line}` ends at the station where it starts", line=line.id)
    for i, station in enumerate(level.stations):
        if station.role != "neighbour" and not station.throats:
            yield ("stations", i), _("station `{station}` needs at least one throat", station=station.id)
    neighbours = [station.id for station in level.stations if station.role == "neighbour"]
    for i, pool in enumerate(level.locomotives):
        for j, turn in enumerate(pool.turns):
            yield from named(("locomotives", i, "turns", j, "to"), NP_("named", "neighbour"), turn.to, neighbours)
    yield from named(("terminal", "station"), NP_("named", "station"), level.terminal.station, stations)
    place = stations.get(level.terminal.station)
    if place is not None and place.role != "terminal":
        yield ("terminal", "station"), _("station `{station}` does not have the role `terminal`", station=place.id)


def named(path: tuple[str | int, ...], what: str, name: str | None, known: Iterable[str]) -> Iterator[Fault]:
    """A fault where a name is given that is not known, with the nearest one that is; `what` is marked with `NP_`."""
    if name is not None and name not in known:
        shown = name if len(name) <= 60 else name[:57] + "..."
        yield path, _("there is no {what} `{name}`", what=_(what), name=shown) + meant(name, known, alike=_ALIKE)


def twice(what: str, name: str) -> str:
    """The words for a name that was given before; `what` is marked with `NP_`."""
    return _("there are two of the {what} `{name}`", what=_(what), name=name)
