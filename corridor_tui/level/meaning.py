"""What a level must mean beyond its shape: names that exist, tracks that fit, ways that lead somewhere."""

import difflib
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from corridor_tui.level.model import Level
from corridor_tui.level.traffic import Train

Fault: TypeAlias = tuple[tuple[str | int, ...], str]
MOST_BOXES = 20_000
"""Containers a level may script at once; a year is drawn train by train and not written down."""


def faults(level: Level) -> list[Fault]:
    """Every fault of meaning, as a path into the file and a message."""
    found = [*_unique(level), *_references(level)]
    if found:
        return found  # what hangs on names would only repeat the same faults in other words
    return [*_shift(level), *_traffic(level), *_standing(level), *_ways(level), *_people(level), *_goals(level)]


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"there is no {what} `{name}`" + (f"; did you mean `{close[0]}`?" if close else "")


def _unique(level: Level) -> Iterator[Fault]:
    def listed(key: str, name: str, of: Iterable[object], *base: str | int) -> list[Fault]:
        return [((*base, key, i, name), str(getattr(item, name))) for i, item in enumerate(of)]

    tracks: list[Fault] = []
    for i, station in enumerate(level.stations):
        tracks += listed("tracks", "id", station.tracks, "stations", i)
    for i, line in enumerate(level.lines):
        tracks += listed("tracks", "id", line.tracks, "lines", i)
    groups = [
        ("station", listed("stations", "id", level.stations)),
        ("track", tracks),
        ("line", listed("lines", "id", level.lines)),
        ("crane", listed("cranes", "id", level.terminal.cranes, "terminal")),
        ("wagon type", listed("wagons", "id", level.wagons)),
        ("train or rake", [*listed("trains", "number", level.trains), *listed("rakes", "id", level.rakes)]),
        ("objective", listed("objectives", "id", level.objectives)),
        ("locomotive pool of gauge", listed("locomotives", "gauge", level.locomotives)),
    ]
    for what, items in groups:
        seen: set[str] = set()
        for path, name in items:
            if name in seen:
                yield path, f"there are two of the {what} `{name}`"
            seen.add(name)


def _references(level: Level) -> Iterator[Fault]:
    neighbours = [station.id for station in level.stations if station.role == "neighbour"]
    yield from _plant_names(level)
    for i, train in enumerate(level.trains):
        path = ("trains", i)
        yield from _named((*path, "entry"), "neighbour", train.entry, neighbours)
        yield from _named((*path, "exit"), "neighbour", train.exit, neighbours)
        yield from _named((*path, "wagon"), "wagon type", train.wagon, level.wagon_types)
        if train.standing is not None:
            yield from _named((*path, "standing", "track"), "track", train.standing.track, level.tracks)
    for i, rake in enumerate(level.rakes):
        yield from _named(("rakes", i, "wagon"), "wagon type", rake.wagon, level.wagon_types)
        yield from _named(("rakes", i, "track"), "track", rake.track, level.tracks)
        yield from _named(("rakes", i, "park"), "neighbour", rake.park, neighbours)
        if (rake.track is None) == (rake.park is None):
            yield ("rakes", i), f"rake `{rake.id}` needs either a `track` it stands on or a `park` it is called from"
    for i, goal in enumerate(level.objectives):
        yield from _named(("objectives", i, "train"), "train", goal.train, [train.number for train in level.trains])


def _named(path: tuple[str | int, ...], what: str, name: str | None, known: Iterable[str]) -> Iterator[Fault]:
    if name is not None and name not in known:
        yield path, _unknown(what, name, known)


def _plant_names(level: Level) -> Iterator[Fault]:
    stations = {station.id: station for station in level.stations}
    throats = [f"{station.id}.{throat}" for station in level.stations for throat in station.throats]
    for i, line in enumerate(level.lines):
        yield from _named(("lines", i, "start"), "station throat", line.start, throats)
        yield from _named(("lines", i, "end"), "station throat", line.end, throats)
    yield from _named(("terminal", "station"), "station", level.terminal.station, stations)
    place = stations.get(level.terminal.station)
    if place is not None and place.role != "terminal":
        yield ("terminal", "station"), f"station `{place.id}` does not have the role `terminal`"


