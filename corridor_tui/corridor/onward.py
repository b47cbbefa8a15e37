"""Beyond the area of the desk: what became of the consignments that left over the line.

The corridor ends at the neighbour, but its events do not: a consignment with a destination is `connected` with a sailing, or has
`sailing_missed` when it reaches the port, and is `delivered` in the end. What lies after the end of the run is told at the audit,
with the second at which it will be; nothing of it is told before it happens, so that nobody plans with it.
"""

from dataclasses import dataclass
from functools import partial

from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.scenario.onward import Booking, Transit, expected, promised_s, transit
from corridor_tui.scenario.values import TrainPlan


@dataclass(frozen=True, slots=True)
class _Way:
    """A consignment's way onward: as it is, as it would have been had the desk hurried, and when it was promised."""

    goal: str
    real: Transit
    swift: Transit
    promised_s: int | None


class Onward:
    """Follows every consignment that has a destination from the line to its delivery."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._gone: dict[str, int] = {}
        self._under_way: dict[str, tuple[_Way, int]] = {}
        self._arrived: dict[str, None] = {}

    def left(self, carrier: Unit, gone_s: int) -> None:
        """A train or a rake leaves the area at a second with what is on it; a consignment is on its way when its last box is."""
        view = self._kernel.view
        goals = view.goals
        boxes: dict[str, int] = {}
        for number in carrier.boxes if goals else ():
            name = view.boxes[number].consignment
            if name in goals:
                boxes[name] = boxes.get(name, 0) + 1
        ways: dict[tuple[str, str], _Way] = {}
        for name, count in boxes.items():
            self._gone[name] = self._gone.get(name, 0) + count
            dossier = view.dossiers[name]
            if self._gone[name] < len(dossier.boxes):
                continue
            del self._gone[name]
            key = (dossier.train, goals[name])
            if key not in ways:
                ways[key] = self._way(dossier.train, goals[name], carrier, gone_s)
            self._send(name, ways[key])

    def _way(self, train: str, goal_id: str, carrier: Unit | None, gone_s: int) -> _Way:
        """`carrier` is None for what never left: it is counted as if it left now."""
        kernel, level = self._kernel, self._kernel.level
        plan, goal = kernel.scenario.plans[train], level.route.destinations[goal_id]
        run_s = kernel.view.network.run_out_s(plan.spec.exit)
        if carrier is not None and carrier.departed_s is not None:
            run_s = gone_s - carrier.departed_s
        booked = expected(level, goal, (plan.due_s or 0) + kernel.view.network.run_out_s(plan.spec.exit))
        seed = kernel.scenario.seed
        real = transit(level, seed, train, goal, gone_s, booked)
        swift = transit(level, seed, train, goal, min(gone_s, self._hurried_s(train, plan) + run_s), booked)
        return _Way(goal_id, real, swift, promised_s(level, plan.spec, goal, plan.planned_s))

    def _hurried_s(self, train: str, plan: TrainPlan) -> int:
        """When a desk that hurries has a load out: on time, or the level's swift hours after its offer where that is sooner."""
        offered_s = self._kernel.view.units[train].offered_s or 0
        brought = max(0, offered_s - plan.planned_s) if offered_s > 0 else 0
        swift_s = round(self._kernel.level.scoring.time.swift_h * 3_600)
        return min((plan.due_s or 0) + brought, max(0, offered_s) + swift_s)

    def _send(self, name: str, way: _Way) -> None:
        self._under_way[name] = (way, 0)
        self._step(name)

    def _step(self, name: str) -> None:
        """Let the next thing that happens to a consignment happen when it does."""
        way, told = self._under_way[name]
        calls = way.real.calls
        at_s = calls[told].reached_s if told < len(calls) else way.real.delivered_s
        self._kernel.after(max(0, at_s - self._kernel.now), partial(self._tell, name))

    def _tell(self, name: str) -> None:
        if name not in self._under_way:
            return
        way, told = self._under_way[name]
        self._emit(name, way, told)
        if told < len(way.real.calls):
            self._under_way[name] = (way, told + 1)
            self._step(name)
        else:
            del self._under_way[name]

    def _emit(self, name: str, way: _Way, told: int) -> None:
        """Tell of one call on the way, or of the delivery after the last."""
        kernel, calls = self._kernel, way.real.calls
        if told == len(calls):
            self._arrived[name] = None
            kernel.emit("delivered", name, way.goal, way.real.delivered_s, way.swift.delivered_s, way.promised_s)
            return
        call = calls[told]
        code = "sailing_missed" if not call.made else "sailing_closed" if call.closed else "connected"
        kernel.emit(code, name, call.connection, call.cutoff_s, call.reached_s, call.sails_s)

    def let_go(self, unit: Unit) -> None:
        """Let go of what a unit's consignments came to."""
        for name in self._kernel.view.cargo.get(unit.id, ()):
            self._gone.pop(name, None)
            self._arrived.pop(name, None)

    def reveal(self) -> None:
        """At the audit: loads on the last line are through, then what will become of all that is on its way, and how late what never left would be if it left now."""
        view, kernel = self._kernel.view, self._kernel
        for unit in view.units.values():
            if unit.departed_s is not None and unit.gone_s is None:
                self.left(unit, max(kernel.now, unit.eta_s or 0))
        for name, (way, told) in self._under_way.items():
            for step in range(told, len(way.real.calls) + 1):
                self._emit(name, way, step)
        self._under_way = {}
        for name, dossier in view.dossiers.items():
            goal, unit = view.goals.get(name), view.units[dossier.train]
            held = dossier.state == "detained" or name in self._arrived
            if goal is not None and unit.offered_s is not None and not held:
                way = self._way(dossier.train, goal, None, kernel.now)
                kernel.emit("stranded", name, goal, way.real.delivered_s, way.swift.delivered_s, way.promised_s)


def bookings(view: View, unit: Unit) -> dict[str, Booking]:
    """What is booked for the destinations of what a train or a rake carries, by destination."""
    names = dict.fromkeys(view.boxes[number].consignment for number in unit.boxes)
    goals = dict.fromkeys(view.goals[name] for name in names if name in view.goals)
    if not goals:
        return {}
    train = view.units[view.dossiers[next(iter(names))].train]
    return {goal: view.booking(train, goal) for goal in goals}
