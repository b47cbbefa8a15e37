"""How events of trains, tracks and the work on them change the view: a function a code, named after it."""

from corridor_tui.corridor.chain import is_load
from corridor_tui.corridor.freed import ROOM, free_locomotive, free_pool
from corridor_tui.corridor.state import Engine, Job, void
from corridor_tui.corridor.view import View, cargo_of
from corridor_tui.corridor.work import POOL_OF, pools_of
from corridor_tui.level.base import Gauge
from corridor_tui.scenario.streams import expected_s


def on_announced(view: View, t: int, name: str, service: str, planned: int, due_s: int | None, wagons: int) -> None:
    spec = view.level.route.services[service]
    origin = None if spec.origin is None else view.level.route.origins[spec.origin].name
    view.register(name, f"{name} {spec.title or origin or ''}".strip(), spec, wagons, planned, due_s)
    view.mark(name)


def on_advised(view: View, t: int, unit_id: str, at_s: int) -> None:
    view.touch(unit_id).advised_s = at_s


on_delayed = on_advised


def on_offered(view: View, t: int, unit_id: str) -> None:
    unit = view.touch(unit_id)
    unit.offered_s, unit.place = t, unit.entry
    unit.loco = "none" if unit.kind == "export" else "attached"
    view.hand_over(unit)


def on_handed_over(view: View, t: int, unit_id: str) -> None:
    view.hand_over(view.touch(unit_id))


def on_stood(view: View, t: int, unit_id: str, track: str, arrived_s: int, stage: str) -> None:
    unit = view.touch(unit_id)
    unit.place, unit.arrived_s = track, arrived_s
    view.here[unit_id] = None
    unit.offered_s = unit.offered_s if unit.offered_s is not None else arrived_s
    view.holds[track] = unit_id
    view.hand_over(unit)
    unit.loco = "attached" if stage == "arrived" else "none"


def on_accepted(view: View, t: int, unit_id: str, track: str) -> None:
    unit = view.touch(unit_id)
    unit.accepted = track
    view.here[unit_id] = None
    if not view.network.is_far(unit.entry, track, unit.gauge):
        view.holds[track] = unit_id


def on_held(view: View, t: int, unit_id: str) -> None:
    unit = view.touch(unit_id)
    if unit.accepted is not None:
        view.free(unit.accepted, unit_id)
    unit.accepted = None
    if unit.arrived_s is None:
        view.here.pop(unit_id, None)
        view.mark(ROOM)


def on_moving(view: View, t: int, unit_id: str, to: str, eta_s: int) -> None:
    unit = view.touch(unit_id)
    unit.moving, unit.to, unit.eta_s = True, to, eta_s


def on_entered(view: View, t: int, unit_id: str, element: str) -> None:
    view.holds[element] = unit_id
    if unit_id not in view.units:  # a light engine
        view.mark(unit_id)
        return
    unit = view.touch(unit_id)
    unit.waiting_at = None
    if "." not in element and element not in view.network.station_of:
        unit.place, unit.entered_s = element, t


def on_freed(view: View, t: int, unit_id: str, element: str) -> None:
    view.mark(unit_id)
    view.free(element, unit_id)


def on_signal(view: View, t: int, unit_id: str, element: str) -> None:
    if unit_id in view.units:
        view.touch(unit_id).waiting_at = element


def on_in_loop(view: View, t: int, unit_id: str, track: str) -> None:
    unit = view.touch(unit_id)
    unit.place, unit.backing, unit.waiting_at, unit.entered_s = track, False, None, t


def on_meet_set(view: View, t: int, unit_id: str, place: str, other: str) -> None:
    view.touch(unit_id).meets[place] = other


def on_meet_off(view: View, t: int, unit_id: str, place: str) -> None:
    view.touch(unit_id).meets.pop(place, None)


def on_backing(view: View, t: int, unit_id: str) -> None:
    view.touch(unit_id).backing = True


def on_deadlock(view: View, t: int, units: str) -> None:
    view.knot = tuple(units.split())


def on_untied_knot(view: View, t: int, units: str) -> None:
    view.knot = ()


def on_arrived(view: View, t: int, unit_id: str, track: str) -> None:
    unit = view.touch(unit_id)
    unit.place, unit.to, unit.moving, unit.accepted, unit.eta_s = track, None, False, None, None
    unit.waiting_at = None
    if unit.arrived_s is None:
        unit.arrived_s = t
    if unit.departed_s is None:
        view.here[unit_id] = None
    view.holds[track] = unit_id


def on_departed(view: View, t: int, unit_id: str, track: str) -> None:
    unit = view.touch(unit_id)
    view.departures += 1
    if unit.departed_s is None:
        unit.departed_s = t
    view.here.pop(unit_id, None)
    if is_load(unit):
        view.mark(ROOM)
    if view.level.road is not None:
        for name in dict.fromkeys(view.boxes[number].train for number in unit.boxes):
            view.exported(name, t)
    view.left_from[unit_id] = view.network.station_of[track]
    view.free(track, unit_id)


def on_parked(view: View, t: int, name: str, park: str) -> None:
    spec = view.level.rake(name)
    assert spec is not None
    view.enter_rake(name, spec, park)
    view.mark(name)


def on_gone(view: View, t: int, unit_id: str) -> None:
    unit = view.touch(unit_id)
    unit.gone_s, unit.place, unit.moving = t, unit.to, False
    view.departures += 1
    for place, engine in enumerate(view.engines):
        if engine.unit == unit_id and engine.back_s is None:
            to = unit.to if (engine.gauge, unit.to) in view.turns else None
            view.engines[place] = engine._replace(back_s=t + _turn_s(view, engine.gauge, to), to=to)
    if unit.fills:
        view.silo.out_kg += sum(view.boxes[number].declared_kg for number in unit.boxes)
    else:
        view.out_boxes += len(unit.boxes)


