"""The rules by which an order is accepted or refused: pure functions of the view, the same for people and dispatchers."""

from collections.abc import Callable

from corridor_tui.corridor import (
    checks_asked,
    checks_customs,
    checks_grain,
    checks_instructor,
    checks_line,
    checks_terminal,
)
from corridor_tui.corridor.chain import brought_by, departs_to, is_load, sent_home
from corridor_tui.corridor.network import Hop
from corridor_tui.corridor.orders import ASKING, VERBS, Order
from corridor_tui.corridor.purchases import buyable
from corridor_tui.corridor.refusals import Refusal, because
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import WORKS, View, cargo_of
from corridor_tui.corridor.waits import refused_by
from corridor_tui.corridor.work import INSPECTIONS, NEARLY_LOADED
from corridor_tui.level.base import DESKS, Gauge, Giver
from corridor_tui.level.model import Level

PATH_GRACE_S = 600
"""How long after its time a booked path can still be used. Assumed: the headway two following trains need anyway."""
_DAY_S = 86_400
_DAYS_AHEAD = 7
"""How far ahead paths are booked; assumed."""


def refusal(view: View, order: Order, desk: Giver | None = None) -> Refusal | None:
    """Why an order would be refused now; None where it would be accepted. `desk` is who gives it, None: any."""
    name, args = order
    verb = VERBS.get(name)
    if verb is None or not verb.takes(len(args)):
        return because("no_order", order.text)
    if view.closed:
        return because("closed")
    if desk is not None and desk != (asked := desk_of(view.level, order)):
        return because("other_desk", asked)
    return _ALL[name](view, *args)


def desk_of(level: Level, order: Order) -> Giver:
    """The desk that gives an order: a call is answered by the one that is called, an aid is asked for by any that the
    trainee works, all else goes by the verb.
    """
    if order.verb in ASKING:
        return next((desk for desk in DESKS if level.player(desk) == "trainee"), VERBS[order.verb].desk)
    call = level.calls.get(order.args[0]) if order.verb == "answer" else None
    return VERBS[order.verb].desk if call is None else call.desk


def _unit(view: View, name: str) -> Unit | Refusal:
    unit = view.units.get(name)
    return unit if unit is not None else because("no_unit", name)


def _standing(view: View, name: str) -> Unit | Refusal:
    """A unit that stands on one of our tracks with no work on it that forbids moving."""
    unit = view.units.get(name)
    if unit is None:
        return because("no_unit", name)
    if unit.departed_s is not None:
        return because("has_left", name)
    if unit.moving:
        return because("moving", name)
    if unit.place not in view.network.station_of:
        return because("not_here", name)
    return unit


def track_fits(view: View, unit: Unit, track_id: str, *, far: bool = False) -> Refusal | None:
    """Why a unit could not stand on a track; None where it could. `far`: over the line it may be accepted for a held one."""
    if track_id not in view.level.tracks:
        return because("no_track", track_id)
    _, track = view.level.tracks[track_id]
    if track.gauge != unit.gauge:
        return because("gauge", track_id, track.gauge, unit.id, unit.gauge)
    if track.length_m < unit.length_m:
        return because("too_short", track_id, round(track.length_m), unit.id, round(unit.length_m))
    holder = view.holds.get(track_id)
    if holder == WORKS and view.purse is not None:
        return because("not_built", track_id, view.purse.unbuilt[track_id])
    if holder is not None and holder != unit.id and not (far and view.network.is_far(unit.entry, track_id, unit.gauge)):
        return because("track_held", track_id, holder)
    return None


def _accept(view: View, name: str, track: str) -> Refusal | None:
    unit = _unit(view, name)
    if isinstance(unit, Refusal):
        return unit
    if unit.kind == "export":
        return because("comes_by_road", name)
    if unit.arrived_s is not None or (unit.moving and not view.network.is_far(unit.entry, unit.accepted, unit.gauge)):
        return because("already_in", name)
    if unit.offered_s is None:
        return because("not_offered", name)
    if unit.accepted is not None and (fault := checks_line.keeps_its_track(view, unit, track)):
        return fault
    if fault := track_fits(view, unit, track, far=True):
        return fault
    station = view.level.tracks[track][0]
    route = () if unit.entry is None else view.network.route(unit.entry, station.id, unit.gauge)
    if not route or station.role == "loop":
        return because("no_way", name, track)
    return checks_line.loops_fit(view, unit, route)


