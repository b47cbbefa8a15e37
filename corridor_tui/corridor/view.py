"""The view: what can be known at a moment, a pure fold of the events so far."""

from collections.abc import Callable, Iterator
from typing import Literal, Protocol, cast

from corridor_tui.corridor.events import Arg, Event
from corridor_tui.corridor.network import Network
from corridor_tui.corridor.state import (
    Box,
    Cargo,
    Crane,
    Dossier,
    Finding,
    Job,
    Pool,
    Ring,
    Slots,
    Unit,
    Weather,
)
from corridor_tui.corridor.work import POOL_OF, POOLS, pool_size, pools_of
from corridor_tui.level.base import Lane
from corridor_tui.level.model import Level
from corridor_tui.level.traffic import Train
from corridor_tui.scenario.values import Manifest, Papers


class Library(Protocol):
    """What the desk is handed on paper: handover lists and consignment documents."""

    def manifest(self, train: str) -> Manifest:
        """The handover list of a train."""
        ...

    def papers(self, consignment: str, *, corrected: bool) -> Papers:
        """The documents of a consignment."""
        ...


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
        self.holds: dict[str, str] = {}
        self.cranes = {crane.id: Crane(crane.id) for crane in level.terminal.cranes}
        self.pools = {name: Pool(name, pool_size(level, name)) for name in POOLS}
        self.locos = {pool.gauge: pool.count for pool in level.locomotives}
        self.paths: dict[int, str] = {}
        """Booked departure seconds and the unit that has each."""
        self.departures = 0
        self.weather = Weather()
        self.calls: dict[str, Ring] = {}
        self.cuts: dict[str, Slots] = {}
        """Neighbours that take only so many more trains for now."""
        self.silo: dict[str, list[Box]] = {}
        """What lies in the silo of each consignment, in the order in which it came; parts of wagons included."""
        self.silo_kg = 0 if level.grain is None else round(level.grain.stock_t * 1_000)
        self.silo_full = False
        """Whether the front waits for room in the silo."""
        self.grain_out_kg = 0
        self.shortage: float = 1.0
        """How many times later than usual a rake called now comes."""
        self.stack_teu = 0
        self.out_boxes = 0
        self.touches = 0
        """Rises with every change to a unit, and whenever a track, a locomotive or somebody becomes free."""
        self._stamps: dict[str, int] = {}
        self._library = library
        for train in level.trains:
            self._expect(train)
        for rake in level.rakes:
            wagon = level.wagon_types[rake.wagon]
            self.units[rake.id] = Unit(
                rake.id,
                "rake",
                rake.id,
                wagon.gauge,
                rake.wagons * wagon.length_m,
                rake.wagons,
                rake.wagon,
                rake.park,
                None,
            )

    def _expect(self, train: Train) -> None:
        wagon = self.level.wagon_types[train.wagon]
        self.units[train.number] = Unit(
            train.number,
            train.kind,
            train.title or train.number,
            wagon.gauge,
            train.wagons * wagon.length_m,
            train.wagons,
            train.wagon,
            train.entry,
            train.exit,
            planned_s=planned_s(self.level, train),
            due_s=None if train.due is None else self.level.at_s(train.due),
        )

    def papers(self, consignment: str) -> Papers | None:
        """The documents of a consignment as they lie on the desk; None while they are not lodged."""
        dossier = self.dossiers.get(consignment)
        if dossier is None or dossier.lodged_s is None:
            return None
        return self._library.papers(consignment, corrected=dossier.corrected)

    def uncleared(self, unit: Unit) -> list[str]:
        """The consignments on a unit that customs has not released."""
        return [name for name in unit.bears if self.dossiers[name].state != "released"]

    def touched_since(self, touches: int) -> Iterator[str]:
        """The units touched after a count of `touches`, and the kinds of what became free since, the latest first."""
        for name, stamp in reversed(self._stamps.items()):
            if stamp <= touches:
                return
            yield name

    def tell_time(self, now_s: int) -> None:
        """Let time pass without an event."""
        self.now_s = now_s

    def apply(self, event: Event) -> None:
        """Take one event in."""
        t, code, args = event
        self.now_s = t
        if code in _FOLD:
            _FOLD[code](self, t, *args)

    # trains and tracks

    def on_offered(self, t: int, unit_id: str) -> None:
        unit = self._touch(unit_id)
        unit.offered_s, unit.place = t, unit.entry
        unit.loco = "attached"
        self._hand_over(unit)

    def on_handed_over(self, t: int, unit_id: str) -> None:
        self._hand_over(self._touch(unit_id))

    def _hand_over(self, unit: Unit) -> None:
        if unit.kind not in ("container", "through", "grain") or unit.boxes:
            return
        names = self.cargo.setdefault(unit.id, [])
        members: dict[str, list[str]] = {}
        for loading in self._library.manifest(unit.id).loadings:
            self.boxes[loading.number] = box = Box(
                loading.number, loading.teu, loading.declared_kg, loading.consignment, unit.id, unit.id, loading.wagon
            )
            unit.put(box, loading.wagon)
            members.setdefault(loading.consignment, []).append(loading.number)
        unit.total = unit.left = len(unit.boxes)
        for name, boxes in members.items():
            if name not in self.dossiers:
                names.append(name)
                self.dossiers[name] = Dossier(name, unit.id, tuple(boxes))

    def on_stood(self, t: int, unit_id: str, track: str, arrived_s: int, stage: str) -> None:
        unit = self._touch(unit_id)
        unit.place, unit.arrived_s = track, arrived_s
        unit.offered_s = unit.offered_s if unit.offered_s is not None else arrived_s
        self.holds[track] = unit_id
        self._hand_over(unit)
        unit.loco = "attached" if stage == "arrived" else "none"

    def on_accepted(self, t: int, unit_id: str, track: str) -> None:
        unit = self._touch(unit_id)
        unit.accepted = track
        self.holds[track] = unit_id

    def on_held(self, t: int, unit_id: str) -> None:
        unit = self._touch(unit_id)
        if unit.accepted is not None:
            self._free(unit.accepted, unit_id)
        unit.accepted = None

    def on_moving(self, t: int, unit_id: str, to: str, eta_s: int) -> None:
        unit = self._touch(unit_id)
        unit.moving, unit.to, unit.eta_s = True, to, eta_s

    def on_entered(self, t: int, unit_id: str, element: str) -> None:
        unit = self._touch(unit_id)
        self.holds[element] = unit_id
        unit.waiting_at = None
        if "." not in element:
            unit.place = element

    def on_freed(self, t: int, unit_id: str, element: str) -> None:
        self._touch(unit_id)
        self._free(element, unit_id)

    def on_signal(self, t: int, unit_id: str, element: str) -> None:
        self._touch(unit_id).waiting_at = element

    def on_arrived(self, t: int, unit_id: str, track: str) -> None:
        unit = self._touch(unit_id)
        unit.place, unit.to, unit.moving, unit.accepted, unit.eta_s = track, None, False, None, None
        unit.waiting_at = None
        if unit.arrived_s is None:
            unit.arrived_s = t
        self.holds[track] = unit_id

    def on_departed(self, t: int, unit_id: str, track: str) -> None:
        unit = self._touch(unit_id)
        self.departures += 1
        if unit.departed_s is None:
            unit.departed_s = t
        self._free(track, unit_id)

    def on_gone(self, t: int, unit_id: str) -> None:
        unit = self._touch(unit_id)
        unit.gone_s, unit.place, unit.moving = t, unit.to, False
        if unit.fills:
            self.grain_out_kg += sum(self.boxes[number].declared_kg for number in unit.boxes)
        else:
            self.out_boxes += len(unit.boxes)

    def _free(self, element: str, unit_id: str) -> None:
        if self.holds.get(element) == unit_id:
            del self.holds[element]
        if element in self.level.tracks:
            track = self.level.tracks[element][1]
            self._mark(free_track(track.gauge, track.use))

    # work

    def on_queued(self, t: int, subject: str, task: str) -> None:
        self._jobs(subject)[task] = Job("queued", t)
        if task in POOL_OF:
            self.pools[POOL_OF[task]].queue += 1

    def on_started(self, t: int, subject: str, task: str, expected_s: int) -> None:
        jobs = self._jobs(subject)
        queued = task in jobs and jobs[task].progress == "queued"
        for name in pools_of(task):
            self.pools[name].busy += 1
        if queued and task in POOL_OF:
            self.pools[POOL_OF[task]].queue -= 1
        jobs[task] = Job("doing", t, t + expected_s, void=queued and jobs[task].void)

    def on_done(self, t: int, subject: str, task: str) -> None:
        jobs = self._jobs(subject)
        if jobs[task].void:
            del jobs[task]
        else:
            jobs[task].progress = "done"
        for name in pools_of(task):
            self.pools[name].busy -= 1
            self._mark(free_pool(name))

    def on_already(self, t: int, subject: str, task: str) -> None:
        self._jobs(subject)[task] = Job("done", t)

    def on_releasing(self, t: int, name: str) -> None:
        self._dossier(name).state = "releasing"

    def on_laden(self, t: int, rake: str) -> None:
        self._touch(rake).jobs["load"] = Job("done", t)

    def on_emptied(self, t: int, train: str) -> None:
        self._touch(train).jobs["lift"] = Job("done", t)

    def on_routed(self, t: int, unit_id: str, to: str) -> None:
        self._touch(unit_id).to = to
        if to in self.level.tracks:
            self.holds[to] = unit_id
        elif to in self.cuts:
            self.cuts[to].take(cargo_of(self, self.units[unit_id]))

    def on_loco_called(self, t: int, unit_id: str, expected_s: int) -> None:
        unit = self._touch(unit_id)
        unit.loco, unit.loco_s = "called", t + expected_s
        self.locos[unit.gauge] -= 1

    def on_loco_on(self, t: int, unit_id: str) -> None:
        unit = self._touch(unit_id)
        unit.loco, unit.loco_s = "attached", t

    def on_loco_off(self, t: int, unit_id: str) -> None:
        self._touch(unit_id).loco = "none"

    def on_loco_back(self, t: int, gauge: int) -> None:
        self.locos[1435 if gauge == 1435 else 1520] += 1
        self._mark(free_locomotive(gauge))

    def on_called(self, t: int, rake: str, expected_s: int) -> None:
        unit = self._touch(rake)
        unit.called_s, unit.planned_s = t, t + expected_s

    def on_weighed(self, t: int, unit_id: str, wagons: str) -> None:
        unit = self._touch(unit_id)
        if "weigh" in unit.jobs:
            unit.overloaded = tuple(int(part) for part in wagons.split(",") if part)

    def on_path(self, t: int, unit_id: str, at_s: int) -> None:
        self._touch(unit_id).path_s = at_s
        self.paths[at_s] = unit_id

    def on_path_gone(self, t: int, unit_id: str, at_s: int) -> None:
        self._touch(unit_id).path_s = None
        self.paths.pop(at_s, None)

    def on_set_out(self, t: int, unit_id: str, wagon: int, track: str) -> None:
        unit = self._touch(unit_id)
        unit.set_out = (*unit.set_out, wagon)
        gone = unit.fills.pop(wagon, None)
        stays = gone is not None and gone in unit.fills.values()
        for number in (
            [] if stays else [number for number, place in unit.boxes.items() if self._goes(number, place, wagon, gone)]
        ):
            unit.take(self.boxes[number])
            self.boxes[number].at = "siding"
        unit.overloaded = tuple(place for place in unit.overloaded if place != wagon)
        _void(unit, "waybill")

    def _goes(self, number: str, place: int, wagon: int, filled: str | None) -> bool:
        """Whether a load goes with a wagon that is set out: what stands on it, or a consignment whose last wagon it is."""
        return place == wagon if filled is None else self.boxes[number].consignment == filled

    # terminal

    def on_paired(self, t: int, train_id: str, rake_id: str | None) -> None:
        train = self._touch(train_id)
        train.partner = rake_id
        train.jobs.setdefault("lift", Job("doing", t))
        if rake_id is not None:
            rake = self._touch(rake_id)
            rake.partner, rake.exit, rake.due_s = train_id, train.exit, train.due_s
            rake.jobs["load"] = Job("doing", t)

    def on_crane_set(self, t: int, crane_id: str, train: str | None) -> None:
        self.cranes[crane_id].train = train

    def on_lifting(self, t: int, crane_id: str, number: str, dest: str, at_m: int) -> None:
        crane = self.cranes[crane_id]
        crane.at_m = at_m
        crane.box, crane.dest, crane.since_s, crane.blocked = number, dest, t, False
        box = self.boxes[number]
        unit = self.units.get(box.at)
        if unit is None:
            self.stack_teu -= box.teu
        else:
            unit.take(box)
            if unit.kind == "container":
                unit.left -= 1
                if unit.first_lift_s is None:
                    unit.first_lift_s = t
        box.at = crane_id

    def on_lifted(self, t: int, crane_id: str, number: str, dest: str, wagon: int) -> None:
        crane, box = self.cranes[crane_id], self.boxes[number]
        crane.box = crane.dest = None
        crane.lifts += 1
        box.at, box.wagon = dest, wagon
        self.units[box.train].last_lift_s = t
        if dest == "stack":
            self.stack_teu += box.teu
            box.goal = None
        else:
            box.goal = None
            self.units[dest].put(box, wagon)

    def on_crane_blocked(self, t: int, crane_id: str) -> None:
        self.cranes[crane_id].blocked = True

    def on_grounding(self, t: int, number: str) -> None:
        box = self.boxes[number]
        box.goal = "stack"
        rake = self.units.get(box.at)
        if rake is not None and rake.kind != "container":
            self._reload(rake, t)

    def on_loading(self, t: int, number: str, rake_id: str) -> None:
        self.boxes[number].goal = rake_id
        self._reload(self._touch(rake_id), t)

    def _reload(self, rake: Unit, t: int) -> None:
        """More lifts on a rake: what was weighed and written of it no longer holds."""
        self._mark(rake.id)
        rake.jobs["load"] = Job("doing", t)
        _void(rake, "weigh", "waybill")
        rake.overloaded = ()

    # grain

    def on_discharging(self, t: int, train_id: str) -> None:
        self._touch(train_id).jobs["lift"] = Job("doing", t)

    def on_tipping(self, t: int, train_id: str, first: int, last: int, expected_s: int) -> None:
        unit = self._touch(train_id)
        unit.jobs["lift"].expected_s = t + expected_s
        unit.first_lift_s = t if unit.first_lift_s is None else unit.first_lift_s
        self.silo_full = False

    def on_tipped(self, t: int, train_id: str, first: int, last: int) -> None:
        unit = self._touch(train_id)
        for number in [number for number, wagon in unit.boxes.items() if first <= wagon <= last]:
            box = self.boxes[number]
            unit.take(box)
            unit.left -= 1
            box.at, box.silo_kg = "silo", box.declared_kg
            self.silo.setdefault(box.consignment, []).append(box)
            self.silo_kg += box.declared_kg
        unit.last_lift_s = t

    def on_silo_full(self, t: int, train_id: str) -> None:
        self._touch(train_id)
        self.silo_full = True

    def on_filled(self, t: int, rake_id: str, wagon: int, consignment: str, mass_kg: int) -> None:
        rake = self._touch(rake_id)
        stock, left = self.silo[consignment], mass_kg
        self.silo_kg -= mass_kg
        rake.fills[wagon] = consignment
        while left:
            part = min(left, stock[0].silo_kg)
            stock[0].silo_kg -= part
            left -= part
            if not stock[0].silo_kg:
                box = stock.pop(0)
                box.at, box.wagon = rake_id, wagon
                rake.put(box, wagon)

    def on_sample_wanted(self, t: int, name: str) -> None:
        self._dossier(name).sample = "wanted"

    def on_sample_clean(self, t: int, name: str) -> None:
        self._dossier(name).sample = "clean"

    # disruptions

    def on_crane_stopped(self, t: int, crane_id: str, why: Literal["stopped", "service"]) -> None:
        self.cranes[crane_id].down = why

    def on_crane_up(self, t: int, crane_id: str) -> None:
        crane = self.cranes[crane_id]
        crane.down = crane.train = None
        crane.jobs.pop("repair", None)

    def on_tied(self, t: int, crane_id: str) -> None:
        self.cranes[crane_id].tied = True
        del self.cranes[crane_id].jobs["tie"]

    def on_untied(self, t: int, crane_id: str) -> None:
        self.cranes[crane_id].tied = False
        del self.cranes[crane_id].jobs["untie"]

    def on_wind_warned(self, t: int, speed_ms: int, at_s: int) -> None:
        self.weather.coming_ms, self.weather.coming_s = speed_ms, at_s

    def on_wind(self, t: int, speed_ms: int) -> None:
        self.weather.wind_ms, self.weather.coming_s = speed_ms, None

    def on_frost(self, t: int, on: int) -> None:
        self.weather.frost = bool(on)

    def on_fog(self, t: int, on: int) -> None:
        self.weather.fog = bool(on)

    def on_cut(
        self, t: int, neighbour: str, trains: int, until_s: int, grain: int | None, containers: int | None
    ) -> None:
        self.cuts[neighbour] = Slots(trains, until_s, grain, containers)

    def on_cut_over(self, t: int, neighbour: str) -> None:
        self.cuts.pop(neighbour, None)
        self._mark(free_slots(neighbour))

    def on_shortage(self, t: int, percent: int, until_s: int) -> None:
        self.shortage = percent / 100

    def on_shortage_over(self, t: int) -> None:
        self.shortage = 1.0

    def on_papers_held(self, t: int, name: str, until_s: int) -> None:
        self._dossier(name).held_s = until_s

    def on_papers_back(self, t: int, name: str) -> None:
        self._dossier(name).held_s = None

    def on_call(self, t: int, call: str, until_s: int) -> None:
        self.calls[call] = Ring(call, t, until_s)

    def on_answered(self, t: int, call: str, word: str, right: int) -> None:
        self.calls[call].answer = word

    def on_call_missed(self, t: int, call: str) -> None:
        self.calls[call].missed = True

    # customs

    def on_lodged(self, t: int, name: str, lane: Lane) -> None:
        dossier = self._dossier(name)
        dossier.lodged_s, dossier.lane = t, lane
        if dossier.state == "expected":
            dossier.state = "lodged"

    def on_lane(self, t: int, name: str, lane: Lane) -> None:
        self._dossier(name).lane = lane

    def on_released(self, t: int, name: str) -> None:
        dossier = self._dossier(name)
        dossier.state, dossier.decided_s = "released", t

    def on_detained(self, t: int, name: str) -> None:
        dossier = self._dossier(name)
        dossier.state, dossier.decided_s = "detained", t

    def on_found(self, t: int, name: str, first: str, second: str, rule: str) -> None:
        self._dossier(name).findings.append(Finding(first, second, rule, t))

    def on_settled(self, t: int, name: str, outcome: str) -> None:
        finding = self._dossier(name).finding
        if finding is not None:
            finding.outcome = "upheld" if outcome == "upheld" else "withdrawn" if outcome == "withdrawn" else "answered"

    def on_corrected(self, t: int, name: str) -> None:
        self._dossier(name).corrected = True

    def on_seen(self, t: int, name: str, rung: str, result: str) -> None:
        self._dossier(name).seen[rung] = result

    def on_requested(self, t: int, name: str, document: str) -> None:
        dossier = self._dossier(name)
        dossier.requested = (*dossier.requested, document)

    def on_over(self, t: int) -> None:
        self.over = True

    def on_closed(self, t: int) -> None:
        self.closed = True

    def _touch(self, unit_id: str) -> Unit:
        self._mark(unit_id)
        return self.units[unit_id]

    def _mark(self, name: str) -> None:
        self.touches += 1
        self._stamps.pop(name, None)
        self._stamps[name] = self.touches

    def _dossier(self, name: str) -> Dossier:
        dossier = self.dossiers[name]
        self._mark(dossier.train)
        return dossier

    def _jobs(self, subject: str) -> dict[str, Job]:
        if subject in self.cranes:
            return self.cranes[subject].jobs
        if subject in self.units:
            return self._touch(subject).jobs
        return self._dossier(subject).jobs


