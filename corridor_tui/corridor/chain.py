"""The chain of work on a train: how far it has come, what is next, and what it waits for at this moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from corridor_tui.corridor.checks_terminal import left_teu, room_teu, takes_boxes, travels, wants_rake
from corridor_tui.corridor.state import Box, Unit
from corridor_tui.corridor.view import View, cargo_of
from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.level.base import Desk

StepState: TypeAlias = Literal["done", "doing", "queued", "open", "blocked", "later"]
Cause: TypeAlias = Literal[
    "work",
    "trainee",
    "track",
    "staff",
    "crane",
    "machine",
    "silo",
    "papers",
    "wagons",
    "locomotive",
    "path",
    "neighbour",
    "line",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a unit's chain and how far it is."""

    name: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Wait:
    """What a unit waits for now; `desk` is whose order is missing where the cause is "trainee"."""

    cause: Cause
    desk: Desk | None = None


WORK, TRACK, STAFF, LINE = Wait("work"), Wait("track"), Wait("staff"), Wait("line")
PAPERS, CRANE, WAGONS, NEIGHBOUR = Wait("papers"), Wait("crane"), Wait("wagons"), Wait("neighbour")
MACHINE = Wait("machine")
DISPATCH, TERMINAL = Wait("trainee", "dispatch"), Wait("trainee", "terminal")


def is_load(unit: Unit) -> bool:
    """Whether a unit brings a load over the border."""
    return unit.kind in ("container", "through", "grain", "export")


def goes_over(unit: Unit) -> bool:
    """Whether a train's load goes over onto other wagons here: over the cranes, or through the silo."""
    return unit.kind in ("container", "grain")


def sent_home(unit: Unit) -> bool:
    """Whether a unit is an emptied train that goes back to where it came from."""
    return goes_over(unit) and unit.did("lift")


def stands_outside(unit: Unit) -> bool:
    """Whether a train stands at a neighbour, offered and not accepted."""
    outside = unit.offered_s is not None and unit.accepted is None and unit.arrived_s is None
    return outside and unit.kind != "export"


def departs_to(unit: Unit) -> str | None:
    """The neighbour a unit is next sent to, or None while it has nowhere to go."""
    if goes_over(unit):
        return unit.entry if sent_home(unit) else None
    return unit.exit


def carrier(view: View, unit: Unit) -> Unit:
    """What carries a train's load now: once all of it is off the train, the last of its rakes that is still here."""
    if not goes_over(unit) or not unit.did("lift") or not unit.partners:
        return unit
    if len(unit.partners) == 1:
        return view.units[unit.partners[0]]
    rakes = [view.units[name] for name in reversed(unit.partners)]
    return next((rake for rake in rakes if rake.departed_s is None and _bears(view, rake, unit)), rakes[0])


def _bears(view: View, rake: Unit, train: Unit) -> bool:
    """Whether a rake has anything of a train's load on it."""
    return any(view.dossiers[name].train == train.id for name in rake.bears)


def load_left_s(view: View, unit: Unit) -> int | None:
    """When a train's load left: with the last of its rakes where it was lifted over, on its own wheels where not.

    None: some of it is here. A load that is due at the end of the line has left when it is there.
    """
    if not goes_over(unit):
        return _left_s(unit)
    if not unit.partners or not unit.did("lift"):
        return None
    if unit.stacked and any(travels(view, number) for number in unit.stacked):
        return None
    rakes = [view.units[name] for name in unit.partners]
    if len(rakes) > 1:
        rakes = [rake for rake in rakes if _bears(view, rake, unit)] or rakes
    last_s = 0
    for rake in rakes:
        if (left_s := _left_s(rake)) is None:
            return None
        last_s = max(last_s, left_s)
    return last_s


def _left_s(unit: Unit) -> int | None:
    """When a unit left what counts for it: the station, or the line where it is due at the end of that."""
    return unit.departed_s if unit.due_there_s is None else unit.gone_s


def deadline_s(unit: Unit, now_s: int) -> int | None:
    """The deadline that counts for a load: the cut-off of a sailing or a promise while it can be kept, else when it is due."""
    if unit.leave_by_s is None or unit.leave_by_s <= now_s:
        return unit.due_s
    return unit.leave_by_s if unit.due_s is None else min(unit.due_s, unit.leave_by_s)


