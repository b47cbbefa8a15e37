"""What a level must mean beyond its shape: names that exist, loads that fit, ways that lead somewhere, figures in reason."""

from collections.abc import Iterator
from datetime import date

from corridor_tui.language import N_, _
from corridor_tui.level.cargo import FULL_FEU_T, cargo, cases
from corridor_tui.level.clearing import customs
from corridor_tui.level.flows import GAUGE, flows
from corridor_tui.level.granary import grain_rake, grain_ways, granary, station
from corridor_tui.level.model import Level
from corridor_tui.level.names import Fault, references, unique
from corridor_tui.level.plant import REACH_STACKER_TIERS, Terminal
from corridor_tui.level.railway import lines
from corridor_tui.level.spending import affordable, opening, sold_rakes, spending
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
    "wagons": 100,
    "objectives": 50,
    "disruptions": 200,
    "hints": 200,
    "questions": 20,
}
_MOST_CRITERIA = 12
_MOST_RAKES = 2_000
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
        first, sold = opening(level), sold_rakes(level)
        later: set[tuple[str | int, ...]] = {("rakes", i) for i, item in enumerate(level.rakes) if item.id in sold}
        without = [*_work(first, later), *flows(first, set(), plant_sound=True)]
        found += [
            *affordable(level),
            *((path, _("before anything is bought: {said}", said=said)) for path, said in without),
        ]
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
            yield (key,), _("more than {most} {key}", most=most, key=key)
    if sum(rake.count for rake in level.rakes) > _MOST_RAKES:
        yield ("rakes",), _("more than {most} {key}", most=_MOST_RAKES, key="rakes")
    tracks = sum(len(station.tracks) for station in level.stations) + sum(len(line.tracks) for line in level.lines)
    if tracks > _MOST_TRACKS:
        yield ("stations",), _("more than {most} tracks in all", most=_MOST_TRACKS)
    if len(level.terminal.cranes) > _MOST_CRANES:
        yield ("terminal", "cranes"), _("more than {most} cranes", most=_MOST_CRANES)
    if len(level.terminal.machines) > _MOST_MACHINES:
        yield ("terminal", "machines"), _("more than {most} machines", most=_MOST_MACHINES)
    if len(level.customs.rules) > _MOST_CRITERIA:
        yield ("customs", "rules"), _("more than {most} rules of the day", most=_MOST_CRITERIA)
    if level.customs.selectivity is not None and len(level.customs.selectivity.criteria) > _MOST_CRITERIA:
        yield ("customs", "selectivity", "criteria"), _("more than {most} criteria", most=_MOST_CRITERIA)
    if sum(train.feu + train.twenties for train in level.trains) > MOST_BOXES:
        yield ("trains",), _("more than {most} containers in all", most=MOST_BOXES)


def _shift(level: Level) -> Iterator[Fault]:
    shift = level.shift
    try:
        date.fromisoformat(shift.date)
    except ValueError:
        yield ("shift", "date"), _("there is no day {date}", date=shift.date)
    if shift.default_speed > shift.max_speed:
        yield ("shift", "default_speed"), _("the default speed is above `max_speed`")
    if shift.most_waiting is not None and shift.settle_h is None:
        yield ("shift", "most_waiting"), _("what is sent over another border has to be forgotten: set `settle_h` too")
    for i, line in enumerate(level.lines):
        hours = line.length_km / line.speed_kmh
        if hours > _LONGEST_RUN_H:
            yield (
                ("lines", i, "speed_kmh"),
                _(
                    "at {speed_kmh:g} km/h a train needs {hours:.0f} h for this line",
                    speed_kmh=line.speed_kmh,
                    hours=hours,
                ),
            )
        for j, clock in enumerate(line.paths):
            if clock in line.paths[:j]:
                yield ("lines", i, "paths", j), _("the path of {clock} is there twice", clock=clock)