def _turn_s(view: View, gauge: Gauge, to: str | None) -> int:
    """How long after its train has come to a neighbour a locomotive is expected back, from there over the line if `to` is one."""
    if to is None:
        return round(next(pool.turn_min for pool in view.level.locomotives if pool.gauge == gauge) * 60)
    return expected_s(view.turns[gauge, to].stay) + view.network.run_light_s(to, gauge)


# work


def on_queued(view: View, t: int, subject: str, task: str) -> None:
    view.jobs(subject)[task] = Job("queued", t)
    if task in POOL_OF:
        view.pools[POOL_OF[task]].queue += 1


def on_started(view: View, t: int, subject: str, task: str, expected_s: int) -> None:
    jobs = view.jobs(subject)
    queued = task in jobs and jobs[task].progress == "queued"
    for name in pools_of(task):
        view.pools[name].busy += 1
    if queued and task in POOL_OF:
        view.pools[POOL_OF[task]].queue -= 1
    jobs[task] = Job("doing", t, t + expected_s, void=queued and jobs[task].void)


def on_done(view: View, t: int, subject: str, task: str) -> None:
    jobs = view.jobs(subject)
    if jobs[task].void:
        del jobs[task]
    else:
        jobs[task].progress = "done"
    for name in pools_of(task):
        view.pools[name].busy -= 1
        view.mark(free_pool(name))


def on_already(view: View, t: int, subject: str, task: str) -> None:
    view.jobs(subject)[task] = Job("done", t)


def on_releasing(view: View, t: int, name: str) -> None:
    view.dossier(name).state = "releasing"


def on_laden(view: View, t: int, rake: str) -> None:
    view.touch(rake).jobs["load"] = Job("done", t)


def on_emptied(view: View, t: int, train: str) -> None:
    view.touch(train).jobs["lift"] = Job("done", t)


def on_routed(view: View, t: int, unit_id: str, to: str) -> None:
    view.touch(unit_id).to = to
    if to in view.network.station_of:
        view.holds[to] = unit_id
    elif to in view.cuts:
        view.cuts[to].take(cargo_of(view, view.units[unit_id]))


def on_loco_called(view: View, t: int, unit_id: str, expected_s: int) -> None:
    unit = view.touch(unit_id)
    unit.loco, unit.loco_s = "called", t + expected_s
    view.locos[unit.gauge] -= 1
    view.engines.append(Engine(unit.gauge, unit_id))


def on_loco_on(view: View, t: int, unit_id: str) -> None:
    unit = view.touch(unit_id)
    unit.loco, unit.loco_s = "attached", t


def on_loco_off(view: View, t: int, unit_id: str) -> None:
    view.touch(unit_id).loco = "none"


def on_loco_joined(view: View, t: int, gauge: int) -> None:
    view.locos[1435 if gauge == 1435 else 1520] += 1
    view.mark(free_locomotive(gauge))


def on_loco_turns(view: View, t: int, gauge: int, unit_id: str, back_s: int) -> None:
    at = next(n for n, engine in enumerate(view.engines) if engine.unit == unit_id and engine.gauge == gauge)
    view.engines[at] = view.engines[at]._replace(back_s=back_s, light=True)


def on_loco_back(view: View, t: int, gauge: int, unit_id: str | None = None) -> None:
    view.locos[1435 if gauge == 1435 else 1520] += 1
    turned = [engine for engine in view.engines if engine.gauge == gauge and engine.light and engine.unit == unit_id]
    of_gauge = turned or [engine for engine in view.engines if engine.gauge == gauge and engine.to is None]
    view.engines.remove(min(of_gauge, key=lambda engine: (engine.back_s is None, engine.back_s or 0)))
    view.mark(free_locomotive(gauge))


def on_called(view: View, t: int, rake: str, expected_s: int) -> None:
    unit = view.touch(rake)
    unit.called_s, unit.planned_s = t, t + expected_s


def on_weighed(view: View, t: int, unit_id: str, wagons: str) -> None:
    unit = view.touch(unit_id)
    if "weigh" in unit.jobs:
        unit.overloaded = tuple(int(part) for part in wagons.split(",") if part)


def on_path(view: View, t: int, unit_id: str, at_s: int) -> None:
    view.touch(unit_id).path_s = at_s
    view.paths[at_s] = unit_id


def on_path_gone(view: View, t: int, unit_id: str, at_s: int) -> None:
    view.touch(unit_id).path_s = None
    view.paths.pop(at_s, None)


def on_set_out(view: View, t: int, unit_id: str, wagon: int, track: str) -> None:
    unit = view.touch(unit_id)
    unit.set_out = (*unit.set_out, wagon)
    gone = unit.fills.pop(wagon, None)
    stays = gone is not None and gone in unit.fills.values()
    for number in (
        [] if stays else [number for number, place in unit.boxes.items() if _goes(view, number, place, wagon, gone)]
    ):
        unit.take(view.boxes[number])
        view.boxes[number].at = "siding"
    unit.overloaded = tuple(place for place in unit.overloaded if place != wagon)
    void(unit, "waybill")


def _goes(view: View, number: str, place: int, wagon: int, filled: str | None) -> bool:
    """Whether a load goes with a wagon that is set out: what stands on it, or a consignment whose last wagon it is."""
    return place == wagon if filled is None else view.boxes[number].consignment == filled
