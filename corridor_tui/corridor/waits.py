"""What a train or a load waits for at this moment: one cause, by a fixed precedence, and whose order is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple, TypeAlias

from corridor_tui.corridor.chain import (
    at_terminal,
    brake_state,
    brought_by,
    carrier,
    changes_engine,
    departs_to,
    goes_over,
    sent_home,
    stands_outside,
    to_go,
)
from corridor_tui.corridor.checks_terminal import (
    CHECKS,
    left_teu,
    may_stand,
    takes_boxes,
    travels,
    unpromised_teu,
    wants_rake,
)
from corridor_tui.corridor.state import Box, Unit
from corridor_tui.corridor.view import View, cargo_of
from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.level.base import Desk, Gauge

Cause: TypeAlias = Literal[
    "work",
    "trainee",
    "track",
    "staff",
    "crane",
    "machine",
    "silo",
    "stack",
    "papers",
    "wagons",
    "locomotive",
    "path",
    "neighbour",
    "line",
]


@dataclass(frozen=True, slots=True)
class Wait:
    """What a unit waits for now; `desk` is whose order is missing where the cause is "trainee"."""

    cause: Cause
    desk: Desk | None = None


WORK, TRACK, STAFF, LINE = Wait("work"), Wait("track"), Wait("staff"), Wait("line")
PAPERS, CRANE, WAGONS, NEIGHBOUR = Wait("papers"), Wait("crane"), Wait("wagons"), Wait("neighbour")
MACHINE = Wait("machine")
DISPATCH, TERMINAL = Wait("trainee", "dispatch"), Wait("trainee", "terminal")


class WantedTrack(NamedTuple):
    """The track that a train wants: its gauge and use, and the length of the shortest that would do (infinite: none would).

    `entry`: the neighbour where the train stands; None: it is here.
    """

    gauge: Gauge
    use: str
    length_m: float
    entry: str | None


class WantedRake(NamedTuple):
    """The rake that a load on a gauge wants: one of the other, with places for so many TEU."""

    gauge: Gauge
    teu: int


Wanted: TypeAlias = WantedTrack | WantedRake


def _track(view: View, unit: Unit, use: str, entry: str | None = None) -> WantedTrack:
    tracks = view.network.only_for(unit.gauge, use)
    length_m = next((track.length_m for track in tracks if track.length_m >= unit.length_m), inf)
    return WantedTrack(unit.gauge, use, length_m, entry)


class ToBeHad:
    """What there is at a moment of what is wanted, each looked for once however many want it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._waits: dict[Wanted, Wait] = {}
        self._places: dict[Gauge, float] = {}

    def wait(self, want: Wanted) -> Wait:
        """What everybody waits for who wants such a thing: for it, or for the desk where it is there."""
        if want not in self._waits:
            self._waits[want] = self._for_track(want) if isinstance(want, WantedTrack) else self._for_rake(want)
        return self._waits[want]

    def _for_track(self, want: WantedTrack) -> Wait:
        view = self._view
        # Of a train that comes over loops the track is locked only on its way.
        over_loops = want.entry is not None and view.network.far_tracks(want.entry, want.gauge)
        tracks = view.network.only_for(want.gauge, want.use)
        free = over_loops or any(track.id not in view.holds and track.length_m >= want.length_m for track in tracks)
        return DISPATCH if free else TRACK

    def _for_rake(self, want: WantedRake) -> Wait:
        if want.gauge not in self._places:
            self._places[want.gauge] = max(_ready_teu(self._view, want.gauge), default=-1)
        return TERMINAL if self._places[want.gauge] >= want.teu else WAGONS


def _ready_teu(view: View, gauge: Gauge) -> Iterator[float]:
    """For how many TEU more each rake has places that stands ready for loads on a gauge: for any, where nothing goes onto it yet."""
    for name in view.here:
        rake = view.units[name]
        if rake.kind in ("rake", "empties") and rake.gauge != gauge and at_terminal(view, rake):
            if not rake.partners:
                yield inf
            elif takes_boxes(rake):
                yield unpromised_teu(view, rake)


def waiting(view: View, unit: Unit) -> Wait:
    """What a unit waits for at this moment."""
    found = asked(view, unit)
    return found if isinstance(found, Wait) else ToBeHad(view).wait(found)


