"""The view: what can be known at a moment, a pure fold of the events so far."""

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Protocol

from corridor_tui.corridor.block import Block
from corridor_tui.corridor.freed import free_track
from corridor_tui.corridor.network import Hop, Network
from corridor_tui.corridor.state import (
    WAREHOUSE,
    ZONE,
    Box,
    Cargo,
    Crane,
    Dossier,
    Engine,
    Job,
    Machine,
    Pool,
    Purse,
    Ring,
    Silo,
    Slots,
    Unit,
    Weather,
)
from corridor_tui.corridor.work import POOLS, pool_size
from corridor_tui.level.base import DESKS, Desk, Gauge
from corridor_tui.level.model import Level
from corridor_tui.level.road import LOCAL
from corridor_tui.level.services import Service
from corridor_tui.level.spending import unbought, unbuilt
from corridor_tui.level.traffic import Rake, Train
from corridor_tui.scenario.onward import Booking, booking, promised_s
from corridor_tui.scenario.rules import Today
from corridor_tui.scenario.selectivity import opening
from corridor_tui.scenario.values import Manifest, Papers

WORKS = "the works"
"""Who holds a track that is not built yet."""


class Library(Protocol):
    """What the desk is handed on paper: handover lists and consignment documents."""

    def manifest(self, train: str) -> Manifest:
        """The handover list of a train."""
        ...

    def papers(self, consignment: str, *, corrected: bool) -> Papers:
        """The documents of a consignment."""
        ...

    def risk(self, consignment: str) -> float:
        """How risky what is declared looks, from 0 to 1."""
        ...


@dataclass(slots=True)
class Instructed:
    """What the instructor has done to the shift: disruptions that he let begin, and when; more time allowed, in per cent."""

    injected: dict[str, int] = field(default_factory=dict)
    allowance: int = 0