def _scoring(level: Level) -> Iterator[Fault]:
    scoring = level.scoring
    if list(scoring.stars) != sorted(scoring.stars):
        yield ("scoring", "stars"), _("the thresholds of the stars must rise")
    hours = [fee.from_h for fee in scoring.time.fees]
    if hours != sorted(set(hours)):
        yield ("scoring", "time", "fees"), _("the fees must be in the order of their hours")
    if scoring.time.weight + scoring.detection.weight + scoring.resources.weight == 0:
        yield ("scoring",), _("all three weights are 0: nothing would be scored")
    aids = level.aids
    if aids.what_if_costs and not aids.what_if:
        yield ("aids", "what_if_costs"), _("the what-if is switched off: it costs nothing")
    elif aids.what_if_costs and not scoring.resources.weight:
        yield ("aids", "what_if_costs"), _("resources weigh 0 in the score: the what-if would cost nothing")
    if any(aids.ladder_costs) and not aids.ladder:
        yield ("aids", "ladder_costs"), _("the ladder of help is switched off: it costs nothing")
    elif any(aids.ladder_costs) and not scoring.resources.weight:
        yield ("aids", "ladder_costs"), _("resources weigh 0 in the score: the ladder of help would cost nothing")
    detection = scoring.detection
    for key in ("miss", "offence_miss", "wrong_detention"):
        if getattr(detection, key) < detection.undecided:
            yield (
                ("scoring", "detection", key),
                _(
                    "a wrong decision must cost no less than none: at least {least:g}, as `undecided`",
                    least=detection.undecided,
                ),
            )


def _post(level: Level) -> Iterator[Fault]:
    """Whether lanes sum up, and the road into the zone leads anywhere."""
    for where, lanes in ((("lanes",), level.customs.lanes), (("imports", "lanes"), level.customs.imports.lanes)):
        if abs(lanes.green + lanes.yellow + lanes.blue + lanes.red - 1) > 1e-6:
            yield ("customs", *where), _("the shares of the lanes must sum to 1")
    if level.road is not None and level.road.stored_teu > level.road.warehouse_teu:
        yield ("road", "stored_teu"), _("the warehouse takes {teu} TEU", teu=level.road.warehouse_teu)
    if level.road is not None and not level.road.trucks:
        yield ("road", "trucks"), _("without a lorry nothing leaves for the zone")


def _train(level: Level, train: Train, path: tuple[str | int, ...]) -> Iterator[Fault]:
    loaded = train.kind != "empties"
    for key, value in (("exit", train.exit), ("due", train.due)):
        if loaded and value is None:
            yield path, _("train `{train}` carries a load: it needs `{key}`", train=train.number, key=key)
        elif not loaded and value is not None:
            yield (*path, key), _("a rake of empties has no `{key}`", key=key)
    gauge = level.wagon_types[train.wagon].gauge
    if gauge != GAUGE[train.kind]:
        empties = N_("a rake of empties runs on {wanted} mm; `{wagon}` is a wagon of {gauge} mm")
        others = N_("a {kind} train runs on {wanted} mm; `{wagon}` is a wagon of {gauge} mm")
        told = empties if train.kind == "empties" else others
        yield (
            (*path, "wagon"),
            _(told, kind=train.kind, wanted=GAUGE[train.kind], wagon=train.wagon, gauge=gauge),
        )
    if train.standing is not None:
        return
    if level.at_s(train.at) >= level.shift_s:
        yield (*path, "at"), _("train `{train}` is offered only after the shift has ended", train=train.number)
    if train.due is not None and level.at_s(train.due) <= level.at_s(train.at):
        yield (*path, "due"), _("train `{train}` is due out before it is offered", train=train.number)