def _shift(level: Level) -> Iterator[Fault]:
    shift = level.shift
    try:
        date.fromisoformat(shift.date)
    except ValueError:
        yield ("shift", "date"), f"there is no day {shift.date}"
    if shift.default_speed > shift.max_speed:
        yield ("shift", "default_speed"), "the default speed is above `max_speed`"
    if list(level.scoring.stars) != sorted(level.scoring.stars):
        yield ("scoring", "stars"), "the thresholds of the stars must rise"
    fees = [fee.from_h for fee in level.scoring.time.fees]
    if fees != sorted(fees):
        yield ("scoring", "time", "fees"), "the fees must be in the order of their hours"
    lanes = level.customs.lanes
    if abs(lanes.green + lanes.yellow + lanes.blue + lanes.red - 1) > 1e-6:
        yield ("customs", "lanes"), "the shares of the lanes must sum to 1"
    cases = level.customs.cases
    if cases.unflagged > (cases.errors or 0):
        yield ("customs", "cases", "unflagged"), "more unflagged errors than errors"
    if not level.terminal.cranes:
        yield ("terminal", "cranes"), "a terminal needs at least one crane"
    if sum(train.feu + train.twenties for train in level.trains) > MOST_BOXES:
        yield ("trains",), f"more than {MOST_BOXES} containers in all"


def _traffic(level: Level) -> Iterator[Fault]:
    for i, train in enumerate(level.trains):
        path = ("trains", i)
        loaded = train.kind != "empties"
        for key, value in (("exit", train.exit), ("due", train.due)):
            if loaded and value is None:
                yield path, f"train `{train.number}` carries a load: it needs `{key}`"
            elif not loaded and value is not None:
                yield (*path, key), f"a rake of empties has no `{key}`"
        gauge = level.wagon_types[train.wagon].gauge
        if gauge != (1435 if train.kind == "container" else 1520):
            yield (*path, "wagon"), f"a {train.kind} train does not run on {gauge} mm wagons"
        if train.standing is None and level.at_s(train.at) >= level.shift_s:
            yield (*path, "at"), f"train `{train.number}` is offered only after the shift has ended"
        if train.due is not None and train.standing is None and level.at_s(train.due) <= level.at_s(train.at):
            yield (*path, "due"), f"train `{train.number}` is due out before it is offered"
        yield from _cargo(level, train, path)


