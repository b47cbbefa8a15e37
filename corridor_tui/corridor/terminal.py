"""The terminal: RMGs on one runway that lift container by container, directly onto a rake or through the stack."""

from collections import deque

import simpy

from corridor_tui.corridor.checks_terminal import part_of, transfer_of
from corridor_tui.corridor.halts import Halts
from corridor_tui.corridor.kernel import Course, Kernel
from corridor_tui.corridor.lifts import GROUND, NOBODY, STACK, Lift, Transfer, slower
from corridor_tui.corridor.machines import Machines
from corridor_tui.corridor.places import Places
from corridor_tui.corridor.runway import Runway
from corridor_tui.corridor.stack import Stack
from corridor_tui.corridor.state import Crane, Unit
from corridor_tui.corridor.work import NEARLY_LOADED
from corridor_tui.scenario.values import Container


class Terminal:
    """The cranes and what they have to do."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._transfers: dict[str, Transfer] = {}
        self._places = Places(kernel)
        self._containers: dict[str, Container] = {}
        self._lifts: dict[str, int] = {}
        self._lift_kg = {crane.id: crane.lift_t * 1_000 for crane in kernel.level.terminal.cranes}
        self._stack = Stack(kernel)
        self._twin_times = kernel.level.terminal.twin_times
        self._halts = Halts(kernel)
        self._busy = self._halts.busy
        self._runway = Runway(kernel, self._busy)
        self.machines = Machines(kernel, self._stack, self._wake)
        self._taken_over = self.machines.there
        """Whether the machines have the stack, as far as there are any."""
        self._blown: dict[str, None] = {}
        kernel.watch("wind", lambda _: self._blown.clear())

    # orders

    @property
    def stack(self) -> Stack:
        """The stack."""
        return self._stack

    def look_again(self) -> None:
        """Let idle cranes see whether there is something to lift, and machines that are new take over what is theirs."""
        if self.machines.there and not self._taken_over:
            self._taken_over = True
            view = self._kernel.view
            down = [crane for crane in view.cranes.values() if crane.box and crane.dest == STACK]
            aloft = [crane for crane in down if crane.box and view.boxes[crane.box].at == crane.id]
            extra = [lift.number for transfer in self._transfers.values() for lift in transfer.extra]
            wanted = [number for number in extra if view.boxes[number].at == STACK]
            self.machines.begin(sum(1 + (crane.twin is not None) for crane in aloft), wanted)
        self.machines.look_again()
        self._wake()

    def let_go(self, unit: Unit) -> None:
        """Let go of what is hidden of the containers that came on a unit."""
        for name in self._kernel.view.cargo.get(unit.id, ()):
            for number in self._kernel.view.dossiers[name].boxes:
                self._containers.pop(number, None)
                self._lifts.pop(number, None)
                self.machines.let_go(number)
        self._places.let_go(unit.id)
        self._transfers.pop(unit.id, None)

    def transfer(self, train_id: str, rake_id: str) -> None:
        """Plan a train's containers onto a rake, onto a further one, or into the stack."""
        rake = None if rake_id == STACK else rake_id
        if rake is not None:
            self._places.open(rake)
        if train_id in self._transfers:
            self._further(self._transfers[train_id], rake_id)
            return
        train = self._kernel.view.units[train_id]
        for consignment in self._kernel.scenario.consignments(train_id):
            for container in consignment.containers:
                self._containers[container.number] = container
        lifts = [Lift(number, self._runway.wagon_m(train, wagon)) for number, wagon in train.boxes.items()]
        rakes = [] if rake is None else [rake]
        self._transfers[train_id] = Transfer(train_id, rakes, {NOBODY: deque(lifts)})
        self._kernel.emit("paired", train_id, rake)

    def _further(self, transfer: Transfer, rake: str) -> None:
        """Give a train another rake: what is left of it goes there directly, the rest out of the stack."""
        view = self._kernel.view
        transfer.rakes.append(rake)
        self._kernel.emit("paired", transfer.train, rake)
        for number in list(view.units[transfer.train].stacked):
            box = view.boxes[number]
            if (
                self._places.takes(rake, box)
                and box.goal is None
                and view.dossiers[box.consignment].state != "detained"
            ):
                self.load(number, rake)
        self._wake()

    def put_crane(self, crane_id: str, unit_id: str, part: str | None = None) -> None:
        """Put a crane on the transfer of a train, on a part of it, or take it away."""
        view = self._kernel.view
        crane = view.cranes[crane_id]
        before = crane.train
        unit = view.units.get(unit_id)
        train = None if unit is None else transfer_of(unit)
        wagons = None if part is None else part_of(part)
        self._kernel.emit("crane_set", crane_id, train, *(wagons or ()))
        for name in (before, train):
            if name in self._transfers:
                self._share_out(self._transfers[name])
        self._wake()

    def ground(self, number: str, block: str | None = None) -> None:
        """Send a container to the stack, from the train or from the wagon it was put on."""
        view = self._kernel.view
        box = view.boxes[number]
        unit = view.units[box.at]
        self._kernel.emit("grounding", number, *([] if block is None else [block]))
        transfer = self._transfers.get(transfer_of(unit) or "")
        if transfer is not None and unit.kind != "container":
            transfer.extra.append(Lift(number, self._runway.wagon_m(unit, box.wagon), STACK, unit.id))
            self._wake()

    def load(self, number: str, rake_id: str) -> None:
        """Load a container from the stack onto a rake."""
        rake = self._kernel.view.units[rake_id]
        self._kernel.emit("loading", number, rake_id)
        box = self._kernel.view.boxes[number]
        if number not in self._containers:
            load = self._kernel.scenario.consignment(box.consignment).containers
            self._containers[number] = next(each for each in load if each.number == number)
        wagon = self._places.keep(rake_id, box)
        at_m = self._runway.wagon_m(rake, wagon or 0)
        self._transfers[rake.partners[-1]].extra.append(Lift(number, at_m, rake_id, rake_id, wagon))
        if self.machines.there:
            self.machines.fetch(number)
        self._wake()

    def overloaded(self, rake: Unit) -> list[int]:
        """The wagons (from 0) whose true load is above their limit."""
        limit = self._kernel.level.wagon_types[rake.wagon].load_t * 1_000
        loads: dict[int, int] = {}
        for number, wagon in rake.boxes.items():
            container = self._containers.get(number)
            if container is not None:  # else filled from the silo, whose scale fills no wagon above its limit
                loads[wagon] = loads.get(wagon, 0) + container.gross_kg
        return sorted(wagon for wagon, load in loads.items() if load > limit)

    def forget(self, rake: Unit) -> None:
        """Let go of a rake that has left, and of the transfers that are finished with it."""
        units = self._kernel.view.units
        self._places.let_go(rake.id)
        for train in [units[name] for name in rake.partners if name in self._transfers]:
            gone = all(units[name].departed_s is not None for name in train.partners)
            if gone and train.did("lift") and not train.stacked:
                del self._transfers[train.id]

    # cranes

    def _share_out(self, transfer: Transfer) -> None:
        """Divide what is left of a train among its cranes."""
        cranes = [c for c in self._kernel.view.cranes.values() if c.train == transfer.train and c.able]
        parts = {crane.id: self._runway.part_m(crane) for crane in cranes if crane.part is not None}
        transfer.share_out(
            [crane.id for crane in cranes], {name: part for name, part in parts.items() if part is not None}
        )

    def _wake(self) -> None:
        """Start every crane that has a transfer and is at rest."""
        for name, crane in self._kernel.view.cranes.items():
            if crane.train is not None and name not in self._busy:
                self._next(crane)

    def _next(self, crane: Crane) -> None:
        """Give a crane at rest its next lift, if it has one within its reach."""
        transfer, name = self._transfers.get(crane.train or ""), crane.id
        if transfer is None or not crane.able:
            return
        lift = self._choose(name, transfer)
        if lift is not None:
            self._halts.work(name, self._work(name, transfer, lift))
        elif not crane.blocked and transfer.has_work(name, self._runway.part_m(crane)):
            self._kernel.emit("crane_blocked", name)

    def _choose(self, name: str, transfer: Transfer) -> Lift | None:
        zone, runway = transfer.zones.get(name), self._runway
        if zone:
            if runway.reaches(name, zone[0].at_m):
                return zone.popleft()
            return self._beside(zone, *runway.reach(name)) if self._halts.down else None
        if transfer.extra and not transfer.planned:
            low, high = runway.reach(name)
            hooks = [crane.box for crane in self._kernel.view.cranes.values()]  # with what is being moved aside
            near = (
                lift for lift in transfer.extra
                if low <= lift.at_m <= high and lift.number not in hooks and self._in_reach(lift)
            )  # fmt: skip
            return next((transfer.pick(lift) for lift in near), None)
        part = runway.part_m(self._kernel.view.cranes[name])
        if part is not None:
            low, high = runway.reach(name)
            return transfer.within(max(low, part[0]), min(high, part[1]))
        best = max(transfer.zones.values(), key=len, default=None)
        return best.pop() if best and len(best) > 1 and runway.reaches(name, best[-1].at_m) else None

    def _in_reach(self, lift: Lift) -> bool:
        """Whether the cranes can take a container up: of one in the stack, where machines work there, once it is brought."""
        box = self._kernel.view.boxes[lift.number]
        return box.at != STACK or not self.machines.there or box.hold == GROUND

    @staticmethod
    def _beside(zone: deque[Lift], low: float, high: float) -> Lift | None:
        """The first lift of a zone that can be reached past a crane that stands still: nobody knows for how long."""
        lift = next((lift for lift in zone if low <= lift.at_m <= high), None)
        if lift is not None:
            zone.remove(lift)
        return lift

    def _work(self, name: str, transfer: Transfer, lift: Lift) -> Course:
        kernel = self._kernel
        crane = kernel.view.cranes[name]
        while True:
            twin = None if self._twin_times is None else self._mate(name, transfer, lift)
            boxes = kernel.view.boxes
            source = boxes[lift.number].at
            dest, wagon = self._places.end_of(lift, transfer.rakes, None if twin is None else boxes[twin.number])
            over = self._places.of(dest) or self._places.of(source)
            if over is not None:
                over.aloft += 1
            transfer.aloft += 1 if twin is None else 2
            self._runway.go(name, lift.at_m)
            if self.machines.there and dest == STACK:
                yield from self._wait_for_ground(name, 1 if twin is None else 2)
            elif source == STACK and not self.machines.there:
                yield from self._clear(name, lift.number)
            yield from self._halts.hang(name, self._take_up(name, lift, twin, dest))
            self._set_down(name, lift, twin, dest, wagon)
            if over is not None:
                over.aloft -= 1
            transfer.aloft -= 1 if twin is None else 2
            self._nearly(transfer)
            self._finish(transfer)
            if not crane.able or self._transfers.get(crane.train or "") is not transfer:
                break
            following = self._choose(name, transfer)
            if following is None:
                break
            lift = following
            self._wake_blocked(crane)
        self._halts.rest(name)
        self._wake()

    def _wait_for_ground(self, name: str, places: int) -> Course:
        """Let a crane stand until there are places on the ground for what it is to set down."""
        while not self.machines.take(places):
            self._kernel.emit("crane_blocked", name)
            try:
                yield self.machines.freed
            except simpy.Interrupt:
                yield self._halts.down[name]

    def _clear(self, name: str, number: str) -> Course:
        """Move aside what stands on a container in the stack."""
        self._stack.digging[name] = number
        while above := self._stack.above(number):
            self._kernel.emit("moving_aside", name, above[0], number)
            yield from self._halts.hang(name, round(self._lift_s(above[0]) * self._slower(name)))
            self._stack.aside(name, above[0], number)
        del self._stack.digging[name]
        self.machines.look_again()

    def _take_up(self, name: str, lift: Lift, twin: Lift | None, dest: str) -> int:
        """Begin a lift; how many seconds it takes."""
        brought = self._kernel.view.boxes[lift.number].hold == GROUND
        self._kernel.emit("lifting", name, lift.number, dest, round(lift.at_m))
        if brought:
            self.machines.picked_up()
        left = round(self._lift_s(lift.number) * self._slower(name))
        if twin is None or self._twin_times is None:
            return left
        self._kernel.emit("twin_lifting", name, twin.number)
        self._lift_s(twin.number)
        return round(left * self._twin_times)

    def _set_down(self, name: str, lift: Lift, twin: Lift | None, dest: str, wagon: int) -> None:
        """End a lift: on a wagon, or in the stack."""
        if twin is not None:
            self._kernel.emit("twin_lifted", name, twin.number, dest, wagon)
        self._kernel.emit("lifted", name, lift.number, dest, wagon)
        if dest == STACK:
            put = self.machines.set_down if self.machines.there else self._stack.land
            for each in (lift,) if twin is None else (lift, twin):
                put(each.number)

    def _lift_s(self, number: str) -> int:
        """The seconds of a container's next lift, counted as made."""
        made = self._lifts.get(number, 0)
        self._lifts[number] = made + 1
        return self._kernel.scenario.lift_s(self._containers[number], made)

    def _mate(self, name: str, transfer: Transfer, lift: Lift) -> Lift | None:
        """The lift of a second 20-foot box that the crane takes along: beside the first, and not too heavy with it."""
        view = self._kernel.view
        first = self._containers[lift.number]
        if first.teu != 1 or lift.rake is not None:
            return None

        def fits(other: Lift) -> bool:
            second = self._containers[other.number]
            if second.teu != 1 or first.gross_kg + second.gross_kg > self._lift_kg[name]:
                return False
            if STACK in (view.boxes[lift.number].goal, view.boxes[other.number].goal):
                return view.boxes[lift.number].goal == view.boxes[other.number].goal
            return (
                not transfer.rakes
                or self._places.first(transfer.rakes, 2, first.declared_kg + second.declared_kg) is not None
            )

        return transfer.mate(lift, fits)

    def _slower(self, name: str) -> float:
        """How many times longer a lift takes in this weather; one above the wind limit is a mistake."""
        plant, weather = self._kernel.level.terminal, self._kernel.view.weather
        if weather.wind_ms > plant.stop_ms and name not in self._blown:
            self._blown[name] = None
            self._kernel.emit("mistake", "wind", name)
        return slower(weather, plant)

    # what stops a crane

    def stop(self, name: str) -> None:
        """Stop a crane where it is: what hangs on it hangs until it is started again."""
        self._halts.stop(name)
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
        self._halts.start(name)
        self._wake()

    def _wake_blocked(self, me: Crane) -> None:
        for name, crane in self._kernel.view.cranes.items():
            if crane.blocked and crane is not me and name not in self._busy:
                self._next(crane)

    def _nearly(self, transfer: Transfer) -> None:
        if transfer.nearly:
            return
        units = self._kernel.view.units
        train = units[transfer.train]
        if train.left + transfer.aloft <= int(NEARLY_LOADED * train.total):
            transfer.nearly = True
            for rake in transfer.rakes:
                if not units[rake].did("load"):
                    self._kernel.emit("nearly", rake)

    def _finish(self, transfer: Transfer) -> None:
        """Say when a train is empty, and which of its rakes have all they are to take."""
        units = self._kernel.view.units
        train = units[transfer.train]
        if not train.left and not transfer.aloft and not train.did("lift"):
            self._kernel.emit("emptied", train.id)
        at_work = train.left or transfer.aloft
        for rake in transfer.rakes:
            if at_work and not self._places.full(rake):
                continue
            if not units[rake].did("load") and self._is_laden(units[rake]):
                self._kernel.emit("laden", rake)

    def _is_laden(self, rake: Unit) -> bool:
        """Whether a rake is full, or every train it takes from is done; and no more of it is to be lifted."""
        feeding = [self._transfers[name] for name in rake.partners if name in self._transfers]
        if any(lift.rake == rake.id for transfer in feeding for lift in transfer.extra):
            return False
        left = any(self._kernel.view.units[each.train].left or each.aloft for each in feeding)
        return not left or self._places.full(rake.id)