def _people(level: Level) -> Iterator[Fault]:
    staff = level.staff
    for name in ("shunters", "yard", "border", "commercial", "technical", "brake", "weighing", "clerks"):
        if getattr(staff, name) == 0:
            yield ("staff", name), _("without {name} no train can leave: at least 1", name=name)
    if level.staff.fitters == 0 and any(item.kind in ("crane-stop", "machine-stop") for item in level.disruptions):
        yield ("staff", "fitters"), _("without fitters what has stopped stands for ever: at least 1")
    if level.customs.officers == 0:
        yield ("customs", "officers"), _("without officers nothing can be released: at least 1")
    if level.customs.bays + level.customs.scanners == 0:
        yield ("customs", "bays"), _("a red consignment needs a bay or a scanner")
    pools = {pool.gauge: pool.count for pool in level.locomotives}
    kinds = [*(train.kind for train in level.trains), *(service.kind for service in level.services)]
    if "container" in kinds or "grain" in kinds:
        for gauge in (1435, 1520):
            if pools.get(gauge, 0) < 1:
                yield ("locomotives",), _("no locomotive of {gauge} mm: at least 1 is needed", gauge=gauge)


def _terminal(level: Level) -> Iterator[Fault]:
    if not level.trains and not level.services:
        yield (), _("a level needs at least one train or service")
    if not level.terminal.cranes:
        yield ("terminal", "cranes"), _("a terminal needs at least one crane")
    forties = any(train.feu for train in level.trains) or any(
        service.kind == "container" and service.twenties_share < 1 for service in level.services
    )
    twenties = any(train.twenties for train in level.trains if train.kind == "container") or level.services
    if level.terminal.twin_times is not None and not twenties:
        yield ("terminal", "twin_times"), _("no train brings 20-foot boxes, so there is nothing to lift two at a time")
    yield from _stack(level.terminal)
    for i, crane in enumerate(level.terminal.cranes):
        if crane.lift_t < FULL_FEU_T and forties:
            yield (
                ("terminal", "cranes", i, "lift_t"),
                _(
                    "a full forty-foot box weighs up to {most_t} t, `{crane}` lifts only {lift_t:g} t",
                    most_t=FULL_FEU_T,
                    crane=crane.id,
                    lift_t=crane.lift_t,
                ),
            )
    place = next(i for i, station in enumerate(level.stations) if station.id == level.terminal.station)
    gauges = {track.gauge for track in level.stations[place].tracks if track.use == "crane"}
    if gauges != {1435, 1520}:
        yield ("stations", place), _("the terminal needs crane tracks of both gauges")


def _stack(terminal: Terminal) -> Iterator[Fault]:
    for i, item in enumerate(terminal.apart):
        if not terminal.blocks:
            yield (
                ("terminal", "apart", i),
                _("classes are kept apart by blocks, and the stack has none: name its `blocks`"),
            )
        elif item.one == item.other:
            yield ("terminal", "apart", i), _("class {danger} cannot be apart from itself", danger=item.one)
    for i, block in enumerate(terminal.blocks):
        if terminal.machines and not any(machine.serves(block.tiers) for machine in terminal.machines):
            yield (
                ("terminal", "blocks", i, "tiers"),
                _(
                    "reach stackers pile {most} full containers: a block of {tiers} tiers needs an RTG",
                    most=REACH_STACKER_TIERS,
                    tiers=block.tiers,
                ),
            )


_OF_A_TRAIN = ("clear_and_change_min", "crane_phase_min", "departed_late_min")


def _goals(level: Level) -> Iterator[Fault]:
    kinds = {train.number: train.kind for train in level.trains}
    for i, goal in enumerate(level.objectives):
        path = ("objectives", i)
        if (goal.at_most is None) == (goal.at_least is None):
            yield path, _("objective `{objective}` needs either `at_most` or `at_least`", objective=goal.id)
        if goal.measure not in _OF_A_TRAIN:
            if goal.train is not None:
                yield (
                    (*path, "train"),
                    _("the measure `{measure}` is of the whole shift, not of one train", measure=goal.measure),
                )
        elif level.shift.settle_h is not None:
            yield (
                (*path, "train"),
                _("where trains are settled on the way (`settle_h`) no objective can be about one train"),
            )
        elif goal.train is None:
            yield path, _("the measure `{measure}` is of one train: name it with `train`", measure=goal.measure)
        elif goal.train in kinds and (
            kinds[goal.train] == "empties" or (goal.measure != "departed_late_min" and kinds[goal.train] != "container")
        ):
            yield (*path, "train"), _("`{train}` has no `{measure}`", train=goal.train, measure=goal.measure)