def _cargo(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    boxes, wagon = train.feu + train.twenties, level.wagon_types[train.wagon]
    if train.kind == "empties":
        if boxes or train.consignments:
            yield path, "a rake of empties has no containers and no consignments"
        return
    if boxes == 0:
        yield path, f"train `{train.number}` has no containers: set `feu` or `twenties`"
    if train.feu + (train.twenties + 1) // 2 > train.wagons or wagon.teu < 2:
        yield (
            (*path, "wagons"),
            f"{train.feu} forty-foot and {train.twenties} twenty-foot boxes do not fit on {train.wagons} wagons",
        )
    if not 1 <= train.consignments <= max(boxes, 1):
        yield (*path, "consignments"), f"{boxes} containers need between 1 and {boxes} consignments"
    if train.flagged is not None and train.flagged > train.consignments:
        yield (*path, "flagged"), "more flagged consignments than consignments"
    yield from _scripts(train, path)


def _scripts(train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    seen: set[int] = set()
    fixed = sum(script.boxes or 1 for script in train.scripted)
    if fixed > train.feu + train.twenties:
        yield (*path, "scripted"), "the scripted consignments have more containers than the train"
    for j, script in enumerate(train.scripted):
        place = (*path, "scripted", j)
        if script.number > train.consignments:
            yield (*place, "number"), f"train `{train.number}` has only {train.consignments} consignments"
        if script.number in seen:
            yield (*place, "number"), f"consignment {script.number} is scripted twice"
        seen.add(script.number)
        if script.case is not None and (script.case.family == "goods") != (script.case.kind == "offence"):
            yield (*place, "case"), "an offence is about `goods`, and only an offence is"
        if script.case is not None and script.clean:
            yield (*place, "clean"), "a consignment with a case is not clean"


def _standing(level: Level) -> Iterator[Fault]:
    """Who stands where at the start: the right gauge, room, and one a track."""
    taken: dict[str, str] = {}
    standing = [
        (("trains", i, "standing", "track"), t.number, t.standing.track, t.wagon, t.wagons)
        for i, t in enumerate(level.trains)
        if t.standing is not None
    ] + [
        (("rakes", i, "track"), r.id, r.track, r.wagon, r.wagons)
        for i, r in enumerate(level.rakes)
        if r.track is not None
    ]
    for path, name, track_id, wagon_id, wagons in standing:
        _, track = level.tracks[track_id]
        wagon = level.wagon_types[wagon_id]
        if track.gauge != wagon.gauge:
            yield path, f"track `{track_id}` is {track.gauge} mm, `{name}` runs on {wagon.gauge} mm"
        if wagons * wagon.length_m > track.length_m:
            yield path, f"track `{track_id}` has {track.length_m:g} m, `{name}` needs {wagons * wagon.length_m:g} m"
        if track_id in taken:
            yield path, f"`{taken[track_id]}` already stands on track `{track_id}`"
        taken[track_id] = name


def _ways(level: Level) -> Iterator[Fault]:
    for i, train in enumerate(level.trains):
        gauge = level.wagon_types[train.wagon].gauge
        length_m = train.wagons * level.wagon_types[train.wagon].length_m
        path = ("trains", i)
        if train.kind == "container":
            if not _reaches(level, train.entry, level.terminal.station, gauge):
                yield (*path, "entry"), f"no {gauge} mm line leads from `{train.entry}` to the terminal"
            if train.exit is not None and not _reaches(level, level.terminal.station, train.exit, 1520):
                yield (*path, "exit"), f"no 1520 mm line leads from the terminal to `{train.exit}`"
        elif train.exit is not None and not _reaches(level, train.entry, train.exit, gauge):
            yield (*path, "exit"), f"no {gauge} mm line leads from `{train.entry}` to `{train.exit}`"
        yield from _fits(level, train, gauge, length_m, path)


def _fits(level: Level, train: Train, gauge: int, length_m: float, path: tuple[str | int, ...]) -> Iterator[Fault]:
    first = {end.partition(".")[0] for line in level.lines for end in (line.start, line.end)
             if train.entry in (line.start.partition(".")[0], line.end.partition(".")[0])} - {train.entry}  # fmt: skip
    places = [("a station track", [t for s in level.stations if s.id in first for t in s.tracks])]
    if train.kind == "container":
        cranes = [t for s in level.stations if s.id == level.terminal.station for t in s.tracks if t.use == "crane"]
        places.append(("a crane track", cranes))
    for what, tracks in places:
        if not any(track.gauge == gauge and track.length_m >= length_m for track in tracks):
            yield (
                (*path, "wagons"),
                f"no {gauge} mm track is long enough: `{train.number}` needs {what} of {length_m:g} m",
            )


def _reaches(level: Level, start: str, end: str, gauge: int) -> bool:
    seen, waiting = {start}, deque([start])
    while waiting:
        place = waiting.popleft()
        if place == end:
            return True
        for line in level.lines:
            if all(track.gauge != gauge for track in line.tracks):
                continue
            ends = [line.start.partition(".")[0], line.end.partition(".")[0]]
            for here, there in (ends, ends[::-1]):
                if here == place and there not in seen:
                    seen.add(there)
                    waiting.append(there)
    return False


def _people(level: Level) -> Iterator[Fault]:
    staff = level.staff
    for name in ("shunters", "yard", "border", "commercial", "technical", "brake", "weighing", "clerks"):
        if getattr(staff, name) == 0:
            yield ("staff", name), f"without {name} no train can leave: at least 1"
    if level.customs.officers == 0:
        yield ("customs", "officers"), "without officers nothing can be released: at least 1"
    if level.customs.bays + level.customs.scanners == 0:
        yield ("customs", "bays"), "a red consignment needs a bay or a scanner"
    pools = {pool.gauge: pool.count for pool in level.locomotives}
    if any(train.kind == "container" for train in level.trains):
        for gauge in (1435, 1520):
            if pools.get(gauge, 0) < 1:
                yield ("locomotives",), f"no locomotive of {gauge} mm: at least 1 is needed"
    crane_gauges = {track.gauge for station, track in level.tracks.values() if track.use == "crane"}
    if crane_gauges != {1435, 1520}:
        yield ("stations",), "the terminal needs crane tracks of both gauges"


_OF_A_TRAIN = ("clear_and_change_min", "crane_phase_min", "departed_late_min")


def _goals(level: Level) -> Iterator[Fault]:
    kinds = {train.number: train.kind for train in level.trains}
    for i, goal in enumerate(level.objectives):
        path = ("objectives", i)
        if (goal.at_most is None) == (goal.at_least is None):
            yield path, f"objective `{goal.id}` needs either `at_most` or `at_least`"
        if goal.measure in _OF_A_TRAIN:
            if goal.train is None:
                yield path, f"the measure `{goal.measure}` is of one train: name it with `train`"
            elif kinds[goal.train] == "empties" or (
                goal.measure != "departed_late_min" and kinds[goal.train] != "container"
            ):
                yield (*path, "train"), f"`{goal.train}` has no `{goal.measure}`"
        elif goal.train is not None:
            yield (*path, "train"), f"the measure `{goal.measure}` is of the whole shift, not of one train"
