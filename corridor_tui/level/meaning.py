"""What a level must mean beyond its shape: names that exist, loads that fit, ways that lead somewhere, figures in reason."""

from collections.abc import Iterator
from datetime import date

from corridor_tui.level.cargo import FULL_FEU_T, cargo, cases
from corridor_tui.level.clearing import customs
from corridor_tui.level.flows import GAUGE, flows
from corridor_tui.level.granary import grain_rake, grain_ways, granary, station
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, references, unique
from corridor_tui.level.plant import REACH_STACKER_TIERS, Terminal
from corridor_tui.level.railway import lines
from corridor_tui.level.spending import affordable, opening, spending
from corridor_tui.level.traffic import Train
from corridor_tui.level.upsets import upsets
from corridor_tui.level.ways import rake, standing, ways

MOST_BOXES = 20_000
"""Containers a level may script at once; a year is drawn train by train and not written down."""
_MOST = {
    "stations": 50,
    "lines": 100,
    "trains": 2_000,
    "services": 100,
    "origins": 100,
    "destinations": 100,
    "connections": 100,
    "rakes": 2_000,
    "wagons": 100,
    "objectives": 50,
    "disruptions": 200,
    "hints": 200,
    "questions": 20,
}
_MOST_CRITERIA = 12
_MOST_TRACKS = 400
_MOST_CRANES = 20
_MOST_MACHINES = 30
_LONGEST_RUN_H = 24.0
"""A line on which a train is longer under way than any shift lasts is a slip of the pen."""


def faults(level: Level) -> list[Fault]:
    """Every fault of meaning, as a path into the file and a message.

    What hangs on a name that does not exist is not judged, so that one slip is told once.
    """
    found = list(_bounds(level))
    if found:
        return found
    found = [*unique(level), *references(level), *station(level)]
    lost = {path[:2] for path, _ in found if path[0] in ("trains", "rakes", "services")}
    plant_sound = all(path[0] not in ("stations", "lines", "terminal", "grain") for path, _ in found)
    found += [*_shift(level), *_scoring(level), *_post(level), *_people(level), *upsets(level)]
    if plant_sound:
        found += [*standing(level), *lines(level)]
    for i, train in enumerate(level.trains):
        if ("trains", i) not in lost:
            found += [*_train(level, train, ("trains", i)), *cargo(level, train, ("trains", i))]
    found += _work(level, lost) if plant_sound else ()
    found += flows(level, lost, plant_sound=plant_sound)
    found += spending(level) if plant_sound else ()
    if level.budget is not None and not found:
        first = opening(level)
        without = [*_work(first, lost), *flows(first, lost, plant_sound=True)]
        found += [*affordable(level), *((path, f"before anything is bought: {said}") for path, said in without)]
    return [*found, *cases(level), *customs(level), *_goals(level)]


def _work(level: Level, lost: set[tuple[str | int, ...]]) -> Iterator[Fault]:
    """Whether the plant that there is can do the work: cranes and tracks for it, and ways for every train and rake."""
    yield from _terminal(level)
    yield from granary(level)
    for i, train in enumerate(level.trains):
        if ("trains", i) not in lost and level.wagon_types[train.wagon].gauge == GAUGE[train.kind]:
            yield from ways(level, train, ("trains", i))
            yield from grain_ways(level, train, ("trains", i)) if train.kind == "grain" else ()
    for i, item in enumerate(level.rakes):
        if ("rakes", i) not in lost:
            broad = level.wagon_types[item.wagon].gauge == 1520
            yield from (rake if broad else grain_rake)(level, item, ("rakes", i))


def _bounds(level: Level) -> Iterator[Fault]:
    for key, most in _MOST.items():
        if len(getattr(level, key)) > most:
            yield (key,), f"more than {most} {key}"
    tracks = sum(len(station.tracks) for station in level.stations) + sum(len(line.tracks) for line in level.lines)
    if tracks > _MOST_TRACKS:
        yield ("stations",), f"more than {_MOST_TRACKS} tracks in all"
    if len(level.terminal.cranes) > _MOST_CRANES:
        yield ("terminal", "cranes"), f"more than {_MOST_CRANES} cranes"
    if len(level.terminal.machines) > _MOST_MACHINES:
        yield ("terminal", "machines"), f"more than {_MOST_MACHINES} machines"
    if len(level.customs.rules) > _MOST_CRITERIA:
        yield ("customs", "rules"), f"more than {_MOST_CRITERIA} rules of the day"
    if level.customs.selectivity is not None and len(level.customs.selectivity.criteria) > _MOST_CRITERIA:
        yield ("customs", "selectivity", "criteria"), f"more than {_MOST_CRITERIA} criteria"
    if sum(train.feu + train.twenties for train in level.trains) > MOST_BOXES:
        yield ("trains",), f"more than {MOST_BOXES} containers in all"