def at_terminal(view: View, unit: Unit) -> bool:
    """Whether a unit stands at the terminal where its load goes over: the cranes', or the grain terminal."""
    network = view.network
    station = network.station_of.get(unit.place or "")
    if station is None:
        return False
    if unit.kind == "grain" or (unit.kind == "rake" and unit.gauge == 1435):
        return station == network.silo
    return station == network.terminal


def _job(unit: Unit, *tasks: str) -> StepState:
    states = [unit.jobs[task].progress for task in tasks if task in unit.jobs]
    if not states:
        return "open"
    if len(states) == len(tasks) and all(state == "done" for state in states):
        return "done"
    return "doing" if "doing" in states else "queued" if "queued" in states else "open"


def _came_in(unit: Unit) -> list[tuple[str, StepState]]:
    steps: list[tuple[str, StepState]] = []
    if unit.entry is None and unit.kind == "rake":
        return steps
    if unit.kind == "rake":
        steps.append(("call", "done" if unit.called_s is not None else "open"))
    accepted = unit.accepted is not None or unit.arrived_s is not None or unit.moving
    waiting_for_offer = unit.offered_s is None and unit.arrived_s is None
    steps.append(("accept", "done" if accepted else "blocked" if waiting_for_offer else "open"))
    steps.append(("run", "done" if unit.arrived_s is not None else "doing" if unit.moving else "open"))
    return steps


def _brake(unit: Unit) -> StepState:
    if unit.did("brake_full") or unit.did("brake_short"):
        return "done"
    tests = [unit.jobs[test] for test in ("brake_full", "brake_yard", "brake_short") if test in unit.jobs]
    if any(job.progress == "doing" for job in tests):
        return "doing"
    return "queued" if any(job.progress == "queued" for job in tests) else "open"


def _loco(unit: Unit) -> StepState:
    if unit.loco == "attached":
        return "done"
    return "doing" if unit.loco == "called" else "open"


def _leaving(unit: Unit, *, path: bool) -> list[tuple[str, StepState]]:
    steps: list[tuple[str, StepState]] = []
    if path:
        steps.append(("path", "done" if unit.path_s is not None or unit.departed_s is not None else "open"))
    steps.append(("depart", "done" if unit.departed_s is not None else "doing" if unit.to is not None else "open"))
    return steps


def _container(view: View, unit: Unit) -> list[tuple[str, StepState]]:
    home = sent_home(unit)
    arrived = unit.arrived_s is not None
    off = arrived and (unit.loco == "none" or home or at_terminal(view, unit))
    steps = _came_in(unit)
    steps += [
        ("secure", "done" if off else _job(unit, "secure")),
        ("uncouple", "done" if off else _job(unit, "uncouple")),
    ]
    steps.append(("inspect", "done" if at_terminal(view, unit) and home else _job(unit, *INSPECTIONS)))
    placed = at_terminal(view, unit) or home
    steps.append(("place", "done" if placed else _job(unit, "shunt") if unit.moving else "open"))
    steps.append(("discharge" if unit.kind == "grain" else "lift", "done" if home else _job(unit, "lift")))
    if home:
        steps += [("check", _job(unit, "empty")), ("out", "done" if not at_terminal(view, unit) else "open")]
        steps.append(("loco", _loco(unit)))
        steps += _leaving(unit, path=unit.gauge == 1520)
    return steps


def _rake(view: View, unit: Unit) -> list[tuple[str, StepState]]:
    steps = _came_in(unit)
    placed = at_terminal(view, unit) or unit.did("load")
    if unit.kind == "empties" and unit.arrived_s is not None and not placed:
        off = unit.loco == "none"
        steps += [
            ("secure", "done" if off else _job(unit, "secure")),
            ("uncouple", "done" if off else _job(unit, "uncouple")),
        ]
    steps += [("place", "done" if placed else "open"), ("load", _job(unit, "load"))]
    if not unit.partners:
        return steps
    steps += [("weigh", _job(unit, "weigh")), ("waybill", _job(unit, "waybill"))]
    loaded_out = unit.did("load") and not at_terminal(view, unit)
    steps += [("out", "done" if loaded_out else "open"), ("loco", _loco(unit)), ("brake", _brake(unit))]
    papers: StepState = "doing" if view.uncleared(unit) or not unit.did("load") else "done"
    steps.append(("papers", papers))
    return steps + _leaving(unit, path=unit.gauge == 1520)


