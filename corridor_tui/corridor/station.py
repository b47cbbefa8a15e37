"""Station work: accepting, securing, inspecting, pulling, preparing and sending trains."""

from collections.abc import Callable

from corridor_tui.corridor.chain import changes_engine, departs_to, goes_over, is_load, sent_home
from corridor_tui.corridor.checks import PATH_GRACE_S, next_path_s, route_out, way_out
from corridor_tui.corridor.customs import Post
from corridor_tui.corridor.events import Event
from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.movement import Movements
from corridor_tui.corridor.onward import Onward
from corridor_tui.corridor.state import Unit, light_engine
from corridor_tui.corridor.terminal import Terminal
from corridor_tui.corridor.work import INSPECTED_SHARE, INSPECTIONS, POOL_OF
from corridor_tui.level.base import Gauge
from corridor_tui.level.traffic import Reached
from corridor_tui.scenario.times import task_expected_s

_OUTDOORS = ("yard", "shunters", "brake")
CLEARS_S = 60
"""How long after its acceptance a train gets its signal at the neighbour: until the next whole minute. Assumed."""


class Station:
    """The dispatch desk's hands: what its orders set going."""

    def __init__(self, kernel: Kernel, terminal: Terminal, post: Post, onward: Onward) -> None:
        self._kernel = kernel
        self._terminal = terminal
        self._post = post
        self._onward = onward
        self._moves = Movements(kernel)
        self._network = kernel.view.network
        self._drawn: dict[str, dict[str, int]] = {}
        self._expected: dict[tuple[str, int], int] = {}
        """What the desk plans with for a task on so many wagons, as far as it was ordered."""
        self._turn_s = {pool.gauge: int(pool.turn_min * 60) for pool in kernel.level.locomotives}
        self._notice_s = {pool.gauge: round(pool.notice.mean_min * 60) for pool in kernel.level.locomotives}
        self._asked: dict[str, int] = {}
        """How often each train was asked in or held back: what was begun before the last time no longer holds."""
        self._ours: dict[str, None] = {}
        self._locos_here: dict[str, None] = {}
        if any(rake.back is not None for rake in kernel.level.rakes):
            kernel.watch("gone", self._turn)

    def _unit(self, name: str) -> Unit:
        return self._kernel.view.units[name]

    def _takes_s(self, name: str, task: str) -> int:
        """The hidden seconds of a task on a unit: a train's own, or its rake's."""
        if name not in self._drawn:
            plans = self._kernel.scenario.plans
            unit = self._unit(name)
            own = name in plans and unit.kind != "empties"
            self._drawn[name] = plans[name].tasks_s if own else self._kernel.scenario.rake_s(name)
        return self._drawn[name][task]

    def _do(self, name: str, task: str, then: Callable[[], None] = lambda: None, *, done: float = 0.0) -> None:
        """Have a task done on a unit; `done` is the share of it that lies before the shift."""
        rest = (1 - done) * self._slower(task)
        takes = max(1, round(self._takes_s(name, task) * rest))
        expected = max(1, round(self._expected_s(task, self._unit(name).wagons) * rest))
        self._kernel.crews.work(name, task, takes, expected, then)

    def _expected_s(self, task: str, wagons: int) -> int:
        key = (task, wagons)
        if key not in self._expected:
            self._expected[key] = task_expected_s(self._kernel.level, task, wagons)
        return self._expected[key]

    def _slower(self, task: str) -> float:
        """How many times longer a task takes in this weather."""
        frost = self._kernel.view.weather.frost and POOL_OF.get(task) in _OUTDOORS
        return self._kernel.level.tasks.frost_times if frost else 1.0

    def stand(self, name: str, track: str, arrived_s: int, stage: Reached) -> None:
        """Put a train on a track at the start of the shift, as far as it has come."""
        kernel = self._kernel
        kernel.emit("stood", name, track, arrived_s, stage)
        if stage != "arrived":
            kernel.emit("already", name, "secure")
            kernel.emit("already", name, "uncouple")
        for task in INSPECTIONS if is_load(self._unit(name)) else ():
            if stage == "inspection":
                self._do(name, task, done=INSPECTED_SHARE)
            elif stage == "inspected":
                kernel.emit("already", name, task)

    def look_again(self) -> None:
        """Give what has been built to those who wait for such a thing."""
        self._moves.serve()

    def let_go(self, unit: Unit) -> None:
        """Let go of what is hidden of a unit."""
        self._drawn.pop(unit.id, None)
        self._asked.pop(unit.id, None)
        self._ours.pop(unit.id, None)
        self._moves.let_go(unit.id)

    # orders

    def accept(self, name: str, track: str) -> None:
        unit = self._unit(name)
        route = self._network.route(unit.entry or "", self._network.station_of[track], unit.gauge)
        on_its_way = unit.accepted is not None
        self._kernel.emit("accepted", name, track)
        if on_its_way:
            self._moves.other_track(name)
            return
        self._asked[name] = self._asked.get(name, 0) + 1
        self._kernel.env.process(self._come(name, route, track, self._asked[name]))

    def _come(self, name: str, route: tuple[str, ...], track: str, asked: int) -> Course:
        """Wait for the next whole minute, when the neighbour clears its signal, and run in unless held back by then."""
        yield self._kernel.env.timeout(CLEARS_S)
        if self._asked[name] != asked:
            return
        came = yield from self._moves.enter(name, route, track)
        plan = self._kernel.scenario.plans.get(name)
        if came and plan is not None:
            self._post.arrived(name, plan.spec.papers)

    def meet(self, name: str, place: str, other: str) -> None:
        self._kernel.emit("meet_set", name, place, other)
        self._moves.meet_again(name)

    def drop_meet(self, name: str, place: str) -> None:
        self._kernel.emit("meet_off", name, place)
        self._moves.meet_again(name)

    def back(self, name: str) -> None:
        self._moves.back(name)

    def hold(self, name: str) -> None:
        self._kernel.emit("held", name)
        self._asked[name] += 1
        self._moves.withdraw(name)

    def secure(self, name: str) -> None:
        self._do(name, "secure")

    def uncouple(self, name: str) -> None:
        if not self._unit(name).did("secure"):
            self._kernel.emit("mistake", "unsecured", name)
        self._do(name, "uncouple", lambda: self._kernel.emit("loco_off", name))

    def inspect(self, name: str) -> None:
        if sent_home(self._unit(name)):
            self._do(name, "empty")
            return
        for task in INSPECTIONS:
            self._do(name, task)

    def move(self, name: str, track: str) -> None:
        unit, kernel = self._unit(name), self._kernel
        origin = unit.place or ""
        at_work = kernel.level.tracks[track][1].use in ("crane", "grain")
        if at_work and goes_over(unit) and not self._inspected(unit) and "lift" not in unit.jobs:
            kernel.emit("mistake", "uninspected", name)
        if kernel.level.tracks[origin][1].use == "crane":
            self._free_cranes(unit)
        kernel.emit("routed", name, track)
        slower = self._slower("shunt")
        takes = round(self._takes_s(name, "shunt2" if "shunt" in unit.jobs else "shunt") * slower)
        expected = round(self._expected_s("shunt", unit.wagons) * slower)
        kernel.crews.follow(
            name, "shunt", expected, self._moves.shunt(name, origin, track, takes), lambda: self._meet(name)
        )

    def _free_cranes(self, unit: Unit) -> None:
        for crane in self._kernel.view.cranes.values():
            if unit.kind != "container" and crane.train in unit.partners and self._lifted(crane.train):
                self._terminal.put_crane(crane.id, "off")

    def _lifted(self, train: str) -> bool:
        """Whether a train's containers are where they are to be."""
        unit = self._unit(train)
        return unit.did("lift") and all(self._unit(rake).did("load") for rake in unit.partners)

    def _inspected(self, unit: Unit) -> bool:
        return all(unit.did(task) for task in INSPECTIONS)

    def call_rake(self, name: str) -> None:
        spec = self._kernel.level.rake(name)
        assert spec is not None
        times = self._kernel.view.shortage
        self._kernel.emit("called", name, round(spec.notice.mean_min * 60 * times))
        self._kernel.after(round(self._takes_s(name, "notice") * times), lambda: self._kernel.emit("offered", name))

    def _turn(self, event: Event) -> None:
        """Have the wagons of a rake that has arrived come back to the park there."""
        name = str(event.args[0])
        spec, unit = self._kernel.level.rake(name), self._unit(name)
        if unit.kind == "rake" and spec is not None and spec.back is not None and unit.place is not None:
            base, _, turn = name.partition("/")
            again, park = f"{base}/{int(turn or 1) + 1}", unit.place
            back_s = max(1, self._takes_s(name, "back"))
            self._kernel.after(back_s, lambda: self._kernel.emit("parked", again, park))

    def call_loco(self, name: str) -> None:
        unit = self._unit(name)
        self._ours[name] = None
        expected = self._notice_s[unit.gauge] + self._expected_s("couple", unit.wagons)
        self._kernel.emit("loco_called", name, expected)
        self._kernel.after(self._takes_s(name, "loco"), lambda: self._loco_comes(name))

    def _loco_comes(self, name: str) -> None:
        self._locos_here[name] = None
        self._meet(name)

    def _meet(self, name: str) -> None:
        """Couple the called locomotive once it is there and the unit stands on a track that it can leave from."""
        unit = self._unit(name)
        if name in self._locos_here and not unit.moving and unit.to is None and way_out(self._kernel.view, unit):
            del self._locos_here[name]
            self._do(name, "couple", lambda: self._kernel.emit("loco_on", name))

    def weigh(self, name: str) -> None:
        def weighed() -> None:
            wagons = self._terminal.overloaded(self._unit(name))
            self._kernel.emit("weighed", name, ",".join(str(wagon) for wagon in wagons))

        self._do(name, "weigh", weighed)

    def waybill(self, name: str) -> None:
        self._do(name, "waybill")

    def brake_test(self, name: str, test: str) -> None:
        self._do(name, f"brake_{test}")

    def path(self, name: str) -> None:
        hop = way_out(self._kernel.view, self._unit(name))
        assert hop is not None
        at_s = next_path_s(self._kernel.view, hop)
        assert at_s is not None
        self._kernel.emit("path", name, at_s)
        self._kernel.after(max(1, at_s + PATH_GRACE_S - self._kernel.now), lambda: self._lapse(name, at_s))

    def _lapse(self, name: str, at_s: int) -> None:
        unit = self._unit(name)
        if unit.path_s == at_s and unit.departed_s is None and unit.to is None:
            self._kernel.emit("path_gone", name, at_s)

    def drop_path(self, name: str) -> None:
        self._kernel.emit("path_gone", name, self._unit(name).path_s)

    def depart(self, name: str) -> None:
        unit = self._unit(name)
        route = route_out(self._kernel.view, unit)
        goal = departs_to(unit)
        assert goal is not None
        self._mistakes(unit)
        self._kernel.emit("routed", name, goal)
        self._kernel.env.process(self._go(unit, route, goal))

    def _mistakes(self, unit: Unit) -> None:
        kernel = self._kernel
        if goes_over(unit):
            if not unit.did("empty"):
                kernel.emit("mistake", "uninspected", unit.id)
            return
        if unit.kind == "through":
            if not self._inspected(unit):
                kernel.emit("mistake", "uninspected", unit.id)
            if not changes_engine(kernel.view, unit):
                return
        if not unit.did("brake_full") and not unit.did("brake_short"):
            kernel.emit("mistake", "no_brake_test", unit.id)
        if self._terminal.overloaded(unit):
            kernel.emit("mistake", "overloaded", unit.id)

    def _go(self, unit: Unit, route: tuple[str, ...], goal: str) -> Course:
        kernel = self._kernel
        if unit.path_s is not None and unit.path_s > kernel.now:
            yield kernel.env.timeout(unit.path_s - kernel.now)
        yield from self._moves.leave(unit.id, route, unit.place or "", goal)
        self._onward.left(unit, self._kernel.now)
        if unit.id in self._ours:
            self._turn_round(unit, goal)
        if unit.kind in ("rake", "empties") and unit.partners:
            self._terminal.forget(unit)

    def _turn_round(self, unit: Unit, goal: str) -> None:
        """Have the locomotive that took a unit away come back: in time, or over the line from where only ours run."""
        kernel, gauge, name = self._kernel, unit.gauge, unit.id
        if (gauge, goal) not in kernel.view.turns:
            kernel.after(max(1, self._turn_s[gauge]), lambda: kernel.emit("loco_back", gauge))
        else:
            kernel.env.process(self._run_back(name, gauge, goal))

    def _run_back(self, name: str, gauge: Gauge, goal: str) -> Course:
        kernel = self._kernel
        yield kernel.env.timeout(kernel.scenario.stay_s(name, gauge, goal))
        kernel.emit("loco_turns", gauge, name, kernel.now + self._network.run_light_s(goal, gauge))
        yield from self._moves.light(light_engine(name), self._network.way_back(goal, gauge))
        kernel.emit("loco_back", gauge, name)

    def set_out(self, name: str, wagon: str) -> None:
        kernel, place = self._kernel, int(wagon) - 1
        track = self._unit(name).place or ""
        task = "setout"
        expected = self._expected_s(task, 1)
        kernel.crews.work(
            name, task, kernel.scenario.setout_s(name, place), expected,
            lambda: kernel.emit("set_out", name, place, track),
        )  # fmt: skip