def _shift(level: Level) -> Iterator[Fault]:
    shift = level.shift
    try:
        date.fromisoformat(shift.date)
    except ValueError:
        yield ("shift", "date"), f"there is no day {shift.date}"
    if shift.default_speed > shift.max_speed:
        yield ("shift", "default_speed"), "the default speed is above `max_speed`"
    if shift.most_waiting is not None and shift.settle_h is None:
        yield ("shift", "most_waiting"), "what is sent over another border has to be forgotten: set `settle_h` too"
    for i, line in enumerate(level.lines):
        hours = line.length_km / line.speed_kmh
        if hours > _LONGEST_RUN_H:
            yield ("lines", i, "speed_kmh"), f"at {line.speed_kmh:g} km/h a train needs {hours:.0f} h for this line"
        for j, clock in enumerate(line.paths):
            if clock in line.paths[:j]:
                yield ("lines", i, "paths", j), f"the path of {clock} is there twice"


def _scoring(level: Level) -> Iterator[Fault]:
    scoring = level.scoring
    if list(scoring.stars) != sorted(scoring.stars):
        yield ("scoring", "stars"), "the thresholds of the stars must rise"
    hours = [fee.from_h for fee in scoring.time.fees]
    if hours != sorted(set(hours)):
        yield ("scoring", "time", "fees"), "the fees must be in the order of their hours"
    if scoring.time.weight + scoring.detection.weight + scoring.resources.weight == 0:
        yield ("scoring",), "all three weights are 0: nothing would be scored"
    aids = level.aids
    if aids.what_if_costs and not aids.what_if:
        yield ("aids", "what_if_costs"), "the what-if is switched off: it costs nothing"
    elif aids.what_if_costs and not scoring.resources.weight:
        yield ("aids", "what_if_costs"), "resources weigh 0 in the score: the what-if would cost nothing"
    if any(aids.ladder_costs) and not aids.ladder:
        yield ("aids", "ladder_costs"), "the ladder of help is switched off: it costs nothing"
    elif any(aids.ladder_costs) and not scoring.resources.weight:
        yield ("aids", "ladder_costs"), "resources weigh 0 in the score: the ladder of help would cost nothing"
    detection = scoring.detection
    for key in ("miss", "offence_miss", "wrong_detention"):
        if getattr(detection, key) < detection.undecided:
            yield (
                ("scoring", "detection", key),
                f"a wrong decision must cost no less than none: at least {detection.undecided:g}, as `undecided`",
            )


def _post(level: Level) -> Iterator[Fault]:
    """Whether lanes sum up, and the road into the zone leads anywhere."""
    for where, lanes in ((("lanes",), level.customs.lanes), (("imports", "lanes"), level.customs.imports.lanes)):
        if abs(lanes.green + lanes.yellow + lanes.blue + lanes.red - 1) > 1e-6:
            yield ("customs", *where), "the shares of the lanes must sum to 1"
    if level.road is not None and level.road.stored_teu > level.road.warehouse_teu:
        yield ("road", "stored_teu"), f"the warehouse takes {level.road.warehouse_teu} TEU"
    if level.road is not None and not level.road.trucks:
        yield ("road", "trucks"), "without a lorry nothing leaves for the zone"