def _through(view: View, unit: Unit) -> list[tuple[str, StepState]]:
    steps = [*_came_in(unit), ("inspect", _job(unit, *INSPECTIONS))]
    steps.append(("papers", "done" if unit.boxes and not view.uncleared(unit) else "open"))
    return steps + _leaving(unit, path=False)


def _export(view: View, unit: Unit) -> list[tuple[str, StepState]]:
    """What lorries bring: into the stack, its papers, onto a rake, and away with it."""
    numbers = _to_go(view, unit)
    loaded = [number for number in numbers if view.boxes[number].at in view.units]
    came: StepState = "blocked" if unit.offered_s is None else "doing" if unit.arrived_s is None else "done"
    cleared = all(view.dossiers[view.boxes[number].consignment].state == "released" for number in numbers)
    ordered = [number for number in numbers if view.boxes[number].goal is not None or number in loaded]
    load: StepState = "doing" if numbers and len(ordered) == len(numbers) and came == "done" else "open"
    return [
        ("bring", came),
        ("papers", "done" if numbers and cleared else "open"),
        ("load", "done" if numbers and len(loaded) == len(numbers) and unit.arrived_s is not None else load),
        ("depart", "done" if unit.departed_s is not None else "open"),
    ]


def _to_go(view: View, unit: Unit) -> list[str]:
    """The containers of an export that are to travel, for all we know."""
    dossiers = (view.dossiers[name] for name in view.cargo.get(unit.id, ()))
    return [number for each in dossiers if each.state != "detained" for number in each.boxes]


_CHAINS: dict[str, Callable[[View, Unit], list[tuple[str, StepState]]]] = {
    "container": _container,
    "rake": _rake,
    "empties": _rake,
    "through": _through,
    "grain": _container,
    "export": _export,
}


def chain(view: View, unit: Unit) -> tuple[Step, ...]:
    """The stages of a unit in order; what comes after the first stage that is not done, and cannot begin yet, is later."""
    steps: list[Step] = []
    ahead = True
    for name, state in _CHAINS[unit.kind](view, unit):
        if state == "open" and not ahead:
            steps.append(Step(name, "later"))
        else:
            steps.append(Step(name, state))
        if state in ("open", "blocked"):
            ahead = False
    return tuple(steps)


# What a load waits for: one cause a second, by the order of these questions.


def waiting(view: View, unit: Unit) -> Wait:
    """What a unit waits for at this moment."""
    if stands_outside(unit):
        return _on_the_way(view, unit)
    if goes_over(unit) and unit.did("lift") and wants_rake(view, unit):
        return _rake_wanted(view, unit)
    if unit.kind == "export":
        return _export_wait(view, unit)
    unit = carrier(view, unit)
    if unit.departed_s is not None:
        return LINE if unit.waiting_at is not None else WORK
    if unit.arrived_s is None or unit.moving:
        return _on_the_way(view, unit)
    if unit.busy() not in (None, "lift", "load"):
        return WORK
    if any(job.progress == "queued" for job in unit.jobs.values()):
        return STAFF
    if goes_over(unit):
        return _emptied(unit) if sent_home(unit) else _before_lift(view, unit)
    return _through_wait(view, unit) if unit.kind == "through" else _loaded(view, unit)


def _on_the_way(view: View, unit: Unit) -> Wait:
    if unit.moving:
        if unit.waiting_at is not None and stands_before(view, unit):
            return DISPATCH if _free_track(view, unit, "receiving") else TRACK
        return LINE if unit.waiting_at is not None else WORK
    if unit.offered_s is None:
        return NEIGHBOUR
    if unit.accepted is not None:
        return LINE
    room = _over_loops(view, unit) or _free_track(view, unit, "receiving")
    return DISPATCH if room else TRACK


def stands_before(view: View, unit: Unit) -> bool:
    """Whether a train stands in the last loop before its station, and its track there is another's."""
    station_of = view.network.station_of
    here, there = station_of.get(unit.place or ""), station_of.get(unit.accepted or "")
    if here is None or there is None or view.holds.get(unit.accepted or "", unit.id) == unit.id:
        return False
    return bool(view.network.hops(here, there, unit.gauge))


