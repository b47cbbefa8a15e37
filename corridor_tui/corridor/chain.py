"""The chain of work on a train: how far it has come, and what is next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from corridor_tui.corridor.checks_terminal import set_aside_s, travels
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import INSPECTIONS

StepState: TypeAlias = Literal["done", "doing", "queued", "open", "blocked", "later"]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a unit's chain and how far it is."""

    name: str
    state: StepState


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


def in_park(unit: Unit) -> bool:
    """Whether a rake stands in a neighbour's park and can be called."""
    return unit.kind == "rake" and unit.called_s is None and unit.entry is not None


def departs_to(unit: Unit) -> str | None:
    """The neighbour a unit is next sent to, or None while it has nowhere to go."""
    if goes_over(unit):
        return unit.entry if sent_home(unit) else None
    return unit.exit


def changes_engine(view: View, unit: Unit) -> bool:
    """Whether a train that goes on with its own wheels gets another locomotive here: only ours run to where it goes."""
    return unit.kind == "through" and (unit.gauge, unit.exit) in view.turns


def brought_by(view: View, unit: Unit) -> bool:
    """Whether the locomotive that brought a train is still on it and does not run to where it goes."""
    return unit.loco == "attached" and unit.loco_s is None and changes_engine(view, unit)


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

    None: some of it is here. A load that is due at the end of the line has left when it is there; one of which all that
    was to go by rail is detained has when the last of it was set aside.
    """
    if not goes_over(unit):
        return _left_s(unit)
    if not unit.did("lift"):
        return None
    if not unit.partners:
        return set_aside_s(view, unit)
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


def _pull(unit: Unit) -> StepState:
    """How far the shunter is that is to pull a unit, or pulls it just now."""
    state = _job(unit, "shunt")
    if state in ("doing", "queued"):
        return state
    here = unit.departed_s is None and (unit.arrived_s is not None or unit.entry is None)
    return "doing" if unit.moving and here else "open"


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


def brake_state(unit: Unit) -> StepState:
    """How far the brake test of a unit is."""
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
    steps.append(("place", "done" if placed else _pull(unit)))
    steps.append(("discharge" if unit.kind == "grain" else "lift", "done" if home else _job(unit, "lift")))
    if home:
        steps += [("check", _job(unit, "empty")), ("out", "done" if not at_terminal(view, unit) else _pull(unit))]
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
    steps += [("place", "done" if placed else _pull(unit)), ("load", _job(unit, "load"))]
    if not unit.partners:
        return steps
    steps += [("weigh", _job(unit, "weigh")), ("waybill", _job(unit, "waybill"))]
    loaded_out = unit.did("load") and not at_terminal(view, unit)
    steps += [("out", "done" if loaded_out else _pull(unit)), ("loco", _loco(unit)), ("brake", brake_state(unit))]
    papers: StepState = "doing" if view.uncleared(unit) or not unit.did("load") else "done"
    steps.append(("papers", papers))
    return steps + _leaving(unit, path=unit.gauge == 1520)


def _through(view: View, unit: Unit) -> list[tuple[str, StepState]]:
    steps, changes = _came_in(unit), changes_engine(view, unit)
    if changes:
        off = unit.arrived_s is not None and not brought_by(view, unit)
        steps += [
            ("secure", "done" if off else _job(unit, "secure")),
            ("uncouple", "done" if off else _job(unit, "uncouple")),
        ]
    steps.append(("inspect", _job(unit, *INSPECTIONS)))
    if changes:
        steps += [("loco", _loco(unit) if off else "open"), ("brake", brake_state(unit))]
    steps.append(("papers", "done" if unit.boxes and not view.uncleared(unit) else "open"))
    return steps + _leaving(unit, path=False)


def _export(view: View, unit: Unit) -> list[tuple[str, StepState]]:
    """What lorries bring: into the stack, its papers, onto a rake, and away with it."""
    numbers = to_go(view, unit)
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


def to_go(view: View, unit: Unit) -> list[str]:
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