class View:
    """What the desks know. Read it; only `apply` changes it.

    `holds` maps every occupied track, section and throat to the unit that has it, tracks locked by a route included.
    `now_s` is the second of the last event applied or of `tell_time`.
    """

    def __init__(self, level: Level, library: Library) -> None:
        self.level = level
        self.network = Network(level)
        self.now_s = 0
        self.over = False
        self.closed = False
        self.units: dict[str, Unit] = {}
        self.boxes: dict[str, Box] = {}
        self.dossiers: dict[str, Dossier] = {}
        self.cargo: dict[str, list[str]] = {}
        """Consignments of each train, in order."""
        self.goals: dict[str, str] = {}
        """The destination of each consignment that has one."""
        self.holds: dict[str, str] = {}
        self.cranes = {crane.id: Crane(crane.id) for crane in level.terminal.cranes}
        self.pools = {name: Pool(name, pool_size(level, name)) for name in POOLS}
        self.locos = {pool.gauge: pool.count for pool in level.locomotives}
        self.paths: dict[int, str] = {}
        """Booked departure seconds and the unit that has each."""
        self.here: dict[str, None] = {}
        """The units that are in the station or accepted for it, and have not departed."""
        self.departures = 0
        self.knot: tuple[str, ...] = ()
        """The trains that were last found to wait for nothing but each other."""
        self.left_from: dict[str, str] = {}
        """The station from which each unit that has departed did so."""
        self.weather = Weather()
        self.calls: dict[str, Ring] = {}
        self.instructed = Instructed()
        self.cuts: dict[str, Slots] = {}
        """Neighbours that take only so many more trains for now."""
        self.standing: dict[str, str] = {}
        """The standing orders in force, each with its setting."""
        self.hints: dict[str, None] = {}
        """What a newcomer is told now, the latest last."""
        self.shortage: float = 1.0
        """How many times later than usual a rake called now comes."""
        self.stack_teu = 0
        self.blocks = {b.id: Block(b.id, b.slots, b.tiers, b.plugs) for b in level.terminal.blocks}
        self.out_boxes = 0
        self.touches, self.forgotten = 0, 0
        """The one rises with every change to a unit, and whenever a track, a locomotive or somebody becomes free; the other
        with every unit that is let go with all that was known of it.
        """
        self._stamps: dict[str, int] = {}
        self.rules: dict[str, Today] = {}
        """The rules of the day that the desk has been told of."""
        self.selectivity = {} if level.customs.selectivity is None else opening(level.customs.selectivity)
        """How the criteria of the risk engine are set; empty where it draws lanes by their shares."""
        self._library = library
        self._specs: dict[str, Train | Service] = {}
        self._open(level)

    def _open(self, level: Level) -> None:
        """What is known before anything has happened."""
        self.shut: dict[str, tuple[int, int]] = {}
        """The line tracks that are closed beside the windows of the timetable: since when, and until when."""
        self._booked: dict[str, dict[str, Booking]] = {}
        """What is booked for each train, by destination, as far as somebody has asked."""
        self.machines = {each.id: Machine(each.id, each.kind) for each in level.terminal.machines}
        self.halted: dict[str, None] = {}
        """The cranes and machines that have stopped, and the cranes that are tied down."""
        self.engines: list[Engine] = []
        """The line locomotives that are called, on a train or on their way back, those called longest ago first."""
        self.turns = {(pool.gauge, turn.to): turn for pool in level.locomotives for turn in pool.turns}
        """The neighbours to which only locomotives of ours run, by gauge, and their turn there."""
        self.ground: dict[str, None] = {}
        """The containers that have a place on the ground beside the cranes, or are being brought to one."""
        self.rehandles = 0
        """How many containers were moved aside in the stack to reach others."""
        self.gate: dict[str, None] = {}
        """The containers on lorries for which there is no room in the stack."""
        self.silo = Silo(0 if level.grain is None else round(level.grain.stock_t * 1_000))
        self.stored_teu = 0 if level.road is None else level.road.stored_teu
        """What is in the bonded warehouse or on its way there, in TEU."""
        self.purse: Purse | None = None
        """What can be spent; None where nothing can."""
        self.electronic = False
        """Whether paper has been done away with."""
        if level.budget is not None:
            self.purse = purse = Purse(level.budget.at_start, unbuilt=unbuilt(level), wagons=unbought(level))
            self.holds.update(dict.fromkeys(purse.unbuilt, WORKS))
            for name, crane in self.cranes.items():
                crane.down = "unbuilt" if name in purse.unbuilt else None
            for name, machine in self.machines.items():
                machine.down = "unbuilt" if name in purse.unbuilt else None
        self.machines_there = any(machine.down is None for machine in self.machines.values())
        """Whether machines work in the stack, so that the cranes only lift."""
        for train in level.trains:
            self._expect(train)
        for name, rake in level.each_rake.items():
            if self.purse is None or name not in self.purse.wagons:
                self.enter_rake(name, rake, rake.park)

    def enter_rake(self, name: str, spec: Rake, park: str | None) -> None:
        """Enter a rake into the lists; `park`: where it is called from."""
        wagon = self.level.wagon_types[spec.wagon]
        length_m = spec.wagons * wagon.length_m
        self.units[name] = Unit(name, "rake", name, wagon.gauge, length_m, spec.wagons, spec.wagon, park, None)

    def _expect(self, train: Train) -> None:
        due_s = None if train.due is None else self.level.at_s(train.due)
        title = str(train.title or train.number)
        self.register(train.number, title, train, train.wagons, planned_s(self.level, train), due_s)
        unit = self.units[train.number]
        unit.due_there_s = None if train.due_there is None else self.level.at_s(train.due_there)
        unit.late_times = train.late_times

    def register(
        self, name: str, title: str, spec: Train | Service, wagons: int, planned: int, due_s: int | None
    ) -> None:
        wagon = self.level.wagon_types[spec.wagon]
        self._specs[name] = spec
        self.units[name] = Unit(
            name,
            spec.kind,
            title,
            wagon.gauge,
            wagons * wagon.length_m,
            wagons,
            spec.wagon,
            spec.entry,
            spec.exit,
            planned_s=planned,
            due_s=due_s,
        )

    def booking(self, train: Unit, goal: str) -> Booking:
        """What is booked for a train's consignments to a destination, in seconds at which its load leaves our tracks."""
        booked = self._booked.setdefault(train.id, {})
        if goal not in booked:
            level, run_s = self.level, self.network.run_out_s(train.exit)
            destination, spec = level.route.destinations[goal], self._specs[train.id]
            promise = promised_s(level, spec, destination, train.planned_s or 0)
            booked[goal] = booking(level, destination, train.due_s or 0, run_s, promise)
        return booked[goal]

    def sail_by_s(self, train: Unit) -> int | None:
        """By when a train's load must leave our tracks for the first sailing that is booked for it; None where none is."""
        spec = self._specs.get(train.id)
        booked = [] if spec is None else [self.booking(train, to.destination) for to in spec.to]
        return min((one.leave_by_s for one in booked if one.connection and one.leave_by_s is not None), default=None)

    def papers(self, consignment: str) -> Papers | None:
        """The documents of a consignment as they lie on the desk; None while they are not lodged."""
        dossier = self.dossiers.get(consignment)
        if dossier is None or dossier.lodged_s is None:
            return None
        return self._library.papers(consignment, corrected=dossier.corrected)

    def risk(self, consignment: str) -> float | None:
        """How risky a consignment looks by what is declared; None where the level has no signs of it, or no papers are here."""
        dossier = self.dossiers.get(consignment)
        if not self.level.customs.signs or dossier is None or dossier.lodged_s is None:
            return None
        return self._library.risk(consignment)

    def mass_t(self, unit: Unit) -> float:
        """What a unit weighs by its papers, wagons included, in tonnes."""
        return unit.wagons * self.level.wagon_types[unit.wagon].tare_t + unit.kg / 1_000

    @property
    def machines_built(self) -> list[Machine]:
        """The machines of the stack that stand."""
        return [machine for machine in self.machines.values() if machine.down != "unbuilt"]

    def hook(self, name: str) -> Crane | Machine:
        """The crane or the machine of a name."""
        return self.cranes[name] if name in self.cranes else self.machines[name]

    def stands(self, element: str) -> bool:
        """Whether a crane, a machine, a track or a section is built."""
        return self.purse is None or element not in self.purse.unbuilt

    def hops(self, start: str, end: str, gauge: Gauge) -> tuple[Hop, ...]:
        """The line tracks that lead from one place to the next and are built, all of them where none is; closed as they are now."""
        hops = self.network.hops(start, end, gauge)
        if self.shut and any(hop.track in self.shut for hop in hops):
            hops = tuple(
                replace(hop, windows_s=(*hop.windows_s, self.shut[hop.track])) if hop.track in self.shut else hop
                for hop in hops
            )
        return hops if self.purse is None else tuple(hop for hop in hops if self.stands(hop.sections[0])) or hops

    def shut_until(self, track: str) -> int | None:
        """When a line track that is closed now opens again; None where it is open."""
        window_s = self.network.shut_until(track, self.now_s)
        return max(window_s or 0, self.shut[track][1]) if track in self.shut else window_s

    def room(self, place: str, gauge: Gauge, length_m: float) -> tuple[str, ...] | None:
        """The tracks of a loop that are built and long enough for a train; None at a place that is no loop."""
        found = self.network.room(place, gauge, length_m)
        return found if found is None or self.purse is None else tuple(track for track in found if self.stands(track))

    def exported(self, name: str, t: int) -> None:
        """Note that all of an export has left on rakes that are gone, but for what is detained and set aside."""
        unit = self.units[name]
        if self.level.road is not None:
            self.departures += 1
        if unit.kind != "export" or unit.arrived_s is None or unit.departed_s is not None:
            return
        dossiers = [self.dossiers[each] for each in self.cargo[name]]
        places = [self.boxes[number].at for each in dossiers if each.state != "detained" for number in each.boxes]
        if all(at in self.units and self.units[at].departed_s is not None for at in places):
            unit.departed_s = unit.gone_s = t
            self.mark(name)

    def for_the_road(self) -> bool:
        """Whether anything that is not detained is still to be brought into the zone."""
        local = (each for each in self.dossiers.values() if each.regime in LOCAL and each.state != "detained")
        return any(self.boxes[number].at not in (ZONE, WAREHOUSE) for each in local for number in each.boxes)

    def fetchable(self, number: str) -> bool:
        """Whether a container stands in the stack for a lorry, and none is ordered for it."""
        box = self.boxes[number]
        return box.road and box.at == "stack" and box.goal is None and not box.hold

    def uncleared(self, unit: Unit) -> list[str]:
        """The consignments on a unit that customs has not released."""
        return [name for name in unit.bears if self.dossiers[name].state != "released"]

    def ringing(self, desks: Collection[Desk] = DESKS) -> list[Ring]:
        """The calls that wait for an answer of one of the desks, the one that has waited longest first."""
        return [ring for ring in self.calls.values() if ring.open and self.level.calls[ring.id].desk in desks]

    def touched_since(self, touches: int) -> list[str]:
        """The units touched after a count of `touches`, and the kinds of what became free since, the latest first."""
        names: list[str] = []
        for name, stamp in reversed(self._stamps.items()):
            if stamp <= touches:
                break
            names.append(name)
        return names

    def tell_time(self, now_s: int) -> None:
        """Let time pass without an event."""
        self.now_s = now_s

    def free(self, element: str, unit_id: str) -> None:
        if self.holds.get(element) == unit_id:
            del self.holds[element]
        if element in self.network.station_of:
            track = self.level.tracks[element][1]
            self.mark(free_track(track.gauge, track.use))

    def hand_over(self, unit: Unit) -> None:
        if unit.kind not in ("container", "through", "grain", "export") or unit.boxes:
            return
        names, goals = self.cargo.setdefault(unit.id, []), dict[str, None]()
        for listed in self._library.manifest(unit.id).consignments:
            name, road = listed.id, listed.road
            for number, teu, declared_kg, wagon in listed.loadings:
                self.boxes[number] = box = Box(
                    number, teu, declared_kg, name, unit.id, unit.id, wagon, "stack" if road else None,
                    reefer=listed.reefer, danger=listed.danger, road=road,
                )  # fmt: skip
                unit.put(box, wagon)
                unit.load_teu += 0 if road else teu
            if name not in self.dossiers:
                names.append(name)
                boxes = tuple(loading.number for loading in listed.loadings)
                self.dossiers[name] = Dossier(name, unit.id, boxes, regime=listed.regime or "transit")
            if listed.goal is not None:
                self.goals[name] = listed.goal
                goals[listed.goal] = None
        unit.total = unit.left = len(unit.boxes)
        booked = (self.booking(unit, goal).leave_by_s for goal in goals)
        unit.leave_by_s = min((at for at in booked if at is not None), default=None)

    def touch(self, unit_id: str) -> Unit:
        self.mark(unit_id)
        return self.units[unit_id]

    def mark(self, name: str) -> None:
        stamps = self._stamps
        if name in stamps:
            del stamps[name]
        self.touches += 1
        stamps[name] = self.touches

    def part(self, names: Sequence[str]) -> "View":
        """A view of some units and what came on them only, and of all that is not about units."""
        own = copy(self)
        own.units = {name: self.units[name] for name in names}
        own.cargo = {name: self.cargo[name] for name in names if name in self.cargo}
        own.dossiers = {name: self.dossiers[name] for names in own.cargo.values() for name in names}
        own.boxes = {number: self.boxes[number] for item in own.dossiers.values() for number in item.boxes}
        own.goals = {name: self.goals[name] for name in own.dossiers if name in self.goals}
        return own

    def forget(self, name: str) -> None:
        """Let a unit go with all that is known of it and of what came on it."""
        unit = self.units.pop(name)
        self.forgotten += 1
        self.here.pop(name, None)
        for consignment in self.cargo.pop(name, ()):
            for number in self.dossiers.pop(consignment).boxes:
                box = self.boxes.pop(number)
                self.stack_teu -= box.teu if box.at == "stack" else 0
                self.ground.pop(number, None)
                self.gate.pop(number, None)
                if box.piled:
                    self.blocks[box.block].take(number)
            self.goals.pop(consignment, None)
        self._specs.pop(name, None)
        self._booked.pop(name, None)
        self._stamps.pop(name, None)
        self.left_from.pop(name, None)
        if unit.path_s is not None:
            self.paths.pop(unit.path_s, None)

    def dossier(self, name: str) -> Dossier:
        dossier = self.dossiers[name]
        self.mark(dossier.train)
        return dossier

    def jobs(self, subject: str) -> dict[str, Job]:
        if subject in self.cranes:
            return self.cranes[subject].jobs
        if subject in self.machines:
            return self.machines[subject].jobs
        if subject in self.units:
            return self.touch(subject).jobs
        return self.dossier(subject).jobs


def cargo_of(view: View, unit: Unit) -> Cargo | None:
    """What a train that leaves carries, as a neighbour that cuts its acceptance counts it; None: it is empty."""
    if not unit.boxes:
        return None
    return "containers" if any(view.boxes[number].teu for number in unit.boxes) else "grain"


def planned_s(level: Level, train: Train) -> int:
    """When a train is offered by timetable, in seconds of the shift; negative where it stands there already."""
    if train.standing is not None:
        return -int(train.standing.since_min * 60)
    return level.at_s(train.at)
