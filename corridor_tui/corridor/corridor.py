"""The corridor: scenario and orders in, events out; driven from outside, second by second."""

from collections.abc import Callable, Mapping
from functools import partial

from corridor_tui.corridor.books import Books
from corridor_tui.corridor.chain import is_load, load_left_s
from corridor_tui.corridor.checks import refusal
from corridor_tui.corridor.customs import Post
from corridor_tui.corridor.events import Log
from corridor_tui.corridor.grain import Silo
from corridor_tui.corridor.hints import set_hints
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.onward import Onward
from corridor_tui.corridor.orders import ALLOW, ASKING, RULES, Order
from corridor_tui.corridor.purchases import Purchases
from corridor_tui.corridor.refusals import Refusal
from corridor_tui.corridor.road import Lorries
from corridor_tui.corridor.standing import Hand, Standing
from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.station import Station
from corridor_tui.corridor.terminal import Terminal
from corridor_tui.corridor.upsets import Upsets
from corridor_tui.corridor.view import View
from corridor_tui.corridor.work import ROUTINE
from corridor_tui.level.base import Giver
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scenario.values import TrainPlan


class Corridor:
    """The SimPy model behind orders and events. Time is whole seconds since the start of the shift."""

    def __init__(self, scenario: Scenario, log: Log, hand: Callable[[], Hand]) -> None:
        self.scenario = scenario
        self.log = log
        self._kernel = Kernel(scenario, log)
        self.view: View = self._kernel.view
        """What the desks know."""
        self._terminal = Terminal(self._kernel)
        self._post = Post(self._kernel)
        self._onward = Onward(self._kernel)
        self._station = Station(self._kernel, self._terminal, self._post, self._onward)
        self._arrivals = scenario.arrivals()
        self._more = bool(scenario.level.services)
        self._books = Books(self._kernel, self._audit, self._forget)
        self._purchases = Purchases(self._kernel, self._new_plant)
        self._upsets = Upsets(self._kernel, self._terminal, self._post)
        self._standing = Standing(self._kernel, hand, self._do)
        log.listen(self._standing.hear, besides=ROUTINE)
        set_hints(self._kernel)
        road = scenario.level.road
        self._lorries = (
            None if road is None else Lorries(self._kernel, road, self._terminal.stack, self._terminal.machines)
        )
        self._actions = self._bind()
        self._departures = 0
        self._done = False
        self.stop_by = self._kernel.env.stop_by
        """Lets the advance under way simulate no second from one on; what is due at the current second is still done."""
        self._kernel.env.come_to(0)
        self._open()

    @property
    def begun(self) -> Mapping[str, int]:
        """The disruptions that have begun, and when."""
        return self._upsets.begun

    def _open(self) -> None:
        level, kernel = self.scenario.level, self._kernel
        self._post.proclaim()
        self._purchases.open()
        for train in level.trains:
            plan = self.scenario.plans[train.number]
            spec = plan.spec
            if spec.standing is not None:
                self._station.stand(spec.number, spec.standing.track, plan.offered_s, spec.standing.stage)
                self._post.receive(spec.number, -plan.offered_s)
            else:
                kernel.after(plan.offered_s, self._offer(spec.number))
                if spec.papers == "lodged":
                    kernel.emit("handed_over", spec.number)
                    self._post.receive(spec.number)
        for rake in level.rakes:
            if rake.track is not None:
                self._station.stand(rake.id, rake.track, 0, "secured")
        self._announce()

    def _new_plant(self) -> None:
        self._station.look_again()
        self._terminal.look_again()

    def _announce(self) -> None:
        """Announce what is due of the services' trains, and wait for the next: only one is drawn ahead."""
        for plan in self._arrivals:
            if plan.announced_s > self._kernel.now:
                self._kernel.after(plan.announced_s - self._kernel.now, partial(self._and_next, plan))
                return
            self._expect(plan)
        self._more = False

    def _and_next(self, plan: TrainPlan) -> None:
        self._expect(plan)
        self._announce()

    def _expect(self, plan: TrainPlan) -> None:
        kernel, number = self._kernel, plan.spec.number
        if self.view.over:
            return
        kernel.emit("announced", number, plan.service, plan.planned_s, plan.due_s, plan.spec.wagons)
        service = self.scenario.level.route.services[plan.service or ""]
        advice_s = max(kernel.now, plan.offered_s - round(service.advice_h * 3_600))
        kernel.after(advice_s - kernel.now, partial(self._advise, plan))
        kernel.after(plan.offered_s - kernel.now, self._offer(number))

    def _advise(self, plan: TrainPlan) -> None:
        """The neighbour tells when a train will really come; with it come the papers that are lodged."""
        kernel, number = self._kernel, plan.spec.number
        if self.view.over:
            return
        if plan.spec.papers == "lodged" and self._books.divert(number):
            return
        kernel.emit("advised", number, max(plan.offered_s, self.view.units[number].advised_s or 0))
        if plan.spec.papers == "lodged":
            kernel.emit("handed_over", number)
            self._post.receive(number)

    def _offer(self, train: str) -> Callable[[], None]:
        drawn = self.scenario.plans[train].service is not None

        def offer() -> None:
            if drawn and (self.view.over or train not in self.view.units):
                return  # it is the next shift's, or was sent over another border with its papers
            later_s = (self.view.units[train].advised_s or 0) - self._kernel.now
            if later_s > 0:
                self._kernel.after(later_s, offer)
                return
            papers = self.scenario.plans[train].spec.papers
            if drawn and papers != "lodged" and self._books.divert(train):
                return
            self._kernel.emit("offered", train)
            self._post.offered(train, papers)
            if self._lorries is not None and self.view.units[train].kind == "export":
                self._lorries.bring(train, lambda: self._post.arrived(train, papers))

        return offer

    def _bind(self) -> dict[str, Callable[..., None]]:
        station, terminal, post, upsets = self._station, self._terminal, self._post, self._upsets
        plant = self.scenario.level.grain
        silo = None if plant is None else Silo(self._kernel, plant)
        own: dict[str, Callable[..., None]] = {} if silo is None else {"discharge": silo.discharge, "fill": silo.fill}
        if self._lorries is not None:
            own["fetch"] = self._lorries.fetch
        return {
            **own,
            "accept": station.accept,
            "hold": station.hold,
            "secure": station.secure,
            "uncouple": station.uncouple,
            "inspect": station.inspect,
            "move": station.move,
            "call-rake": station.call_rake,
            "call-loco": station.call_loco,
            "weigh": station.weigh,
            "waybill": station.waybill,
            "brake-test": station.brake_test,
            "path": station.path,
            "drop-path": station.drop_path,
            "depart": station.depart,
            "set-out": station.set_out,
            "meet": station.meet,
            "drop-meet": station.drop_meet,
            "back": station.back,
            "transfer": terminal.transfer,
            "crane": terminal.put_crane,
            "repair": upsets.repair,
            "tie": upsets.tie,
            "untie": upsets.untie,
            "answer": upsets.answer,
            "inject": upsets.inject,
            **{verb: lambda *_order: None for verb in ASKING},
            ALLOW: lambda percent: self._kernel.emit("allowed", int(percent)),
            "buy": self._purchases.buy,
            "ground": terminal.ground,
            "load": terminal.load,
            "release": post.release,
            "sample": post.sample,
            "check": lambda name: post.rung("check", name),
            "scan": lambda name: post.rung("scan", name),
            "open": lambda name: post.rung("open", name),
            "unload": lambda name: post.rung("unload", name),
            "request": post.request,
            "detain": lambda name: self._kernel.emit("detained", name),
            "find": post.find,
            "withdraw": lambda name: self._kernel.emit("settled", name, "withdrawn"),
            "lane": post.lane,
            **{rule: partial(self._standing.set, rule) for rule in RULES},
            "select": post.select,
        }

    # time

    def next_s(self) -> float:
        """The second of the next thing due; infinity where nothing is."""
        return self._kernel.env.peek()

    def advance(self, to_s: int) -> int:
        """Simulate every second before `to_s`, or before what `stop_by` says on the way; the first second not simulated.

        Slicing does not change a run.
        """
        stop_s = self._kernel.env.advance(to_s)
        if stop_s - 1 > self.view.now_s:
            self.view.tell_time(stop_s - 1)
        return stop_s

    def order(self, t: int, order: Order, desk: Giver | None) -> Refusal | None:
        """Take an order at second `t`, the first not yet simulated; say why where it is refused."""
        kernel = self._kernel
        kernel.env.come_to(t)
        kernel.view.tell_time(t)
        fault = refusal(kernel.view, order, desk)
        if fault is not None:
            kernel.emit("refused", desk, order.text, fault.code, *fault.args)
        else:
            kernel.emit("ordered", desk, order.text)
            self._do(order)
        return fault

    def _do(self, order: Order) -> None:
        self._actions[order.verb](*order.args)

    def note(self, t: int, code: str) -> None:
        """Put a turn of the shift itself into the log: `over` when its time is up, `closed` at the very end."""
        self._kernel.env.come_to(t)
        self._kernel.emit(code)

    def audit(self, t: int) -> None:
        """Bring to light what is true of every consignment that came."""
        self._kernel.env.come_to(t)
        for name in self.view.dossiers:
            self._audit(name)
        self._onward.reveal()

    def _audit(self, consignment: str) -> None:
        truth = self.scenario.truth(consignment)
        if truth is None:
            self._kernel.emit("audited", consignment, "clean", None, None)
        else:
            self._kernel.emit("audited", consignment, truth.kind, truth.family, " ".join(sorted(truth.fields)))

    def _forget(self, unit: Unit) -> None:
        for room in (self._station, self._terminal, self._onward):
            room.let_go(unit)
        if unit.id in self.scenario.plans:
            self.scenario.forget(unit.id)

    def all_done(self) -> bool:
        """Whether every load is on its way and every emptied rake handed back."""
        if self.view.departures != self._departures:
            self._departures = self.view.departures
            self._done = self._nothing_left()
        return self._done

    def _nothing_left(self) -> bool:
        if self._more and not self.view.over:
            return False
        for unit in self.view.units.values():
            if not is_load(unit) or (self.view.over and unit.offered_s is None):
                continue
            if unit.departed_s is None or load_left_s(self.view, unit) is None:
                return False
        return self.scenario.level.road is None or self.view.over or not self.view.for_the_road()