def asked(view: View, unit: Unit) -> Wait | Wanted:
    """What a unit waits for; or, where it wants nothing but a track or a rake, which: that is so until the unit is touched."""
    if stands_outside(unit):
        return _track(view, unit, "receiving", unit.entry)
    if goes_over(unit) and unit.did("lift") and wants_rake(view, unit):
        return _for_rake(view, unit)
    if unit.kind == "export":
        return _export_wait(view, unit)
    unit = carrier(view, unit)
    if unit.departed_s is not None:
        return LINE if unit.waiting_at is not None else WORK
    if unit.arrived_s is None or unit.moving:
        return _on_the_way(view, unit)
    if unit.busy() not in (None, "lift", "load"):
        return WORK
    for job in unit.jobs.values():
        if job.progress == "queued":
            return STAFF
    if goes_over(unit):
        return _emptied(unit) if sent_home(unit) else _before_lift(view, unit)
    return _through_wait(view, unit) if unit.kind == "through" else _loaded(view, unit)


def _on_the_way(view: View, unit: Unit) -> Wait:
    if unit.moving:
        if unit.waiting_at is not None and stands_before(view, unit):
            return ToBeHad(view).wait(_track(view, unit, "receiving"))
        return LINE if unit.waiting_at is not None else WORK
    return NEIGHBOUR if unit.offered_s is None else LINE


def stands_before(view: View, unit: Unit) -> bool:
    """Whether a train stands in the last loop before its station, and its track there is another's."""
    station_of = view.network.station_of
    here, there = station_of.get(unit.place or ""), station_of.get(unit.accepted or "")
    if here is None or there is None or view.holds.get(unit.accepted or "", unit.id) == unit.id:
        return False
    return bool(view.network.hops(here, there, unit.gauge))


def _before_lift(view: View, unit: Unit) -> Wait | Wanted:
    if not at_terminal(view, unit):
        if unit.loco != "none" or not all(task in unit.jobs for task in INSPECTIONS):
            return DISPATCH
        return _track(view, unit, "grain" if unit.kind == "grain" else "crane")
    if unit.kind == "grain":
        if "lift" not in unit.jobs:
            return TERMINAL
        return Wait("silo") if view.silo.full else WORK
    if "lift" not in unit.jobs:
        return WantedRake(unit.gauge, unit.load_teu)
    working = [crane for crane in view.cranes.values() if crane.train == unit.id]
    if any(crane.box is not None and crane.down is None for crane in working):
        return WORK
    if any(crane.down == "stopped" and "repair" not in crane.jobs for crane in working):
        return TERMINAL
    if working and view.machines_there and len(view.ground) >= view.level.terminal.ground_places - 1:
        return _machine(view)
    if working:
        return CRANE
    idle = any(crane.train is None and crane.able for crane in view.cranes.values())
    return TERMINAL if idle else CRANE


def _for_rake(view: View, unit: Unit) -> Wait:
    """What the load waits for that is left of a train: wagons, or the terminal desk where some stand ready."""
    need = left_teu(view, unit) if "lift" in unit.jobs else unit.load_teu
    return ToBeHad(view).wait(WantedRake(unit.gauge, need))


def _papers(view: View, unit: Unit) -> Wait | None:
    return _held_by(view, view.uncleared(unit))


def _held_by(view: View, held: list[str]) -> Wait | None:
    """What some consignments that are not released wait for; None where there are none."""
    if not held:
        return None
    for name in held:
        dossier = view.dossiers[name]
        active = dossier.finding is not None or any(job.progress != "done" for job in dossier.jobs.values())
        if dossier.state == "detained":
            return TERMINAL
        if dossier.state == "lodged" and not active:
            return Wait("trainee", "customs")
    return PAPERS


def _export_wait(view: View, unit: Unit) -> Wait:
    """What an export waits for: lorries, papers, a rake, a crane, and then what its rake waits for."""
    if unit.departed_s is not None or unit.arrived_s is None:
        return NEIGHBOUR if unit.offered_s is None else _coming_by_lorry(view, unit)
    numbers = to_go(view, unit)
    held = dict.fromkeys(view.boxes[number].consignment for number in numbers)
    if papers := _held_by(view, [name for name in held if view.dossiers[name].state != "released"]):
        return papers
    stacked = [view.boxes[number] for number in numbers if view.boxes[number].at not in view.units]
    if any(box.goal is None and box.at == "stack" for box in stacked):
        return _for_rake(view, unit)
    if stacked:
        working = any(box.at in view.cranes for box in stacked)
        return WORK if working else _machine(view) if view.machines_there and _to_bring(stacked) else CRANE
    carriers = dict.fromkeys(view.boxes[number].at for number in numbers)
    waits = (waiting(view, view.units[name]) for name in carriers if view.units[name].departed_s is None)
    return next(waits, WORK)