def _void(unit: Unit, *tasks: str) -> None:
    """What was done of some tasks no longer holds; what is being done of them will not."""
    for task in tasks:
        job = unit.jobs.get(task)
        if job is not None and job.progress == "done":
            del unit.jobs[task]
        elif job is not None:
            job.void = True


def cargo_of(view: View, unit: Unit) -> Cargo | None:
    """What a train that leaves carries, as a neighbour that cuts its acceptance counts it; None: it is empty."""
    if not unit.boxes:
        return None
    return "containers" if any(view.boxes[number].teu for number in unit.boxes) else "grain"


# What becomes free, by kind; with a space, as no name in a level has.


def free_track(gauge: int, use: str) -> str:
    """The kind of a track, as `touched_since` names it once one is free."""
    return f"track {gauge} {use}"


def free_locomotive(gauge: int) -> str:
    """The kind of a locomotive of a gauge."""
    return f"locomotive {gauge}"


def free_slots(neighbour: str) -> str:
    """The kind of a neighbour's acceptance."""
    return f"slots {neighbour}"


def free_pool(pool: str) -> str:
    """The kind of people or places of a pool."""
    return f"pool {pool}"


def planned_s(level: Level, train: Train) -> int:
    """When a train is offered by timetable, in seconds of the shift; negative where it stands there already."""
    if train.standing is not None:
        return -int(train.standing.since_min * 60)
    return level.at_s(train.at)


_Handler = Callable[..., None]
_FOLD: dict[str, _Handler] = {
    name.removeprefix("on_"): cast("_Handler", method) for name, method in vars(View).items() if name.startswith("on_")
}
"""What each event's code does to the view: the methods named after it."""
__all__ = ["Arg", "Library", "View", "planned_s"]
