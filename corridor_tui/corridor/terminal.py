"""The terminal: RMGs on one runway that lift container by container, directly onto a rake or through the stack."""

from collections import deque
from dataclasses import dataclass, field

import simpy

from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.state import Crane, Unit
from corridor_tui.corridor.work import NEARLY_LOADED
from corridor_tui.scenario.values import Container

STACK = "stack"


@dataclass(slots=True)
class _Lift:
    """A lift to make: the container, where on the runway it is made (m), and the rake it goes to, or the stack.

    `wagon` is the one kept free for a container that comes out of the stack.
    """

    number: str
    at_m: float
    goal: str
    wagon: int | None = None


@dataclass(slots=True)
class _Transfer:
    """The work on one train: a zone of lifts for each crane, from one end of the train to the other, and later ones."""

    train: str
    rake: str | None
    zones: dict[str, deque[_Lift]] = field(default_factory=dict)
    extra: deque[_Lift] = field(default_factory=deque)
    aloft: int = 0

    def rest(self) -> list[_Lift]:
        """What is left of the train's own containers, in order along the runway."""
        return sorted((lift for zone in self.zones.values() for lift in zone), key=lambda lift: lift.at_m)


@dataclass(slots=True)
class _Wagons:
    """What a rake's wagons still take: free TEU and free mass in kg, wagon by wagon."""

    teu: list[int]
    kg: list[float]
    first: int = 0

    def find(self, teu: int, mass_kg: int) -> int | None:
        """The first wagon that takes a container, by declared mass."""
        while self.first < len(self.teu) and self.teu[self.first] == 0:
            self.first += 1
        for wagon in range(self.first, len(self.teu)):
            if self.teu[wagon] >= teu and self.kg[wagon] >= mass_kg:
                return wagon
        return None

    def put(self, wagon: int, teu: int, mass_kg: int) -> None:
        self.teu[wagon] -= teu
        self.kg[wagon] -= mass_kg

    def take(self, wagon: int, teu: int, mass_kg: int) -> None:
        self.teu[wagon] += teu
        self.kg[wagon] += mass_kg
        self.first = min(self.first, wagon)