def _hold(view: View, name: str) -> Refusal | None:
    unit = _unit(view, name)
    if isinstance(unit, Refusal):
        return unit
    if unit.accepted is None or unit.moving:
        return because("nothing_to_hold", name)
    return None


def _once(task: str) -> Callable[[View, str], Refusal | None]:
    def check(view: View, name: str) -> Refusal | None:
        unit = _standing(view, name)
        if isinstance(unit, Refusal):
            return unit
        if task in unit.jobs:
            return because("already_ordered", name, task)
        return None

    return check


def _uncouple(view: View, name: str) -> Refusal | None:
    if fault := _once("uncouple")(view, name):
        return fault
    unit = view.units[name]
    if unit.loco != "attached":
        return because("no_loco", name)
    secure = unit.jobs.get("secure")
    if secure is not None and secure.progress != "done":
        return because("being_secured", name)
    return None


def _inspect(view: View, name: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    if sent_home(unit):
        return because("already_ordered", name, "empty") if "empty" in unit.jobs else None
    if not is_load(unit):
        return because("nothing_to_inspect", name)
    if any(task in unit.jobs for task in INSPECTIONS):
        return because("already_ordered", name, "inspect")
    return None


def _move(view: View, name: str, track: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    if unit.to is not None:
        return because("shunt_ordered", name)
    if unit.loco == "attached":
        return because("loco_on", name)
    if unit.place == track:
        return because("there_already", name, track)
    if any(task in unit.jobs and not unit.did(task) for task in ("lift", "load")):
        return because("still_lifting", name)
    if busy := unit.busy():
        return because("being_worked", name, busy)
    if fault := track_fits(view, unit, track):
        return fault
    here, there = view.level.tracks[unit.place or ""][0], view.level.tracks[track][0]
    if here.id != there.id:
        hop = view.network.hop(here.id, there.id, unit.gauge)
        if hop is None or not hop.shunting:
            return because("no_shunt_way", name, track)
    return None


def _call_rake(view: View, name: str) -> Refusal | None:
    if view.purse is not None and name in view.purse.wagons:
        return because("not_bought", name, view.purse.wagons[name])
    unit = _unit(view, name)
    if isinstance(unit, Refusal):
        return unit
    if unit.kind != "rake" or unit.entry is None:
        return because("not_in_park", name)
    if unit.called_s is not None:
        return because("already_called", name)
    return None


def _call_loco(view: View, name: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    if unit.loco != "none":
        return because("has_loco", name)
    if departs_to(unit) is None:
        return because("goes_nowhere", name)
    if view.locos.get(unit.gauge, 0) <= 0:
        return _no_locomotive(view, unit.gauge)
    return None


def _no_locomotive(view: View, gauge: Gauge) -> Refusal:
    """That no locomotive of a gauge is free; where they run over the border, too, with when the next one is expected."""
    back = [
        (engine.back_s, engine.unit) for engine in view.engines if engine.gauge == gauge and engine.back_s is not None
    ]
    if back and any(turning == gauge for turning, _ in view.turns):
        return because("no_locomotive_until", gauge, *min(back))
    return because("no_locomotive", gauge)


def _weigh(view: View, name: str) -> Refusal | None:
    if fault := _once("weigh")(view, name):
        return fault
    return None if view.units[name].did("load") else because("not_loaded", name)


def _waybill(view: View, name: str) -> Refusal | None:
    if fault := _once("waybill")(view, name):
        return fault
    unit = view.units[name]
    trains = [view.units[train] for train in unit.partners]
    nearly = all(
        train.kind == "container" and train.total > 0 and train.left <= NEARLY_LOADED * train.total for train in trains
    )
    return None if unit.did("load") or (trains and nearly) else because("not_nearly_loaded", name)


def _brake_test(view: View, name: str, test: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    if test not in ("full", "yard", "short"):
        return because("no_test", test)
    if departs_to(unit) is None or (unit.kind in ("rake", "empties") and not unit.did("load")):
        return because("not_loaded", name)
    if f"brake_{test}" in unit.jobs:
        return because("already_ordered", name, f"brake_{test}")
    if test == "yard":
        return because("loco_on", name) if unit.loco == "attached" else None
    if unit.loco != "attached":
        return because("test_needs_loco", name, test)
    if brought_by(view, unit):
        return because("not_ours", name, unit.exit or "")
    if test == "short" and not unit.did("brake_yard"):
        return because("short_needs_yard", name)
    return None


def way_out(view: View, unit: Unit) -> Hop | None:
    """The line on which a unit would leave from where it stands, or None."""
    route = route_out(view, unit)
    return view.network.hop(route[0], route[1], unit.gauge) if route else None


def route_out(view: View, unit: Unit) -> tuple[str, ...]:
    """The places over which a unit would leave from where it stands; empty where it cannot."""
    goal = departs_to(unit)
    if goal is None or unit.place not in view.level.tracks:
        return ()
    return view.network.route(view.level.tracks[unit.place][0].id, goal, unit.gauge)


def next_path_s(view: View, hop: Hop) -> int | None:
    """The next free path on a line, whose times come again every day; None where none is left for days."""
    today = view.now_s // _DAY_S
    times = (path + day * _DAY_S for day in range(today, today + _DAYS_AHEAD) for path in hop.paths_s)
    return next((at for at in times if at >= view.now_s and at not in view.paths), None)


def _path(view: View, name: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    hop = way_out(view, unit)
    if hop is None:
        return because("no_line_here", name)
    if not hop.paths_s:
        return because("no_path_needed", name)
    if unit.path_s is not None:
        return because("has_path", name, unit.path_s)
    return None if next_path_s(view, hop) is not None else because("no_paths_left", name)


def _drop_path(view: View, name: str) -> Refusal | None:
    unit = _unit(view, name)
    if isinstance(unit, Refusal):
        return unit
    return None if unit.path_s is not None and unit.departed_s is None else because("no_path", name)


def _depart(view: View, name: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    if unit.to is not None:
        return because("already_ordered", name, "depart")
    hop = way_out(view, unit)
    if hop is None:
        return because("no_line_here", name)
    if unit.loco != "attached":
        return because("no_loco", name)
    if brought_by(view, unit):
        return because("not_ours", name, unit.exit or "")
    if busy := unit.busy():
        return because("being_worked", name, busy)
    if held := view.uncleared(unit):
        return because("not_cleared", name, len(held), held[0])
    if unit.kind in ("rake", "empties") and not unit.did("waybill"):
        return because("no_waybill", name)
    if hop.paths_s and unit.path_s is None:
        return because("no_path", name)
    return checks_line.loops_fit(view, unit, route_out(view, unit)) or _taken(view, unit)


def _taken(view: View, unit: Unit) -> Refusal | None:
    """Why the neighbour does not take a train now; None where it does."""
    goal = refused_by(view, unit)
    if goal is None:
        return None
    cargo, trains = cargo_of(view, unit), view.cuts[goal].trains
    if cargo is not None and trains > 0:
        return because("cargo_not_taken", goal, cargo, unit.id, trains)
    return because("not_taken", goal, unit.id)


def _set_out(view: View, name: str, wagon: str) -> Refusal | None:
    unit = _standing(view, name)
    if isinstance(unit, Refusal):
        return unit
    if not wagon.isascii() or not wagon.isdigit() or not 1 <= int(wagon) <= unit.wagons:
        return because("no_wagon", name, wagon)
    if int(wagon) - 1 in unit.set_out:
        return because("already_ordered", name, "setout")
    if busy := unit.busy():
        return because("being_worked", name, busy)
    loaded = unit.kind == "through" or ("lift" not in unit.jobs and unit.did("load"))
    return None if loaded else because("still_lifting", name)


_CHECKS: dict[str, Callable[..., Refusal | None]] = {
    "accept": _accept,
    "hold": _hold,
    "secure": _once("secure"),
    "uncouple": _uncouple,
    "inspect": _inspect,
    "move": _move,
    "call-rake": _call_rake,
    "call-loco": _call_loco,
    "weigh": _weigh,
    "waybill": _waybill,
    "brake-test": _brake_test,
    "path": _path,
    "drop-path": _drop_path,
    "depart": _depart,
    "set-out": _set_out,
    "buy": buyable,
    **checks_asked.CHECKS,
    **checks_instructor.CHECKS,
    **checks_line.CHECKS,
}
_ALL: dict[str, Callable[..., Refusal | None]] = {
    **_CHECKS,
    **checks_terminal.CHECKS,
    **checks_grain.CHECKS,
    **checks_customs.CHECKS,
}
