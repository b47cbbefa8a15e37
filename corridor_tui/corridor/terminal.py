"""The terminal: what its orders set going, container by container, directly onto a rake or through the stack."""

from collections import deque

from corridor_tui.corridor.checks_terminal import part_of, transfer_of
from corridor_tui.corridor.cranes import Cranes
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.lifts import NOBODY, STACK, Lift, Transfer
from corridor_tui.corridor.places import Places
from corridor_tui.corridor.stack import Stack
from corridor_tui.corridor.state import Unit
from corridor_tui.scenario.values import Container


class Terminal:
    """The terminal desk's hands: what its orders set going."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self._transfers: dict[str, Transfer] = {}
        self._places = Places(kernel)
        self._containers: dict[str, Container] = {}
        self.stack = Stack(kernel)
        self.cranes = Cranes(kernel, self.stack, self._places, self._transfers, self._containers)
        self.machines = self.cranes.machines
        self._runway = self.cranes.runway
        self._taken_over = self.machines.there
        """Whether the machines have the stack, as far as there are any."""

    # orders

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
        self.cranes.wake()

    def let_go(self, unit: Unit) -> None:
        """Let go of what is hidden of the containers that came on a unit."""
        for name in self._kernel.view.cargo.get(unit.id, ()):
            numbers = self._kernel.view.dossiers[name].boxes
            for number in numbers:
                self._containers.pop(number, None)
            self.cranes.let_go(numbers)
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
        wagon_m = self._runway.wagon_m(train, 1)
        lifts = [Lift(number, wagon * wagon_m) for number, wagon in train.boxes.items()]
        rakes = [] if rake is None else [rake]
        self._transfers[train_id] = Transfer(train, rakes, {NOBODY: deque(lifts)})
        self._kernel.emit("paired", train_id, rake)

    def _further(self, transfer: Transfer, rake: str) -> None:
        """Give a train another rake: what is left of it goes there directly, the rest out of the stack."""
        view = self._kernel.view
        transfer.rakes.append(rake)
        self._kernel.emit("paired", transfer.train.id, rake)
        for number in list(transfer.train.stacked):
            box = view.boxes[number]
            if (
                self._places.takes(rake, box)
                and box.goal is None
                and view.dossiers[box.consignment].state != "detained"
            ):
                self.load(number, rake)
        self.cranes.wake()

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
                self.cranes.share_out(self._transfers[name])
        self.cranes.wake()

    def ground(self, number: str, block: str | None = None) -> None:
        """Send a container to the stack, from the train or from the wagon it was put on."""
        view = self._kernel.view
        box = view.boxes[number]
        unit = view.units[box.at]
        self._kernel.emit("grounding", number, *([] if block is None else [block]))
        transfer = self._transfers.get(transfer_of(unit) or "")
        if transfer is not None and unit.kind != "container":
            transfer.extra.append(Lift(number, self._runway.wagon_m(unit, box.wagon), STACK, unit.id))
            self.cranes.wake()

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
        self.cranes.wake()

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