class Terminal:
    """The cranes and what they have to do."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._transfers: dict[str, _Transfer] = {}
        self._wagons: dict[str, _Wagons] = {}
        self._containers: dict[str, Container] = {}
        self._lifts: dict[str, int] = {}
        self._row = [crane.id for crane in kernel.level.terminal.cranes]
        self._place = {name: index for index, name in enumerate(self._row)}
        self._at_m = dict.fromkeys(self._row, 0.0)
        self._busy: dict[str, simpy.Process] = {}
        self._down: dict[str, simpy.Event] = {}
        self._blown: dict[str, None] = {}
        kernel.watch("wind", lambda _: self._blown.clear())

    # orders

    def look_again(self) -> None:
        """Let idle cranes see whether there is something to lift."""
        self._wake()

    def let_go(self, unit: Unit) -> None:
        """Let go of what is hidden of the containers that came on a unit."""
        for name in self._kernel.view.cargo.get(unit.id, ()):
            for number in self._kernel.view.dossiers[name].boxes:
                self._containers.pop(number, None)
                self._lifts.pop(number, None)
        self._wagons.pop(unit.id, None)

    def transfer(self, train_id: str, rake_id: str) -> None:
        """Plan a train's containers onto a rake, or into the stack."""
        view = self._kernel.view
        train = view.units[train_id]
        rake = None if rake_id == STACK else rake_id
        if "lift" in train.jobs and rake is not None:
            self._from_stack(train, rake)
            return
        for consignment in self._kernel.scenario.consignments(train_id):
            for container in consignment.containers:
                self._containers[container.number] = container
        if rake is not None:
            self._open(rake)
        length_m = view.level.wagon_types[train.wagon].length_m
        grounded = [number for number in train.boxes if view.boxes[number].goal == STACK]
        lifts = [
            _Lift(number, wagon * length_m, STACK if rake is None or number in grounded else rake)
            for number, wagon in train.boxes.items()
        ]
        self._transfers[train_id] = _Transfer(train_id, rake, {self._row[0]: deque(lifts)})
        self._kernel.emit("paired", train_id, rake)

    def _open(self, rake: str) -> None:
        unit = self._kernel.view.units[rake]
        wagon = self._kernel.level.wagon_types[unit.wagon]
        self._wagons[rake] = _Wagons([wagon.teu] * unit.wagons, [wagon.load_t * 1_000] * unit.wagons)

    def _from_stack(self, train: Unit, rake: str) -> None:
        """Give a train that went to the stack its rake: what is left of it directly, the rest out of the stack."""
        view, transfer = self._kernel.view, self._transfers[train.id]
        self._open(rake)
        transfer.rake = rake
        for lift in transfer.rest():
            lift.goal = rake
        self._kernel.emit("paired", train.id, rake)
        for box in [box for box in view.boxes.values() if box.train == train.id and box.at == STACK]:
            self.load(box.number, rake)
        self._wake()

    def put_crane(self, crane_id: str, unit_id: str) -> None:
        """Put a crane on the transfer of a train, or take it away."""
        view = self._kernel.view
        crane = view.cranes[crane_id]
        before = crane.train
        unit = view.units.get(unit_id)
        train = None if unit is None else unit.id if unit.kind == "container" else unit.partner
        self._kernel.emit("crane_set", crane_id, train)
        for name in (before, train):
            if name is not None:
                self._share_out(self._transfers[name])
        self._wake()

    def ground(self, number: str) -> None:
        """Send a container to the stack, from the train or from the wagon it was put on."""
        view = self._kernel.view
        box = view.boxes[number]
        unit = view.units[box.at]
        self._kernel.emit("grounding", number)
        transfer = self._transfers.get(unit.id if unit.kind == "container" else unit.partner or "")
        if unit.kind == "container":
            for lift in transfer.rest() if transfer else ():
                if lift.number == number:
                    lift.goal = STACK
        elif transfer is not None:
            transfer.extra.append(_Lift(number, self._wagon_m(unit, box.wagon), STACK))
            self._wake()

    def load(self, number: str, rake_id: str) -> None:
        """Load a container from the stack onto a rake."""
        rake = self._kernel.view.units[rake_id]
        self._kernel.emit("loading", number, rake_id)
        box, wagons = self._kernel.view.boxes[number], self._wagons[rake_id]
        wagon = wagons.find(box.teu, box.declared_kg)
        if wagon is not None:
            wagons.put(wagon, box.teu, box.declared_kg)
        at_m = self._wagon_m(rake, wagon or 0)
        self._transfers[rake.partner or ""].extra.append(_Lift(number, at_m, rake_id, wagon))
        self._wake()

    def overloaded(self, rake: Unit) -> list[int]:
        """The wagons (from 0) whose true load is above their limit."""
        limit = self._kernel.level.wagon_types[rake.wagon].load_t * 1_000
        loads: dict[int, int] = {}
        for number, wagon in rake.boxes.items():
            if number not in self._containers:  # filled from the silo, whose scale fills no wagon above its limit
                continue
            loads[wagon] = loads.get(wagon, 0) + self._containers[number].gross_kg
        return sorted(wagon for wagon, load in loads.items() if load > limit)

    def forget(self, train: str, rake: str | None) -> None:
        """Let go of a finished transfer."""
        self._transfers.pop(train, None)
        self._wagons.pop(rake or "", None)

    # cranes

    def _wagon_m(self, unit: Unit, wagon: int) -> float:
        return wagon * self._kernel.level.wagon_types[unit.wagon].length_m

    def _share_out(self, transfer: _Transfer) -> None:
        """Divide what is left of a train into one stretch for each of its cranes, in their order along the runway."""
        cranes = [
            crane.id for crane in self._kernel.view.cranes.values() if crane.train == transfer.train and crane.able
        ]
        rest = transfer.rest()
        if not cranes:
            transfer.zones = {self._row[0]: deque(rest)}
            return
        bounds = [len(rest) * place // len(cranes) for place in range(len(cranes) + 1)]
        transfer.zones = {name: deque(rest[bounds[i] : bounds[i + 1]]) for i, name in enumerate(cranes)}

    def _wake(self) -> None:
        """Start every crane that has a transfer and is at rest."""
        for name in self._row:
            if name not in self._busy and self._kernel.view.cranes[name].train is not None:
                self._next(name)

    def _next(self, name: str) -> None:
        """Give a crane at rest its next lift, if it has one within its reach."""
        crane = self._kernel.view.cranes[name]
        transfer = self._transfers.get(crane.train or "")
        if transfer is None or not crane.able:
            return
        lift = self._choose(name, transfer)
        if lift is not None:
            self._busy[name] = self._kernel.env.process(self._work(name, transfer, lift))
        elif not crane.blocked and (transfer.extra or any(transfer.zones.values())):
            self._kernel.emit("crane_blocked", name)

    def _choose(self, name: str, transfer: _Transfer) -> _Lift | None:
        low, high = self._reach(name)
        zone = transfer.zones.get(name)
        if zone:
            if low <= zone[0].at_m <= high:
                return zone.popleft()
            return self._beside(zone, low, high) if self._down else None
        if transfer.extra and not any(transfer.zones.values()):
            return next((self._pick(transfer, lift) for lift in transfer.extra if low <= lift.at_m <= high), None)
        best = max(transfer.zones.values(), key=len, default=None)
        return best.pop() if best and len(best) > 1 and low <= best[-1].at_m <= high else None

    @staticmethod
    def _beside(zone: deque[_Lift], low: float, high: float) -> _Lift | None:
        """The first lift of a zone that can be reached past a crane that stands still: nobody knows for how long."""
        lift = next((lift for lift in zone if low <= lift.at_m <= high), None)
        if lift is not None:
            zone.remove(lift)
        return lift

    @staticmethod
    def _pick(transfer: _Transfer, lift: _Lift) -> _Lift:
        transfer.extra.remove(lift)
        return lift

    def _reach(self, name: str) -> tuple[float, float]:
        """How far a crane may go along the runway: no nearer than the clearance to the working cranes on either side."""
        me, gap = self._place[name], self._kernel.level.terminal.clearance_m
        low, high = float("-inf"), float("inf")
        for other in self._busy:
            place, at_m = self._place[other], self._at_m[other]
            if place < me:
                low = max(low, at_m + gap * (me - place))
            elif place > me:
                high = min(high, at_m - gap * (place - me))
        return low, high

    def _work(self, name: str, transfer: _Transfer, lift: _Lift) -> Course:
        kernel = self._kernel
        crane = kernel.view.cranes[name]
        while True:
            container = self._containers[lift.number]
            dest, wagon = self._destination(lift, container)
            transfer.aloft += 1
            self._at_m[name] = lift.at_m
            kernel.emit("lifting", name, lift.number, dest, round(lift.at_m))
            made = self._lifts.get(lift.number, 0)
            self._lifts[lift.number] = made + 1
            left = round(kernel.scenario.lift_s(container, made) * self._slower(name))
            while left:
                began = kernel.now
                try:
                    yield kernel.env.timeout(left)
                    left = 0
                except simpy.Interrupt:
                    left -= kernel.now - began
                    yield self._down[name]
            kernel.emit("lifted", name, lift.number, dest, wagon)
            transfer.aloft -= 1
            self._nearly(transfer)
            self._finish(transfer)
            if not crane.able or self._transfers.get(crane.train or "") is not transfer:
                break
            following = self._choose(name, transfer)
            if following is None:
                break
            lift = following
            self._wake_blocked(crane)
        self._busy.pop(name, None)
        self._wake()

    def _slower(self, name: str) -> float:
        """How many times longer a lift takes in this weather; one above the wind limit is a mistake."""
        plant, weather = self._kernel.level.terminal, self._kernel.view.weather
        if weather.wind_ms > plant.stop_ms and name not in self._blown:
            self._blown[name] = None
            self._kernel.emit("mistake", "wind", name)
        wind = plant.wind_times if weather.wind_ms >= plant.slow_ms else 1.0
        return wind * plant.fog_times if weather.fog else wind

    # what stops a crane

    def stop(self, name: str) -> None:
        """Stop a crane where it is: what hangs on it hangs until it is started again."""
        self._down[name] = self._kernel.env.event()
        if name in self._busy:
            self._busy[name].interrupt()
        self.leave(name)

    def leave(self, name: str) -> None:
        """Let the other cranes of its transfer have what a crane can no longer lift."""
        transfer = self._transfers.get(self._kernel.view.cranes[name].train or "")
        if transfer is not None:
            self._share_out(transfer)
            self._wake()

    def start(self, name: str) -> None:
        """Give a crane back to the desk: it ends the lift it was at and waits to be put to work."""
        self._kernel.emit("crane_up", name)
        if name in self._down:
            self._down.pop(name).succeed()
        self._wake()

    def _wake_blocked(self, me: Crane) -> None:
        for name in self._row:
            if name != me.id and name not in self._busy and self._kernel.view.cranes[name].blocked:
                self._next(name)

    def _destination(self, lift: _Lift, container: Container) -> tuple[str, int]:
        """Where a lift ends: on the first wagon of the rake that takes the container, or in the stack."""
        view = self._kernel.view
        box = view.boxes[lift.number]
        source = view.units.get(box.at)
        if source is not None and source.kind != "container":
            self._wagons[source.id].take(box.wagon, box.teu, box.declared_kg)
        if lift.goal == STACK or (view.boxes[lift.number].goal == STACK):
            return STACK, 0
        if lift.wagon is not None:
            return lift.goal, lift.wagon
        wagons = self._wagons[lift.goal]
        wagon = wagons.find(container.teu, container.declared_kg)
        if wagon is None:
            return STACK, 0
        wagons.put(wagon, container.teu, container.declared_kg)
        return lift.goal, wagon

    def _nearly(self, transfer: _Transfer) -> None:
        train = self._kernel.view.units[transfer.train]
        if train.left + transfer.aloft == int(NEARLY_LOADED * train.total) and transfer.rake is not None:
            self._kernel.emit("nearly", transfer.rake)

    def _finish(self, transfer: _Transfer) -> None:
        """Say when a train is empty and when its rake has all it is to take."""
        view = self._kernel.view
        train = view.units[transfer.train]
        if train.left or transfer.aloft:
            return
        if not train.did("lift"):
            self._kernel.emit("emptied", train.id)
        if transfer.rake is None or transfer.extra:
            return
        if not view.units[transfer.rake].did("load"):
            self._kernel.emit("laden", transfer.rake)