def _coming_by_lorry(view: View, unit: Unit) -> Wait:
    """What an export waits for whose lorries are not all unloaded: room in the stack, or a machine of it."""
    if any(number in view.gate and not may_stand(view, number) for number in unit.boxes):
        makes_room = any(_could_leave(view, box) for box in view.boxes.values())
        return TERMINAL if makes_room else Wait("stack")
    at_work = not view.machines_there or any(
        machine.box is not None and view.boxes[machine.box].train == unit.id for machine in view.machines.values()
    )
    return WORK if at_work or not unit.boxes else _machine(view)


def _could_leave(view: View, box: Box) -> bool:
    """Whether the terminal desk could have a container brought out of the stack now."""
    if box.at != "stack" or box.goal is not None:
        return False
    if box.road:
        return CHECKS["fetch"](view, box.consignment) is None
    rakes = [name for name in view.here if takes_boxes(view.units[name])]
    return travels(view, box.number) and any(CHECKS["load"](view, box.number, rake) is None for rake in rakes)


def _loaded(view: View, unit: Unit) -> Wait:
    if not unit.did("load") and unit.gauge == 1435:
        return WORK
    if not unit.did("load"):
        working = any(crane.box and crane.train in unit.partners for crane in view.cranes.values())
        return WORK if working else _machine(view) if _in_stack(view, unit) else CRANE
    if "weigh" not in unit.jobs or "waybill" not in unit.jobs:
        return DISPATCH
    if at_terminal(view, unit):
        return ToBeHad(view).wait(_track(view, unit, "departure"))
    if unit.loco != "attached":
        return _locomotive(view, unit)
    if brake_state(unit) == "open":
        return DISPATCH
    if papers := _papers(view, unit):
        return papers
    if refused_by(view, unit):
        return NEIGHBOUR
    if unit.gauge == 1435 and unit.to is not None:
        return LINE
    return DISPATCH if unit.path_s is None or unit.to is None else Wait("path")


def _in_stack(view: View, rake: Unit) -> bool:
    """Whether containers for a rake are still to be brought out of the stack by machines."""
    if not view.machines_there:
        return False
    exports = () if view.level.road is None else (unit.id for unit in view.units.values() if unit.kind == "export")
    items = [view.dossiers[name] for train in (*rake.partners, *exports) for name in view.cargo.get(train, ())]
    boxes = (view.boxes[number] for item in items for number in item.boxes)
    return _to_bring([box for box in boxes if box.goal == rake.id])


def _to_bring(boxes: list[Box]) -> bool:
    """Whether machines have any of some containers still to bring out of the stack."""
    return any(box.at == "stack" and box.hold != "ground" for box in boxes)


def _machine(view: View) -> Wait:
    """What waits for a machine of the stack waits for the terminal desk where every one has stopped and nobody sent the fitters."""
    idle = all(machine.down is not None and "repair" not in machine.jobs for machine in view.machines_built)
    return TERMINAL if idle else MACHINE


def refused_by(view: View, unit: Unit) -> str | None:
    """The neighbour that a train is to leave to and that takes no more such trains for now, if it does not."""
    goal = departs_to(unit)
    if goal is None or unit.to is not None or goal not in view.cuts:
        return None
    return goal if view.cuts[goal].left(cargo_of(view, unit)) <= 0 else None


def _through_wait(view: View, unit: Unit) -> Wait:
    if not all(task in unit.jobs for task in INSPECTIONS):
        return DISPATCH
    if changes_engine(view, unit):
        if unit.loco != "attached" or brought_by(view, unit):
            return _locomotive(view, unit)
        if brake_state(unit) == "open":
            return DISPATCH
    if papers := _papers(view, unit):
        return papers
    if refused_by(view, unit):
        return NEIGHBOUR
    return DISPATCH if unit.to is None else LINE


def _locomotive(view: View, unit: Unit) -> Wait:
    """What a unit without the locomotive that is to take it waits for: the desk while it could call one."""
    return DISPATCH if unit.loco != "called" and view.locos.get(unit.gauge, 0) else Wait("locomotive")


def _emptied(unit: Unit) -> Wait:
    return Wait("locomotive") if unit.loco == "called" else DISPATCH