def _train(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    loaded = train.kind != "empties"
    for key, value in (("exit", train.exit), ("due", train.due)):
        if loaded and value is None:
            yield path, f"train `{train.number}` carries a load: it needs `{key}`"
        elif not loaded and value is not None:
            yield (*path, key), f"a rake of empties has no `{key}`"
    gauge = level.wagon_types[train.wagon].gauge
    if gauge != GAUGE[train.kind]:
        what = "a rake of empties" if train.kind == "empties" else f"a {train.kind} train"
        yield (*path, "wagon"), f"{what} runs on {GAUGE[train.kind]} mm; `{train.wagon}` is a wagon of {gauge} mm"
    if train.standing is not None:
        return
    if level.at_s(train.at) >= level.shift_s:
        yield (*path, "at"), f"train `{train.number}` is offered only after the shift has ended"
    if train.due is not None and level.at_s(train.due) <= level.at_s(train.at):
        yield (*path, "due"), f"train `{train.number}` is due out before it is offered"


def _people(level: Level) -> Iterator[Fault]:
    staff = level.staff
    for name in ("shunters", "yard", "border", "commercial", "technical", "brake", "weighing", "clerks"):
        if getattr(staff, name) == 0:
            yield ("staff", name), f"without {name} no train can leave: at least 1"
    if level.staff.fitters == 0 and any(item.kind in ("crane-stop", "machine-stop") for item in level.disruptions):
        yield ("staff", "fitters"), "without fitters what has stopped stands for ever: at least 1"
    if level.customs.officers == 0:
        yield ("customs", "officers"), "without officers nothing can be released: at least 1"
    if level.customs.bays + level.customs.scanners == 0:
        yield ("customs", "bays"), "a red consignment needs a bay or a scanner"
    pools = {pool.gauge: pool.count for pool in level.locomotives}
    kinds = [*(train.kind for train in level.trains), *(service.kind for service in level.services)]
    if "container" in kinds or "grain" in kinds:
        for gauge in (1435, 1520):
            if pools.get(gauge, 0) < 1:
                yield ("locomotives",), f"no locomotive of {gauge} mm: at least 1 is needed"


def _terminal(level: Level) -> Iterator[Fault]:
    if not level.trains and not level.services:
        yield (), "a level needs at least one train or service"
    if not level.terminal.cranes:
        yield ("terminal", "cranes"), "a terminal needs at least one crane"
    forties = any(train.feu for train in level.trains) or any(
        service.kind == "container" and service.twenties_share < 1 for service in level.services
    )
    twenties = any(train.twenties for train in level.trains if train.kind == "container") or level.services
    if level.terminal.twin_times is not None and not twenties:
        yield ("terminal", "twin_times"), "no train brings 20-foot boxes, so there is nothing to lift two at a time"
    yield from _stack(level.terminal)
    for i, crane in enumerate(level.terminal.cranes):
        if crane.lift_t < FULL_FEU_T and forties:
            yield (
                ("terminal", "cranes", i, "lift_t"),
                f"a full forty-foot box weighs up to {FULL_FEU_T} t, `{crane.id}` lifts only {crane.lift_t:g} t",
            )
    place = next(i for i, station in enumerate(level.stations) if station.id == level.terminal.station)
    gauges = {track.gauge for track in level.stations[place].tracks if track.use == "crane"}
    if gauges != {1435, 1520}:
        yield ("stations", place), "the terminal needs crane tracks of both gauges"


def _stack(terminal: Terminal) -> Iterator[Fault]:
    for i, item in enumerate(terminal.apart):
        if not terminal.blocks:
            yield (
                ("terminal", "apart", i),
                "classes are kept apart by blocks, and the stack has none: name its `blocks`",
            )
        elif item.one == item.other:
            yield ("terminal", "apart", i), f"class {item.one} cannot be apart from itself"
    for i, block in enumerate(terminal.blocks):
        if terminal.machines and not any(machine.serves(block.tiers) for machine in terminal.machines):
            yield (
                ("terminal", "blocks", i, "tiers"),
                f"reach stackers pile {REACH_STACKER_TIERS} full containers: a block of {block.tiers} tiers needs an RTG",
            )


_OF_A_TRAIN = ("clear_and_change_min", "crane_phase_min", "departed_late_min")


def _goals(level: Level) -> Iterator[Fault]:
    kinds = {train.number: train.kind for train in level.trains}
    for i, goal in enumerate(level.objectives):
        path = ("objectives", i)
        if (goal.at_most is None) == (goal.at_least is None):
            yield path, f"objective `{goal.id}` needs either `at_most` or `at_least`"
        if goal.measure not in _OF_A_TRAIN:
            if goal.train is not None:
                yield (*path, "train"), f"the measure `{goal.measure}` is of the whole shift, not of one train"
        elif level.shift.settle_h is not None:
            yield (
                (*path, "train"),
                "where trains are settled on the way (`settle_h`) no objective can be about one train",
            )
        elif goal.train is None:
            yield path, f"the measure `{goal.measure}` is of one train: name it with `train`"
        elif goal.train in kinds and (
            kinds[goal.train] == "empties" or (goal.measure != "departed_late_min" and kinds[goal.train] != "container")
        ):
            yield (*path, "train"), f"`{goal.train}` has no `{goal.measure}`"
