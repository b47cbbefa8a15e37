"""The RMGs at work on their runway: which lift each takes next, and the course of it from hook to wagon or stack."""

from collections import deque
from collections.abc import Iterable
from functools import partial

from corridor_tui.corridor.halts import Halts
from corridor_tui.corridor.kernel import Kernel
from corridor_tui.corridor.lifts import GROUND, STACK, Lift, Transfer, slower
from corridor_tui.corridor.machines import Machines
from corridor_tui.corridor.places import Places
from corridor_tui.corridor.runway import Runway
from corridor_tui.corridor.stack import Stack
from corridor_tui.corridor.state import Crane, Unit
from corridor_tui.corridor.work import NEARLY_LOADED
from corridor_tui.scenario.values import Container


class Cranes:
    """Has each crane lift what there is of its transfer within its reach.

    `transfers` and `containers` are the terminal's: what is to be lifted of each train, and what is hidden of each container.
    """

    def __init__(
        self,
        kernel: Kernel,
        stack: Stack,
        places: Places,
        transfers: dict[str, Transfer],
        containers: dict[str, Container],
    ) -> None:
        self._kernel = kernel
        self._plant = kernel.level.terminal
        self._stack = stack
        self._places = places
        self._transfers = transfers
        self._containers = containers
        self._lifts: dict[str, int] = {}
        self._lift_kg = {crane.id: crane.lift_t * 1_000 for crane in self._plant.cranes}
        self._cranes = kernel.view.cranes
        self._halts = Halts(kernel.env)
        self._busy = self._halts.busy
        self.runway = Runway(kernel, self._busy)
        self.machines = Machines(kernel, stack, self.wake)
        self._twin_times = self._plant.twin_times
        self._blown: dict[str, None] = {}
        """The cranes that have lifted on in this wind, where it is above the limit."""
        self._turns()
        kernel.watch("wind", lambda _: self._blown.clear())
        for code in ("wind", "fog"):
            kernel.watch(code, lambda _: self._turns())

    def let_go(self, numbers: Iterable[str]) -> None:
        """Let go of what is kept about some containers."""
        for number in numbers:
            self._lifts.pop(number, None)
        self.machines.let_go(numbers)

    def _turns(self) -> None:
        """Read what the weather, which changes seldom, does to lifts: whether there should be none, and how many times longer each takes."""
        weather = self._kernel.view.weather
        self._blows = weather.wind_ms > self._plant.stop_ms
        self._slower = slower(weather, self._plant)

    # who lifts what

    def share_out(self, transfer: Transfer) -> None:
        """Divide what is left of a train among its cranes."""
        if not any(transfer.zones.values()):
            return
        cranes = [crane for crane in self._cranes.values() if crane.train == transfer.train.id and crane.able]
        parts = {crane.id: self.runway.part_m(crane) for crane in cranes if crane.part is not None}
        transfer.share_out(
            [crane.id for crane in cranes], {name: part for name, part in parts.items() if part is not None}
        )

    def wake(self) -> None:
        """Start every crane that has a transfer and is at rest."""
        for name, crane in self._cranes.items():
            if crane.train is not None and name not in self._busy:
                self._next(crane)

    def _wake_blocked(self, me: Crane) -> None:
        for name, crane in self._cranes.items():
            if crane.blocked and crane is not me and name not in self._busy:
                self._next(crane)

    def _next(self, crane: Crane) -> None:
        """Give a crane at rest its next lift, if it has one within its reach."""
        transfer, name = self._transfers.get(crane.train or ""), crane.id
        if transfer is None or transfer.over or not crane.able:
            return
        lift = self._choose(crane, transfer)
        if lift is not None:
            self._halts.work(name, partial(self._lift, crane, transfer, lift))
        elif not crane.blocked and transfer.has_work(name, self.runway.part_m(crane)):
            self._kernel.emit("crane_blocked", name)

    def _choose(self, crane: Crane, transfer: Transfer) -> Lift | None:
        name, runway = crane.id, self.runway
        zone = transfer.zones.get(name)
        if zone:
            low, high = runway.reach(name)
            if low <= zone[0].at_m <= high:
                return zone.popleft()
            return self._beside(zone, low, high) if self._halts.down else None
        if transfer.extra and not transfer.planned:
            low, high = runway.reach(name)
            hooks = [crane.box for crane in self._cranes.values()]  # with what is being moved aside
            near = (
                lift for lift in transfer.extra
                if low <= lift.at_m <= high and lift.number not in hooks and self._in_reach(lift)
            )  # fmt: skip
            return next((self._dig(name, transfer.pick(lift)) for lift in near), None)
        part = runway.part_m(crane)
        if part is not None:
            low, high = runway.reach(name)
            return transfer.within(max(low, part[0]), min(high, part[1]))
        best = max(transfer.zones.values(), key=len, default=None)
        return best.pop() if best and len(best) > 1 and runway.reaches(name, best[-1].at_m) else None

    def _in_reach(self, lift: Lift) -> bool:
        """Whether the cranes can take a container up: of one in the stack, where machines work there, once it is brought, and
        else once nobody digs among what stands on it.
        """
        box = self._kernel.view.boxes[lift.number]
        if box.at != STACK:
            return True
        return box.hold == GROUND if self.machines.there else not self._stack.dug_by_others(lift.number)

    def _dig(self, name: str, lift: Lift) -> Lift:
        """Dig for what a lift takes out of the stack, from now on, since another crane may choose in this second."""
        if self._kernel.view.boxes[lift.number].at == STACK and not self.machines.there:
            self._stack.digging[name] = lift.number
        return lift

    @staticmethod
    def _beside(zone: deque[Lift], low: float, high: float) -> Lift | None:
        """The first lift of a zone that can be reached past a crane that stands still: nobody knows for how long."""
        lift = next((lift for lift in zone if low <= lift.at_m <= high), None)
        if lift is not None:
            zone.remove(lift)
        return lift

    def _mate(self, name: str, transfer: Transfer, lift: Lift) -> Lift | None:
        """The lift of a second 20-foot box that the crane takes along: beside the first, and not too heavy with it."""
        boxes = self._kernel.view.boxes
        first = self._containers[lift.number]
        if first.teu != 1 or lift.rake is not None:
            return None

        def fits(other: Lift) -> bool:
            second = self._containers[other.number]
            if second.teu != 1 or first.gross_kg + second.gross_kg > self._lift_kg[name]:
                return False
            if STACK in (boxes[lift.number].goal, boxes[other.number].goal):
                return boxes[lift.number].goal == boxes[other.number].goal
            return (
                not transfer.rakes
                or self._places.first(transfer.rakes, 2, first.declared_kg + second.declared_kg) is not None
            )

        return transfer.mate(lift, fits)

    # the course of a lift

    def _lift(self, crane: Crane, transfer: Transfer, lift: Lift) -> None:
        """Bring a crane to a lift: it takes up what it is about once that is free to be lifted."""
        name, number = crane.id, lift.number
        if self._twin_times is not None:
            lift.twin = self._mate(name, transfer, lift)
            lift.boxes = 1 if lift.twin is None else 2
        source = self._kernel.view.boxes[number].at
        self._places.settle(lift, transfer.rakes)
        transfer.aloft += lift.boxes
        self.runway.at_m[name] = lift.at_m
        if lift.dest == STACK and self.machines.there:
            self._once_free(crane, transfer, lift)
        elif source == STACK and not self.machines.there:
            cleared = partial(self._cleared, crane, transfer, lift)
            self._stack.clear(name, number, self._halts, self._hang_s, cleared)
        else:
            self._take_up(crane, transfer, lift)

    def _once_free(self, crane: Crane, transfer: Transfer, lift: Lift) -> None:
        """Let a crane stand until there are places on the ground for what it is to set down."""
        if self.machines.take(lift.boxes):
            self._take_up(crane, transfer, lift)
        else:
            self._kernel.emit("crane_blocked", crane.id)
            again = partial(self._once_free, crane, transfer, lift)
            self._halts.wait(crane.id, self.machines.waiting, again)

    def _cleared(self, crane: Crane, transfer: Transfer, lift: Lift) -> None:
        self.machines.look_again()
        self._take_up(crane, transfer, lift)

    def _take_up(self, crane: Crane, transfer: Transfer, lift: Lift) -> None:
        name, number, twin = crane.id, lift.number, lift.twin
        brought = self._kernel.view.boxes[number].hold == GROUND
        self._kernel.emit("lifting", name, number, lift.dest, round(lift.at_m))
        if brought:
            self.machines.picked_up()
        takes_s = self._hang_s(name, number)
        if twin is not None and self._twin_times is not None:
            self._kernel.emit("twin_lifting", name, twin.number)
            self._lift_s(twin.number)
            takes_s = round(takes_s * self._twin_times)
        self._halts.hang(name, takes_s, partial(self._set_down, crane, transfer, lift))

    def _set_down(self, crane: Crane, transfer: Transfer, lift: Lift) -> None:
        """End a lift, on a wagon or in the stack, and go on to the next."""
        emit, name, twin, dest = self._kernel.emit, crane.id, lift.twin, lift.dest
        if twin is not None:
            emit("twin_lifted", name, twin.number, dest, lift.wagon)
        emit("lifted", name, lift.number, dest, lift.wagon)
        if dest == STACK:
            put = self.machines.set_down if self.machines.there else self._stack.land
            for each in (lift,) if twin is None else (lift, twin):
                put(each.number)
        if lift.over is not None:
            lift.over.aloft -= 1
        transfer.aloft -= lift.boxes
        self._tell_of(transfer)
        following = None
        if crane.able and self._transfers.get(crane.train or "") is transfer:
            following = self._choose(crane, transfer)
        if following is None:
            self._halts.rest(name)
            self.wake()
        else:
            self._wake_blocked(crane)
            self._lift(crane, transfer, following)

    def _hang_s(self, name: str, number: str) -> int:
        """The seconds of a container's next lift by a crane; one above the wind limit is a mistake."""
        takes_s = self._lift_s(number)
        if self._blows and name not in self._blown:
            self._blown[name] = None
            self._kernel.emit("mistake", "wind", name)
        return round(takes_s * self._slower)

    def _lift_s(self, number: str) -> int:
        """The seconds of a container's next lift in good weather, counted as made."""
        made = self._lifts.get(number, 0)
        self._lifts[number] = made + 1
        return self._kernel.scenario.lift_s(self._containers[number], made)

    # what stops a crane

    def stop(self, name: str) -> None:
        """Stop a crane where it is: what hangs on it hangs until it is started again."""
        self._halts.stop(name)
        self.leave(name)

    def leave(self, name: str) -> None:
        """Let the other cranes of its transfer have what a crane can no longer lift."""
        transfer = self._transfers.get(self._cranes[name].train or "")
        if transfer is not None:
            self.share_out(transfer)
            self.wake()

    def start(self, name: str) -> None:
        """Give a crane back to the desk: it ends the lift it was at and waits to be put to work."""
        self._kernel.emit("crane_up", name)
        self._halts.start(name)
        self.wake()

    # how far a transfer is

    def _tell_of(self, transfer: Transfer) -> None:
        """Say when a train is nearly or wholly empty, and which of its rakes have all they are to take."""
        train, units = transfer.train, self._kernel.view.units
        at_work = train.left + transfer.aloft
        if not transfer.nearly and at_work <= int(NEARLY_LOADED * train.total):
            transfer.nearly = True
            for rake in transfer.rakes:
                if not units[rake].did("load"):
                    self._kernel.emit("nearly", rake)
        if not at_work and not train.did("lift"):
            self._kernel.emit("emptied", train.id)
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
        left = any(transfer.train.left or transfer.aloft for transfer in feeding)
        return not left or self._places.full(rake.id)