def _over_loops(view: View, unit: Unit) -> bool:
    """Whether a train comes over the line, where its track is locked only from the last loop."""
    return bool(view.network.far_tracks(unit.entry, unit.gauge))


def _free_track(view: View, unit: Unit, use: str) -> bool:
    tracks = view.network.only_for(unit.gauge, use)
    return any(track.id not in view.holds and track.length_m >= unit.length_m for track in tracks)


def _before_lift(view: View, unit: Unit) -> Wait:
    if not at_terminal(view, unit):
        if unit.loco != "none" or not all(task in unit.jobs for task in INSPECTIONS):
            return DISPATCH
        use = "grain" if unit.kind == "grain" else "crane"
        return DISPATCH if _free_track(view, unit, use) else TRACK
    if unit.kind == "grain":
        if "lift" not in unit.jobs:
            return TERMINAL
        return Wait("silo") if view.silo.full else WORK
    if "lift" not in unit.jobs:
        return _rake_wanted(view, unit)
    working = [crane for crane in view.cranes.values() if crane.train == unit.id]
    if any(crane.box is not None and crane.down is None for crane in working):
        return WORK
    if any(crane.down == "stopped" and "repair" not in crane.jobs for crane in working):
        return TERMINAL
    if working and view.machines and len(view.ground) >= view.level.terminal.ground_places - 1:
        return _machine(view)
    if working:
        return CRANE
    idle = any(crane.train is None and crane.able for crane in view.cranes.values())
    return TERMINAL if idle else CRANE


def _rake_wanted(view: View, unit: Unit) -> Wait:
    """A load that needs a rake waits for wagons, or for the terminal desk where some stand ready."""
    ready = any(
        rake.kind in ("rake", "empties")
        and rake.gauge != unit.gauge
        and at_terminal(view, rake)
        and (not rake.partners or _has_room(view, rake, unit))
        for rake in map(view.units.__getitem__, view.here)
    )
    return TERMINAL if ready else WAGONS


def _has_room(view: View, rake: Unit, train: Unit) -> bool:
    """Whether a rake that takes another train's load has room for all that is left of this one's."""
    if not takes_boxes(rake):
        return False
    need = left_teu(view, train) if "lift" in train.jobs else train.load_teu
    return room_teu(view, rake) >= need


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
        return NEIGHBOUR if unit.offered_s is None else WORK
    numbers = _to_go(view, unit)
    held = dict.fromkeys(view.boxes[number].consignment for number in numbers)
    if papers := _held_by(view, [name for name in held if view.dossiers[name].state != "released"]):
        return papers
    stacked = [view.boxes[number] for number in numbers if view.boxes[number].at not in view.units]
    if any(box.goal is None and box.at == "stack" for box in stacked):
        return _rake_wanted(view, unit)
    if stacked:
        working = any(box.at in view.cranes for box in stacked)
        return WORK if working else _machine(view) if view.machines and _to_bring(stacked) else CRANE
    carriers = dict.fromkeys(view.boxes[number].at for number in numbers)
    waits = (waiting(view, view.units[name]) for name in carriers if view.units[name].departed_s is None)
    return next(waits, WORK)


def _loaded(view: View, unit: Unit) -> Wait:
    if not unit.did("load") and unit.gauge == 1435:
        return WORK
    if not unit.did("load"):
        working = any(crane.box and crane.train in unit.partners for crane in view.cranes.values())
        return WORK if working else _machine(view) if _in_stack(view, unit) else CRANE
    if "weigh" not in unit.jobs or "waybill" not in unit.jobs:
        return DISPATCH
    if at_terminal(view, unit):
        return DISPATCH if _free_track(view, unit, "departure") else TRACK
    if unit.loco != "attached":
        return DISPATCH if unit.loco == "none" and view.locos.get(unit.gauge, 0) else Wait("locomotive")
    if _brake(unit) == "open":
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
    if not view.machines:
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
    idle = all(machine.down is not None and "repair" not in machine.jobs for machine in view.machines.values())
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
    if papers := _papers(view, unit):
        return papers
    if refused_by(view, unit):
        return NEIGHBOUR
    return DISPATCH if unit.to is None else LINE


def _emptied(unit: Unit) -> Wait:
    return Wait("locomotive") if unit.loco == "called" else DISPATCH
